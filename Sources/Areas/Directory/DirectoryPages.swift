import Antennas
import Basics
import Cases
import Foundation
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: looking for services, reading and keeping them.
package struct DirectoryPages: Area {
  let directory: Directory
  let antennas: Antennas

  /// Where one says which accounts answer for a provider; nil where there are none.
  let accounts: (@Sendable (RecordID<Provider>) -> String)?

  package init(
    _ directory: Directory, accounts: (@Sendable (RecordID<Provider>) -> String)? = nil
  ) {
    self.accounts = accounts
    self.directory = directory
    antennas = directory.antennas
  }

  package var migrations: [Migration] { Directory.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Services"), path: DirectoryPaths.list, icon: .visit, in: .services, duty: .openFiles)
    ]
      // Whoever manages accounts says which of them answer for a provider.
      + (accounts == nil
        ? []
        : [
          NavigationItem(
            say("Providers"), path: DirectoryPaths.providers, icon: .people, in: .house,
            duty: .manageAccounts)
        ])
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/directory", use: list)
    routes.get("/directory/map", use: map)
    routes.get("/directory/providers", use: providers)
    routes.post("/directory/providers", use: addProvider)
    routes.get("/directory/providers/new", use: newProvider)
    routes.get("/directory/providers/:provider", use: provider)
    routes.get("/directory/providers/:provider/edit", use: editProvider)
    routes.post("/directory/providers/:provider/edit", use: saveProvider)
    routes.post("/directory/providers/:provider/places", use: addPlace)
    routes.post("/directory/places/:place/closing", use: closePlace)
    routes.get("/directory/providers/:provider/services/new", use: newService)
    routes.post("/directory/providers/:provider/services", use: addService)
    routes.get("/directory/services/:service", use: service)
    routes.get("/directory/services/:service/edit", use: editService)
    routes.post("/directory/services/:service/edit", use: saveService)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    _ = try context.actor
    let territory = try await antennas.territory()
    let search = Self.search(request, territory)
    let found = try await directory.services(matching: search, after: RecordID(request.query("after")))
    return DirectoryTemplates.list(found, search, territory, on: try context.page)
  }

  @Sendable func map(_ request: Request, _ context: AppContext) async throws -> HTML {
    _ = try context.actor
    let territory = try await antennas.territory()
    let need = Service.Need(rawValue: request.query("need"))
    return DirectoryMapTemplates.map(
      try await directory.counts(of: need, in: territory), need, territory, on: try context.page)
  }

  static func search(_ request: Request, _ territory: Territory) -> Directory.Search {
    let governorate = request.query("governorate")
    return Directory.Search(
      need: Service.Need(rawValue: request.query("need")),
      governorate: territory.governorates.first { $0.id.rawValue == governorate }?.id,
      words: String(request.query("words").prefix(100)))
  }

  @Sendable func providers(_ request: Request, _ context: AppContext) async throws -> HTML {
    _ = try context.actor
    let (found, next) = try await directory.providers(after: RecordID(request.query("after")))
    return ProviderTemplates.list(found, next, on: try context.page)
  }

  @Sendable func provider(_ request: Request, _ context: AppContext) async throws -> HTML {
    try await provider(context, Typed(), [])
  }

  private func provider(_ context: AppContext, _ typed: Typed, _ errors: [FieldError]) async throws -> HTML {
    _ = try context.actor
    let opened = try await directory.openedProvider(context.id("provider"))
    return ProviderTemplates.show(
      opened, try await antennas.territory(), accounts?(opened.provider.id), typed, errors,
      on: try context.page)
  }

  @Sendable func newProvider(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.keepDirectory)
    return ProviderTemplates.form(nil, Typed(), [], on: try context.page)
  }

  @Sendable func addProvider(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepDirectory)
    do {
      let form = try ProviderForm.checked(context.typed)
      try await directory.add(form.id, form.fields, of: actor.antenna, by: actor)
      return .seeOther(DirectoryPaths.provider(form.id), .saved)
    } catch Refusal.invalid(let errors) {
      return ProviderTemplates.form(nil, context.typed.renewed, errors, on: page).response(
        .unprocessableContent)
    }
  }

  @Sendable func editProvider(_ request: Request, _ context: AppContext) async throws -> HTML {
    let provider = try await directory.provider(context.id("provider"))
    try DirectoryRules.mustKeep(provider.antenna, context.actor)
    var typed = Typed(provider.fields)
    typed["version"] = String(provider.version)
    return ProviderTemplates.form(provider, typed, [], on: try context.page)
  }

  @Sendable func saveProvider(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let provider = try await directory.provider(context.id("provider"))
    try DirectoryRules.mustKeep(provider.antenna, actor)
    do {
      let form = try ProviderForm.checked(context.typed)
      try await directory.change(
        provider.id, to: form.fields, from: form.version ?? provider.version, by: actor)
      return .seeOther(DirectoryPaths.provider(provider.id), .saved)
    } catch Refusal.invalid(let errors) {
      return ProviderTemplates.form(provider, context.typed, errors, on: page).response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      var typed = Typed(draft)
      typed["version"] = String(try await directory.provider(provider.id).version)
      let errors = try await context.told(conflicts) { $1 }
      return ProviderTemplates.form(provider, typed, errors, on: page).response(.conflict)
    }
  }

  @Sendable func addPlace(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    let provider = try await directory.provider(context.id("provider"))
    try DirectoryRules.mustKeep(provider.antenna, actor)
    do {
      let place = try PlaceForm.checked(
        context.typed, of: provider.id, in: try await antennas.territory())
      try await directory.add(place, by: actor)
      return .seeOther(DirectoryPaths.provider(provider.id), .saved)
    } catch Refusal.invalid(let errors) {
      return try await self.provider(context, context.typed.renewed, errors).response(.unprocessableContent)
    }
  }

  @Sendable func closePlace(_ request: Request, _ context: AppContext) async throws -> Response {
    let provider = try await directory.close(context.id("place"), by: context.actor)
    return .seeOther(DirectoryPaths.provider(provider), .saved)
  }

  @Sendable func service(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    let opened = try await directory.openedService(context.id("service"))
    let mayKeep = DirectoryRules.mayKeep(opened.service.antenna, actor)
    let confirmations = mayKeep ? try await directory.confirmations(of: opened.service.id) : nil
    return ServiceTemplates.show(
      opened, try await antennas.territory(), confirmations, on: try context.page)
  }

  @Sendable func newService(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.keepDirectory)
    let opened = try await directory.openedProvider(context.id("provider"))
    return ServiceFormTemplates.form(
      nil, opened.provider, opened.places, Typed(["published": ["yes"]]), [], try await antennas.territory(),
      on: try context.page)
  }

  @Sendable func addService(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    try actor.must(.keepDirectory)
    let territory = try await antennas.territory()
    let opened = try await directory.openedProvider(context.id("provider"))
    do {
      let form = try ServiceForm.checked(context.typed, in: territory, places: opened.places)
      try await directory.add(form.id, form.fields, by: opened.provider.id, of: actor.antenna, as: actor)
      return .seeOther(DirectoryPaths.service(form.id), .saved)
    } catch Refusal.invalid(let errors) {
      return ServiceFormTemplates.form(
        nil, opened.provider, opened.places, context.typed.renewed, errors, territory, on: page
      ).response(.unprocessableContent)
    }
  }

  @Sendable func editService(_ request: Request, _ context: AppContext) async throws -> HTML {
    let page = try context.page
    let opened = try await directory.openedService(context.id("service"))
    try DirectoryRules.mustKeep(opened.service.antenna, context.actor)
    let territory = try await antennas.territory()
    let typed = ServiceForm.typed(
      opened.service.fields, version: opened.service.version, in: territory, page.reader.language)
    return ServiceFormTemplates.form(
      opened.service, opened.provider, opened.places, typed, [], territory, on: page)
  }

  @Sendable func saveService(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let opened = try await directory.openedService(context.id("service"))
    let service = opened.service
    try DirectoryRules.mustKeep(service.antenna, actor)
    let territory = try await antennas.territory()
    func again(_ typed: Typed, _ errors: [FieldError]) -> HTML {
      ServiceFormTemplates.form(service, opened.provider, opened.places, typed, errors, territory, on: page)
    }
    do {
      let form = try ServiceForm.checked(context.typed, in: territory, places: opened.places)
      try await directory.change(
        service.id, to: form.fields, from: form.version ?? service.version, by: actor)
      return .seeOther(DirectoryPaths.service(service.id), .saved)
    } catch Refusal.invalid(let errors) {
      return again(context.typed, errors).response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      let version = try await directory.service(service.id).version
      let typed = ServiceForm.typed(draft, version: version, in: territory, page.reader.language)
      return again(typed, try await context.told(conflicts) { $1 }).response(.conflict)
    }
  }
}

