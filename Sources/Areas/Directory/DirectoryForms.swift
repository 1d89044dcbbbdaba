import Antennas
import Basics
import Cases
import Documents
import Foundation
import People

/// A provider as typed.
enum ProviderForm {
  static func checked(_ typed: Typed) throws(Refusal) -> (
    id: RecordID<Provider>, fields: Fields, version: Int?
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Provider> = check.newID()
    var fields = Fields()
    let kind: Provider.Kind? = check.required(choice: "kind", say("Choose what it is."))
    fields["kind"] = kind?.rawValue
    fields["state"] = (check.choice("state", Provider.State.self) ?? .active).rawValue
    ServiceForm.texts("name", limit: 200, &check, &fields)
    ServiceForm.texts("about", limit: 2_000, &check, &fields)
    ServiceForm.needOne("name", fields, &check)
    fields["url"] = ServiceForm.address("url", &check)
    fields["email"] = ServiceForm.email("email", &check)
    fields["phone"] = check.text("phone", limit: 100)
    let version = check.number("version", in: 1...1_000_000)
    try check.finish()
    return (id, fields, version)
  }
}

/// A place as typed.
enum PlaceForm {
  static func checked(_ typed: Typed, of provider: RecordID<Provider>, in territory: Territory)
    throws(Refusal)
    -> ProviderPlace
  {
    var check = FormCheck(typed)
    let id: RecordID<ProviderPlace> = check.newID()
    let name = check.required("name", say("Write how this place is called."))
    let governorate = check.code("governorate", among: territory.governorates.lazy.map(\.id))
    if typed["governorate"].isEmpty { check.refuse("governorate", say("Choose a governorate.")) }
    let (delegation, address) = (check.text("delegation"), check.text("address", limit: 500))
    let phone = check.text("phone", limit: 100)
    let access: [Service.Access] = ServiceForm.choices("access", &check)
    try check.finish()
    guard let governorate else { throw .invalid(check.errors) }
    return ProviderPlace(
      id: id, provider: provider, name: name, governorate: governorate, delegation: delegation,
      address: address,
      phone: phone, access: access)
  }
}

/// A service as typed.
enum ServiceForm {
  struct Checked {
    let id: RecordID<Service>
    let fields: Fields
    let version: Int?
  }

  static func checked(_ typed: Typed, in territory: Territory, places: [ProviderPlace]) throws(Refusal)
    -> Checked
  {
    var check = FormCheck(typed)
    let id: RecordID<Service> = check.newID()
    var fields = Fields()
    texts("name", limit: 200, &check, &fields)
    for name in ["about", "how", "conditions"] { texts(name, limit: 2_000, &check, &fields) }
    needOne("name", fields, &check)
    let needs: [Service.Need] = choices("needs", &check)
    if needs.isEmpty { check.refuse("needs", say("Choose at least one.")) }
    fields["needs"] = joined(needs)
    conditions(&check, &fields)
    reach(territory, &check, &fields)
    hours(&check, &fields)
    fields["cost"] = check.choice("cost", Service.Cost.self)?.rawValue
    if let text = check.text("cost-amount", limit: 20) {
      if let amount = Money(typed: text, .tnd, most: 1_000_000) {
        fields["cost-amount"] = amount.typed
      } else {
        check.refuse("cost-amount", say("Write an amount in dinars, such as 12,500."))
      }
    }
    fields["cost-note"] = check.text("cost-note", limit: 500)
    fields["languages"] = known("languages", DirectoryWords.languages, &check)
    fields["access"] = joined(choices("access", &check) as [Service.Access])
    fields["capacity"] = check.number("capacity", in: 0...100_000).map { String($0) }
    fields["contact-name"] = check.text("contact-name")
    fields["contact-role"] = check.text("contact-role")
    fields["contact-phone"] = check.text("contact-phone", limit: 100)
    fields["contact-email"] = email("contact-email", &check)
    agreement(&check, &fields)
    fields["published"] = typed.isChecked("published") ? "yes" : nil
    fields["state"] = (check.choice("state", Service.State.self) ?? .active).rawValue
    fields["places"] = known("places", places.map(\.id.text), &check)
    let version = check.number("version", in: 1...1_000_000)
    try check.finish()
    return Checked(id: id, fields: fields, version: version)
  }

  private static func conditions(_ check: inout FormCheck, _ fields: inout Fields) {
    let (from, to) = (check.number("age-from", in: 0...120), check.number("age-to", in: 0...120))
    if let from, let to, to < from { check.refuse("age-to", say("The last age lies below the first.")) }
    fields["age-from"] = from.map { String($0) }
    fields["age-to"] = to.map { String($0) }
    fields["sex"] = check.choice("sex", Person.Sex.self)?.rawValue
    fields["returns"] = joined(choices("returns", &check) as [ReturnFacts.Kind])
    fields["situations"] = joined(choices("situations", &check) as [Service.Situation])
    fields["required-papers"] = known("required-papers", Service.paperKinds.map(\.rawValue), &check)
    fields["papers"] = check.paragraph("papers", limit: 2_000).map(lines)
  }

