import Antennas
import Basics
import Cases
import Documents
import Pages

/// The form of a service. Values in, markup out.
enum ServiceFormTemplates {
  static func form(
    _ service: Service?, _ provider: Provider, _ places: [ProviderPlace], _ typed: Typed,
    _ errors: [FieldError],
    _ territory: Territory, on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let title = service?.name.text(in: page.reader.language) ?? page("Add a service")
    let path = service.map { DirectoryPaths.editService($0.id) } ?? DirectoryPaths.services(provider.id)
    let key = service == nil ? page.once(typed) : page.hidden("version", typed["version"])
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(DirectoryPaths.provider(provider.id))\">\(DirectoryTemplates.name(provider.name, on: page))</a></p>"))
      \(page.form(path, submit: page("Save"), errors: errors, """
      \(key)\(what(fields, on: page))\(whom(fields, on: page))\(reach(fields, places, territory, on: page))\
      \(terms(fields, on: page))\(contact(fields, on: page))
      """))
      """)
  }

  private static func what(_ fields: FormFields, on page: Page) -> HTML {
    let states = Service.State.allCases.map { Choice($0.rawValue, page(DirectoryWords.state($0))) }
    return """
      \(texts("name", page("Name of the service"), fields, on: page))
      \(fields.checkboxes("needs", page("Helps with"), options: DirectoryTemplates.needs(on: page)))
      \(paragraphs("about", page("What is done for the person"), fields, on: page))
      \(paragraphs("how", page("How one comes to it"), fields, on: page))
      \(fields.radios("state", page("State"), options: states))
      """
  }

  private static func whom(_ fields: FormFields, on page: Page) -> HTML {
    let sexes = [Choice("female", page("Women only")), Choice("male", page("Men only"))]
    let returns = ReturnFacts.Kind.allCases.map { Choice($0.rawValue, page(DirectoryWords.returned($0))) }
    let situations = Service.Situation.allCases.map {
      Choice($0.rawValue, page(DirectoryWords.situation($0)))
    }
    let papers = Service.paperKinds.map { Choice($0.rawValue, page($0.label)) }
    return fields.group(
      page("For whom"),
      """
      \(fields.text("age-from", page("From the age of"), kind: .number))\(fields.text("age-to", page("Up to the age of"), kind: .number))
      \(fields.select("sex", page("For women or men only"), options: sexes))
      \(fields.checkboxes("returns", page("Only after these kinds of return"), options: returns, hint: page("Choose none where the return does not matter.")))
      \(fields.checkboxes("situations", page("Only for"), options: situations))
      \(fields.checkboxes("required-papers", page("Papers without which nobody is taken on"), options: papers, hint: page("They are compared with the documents of the person’s file.")))
      \(fields.paragraph("papers", page("Papers to bring, one a line"), rows: 3))
      \(paragraphs("conditions", page("Other conditions, in words"), fields, on: page))
      """)
  }

  private static func reach(
    _ fields: FormFields, _ places: [ProviderPlace], _ territory: Territory, on page: Page
  ) -> HTML {
    let open = places.filter { !$0.isClosed }.map { Choice($0.id.text, $0.name) }
    return fields.group(
      page("Where"),
      """
      \(fields.checkbox("nationwide", page("The whole country")))
      \(fields.checkboxes("governorates", page("Governorates covered"), options: DirectoryTemplates.governorates(territory, on: page)))
      \(fields.paragraph("delegations", page("Only these delegations"), hint: page("One a line: the governorate, a colon, the delegation."), rows: 3))
      \(open.isEmpty ? .empty : fields.checkboxes("places", page("Given at"), options: open))
      \(fields.checkboxes("access", page("How it can be reached"), options: accesses(on: page)))
      """)
  }

  private static func terms(_ fields: FormFields, on page: Page) -> HTML {
    let days = Service.Weekday.allCases.map { Choice($0.rawValue, page(DirectoryWords.day($0))) }
    let costs = [Choice("free", page("Free of charge")), Choice("paid", page("To be paid for"))]
    let languages = DirectoryWords.languages.map { Choice($0, page(DirectoryWords.language($0))) }
    return fields.group(
      page("When, and at what cost"),
      """
      \(fields.checkboxes("days", page("Days"), options: days))
      \(fields.text("opens", page("Opens at"), direction: .ltr, limit: 5))\(fields.text("closes", page("Closes at"), direction: .ltr, limit: 5))
      \(fields.text("hours-note", page("More about the hours"), limit: 500))
      \(fields.radios("cost", page("Cost"), options: costs))\(fields.text("cost-amount", page("Amount in dinars"), direction: .ltr, limit: 20))
      \(fields.text("cost-note", page("More about the cost"), limit: 500))
      \(fields.checkboxes("languages", page("Languages"), options: languages))
      \(fields.text("capacity", page("Places in all"), hint: page("Leave empty where places are not counted."), kind: .number))
      """)
  }

  private static func contact(_ fields: FormFields, on page: Page) -> HTML {
    """
    \(fields.group(page("Contact person, for colleagues only"), """
    \(fields.text("contact-name", page("Name")))\(fields.text("contact-role", page("Function")))
    \(fields.text("contact-phone", page("Phone"), kind: .tel, direction: .ltr, limit: 100))\(fields.text("contact-email", page("E-mail"), kind: .email, direction: .ltr))
    """))\(fields.group(page("Agreement behind it"), """
    \(fields.text("agreement-with", page("Between whom"), limit: 500))
    \(fields.text("agreement-from", page("From"), kind: .date))\(fields.text("agreement-until", page("Until"), kind: .date))
    \(fields.text("agreement-data", page("Data that may be shared"), limit: 1_000))
    """))\(fields.checkbox("published", page("May be read by anybody, as open data")))
    """
  }

  static func accesses(on page: Page) -> [Choice] {
    Service.Access.allCases.map { Choice($0.rawValue, page(DirectoryWords.access($0))) }
  }

  /// One line in each language; the reader's own first.
  static func texts(_ name: String, _ label: String, _ fields: FormFields, on page: Page) -> HTML {
    fields.group(
      label,
      Language.allCases.map { language in
        fields.text(
          "\(name)-\(language.rawValue)", language.ownName, direction: language.isRightToLeft ? .rtl : .ltr)
      }.reduce(.empty, +))
  }

  static func paragraphs(_ name: String, _ label: String, _ fields: FormFields, on page: Page) -> HTML {
    let names = Language.allCases.map { "\(name)-\($0.rawValue)" }
    let inputs = Language.allCases.map { language in
      fields.paragraph("\(name)-\(language.rawValue)", language.ownName, rows: 3)
    }
    return fields.more(label, names: names, inputs.reduce(.empty, +))
  }
}
