import Antennas
import Basics
import Documents
import Foundation
import Imports

/// Reads files of services: CSV with the names of the form's fields as titles, or HSDS 3.0 as JSON.
enum ServiceFile {
  static func rows(at path: String, in territory: Territory) throws -> [ServiceRow] {
    guard let data = FileManager.default.contents(atPath: path), !data.isEmpty else {
      throw ServiceFileFault(phrase: say("The file is empty."))
    }
    guard data.count <= ServiceImport.mostBytes else {
      throw ServiceFileFault(phrase: say("The file has more than 1 MB: send it in several parts."))
    }
    let first = data.drop { $0 <= 32 || [0xEF, 0xBB, 0xBF].contains($0) }.first
    let isJSON = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    let rows = isJSON ? try hsds(data) : try csv(path)
    guard !rows.isEmpty else { throw ServiceFileFault(phrase: say("There is no service in the file.")) }
    guard rows.count <= ServiceImport.mostRows else {
      throw ServiceFileFault(
        phrase: say("The file has more than \(ServiceImport.mostRows) services: send it in several parts."))
    }
    return rows
  }

  private static func csv(_ path: String) throws -> [ServiceRow] {
    do {
      var reader = try CSVReader(path: path, separator: nil)
      let titles = reader.titles.map { $0.lowercased() }
      let known = Set(lists + texts + providerTexts)
      if let strange = titles.first(where: { !$0.isEmpty && !known.contains($0) }) {
        throw ServiceFileFault(
          phrase: say(
            "This title is not known: \(String(strange.prefix(60))). The help below names those that are."))
      }
      guard titles.contains("provider"), titles.contains(where: { $0.hasPrefix("name-") }) else {
        throw ServiceFileFault(phrase: say("The titles provider and name-fr are needed."))
      }
      var rows: [ServiceRow] = []
      while let row = try reader.next(), rows.count <= ServiceImport.mostRows {
        let cells = Dictionary(zip(titles, row.cells)) { first, _ in first }.filter { !$0.value.isEmpty }
        rows.append(read(cells, line: row.number))
      }
      return rows
    } catch let fault as ImportFault {
      throw ServiceFileFault(phrase: fault.phrase)
    }
  }

  private static func read(_ cells: [String: String], line: Int) -> ServiceRow {
    var service: [String: [String]] = [:]
    for (name, text) in cells where !providerTexts.contains(name) {
      let isList = lists.contains(name)
      service[name] =
        isList ? text.split { ", ;".contains($0) }.map(String.init) : [text.replacing("|", with: "\n")]
    }
    let provider = [
      "name-fr": cells["provider"], "name-ar": cells["provider-ar"], "name-en": cells["provider-en"],
      "kind": cells["provider-kind"] ?? "ngo", "email": cells["provider-email"], "url": cells["provider-url"],
      "phone": cells["provider-phone"],
    ].compactMapValues(\.self)
    return ServiceRow(
      line: line, key: cells["id"].map { "csv:\($0)" }, providerKey: nil, provider: provider, service: service
    )
  }

  /// Words with spaces or commas between.
  static let lists = [
    "needs", "governorates", "days", "languages", "access", "returns", "situations", "required-papers",
  ]
  static let texts =
    ["name", "about", "how", "conditions"].flatMap { name in
      Language.allCases.map { "\(name)-\($0.rawValue)" }
    }
    + [
      "delegations", "nationwide", "age-from", "age-to", "sex", "papers", "opens", "closes", "hours-note",
      "cost",
      "cost-amount", "cost-note", "capacity", "contact-name", "contact-role", "contact-phone",
      "contact-email",
      "published", "state",
    ]
  static let providerTexts = [
    "id", "provider", "provider-ar", "provider-en", "provider-kind", "provider-email", "provider-url",
    "provider-phone",
  ]

  private static func hsds(_ data: Data) throws -> [ServiceRow] {
    let decoder = JSONDecoder()
    let services: [HSDSFile.Service]
    if let page = try? decoder.decode(HSDSFile.Page.self, from: data) {
      services = page.contents
    } else if let list = try? decoder.decode([HSDSFile.Service].self, from: data) {
      services = list
    } else if let one = try? decoder.decode(HSDSFile.Service.self, from: data) {
      services = [one]
    } else {
      throw ServiceFileFault(
        phrase: say("This JSON holds no services of HSDS 3.0: each has an id and a name."))
    }
    return services.enumerated().map { $1.row($0 + 1) }
  }
}

