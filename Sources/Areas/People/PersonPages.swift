import Antennas
import Basics
import Hummingbird
import Pages
import Storage
import Web

/// What another area shows on a person's page.
package typealias PersonSection =
  @Sendable (_ person: PersonID, _ actor: Actor, _ page: Page) async throws -> HTML

/// What may be done about files that a search found out of the searcher's sight.
package typealias PersonsElsewhere =
  @Sendable (_ hidden: [AntennaCode: PersonID], _ actor: Actor, _ page: Page) async throws -> HTML

/// The pages of the area.
package struct PersonPages: Area {
  let people: People
  let antennas: Antennas
  /// Where a person that the search did not find is received.
  let reception: @Sendable (_ sealedQuery: String) -> String
  /// The same in steps; nil where there is none.
  let guided: (@Sendable (_ sealedQuery: String) -> String)?
  /// The page that a query names by itself, such as a case by its number.
  let shortcut: @Sendable (_ query: String, _ actor: Actor) async throws -> String?
  let elsewhere: PersonsElsewhere
  let sections: [PersonSection]
  /// The page that tells with whom data were shared; the person's own, or her case, where there is none.
  let afterWithdrawal: (@Sendable (PersonID, Consent.Purpose, _ back: String) -> String)?

  package init(
    _ people: People, antennas: Antennas, reception: @escaping @Sendable (_ sealedQuery: String) -> String,
    guided: (@Sendable (_ sealedQuery: String) -> String)? = nil,
    shortcut: @escaping @Sendable (_ query: String, _ actor: Actor) async throws -> String? = { _, _ in nil },
    elsewhere: @escaping PersonsElsewhere = { _, _, _ in .empty }, sections: [PersonSection],
    afterWithdrawal: (@Sendable (PersonID, Consent.Purpose, _ back: String) -> String)? = nil
  ) {
    self.afterWithdrawal = afterWithdrawal
    self.elsewhere = elsewhere
    self.people = people
    self.antennas = antennas
    self.reception = reception
    self.guided = guided
    self.shortcut = shortcut
    self.sections = sections
  }

  package var migrations: [Migration] { People.migrations }

  package func addRoutes(to routes: Routes) {
    routes.get("/persons", use: search)
    routes.post("/persons/search", use: ask)
    routes.get("/persons/:id", use: show)
    routes.get("/persons/:id/edit", use: edit)
    routes.post("/persons/:id", use: correct)
    routes.get("/persons/:id/consents", use: editConsent)
    routes.post("/persons/:id/consents", use: consent)
    routes.post("/persons/:id/consents/:consent/withdrawal", use: withdraw)
  }

  /// Takes what is searched for out of the form, so that no name ever stands in a URL.
  @Sendable func ask(_ request: Request, _ context: AppContext) async throws -> Response {
    let query = String(context.typed["q"].prefix(200))
    let actor = try context.actor
    if let path = try await shortcut(query, actor) { return .seeOther(path) }
    return .seeOther(
      query.isEmpty ? PersonPaths.search : PersonPaths.found(try await people.sealed(query: query)))
  }

  @Sendable func search(_ request: Request, _ context: AppContext) async throws -> HTML {
    let sealed = request.query("q")
    let query = try await people.opened(query: sealed)
    let actor = try context.actor
    try actor.must(.openFiles)
    let page = try context.page
    let found = query.isEmpty ? nil : try await people.search(query, by: actor)
    let more = try await elsewhere(found?.hidden ?? [:], actor, page)
    return PersonTemplates.search(
      query, found, elsewhere: more, try await antennas.territory(), reception: reception(sealed),
      guided: guided?(sealed), on: page)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let id: PersonID = try context.id()
    let opened = try await people.open(id, for: actor, byLeave: true)
    // Her file was joined with another, which stands for both.
    if opened.person.id != id { return .seeOther(PersonPaths.show(opened.person.id)) }
    let reader = actor.leaveNote?.leave.map(actor.reading(by:)) ?? actor
    var others: [HTML] = []
    for section in sections { others.append(try await section(opened.person.id, reader, page)) }
    return PersonTemplates.show(opened, try await antennas.territory(), others, on: page).response()
  }

  @Sendable func edit(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.editPersons)
    let person = try await people.open(context.id(), for: actor).person
    var typed = Typed(person.identity.fields)
    typed["to"] = LocalPath.checked(request.query("to"))
    return PersonTemplates.edit(
      person, typed, [], version: person.version, try await antennas.territory(), on: try context.page)
  }

  @Sendable func correct(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.editPersons)
    let id: PersonID = try context.id()
    let territory = try await antennas.territory()
    var typed = context.typed
    typed["to"] = LocalPath.checked(typed["to"])
    do {
      let form = try CorrectionForm.checked(context.typed, today: page.today, in: territory)
      try await people.correct(id, to: form.identity, from: form.version, by: actor)
      return .seeOther(back(context, id), .saved)
    } catch Refusal.invalid(let errors) {
      let person = try await people.open(id, for: actor).person
      return PersonTemplates.edit(
        person, typed, errors, version: Int(context.typed["version"]) ?? person.version,
        territory, on: page
      )
      .response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      // On the newest version, so that sending it again is a decision.
      let person = try await people.open(id, for: actor).person
      let errors = try await context.told(conflicts) { PersonTemplates.shown($0, $1, territory, on: page) }
      var draft = Typed(draft)
      draft["to"] = typed["to"]
      return PersonTemplates.edit(person, draft, errors, version: person.version, territory, on: page)
        .response(.conflict)
    }
  }

  @Sendable func editConsent(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.recordConsent)
    var typed = Typed()
    if !request.query("to").isEmpty { typed["to"] = LocalPath.checked(request.query("to")) }
    return ConsentTemplates.formPage(
      try await people.open(context.id(), for: actor), typed, [], on: try context.page)
  }

  @Sendable func consent(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.recordConsent)
    let id: PersonID = try context.id()
    do {
      try await people.record(ConsentForm.checked(context.typed, of: id, today: page.today), by: actor)
    } catch Refusal.invalid(let errors) {
      return ConsentTemplates.formPage(
        try await people.open(id, for: actor), context.typed.renewed, errors, on: page
      ).response(.unprocessableContent)
    }
    return .seeOther(back(context, id), .saved)
  }

  @Sendable func withdraw(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: PersonID = try context.id()
    let purpose = try await people.withdraw(context.id("consent"), of: id, by: context.actor)
    return .seeOther(
      afterWithdrawal?(id, purpose, back(context, id)) ?? back(context, id), .withdrawn)
  }

  /// The page the form stood on: the person's own, or her case.
  private func back(_ context: AppContext, _ id: PersonID) -> String {
    let to = LocalPath.checked(context.typed["to"])
    return to == "/" ? PersonPaths.show(id) : to
  }
}

/// Links into the area.
package enum PersonPaths {
  package static let search = "/persons"
  package static func found(_ sealedQuery: String) -> String { "/persons?q=\(sealedQuery)" }
  /// Where a search is sent: the box on every page, and the form of the page itself.
  static let ask = "/persons/search"
  package static func show(_ id: PersonID) -> String { "/persons/\(id)" }
  /// - Parameter back: the page to return to; the person's own when nil.
  package static func edit(_ id: PersonID, back: String? = nil) -> String {
    "/persons/\(id)/edit\(returning(to: back))"
  }
  /// The same.
  static func consents(_ id: PersonID, back: String? = nil) -> String {
    "/persons/\(id)/consents\(returning(to: back))"
  }
  private static func returning(to back: String?) -> String {
    back.map { "?to=\(Page.queryEscaped($0))" } ?? ""
  }
  static func withdrawal(_ consent: Consent) -> String {
    "/persons/\(consent.person)/consents/\(consent.id)/withdrawal"
  }
}
