import Antennas
import Basics
import Pages
import People

/// One service. Values in, markup out.
enum ServiceTemplates {
  static func show(
    _ opened: Directory.OpenedService, _ territory: Territory, _ confirmations: Directory.Confirmations?,
    on page: Page
  ) -> HTML {
    let service = opened.service
    let title = service.name.text(in: page.reader.language)
    let mayKeep = page.actor.map { DirectoryRules.mayKeep(service.antenna, $0) } ?? false
    let edit =
      mayKeep
      ? page.button(page("Change"), to: DirectoryPaths.editService(service.id), weight: .secondary) : .empty
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(DirectoryPaths.provider(opened.provider.id))\">\(DirectoryTemplates.name(opened.provider.name, on: page))</a></p>", actions: edit))
      \(state(service, on: page))
      \(page.section(page("What, for whom, where"), page.facts(facts(opened, territory, on: page))))
      \(page.section(page("For colleagues"), page.facts(inside(service, territory, on: page))))
      \(confirmations.map { ConfirmTemplates.section($0, service, on: page) })
      """)
  }

  private static func state(_ service: Service, on page: Page) -> HTML {
    var state = HTML.empty
    if service.state != .active {
      state += page.badge(page(DirectoryWords.state(service.state)), .attention, icon: .stop)
    }
    switch DirectoryRules.freshness(service.confirmedOn, on: page.today) {
    case .never:
      state += page.alert(
        .attention,
        "<p>\(page("Nobody of the provider has confirmed this yet: ask before you send somebody."))</p>")
    case .stale(let day):
      state += page.alert(
        .attention,
        "<p>\(page("Confirmed for the last time on \(day), more than 6 months ago: ask before you send somebody."))</p>"
      )
    case .fresh(let day): state += "<p>\(page("Confirmed on \(day)."))</p>"
    }
    return state
  }

  /// What anybody may know.
  static func facts(_ opened: Directory.OpenedService, _ territory: Territory, on page: Page) -> [(
    label: String, value: HTML?
  )] {
    let service = opened.service
    return [
      (page("Helps with"), "\(DirectoryTemplates.needs(service.needs, on: page))"),
      (page("What is done for the person"), DirectoryTemplates.prose(service.about, on: page)),
      (page("For whom"), whom(service, on: page)),
      (page("Other conditions, in words"), DirectoryTemplates.prose(service.conditions, on: page)),
      (page("Papers to bring"), papers(service, on: page)),
      (page("Where"), "\(areas(service, territory, on: page))"),
      (page("Given at"), opened.own.isEmpty ? nil : places(opened.own, territory, on: page)),
      (page("How one comes to it"), DirectoryTemplates.prose(service.how, on: page)),
      (page("When"), hours(service, on: page)), (page("Cost"), cost(service, on: page)),
      (page("Languages"), joined(service.languages.map { page(DirectoryWords.language($0)) })),
      (page("How it can be reached"), joined(service.access.map { page(DirectoryWords.access($0)) })),
      (page("Places left"), DirectoryTemplates.left(service.line, on: page)),
    ]
  }

  private static func joined(_ words: [String]) -> HTML? {
    words.isEmpty ? nil : "\(words.joined(separator: " · "))"
  }

  private static func papers(_ service: Service, on page: Page) -> HTML? {
    let lines = service.papersToBring(in: page.reader)
    return lines.isEmpty ? nil : "<ul>\(lines.map { "<li><bdi>\($0)</bdi></li>" as HTML })</ul>"
  }

  static func whom(_ service: Service, on page: Page) -> HTML? {
    var words: [String] = []
    switch (service.ageFrom, service.ageTo) {
    case (let from?, let to?): words.append(page("It is for ages \(from) to \(to)"))
    case (let from?, nil): words.append(page("It is for those who are \(from) or older"))
    case (nil, let to?): words.append(page("It is for those who are \(to) or younger"))
    case (nil, nil): break
    }
    if let sex = service.sex { words.append(sex == .female ? page("Women only") : page("Men only")) }
    words += service.returns.map { page(DirectoryWords.returned($0)) }
    words += service.situations.map { page(DirectoryWords.situation($0)) }
    return joined(words)
  }

  static func areas(_ service: Service, _ territory: Territory, on page: Page) -> String {
    if service.isNationwide { return page("The whole country") }
    guard !service.areas.isEmpty else { return page("Where it is offered is not recorded.") }
    return service.areas.map { area in
      let name = territory.name(of: area.governorate, in: page.reader.language)
      return area.delegation.map { "\(name) (\($0))" } ?? name
    }.joined(separator: " · ")
  }

  private static func places(_ places: [ProviderPlace], _ territory: Territory, on page: Page) -> HTML {
    let items = places.map { place -> HTML in
      let parts = [
        place.name, place.address, place.delegation,
        territory.name(of: place.governorate, in: page.reader.language),
      ]
      let phone: HTML = place.phone.map { " · \(page.bdi($0))" } ?? .empty
      return "<li><bdi>\(parts.compactMap(\.self).joined(separator: ", "))</bdi>\(phone)</li>"
    }
    return "<ul>\(items)</ul>"
  }

  static func hours(_ service: Service, on page: Page) -> HTML? {
    var words: [HTML] = []
    if !service.days.isEmpty {
      words.append("\(service.days.map { page(DirectoryWords.day($0)) }.joined(separator: " · "))")
    }
    if service[.opens] != nil || service[.closes] != nil {
      words.append(page.bdi([service[.opens], service[.closes]].map { $0 ?? "…" }.joined(separator: "–")))
    }
    if let note = service[.hoursNote] { words.append("<bdi>\(note)</bdi>") }
    guard !words.isEmpty else { return nil }
    return words.dropFirst().reduce(words[0]) { "\($0), \($1)" }
  }

  static func cost(_ service: Service, on page: Page) -> HTML {
    let note: HTML = service[.costNote].map { " <bdi>\($0)</bdi>" } ?? .empty
    switch service.cost {
    case .free: return "\(page("Free of charge"))\(note)"
    case .paid:
      let amount = service.amount.map { page.money($0) } ?? "\(page("To be paid for"))"
      return "\(amount)\(note)"
    case nil: return "<span class=\"faint\">\(page("not known"))</span>\(note)"
    }
  }

  private static func inside(_ service: Service, _ territory: Territory, on page: Page) -> [(
    label: String, value: HTML?
  )] {
    let contact = [service[.contactName], service[.contactRole]].compactMap(\.self)
    let from = service.agreementFrom.map { page.day($0) }
    let until = service.agreementUntil.map { page.day($0) }
    return [
      (page("Contact person"), contact.isEmpty ? nil : "<bdi>\(contact.joined(separator: ", "))</bdi>"),
      (page("Phone"), service[.contactPhone].map { page.bdi($0) }),
      (page("E-mail"), service[.contactEmail].map { page.bdi($0) }),
      (page("Agreement behind it"), service[.agreementWith].map { "<bdi>\($0)</bdi>" }),
      (page("From"), from), (page("Until"), until),
      (page("Data that may be shared"), service[.agreementData].map { page.prose($0) }),
      (
        page("Kept by"),
        "\(service.antenna.map { territory.name(of: $0, in: page.reader.language) } ?? page("Central office"))"
      ),
      (page("Open data"), "\(service.isPublished ? page("yes") : page("no"))"),
    ]
  }
}