/// Links into the area.
package enum DirectoryPaths {
  package static let list = "/directory"
  static let providers = "/directory/providers"
  static let newProvider = "/directory/providers/new"
  static let map = "/directory/map"

  package static func list(_ search: Directory.Search, after id: RecordID<Service>? = nil) -> String {
    query(
      list,
      [
        ("need", search.need?.rawValue), ("governorate", search.governorate?.rawValue),
        ("words", search.words.isEmpty ? nil : search.words), ("after", id?.text),
      ])
  }
  static func map(_ need: Service.Need?) -> String { query(map, [("need", need?.rawValue)]) }
  static func providers(after id: RecordID<Provider>) -> String { "\(providers)?after=\(id)" }
  package static func provider(_ id: RecordID<Provider>) -> String { "\(providers)/\(id)" }
  static func editProvider(_ id: RecordID<Provider>) -> String { "\(provider(id))/edit" }
  static func places(_ id: RecordID<Provider>) -> String { "\(provider(id))/places" }
  static func closePlace(_ id: RecordID<ProviderPlace>) -> String { "/directory/places/\(id)/closing" }
  static func services(_ id: RecordID<Provider>) -> String { "\(provider(id))/services" }
  static func newService(_ id: RecordID<Provider>) -> String { "\(services(id))/new" }
  package static func service(_ id: RecordID<Service>) -> String { "/directory/services/\(id)" }
  static func editService(_ id: RecordID<Service>) -> String { "\(service(id))/edit" }

  static func query(_ path: String, _ values: [(String, String?)]) -> String {
    let parts = values.compactMap { name, value in value.map { "\(name)=\(Page.queryEscaped($0))" } }
    return parts.isEmpty ? path : "\(path)?\(parts.joined(separator: "&"))"
  }
}
