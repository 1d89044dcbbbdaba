import Antennas
import Basics
import Foundation
import Storage

/// What the pages of the directory read.
extension Directory {
  package struct OpenedProvider: Sendable {
    package let provider: Provider
    /// Closed ones too.
    package let places: [ProviderPlace]
    package let services: [Service]
  }

  package struct OpenedService: Sendable {
    package let service: Service
    package let provider: Provider
    /// All of the provider.
    package let places: [ProviderPlace]
    /// Where this service is given.
    package var own: [ProviderPlace] { places.filter { service.places.contains($0.id) && !$0.isClosed } }
  }

  func openedProvider(_ id: RecordID<Provider>) async throws -> OpenedProvider {
    try await database.read { db in try openedProvider(id, in: db) }
  }

  func openedProvider(_ id: RecordID<Provider>, in db: Connection) throws -> OpenedProvider {
    OpenedProvider(
      provider: try provider(id, in: db), places: try ProviderStore.places(of: id, in: db),
      services: try ServiceStore.of(id, in: db))
  }

  package func openedService(_ id: RecordID<Service>) async throws -> OpenedService {
    try await database.read { db in try openedService(id, in: db) }
  }

  package func openedService(_ id: RecordID<Service>, in db: Connection) throws -> OpenedService {
    let service = try service(id, in: db)
    return OpenedService(
      service: service, provider: try provider(service.provider, in: db),
      places: try ProviderStore.places(of: service.provider, in: db))
  }

  /// A page of providers by name.
  func providers(after id: RecordID<Provider>?) async throws -> (
    providers: [Provider], next: RecordID<Provider>?
  ) {
    try await database.read { db in
      var found = try ProviderStore.page(after: id, limit: ProviderStore.pageSize + 1, in: db)
      let hasMore = found.count > ProviderStore.pageSize
      if hasMore { found.removeLast() }
      return (found, hasMore ? found.last?.id : nil)
    }
  }

  /// How many services reach each governorate, for a need or all.
  func counts(of need: Service.Need?, in territory: Territory) async throws -> [GovernorateCode: Int] {
    let codes = territory.governorates.map(\.id)
    return try await database.read { db in
      try ServiceStore.counts(in: codes, need?.rawValue ?? "", in: db)
    }
  }
}
