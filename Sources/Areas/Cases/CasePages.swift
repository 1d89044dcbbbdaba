import Accounts
import Antennas
import Basics
import Foundation
import HTTPTypes
import Hummingbird
import NIOConcurrencyHelpers
import Pages
import People
import Storage
import Web

/// What another area shows on the page of a case, and the words for what it tells the journal.
package struct CaseSection: Sendable {
  /// Reads within the transaction that opens the case, so that the page tells of one moment; then shows what was read.
  package typealias Read =
    @Sendable (_ opened: OpenedCase, _ db: Connection) throws -> @Sendable (Page) -> HTML

  let words: @Sendable (_ act: String) -> Phrase?
  /// Whether an actor may even know of an act; nil where she may of each.
  let isKnown: (@Sendable (JournalEntry, Actor) -> Bool)?
  let tab: CaseTab?
  let read: Read

  package init(
    words: @escaping @Sendable (_ act: String) -> Phrase?,
    isKnown: (@Sendable (JournalEntry, Actor) -> Bool)? = nil, read: @escaping Read
  ) {
    self.words = words
    self.isKnown = isKnown
    tab = nil
    self.read = read
  }

  /// A page of its own that the case leads to: nothing is read for it when the case is opened.
  package init(
    words: @escaping @Sendable (_ act: String) -> Phrase?,
    isKnown: (@Sendable (JournalEntry, Actor) -> Bool)? = nil, tab: CaseTab
  ) {
    self.words = words
    self.isKnown = isKnown
    self.tab = tab
    read = { _, _ in { _ in .empty } }
  }
}

/// A page of another area that belongs to a case: the case's page leads there and reads nothing for it.
package struct CaseTab: Sendable {
  let label: Phrase
  /// Without it the tab is not shown.
  let duty: Duty
  let path: @Sendable (RecordID<CaseFile>) -> String

  package init(
    _ label: Phrase, duty: Duty, path: @escaping @Sendable (RecordID<CaseFile>) -> String
  ) {
    self.label = label
    self.duty = duty
    self.path = path
  }
}

/// What another area says before a new person is received.
package enum ReceptionAnswer: Sendable {
  /// Nothing, or what is to be kept in the transaction that receives her.
  case goOn(also: @Sendable (Connection) throws -> Void)
  /// Others are alike: what the form shows, and asks.
  case ask(HTML)
}

package typealias ReceptionQuestion =
  @Sendable (_ reception: Reception, _ typed: Typed, _ actor: Actor, _ page: Page) async throws ->
  ReceptionAnswer

