import Antennas
import Basics
import Cases
import Foundation
import Storage

/// The door of the area: what pages and other areas may ask about providers and their services.
package struct Directory: Sendable {
  let database: Database
  let antennas: Antennas
  let cases: Cases
  let sources: SituationSources
  /// How the program is reached from outside; empty where nobody said it: then links are not whole.
  let publicURL: String
  let now: @Sendable () -> Date

  /// - Parameter sources: tell what of a person stands in other rooms, for the conditions of services.
  package init(
    cases: Cases, antennas: Antennas, sources: SituationSources = SituationSources(), publicURL: String = "",
    now: @escaping @Sendable () -> Date = { Date() }
  ) {
    self.publicURL = publicURL
    database = cases.database
    self.cases = cases
    self.antennas = antennas
    self.sources = sources
    self.now = now
  }

  /// One service, offered or not.
  /// - Throws: `Refusal.notFound`.
  package func service(_ id: RecordID<Service>) async throws -> Service {
    try await database.read { db in try service(id, in: db) }
  }

  /// The same within the caller's transaction.
  package func service(_ id: RecordID<Service>, in db: Connection) throws -> Service {
    guard let service = try ServiceStore.find(id, in: db) else { throw Refusal.notFound }
    return service
  }

  /// Services by their ids, those that are there.
  package func services(_ ids: [RecordID<Service>], in db: Connection) throws -> [RecordID<Service>: Service]
  {
    let found = try ServiceStore.find(Array(ids.prefix(ServiceStore.mostRanked)), in: db)
    return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
  }

  /// Their names alone, for a list of something else.
  package func names(of ids: [RecordID<Service>], in db: Connection) throws -> [RecordID<Service>: Texts] {
    try ServiceStore.names(of: Array(Set(ids)), in: db)
  }

  package func provider(_ id: RecordID<Provider>) async throws -> Provider {
    try await database.read { db in try provider(id, in: db) }
  }

  package func provider(_ id: RecordID<Provider>, in db: Connection) throws -> Provider {
    guard let provider = try ProviderStore.find(id, in: db) else { throw Refusal.notFound }
    return provider
  }

  /// The same, held for a change of what belongs to it: whoever comes second waits until the first is done.
  package func hold(_ id: RecordID<Provider>, in db: Connection) throws -> Provider {
    try ProviderStore.hold(id, in: db)
  }

  /// Several at once, in one query; those that are unknown are missing.
  package func providers(_ ids: [RecordID<Provider>], in db: Connection) throws -> [RecordID<Provider>:
    Provider]
  {
    let found = try ProviderStore.find(Array(Set(ids)), in: db)
    return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
  }

  /// What is looked for in the directory; everything is optional.
  package struct Search: Sendable, Equatable {
    package var need: Service.Need?
    package var governorate: GovernorateCode?
    /// Words of the name of a service or its provider, in any language.
    package var words = ""

    package init(need: Service.Need? = nil, governorate: GovernorateCode? = nil, words: String = "") {
      self.need = need
      self.governorate = governorate
      self.words = words
    }
  }

  /// A page of services, and where the next begins.
  package struct Found: Sendable {
    package let services: [ServiceLine]
    package let next: RecordID<Service>?
    /// More matched the words than were looked at.
    package var isCut = false
  }

  /// Services that are offered, by name.
  package func services(matching search: Search, after id: RecordID<Service>? = nil) async throws -> Found {
    try await database.read { db in try services(matching: search, after: id, in: db) }
  }

  package func services(matching search: Search, after id: RecordID<Service>?, in db: Connection) throws
    -> Found
  {
    let words = Folding.words(search.words)
    guard words.isEmpty else { return try named(words, search, in: db) }
    let cursor = try id.flatMap { try ServiceStore.find($0, in: db) }.map(ServiceCursor.init)
    var found = try ServiceStore.lines(
      search.governorate?.rawValue ?? "", search.need?.rawValue ?? "", after: cursor,
      limit: ServiceStore.pageSize + 1, in: db)
    let hasMore = found.count > ServiceStore.pageSize
    if hasMore { found.removeLast() }
    return Found(services: found, next: hasMore ? found.last?.id : nil)
  }

  /// Those that have every word, by their beginnings; the longest word is looked up, the others are compared.
  private func named(_ words: [String], _ search: Search, in db: Connection) throws -> Found {
    let longest = words.max { $0.count < $1.count } ?? ""
    let ids = try ServiceStore.withWord(longest, limit: ServiceStore.mostRanked + 1, in: db)
    let services = try ServiceStore.find(Array(Set(ids)), in: db).filter { service in
      let own = Folding.words((service.name.all + service.providerName.all).joined(separator: " "))
      return words.allSatisfy { word in own.contains { $0.hasPrefix(word) } }
        && search.need.map { service.needs.contains($0) } ?? true
        && search.governorate.map { service.reaches($0) } ?? true
    }
    let sorted = services.sorted { ($0.sort, $0.id.text) < ($1.sort, $1.id.text) }
    return Found(
      services: sorted.prefix(ServiceStore.pageSize).map(\.line), next: nil,
      isCut: ids.count > ServiceStore.mostRanked || sorted.count > ServiceStore.pageSize)
  }

  /// What is there for somebody: what may answer a need where she lives, ranked, each with its reasons. At most
  /// `ServiceStore.mostRanked` are looked at.
  package func offers(for person: Situation, need: Service.Need?, in db: Connection) throws -> [Offer] {
    let services = try ServiceStore.reaching(
      person.governorate?.rawValue ?? "", need?.rawValue ?? "", limit: ServiceStore.mostRanked, in: db)
    let territory = try antennas.territory(in: db)
    let names = Dictionary(uniqueKeysWithValues: territory.governorates.map { ($0.id, $0.name.words) })
    return DirectoryRules.ranked(services, for: person, on: Day(of: now()), places: names)
  }

  /// Takes a place in a service, where places are counted; the same id a second time is the same place.
  /// - Throws: `Refusal.conflict` when none is left, or it is not offered now: two who want the last place at the same
  ///   second do not both get it.
  package func takePlace(
    _ id: RecordID<Service.Seat>, in service: RecordID<Service>, by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    guard try !SeatStore.exists(id, in: db) else { return }
    if try SeatStore.take(id, in: service, by: actor, at: now, db) {
      try Journal.append("service.take-place", on: Service.reference(service), by: actor, at: now, in: db)
      return
    }
    let found = try self.service(service, in: db)
    guard found.state == .active else { throw Refusal.conflict(say("This service is not offered now.")) }
    throw Refusal.conflict(say("The last place of this service was taken a moment ago. None is left."))
  }

  /// The same in a transaction of its own.
  package func takePlace(_ id: RecordID<Service.Seat>, in service: RecordID<Service>, by actor: Actor)
    async throws
  {
    let now = now()
    try await database.write { db in try takePlace(id, in: service, by: actor, at: now, in: db) }
  }

  /// Gives a place back; one that was given back, or never taken, changes nothing.
  package func releasePlace(_ id: RecordID<Service.Seat>, by actor: Actor, at now: Date, in db: Connection)
    throws
  {
    guard let service = try SeatStore.release(id, at: now, in: db) else { return }
    try Journal.append("service.release-place", on: Service.reference(service), by: actor, at: now, in: db)
  }
}

extension Service {
  func reaches(_ governorate: GovernorateCode) -> Bool {
    isNationwide || areas.isEmpty || areas.contains { $0.governorate == governorate }
  }
}
