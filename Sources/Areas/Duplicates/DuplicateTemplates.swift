import Antennas
import Basics
import Linkage
import Pages
import People

/// Everything that the page of a pair shows.
struct PairView {
  let opened: OpenedPair
  let names: [AccountID: String]
  let territory: Territory
  let typed: Typed
  let errors: [FieldError]
  /// What stands in the way of what was sent.
  let refusal: Phrase?

  var pair: DuplicatePair { opened.pair }
}

/// Two files side by side. Values in, markup out.
enum DuplicateTemplates {
  static func show(_ view: PairView, on page: Page) -> HTML {
    let refusal = view.refusal.map { page.alert(.attention, "<p>\(page($0))</p>") }
    let comparison =
      view.opened.first != nil && view.opened.second != nil
      ? sideBySide(view, on: page) : oneSide(view, on: page)
    return page.layout(
      page("Are these one person?"),
      """
      \(page.title(page("Are these one person?"), under: "<p>\(standing(view, on: page))</p>"))
      \(refusal)\(comparison)\(DecisionTemplates.decisions(view, on: page))\(history(view, on: page))
      """)
  }

  /// How likely it is, and what was decided.
  private static func standing(_ view: PairView, on page: Page) -> HTML {
    let likelihood = Likelihood(score: view.pair.score)
    let isWhole = view.opened.first != nil && view.opened.second != nil
    let words =
      isWhole
      ? " \(page.badge(page("One person: \(page(likelihood.label))"), likelihood == .nearlyCertain ? .attention : .plain))"
      : HTML.empty
    return "\(page.badge(page(view.pair.state.label), view.pair.state == .joined ? .good : .info))\(words)"
  }

  private static func sideBySide(_ view: PairView, on page: Page) -> HTML {
    let others = view.opened.others
    let pairs: [DuplicatePair?] = [nil, view.pair] + others.map(\.pair)
    let persons = [view.opened.first, view.opened.second].compactMap { $0 } + others.map(\.person)
    let fields = LinkField.allCases.filter { field in
      persons.contains { person in field.shown.contains { person.identity[$0] != nil } }
    }
    let rows =
      [["\(page("File"))" as HTML] + zip(persons, pairs).map { file($0, $1, view, on: page) } as [HTML]]
      + fields.map { field in
        ["\(page(field.label))" as HTML]
          + zip(persons, pairs).map { person, pair in
            value(field, person, beside: pair == nil ? nil : persons[0], pair, view, on: page)
          }
      }
    let columns =
      [page("Field")]
      + persons.enumerated().map { index, person in
        "\(index + 1). \(name(person, on: page))"
      }
    return page.section(
      page("Side by side"),
      page.table(page("Side by side"), columns: columns, rows: rows, empty: .empty)
        + "<p class=\"hint\">\(page("The small numbers say how much an answer speaks for one person (+) or for two (−): each step of 1 doubles. A phone and an e-mail are shared in families and count little by themselves."))</p>"
    )
  }

  private static func name(_ person: Person, on page: Page) -> String {
    person.label.text(for: page.reader)
  }

  private static func file(_ person: Person, _ pair: DuplicatePair?, _ view: PairView, on page: Page) -> HTML
  {
    let antenna = view.territory.name(of: person.antenna, in: page.reader.language)
    let compare =
      pair.map { $0.id == view.pair.id } ?? true
      ? HTML.empty : " · <a href=\"\(DuplicatePaths.show(pair?.id ?? view.pair.id))\">\(page("Decide"))</a>"
    return "<a href=\"\(PersonPaths.show(person.id))\">\(page("Open the file"))</a> · \(antenna)\(compare)"
  }

