import Antennas
import Basics
import Cases
import Pages
import People

/// Goods handed over: their list, and the certificate that both sides sign.
enum VisitHandoverTemplates {
  static func list(
    _ handovers: [VisitHandover], _ file: CaseFile, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let items = handovers.map { handover -> HTML in
      """
      <li><p><a href="\(VisitPaths.handover(file.id, handover.id))">\(page("Certificate")) · \(page.day(handover.on))</a> \
      <span class="faint" dir="auto">\(handover.giver)</span>\(handover.value.map { " · \(page.reader.money($0))" as HTML })</p>
      \(page.prose(short(handover.goods)))</li>
      """
    }
    let mayChange = page.may(.recordVisits) && file.stage != .closed
    let title = page("Goods handed over")
    return page.layout(
      "\(title) · \(file.number)",
      """
      \(VisitTemplates.title(title, file, on: page))
      \(page.section(page("Certificates"), items.isEmpty ? page.emptyState(page("Nothing was handed over yet: tools, machines, a first stock?")) : "<ul class=\"records\">\(items)</ul>"))
      \(mayChange ? page.section(page("Record goods handed over"), form(file.id, typed, errors, on: page)) : .empty)
      """)
  }

  private static func short(_ text: String) -> String {
    text.unicodeScalars.count > 160
      ? "\(String(String.UnicodeScalarView(text.unicodeScalars.prefix(160))))…" : text
  }

  private static func form(
    _ id: RecordID<CaseFile>, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.form(
      VisitPaths.handovers(id), submit: page("Make the certificate"), errors: errors,
      """
      \(page.once(typed))
      \(fields.paragraph("goods", page("Goods"), hint: page("One thing a line, with its number or its mark."), required: true))
      \(fields.text("giver", page("Handed over by"), required: true, direction: .auto))
      \(fields.text("value", page("Value in dinars"), kind: .number))
      \(fields.text("handed-on", page("Day"), hint: page("Leave empty for today."), kind: .date))
      """)
  }

  /// In French and in Arabic, whoever prints it: each side signs what she reads.
  static func certificate(
    _ handover: VisitHandover, _ opened: OpenedCase, _ territory: Territory, on page: Page
  ) -> HTML {
    let title = page("Certificate of handover")
    let parts = [Language.french, .arabic].map { part(handover, opened, territory, Reader($0), on: page) }
    return page.layout(
      "\(title) · \(opened.file.number)",
      """
      \(page.title(title, under: "<p>\(page.bdi(opened.file.number)) · <a href=\"\(VisitPaths.handovers(opened.file.id))\">\(page("Goods handed over"))</a></p>"))
      \(parts)
      """)
  }

  private static func part(
    _ handover: VisitHandover, _ opened: OpenedCase, _ territory: Territory, _ reader: Reader, on page: Page
  ) -> HTML {
    let identity = opened.person.person.identity
    let name = reader.ordered(latin: identity.latinName, arabic: identity.arabicName).first
    let facts: [(label: String, value: HTML?)] = [
      (reader("Case"), page.bdi(opened.file.number)),
      (reader("Antenna"), "\(territory.name(of: opened.file.antenna, in: reader.language))"),
      (reader("Handed over to"), "<span dir=\"auto\">\(name)</span>"),
      (reader("CIN"), identity[.cin].map { page.bdi($0) }),
      (reader("Handed over by"), "<span dir=\"auto\">\(handover.giver)</span>"),
      (reader("Day"), "\(reader.date(handover.on))"),
      (reader("Value"), handover.value.map { "\(reader.money($0))" }),
    ]
    let goods = handover.items.map { "<li><span dir=\"auto\">\($0)</span></li>" as HTML }
    let boxes = [reader("The person"), reader("Who handed it over"), reader("For the antenna")].map {
      "<div><p>\($0)</p></div>" as HTML
    }
    return """
      <section class="card certificate" lang="\(reader.language.rawValue)" dir="\(reader.language.isRightToLeft ? "rtl" : "ltr")">
      <h2>\(reader("Certificate of handover"))</h2>\(page.facts(facts))
      <h3>\(reader("Goods"))</h3><ol class="goods">\(goods)</ol>
      <p>\(reader("The person received these goods in good order."))</p>
      <div class="signatures">\(boxes)</div></section>
      """
  }
}
