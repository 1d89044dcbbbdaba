import Basics
import Cases

/// From what was typed to what is meant.
enum CommitteeForm {
  /// The largest amount, in whole units.
  static let mostAmount: Int64 = 10_000_000

  static func session(_ typed: Typed, antennas: some Sequence<AntennaCode>, today: Day) throws(Refusal) -> (
    id: RecordID<CommitteeSession>, draft: SessionDraft
  ) {
    var check = FormCheck(typed)
    let id: RecordID<CommitteeSession> = check.newID()
    let antenna = check.code("antenna", among: antennas)
    let terms = terms(&check, today)
    try check.finish()
    guard let terms else { throw .invalid(check.errors) }
    return (
      id, SessionDraft(antenna: antenna, hidesIdentity: typed.isChecked("hides-identity"), terms: terms)
    )
  }

  /// Terms that were changed, and the mark of those that stood on the form.
  static func terms(_ typed: Typed, today: Day) throws(Refusal) -> (terms: SessionTerms, seen: String) {
    var check = FormCheck(typed)
    let terms = terms(&check, today)
    try check.finish()
    guard let terms else { throw .invalid(check.errors) }
    return (terms, typed["seen"])
  }

  private static func terms(_ check: inout FormCheck, _ today: Day) -> SessionTerms? {
    let day = check.day("day", in: (today + -31)...(today + 366))
    if day == nil, check.typed["day"].isEmpty { check.refuse("day", say("Choose a day.")) }
    let place = check.required("place", say("Write where the session is."))
    let quorum = check.number("quorum", in: CommitteeSession.quorums)
    if quorum == nil, check.typed["quorum"].isEmpty {
      check.refuse("quorum", say("Write how many members with a vote are needed."))
    }
    let money = amount("money", &check, isRequired: false)
    guard let day, let quorum else { return nil }
    return SessionTerms(day: day, place: place, quorum: quorum, money: money)
  }

  /// An amount with its currency beside it.
  private static func amount(
    _ field: String, _ check: inout FormCheck, isRequired: Bool = true, in own: Money.Currency? = nil
  ) -> Money? {
    let text = check.typed[field]
    guard !text.isEmpty else {
      if isRequired { check.refuse(field, say("Write an amount of more than nothing.")) }
      return nil
    }
    let currency = own ?? check.choice("currency", Money.Currency.self) ?? .tnd
    guard let money = Money(typed: text, currency, most: mostAmount) else {
      check.refuse(
        field,
        say(
          "Write the amount in \(currency.rawValue) with a comma, for example 1234,500: at most \(currency.decimals) decimals."
        ))
      return nil
    }
    if isRequired, money.minorUnits == 0 {
      check.refuse(field, say("Write an amount of more than nothing."))
    }
    return money
  }

  static func seat(_ typed: Typed) throws(Refusal) -> (account: AccountID, role: CommitteeSession.Role) {
    var check = FormCheck(typed)
    let account = AccountID(typed["account"])
    if account == nil { check.refuse("account", say("Choose somebody who may sit in committees.")) }
    let role: CommitteeSession.Role? = check.required(choice: "role", say("Choose the role."))
    try check.finish()
    guard let account, let role else { throw .invalid(check.errors) }
    return (account, role)
  }

  static func accounts(_ typed: Typed, _ field: String) -> [AccountID] {
    typed.all(field).compactMap { AccountID($0) }
  }

  static func items(_ typed: Typed) throws(Refusal) -> [RecordID<CommitteeItem>] {
    let items = typed.all("item").compactMap { RecordID<CommitteeItem>($0) }
    guard !items.isEmpty, items.count <= CommitteeItem.mostInSession else {
      throw .invalid([FieldError("item", say("Choose at least one."))])
    }
    return items
  }

  static func conflict(_ typed: Typed) throws(Refusal) -> ConflictKind {
    var check = FormCheck(typed)
    let kind: ConflictKind? = check.required(choice: "kind", say("Choose why you keep out of it."))
    try check.finish()
    guard let kind else { throw .invalid(check.errors) }
    return kind
  }

  static func points(_ typed: Typed, _ criteria: [CommitteeGrid.Criterion]) throws(Refusal) -> ScorePoints {
    var check = FormCheck(typed)
    var points: [String: Int] = [:]
    for criterion in criteria {
      let field = "points-\(criterion.code)"
      points[criterion.code] = check.number(field, in: 0...criterion.most)
      if check.typed[field].isEmpty {
        check.refuse(field, say("Write a whole number from \(0) to \(criterion.most)."))
      }
    }
    try check.finish()
    return ScorePoints(points)
  }

  static func vote(_ typed: Typed) throws(Refusal) -> Decision.Outcome {
    var check = FormCheck(typed)
    let outcome: Decision.Outcome? = check.required(choice: "vote", say("Choose your vote."))
    try check.finish()
    guard let outcome else { throw .invalid(check.errors) }
    return outcome
  }

  /// What is missing for the outcome is said by the rules.
  static func decision(_ typed: Typed, asked: Money) throws(Refusal) -> (
    id: RecordID<Decision>, words: Decision.Words
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Decision> = check.newID()
    let outcome: Decision.Outcome? = check.required(choice: "outcome", say("Choose the decision."))
    let granted =
      outcome == .conditions ? amount("amount", &check, isRequired: false, in: asked.currency) : nil
    let conditions = check.paragraph("conditions")
    let reason: Decision.Reason? = check.choice("reason")
    let text = check.paragraph("text")
    try check.finish()
    guard let outcome else { throw .invalid(check.errors) }
    return (
      id,
      try CommitteeRules.checked(
        Decision.Words(outcome, amount: granted, conditions: conditions, reason: reason, text: text),
        asked: asked)
    )
  }

  static func item(_ typed: Typed, in file: RecordID<CaseFile>, by actor: Actor) throws(Refusal) -> NewItem {
    var check = FormCheck(typed)
    let id: RecordID<CommitteeItem> = check.newID()
    let purpose: ItemPurpose? = check.required(choice: "purpose", say("Choose what is asked."))
    let amount = amount("amount", &check)
    let summary = check.required("summary", say("Write what the committee is to read."), limit: 10_000)
    try check.finish()
    guard let purpose, let amount else { throw .invalid(check.errors) }
    return NewItem(
      id: id, file: file, track: purpose.track, title: purpose.label, amount: amount, preparedBy: actor.id,
      summary: summary)
  }

  static func withdrawal(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let reason = check.required("reason", say("Write the reason."), limit: 10_000)
    try check.finish()
    return reason
  }

  static func appeal(_ typed: Typed, today: Day) throws(Refusal) -> (
    id: RecordID<Appeal>, words: String, day: Day
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Appeal> = check.newID()
    let words = check.required(
      "words", say("Write what the person does not agree with."), limit: 10_000)
    let day = check.day("received-on", in: (today + -366)...today)
    try check.finish()
    return (id, words, day ?? today)
  }
}