  /// What one file says, and how it stands to the first.
  private static func value(
    _ field: LinkField, _ person: Person, beside first: Person?, _ pair: DuplicatePair?, _ view: PairView,
    on page: Page
  ) -> HTML {
    let texts = field.shown.compactMap { shown(person.identity[$0], $0, view.territory, on: page) }
    let value: HTML = texts.isEmpty ? "—" : texts.dropFirst().reduce(texts[0]) { "\($0)<br>\($1)" }
    // Beside the first of the table; a pair with the second one speaks of that.
    guard let first, let pair, [pair.first, pair.second].contains(first.id),
      let finding = pair.findings.first(where: { $0.field == field.rawValue }),
      let words = finding.agreement.label
    else { return value }
    let isDifferent = finding.agreement < .partial
    return """
      \(value)<br><small class="finding\(isDifferent ? " differs" : "")">\(page(words)) \(bits(finding.weight, on: page))</small>
      """
  }

  private static func bits(_ weight: Double, on page: Page) -> HTML {
    let tenths = Int((abs(weight) * 10).rounded())
    return page.bdi("\(weight < 0 ? "−" : "+")\(tenths / 10).\(tenths % 10)")
  }

  /// A value of the identity as a page shows it.
  static func shown(
    _ text: String?, _ field: Identity.Field, _ territory: Territory, on page: Page
  ) -> HTML? {
    guard let text else { return nil }
    switch field {
    case .familyLatin, .givenLatin: return "<bdi lang=\"fr\" dir=\"ltr\">\(text)</bdi>"
    case .familyArabic, .givenArabic: return "<bdi lang=\"ar\" dir=\"rtl\">\(text)</bdi>"
    case .birthDate: return Day(text).map { page.day($0) } ?? page.bdi(text)
    case .sex: return "\(Person.Sex(rawValue: text).map { page($0.label) } ?? text)"
    case .unsafeWay: return "\(Identity.UnsafeWay(rawValue: text).map { page($0.label) } ?? text)"
    case .governorate:
      return "\(territory.name(of: GovernorateCode(rawValue: text), in: page.reader.language))"
    case .phones:
      let lines = text.split(separator: "\n").map { page.bdi(String($0)) }
      return lines.dropFirst().reduce(lines.first ?? .empty) { "\($0) \($1)" }
    case .birthYear, .cin, .passport, .email: return page.bdi(text)
    case .father, .spouse, .address, .delegation, .languages, .safeWay, .wordsToAvoid:
      return "<bdi>\(text)</bdi>"
    }
  }

  /// Of the other one only where it is.
  private static func oneSide(_ view: PairView, on page: Page) -> HTML {
    guard let person = view.opened.first ?? view.opened.second else { return .empty }
    let place = view.opened.first == nil ? view.pair.places.first : view.pair.places.second
    let antenna = view.territory.name(of: place.antenna, in: page.reader.language)
    return """
      \(page.alert(.info, "<p>\(page("A file that is alike exists at: \(antenna). You may not see it: ask there whether it is the same person."))</p>"))
      \(page.section(page("The file that you see"), "<p><strong><a href=\"\(PersonPaths.show(person.id))\">\(page.name(latin: person.identity.latinName, arabic: person.identity.arabicName))</a></strong></p>\(PersonTemplates.identityFacts(person, view.territory, on: page))"))
      """
  }

  private static func history(_ view: PairView, on page: Page) -> HTML {
    let acts = view.opened.acts.map { act in
      TimelineEntry(
        at: act.at, who: act.by == Actor.program.id ? page("the program") : view.names[act.by] ?? "—",
        what: page(act.kind.label), detail: act.reason.map { page.prose($0) } ?? .empty)
    }
    let found =
      view.pair.suggestedBy.map { suggester in
        TimelineEntry(
          at: view.pair.foundAt, who: view.names[suggester] ?? "—",
          what: page("knew of another file that may be of the same person"))
      }
      ?? TimelineEntry(
        at: view.pair.foundAt, who: page("the program"), what: page("found that the two files are alike"))
    return page.section(page("History"), id: "history", page.timeline(acts + [found]))
  }
}
