import Antennas
import Basics
import Documents
import Foundation
import People

/// A service of ours, where HSDS has its own.
typealias ServiceRecord = Service

/// From our records to those of HSDS.
struct HSDSWriter {
  let territory: Territory
  private let reader = Reader(.french)

  init(_ territory: Territory) { self.territory = territory }

  func organization(_ provider: Provider) -> HSDS.Organization {
    let name = provider.name.text(in: .french)
    return HSDS.Organization(
      id: HSDS.uuid(provider.id), name: name, alternate_name: other(provider.name, than: name),
      description: provider.about.isEmpty
        ? reader(DirectoryWords.kind(provider.kind)) : provider.about.text(in: .french),
      email: provider.email, website: provider.url)
  }

  func organization(_ opened: Directory.OpenedProvider) -> HSDS.Organization {
    var organization = organization(opened.provider)
    organization.phones = opened.provider.phone.map {
      [HSDS.Phone(id: HSDS.uuid(of: "phone", opened.provider.id.text), number: $0)]
    }
    organization.locations = opened.places.filter { !$0.isClosed }.map(location)
    organization.services = opened.services.filter(\.isPublic).map { service($0) }
    return organization
  }

  /// What stands in a list.
  func service(_ service: ServiceRecord, of provider: Provider? = nil) -> HSDS.Service {
    let name = service.name.text(in: .french)
    return HSDS.Service(
      id: HSDS.uuid(service.id), organization_id: HSDS.uuid(service.provider), name: name,
      alternate_name: other(service.name, than: name),
      description: service.about.isEmpty ? nil : service.about.text(in: .french), status: status(service),
      application_process: service.how.isEmpty ? nil : service.how.text(in: .french),
      fees_description: fees(service), eligibility_description: eligibility(service),
      minimum_age: service.ageFrom, maximum_age: service.ageTo,
      assured_date: service.confirmedOn?.description, last_modified: Self.instant(service.changedAt),
      organization: provider.map { organization($0) })
  }

  /// With all that belongs to it.
  func whole(_ opened: Directory.OpenedService, _ joined: [HSDSStore.Joined]) -> HSDS.Service {
    let own = opened.service
    let id = own.id.text
    var service = service(own, of: opened.provider)
    service.schedules = schedule(own).map { [$0] }
    service.service_areas = areas(own)
    service.service_at_locations = joined.compactMap { pair in
      opened.own.first { $0.id == pair.place }.map { at(pair, $0) }
    }
    service.languages = own.languages.map { code in
      HSDS.SpokenLanguage(
        id: HSDS.uuid(of: id, "language", code), name: reader(DirectoryWords.language(code)), code: code)
    }
    service.cost_options = cost(own).map { [$0] }
    service.required_documents =
      own.requiredPapers.map { kind in
        HSDS.RequiredDocument(
          id: HSDS.uuid(of: id, "document-kind", kind.rawValue), document: reader(kind.label))
      }
      + own.papers.map { paper in
        HSDS.RequiredDocument(id: HSDS.uuid(of: id, "document", paper), document: paper)
      }
    service.attributes = own.needs.map { need in
      HSDS.Attribute(
        id: HSDS.uuid(of: id, "attribute", need.rawValue), link_id: service.id,
        taxonomy_term_id: HSDS.TaxonomyTerm.id(need), taxonomy_term: HSDS.TaxonomyTerm(need))
    }
    return service
  }

  func at(_ pair: HSDSStore.Joined, _ place: ProviderPlace) -> HSDS.ServiceAtLocation {
    HSDS.ServiceAtLocation(
      id: HSDS.uuid(pair.id), service_id: HSDS.uuid(pair.service), location_id: HSDS.uuid(pair.place),
      location: location(place))
  }

  func at(_ pair: HSDSStore.Joined, _ place: ProviderPlace, _ service: HSDS.Service) -> HSDS.ServiceAtLocation
  {
    var record = at(pair, place)
    (record.name, record.status, record.service) = (service.name, service.status, service)
    return record
  }

