import Basics
import Pages
import Papers
import People

/// What went out of a person, and on which ground. Values in, markup out.
enum RightsSharedTemplates {
  /// On the page of her rights: what went under each of her consents, and what went without one.
  static func section(_ person: PersonID, _ shared: SharedOut, on page: Page) -> HTML {
    let consents = shared.consents.map { consent -> HTML in
      let found = shared.entries(under: consent)
      let list: HTML =
        found.isEmpty
        ? "<p class=\"faint\">\(page("Nothing was sent out under this consent."))</p>"
        : table(found, shared, page(consent.purpose.label), on: page)
      return """
        <h3>\(page(consent.purpose.label)) \(state(consent, on: page))</h3>
        \(list)\(readers(person, consent.purpose, on: page))
        """
    }
    let others = shared.onOtherGrounds
    let without: HTML =
      others.isEmpty
      ? .empty
      : """
      <h3>\(page("Without a consent in the file"))</h3>
      \(table(others, shared, page("Without a consent in the file"), on: page))
      """
    let none: HTML =
      consents.isEmpty && others.isEmpty
      ? page.emptyState(page("Nothing was sent out, and nothing was agreed to.")) : .empty
    return page.section(
      page("With whom data were shared"), id: "shared", "\(none)\(consents)\(without)")
  }

  private static func state(_ consent: Consent, on page: Page) -> HTML {
    consent.isInForce
      ? page.badge(page("in force"), .good, icon: .done) : page.badge(page("withdrawn"), icon: .stop)
  }

  private static func readers(_ person: PersonID, _ purpose: Consent.Purpose, on page: Page) -> HTML {
    guard purpose.isRead else { return .empty }
    let path = RightsPaths.sharing(person, purpose, back: RightsPaths.person(person))
    return "<p><a href=\"\(path)\">\(page("Institutions whose staff read the file"))</a></p>"
  }

  /// As a part of another page; nothing where nothing went out.
  static func part(_ shared: SharedOut, on page: Page) -> HTML {
    guard !shared.entries.isEmpty else { return .empty }
    let title = page("Sent out")
    return page.section(title, id: "sent-out", table(shared.entries, shared, title, on: page))
  }

  private static func table(_ entries: [SharedEntry], _ shared: SharedOut, _ caption: String, on page: Page)
    -> HTML
  {
    let rows = entries.map { entry -> [HTML] in
      [
        page.time(entry.at), "<bdi>\(entry.recipient(page.reader))</bdi>", "\(entry.told(page.reader))",
        "\(page(shared.ground(of: entry)))",
      ]
    }
    return page.table(
      caption, columns: [page("When"), page("To whom"), page("What"), page("On which ground")], rows: rows,
      empty: .empty)
  }
}

extension RightsPaper {
  /// What went out of her, for the paper that tells who saw the data; no part where nothing did.
  static func sent(_ shared: SharedOut, _ reader: Reader) -> [Part] {
    guard !shared.entries.isEmpty else { return [] }
    let records = shared.entries.map { entry in
      [
        PaperRow(label: reader.time(entry.at), value: PaperText(entry.told(reader))),
        PaperRow(label: reader("To whom"), value: PaperText(entry.recipient(reader))),
        PaperRow(label: reader("On which ground"), value: PaperText(reader(shared.ground(of: entry)))),
      ]
    }
    return [Part(title: reader("With whom data were shared"), records: records)]
  }
}
