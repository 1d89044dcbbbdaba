import Basics
import Foundation
import Pages
import Testing

/// A page as a browser takes it apart: enough to follow what points to what.
struct Markup {
  struct Element {
    let tag: String
    let attributes: [String: String]
  }

  private(set) var elements: [Element] = []
  /// What is open where it should not be, or closed that was never opened.
  private(set) var unbalanced: [String] = []

  private static let void: Set<String> = [
    "input", "meta", "link", "br", "hr", "img", "path", "!doctype",
  ]

  init(_ html: HTML) {
    var open: [String] = []
    for match in html.string.matches(of: /<(\/?)([!A-Za-z][A-Za-z0-9]*)([^>]*)>/) {
      let tag = match.2.lowercased()
      guard match.1.isEmpty else {
        if open.popLast() != tag { unbalanced.append("</\(tag)>") }
        continue
      }
      let attributes = match.3.matches(of: /([a-z-]+)(?:="([^"]*)")?/).map {
        (String($0.1), String($0.2 ?? ""))
      }
      elements.append(Element(tag: tag, attributes: Dictionary(attributes) { first, _ in first }))
      if Set(attributes.map(\.0)).count != attributes.count {
        unbalanced.append("an attribute twice: <\(tag)\(match.3)>")
      }
      if !Self.void.contains(tag), !match.3.hasSuffix("/") { open.append(tag) }
    }
    unbalanced += open
  }

  func all(_ tag: String) -> [Element] { elements.filter { $0.tag == tag } }

  /// The field of a form.
  func field(_ name: String) throws -> Element {
    try #require(
      elements.first { $0.attributes["name"] == name && $0.attributes["type"] != "hidden" })
  }

  /// Ids that stand twice, and references to an id that stands nowhere.
  var brokenLinks: [String] {
    let ids = elements.compactMap { $0.attributes["id"] }
    let twice = Dictionary(grouping: ids) { $0 }.filter { $0.value.count > 1 }.keys.map {
      "\($0) stands twice"
    }
    let references = elements.flatMap { element -> [String] in
      let lists = ["aria-describedby", "aria-labelledby"].compactMap { element.attributes[$0] }
      let single = ["for", "popovertarget", "list"].compactMap { element.attributes[$0] }
      let anchor = element.attributes["href"].flatMap {
        $0.hasPrefix("#") ? String($0.dropFirst()) : nil
      }
      return lists.flatMap { $0.split(separator: " ").map(String.init) } + single
        + (anchor.map { [$0] } ?? [])
    }
    return twice + references.filter { !ids.contains($0) }.map { "nothing has the id \($0)" }
  }

  /// Fields that no label names.
  var unlabelled: [String] {
    let labelled = Set(all("label").compactMap { $0.attributes["for"] })
    return elements.filter { ["input", "select", "textarea"].contains($0.tag) }
      .filter { !["hidden", "radio", "checkbox"].contains($0.attributes["type"]) }
      .filter { !labelled.contains($0.attributes["id"] ?? "") }.map { $0.attributes["name"] ?? "?" }
  }
}

extension Page {
  /// A page as a signed-in counsellor gets it.
  static func sample(
    _ language: Language = .english, duties: Set<Duty> = [.openFiles],
    path: String = "/cases?stage=plan",
    isSignedIn: Bool = true, isDemo: Bool = false, notice: Phrase? = nil
  ) -> Page {
    let amel = Actor(
      id: AccountID(), name: "Amel <b>", institution: InstitutionCode(rawValue: "OTE"),
      antenna: AntennaCode(rawValue: "TUN"), scope: .antenna, duties: duties)
    return Page(
      reader: Reader(language), actor: isSignedIn ? amel : nil, csrf: "c5rf\"t", path: path,
      now: Date(timeIntervalSince1970: 1_773_302_400), isDemo: isDemo,
      navigation: Navigation(
        [
          NavigationItem(say("Home"), path: "/", icon: .home, in: .day),
          NavigationItem(say("Cases"), path: "/cases", icon: .cases, in: .persons, duty: .openFiles),
          NavigationItem(
            say("Accounts"), path: "/accounts", icon: .accounts, in: .house, duty: .manageAccounts),
        ], Assets()), notice: notice, assets: Assets())
  }
}
