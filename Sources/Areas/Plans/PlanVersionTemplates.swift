import Basics
import Cases
import Documents
import Pages

/// The versions of a plan, and what changed between two of them.
enum PlanVersionTemplates {
  /// What somebody typed into the form of a version, and what was wrong with it.
  struct Attempt: Sendable {
    var number = 0
    var typed = Typed()
    var errors: [FieldError] = []
  }

  static func show(
    _ compared: Plans.Compared, _ file: CaseFile, _ papers: [Document], _ attempt: Attempt, on page: Page
  ) -> HTML {
    let title = page("Versions of the plan")
    let versions = compared.plan.versions.reversed().map {
      version($0, file, papers, attempt, on: page)
    }
    return page.layout(
      "\(title) · \(file.number)",
      """
      \(page.title(title, under: "<p>\(page.bdi(file.number)) · <a href=\"\(PlanPaths.onCase(file.id))\">\(page("Back to the plan"))</a> · \(PlanTemplates.status(compared.plan, file, on: page))</p>"))
      \(page.section(heading(compared, on: page), id: "changes", choices(compared, file, on: page) + changes(compared, on: page)))
      \(page.section(page("Versions"), id: "versions", versions.isEmpty ? page.emptyState(page("No version yet: the plan was not agreed.")) : "<ol class=\"records\" reversed>\(versions)</ol>"))
      """)
  }

  /// In place of a paper, where none can be made.
  private static func heading(_ compared: Plans.Compared, on page: Page) -> String {
    switch (compared.from, compared.to) {
    case (0, nil): page("What the plan says now")
    case (0, let to?): page("What version \(to) says")
    case (let from, nil): page("What changed since version \(from)")
    case (let from, let to?): page("What changed from version \(from) to version \(to)")
    }
  }

  /// Two lists in a form that is sent by address, so that the view can be sent on.
  private static func choices(_ compared: Plans.Compared, _ file: CaseFile, on page: Page) -> HTML {
    let numbers = compared.plan.versions.map(\.number)
    guard !numbers.isEmpty else { return .empty }
    let latest = compared.plan.status == .revised ? numbers.last.map { ($0, nil as Int?) } : nil
    let pairs = zip([0] + numbers, numbers).map { ($0, $1 as Int?) } + [latest].compactMap { $0 }
    return page.filters(
      page("What changed"),
      pairs.map { from, to in
        (
          label: to.map { page("version \($0)") } ?? page("since version \(from)"),
          path: PlanPaths.versions(file.id, from: from, to: to),
          isCurrent: compared.from == from && compared.to == to
        )
      })
  }

  private static func changes(_ compared: Plans.Compared, on page: Page) -> HTML {
    guard !compared.changes.isEmpty else { return page.emptyState(page("Nothing changed.")) }
    let items = compared.changes.map { change -> HTML in
      "<li><p>\(badge(change, on: page)) \(page(kind(change.item.kind))) · \(words(change.item, on: page))</p>\(details(change, on: page))</li>"
    }
    return "<ul class=\"records changes\">\(items)</ul>"
  }

  private static func badge(_ change: PlanChange, on page: Page) -> HTML {
    switch change.what {
    case .added: page.badge(page("added"), .good, icon: .plus)
    case .removed: page.badge(page("no longer in it"))
    case .changed: page.badge(page("changed"), .attention, icon: .note)
    }
  }

  private static func kind(_ kind: PlanContent.Kind) -> Phrase {
    switch kind {
    case .goal: say("Goal")
    case .action: say("Action")
    case .budget: say("Budget line")
    }
  }

  /// What the item says, in a line.
  private static func words(_ item: PlanContent.Item, on page: Page) -> HTML {
    let fields = Fields(item.fields)
    switch item.kind {
    case .goal: return "<strong dir=\"auto\">\(fields["goal"] ?? "")</strong>"
    case .action:
      let by = fields["by"].flatMap { Day($0) }.map { " · \(page.day($0))" as HTML }
      return
        "<span dir=\"auto\">\(fields["action"] ?? "")</span> · <span dir=\"auto\">\(fields["who"] ?? "")</span>\(by)"
    case .budget:
      let line = RecordID<Plan.BudgetLine>(item.id).flatMap { Plan.BudgetLine(id: $0, fields, version: 1) }
      return line.map { PlanTemplates.line($0, on: page) } ?? .empty
    }
  }

