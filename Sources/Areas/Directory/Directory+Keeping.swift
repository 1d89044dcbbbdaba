import Basics
import Foundation
import Storage

/// What those who keep the directory do.
extension Directory {
  /// Enters a provider; the same id a second time is the same provider.
  /// - Throws: `Refusal.sentBefore` when it came with other words then.
  package func add(_ id: RecordID<Provider>, _ fields: Fields, of antenna: AntennaCode?, by actor: Actor)
    async throws
  {
    try DirectoryRules.mustKeep(antenna, actor)
    let now = now()
    try await database.write { db in
      if let kept = try ProviderStore.find(id, in: db) {
        guard kept.fields == fields || kept.version > 1 else {
          throw Refusal.sentBefore("name-fr", kept: kept.name.text(in: .french))
        }
        return
      }
      try Self.insert(Provider(id: id, antenna: antenna, changedAt: now, fields: fields), by: actor, in: db)
    }
  }

  static func insert(
    _ provider: Provider, outsideKey: String? = nil, by actor: Actor, in db: Connection
  ) throws {
    try ProviderStore.insert(provider, outsideKey: outsideKey, in: db)
    try Journal.append(
      "provider.add", on: Provider.reference(provider.id), by: actor, at: provider.changedAt, version: 1,
      changes: provider.fields.asNew, in: db)
  }

  /// Changes a provider from the version that was read.
  /// - Throws: `Refusal.changedMeanwhile` where somebody else changed the same fields.
  package func change(_ id: RecordID<Provider>, to fields: Fields, from version: Int, by actor: Actor)
    async throws
  {
    let now = now()
    try await database.write { db in
      var provider = try ProviderStore.hold(id, in: db)
      try DirectoryRules.mustKeep(provider.antenna, actor)
      let merged = try Self.merged(
        fields, onto: provider.fields, from: version, now: provider.version, Provider.reference(id), in: db)
      let changes = provider.fields.changes(to: merged)
      guard !changes.isEmpty else { return }
      provider = Provider(
        id: id, antenna: provider.antenna, version: provider.version + 1, isUnconfirmed: false,
        changedAt: now,
        fields: merged)
      try ProviderStore.update(provider, in: db)
      for service in try ServiceStore.of(id, in: db) { try Self.follow(service, provider, in: db) }
      try Journal.append(
        "provider.change", on: Provider.reference(id), by: actor, at: now, version: provider.version,
        changes: changes, in: db)
    }
  }

  /// A provider's new name is found with its services; one that ended offers nothing.
  private static func follow(_ service: Service, _ provider: Provider, in db: Connection) throws {
    var service = service
    if provider.state == .ended, service.state != .ended {
      service[.state] = Service.State.ended.rawValue
      try ServiceStore.update(service, in: db)
    } else {
      try ServiceStore.index(service, in: db)
    }
  }

  /// What was typed on top of the version that was read, with what others changed since.
  private static func merged(
    _ mine: Fields, onto theirs: Fields, from version: Int, now current: Int, _ record: RecordReference,
    in db: Connection
  ) throws -> Fields {
    guard version < current else { return mine }
    let since = try Journal.since(version: version, of: record, key: nil, in: db)
    return try Fields.merge(base: Fields.before(since.map(\.changes), theirs), mine: mine, theirs: theirs)
  }

  /// Enters a place where a provider receives; the same id a second time is the same place.
  package func add(_ place: ProviderPlace, by actor: Actor) async throws {
    let now = now()
    try await database.write { db in
      let provider = try ProviderStore.hold(place.provider, in: db)
      try DirectoryRules.mustKeep(provider.antenna, actor)
      if let kept = try ProviderStore.place(place.id, in: db) {
        guard kept == place || kept.isClosed else { throw Refusal.sentBefore("name", kept: kept.name) }
        return
      }
      guard try ProviderStore.places(of: provider.id, in: db).count < 200 else {
        throw Refusal.conflict(say("A provider has at most 200 places."))
      }
      try Self.insert(place, by: actor, at: now, in: db)
    }
  }

