import Antennas
import Basics
import Pages

/// Looking for services. Values in, markup out.
enum DirectoryTemplates {
  static func list(
    _ found: Directory.Found, _ search: Directory.Search, _ territory: Territory, on page: Page
  ) -> HTML {
    page.layout(
      page("Services"),
      """
      \(page.title(page("Services"), under: "<p class=\"lead\">\(page("Who helps with what, where and for whom."))</p>", actions: actions(on: page)))
      \(filter(search, territory, on: page))
      \(found.isCut ? page.alert(.info, "<p>\(page("More match than are shown: write more words."))</p>") : .empty)
      \(table(found.services, on: page))
      \(page.pager(next: found.next.map { DirectoryPaths.list(search, after: $0) }))
      """)
  }

  private static func actions(on page: Page) -> HTML {
    page.button(page("Map"), to: DirectoryPaths.map, icon: .antenna, weight: .secondary)
      + page.button(page("Providers"), to: DirectoryPaths.providers, icon: .people, weight: .secondary)
      + (page.may(.keepDirectory)
        ? page.button(page("From a file"), to: ServiceImportPaths.new, icon: .file, weight: .secondary)
        : .empty)
  }

  /// Asked for, not sent: nothing here names a person, and the view can be passed on.
  private static func filter(_ search: Directory.Search, _ territory: Territory, on page: Page) -> HTML {
    var typed = Typed()
    typed["words"] = search.words
    typed["need"] = search.need?.rawValue ?? ""
    typed["governorate"] = search.governorate?.rawValue ?? ""
    let fields = FormFields(page, typed: typed)
    return """
      <form method="get" action="\(DirectoryPaths.list)" class="sheet">
      \(fields.text("words", page("Words of the name"), kind: .search, limit: 100))
      \(fields.select("need", page("Helps with"), options: needs(on: page)))
      \(fields.select("governorate", page("Governorate"), options: governorates(territory, on: page)))
      <p class="buttons"><button class="primary">\(page("Search"))</button></p>
      </form>
      """
  }

  static func needs(on page: Page) -> [Choice] {
    Service.Need.allCases.map { Choice($0.rawValue, page(DirectoryWords.need($0))) }
  }

  static func governorates(_ territory: Territory, on page: Page) -> [Choice] {
    territory.governorates.map { Choice($0.id.rawValue, $0.name.text(in: page.reader.language)) }
  }

  static func table(_ services: [ServiceLine], on page: Page) -> HTML {
    page.table(
      page("Services"),
      columns: [
        page("Service"), page("Helps with"), page("Places left"), page("Confirmed"),
      ],
      rows: services.map { service in
        [
          link(service, on: page), "\(needs(service.needs, on: page))", left(service, on: page),
          freshness(DirectoryRules.freshness(service.confirmedOn, on: page.today), on: page),
        ]
      },
      empty: page.emptyState(
        page("No service is found here. Take fewer words, or look in the whole country.")))
  }

  /// The service, with its provider below.
  static func link(_ service: ServiceLine, on page: Page) -> HTML {
    """
    <a href="\(DirectoryPaths.service(service.id))">\(name(service.name, on: page))</a><br>\
    <small>\(name(service.providerName, on: page))</small>
    """
  }

  static func needs(_ needs: [Service.Need], on page: Page) -> String {
    needs.map { page(DirectoryWords.need($0)) }.joined(separator: " · ")
  }

  static func left(_ service: ServiceLine, on page: Page) -> HTML {
    guard let left = service.left, let capacity = service.capacity else {
      return "<span class=\"faint\">\(page("not counted"))</span>"
    }
    return "\(page("\(left) of \(capacity)"))"
  }

  static func freshness(_ freshness: DirectoryRules.Freshness, on page: Page) -> HTML {
    switch freshness {
    case .never: page.badge(page("To be confirmed"), .attention, icon: .late)
    case .stale(let day):
      "\(page.badge(page("Confirmed long ago"), .attention, icon: .late))<br>\(page.day(day))"
    case .fresh(let day): page.day(day)
    }
  }

  /// A name in the reader's language, or in another one, with its direction.
  static func name(_ texts: Texts, on page: Page) -> HTML {
    guard let (text, language) = texts.found(for: page.reader.language) else { return "—" }
    let direction = language.isRightToLeft ? "rtl" : "ltr"
    return "<bdi lang=\"\(language.rawValue)\" dir=\"\(direction)\">\(text)</bdi>"
  }

  /// A longer text; where it is in another language than the page, that is said.
  static func prose(_ texts: Texts, on page: Page) -> HTML? {
    guard let (text, language) = texts.found(for: page.reader.language) else { return nil }
    let direction = language.isRightToLeft ? "rtl" : "ltr"
    let note: HTML =
      language == page.reader.language
      ? .empty : "<p class=\"hint\">\(page("Written in this language only: \(language.ownName)"))</p>"
    return "<p class=\"prose\" lang=\"\(language.rawValue)\" dir=\"\(direction)\">\(text)</p>\(note)"
  }
}
