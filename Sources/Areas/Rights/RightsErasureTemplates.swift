import Basics
import Pages
import People

/// One destruction: asked, decided, recorded.
enum RightsErasureTemplates {
  static func show(
    _ opened: OpenedErasure, _ names: [AccountID: String], _ typed: Typed, _ errors: [FieldError],
    on page: Page
  ) -> HTML {
    let erasure = opened.erasure
    let title =
      erasure.number.map { page("Record of the destruction \($0)") } ?? page("Destruction of the data")
    let name: HTML =
      opened.label.map {
        "<a href=\"\(RightsPaths.person(erasure.person))\"><bdi>\($0.text(for: page.reader))</bdi></a>"
      }
      ?? "\(erasure.state == .erased ? page("erased") : "—")"
    let facts: [(label: String, value: HTML?)] = [
      (page("The person"), name), (page("Ground"), "\(page(erasure.ground.label))"),
      (page("State"), page.badge(page(erasure.state.label), erasure.state.tone)),
      (page("Asked"), page.time(erasure.askedAt)), (page("Asked by"), "\(names[erasure.askedBy] ?? "—")"),
      (page("Why"), opened.reason.map { page.prose($0) }),
      (page("Decided"), erasure.decidedAt.map { page.time($0) }),
      (page("Decided by"), erasure.decidedBy.map { "\(names[$0] ?? "—")" }),
      (page("The answer"), opened.answer.map { page.prose($0) }),
    ]
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(RightsPaths.erasures)\">\(page("All destructions"))</a></p>"))
      \(page.section(page("Destruction of the data"), page.facts(facts)))
      \(erasure.extent.map { extent($0, on: page) })
      \(decision(opened, typed, errors, on: page))
      """)
  }

  private static func extent(_ extent: Erasure.Extent, on page: Page) -> HTML {
    func number(_ value: Int) -> HTML { "\(page.reader.number(value))" }
    return page.section(
      page("What was destroyed"),
      page.facts([
        (page("Cases that stay for the counts"), number(extent.cases)),
        (page("Documents"), number(extent.documents)), (page("Bytes of documents"), number(extent.bytes)),
        (page("Records made empty"), number(extent.records)),
        (page("Marks by which a search found her"), number(extent.tokens)),
      ])
        + "<p>\(page("The key of the person is destroyed. Copies of the database from before that day can still be read with the master key until they are destroyed too."))</p>"
    )
  }

  private static func decision(
    _ opened: OpenedErasure, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let erasure = opened.erasure
    guard erasure.state == .asked else { return .empty }
    if !opened.obstacles.isEmpty {
      let why = opened.obstacles.map { "<li>\(page($0))</li>" as HTML }
      return page.section(
        page("The decision"),
        "<p>\(page("They cannot be destroyed now:"))</p><ul>\(why)</ul>" + no(opened, typed, errors, on: page)
      )
    }
    guard opened.mayDecide else {
      return page.section(
        page("The decision"),
        "<p>\(page("It waits for a second person with the duty to decide; whoever asked does not decide."))</p>"
      )
    }
    return page.section(
      page("The decision"), id: "decision",
      """
      <p>\(page("Nothing brings the data back. The cases stay for the counts, without anything that names the person."))</p>
      \(page.form(RightsPaths.erase(erasure.id), submit: page("Destroy the data"), weight: .secondary))
      \(no(opened, typed, errors, on: page))
      """)
  }

  private static func no(_ opened: OpenedErasure, _ typed: Typed, _ errors: [FieldError], on page: Page)
    -> HTML
  {
    guard opened.mayDecide else { return .empty }
    let fields = FormFields(page, typed: typed, errors: errors)
    let form = page.form(
      RightsPaths.decline(opened.erasure.id), submit: page("Decline the destruction"), errors: errors,
      weight: .secondary, fields.paragraph("why-not", page("Why"), required: true, rows: 2))
    return page.disclosure(page("Decline the destruction"), isOpen: !errors.isEmpty, form)
  }
}
