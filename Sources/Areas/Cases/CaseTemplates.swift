import Accounts
import Antennas
import Basics
import Pages
import People
import Storage

/// Everything the page of a case shows.
struct CaseView {
  let opened: OpenedCase
  /// What other areas show, ready.
  let sections: [HTML]
  /// Pages of other areas that belong to the case.
  let tabs: [CaseTab]
  /// What was done last and the reader may know of, newest first.
  let history: [JournalEntry]
  let names: [AccountID: String]
  let colleagues: [Account]
  let territory: Territory
  let words: (_ act: String) -> Phrase

  var file: CaseFile { opened.file }
  func name(_ id: AccountID) -> String { names[id] ?? "—" }
}

/// One file, one page, one story.
enum CaseTemplates {
  static func show(_ view: CaseView, on page: Page) -> HTML {
    let identity = view.opened.person.person.identity
    let name = page.reader.ordered(latin: identity.latinName, arabic: identity.arabicName).first
    return page.layout(
      "\(view.file.number) · \(name)",
      """
      \(header(view, on: page))
      \(tabs(view, on: page))
      \(next(view, on: page))
      <div class="case"><div class="main">
      \(needs(view, on: page))
      \(view.sections)
      \(CaseNoteTemplates.section(view, on: page))
      \(ending(view, on: page))
      </div><div class="aside">
      \(who(view, on: page))
      \(returned(view, on: page))
      \(ConsentTemplates.section(view.opened.person, back: CasePaths.show(view.file.id), on: page))
      \(history(view, on: page))
      </div></div>
      """)
  }

  private static func header(_ view: CaseView, on page: Page) -> HTML {
    let identity = view.opened.person.person.identity
    let age = identity.age(on: page.today).map { page($0, one: "one year old", many: "\($0) years old") }
    let antenna = view.territory.name(of: view.file.antenna, in: page.reader.language)
    let facts = [age, antenna, page("contact person: \(view.name(view.file.contact))")].compactMap { $0 }
    return """
      <div class="title"><div><p class="number">\(page.bdi(view.file.number))</p>
      <h1>\(page.name(latin: identity.latinName, arabic: identity.arabicName))</h1>
      <p>\(facts.joined(separator: " · "))</p></div></div>
      \(page.stageLine(CaseFile.Stage.allCases.map { (page($0.label), state(of: $0, in: view.file)) }))
      """
  }

  private static func tabs(_ view: CaseView, on page: Page) -> HTML {
    let tabs = view.tabs.filter { page.may($0.duty) }
    guard !tabs.isEmpty else { return .empty }
    return page.tabs(
      page("More of this file"),
      [(page("Case"), CasePaths.show(view.file.id), true)]
        + tabs.map { (page($0.label), $0.path(view.file.id), false) })
  }

  private static func state(of stage: CaseFile.Stage, in file: CaseFile) -> Page.StageState {
    let order = CaseFile.Stage.allCases
    let (here, there) = (order.firstIndex(of: file.stage) ?? 0, order.firstIndex(of: stage) ?? 0)
    return there < here ? .done : there == here ? .current : .ahead
  }

  /// What is next and who must do it.
  private static func next(_ view: CaseView, on page: Page) -> HTML {
    guard let due = view.file.due else { return .empty }
    let who = view.name(view.file.contact)
    return page.alert(
      due.isLate(on: page.today) ? .attention : .info,
      "<p><strong>\(page("Next:"))</strong> \(CaseListTemplates.due(due, on: page)) — \(who)</p>")
  }

  private static func who(_ view: CaseView, on page: Page) -> HTML {
    let person = view.opened.person.person
    let edit =
      page.may(.editPersons)
      ? page.button(
        page("Correct"), to: PersonPaths.edit(person.id, back: CasePaths.show(view.file.id)), weight: .quiet)
      : HTML.empty
    return page.section(
      page("Who and how to reach"), actions: edit,
      PersonTemplates.identityFacts(person, view.territory, on: page) + contact(view, on: page))
  }

  private static func contact(_ view: CaseView, on page: Page) -> HTML {
    guard page.may(.assignCases), view.file.stage != .closed else { return .empty }
    let typed = Typed(["contact": [view.file.contact.text]])
    return page.disclosure(
      page("Name another contact person"), icon: .people,
      CaseActTemplates.contact(view.file.id, view.colleagues, typed, [], on: page))
  }

