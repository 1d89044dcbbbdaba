import Antennas
import Basics
import Foundation
import Storage

/// Files of services: sent up, seen line by line, entered.
extension Directory {
  /// Keeps a file to be looked at; the same id a second time is the same file.
  func send(_ id: RecordID<ServiceImport>, _ name: String, _ rows: [ServiceRow], by actor: Actor) async throws
  {
    try actor.must(.keepDirectory)
    let now = now()
    try await database.write { db in
      guard try ServiceImportStore.find(id, in: db) == nil else { return }
      let file = ServiceImport(
        id: id, name: name, antenna: actor.antenna, sentAt: now, sentBy: actor.id, rows: rows, done: nil)
      try ServiceImportStore.insert(file, in: db)
    }
  }

  /// What a file would do now, line by line; it is its sender's and the central office's to see.
  func preview(_ id: RecordID<ServiceImport>, for actor: Actor) async throws -> (
    file: ServiceImport, results: [ServiceRowResult]
  ) {
    try actor.must(.keepDirectory)
    let territory = try await antennas.territory()
    return try await database.read { db in
      let file = try Self.require(id, for: actor, in: db)
      return (file, try file.rows.map { try Self.plan($0, file, territory, actor, in: db).result })
    }
  }

  private static func require(_ id: RecordID<ServiceImport>, for actor: Actor, in db: Connection) throws
    -> ServiceImport
  {
    guard let file = try ServiceImportStore.find(id, in: db),
      file.antenna == actor.antenna || actor.scope == .nation
    else { throw Refusal.notFound }
    return file
  }

  /// Enters what is right in a file, in one transaction; the same file sent up again changes nothing.
  func enter(_ id: RecordID<ServiceImport>, by actor: Actor) async throws {
    try actor.must(.keepDirectory)
    let territory = try await antennas.territory()
    let now = now()
    try await database.write { db in
      let file = try Self.require(id, for: actor, in: db)
      guard try ServiceImportStore.finish(id, at: now, in: db) else { return }
      var (added, changed) = (0, 0)
      for row in file.rows {
        // Looked at anew: an earlier row may have entered the same provider.
        let plan = try Self.plan(row, file, territory, actor, in: db)
        switch plan.result.outcome {
        case .refused, .same: continue
        case .added: added += 1
        case .changed: changed += 1
        }
        try Self.carryOut(plan, file, by: actor, at: now, in: db)
      }
      try ServiceImportStore.count(id, added: added, changed: changed, in: db)
      try Journal.append(
        "directory.import", on: RecordReference("service_import", id), by: actor, at: now,
        changes: Fields(["added": String(added), "changed": String(changed)]).asNew, in: db)
    }
  }

  /// What a row comes to: the records it finds, and the fields it would set.
  private struct Plan {
    let result: ServiceRowResult
    var provider: Provider?
    var providerFields = Fields()
    var service: Service?
    var fields = Fields()
    var key: String?
    var providerKey: String?
  }

  private static func plan(
    _ row: ServiceRow, _ file: ServiceImport, _ territory: Territory, _ actor: Actor, in db: Connection
  ) throws -> Plan {
    var errors: [FieldError] = []
    var plan = Plan(result: ServiceRowResult(row: row, outcome: .refused, errors: []))
    do { plan.providerFields = try ProviderForm.checked(Typed(row.provider.mapValues { [$0] })).fields } catch
    {
      if case .invalid(let found) = error { errors += found.map { FieldError("provider", $0.message) } }
    }
    do {
      plan.fields = try ServiceForm.checked(Typed(row.service), in: territory, places: []).fields
    } catch { if case .invalid(let found) = error { errors += found } }
    guard errors.isEmpty else {
      return Plan(result: ServiceRowResult(row: row, outcome: .refused, errors: errors))
    }
    let sort = Provider(id: RecordID(), antenna: nil, changedAt: file.sentAt, fields: plan.providerFields)
      .sort
    plan.providerKey = row.providerKey ?? "name:\(sort)"
    let known = try plan.providerKey.flatMap { try ProviderStore.outside($0, in: db) }
    plan.provider =
      try known.flatMap { try ProviderStore.find($0, in: db) } ?? ProviderStore.named(sort, in: db)
    let name = Texts(plan.fields, "name").text(in: .french)
    plan.key = row.key ?? "name:\(sort):\(Folding.words(name).joined(separator: " "))"
    plan.service = try plan.key.flatMap { try ServiceStore.outside($0, in: db) }.flatMap {
      try ServiceStore.find($0, in: db)
    }
    let outcome: ServiceRowResult.Outcome
    if let service = plan.service {
      // What the file has no word for stays as it is.
      plan.fields = Fields(service.fields.values.merging(plan.fields.values) { $1 })
      outcome = service.fields == plan.fields ? .same : .changed
      if !DirectoryRules.mayKeep(service.antenna, actor) {
        errors.append(FieldError("id", say("Another antenna keeps this service.")))
      }
    } else {
      outcome = .added
      if plan.provider?.state == .ended {
        errors.append(FieldError("provider", say("This provider offers nothing any more.")))
      }
    }
    return Plan(
      result: ServiceRowResult(row: row, outcome: errors.isEmpty ? outcome : .refused, errors: errors),
      provider: plan.provider, providerFields: plan.providerFields, service: plan.service,
      fields: plan.fields,
      key: plan.key, providerKey: plan.providerKey)
  }

  private static func carryOut(
    _ plan: Plan, _ file: ServiceImport, by actor: Actor, at now: Date, in db: Connection
  ) throws {
    if let service = plan.service {
      return try update(service, to: plan.fields, by: actor, at: now, in: db)
    }
    let provider: Provider
    if let found = plan.provider {
      provider = found
    } else {
      provider = Provider(
        id: RecordID(), antenna: file.antenna, isUnconfirmed: true, changedAt: now,
        fields: plan.providerFields)
      try insert(provider, outsideKey: plan.providerKey, by: actor, in: db)
    }
    let service = Service(
      id: RecordID(), provider: provider.id, providerName: provider.name, antenna: file.antenna,
      changedAt: now,
      fields: plan.fields)
    try insert(service, outsideKey: plan.key, by: actor, in: db)
  }
}
