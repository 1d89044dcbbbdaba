import Antennas
import Basics
import Cases
import Pages
import People

/// Parting two files: what came since they were joined, and of whom it is.
enum PartingTemplates {
  static func show(
    _ since: Duplicates.Since, _ names: [AccountID: String], _ territory: Territory, _ typed: Typed,
    _ errors: [FieldError], _ refusal: Phrase?, on page: Page
  ) -> HTML {
    let merge = since.merge
    let told = page("joined by \(names[merge.mergedBy] ?? "—")")
    let body: HTML =
      since.mayPart
      ? form(since, names, territory, typed, errors, on: page)
      : merge.isInForce
        ? "<p>\(page("These files were joined with another one since. Part that one first."))</p>"
        : "<p>\(page("The two files stand by themselves again."))</p>"
    return page.layout(
      page("Part the two files"),
      """
      \(page.title(page("Part the two files"), under: "<p>\(page.time(merge.mergedAt)) · \(told) · <a href=\"\(DuplicatePaths.show(since.pair.id))\">\(page("What was decided"))</a></p>"))
      \(refusal.map { page.alert(.attention, "<p>\(page($0))</p>") })
      \(page.section(page("What becomes of each"), "<p>\(page("Both files stand again exactly as they were. What came since is listed here: say of whom it is."))</p>\(body)"))
      """)
  }

  private static func form(
    _ since: Duplicates.Since, _ names: [AccountID: String], _ territory: Territory, _ typed: Typed,
    _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let owners = owners(since, territory, on: page)
    let nothing =
      since.corrections.isEmpty && since.cases.isEmpty && since.consents.isEmpty && since.notes.isEmpty
      ? "<p>\(page("Nothing came since."))</p>" : HTML.empty
    return page.form(
      DuplicatePaths.parting(since.merge.id), submit: page("Part them"), errors: errors,
      """
      \(page.once(typed))\(page.hidden("version", String(since.pair.version)))\(nothing)
      \(corrections(since, owners, fields, territory, on: page))\(cases(since, owners, fields, on: page))
      \(consents(since, owners, fields, on: page))\(notes(since, fields, names, on: page))
      \(fields.paragraph("reason", page("Why the files are parted"), required: true, rows: 2))
      """)
  }

  /// The two names, each with its antenna: two persons of one name are told apart by it, or by their order.
  private static func owners(_ since: Duplicates.Since, _ territory: Territory, on page: Page) -> [Choice] {
    let sides: [(PersonMerge.Choice, PersonID)] = [(.kept, since.merge.kept), (.other, since.merge.other)]
    return sides.enumerated().map { index, side in
      let label = since.labels[side.1]
      let name = label?.text(for: page.reader) ?? "—"
      let antenna = label.map { territory.name(of: $0.antenna, in: page.reader.language) } ?? "—"
      let file = since.allCases.last { ($0.person == side.1) && !since.cases.map(\.id).contains($0.id) }?
        .number
      return Choice(side.0.rawValue, "\(index + 1). \(name) · \(antenna)\(file.map { " · \($0)" } ?? "")")
    }
  }

  private static func corrections(
    _ since: Duplicates.Since, _ owners: [Choice], _ fields: FormFields, _ territory: Territory, on page: Page
  ) -> HTML {
    since.corrections.map { change -> HTML in
      guard let field = Identity.Field(rawValue: change.field) else { return .empty }
      func text(_ value: String?) -> String {
        guard let value else { return page("nothing") }
        switch field {
        case .governorate:
          return territory.name(of: GovernorateCode(rawValue: value), in: page.reader.language)
        case .sex: return Person.Sex(rawValue: value).map { page($0.label) } ?? value
        case .unsafeWay: return Identity.UnsafeWay(rawValue: value).map { page($0.label) } ?? value
        default: return value.replacing("\n", with: " · ")
        }
      }
      return fields.radios(
        "field-\(field.rawValue)", page("Corrected: \(page(field.label))"), options: owners,
        hint: page("“\(text(change.before))” became “\(text(change.after))”."), required: true)
    }.reduce(HTML.empty, +)
  }

  private static func cases(
    _ since: Duplicates.Since, _ owners: [Choice], _ fields: FormFields, on page: Page
  ) -> HTML {
    since.cases.map { line in
      fields.radios(
        "case-\(line.id)", page("Case \(line.number)"), options: owners,
        hint: page("With its needs, plan, visits and notes."), required: true)
    }.reduce(HTML.empty, +)
  }

  private static func consents(
    _ since: Duplicates.Since, _ owners: [Choice], _ fields: FormFields, on page: Page
  ) -> HTML {
    since.consents.map { consent in
      fields.radios(
        "consent-\(consent.id)", page("Consent: \(page(consent.purpose.label))"), options: owners,
        hint: page("Given on \(consent.givenOn)."), required: true)
    }.reduce(HTML.empty, +)
  }

  private static func notes(
    _ since: Duplicates.Since, _ fields: FormFields, _ names: [AccountID: String], on page: Page
  ) -> HTML {
    since.notes.map { line, note in
      let others = since.allCases.filter { $0.id != line.id }
      let options = [line] + others
      return fields.select(
        "note-\(note.id)", page("Note in case \(line.number), by \(names[note.by] ?? "—")"),
        options: options.map { Choice($0.id.text, page("Case \($0.number)")) },
        hint: page("It stays there unless you choose another case: “\(String(note.text.prefix(80)))”"))
    }.reduce(HTML.empty, +)
  }
}