/// HSDS 3.0 as others write it: what we take of it. Everything but id and name may be missing.
enum HSDSFile {
  struct Page: Decodable { let contents: [Service] }

  struct Service: Decodable {
    let id, name: String
    let alternate_name, description, status, application_process, eligibility_description,
      fees_description: String?
    let minimum_age, maximum_age: Double?
    let organization: Organization?
    let schedules: [Schedule]?
    let service_areas: [Area]?
    let languages: [Spoken]?
    let required_documents: [Document]?
    let cost_options: [Cost]?
    let attributes: [Attribute]?
  }
  struct Organization: Decodable {
    let id, name: String
    let alternate_name, description, email, website: String?
  }
  struct Schedule: Decodable { let byday, opens_at, closes_at, description: String? }
  struct Area: Decodable { let name, extent: String? }
  struct Spoken: Decodable { let code: String? }
  struct Document: Decodable { let document: String? }
  struct Cost: Decodable { let amount: Double?; let currency: String? }
  struct Attribute: Decodable { let taxonomy_term: Term? }
  struct Term: Decodable { let code: String? }
}

extension HSDSFile.Service {
  func row(_ line: Int) -> ServiceRow {
    var fields: [String: [String]] = [:]
    func put(_ name: String, _ values: [String?]) {
      let kept = values.compactMap(\.self).filter { !$0.isEmpty }
      if !kept.isEmpty { fields[name] = kept }
    }
    func put(_ name: String, _ text: String?) { put(name, text.map { [$0] } ?? []) }
    put("name-\(Self.language(of: name))", name)
    if let other = alternate_name, Self.language(of: other) != Self.language(of: name) {
      put("name-\(Self.language(of: other))", other)
    }
    put("about-\(Self.language(of: description))", description)
    put("how-\(Self.language(of: application_process))", application_process)
    put("conditions-\(Self.language(of: eligibility_description))", eligibility_description)
    put("age-from", minimum_age.flatMap { Int(exactly: $0) }.map { String($0) })
    put("age-to", maximum_age.flatMap { Int(exactly: $0) }.map { String($0) })
    put("needs", attributes?.map { $0.taxonomy_term?.code } ?? [])
    if fields["needs"] == nil { put("needs", "other") }
    let areas = service_areas ?? []
    if areas.contains(where: { $0.extent == "TN" }) { put("nationwide", "yes") }
    put("governorates", areas.map(\.extent).filter { $0?.hasPrefix("TN-") == true })
    put("days", schedules?.first?.byday?.split(separator: ",").map(String.init) ?? [])
    put("opens", schedules?.first?.opens_at.map { String($0.prefix(5)) })
    put("closes", schedules?.first?.closes_at.map { String($0.prefix(5)) })
    put("hours-note", schedules?.first?.description)
    put("languages", (languages ?? []).map { $0.code }.filter { DirectoryWords.languages.contains($0 ?? "") })
    let papers = required_documents?.compactMap(\.document) ?? []
    // What goes by the name of a kind of ours is one; all else stays as it was written.
    put("required-papers", papers.map { ServiceRecord.paper(named: $0)?.rawValue })
    let others = papers.filter { ServiceRecord.paper(named: $0) == nil }
    put("papers", others.joined(separator: "\n"))
    put("cost-note", fees_description)
    if let cost = cost_options?.first, cost.amount == 0 { put("cost", "free") }
    if let cost = cost_options?.first, let amount = cost.amount, amount > 0,
      cost.currency?.uppercased() == "TND"
    {
      put("cost", "paid")
      put("cost-amount", Money(Int64((amount * 1_000).rounded()), .tnd).typed)
    }
    put("state", status == "active" || status == nil ? "active" : "paused")
    put("published", "yes")
    let owner = organization
    let provider = [
      "kind": "ngo", "name-\(Self.language(of: owner?.name))": owner?.name,
      "about-\(Self.language(of: owner?.description))": owner?.description, "email": owner?.email,
      "url": owner?.website,
    ].compactMapValues(\.self)
    return ServiceRow(
      line: line, key: "hsds:\(id)", providerKey: owner.map { "hsds:\($0.id)" }, provider: provider,
      service: fields)
  }

  /// Of a text in Arabic letters, Arabic; else French: HSDS does not say.
  private static func language(of text: String?) -> String {
    let isArabic = text?.unicodeScalars.contains { (0x0600...0x06FF).contains($0.value) } ?? false
    return isArabic ? "ar" : "fr"
  }
}
