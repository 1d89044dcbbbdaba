import ArgumentParser
import Basics
import Foundation
import Storage

struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Writes everything as JSON Lines, a file a table, into a new folder.",
    discussion:
      """
      For any engine, and to leave with. What is sealed stays sealed: it is read with the master key, which is not in it. \
      With --opened it is opened too, and whoever holds the folder reads everything of everyone: that it was made stands \
      in the journal.
      """
  )

  @OptionGroup var options: SettingsOptions
  @Argument(help: "The folder; new or empty.") var folder: String
  @Flag(help: "Each table as CSV too.") var csv = false
  @Flag(help: "What is sealed opened too, and the documents as files: readable by whoever holds the folder.")
  var opened = false

  func run() async throws {
    let installation = try await Installation.open(try await Settings(options), mayMigrate: false)
    if opened { try await tellJournal(installation) }
    // The journal is whole up to a head.
    try await Journal.seal(installation.database, at: Date())
    let rows = try await copying {
      let (opens, leaving) = (opened, OpenedExport(people: installation.people))
      return try await installation.database.export(
        to: CopyFolder(path: folder), withCSV: csv, at: Date(),
        also: { folder, db in opens ? try leaving.write(to: folder, in: db) : [] })
    }
    try await installation.database.close()
    Console.say("\(rows) rows are in \(folder).")
    if opened { Console.say("What was sealed is opened in it: keep it as you keep the master key.") }
  }

  /// Before anything is opened.
  private func tellJournal(_ installation: Installation) async throws {
    let now = Date()
    try await installation.database.write { db in
      try Journal.append(
        "export.opened", on: RecordReference("export", RecordID<Never>()), by: .program, at: now, in: db)
    }
  }
}

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copies the database with its documents into a new folder, while it is served.",
    discussion: """
      The master key is never inside. Losing the key loses the data, that of the backups too: keep a copy of its file \
      apart from both.
      """)

  @OptionGroup var options: SettingsOptions
  @Argument(help: "The folder; new or empty.") var folder: String

  func run() async throws {
    let installation = try await Installation.open(try await Settings(options), mayMigrate: false)
    try await copying { try await installation.database.backUp(to: CopyFolder(path: folder), at: Date()) }
    try await installation.database.close()
    Console.say("The backup is in \(folder). The master key is not: keep its file apart.")
  }
}

struct RestoreCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore", abstract: "Puts a backup or an export back where nothing is yet.",
    discussion: """
      A backup goes into the engine it comes from, an export into either; with the master key the copy was sealed with. \
      Every file is held against its checksum first.
      """)

  @OptionGroup var options: SettingsOptions
  @Argument(help: "The folder of the backup or the export.") var folder: String

  func run() async throws {
    let settings = try await Settings(options)
    let keys = try Installation.keys(settings)
    let copy = CopyFolder(path: folder)
    try await copying {
      let list = try copy.checked()
      switch list.kind {
      case .backup: try await restore(list, from: copy, settings, keys)
      case .export: try await load(list, from: copy, settings, keys)
      }
    }
  }

  private func restore(_ list: CopyFolder.List, from copy: CopyFolder, _ settings: Settings, _ keys: KeyRing)
    async throws
  {
    let address = settings["database"]
    if Installation.isPostgres(address) {
      let database = try Installation.openDatabase(settings, keys: keys)
      try await BackupRestore.postgres(list, from: copy, to: address, database)
      try await database.close()
    } else {
      try Installation.makeFolder(of: address)
      try await BackupRestore.sqlite(list, from: copy, to: address, vault: Vault(keys))
    }
    Console.say("The backup of \(list.madeAt) is back.")
  }

  private func load(_ list: CopyFolder.List, from copy: CopyFolder, _ settings: Settings, _ keys: KeyRing)
    async throws
  {
    let database = try Installation.openDatabase(settings, keys: keys, isBulk: true)
    guard try await database.read({ db in try Database.isUntouched(in: db) }) else { throw CopyRefusal.inUse }
    try await database.migrate(Installation.migrations)
    let rows = try await database.load(list, from: copy)
    try await database.close()
    Console.say("The export of \(list.madeAt) is back: \(rows) rows.")
  }
}

/// What stands in the way of a copy, as one sentence.
private func copying<Value>(_ work: () async throws -> Value) async throws -> Value {
  do {
    return try await work()
  } catch let fault as CopyFolder.Fault {
    throw Stop(fault.description)
  } catch let refusal as CopyRefusal {
    throw Stop(refusal.description)
  }
}