  private static func details(_ change: PlanChange, on page: Page) -> HTML {
    switch change.what {
    case .added: return .empty
    case .removed(let reason): return reason.map { page.prose($0) } ?? .empty
    case .changed(let changes):
      let after = Fields(change.item.fields)
      var before = after
      for change in changes { before[change.field] = change.before }
      let items = changes.map { change -> HTML in
        """
        <li>\(page(PlanWords.label(change.field)))\(page.reader.colon) \(value(change.field, change.before, before, on: page)) \
        \(page("became")) \(value(change.field, change.after, after, on: page))</li>
        """
      }
      return "<ul>\(items)</ul>"
    }
  }

  private static func value(_ field: String, _ value: String?, _ fields: Fields, on page: Page) -> HTML {
    value.map { "<q dir=\"auto\">\(PlanWords.shown(field, $0, fields, page.reader))</q>" } ?? "—"
  }

  private static func version(
    _ version: Plan.Version, _ file: CaseFile, _ papers: [Document], _ attempt: Attempt, on page: Page
  ) -> HTML {
    let agreement = version.agreement
    let facts: [(label: String, value: HTML?)] = [
      (page("Agreed on"), page.day(agreement.on)),
      (page("Agreed with the person by"), auto(agreement.signedBy)),
      (page("Signed in the person's name by"), agreement.representative.map(auto)),
      (page("Witness"), agreement.witness.map(auto)),
      (page("Signed paper"), scan(version, file, papers, on: page)),
    ]
    return """
      <li id="version-\(version.number)"><h3>\(page("Version \(version.number)"))</h3>\(page.facts(facts))
      \(attach(version, file, papers, attempt, on: page))</li>
      """
  }

  private static func auto(_ text: String) -> HTML { "<span dir=\"auto\">\(text)</span>" }

  private static func scan(_ version: Plan.Version, _ file: CaseFile, _ papers: [Document], on page: Page)
    -> HTML
  {
    guard let scan = version.scan else { return "\(page("not attached yet"))" }
    // Withdrawn, or not for this reader's eyes: the paper is named and not opened.
    guard let document = papers.first(where: { $0.id == scan }), document.withdrawal == nil else {
      return "\(page("attached"))"
    }
    return "<a href=\"\(DocumentPaths.file(file.id, scan))\" download>\(name(document, on: page))</a>"
  }

  private static func name(_ document: Document, on page: Page) -> String {
    "\(document.title ?? page(document.kind.label)) · \(page.reader.date(Day(of: document.addedAt)))"
  }

  private static func attach(
    _ version: Plan.Version, _ file: CaseFile, _ papers: [Document], _ attempt: Attempt, on page: Page
  ) -> HTML {
    let offered = papers.filter { $0.withdrawal == nil }
    guard page.may(.agreePlans), page.may(.readDocuments), file.stage != .closed else { return .empty }
    guard !offered.isEmpty else {
      return
        "<p class=\"faint\">\(page("Add the signed paper to the documents of the case; then attach it here."))</p>"
    }
    let mine = attempt.number == version.number ? attempt : Attempt()
    let about = "version-\(version.number)"
    let fields = FormFields(page, typed: mine.typed, errors: mine.errors, about: about)
    return page.disclosure(
      page("Attach the signed paper"), icon: .paper, isOpen: !mine.errors.isEmpty,
      page.form(
        PlanPaths.scan(file.id, version.number), submit: page("Attach it"), errors: mine.errors, about: about,
        fields.select(
          "scan", page("Document"), options: offered.map { Choice($0.id.text, name($0, on: page)) },
          required: true)))
  }
}