/// The pages of the area: lists, reception, the case itself.
package struct CasePages: Area {
  let cases: Cases
  let antennas: Antennas
  let accounts: Accounts
  let sections: [CaseSection]
  /// Those of the sections that keep an act from somebody: asked of each entry of a history.
  private let keepers: [@Sendable (JournalEntry, Actor) -> Bool]
  private let words = NIOLockedValueBox<[String: Phrase]>([:])
  let question: ReceptionQuestion
  /// Months after a return within which persons usually come; nil where nobody has said it.
  let usualMonths: Int?

  package init(
    _ cases: Cases, antennas: Antennas, accounts: Accounts, sections: [CaseSection], usualMonths: Int? = nil,
    question: @escaping ReceptionQuestion = { _, _, _, _ in .goOn { _ in } }
  ) {
    self.question = question
    self.usualMonths = usualMonths
    self.cases = cases
    self.antennas = antennas
    self.accounts = accounts
    self.sections = sections
    keepers = sections.compactMap(\.isKnown)
  }

  package var migrations: [Migration] { Cases.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(say("Cases"), path: CasePaths.list, icon: .cases, in: .persons, duty: .openFiles),
      NavigationItem(
        say("Receive"), path: PersonPaths.search, icon: .add, in: .persons, duty: .receivePersons),
    ]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/cases", use: list)
    routes.get("/cases/sheet", use: CaseSheetPage(cases, antennas, accounts).show)
    routes.get("/cases/new", use: editNew)
    routes.post("/cases", use: receive)
    routes.get("/cases/:id", use: show)
    routes.get("/cases/:id/notes", use: olderNotes)
    routes.get("/cases/:id/return", use: editReturn)
    routes.post("/cases/:id/return", use: correctReturn)
    routes.post("/cases/:id/contact", use: assign)
    routes.post("/cases/views", use: keepView)
    routes.post("/cases/views/removal", use: dropView)
    CaseRecordPages(cases: cases).addRoutes(to: routes)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let filter = CasePaths.filter(of: request)
    let found = try await cases.list(filter, after: CaseCursor(request.query("after")), for: context.actor)
    let kept = try await cases.views(of: context.actor).map { CasePaths.filter(ofQuery: $0) }
    let names = try await accounts.names(of: found.lines.map(\.contact) + kept.compactMap(\.contact))
    return CaseListTemplates.list(
      found, filter, kept: kept, names, try await antennas.territory(), on: try context.page)
  }

  @Sendable func keepView(_ request: Request, _ context: AppContext) async throws -> Response {
    let filter = CasePaths.filter(ofQuery: context.typed["view"])
    try await cases.keep(view: CasePaths.query(filter), by: context.actor)
    return .seeOther(CasePaths.list(filter), .saved)
  }

  @Sendable func dropView(_ request: Request, _ context: AppContext) async throws -> Response {
    let filter = CasePaths.filter(ofQuery: context.typed["view"])
    try await cases.drop(view: CasePaths.query(filter), by: context.actor)
    return .seeOther(CasePaths.list(filter), .saved)
  }

  @Sendable func editNew(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.receivePersons)
    let known = try await known(PersonID(request.query("person")), for: actor)
    let typed = ReceptionTemplates.typed(query: try await cases.people.opened(query: request.query("q")))
    return ReceptionTemplates.form(
      typed, [], known, try await antennas.territory(), usualMonths, on: try context.page)
  }

  @Sendable func receive(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.receivePersons)
    let known = try await known(PersonID(context.typed["person"]), for: actor)
    let territory = try await antennas.territory()
    do {
      let reception = try ReceptionForm.checked(
        context.typed, known: known?.id, by: actor, at: page.now, in: territory, usualMonths: usualMonths)
      switch try await question(reception, context.typed, actor, page) {
      case .goOn(let also):
        return .seeOther(CasePaths.show(try await cases.receive(reception, by: actor, also: also)), .received)
      case .ask(let warning):
        return ReceptionTemplates.form(
          context.typed, [], known, territory, usualMonths, warning: warning, on: page
        )
        .response(.conflict)
      }
    } catch Refusal.invalid(let errors) {
      return ReceptionTemplates.form(context.typed, errors, known, territory, usualMonths, on: page)
        .response(.unprocessableContent)
    }
  }

  private func known(_ id: PersonID?, for actor: Actor) async throws -> Person? {
    guard let id else { return nil }
    return try await cases.people.open(id, for: actor).person
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    let (opened, others) = try await cases.open(context.id(), for: actor) { opened, db in
      try sections.map { section in try section.read(opened, db) }
    }
    let colleagues = actor.may(.assignCases) ? try await accounts.colleagues(of: opened.file.antenna) : []
    let view = CaseView(
      opened: opened, sections: others.map { show in show(page) }, tabs: sections.compactMap(\.tab),
      history: opened.history.filter { entry in keepers.allSatisfy { $0(entry, actor) } },
      names: try await accounts.names(
        of: [opened.file.contact] + opened.history.map(\.actor) + opened.notes.map(\.by)),
      colleagues: colleagues, territory: try await antennas.territory(),
      words: { words(ofAct: $0) ?? say("Another act") })
    return CaseTemplates.show(view, on: page)
  }

  @Sendable func olderNotes(_ request: Request, _ context: AppContext) async throws -> HTML {
    let cursor = NoteCursor(request.query("after"))
    let (file, noted) = try await cases.notes(of: context.id(), after: cursor, for: context.actor)
    let names = try await accounts.names(of: noted.notes.map(\.by))
    return CaseNoteTemplates.older(noted, names, in: file, on: try context.page)
  }

  /// The page of the case whose number is typed into the search.
  package var shortcut: @Sendable (_ query: String, _ actor: Actor) async throws -> String? {
    { query, actor in try await cases.find(number: query, for: actor).map(CasePaths.show) }
  }

  /// The words for an act of the journal: this area's, or those of the area that tells of it. Every area is asked once
  /// for an act that has words; there are a few hundred.
  package func words(ofAct act: String) -> Phrase? {
    if let known = words.withLockedValue({ $0[act] }) { return known }
    let found = sections.lazy.compactMap { $0.words(act) }.first ?? HistoryWords.phrase(act)
    if let found { words.withLockedValue { $0[act] = found } }
    return found
  }

  /// Whether an actor may know what an act was about; that somebody did something she may be told.
  package func isKnown(_ entry: JournalEntry, to actor: Actor) -> Bool {
    entry.isKnown(to: actor) && keepers.allSatisfy { $0(entry, actor) }
  }

  @Sendable func editReturn(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.writeReturnSection)
    let file = try await cases.open(context.id(), for: actor).file
    return ReceptionTemplates.returnForm(
      file, Typed(file.returned.fields), [], version: file.version, try await antennas.territory(),
      usualMonths,
      on: try context.page)
  }

  @Sendable func correctReturn(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.writeReturnSection)
    let id: RecordID<CaseFile> = try context.id()
    let territory = try await antennas.territory()
    do {
      let receivedOn = try await cases.receivedOn(id, for: actor)
      let form = try ReturnForm.correction(
        context.typed, today: page.today, in: territory, usualMonths: usualMonths, receivedOn: receivedOn)
      try await cases.correct(id, to: form.facts, from: form.version, by: actor)
      return .seeOther(CasePaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      let file = try await cases.open(id, for: actor).file
      let version = Int(context.typed["version"]) ?? file.version
      return ReceptionTemplates.returnForm(
        file, context.typed, errors, version: version, territory, usualMonths, on: page
      )
      .response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      let file = try await cases.open(id, for: actor).file
      let errors = try await context.told(conflicts) { CaseTemplates.shown($0, $1, territory, on: page) }
      return ReceptionTemplates.returnForm(
        file, Typed(draft), errors, version: file.version, territory, usualMonths, on: page
      )
      .response(.conflict)
    }
  }

  @Sendable func assign(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.assignCases)
    let id: RecordID<CaseFile> = try context.id()
    let file = try await cases.open(id, for: actor).file
    let colleagues = try await accounts.colleagues(of: file.antenna)
    guard let contact = colleagues.first(where: { $0.id.text == context.typed["contact"] }) else {
      let error = FieldError("contact", say("Choose a colleague of the antenna that holds the case."))
      let form = CaseActTemplates.contact(id, colleagues, context.typed, [error], on: page)
      return CaseActTemplates.alone(form, in: file, on: page).response(.unprocessableContent)
    }
    try await cases.assign(id, to: contact.id, by: actor)
    return .seeOther(CasePaths.show(id), .saved)
  }

  /// What the area shows on a person's page: her cases.
  package func personSection(_ person: PersonID, _ actor: Actor, _ page: Page) async throws -> HTML {
    CaseListTemplates.ofPerson(try await cases.cases(of: person, for: actor), person, on: page)
  }
}

