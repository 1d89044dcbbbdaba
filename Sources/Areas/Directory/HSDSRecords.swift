import Antennas
import Basics
import Foundation

/// The records of HSDS 3.0, as far as the directory fills them. Fields may be added, never renamed or removed.
extension HSDS {
  struct Organization: Encodable, Sendable {
    let id, name: String
    let alternate_name: String?
    let description: String
    let email, website: String?
    var phones: [Phone]?
    var locations: [Location]?
    var services: [Service]?
  }

  struct Phone: Encodable, Sendable {
    let id, number: String
    let type = "voice"
  }

  struct Service: Encodable, Sendable {
    let id: String
    let organization_id: String
    let name: String
    let alternate_name, description: String?
    let status: String
    let application_process, fees_description, eligibility_description: String?
    let minimum_age, maximum_age: Int?
    let assured_date: String?
    let last_modified: String
    var organization: Organization?
    var schedules: [Schedule]?
    var service_areas: [ServiceArea]?
    var service_at_locations: [ServiceAtLocation]?
    var languages: [SpokenLanguage]?
    var cost_options: [CostOption]?
    var required_documents: [RequiredDocument]?
    var attributes: [Attribute]?
  }

  /// With `minimal=true`.
  struct Minimal: Encodable, Sendable {
    let id, name, status, last_modified: String
  }

  struct Schedule: Encodable, Sendable {
    let id: String
    let freq = "WEEKLY"
    let byday, opens_at, closes_at, description: String?
  }

  struct ServiceArea: Encodable, Sendable {
    let id, name: String
    let extent: String?
  }

  struct ServiceAtLocation: Encodable, Sendable {
    let id, service_id, location_id: String
    // `openapi.json` describes one of these by the schema of a service: so it carries what that asks for.
    var name, status: String?
    var location: Location?
    var service: Service?
  }

  struct Location: Encodable, Sendable {
    let id: String
    let location_type = "physical"
    let organization_id, name: String
    let addresses: [Address]?
    let accessibility: [Accessibility]?
    let phones: [Phone]?
  }

  struct Address: Encodable, Sendable {
    let id, address_1, city, state_province: String
    /// Not known: the record asks for one.
    let postal_code = ""
    let country = "TN"
    let address_type = "physical"
  }

  struct Accessibility: Encodable, Sendable {
    let id, description: String
  }

  struct SpokenLanguage: Encodable, Sendable {
    let id, name, code: String
  }

  struct CostOption: Encodable, Sendable {
    let id: String
    let option: String
    let currency: String?
    let amount: Double?
    let amount_description: String?
  }

  struct RequiredDocument: Encodable, Sendable {
    let id, document: String
  }

  struct Attribute: Encodable, Sendable {
    let id, link_id, taxonomy_term_id: String
    let link_type = "attribute"
    let link_entity = "service"
    let taxonomy_term: TaxonomyTerm
  }

  struct Taxonomy: Encodable, Sendable {
    let id, name, description, version: String

    /// The one that the directory has: what a service helps with.
    static let needs = Taxonomy(
      id: uuid(of: "taxonomy", "needs"), name: "Needs",
      description: "What a service helps with: the short list of the reintegration scheme.", version: "1")
  }

  struct TaxonomyTerm: Encodable, Sendable {
    let id, code, name, description, taxonomy, language, taxonomy_id: String

    init(_ need: ServiceRecord.Need) {
      let name = Reader(.french)(DirectoryWords.need(need))
      id = Self.id(need)
      code = need.rawValue
      (self.name, description) = (name, name)
      taxonomy = Taxonomy.needs.name
      language = "fr"
      taxonomy_id = Taxonomy.needs.id
    }

    static func id(_ need: ServiceRecord.Need) -> String { uuid(of: "need", need.rawValue) }
  }
}
