import Basics
import Cases
import People
import Storage

/// What the area keeps of persons.
extension Referrals {
  package static let kept = Kept([
    KeptTable("referral", say("Referrals to services"), by: .caseFile(), referral),
    KeptTable(
      "referral_word", say("Questions of services, and answers"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("at", say("When"), .moment),
          .sealed("words", say("In words"), in: "referral_word.words", isRequired: true),
        ], inner: ["id", "referral", "case_file", "from_receiver"])),
    KeptTable(
      "referral_link", say("Links for services"), by: .caseFile(), isGiven: false,
      KeptColumn.all([], inner: ["id", "referral", "case_file", "made_at", "until_at", "device", "revoked"])),
  ])

  private static let referral: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("antenna", say("Antenna"), .antenna), .plain("contact", say("Contact person"), .account),
        .plain("urgency", say("Urgency"), .code { Need.Urgency(rawValue: $0)?.label }),
        .plain("channel", say("How it was sent"), .code { Referral.Channel(rawValue: $0)?.label }),
        .plain("ground", say("On which ground"), .code { Referral.Ground(rawValue: $0)?.label }),
        .sealed("ground_words", say("In words"), in: "referral.ground"),
        .sealed("shared", .fields("referral.shared", { ReferralShown.kept($0) }), isRequired: true),
        .plain("sent_at", say("Sent"), .moment), .plain("sent_by", say("Sent by"), .account),
        .plain("answer_by", say("Answer expected by"), .day),
        .plain("stage", say("State"), .code { Referral.Stage(rawValue: $0)?.label }),
        .plain("opened_at", say("Opened by the service"), .moment),
        .plain("answered_at", say("Answered"), .moment),
        .plain("accepted_on", say("Received by the service on"), .day),
        .sealed("contact_words", say("Whom to ask for"), in: "referral.contact"),
        .plain("decline", say("Why it was declined"), .code { Referral.Decline(rawValue: $0)?.label }),
        .sealed("decline_words", say("In words"), in: "referral.declined"),
        .plain("taken_on_at", say("Taken on"), .moment),
        .plain("outcome", say("What came of it"), .code { Referral.Outcome(rawValue: $0)?.label }),
        .plain("outcome_at", say("Told on"), .moment),
        .sealed("outcome_words", say("In words"), in: "referral.outcome"),
        .plain("lapsed_at", say("Ended by us"), .moment),
        .sealed("lapsed_words", say("Why"), in: "referral.lapsed"),
        .plain("revoked_at", say("Consent taken back"), .moment),
        .plain("acknowledged_at", say("The service confirmed it"), .moment),
        .plain("settled_at", say("Taken note of"), .moment),
        .plain("effect", say("For the plan"), .code { Referral.Effect(rawValue: $0)?.label }),
      ],
      inner: [
        "id", "case_file", "service", "provider", "action", "need", "language", "consent", "document",
        "stage_at",
        "clock", "clock_on",
        "questions", "replies",
      ])
}

/// What a service sees, field by field.
enum ReferralShown {
  static let order = [
    "ask", "name-latin", "name-arabic", "age", "sex", "phones", "governorate", "delegation", "languages",
  ]

  static func label(_ name: String) -> Phrase? {
    switch name {
    case "ask": say("What is asked")
    case "number": say("Number")
    case "name-latin": say("Name, Latin letters")
    case "name-arabic": say("Name, Arabic letters")
    case "age": say("Age")
    case "sex": Identity.Field.sex.label
    case "phones": Identity.Field.phones.label
    case "governorate": Identity.Field.governorate.label
    case "delegation": Identity.Field.delegation.label
    case "languages": Identity.Field.languages.label
    default: nil
    }
  }

  static func kept(_ name: String) -> KeptField? {
    guard let label = label(name) else { return nil }
    return name == "governorate"
      ? KeptField(label, .governorate)
      : KeptField(label) { name == "sex" ? Person.Sex(rawValue: $0)?.label : nil }
  }
}
