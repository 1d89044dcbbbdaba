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
  private let answered = RecordID<ServiceLink>()
  private let told = NIOLockedValueBox<(token: String, answer: String)>(("", ""))

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
    let made = try await directory.confirmations(of: service).links
    let first = try #require(made.first { $0.link.id == answered })
    try await directory.answer(first.token, .changed, words: "A new phone")
    let answer = try #require(try await directory.confirmations(of: service).answers.first)
    let token = try #require(made.first { $0.link.id == link }).token
    told.withLockedValue { $0 = (token, answer.id.text) }
  }

  func step(_ step: String, of path: String) -> String {
    switch step {
    case ":provider": provider.text
    case ":service": service.text
    case ":place": place.text
    case ":link": told.withLockedValue { $0.token }
    case ":own": link.text
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
      } else {
        HSDS.uuid(place)
      }
    }
  }
}
