import Basics
import Cases
import Directory
import Documents
import Pages
import People
import Plans

/// Sending a referral: for what, to whom, with what. Values in, markup out.
enum ReferralFormTemplates {
  private static func title(_ view: ReferralView, on page: Page) -> HTML {
    page.title(
      page("Refer to a service"),
      under:
        "<p>\(page.bdi(view.opened.file.number)) · <a href=\"\(ReferralPaths.ofCase(view.opened.file.id))\">\(page("Referrals of the case"))</a></p>"
    )
  }

  /// For what, and to whom.
  static func choose(
    _ view: ReferralView, _ typed: Typed, _ errors: [FieldError] = [], on page: Page
  ) -> HTML {
    let file = view.opened.file.id
    let action = RecordID<Plan.Action>(typed["action"])
    let need = RecordID<Need>(typed["need"])
    let actions = view.actions.map { item -> HTML in
      chosen(item.text, ReferralPaths.new(file, action: item.id), isCurrent: item.id == action, on: page)
    }
    let needs = view.opened.needs.filter { $0.metOn == nil }.map { item -> HTML in
      let text = [page(item.kind.label), item.details].compactMap { $0 }.joined(separator: ": ")
      return chosen(text, ReferralPaths.new(file, need: item.id), isCurrent: item.id == need, on: page)
    }
    let none = page.emptyState(
      page("There is no open action in the plan, and no open need: write one first."))
    let language = page.reader.language
    let services = view.services.map { found -> [HTML] in
      let path = ReferralPaths.new(file, action: action, need: need, service: found.id)
      return [
        "<a href=\"\(path)\"><span dir=\"auto\">\(found.name.text(in: language))</span></a>",
        "<span dir=\"auto\">\(found.providerName.text(in: language))</span>",
        "\(found.left.map { page.reader.number($0) } ?? "—")",
      ]
    }
    let isChosen = view.action != nil || view.need != nil
    return page.layout(
      page("Refer to a service"),
      """
      \(title(view, on: page))
      \(page.errorSummary(errors.filter { $0.field == "service" }))
      \(page.section(page("For what"), id: "f-service", actions.isEmpty && needs.isEmpty ? none : "<ul class=\"records\">\(actions)\(needs)</ul>"))
      \(isChosen ? page.section(page("To which service"), search(typed, file, on: page) + page.table(page("To which service"), columns: [page("Service"), page("Provider"), page("Places left")], rows: services, empty: page.emptyState(page("No service was found.")))) : .empty)
      """)
  }

  private static func chosen(_ text: String, _ path: String, isCurrent: Bool, on page: Page) -> HTML {
    let mark: HTML = isCurrent ? " \(page.badge(page("chosen"), .good))" : .empty
    return
      "<li><a href=\"\(path)\"\(attribute: "aria-current", isCurrent ? "true" : nil)><span dir=\"auto\">\(text)</span></a>\(mark)</li>"
  }

  /// Words of a service are no name of a person: they may stand in the address.
  private static func search(_ typed: Typed, _ file: RecordID<CaseFile>, on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed)
    return """
      <form method="get" action="\(ReferralPaths.new(file))" class="sheet">\(page.hidden("action", typed["action"]))\(page.hidden("need", typed["need"]))
      \(fields.text("q", page("Name of the service or provider"), kind: .search))
      <p class="buttons"><button class="secondary">\(page("Search"))</button></p></form>
      """
  }

  /// - Parameter shown: what the service will see, where that was asked.
  static func form(
    _ view: ReferralView, _ service: Service, _ typed: Typed, _ errors: [FieldError], _ shown: HTML?,
    on page: Page
  ) -> HTML {
    let file = view.opened.file.id
    let language = page.reader.language
    let fields = FormFields(page, typed: typed, errors: errors)
    let preview: HTML =
      shown.map { page.section(page("As the service will see it"), id: "preview", $0) } ?? .empty
    let facts: [(label: String, value: HTML?)] = [
      (page("Service"), "<span dir=\"auto\">\(service.name.text(in: language))</span>"),
      (page("Provider"), "<span dir=\"auto\">\(service.providerName.text(in: language))</span>"),
      (page("Places left"), service.left.map { "\(page.reader.number($0))" }),
      (page("Data shared by agreement"), service[.agreementData].map { "<span dir=\"auto\">\($0)</span>" }),
    ]
    return page.layout(
      page("Refer to a service"),
      """
      \(title(view, on: page))
      \(preview)
      \(page.section(page("To which service"), page.facts(facts) + "<p><a href=\"\(ReferralPaths.new(file, action: view.action?.id, need: view.need?.id))\">\(page("Choose another"))</a></p>"))
      \(page.section(page("The referral"), """
        <form method="post" action="\(ReferralPaths.ofCase(file))" class="sheet" novalidate>
        \(page.errorSummary(errors))\(page.hidden("csrf", page.csrf))\(page.isAnswer ? page.hidden("page", page.path) : .empty)
        \(page.once(typed))\(page.hidden("action", typed["action"]))\(page.hidden("need", typed["need"]))\(page.hidden("service", service.id.text))
        \(fields.paragraph("ask", page("What is asked of the service"), hint: page("In a few words, without the person's name. Only what the service must know."), required: true, rows: 3))
        \(fields.checkboxes("sections", page("What else it sees"), options: Referral.Section.allCases.map { Choice($0.rawValue, page($0.label)) }, hint: page("The least that is needed. What is not chosen is not shown.")))
        \(documents(view, fields, on: page))
        \(ground(view, fields, on: page))
        \(fields.radios("urgency", page("How urgent it is"), options: Need.Urgency.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
        \(fields.text("answer-by", page("Answer expected by"), kind: .date))
        \(fields.radios("channel", page("How it is sent"), options: view.channels.map { Choice($0.rawValue, page($0.label)) }, required: true))
        \(fields.radios("language", page("Language of the message"), options: Language.allCases.map { Choice($0.rawValue, $0.ownName) }, required: true))
        <p class="buttons"><button class="secondary" name="show" value="yes">\(page("See it as the service will"))</button> <button class="primary">\(page("Send the referral"))</button></p>
        </form>
        """))
      """)
  }

  private static func documents(_ view: ReferralView, _ fields: FormFields, on page: Page) -> HTML {
    guard !view.documents.isEmpty else { return .empty }
    let choices = view.documents.map { document in
      let title = [page(document.kind.label), document.title].compactMap { $0 }.joined(separator: " · ")
      return Choice(document.id.text, title)
    }
    return fields.select(
      "document", page("A document that goes along"), options: choices,
      hint: page("Only where the service cannot do without it."))
  }

  private static func ground(_ view: ReferralView, _ fields: FormFields, on page: Page) -> HTML {
    let consents = view.consents.map {
      Choice(
        "consent:\($0.id)",
        "\(page(Referral.Ground.consent.label))\(page.reader.colon) \(page($0.purpose.label))")
    }
    let others = [Referral.Ground.agreed, .vital, .legal].map { Choice($0.rawValue, page($0.label)) }
    return fields.radios("ground", page("On which ground"), options: consents + others, required: true)
      + fields.text(
        "ground-words", page("When she agreed and how, or why without her"),
        hint: page("Not needed for a consent that stands in the file."), limit: 1_000)
  }
}
