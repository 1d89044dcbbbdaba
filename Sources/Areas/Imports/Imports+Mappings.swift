import Basics
import Cases
import Storage

/// How each partner's file is read: what comes with the program, and what was kept here.
extension Imports {
  /// By the partners' names; what was kept here takes the place of what comes with the program.
  package func mappings(for actor: Actor) async throws -> [KeptMapping] {
    try actor.must(.importPersons)
    let texts = try await database.read { db in try ImportMappingStore.all(in: db) }
    let kept = texts.compactMap { try? KeptMapping(text: $0) }
    let own = KeptMapping.own.filter { mine in !kept.contains { $0.mapping.partner == mine.mapping.partner } }
    return (kept + own).sorted { $0.mapping.partner < $1.mapping.partner }
  }

  /// Keeps a mapping once it was proven: every row of the sample must be understood.
  /// - Throws: `ImportFault` naming the first row that is not.
  package func keep(_ mapping: KeptMapping, provenOn sample: String, by actor: Actor) async throws {
    try Self.prove(await rules(mapping.mapping, for: actor), on: sample)
    let now = now()
    try await database.write { db in
      try ImportMappingStore.keep(mapping, by: actor, at: now, in: db)
      try Journal.append(
        "import.keep-mapping", on: RecordReference("import-mapping", RecordID<KeptMapping>()), by: actor,
        at: now, changes: Fields(["partner": mapping.mapping.partner]).asNew, in: db)
    }
  }

  private static func prove(_ rules: ImportRules, on sample: String) throws {
    var (reader, columns) = try ImportColumns.open(sample, rules.mapping)
    var count = 0
    while count < 1_000, let row = try reader.next() {
      count += 1
      if let wrong = rules.wrong(columns.typed(row)).first {
        let column = rules.mapping.column(of: wrong.field)
        throw ImportFault(
          say("Row \(row.number) of the sample is not understood: look at the column “\(column)”."))
      }
    }
    guard count > 0 else { throw ImportFault(say("The file holds titles and no row under them.")) }
  }

  /// A page of the report: rows of a file that was brought in.
  package func report(_ id: RecordID<ImportFile>, after number: Int, for actor: Actor) async throws
    -> OpenedImport
  {
    try actor.must(.importPersons)
    return try await database.read { db in
      let file = try ImportStore.require(id, visibleTo: actor, in: db)
      guard file.state == .done else { throw Refusal.notFound }
      let rows = try ImportRowStore(file, in: db).rows(after: number, limit: 500, in: db)
      return OpenedImport(
        file: file, mapping: try ImportMapping(yaml: file.mapping), rows: rows,
        next: rows.count == 500 ? rows.last?.number : nil, labels: [:])
    }
  }
}
