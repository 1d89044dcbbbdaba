import Basics
import Pages

/// What a person agreed to, and the form that records it.
package enum ConsentTemplates {
  /// - Parameter back: the page to return to; the person's own when nil.
  package static func section(_ opened: OpenedPerson, back: String? = nil, on page: Page) -> HTML {
    let items = opened.consents.map { consent -> HTML in
      """
      <li><p><strong>\(page(consent.purpose.label))</strong> \(state(consent, on: page))</p>
      <p class="faint">\(page.day(consent.givenOn)) · \(page(consent.way.label)) · \(page("read in:")) <bdi>\(consent.language.ownName)</bdi></p>\
      \(withdrawal(consent, back, on: page))</li>
      """
    }
    let record =
      page.may(.recordConsent) && !open(opened).isEmpty
      ? page.button(
        page("Record a consent"), to: PersonPaths.consents(opened.person.id, back: back), icon: .plus,
        weight: .secondary)
      : HTML.empty
    let list: HTML =
      items.isEmpty
      ? page.emptyState(
        page("Nothing has been agreed to yet. Read the text aloud in her language before she signs."))
      : "<ul class=\"records\">\(items)</ul>"
    return page.section(
      page("Consent"), id: "consent", list + (record.isEmpty ? .empty : "<p class=\"buttons\">\(record)</p>"))
  }

  /// What she may still be asked for.
  private static func open(_ opened: OpenedPerson) -> [Consent.Purpose] {
    Consent.Purpose.allCases.filter { purpose in
      !opened.consents.contains { $0.isInForce && $0.purpose == purpose }
    }
  }

  private static func state(_ consent: Consent, on page: Page) -> HTML {
    guard let withdrawn = consent.withdrawnAt else {
      return page.badge(page("in force"), .good, icon: .done)
    }
    return "\(page.badge(page("withdrawn"), icon: .stop)) \(page.time(withdrawn))"
  }

  private static func withdrawal(_ consent: Consent, _ back: String?, on page: Page) -> HTML {
    guard consent.isInForce, page.may(.recordConsent) else { return .empty }
    return page.form(
      PersonPaths.withdrawal(consent), submit: page("Withdraw"), weight: .quiet,
      back.map { page.hidden("to", $0) } ?? .empty)
  }

  private static func form(
    _ person: Person, _ purposes: [Consent.Purpose], _ typed: Typed, _ errors: [FieldError], back: String?,
    on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.form(
      PersonPaths.consents(person.id), submit: page("Record the consent"), errors: errors,
      """
      \(page.once(typed))\(back.map { page.hidden("to", $0) })
      \(fields.select("purpose", page("For"), options: purposes.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.radios("way", page("How it was given"), options: Consent.Way.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.select("consent-language", page("Language in which the text was read"), options: Language.allCases.map { Choice($0.rawValue, $0.ownName) }))
      \(fields.text("given-on", page("Day"), hint: page("Leave empty for today."), kind: .date))
      """)
  }

  static func formPage(
    _ opened: OpenedPerson, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let back = typed["to"].isEmpty ? nil : typed["to"]
    let purposes = open(opened)
    let identity = opened.person.identity
    let under: HTML = """
      <p>\(page.name(latin: identity.latinName, arabic: identity.arabicName)) · \
      <a href="\(back ?? PersonPaths.show(opened.person.id))">\(page("Leave it"))</a></p>
      """
    return page.layout(
      page("Record a consent"),
      page.title(page("Record a consent"), under: under)
        + page.section(
          page("Consent"), id: "consent",
          purposes.isEmpty
            ? page.emptyState(page("She has agreed to all that is asked."))
            : form(opened.person, purposes, typed, errors, back: back, on: page)))
  }
}