/// Links into the area.
package enum CasePaths {
  package static let list = "/cases"
  package static func show(_ id: RecordID<CaseFile>) -> String { "/cases/\(id)" }
  package static func reception(sealedQuery: String) -> String { "/cases/new?q=\(sealedQuery)" }
  package static func reception(of person: PersonID) -> String { "/cases/new?person=\(person)" }
  static func returned(_ id: RecordID<CaseFile>) -> String { "/cases/\(id)/return" }
  static func contact(_ id: RecordID<CaseFile>) -> String { "/cases/\(id)/contact" }
  static func needs(_ id: RecordID<CaseFile>) -> String { "/cases/\(id)/needs" }
  static func meeting(_ id: RecordID<CaseFile>, _ need: RecordID<Need>) -> String {
    "/cases/\(id)/needs/\(need)/meeting"
  }
  static func notes(_ id: RecordID<CaseFile>) -> String { "/cases/\(id)/notes" }
  static func notes(_ id: RecordID<CaseFile>, after cursor: NoteCursor) -> String {
    "\(notes(id))?after=\(Page.queryEscaped(cursor.text))"
  }
  static func closure(_ id: RecordID<CaseFile>) -> String { "/cases/\(id)/closure" }
  static func reopening(_ id: RecordID<CaseFile>) -> String { "/cases/\(id)/reopening" }

  static let views = "/cases/views"
  static let viewRemoval = "/cases/views/removal"

  static func filter(of request: Request) -> CaseFilter { filter { request.query($0) } }

  /// A view as it is kept: what stands in its address after the question mark.
  static func filter(ofQuery query: String) -> CaseFilter {
    let items = URLComponents(string: "\(list)?\(query)")?.queryItems ?? []
    return filter { name in items.first { $0.name == name }?.value ?? "" }
  }

  static func query(_ filter: CaseFilter) -> String { String(list(filter).dropFirst(list.count + 1)) }

  private static func filter(_ query: (String) -> String) -> CaseFilter {
    var filter = CaseFilter()
    filter.whose = CaseFilter.Whose(rawValue: query("whose")) ?? .all
    filter.contact = AccountID(query("contact"))
    filter.stage = CaseFile.Stage(rawValue: query("stage"))
    filter.isLate = query("late") == "yes"
    let antenna = query("antenna")
    filter.antenna = antenna.isEmpty ? nil : AntennaCode(rawValue: antenna)
    let columns = query("columns").split(separator: "-")
    let chosen = CaseColumn.allCases.filter { columns.contains($0.rawValue[...]) }
    if !chosen.isEmpty { filter.columns = chosen }
    return filter
  }

  static func sheet(_ filter: CaseFilter, as kind: CaseSheet.Kind) -> String {
    let query = list(filter).dropFirst(list.count)
    guard kind == .xlsx else { return "\(list)/sheet\(query)" }
    return "\(list)/sheet\(query)\(query.isEmpty ? "?" : "&")as=\(kind.rawValue)"
  }

  /// The list under `filter`; the view can be sent to a colleague.
  package static func list(_ filter: CaseFilter, after: CaseCursor? = nil) -> String {
    var path = list
    func add(_ part: String) { path += (path == list ? "?" : "&") + part }
    if filter.whose == .mine { add("whose=mine") }
    if let contact = filter.contact { add("contact=\(contact)") }
    if let stage = filter.stage { add("stage=\(stage.rawValue)") }
    if filter.isLate { add("late=yes") }
    if let antenna = filter.antenna { add("antenna=\(Page.queryEscaped(antenna.rawValue))") }
    if filter.columns != CaseColumn.usual {
      add("columns=\(filter.columns.map(\.rawValue).joined(separator: "-"))")
    }
    if let after { add("after=\(Page.queryEscaped(after.text))") }
    return path
  }
}