  static func insert(
    _ place: ProviderPlace, outsideKey: String? = nil, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    try ProviderStore.insert(place, outsideKey: outsideKey, in: db)
    try Journal.append(
      "provider.add-place", on: Provider.reference(place.provider), by: actor, at: now,
      changes: Fields(["place": place.name, "governorate": place.governorate.rawValue]).asNew, in: db)
  }

  /// A provider receives there no more.
  package func close(_ id: RecordID<ProviderPlace>, by actor: Actor) async throws -> RecordID<Provider> {
    let now = now()
    return try await database.write { db in
      guard let place = try ProviderStore.place(id, in: db) else { throw Refusal.notFound }
      let provider = try ProviderStore.hold(place.provider, in: db)
      try DirectoryRules.mustKeep(provider.antenna, actor)
      guard !place.isClosed else { return provider.id }
      try ProviderStore.close(id, in: db)
      try Journal.append(
        "provider.close-place", on: Provider.reference(provider.id), by: actor, at: now,
        changes: [FieldChange(field: "place", before: place.name, after: nil)], in: db)
      return provider.id
    }
  }

  /// Enters a service; the same id a second time is the same service.
  package func add(
    _ id: RecordID<Service>, _ fields: Fields, by provider: RecordID<Provider>, of antenna: AntennaCode?,
    as actor: Actor
  ) async throws {
    try DirectoryRules.mustKeep(antenna, actor)
    let now = now()
    try await database.write { db in
      if let kept = try ServiceStore.find(id, in: db) {
        guard kept.fields == fields || kept.version > 1 else {
          throw Refusal.sentBefore("name-fr", kept: kept.name.text(in: .french))
        }
        return
      }
      let owner = try ProviderStore.hold(provider, in: db)
      guard owner.state == .active else {
        throw Refusal.conflict(say("This provider offers nothing any more."))
      }
      guard try ServiceStore.of(provider, in: db).count < 200 else {
        throw Refusal.conflict(say("A provider has at most 200 services."))
      }
      let service = Service(
        id: id, provider: provider, providerName: owner.name, antenna: antenna, changedAt: now, fields: fields
      )
      try Self.insert(service, by: actor, in: db)
    }
  }

  static func insert(_ service: Service, outsideKey: String? = nil, by actor: Actor, in db: Connection) throws
  {
    try ServiceStore.insert(service, outsideKey: outsideKey, in: db)
    try Journal.append(
      "service.add", on: Service.reference(service.id), by: actor, at: service.changedAt, version: 1,
      changes: service.fields.asNew, in: db)
  }

  /// Changes a service from the version that was read.
  /// - Throws: `Refusal.changedMeanwhile` where somebody else changed the same fields.
  package func change(_ id: RecordID<Service>, to fields: Fields, from version: Int, by actor: Actor)
    async throws
  {
    let now = now()
    try await database.write { db in
      let service = try ServiceStore.hold(id, in: db)
      try DirectoryRules.mustKeep(service.antenna, actor)
      let merged = try Self.merged(
        fields, onto: service.fields, from: version, now: service.version, Service.reference(id), in: db)
      try Self.update(service, to: merged, by: actor, at: now, in: db)
    }
  }

  static func update(
    _ service: Service, to fields: Fields, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    let changes = service.fields.changes(to: fields)
    guard !changes.isEmpty else { return }
    let changed = Service(
      id: service.id, provider: service.provider, providerName: service.providerName,
      antenna: service.antenna,
      version: service.version + 1, changedAt: now, confirmedOn: service.confirmedOn, taken: service.taken,
      fields: fields)
    try ServiceStore.update(changed, in: db)
    try Journal.append(
      "service.change", on: Service.reference(service.id), by: actor, at: now, version: changed.version,
      changes: changes, in: db)
  }
}
