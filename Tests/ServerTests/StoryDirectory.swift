import Accounts
import Basics
import Foundation
import NIOConcurrencyHelpers
import Testing

@testable import Directory
@testable import Server

/// A provider with a place and a service, and a link that waits for the provider's answer.
struct StoryDirectory: Sendable {
  let provider = RecordID<Provider>()
  let place = RecordID<ProviderPlace>()
  let service = RecordID<Service>()
  let link = RecordID<ServiceLink>()
  /// A file that waits to be entered.
  let services = RecordID<ServiceImport>()
  private let answered = RecordID<ServiceLink>()
  private let told = NIOLockedValueBox<(token: String, answer: String, pair: String)>(("", "", ""))

  func tell(_ house: Installation, by actor: Actor) async throws {
    let head = Actor(
      id: actor.id, name: actor.name, institution: actor.institution, antenna: actor.antenna, scope: .antenna,
      duties: Role.antennaHead.duties)
    let directory = house.directory
    let owner = Fields(["kind": "ngo", "name-fr": "Main tendue", "state": "active"])
    try await directory.add(provider, owner, of: head.antenna, by: head)
    let office = ProviderPlace(
      id: place, provider: provider, name: "Bureau", governorate: GovernorateCode(rawValue: "TN-11"),
      delegation: nil, address: "Rue inventée", phone: nil, access: [])
    try await directory.add(office, by: head)
    let facts = Fields([
      "name-fr": "Refuge", "needs": "housing", "areas": "TN-11", "published": "yes", "state": "active",
      "places": place.text,
    ])
    try await directory.add(service, facts, by: provider, of: head.antenna, as: head)
    for id in [answered, link] { try await directory.makeLink(id, to: service, by: head) }
    let row = ServiceRow(
      line: 2, key: "csv:\(services)", providerKey: nil, provider: ["name-fr": "Zitouna", "kind": "ngo"],
      service: ["name-fr": ["Cours"], "needs": ["school"]])
    try await directory.send(services, "liste.csv", [row], by: head)
    let made = try await directory.confirmations(of: service).links
    let first = try #require(made.first { $0.link.id == answered })
    try await directory.answer(first.token, .changed, words: "A new phone")
    let answer = try #require(try await directory.confirmations(of: service).answers.first)
    let token = try #require(made.first { $0.link.id == link }).token
    let all = try #require(HSDS.Asked(page: "1", size: "1"))
    let pair = try #require(try await directory.publicPairs(.init(provider: provider), all).pairs.first)
      .joined
    told.withLockedValue { $0 = (token, answer.id.text, HSDS.uuid(pair.id)) }
  }

  func step(_ step: String, of path: String) -> String {
    switch step {
    case ":provider": provider.text
    case ":service": service.text
    case ":place": place.text
    case ":link": told.withLockedValue { $0.token }
    case ":own": link.text
    case ":services": services.text
    case ":answer": told.withLockedValue { $0.answer }
    default:
      if path.contains("services/") {
        HSDS.uuid(service)
      } else if path.contains("organizations") {
        HSDS.uuid(provider)
      } else if path.contains("taxonomies") {
        HSDS.Taxonomy.needs.id
      } else if path.contains("taxonomy_terms") {
        HSDS.TaxonomyTerm.id(.housing)
      } else if path.contains("service_at") {
        told.withLockedValue { $0.pair }
      } else {
        HSDS.uuid(place)
      }
    }
  }
}
