import Antennas
import Basics
import Pages

extension Person.Sex {
  package var label: Phrase {
    switch self {
    case .female: say("Woman")
    case .male: say("Man")
    }
  }
}

/// What the area's pages look like.
package enum PersonTemplates {
  static func search(
    _ query: String, _ found: PersonSearch?, elsewhere: HTML, _ territory: Territory, reception: String,
    guided: String?, on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: Typed(["q": [query]]))
    return page.layout(
      page("Find a person"),
      """
      \(page.title(page("Find a person")))
      <form class="sheet find" action="\(PersonPaths.ask)" method="post" role="search">\(page.hidden("csrf", page.csrf))
      \(fields.text("q", page("Name in either script, phone, CIN, passport, e-mail or date of birth"), hint: page("As you hear it: in any order, with or without the family name, mohamed or med, salah or sala7."), kind: .search))
      <p class="buttons"><button class="primary">\(page("Search"))</button></p></form>
      \(found.map { results($0, query, elsewhere, territory, reception, guided, page) })
      """)
  }

  private static func results(
    _ found: PersonSearch, _ query: String, _ more: HTML, _ territory: Territory, _ reception: String,
    _ guided: String?, _ page: Page
  ) -> HTML {
    let language = page.reader.language
    let comma = language == .arabic ? "، " : ", "
    let rows = found.matches.map { match -> [HTML] in
      [
        "<a href=\"\(PersonPaths.show(match.id))\">\(page.name(latin: match.label.latin, arabic: match.label.arabic))</a>",
        match.birthYear.map { page.bdi(String($0)) } ?? "—",
        "\(territory.name(of: match.label.antenna, in: language))",
        "\(match.reasons.map { page($0.label) }.joined(separator: comma))",
      ]
    }
    let antennas = found.elsewhere.map { territory.name(of: $0, in: language) }
    let elsewhere =
      antennas.isEmpty
      ? HTML.empty
      : page.alert(
        .info,
        "<p>\(page("Files under these words exist at other antennas: \(antennas.joined(separator: comma)). Ask there before you open another."))</p>\(more)"
      )
    let receive =
      page.may(.receivePersons)
      ? page.button(
        rows.isEmpty ? page("Receive a new person") : page("None of these: receive a new person"),
        to: reception, icon: guided == nil ? .add : nil, weight: guided == nil ? .primary : .secondary)
      : HTML.empty
    let steps: HTML =
      page.may(.receivePersons)
      ? guided.map { page.button(page("Receive step by step"), to: $0, icon: .add) } ?? .empty : .empty
    return """
      \(elsewhere)
      \(page.table(page("Persons found"), columns: [page("Name"), page("Born in"), page("Antenna"), page("Found by")], rows: rows,
        empty: page.emptyState(page("Nobody was found under “\(query)”."))))
      <p class="buttons">\(steps)\(receive)</p>
      """
  }

  static func show(_ opened: OpenedPerson, _ territory: Territory, _ sections: [HTML], on page: Page) -> HTML
  {
    let identity = opened.person.identity
    let label = PersonLabel(
      latin: identity.latinName, arabic: identity.arabicName, antenna: opened.person.antenna)
    let edit =
      page.may(.editPersons)
      ? page.button(page("Correct"), to: PersonPaths.edit(opened.person.id), weight: .secondary) : .empty
    return page.layout(
      label.text(for: page.reader),
      """
      <div class="title"><div><h1>\(page.name(latin: label.latin, arabic: label.arabic))</h1></div></div>
      \(sections)
      \(page.section(page("Who and how to reach"), id: "identity", actions: edit, identityFacts(opened.person, territory, on: page)))
      \(ConsentTemplates.section(opened, on: page))
      """)
  }

  /// Everything known of a person's identity, as facts.
  package static func identityFacts(_ person: Person, _ territory: Territory, on page: Page) -> HTML {
    let identity = person.identity
    let language = page.reader.language
    func plain(_ field: Identity.Field) -> (label: String, value: HTML?) {
      (page(field.label), identity[field].map { page.prose($0) })
    }
    func leftToRight(_ field: Identity.Field) -> (label: String, value: HTML?) {
      (page(field.label), identity[field].map { page.bdi($0) })
    }
    let birth = identity.birthDate.map { page.day($0) } ?? identity.birthYear.map { page.bdi(String($0)) }
    let phones = identity.phones.map { "<a href=\"tel:\($0)\">\(page.bdi(spaced(phone: $0)))</a> " as HTML }
    return page.facts([
      (page("Sex"), identity.sex.map { "\(page($0.label))" }),
      (page("Born"), birth), plain(.father), plain(.spouse), leftToRight(.cin), leftToRight(.passport),
      (page("Phones"), phones.isEmpty ? nil : "\(phones)"), leftToRight(.email), plain(.address),
      plain(.delegation),
      (page("Governorate"), identity.governorate.map { "\(territory.name(of: $0, in: language))" }),
      plain(.languages), plain(.safeWay),
      (page(Identity.Field.unsafeWay.label), identity.unsafeWay.map { "\(page($0.label))" }),
      plain(.wordsToAvoid),
    ])
  }

  /// What stands in a field, as it is read.
  package static func shown(_ field: String, _ value: String, _ territory: Territory, on page: Page) -> String
  {
    switch Identity.Field(rawValue: field) {
    case .sex: Person.Sex(rawValue: value).map { page($0.label) } ?? value
    case .unsafeWay: Identity.UnsafeWay(rawValue: value).map { page($0.label) } ?? value
    case .governorate: territory.name(of: GovernorateCode(rawValue: value), in: page.reader.language)
    case .birthDate: Day(value).map { page.reader.date($0) } ?? value
    case .phones: value.split(separator: "\n").map { spaced(phone: String($0)) }.joined(separator: ", ")
    default: value
    }
  }

  /// A Tunisian number in the groups in which it is said: `+216 20 123 456`.
  private static func spaced(phone: String) -> String {
    guard phone.hasPrefix("+216"), phone.count == 12 else { return phone }
    let digits = phone.dropFirst(4)
    return "+216 \(digits.prefix(2)) \(digits.dropFirst(2).prefix(3)) \(digits.suffix(3))"
  }

  static func edit(
    _ person: Person, _ typed: Typed, _ errors: [FieldError], version: Int, _ territory: Territory,
    on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let identity = person.identity
    let name = page.name(latin: identity.latinName, arabic: identity.arabicName)
    let back = typed["to"].count > 1 ? typed["to"] : PersonPaths.show(person.id)
    return page.layout(
      page("Correct the identity"),
      """
      \(page.title(page("Correct the identity"), under: "<p>\(name)</p><p><a href=\"\(back)\">\(page("Back to the file"))</a></p>"))
      \(page.section(page("Who and how to reach"), page.form(PersonPaths.show(person.id), submit: page("Save"), errors: errors, """
        \(page.hidden("version", String(version)))\(page.hidden("to", typed["to"]))\(identityFields(fields, territory, on: page))
        """)))
      """)
  }

  /// The fields of an identity, in the order of a conversation.
  package static func identityFields(_ fields: FormFields, _ territory: Territory, on page: Page) -> HTML {
    let governorates = territory.governorates.map {
      Choice($0.id.rawValue, $0.name.text(in: page.reader.language))
    }
    func line(
      _ field: Identity.Field, hint: String? = nil, kind: FormFields.Kind = .text,
      direction: FormFields.Direction? = nil,
      limit: Int = 120
    ) -> HTML {
      fields.text(
        field.rawValue, page(field.label), hint: hint, kind: kind, direction: direction, autocomplete: "off",
        limit: limit)
    }
    return """
      \(fields.group(page("The name"), """
        \(line(.givenLatin, direction: .ltr))\(line(.familyLatin, direction: .ltr))
        \(line(.givenArabic, direction: .rtl))\(line(.familyArabic, direction: .rtl))
        """))
      \(fields.group(page("How to reach the person"), """
        \(fields.paragraph("phones", page("Phones"), hint: page("One a line; + and the country for a foreign one."), rows: 2))
        \(line(.email, kind: .email, direction: .ltr))
        \(fields.paragraph("safe-way", page("A safe way to reach the person"), hint: page("Who may be told, when to call, what one says to others."), rows: 2))
        \(fields.select(Identity.Field.unsafeWay.rawValue, page(Identity.Field.unsafeWay.label), options: Identity.UnsafeWay.allCases.map { Choice($0.rawValue, page($0.label)) }, hint: page("Whatever was agreed to: others would read it. She is called instead.")))
        \(line(.wordsToAvoid, hint: page("No message to her and no outside of a letter says them.")))
        \(line(.address))\(line(.delegation))
        \(fields.select("governorate", page("Governorate"), options: governorates))
        """))
      \(fields.group(page("Who the person is"), """
        \(fields.radios("sex", page("Sex"), options: Person.Sex.allCases.map { Choice($0.rawValue, page($0.label)) }))
        \(line(.birthDate, kind: .date))
        \(line(.birthYear, hint: page("When the day is not known."), kind: .number))
        \(line(.father, hint: page("In either script.")))\(line(.spouse))
        \(line(.cin, hint: page("8 digits."), direction: .ltr))\(line(.passport, direction: .ltr))\(line(.languages))
        """))
      """
  }
}
