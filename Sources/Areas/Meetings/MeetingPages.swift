import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Hummingbird
import Pages
import Papers
import Storage
import Tasks
import Web

/// The pages of the area: minutes, their items, the decisions and what became of them.
package struct MeetingPages: Area {
  let meetings: Meetings
  /// Nil where no papers are made.
  let papers: Papers?

  package init(_ meetings: Meetings, papers: Papers?) {
    self.meetings = meetings
    self.papers = papers
  }

  private static let template = Bundle.module.url(
    forResource: "minutes", withExtension: "typ", subdirectory: "Knowledge"
  ).flatMap { try? String(contentsOf: $0, encoding: .utf8) }

  package var migrations: [Migration] { Meetings.migrations }

  package var navigation: [NavigationItem] {
    [NavigationItem(say("Meetings"), path: MeetingPaths.list, icon: .people, in: .steering, duty: .openFiles)]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/meetings", use: list)
    routes.post("/meetings", use: begin)
    routes.get("/meetings/new", use: new)
    routes.get("/meetings/decisions", use: decisions)
    routes.get("/meetings/:meeting", use: show)
    routes.get("/meetings/:meeting/minutes.pdf", use: paper)
    routes.post("/meetings/:meeting/head", use: change)
    routes.post("/meetings/:meeting/items", use: add)
    routes.get("/meetings/:meeting/items/:item", use: editItem)
    routes.post("/meetings/:meeting/items/:item", use: saveItem)
    routes.post("/meetings/:meeting/items/:item/removal", use: remove)
    routes.post("/meetings/:meeting/closing", use: close)
  }

  /// The words for the journal; the page of a case reads nothing for it.
  package static let section = CaseSection(words: MeetingWords.phrase) { _, _ in { _ in .empty } }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    let antenna = AntennaCode(query: request.query("antenna"))
    let found = try await meetings.list(
      at: antenna, after: MeetingCursor(request.query("after")), for: actor)
    return MeetingTemplates.list(
      found, at: antenna, try await meetings.antennas.territory(), on: try context.page)
  }

  @Sendable func decisions(_ request: Request, _ context: AppContext) async throws -> HTML {
    let antenna = AntennaCode(query: request.query("antenna"))
    let isOpen = request.query("show") != "ended"
    let found = try await meetings.decisions(
      isOpen: isOpen, at: antenna, after: RecordID(request.query("after")), for: context.actor)
    return MeetingTemplates.decisions(
      found, isOpen: isOpen, at: antenna, try await names(of: found.items),
      try await meetings.antennas.territory(), on: try context.page)
  }

  private func names(of items: [MeetingItem], and more: [AccountID] = []) async throws -> [AccountID: String]
  {
    var ids = more + items.map(\.by)
    for item in items {
      if case .person(let id)? = item.decision?.to { ids.append(id) }
    }
    return try await meetings.accounts.names(of: ids)
  }

  @Sendable func new(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.keepMeetings)
    return try await form(context, Typed(["day": [try context.page.today.description]]), [])
  }

  private func form(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    let people = try await meetings.accounts.people(at: context.actor.antenna)
    return MeetingTemplates.new(people, typed, errors, on: try context.page)
  }

  @Sendable func begin(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.keepMeetings)
    do {
      let people = try await meetings.accounts.people(at: actor.antenna).map(\.id)
      let form = try MeetingForm.head(context.typed, people: people, today: try context.page.today)
      try await meetings.begin(form.id, form.head, by: actor)
      return .seeOther(MeetingPaths.show(form.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await form(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await shown(context)
  }

  private func shown(
    _ context: AppContext, head: (Typed, [FieldError])? = nil, item: (Typed, [FieldError]) = (Typed(), [])
  ) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    let shown = try await meetings.find(context.id("meeting"), for: actor)
    let meeting = shown.meeting
    let people = shown.mayWrite ? try await meetings.accounts.people(at: meeting.antenna) : []
    let territory = try await meetings.antennas.territory()
    let names = try await names(
      of: shown.items + shown.earlier,
      and: meeting.present + people.map(\.id) + [meeting.begunBy] + (meeting.closed.map { [$0.by] } ?? []))
    let receivers = MeetingRules.receivers(
      at: meeting.antenna, people: people.map(\.id), antennas: territory.antennas.map(\.id))
    return MeetingTemplates.show(
      MeetingView(
        shown: shown, people: people, names: names, territory: territory,
        receivers: receivers.map {
          Choice($0.code, MeetingWords.name(of: $0, names, territory, page.reader))
        }, head: head ?? (MeetingView.typed(meeting), []), item: item), on: page)
  }

  @Sendable func change(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let id: RecordID<Meeting> = try context.id("meeting")
    try actor.must(.keepMeetings)
    do {
      let people = try await meetings.accounts.people(at: actor.antenna).map(\.id)
      let form = try MeetingForm.head(context.typed, people: people, today: try context.page.today)
      try await meetings.change(id, to: form.head, from: form.version, by: actor)
      return .seeOther(MeetingPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, head: (context.typed, errors)).response(.unprocessableContent)
    }
  }

  @Sendable func add(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let id: RecordID<Meeting> = try context.id("meeting")
    try actor.must(.keepMeetings)
    do {
      try await meetings.add(try await item(context, by: actor), to: id, by: actor)
      return .seeOther(MeetingPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await shown(context, item: (context.typed.renewed, errors)).response(.unprocessableContent)
    }
  }

  /// What was typed into the form of an item.
  /// - Parameter id: of the item that is written again; nil for a new one.
  private func item(_ context: AppContext, _ id: RecordID<MeetingItem>? = nil, by actor: Actor) async throws
    -> NewMeetingItem
  {
    let people = try await meetings.accounts.people(at: actor.antenna).map(\.id)
    let receivers = MeetingRules.receivers(
      at: actor.antenna, people: people,
      antennas: try await meetings.antennas.territory().antennas.map(\.id))
    let form = try MeetingForm.item(context.typed, receivers: receivers, today: try context.page.today)
    var file: RecordID<CaseFile>?
    if let number = form.number {
      file = actor.may(.openFiles) ? try await meetings.cases.find(number: number, for: actor) : nil
      guard file != nil else {
        throw Refusal.invalid([FieldError("case-number", say("You see no case with this number."))])
      }
    }
    return NewMeetingItem(id: id ?? form.id, about: file, words: form.words, decision: form.decision)
  }

  @Sendable func editItem(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await itemForm(context, nil, [])
  }

  private func itemForm(_ context: AppContext, _ typed: Typed?, _ errors: [FieldError]) async throws -> HTML {
    let (actor, page) = (try context.actor, try context.page)
    let (meeting, item, number) = try await meetings.item(
      context.id("item"), of: context.id("meeting"), for: actor)
    let people = try await meetings.accounts.people(at: meeting.antenna)
    let territory = try await meetings.antennas.territory()
    let receivers = MeetingRules.receivers(
      at: meeting.antenna, people: people.map(\.id), antennas: territory.antennas.map(\.id))
    let names = try await names(of: [item], and: people.map(\.id))
    return MeetingTemplates.item(
      item,
      receivers.map { Choice($0.code, MeetingWords.name(of: $0, names, territory, page.reader)) },
      typed ?? MeetingView.typed(item, number), errors, on: page)
  }

  @Sendable func saveItem(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.keepMeetings)
    let (id, item): (RecordID<Meeting>, RecordID<MeetingItem>) = (
      try context.id("meeting"), try context.id("item")
    )
    do {
      try await meetings.change(
        try await self.item(context, item, by: actor), of: id, from: Int(context.typed["version"]) ?? 0,
        by: actor)
      return .seeOther(MeetingPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await itemForm(context, context.typed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func remove(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<Meeting> = try context.id("meeting")
    try await meetings.remove(context.id("item"), of: id, by: context.actor)
    return .seeOther(MeetingPaths.show(id), .saved)
  }

  @Sendable func close(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: RecordID<Meeting> = try context.id("meeting")
    try await meetings.close(id, by: context.actor)
    return .seeOther(MeetingPaths.show(id), .saved)
  }

  @Sendable func paper(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: RecordID<Meeting> = try context.id("meeting")
    let shown = try await meetings.find(id, for: actor)
    let language = Language(rawValue: request.query("language")) ?? page.reader.language
    let names = try await names(
      of: shown.items, and: shown.meeting.present + (shown.meeting.closed.map { [$0.by] } ?? []))
    let sheet = MeetingPaper(
      shown, names, try await meetings.antennas.territory(), on: page.today, in: language)
    return try await context.paper(
      named: "minutes-\(shown.meeting.day)-\(language.rawValue).pdf", back: MeetingPaths.show(id),
      say("Minutes of a meeting")
    ) {
      let pdf = try await papers.pdf(Self.template, sheet)
      try await meetings.notePaper(of: id, by: actor)
      return pdf
    }
  }
}

extension AntennaCode {
  /// Nil where none was chosen.
  fileprivate init?(query: String) {
    if query.isEmpty { return nil }
    self.init(rawValue: query)
  }
}

/// Links into the area.
package enum MeetingPaths {
  package static let list = "/meetings"
  static let new = "/meetings/new"
  package static let decisions = "/meetings/decisions"
  static func list(at antenna: AntennaCode?, after cursor: MeetingCursor? = nil) -> String {
    query(list, [("antenna", antenna?.rawValue), ("after", cursor?.text)])
  }
  package static func decisions(at antenna: AntennaCode) -> String {
    query(decisions, [("antenna", antenna.rawValue)])
  }
  static func decisions(isOpen: Bool, at antenna: AntennaCode?, after id: RecordID<MeetingItem>? = nil)
    -> String
  {
    query(
      decisions,
      [("show", isOpen ? "open" : "ended"), ("antenna", antenna?.rawValue), ("after", id?.text)])
  }
  private static func query(_ path: String, _ values: [(String, String?)]) -> String {
    let parts = values.compactMap { name, value in value.map { "\(name)=\(Page.queryEscaped($0))" } }
    return parts.isEmpty ? path : "\(path)?\(parts.joined(separator: "&"))"
  }
  package static func show(_ id: RecordID<Meeting>) -> String { "/meetings/\(id)" }
  static func head(_ id: RecordID<Meeting>) -> String { "/meetings/\(id)/head" }
  static func items(_ id: RecordID<Meeting>) -> String { "/meetings/\(id)/items" }
  static func item(_ item: MeetingItem) -> String { "/meetings/\(item.meeting)/items/\(item.id)" }
  static func removal(_ item: MeetingItem) -> String { "/meetings/\(item.meeting)/items/\(item.id)/removal" }
  static func closing(_ id: RecordID<Meeting>) -> String { "/meetings/\(id)/closing" }
  static func paper(_ id: RecordID<Meeting>, _ language: Language) -> String {
    "/meetings/\(id)/minutes.pdf?language=\(language.rawValue)"
  }
}
