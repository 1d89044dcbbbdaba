import Antennas
import Basics
import Cases
import Documents
import Pages
import People

/// What is there for one person. Values in, markup out.
enum FitTemplates {
  static func show(
    _ found: Directory.CaseOffers, _ need: Service.Need?, _ territory: Territory, isNoneChosen: Bool,
    on page: Page
  ) -> HTML {
    let file = found.opened.file
    let title = page("Services for this person")
    return page.layout(
      "\(title) · \(file.number)",
      """
      \(page.title(title, under: "<p>\(page.bdi(file.number)) · <a href=\"\(CasePaths.show(file.id))\">\(page("To the file"))</a></p>"))
      \(known(found.person, territory, on: page))
      \(page.filters(page("Helps with"), needs(found, need, on: page)))
      \(offers(found, isNoneChosen, on: page))
      """)
  }

  /// What the conditions are held against: what is missing here is asked for there.
  private static func known(_ person: Situation, _ territory: Territory, on page: Page) -> HTML {
    let unknown: HTML = "<span class=\"faint\">\(page("not recorded"))</span>"
    let age: HTML? = person.age.map {
      person.isAgeRough ? "\(page("about \($0)"))" : "\(page.reader.number($0))"
    }
    let sex: HTML? = person.sex.map { $0 == .female ? "\(page("Woman"))" : "\(page("Man"))" }
    let home: HTML? = person.governorate.map { code in
      let name = territory.name(of: code, in: page.reader.language)
      return person.delegation.map { "\(name), <bdi>\($0)</bdi>" } ?? "\(name)"
    }
    let returned: HTML? = person.returned.map { "\(page(DirectoryWords.returned($0)))" }
    return page.section(
      page("What the conditions are held against"),
      page.facts([
        (page("Age"), age ?? unknown), (page("Sex"), sex ?? unknown), (page("Governorate"), home ?? unknown),
        (page("Kind of return"), returned ?? unknown),
        (page("Situation"), facts(person, on: page) ?? unknown),
        (page("Papers"), papers(person, on: page) ?? unknown),
      ]))
  }

  private static func facts(_ person: Situation, on page: Page) -> HTML? {
    list(
      Service.Situation.allCases.map { (label: page(DirectoryWords.situation($0)), isSo: person.facts[$0]) },
      yes: page("yes"), no: page("no"), on: page)
  }

  private static func papers(_ person: Situation, on page: Page) -> HTML? {
    list(
      Service.paperKinds.map { (label: page($0.label), isSo: person.papers[$0]) },
      yes: page("there"), no: page("missing"), on: page)
  }

  /// Nil where nothing is known.
  private static func list(
    _ lines: [(label: String, isSo: Bool?)], yes: String, no: String, on page: Page
  ) -> HTML? {
    let items = lines.compactMap { line -> HTML? in
      guard let isSo = line.isSo else { return nil }
      return "<li>\(line.label)\(page.reader.colon) \(isSo ? yes : no)</li>"
    }
    return items.isEmpty ? nil : "<ul>\(items)</ul>"
  }

  /// The needs that the file has open come first.
  private static func needs(_ found: Directory.CaseOffers, _ need: Service.Need?, on page: Page) -> [(
    label: String, path: String, isCurrent: Bool
  )] {
    let open = found.opened.needs.filter { $0.metOn == nil }.flatMap { Service.Need.of($0.kind) }
    let own = Service.Need.allCases.filter { open.contains($0) }
    let others = Service.Need.allCases.filter { !open.contains($0) }
    let id = found.opened.file.id
    return [(page("All needs"), DirectoryCasePaths.offers(id), need == nil)]
      + own.map {
        (page("\(page(DirectoryWords.need($0))) (open need)"), DirectoryCasePaths.offers(id, $0), need == $0)
      }
      + others.map { (page(DirectoryWords.need($0)), DirectoryCasePaths.offers(id, $0), need == $0) }
  }

  private static func offers(_ found: Directory.CaseOffers, _ isNoneChosen: Bool, on page: Page) -> HTML {
    guard !found.offers.isEmpty else {
      return page.emptyState(page("No service is known for this need where the person lives."))
    }
    let shown = found.offers.prefix(50)
    let rows = shown.map { offer -> [HTML] in
      let service = offer.service
      let box: HTML = """
        <input type="checkbox" name="service" value="\(service.id.text)" aria-label="\(page("On the sheet: \(service.name.words)"))">
        """
      return [
        DirectoryTemplates.link(service.line, on: page), answer(offer.fit, on: page),
        reasons(offer.fit, on: page),
        DirectoryTemplates.freshness(offer.freshness, on: page),
        DirectoryTemplates.left(service.line, on: page),
        box,
      ]
    }
    let cut: HTML =
      found.offers.count > shown.count
      ? page.alert(.info, "<p>\(page("The first 50 are shown: choose a need to see fewer."))</p>") : .empty
    let languages = Language.allCases.map { Choice($0.rawValue, $0.ownName) }
    var typed = Typed()
    let spoken = found.opened.person.person.identity[.languages] ?? ""
    typed["language"] = spoken.isEmpty || !spoken.contains("fr") ? "ar" : page.reader.language.rawValue
    let fields = FormFields(page, typed: typed)
    return """
      \(cut)<form method="get" action="\(DirectoryCasePaths.sheet(found.opened.file.id))">
      \(!isNoneChosen ? .empty : page.alert(.attention, "<p>\(page("Choose at least one."))</p>"))
      \(page.table(page("Services"), columns: [page("Service"), page("Does it fit?"), page("Because"), page("Confirmed"), page("Places left"), page("On the sheet")], rows: rows, empty: .empty))
      \(fields.select("language", page("Language of the sheet"), options: languages))
      <p class="buttons"><button class="secondary">\(page("Make the sheet for the person"))</button></p></form>
      """
  }

  private static func answer(_ fit: Fit, on page: Page) -> HTML {
    switch fit.answer {
    case .met: page.badge(page("It fits"), .good, icon: .done)
    case .unknown: page.badge(page("Not known yet"), .info, icon: .info)
    case .missed: page.badge(page("It does not fit"), .plain, icon: .stop)
    }
  }

  private static func reasons(_ fit: Fit, on page: Page) -> HTML {
    let items = fit.decisive.map { "<li>\(page($0.words))</li>" as HTML }
    return "<ul>\(items)</ul>"
  }
}
