import Basics
import Foundation
import Storage

/// What anybody may read of the directory, without an account.
extension Directory {
  struct PublicService: Sendable {
    let opened: OpenedService
    let joined: [HSDSStore.Joined]
  }

  func publicServices(_ filter: HSDSStore.Filter, _ asked: HSDS.Asked) async throws -> (
    services: [PublicService], total: Int
  ) {
    try await database.read { db in
      let (ids, total) = try HSDSStore.services(filter, limit: asked.size, offset: asked.offset, in: db)
      return (try ids.map { try publicService($0, in: db) }, total)
    }
  }

  private func publicService(_ id: RecordID<Service>, in db: Connection) throws -> PublicService {
    let opened = try openedService(id, in: db)
    guard opened.service.isPublic else { throw Refusal.notFound }
    return PublicService(opened: opened, joined: try HSDSStore.joined(of: id, in: db))
  }

  func publicService(_ id: RecordID<Service>) async throws -> PublicService {
    try await database.read { db in try publicService(id, in: db) }
  }

  func publicProviders(_ word: String?, _ asked: HSDS.Asked) async throws -> (
    providers: [OpenedProvider], total: Int
  ) {
    try await database.read { db in
      let (ids, total) = try HSDSStore.providers(word, limit: asked.size, offset: asked.offset, in: db)
      return (try ids.map { try openedProvider($0, in: db) }, total)
    }
  }

  /// - Throws: `Refusal.notFound` for one that has nothing published.
  func publicProvider(_ id: RecordID<Provider>) async throws -> OpenedProvider {
    let opened = try await openedProvider(id)
    guard opened.provider.state == .active, opened.services.contains(where: \.isPublic) else {
      throw Refusal.notFound
    }
    return opened
  }

  struct PublicPair: Sendable {
    let joined: HSDSStore.Joined
    let place: ProviderPlace
    let service: PublicService
  }

  func publicPairs(_ filter: HSDSStore.Filter, _ asked: HSDS.Asked) async throws -> (
    pairs: [PublicPair], total: Int
  ) {
    try await database.read { db in
      let (pairs, total) = try HSDSStore.joined(filter, limit: asked.size, offset: asked.offset, in: db)
      return (try pairs.map { try publicPair($0, in: db) }, total)
    }
  }

  func publicPair(_ id: RecordID<ServiceAtPlace>) async throws -> PublicPair {
    try await database.read { db in
      guard let joined = try HSDSStore.joined(id, in: db) else { throw Refusal.notFound }
      return try publicPair(joined, in: db)
    }
  }

  private func publicPair(_ joined: HSDSStore.Joined, in db: Connection) throws -> PublicPair {
    guard let place = try ProviderStore.place(joined.place, in: db) else { throw Refusal.notFound }
    return PublicPair(joined: joined, place: place, service: try publicService(joined.service, in: db))
  }

  func publicPlaces(_ asked: HSDS.Asked) async throws -> (places: [ProviderPlace], total: Int) {
    try await database.read { db in
      let (ids, total) = try HSDSStore.places(limit: asked.size, offset: asked.offset, in: db)
      return (try ids.compactMap { try ProviderStore.place($0, in: db) }, total)
    }
  }

  func publicPlace(_ id: RecordID<ProviderPlace>) async throws -> ProviderPlace {
    let found = try await database.read { db in try ProviderStore.place(id, in: db) }
    guard let found, !found.isClosed else { throw Refusal.notFound }
    _ = try await publicProvider(found.provider)
    return found
  }
}
