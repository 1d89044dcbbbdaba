import Basics
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct `The open data` {
  private struct Page: Decodable {
    struct Item: Decodable {
      let id: String
      let name: String?
    }
    let total_items, total_pages, page_number, size: Int
    let first_page, last_page, empty: Bool
    let contents: [Item]
  }

  private struct Asked: Decodable {
    struct Item: Decodable { let id, document: String }
    let required_documents: [Item]
  }

  private static func page(_ path: String, _ site: TestSite) async throws -> Page {
    let answer = try await site.get(path, as: nil)
    #expect(answer.status == .ok && answer.headers[.contentType] == "application/json", "\(path)")
    return try JSONDecoder().decode(Page.self, from: Data(answer.bytes))
  }

  @Test(arguments: TestDatabase.engines)
  func `is paged, narrowed, and holds what is published and nothing else`(engine: Database.Engine)
    async throws
  {
    try await DirectoryRoom.with(engine) { room in
      let provider = try await room.provider("Main tendue")
      let place = ProviderPlace(
        id: RecordID(), provider: provider, name: "Bureau du Kef", governorate: "TN-33", delegation: nil,
        address: "Avenue inventée", phone: nil, access: [.wheelchair])
      try await room.directory.add(place, by: Staff.chokri)
      let inside = ["contact-name": "Nour Secrète", "agreement-with": "Accord secret", "capacity": "7"]
      let open = try await room.service(
        "Refuge", of: provider,
        inside.merging([
          "places": place.id.text, "cost": "free", "days": "MO", "required-papers": "identity-card passport",
          "papers": "Deux photos",
        ]) { $1 })
      let hidden = try await room.service("Caché", of: provider, ["published": ""])
      try await room.serve { site in
        let all = try await Self.page("/hsds/services?per_page=10", site)
        #expect(
          all.total_items == 17 && all.total_pages == 2 && all.size == 10 && all.first_page && !all.last_page)
        let last = try await Self.page("/hsds/services?per_page=10&page=2", site)
        #expect(
          last.size == 7 && last.last_page
            && Set(all.contents.map(\.id) + last.contents.map(\.id)).count == 17)
        let beyond = try await Self.page("/hsds/services?page=99", site)
        #expect(beyond.empty)
        let found = try await Self.page("/hsds/services?search=refuge", site)
        #expect(found.contents.map(\.id) == [HSDS.uuid(open)])
        let term = HSDS.TaxonomyTerm.id(.housing)
        let housing = try await Self.page("/hsds/services?taxonomy_term_id=\(term)", site)
        #expect(housing.contents.contains { $0.id == HSDS.uuid(open) })
        let whole = try await site.get("/hsds/services/\(HSDS.uuid(open))", as: nil)
        #expect(whole.text.contains("Avenue inventée"))
        let told = try JSONDecoder().decode(Asked.self, from: Data(whole.bytes))
        let papers = ["Carte d’identité", "Passeport", "Deux photos"]
        #expect(told.required_documents.map(\.document) == papers)
        #expect(Set(told.required_documents.map(\.id)).count == 3)
        for word in ["Nour", "Accord", "capacity"] { #expect(!whole.text.contains(word)) }
        let secret = try await site.get("/hsds/services/\(HSDS.uuid(hidden))", as: nil)
        #expect(secret.status == .notFound)
        let pairs = try await Self.page("/hsds/service_at_locations?full=true", site)
        #expect(pairs.total_items == 1)
        let pair = try await site.get("/hsds/service_at_locations/\(pairs.contents[0].id)", as: nil)
        #expect(pair.status == .ok)
        let places = try await Self.page("/hsds/locations", site)
        #expect(places.contents.map(\.id) == [HSDS.uuid(place.id)])
        let owners = try await Self.page("/hsds/organizations?full=true", site)
        #expect(owners.total_items == 13)
        let terms = try await Self.page("/hsds/taxonomy_terms?per_page=5", site)
        #expect(terms.total_items == Service.Need.allCases.count && terms.size == 5)
        for wrong in ["page=x", "per_page=1.5", "full=maybe"] {
          let refused = try await site.get("/hsds/services?\(wrong)", as: nil)
          #expect(refused.status == .badRequest)
        }
      }
    }
  }
}
