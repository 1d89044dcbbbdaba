import Basics
import Pages

/// What staff may do with a referral.
enum ReferralActTemplates {
  static func acts(_ opened: OpenedReferral, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let referral = opened.referral
    let permitted = referral.progress.permitted
    let fields = FormFields(page, typed: typed, errors: errors)
    func has(_ names: String...) -> Bool { errors.contains { names.contains($0.field) } }
    var own: HTML = .empty
    if page.may(.agreePlans) {
      if permitted.contains(.reply) { own += reply(referral, fields, errors, on: page) }
      if permitted.contains(.settle) { own += settle(referral, fields, errors, on: page) }
    }
    if permitted.contains(.lapse), page.may(.agreePlans) || page.may(.assignCases) {
      own += page.disclosure(
        page("End it"), isOpen: has("lapse-why"),
        page.form(
          ReferralPaths.act(referral.id, "lapse"), submit: page("End the referral"),
          errors: has("lapse-why") ? errors : [], weight: .secondary,
          fields.paragraph("lapse-why", page("Why it ends"), required: true, rows: 2)))
    }
    if permitted.contains(.revoke), page.may(.recordConsent) {
      own += page.disclosure(
        page("The person takes back her consent"),
        page.form(
          ReferralPaths.act(referral.id, "revocation"), submit: page("Record it and tell the service"),
          weight: .secondary))
    }
    let noted: HTML =
      page.may(.agreePlans)
      ? [Referral.Act.accept, .decline, .ask, .takeOn, .report, .acknowledge].filter(permitted.contains).map {
        act in
        AnswerTemplates.form(act, ReferralPaths.note(referral.id, act), fields, errors, on: page)
      }.reduce(.empty, +) : .empty
    return (own.isEmpty ? .empty : page.section(page("What is to be done"), own))
      + (noted.isEmpty
        ? .empty
        : page.section(
          page("Heard on the phone or on paper"),
          "<p class=\"faint\">\(page("Write down here what the service said, where it did not answer by its link."))</p>"
            + noted
        ))
      + link(opened, on: page)
  }

  private static func reply(_ referral: Referral, _ fields: FormFields, _ errors: [FieldError], on page: Page)
    -> HTML
  {
    let mine = errors.filter { $0.field == "reply" }
    return page.form(
      ReferralPaths.act(referral.id, "reply"), submit: page("Send the reply"), errors: mine,
      fields.paragraph(
        "reply", page("Your reply"),
        hint: page("The service reads it behind its link, and not in the message."), required: true, rows: 3))
  }

  private static func settle(
    _ referral: Referral, _ fields: FormFields, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let effects = referral.action == nil ? [.nothing] : Referral.Effect.allCases
    return page.form(
      ReferralPaths.act(referral.id, "settlement"), submit: page("Take note"),
      errors: errors.filter { $0.field == "effect" },
      fields.radios(
        "effect", page("For the plan"), options: effects.map { Choice($0.rawValue, page($0.label)) },
        required: true))
  }

  private static func link(_ opened: OpenedReferral, on page: Page) -> HTML {
    let referral = opened.referral
    guard page.may(.agreePlans), referral.stage.isOpen else { return .empty }
    let state: HTML =
      opened.link.map { link in
        link.isRevoked || link.until < page.now
          ? "<p>\(page("No link is good any more."))</p>"
          : "<p>\(page("A link is good until")) \(page.time(link.until)). \(page(link.device == nil ? say("It was not opened yet.") : say("It was opened.")))</p>"
      } ?? "<p>\(page("No link was made."))</p>"
    let new: HTML =
      referral.channel == .print
      ? .empty
      : page.form(ReferralPaths.act(referral.id, "link"), submit: page("Send a new link"), weight: .quiet)
    return page.section(
      page("The link of the service"),
      """
      \(state)<div class="acts">\(new)\(page.form(ReferralPaths.act(referral.id, "paper"), submit: page("Print a sheet with a new link"), weight: .quiet))\
      \(page.form(ReferralPaths.act(referral.id, "link-revocation"), submit: page("Take the link back"), weight: .quiet))</div>
      """)
  }
}