  func location(_ place: ProviderPlace) -> HSDS.Location {
    let id = place.id.text
    let governorate = territory.name(of: place.governorate, in: .french)
    return HSDS.Location(
      id: HSDS.uuid(place.id), organization_id: HSDS.uuid(place.provider), name: place.name,
      addresses: place.address.map { address in
        [
          HSDS.Address(
            id: HSDS.uuid(of: id, "address"), address_1: address, city: place.delegation ?? governorate,
            state_province: governorate)
        ]
      },
      accessibility: place.access.isEmpty
        ? nil
        : place.access.map { access in
          HSDS.Accessibility(
            id: HSDS.uuid(of: id, "access", access.rawValue),
            description: reader(DirectoryWords.access(access)))
        },
      phones: place.phone.map { [HSDS.Phone(id: HSDS.uuid(of: id, "phone"), number: $0)] })
  }

  private func other(_ texts: Texts, than name: String) -> String? {
    [texts.arabic, texts.english].compactMap(\.self).first { $0 != name }
  }

  private func status(_ service: ServiceRecord) -> String {
    switch service.state {
    case .active: "active"
    case .paused: "temporarily closed"
    case .ended: "defunct"
    }
  }

  private func fees(_ service: ServiceRecord) -> String? {
    switch service.cost {
    case .free: [reader("Free of charge"), service[.costNote]].compactMap(\.self).joined(separator: ". ")
    case .paid: service[.costNote] ?? reader("To be paid for")
    case nil: service[.costNote]
    }
  }

  private func eligibility(_ service: ServiceRecord) -> String? {
    var words = service.returns.map { reader(DirectoryWords.returned($0)) }
    words += service.situations.map { reader(DirectoryWords.situation($0)) }
    if let sex = service.sex { words.append(sex == .female ? reader("Women only") : reader("Men only")) }
    if !service.conditions.isEmpty { words.append(service.conditions.text(in: .french)) }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }

  private func schedule(_ service: ServiceRecord) -> HSDS.Schedule? {
    let isKnown = !service.days.isEmpty || [.opens, .closes, .hoursNote].contains { service[$0] != nil }
    guard isKnown else { return nil }
    return HSDS.Schedule(
      id: HSDS.uuid(of: service.id.text, "schedule"),
      byday: service.days.isEmpty ? nil : service.days.map(\.rawValue).joined(separator: ","),
      opens_at: service[.opens], closes_at: service[.closes], description: service[.hoursNote])
  }

  private func areas(_ service: ServiceRecord) -> [HSDS.ServiceArea] {
    if service.isNationwide {
      return [
        HSDS.ServiceArea(id: HSDS.uuid(of: service.id.text, "area", "TN"), name: "Tunisie", extent: "TN")
      ]
    }
    return service.areas.map { area in
      let name = territory.name(of: area.governorate, in: .french)
      return HSDS.ServiceArea(
        id: HSDS.uuid(of: service.id.text, "area", area.text),
        name: area.delegation.map { "\(name), \($0)" } ?? name, extent: area.governorate.rawValue)
    }
  }

  private func cost(_ service: ServiceRecord) -> HSDS.CostOption? {
    guard let cost = service.cost else { return nil }
    return HSDS.CostOption(
      id: HSDS.uuid(of: service.id.text, "cost"),
      option: cost == .free ? reader("Free of charge") : reader("To be paid for"),
      currency: service.amount.map { _ in "TND" },
      amount: cost == .free ? 0 : service.amount.map { Double($0.minorUnits) / 1_000 },
      amount_description: service[.costNote])
  }

  static func instant(_ date: Date) -> String {
    Date(timeIntervalSince1970: date.timeIntervalSince1970.rounded(.down)).formatted(.iso8601)
  }
}

extension Service {
  /// Whether anybody may read of it.
  var isPublic: Bool { isPublished && state == .active }
}