  private static func reach(_ territory: Territory, _ check: inout FormCheck, _ fields: inout Fields) {
    fields["nationwide"] = check.typed.isChecked("nationwide") ? "yes" : nil
    let codes = territory.governorates.map(\.id.rawValue)
    var areas = check.typed.all("governorates").filter { codes.contains($0) }
    if areas.count < check.typed.all("governorates").count {
      check.refuse("governorates", say("Choose one of the answers offered."))
    }
    for line in (check.paragraph("delegations", limit: 4_000) ?? "").split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces).replacing("/", with: " ")
      }
      guard parts.count == 2, !parts[1].isEmpty, let code = governorate(parts[0], in: territory) else {
        check.refuse(
          "delegations",
          say(
            "Write one a line: the governorate, a colon, the delegation. This cannot be read: \(String(line.prefix(60)))"
          ))
        return
      }
      areas.append("\(code)/\(parts[1])")
    }
    fields["areas"] = areas.isEmpty ? nil : areas.joined(separator: "\n")
  }

  static func governorate(_ text: String, in territory: Territory) -> GovernorateCode? {
    territory.governorates.first { governorate in
      governorate.id.rawValue == text
        || Language.allCases.contains { Folding.isSame(governorate.name.text(in: $0), text) == true }
    }?.id
  }

  private static func hours(_ check: inout FormCheck, _ fields: inout Fields) {
    fields["days"] = joined(choices("days", &check) as [Service.Weekday])
    for name in ["opens", "closes"] {
      guard let text = check.text(name, limit: 5)?.westernDigits else { continue }
      if let time = time(text) {
        fields[name] = time
      } else {
        check.refuse(name, say("Write the time as 08:30."))
      }
    }
    if let opens = fields["opens"], let closes = fields["closes"], closes <= opens {
      check.refuse("closes", say("It closes before it opens."))
    }
    fields["hours-note"] = check.text("hours-note", limit: 500)
  }

  static func time(_ text: String) -> String? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let hour = parts[0], let minute = parts[1], (0...23).contains(hour),
      (0...59).contains(minute)
    else { return nil }
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }

  private static func agreement(_ check: inout FormCheck, _ fields: inout Fields) {
    fields["agreement-with"] = check.text("agreement-with", limit: 500)
    let (from, until) = (check.day("agreement-from"), check.day("agreement-until"))
    if let from, let until, until < from {
      check.refuse("agreement-until", say("The last day lies before the first."))
    }
    fields["agreement-from"] = from?.description
    fields["agreement-until"] = until?.description
    fields["agreement-data"] = check.text("agreement-data", limit: 1_000)
  }

  static func texts(_ name: String, limit: Int, _ check: inout FormCheck, _ fields: inout Fields) {
    for language in Language.allCases {
      fields["\(name)-\(language.rawValue)"] = check.paragraph("\(name)-\(language.rawValue)", limit: limit)
    }
  }

  static func needOne(_ name: String, _ fields: Fields, _ check: inout FormCheck) {
    let isTyped = Language.allCases.contains { !check.typed["\(name)-\($0.rawValue)"].isEmpty }
    if !isTyped { check.refuse("\(name)-fr", say("Write the name in one language at least.")) }
  }

  static func address(_ name: String, _ check: inout FormCheck) -> String? {
    guard let text = check.text(name, limit: 500) else { return nil }
    let url = URL(string: text)
    if !["http", "https"].contains(url?.scheme) || url?.host()?.isEmpty != false {
      check.refuse(name, say("Write the whole address, with https:// in front."))
    }
    return text
  }

  static func email(_ name: String, _ check: inout FormCheck) -> String? {
    guard let text = check.text(name) else { return nil }
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let isWritten =
      parts.count == 2 && !parts[0].isEmpty && parts[1].contains(".") && !text.contains(where: \.isWhitespace)
      && text.unicodeScalars.allSatisfy { $0.isASCII && !"<>\"'\\,;()[]".unicodeScalars.contains($0) }
    if !isWritten { check.refuse(name, say("Write the e-mail address as name@example.tn.")) }
    return text
  }

  static func choices<Value: RawRepresentable<String> & CaseIterable>(
    _ name: String, _ check: inout FormCheck
  )
    -> [Value]
  {
    let typed = check.typed.all(name)
    let chosen = Value.allCases.filter { typed.contains($0.rawValue) }
    if chosen.count < Set(typed).count { check.refuse(name, say("Choose one of the answers offered.")) }
    return Array(chosen)
  }

  private static func known(_ name: String, _ known: [String], _ check: inout FormCheck) -> String? {
    let typed = check.typed.all(name)
    let chosen = known.filter { typed.contains($0) }
    if chosen.count < Set(typed).count { check.refuse(name, say("Choose one of the answers offered.")) }
    return chosen.isEmpty ? nil : chosen.joined(separator: " ")
  }

  private static func joined<Value: RawRepresentable<String>>(_ values: [Value]) -> String? {
    values.isEmpty ? nil : values.map(\.rawValue).joined(separator: " ")
  }

  private static func lines(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }.filter {
      !$0.isEmpty
    }
    .joined(separator: "\n")
  }

  /// What the form of a service shows before anybody has typed.
  static func typed(_ fields: Fields, version: Int, in territory: Territory, _ language: Language) -> Typed {
    var values = fields.values.mapValues { [$0] }
    let lists = [
      "needs", "returns", "situations", "required-papers", "days", "languages", "access", "places",
    ]
    for name in lists {
      values[name] = fields[name]?.split(separator: " ").map(String.init)
    }
    let areas = (fields["areas"] ?? "").split(separator: "\n").compactMap { Service.Area(String($0)) }
    values["governorates"] = areas.filter { $0.delegation == nil }.map(\.governorate.rawValue)
    let delegations = areas.compactMap { area in
      area.delegation.map { "\(territory.name(of: area.governorate, in: language)): \($0)" }
    }
    values["delegations"] = [delegations.joined(separator: "\n")]
    values["version"] = [String(version)]
    return Typed(values)
  }
}
