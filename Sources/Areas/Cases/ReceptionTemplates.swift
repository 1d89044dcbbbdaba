import Antennas
import Basics
import Pages
import People

/// Receiving a person: one form in the order of a conversation.
package enum ReceptionTemplates {
  /// What was searched for stands in the form again, in the script it was typed in.
  package static func typed(query: String) -> Typed {
    var typed = Typed()
    guard !query.isEmpty else { return typed }
    if let fields = People.filling(query) { return Typed(fields) }
    let isArabic = query.unicodeScalars.contains { (0x0600...0x06FF).contains($0.value) }
    let words = query.split(separator: " ", maxSplits: 1).map(String.init)
    if query.contains(where: { $0.isNumber }) {
      typed["phones"] = query
    } else {
      typed[isArabic ? "given-arabic" : "given-latin"] = words.first ?? ""
      typed[isArabic ? "family-arabic" : "family-latin"] = words.dropFirst().first ?? ""
    }
    return typed
  }

  static func form(
    _ typed: Typed, _ errors: [FieldError], _ known: Person?, _ territory: Territory,
    _ usualMonths: Int?, warning: HTML = .empty, on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let who: HTML =
      if let known {
        "\(page.hidden("person", known.id.text))\(page.section(page("Who and how to reach"), PersonTemplates.identityFacts(known, territory, on: page)))"
      } else {
        "\(page.once(typed, name: "person-once"))\(PersonTemplates.identityFields(fields, territory, on: page))"
      }
    return page.layout(
      page("Receive a person"),
      """
      \(page.title(page("Receive a person"), under: "<p class=\"lead\">\(page("Only a name and a way to reach the person are needed now; the rest can wait."))</p>"))
      \(page.form(CasePaths.list, submit: page("Open the file"), errors: errors, """
        \(page.once(typed))\(typed["member"].isEmpty ? .empty : page.hidden("member", typed["member"]))\(warning)
        \(fields.group(page("How the person came"), channel(fields, territory, page)))
        \(who)
        \(fields.group(page("The return"), returnFields(fields, territory, page, usualMonths: usualMonths)))
        """))
      """)
  }

  private static func channel(_ fields: FormFields, _ territory: Territory, _ page: Page) -> HTML {
    let channels = CaseFile.Channel.allCases.map { Choice($0.rawValue, page($0.label)) }
    let antennas = territory.antennas.map { Choice($0.id.rawValue, $0.name.text(in: page.reader.language)) }
    let antenna =
      page.actor?.antenna == nil
      ? fields.select("antenna", page("Antenna"), options: antennas, required: true) : .empty
    return fields.radios("channel", page("First contact"), options: channels, required: true) + antenna
  }

  /// The facts of a return, for every form that asks for them.
  /// - Parameter usualMonths: months after a return within which persons usually come; nil where nobody has said it.
  package static func returnFields(
    _ fields: FormFields, _ territory: Territory, _ page: Page, usualMonths: Int? = nil
  ) -> HTML {
    let late =
      usualMonths.map {
        page("Needed where the return was more than \($0) months ago; nobody is sent away because of a date.")
      } ?? page("What is usual is not loaded. Nobody is sent away because of a date.")
    let countries = territory.countries.map { Choice($0.id.rawValue, $0.name.text(in: page.reader.language)) }
    func name(_ field: ReturnFacts.Field) -> String { field.rawValue }
    return """
      \(fields.select(name(.country), page(ReturnFacts.Field.country.label), options: countries))
      \(fields.text(name(.returnedOn), page(ReturnFacts.Field.returnedOn.label), hint: page("A day to come, when the return is announced; long ago is as welcome."), kind: .date))
      \(fields.radios(name(.kind), page(ReturnFacts.Field.kind.label), options: ReturnFacts.Kind.allCases.map { Choice($0.rawValue, page($0.label)) }))
      \(fields.text(name(.leftOn), page(ReturnFacts.Field.leftOn.label), kind: .date))
      \(fields.select(name(.transit), page(ReturnFacts.Field.transit.label), options: countries))
      \(fields.text(name(.programme), page(ReturnFacts.Field.programme.label)))
      \(fields.text(name(.reference), page(ReturnFacts.Field.reference.label), direction: .ltr, limit: 60))
      \(fields.paragraph(name(.lateReason), page(ReturnFacts.Field.lateReason.label), hint: late, rows: 2))
      """
  }

  static func returnForm(
    _ file: CaseFile, _ typed: Typed, _ errors: [FieldError], version: Int, _ territory: Territory,
    _ usualMonths: Int?, on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.layout(
      page("The return"),
      """
      \(page.title(page("The return"), under: "<p>\(page.bdi(file.number))</p><p><a href=\"\(CasePaths.show(file.id))\">\(page("Back to the file"))</a></p>"))
      \(page.section(page("How, when and from where"), page.form(CasePaths.returned(file.id), submit: page("Save"), errors: errors, """
        \(page.hidden("version", String(version)))\(returnFields(fields, territory, page, usualMonths: usualMonths))
        """)))
      """)
  }
}
