import Basics

/// An entry of the navigation at the start side, shown to those who have the duty.
package struct NavigationItem: Sendable {
  /// What items stand together, in this order.
  package enum Group: Int, CaseIterable, Sendable {
    case day, persons, services, aids, steering, house

    package var label: Phrase {
      switch self {
      case .day: say("To do")
      case .persons: say("Persons")
      case .services: say("Partners")
      case .aids: say("Diagnosis and aids")
      case .steering: say("Steering")
      case .house: say("House")
      }
    }
  }

  package let label: Phrase
  package let path: String
  package let icon: Icon
  package let group: Group
  package let duty: Duty?

  package init(_ label: Phrase, path: String, icon: Icon, in group: Group, duty: Duty? = nil) {
    self.label = label
    self.group = group
    self.path = path
    self.icon = icon
    self.duty = duty
  }
}

/// The navigation of the site. It stands on every page, so what does not differ between pages is written once a language.
package struct Navigation: Sendable {
  package static let none = Navigation(entries: [:])

  fileprivate struct Entry {
    let duty: Duty?
    let path: String
    let group: NavigationItem.Group
    /// The heading of its group.
    let heading: HTML
    /// The link up to where it says that it is the page itself, and from there on.
    let (before, after): (HTML, HTML)
  }

  private let entries: [Language: [Entry]]

  private init(entries: [Language: [Entry]]) { self.entries = entries }

  /// - Parameter items: in any order of their groups, and in their own within each.
  package init(_ items: [NavigationItem], _ assets: Assets) {
    let ordered = NavigationItem.Group.allCases.flatMap { group in items.filter { $0.group == group } }
    entries = Language.allCases.reduce(into: [:]) { entries, language in
      let reader = Reader(language)
      entries[language] = ordered.map { Entry($0, reader, assets) }
    }
  }

  /// What `actor` may go to, with the place of the page at `path` marked.
  func bar(at path: String, for actor: Actor?, in language: Language) -> HTML {
    let place = Self.place(path)
    var (items, group) = (HTML.empty, NavigationItem.Group.day)
    for entry in entries[language] ?? [] where Self.isShown(entry.duty, to: actor) {
      if entry.group != group {
        group = entry.group
        items += entry.heading
      }
      items += entry.before
      if entry.leads(to: place) { items += " aria-current=\"page\"" }
      items += entry.after
    }
    return items
  }

  private static func isShown(_ duty: Duty?, to actor: Actor?) -> Bool {
    if let duty { return actor?.may(duty) ?? false }
    return actor?.isOutside != true
  }

  /// A path without its query.
  static func place(_ path: String) -> Substring {
    path[..<(path.utf8.firstIndex(of: UInt8(ascii: "?")) ?? path.endIndex)]
  }
}

extension Navigation.Entry {
  fileprivate init(_ item: NavigationItem, _ reader: Reader, _ assets: Assets) {
    (duty, group) = (item.duty, item.group)
    path = String(Navigation.place(item.path))
    heading = "<li class=\"group\">\(reader(item.group.label))</li>"
    before = "<li><a href=\"\(item.path)\""
    after = ">\(assets.svg(item.icon))<span>\(reader(item.label))</span></a></li>"
  }

  /// Whether a page stands there or below; below the home page everything would.
  fileprivate func leads(to place: Substring) -> Bool {
    guard place.utf8.starts(with: path.utf8) else { return false }
    let rest = place.utf8.dropFirst(path.utf8.count)
    return rest.isEmpty || path != "/" && rest.first == UInt8(ascii: "/")
  }
}