  private static func returned(_ view: CaseView, on page: Page) -> HTML {
    let facts = view.file.returned
    let language = page.reader.language
    func country(_ code: String?) -> HTML? {
      code.map { "\(view.territory.name(of: CountryCode(rawValue: $0), in: language))" }
    }
    let edit =
      page.may(.writeReturnSection) && view.file.stage != .closed
      ? page.button(page("Correct"), to: CasePaths.returned(view.file.id), weight: .quiet) : HTML.empty
    return page.section(
      page("The return"), actions: edit,
      page.facts([
        (page("First contact"), "\(page(view.file.channel.label))"),
        (page("Received"), page.time(view.file.receivedAt)),
        (page(ReturnFacts.Field.country.label), country(facts[.country])),
        (page(ReturnFacts.Field.returnedOn.label), facts.returnedOn.map { page.day($0) }),
        (page(ReturnFacts.Field.kind.label), facts.kind.map { "\(page($0.label))" }),
        (page(ReturnFacts.Field.leftOn.label), facts[.leftOn].flatMap { Day($0) }.map { page.day($0) }),
        (page(ReturnFacts.Field.transit.label), country(facts[.transit])),
        (page(ReturnFacts.Field.programme.label), facts[.programme].map { page.prose($0) }),
        (page(ReturnFacts.Field.reference.label), facts[.reference].map { page.bdi($0) }),
        (page(ReturnFacts.Field.lateReason.label), facts[.lateReason].map { page.prose($0) }),
      ]))
  }

  /// A fact of the return, as it is read.
  static func shown(_ field: String, _ value: String, _ territory: Territory, on page: Page) -> String {
    switch ReturnFacts.Field(rawValue: field) {
    case .country, .transit: territory.name(of: CountryCode(rawValue: value), in: page.reader.language)
    case .kind: ReturnFacts.Kind(rawValue: value).map { page($0.label) } ?? value
    case .returnedOn, .leftOn: Day(value).map { page.reader.date($0) } ?? value
    default: value
    }
  }

  private static func needs(_ view: CaseView, on page: Page) -> HTML {
    let isOpen = view.file.stage != .closed
    let items = view.opened.needs.map { need -> HTML in
      let state: HTML =
        if let met = need.metOn {
          "<p>\(page.badge(page("done"), .good, icon: .done)) <span class=\"faint\">\(page.day(met))</span></p>\(need.whatWasDone.map { page.prose($0) })"
        } else if isOpen, page.may(.recordNeeds), view.opened.leave == nil {
          page.disclosure(
            page("What was done"), icon: .done,
            CaseActTemplates.meeting(view.file.id, need.id, Typed(), [], on: page))
        } else { .empty }
      return """
        <li><p><strong>\(page(need.kind.label))</strong> \(page.badge(page(need.urgency.label), need.urgency == .today && need.metOn == nil ? .attention : .plain))
        <span class="faint">\(page.day(need.recordedOn))</span></p>\(need.details.map { page.prose($0) })\(state)</li>
        """
    }
    let form =
      isOpen && page.may(.recordNeeds)
      ? page.disclosure(
        page("Record a need"), icon: .plus, CaseActTemplates.need(view.file.id, Typed(), [], on: page))
      : HTML.empty
    let list: HTML =
      items.isEmpty
      ? page.emptyState(page("No immediate need has been recorded: a roof, food, health, papers?"))
      : "<ul class=\"records\">\(items)</ul>"
    return page.section(page("Immediate needs"), id: "needs", list + form)
  }

  private static func ending(_ view: CaseView, on page: Page) -> HTML {
    let items = view.opened.closures.map { closure -> HTML in
      """
      <li><p><strong>\(page(closure.outcome.label))</strong> <span class="faint">\(page.day(closure.closedOn))</span></p>\
      \(page.prose(closure.reason))\(closure.reopenedOn.map { "<p>\(page("Opened again:")) \(page.day($0))</p>" as HTML })\
      \(closure.reopenReason.map { page.prose($0) })</li>
      """
    }
    var form = HTML.empty
    if view.file.stage == .closed {
      if page.may(.reopenCases) {
        form = page.disclosure(
          page("Open the case again"), icon: .cases,
          CaseActTemplates.reopening(view.file.id, Typed(), [], on: page))
      }
    } else if page.may(.closeCases) {
      form = page.disclosure(
        page("Close the case"), icon: .done, CaseActTemplates.closure(view.file.id, Typed(), [], on: page))
    }
    guard !items.isEmpty || !form.isEmpty else { return .empty }
    return page.section(
      page("Closing"), id: "closing", (items.isEmpty ? .empty : "<ul class=\"records\">\(items)</ul>") + form)
  }

  private static func history(_ view: CaseView, on page: Page) -> HTML {
    let entries = told(view.history).map { entry, count in
      TimelineEntry(
        at: entry.at, who: entry.actor == Actor.program.id ? page("the program") : view.name(entry.actor),
        what: page(view.words(entry.act)),
        detail: count > 1 ? page.badge("× \(page.reader.number(count))") : .empty)
    }
    let more: HTML =
      view.opened.isCut
      ? "<p class=\"faint\">\(page("Only what was done last is shown here."))</p>"
      : .empty
    return page.section(page("History"), id: "history", page.timeline(entries) + more)
  }

  /// A file that one person opens again and again on one day is told once: when it was last, and how often.
  private static func told(_ entries: [JournalEntry]) -> [(newest: JournalEntry, count: Int)] {
    entries.reduce(into: []) { told, entry in
      if let last = told.last?.newest, last.act.hasSuffix(".open"), entry.act.hasSuffix(".open"),
        last.actor == entry.actor, Day(of: last.at) == Day(of: entry.at)
      {
        told[told.count - 1].count += 1
      } else {
        told.append((entry, 1))
      }
    }
  }
}
