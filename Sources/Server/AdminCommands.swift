import Accounts
import Antennas
import ArgumentParser
import Basics
import Foundation
import Imports
import People
import Receptions
import Storage

struct MigrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "migrate", abstract: "Brings the database to what this program expects.")

  @OptionGroup var options: SettingsOptions

  func run() async throws {
    let settings = try await Settings(options)
    let database = try Installation.openDatabase(settings, keys: try Installation.keys(settings))
    let steps = try await database.migrate(Installation.migrations)
    try await InstallationKeys.check(database)
    try await database.close()
    for step in steps { Console.say("done: \(step)") }
    Console.say(steps.isEmpty ? "The database is up to date." : "The database is ready.")
  }
}

struct AccountCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "account", abstract: "Makes accounts of staff.", subcommands: [Create.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes an account.",
      discussion: "The password is read from standard input, so that it stands in no list of processes.")

    @OptionGroup var options: SettingsOptions
    @Option(help: "What is typed to sign in.") var signInName: String
    @Option(help: "The name as colleagues know it.") var name: String
    @Option(help: "A role: \(Role.allCases.map(\.rawValue).joined(separator: ", ")). May be repeated.")
    var role: [String]
    @Option(help: "The antenna's code; none for the centre.") var antenna: String?
    @Option(help: "OTE, PS, ANETI or OFII.") var institution = "OTE"
    @Option(help: "fr, ar or en.") var language = "fr"

    func run() async throws {
      let roles = try Set(
        role.map { text in
          guard let role = Role(rawValue: text) else { throw Stop("There is no role “\(text)”.") }
          return role
        })
      guard let language = Language(rawValue: language) else { throw Stop("The language is fr, ar or en.") }
      guard let password = readLine(strippingNewline: true) else {
        throw Stop("No password came on standard input.")
      }
      let installation = try await Installation.open(try await Settings(options))
      try await checkPlace(roles, in: installation)
      do {
        try await installation.accounts.create(
          NewAccount(
            signInName: signInName, name: name, institution: InstitutionCode(rawValue: institution),
            antenna: antenna.map { AntennaCode(rawValue: $0) }, roles: roles, language: language,
            password: password),
          by: .program)
      } catch Refusal.invalid(let errors) {
        throw Stop(errors.map { Reader(.english)($0.message) }.joined(separator: " "))
      }
      try await installation.database.close()
      Console.say("The account \(signInName) is made; it changes its password at the first sign-in.")
    }

    private func checkPlace(_ roles: Set<Role>, in installation: Installation) async throws {
      let territory = try await installation.antennas.territory()
      guard territory.institutions.contains(where: { $0.id.rawValue == institution }) else {
        throw Stop("There is no institution “\(institution)”.")
      }
      guard let antenna else {
        guard roles.allSatisfy({ $0.isNational || $0.isOutside }) else {
          throw Stop("Name the antenna with --antenna: only national roles have none.")
        }
        return
      }
      guard territory.antennas.contains(where: { $0.id.rawValue == antenna }) else {
        throw Stop("There is no antenna “\(antenna)”.")
      }
    }
  }
}

struct KeyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "Makes, turns over and checks the master key.",
    discussion:
      "Losing the key loses the data. Keep a copy of its file apart from the database and its backups.",
    subcommands: [Create.self, Rotate.self, Check.self])

  struct Create: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Writes a new master key, where none is yet.")
    @OptionGroup var options: SettingsOptions

    func run() async throws {
      let path = try await Settings(options)["key.file"]
      guard !FileManager.default.fileExists(atPath: path) else {
        throw Stop("There is a key at \(path) already: it is never overwritten.")
      }
      try Installation.makeFolder(of: path)
      try KeyRing([MasterKey()]).write(to: path)
      Console.say(
        "The master key is at \(path). Keep a copy apart from the database: losing it loses the data.")
    }
  }

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Turns over to a new master key; what was interrupted goes on where it stood.")
    @OptionGroup var options: SettingsOptions

    func run() async throws {
      let settings = try await Settings(options)
      let path = settings["key.file"]
      let old = try KeyRing(file: path)
      // Two keys in the file: a rotation was interrupted, and its new key stands first.
      let ring = old.keys.count > 1 ? old : KeyRing([MasterKey()] + old.keys)
      try ring.write(to: path)
      let installation = Installation(database: try Installation.openDatabase(settings, keys: ring))
      let count = try await KeyRotation.run(
        installation.database,
        holders: [
          installation.people.rewrap, installation.accounts.rewrap, installation.imports.rewrap,
          installation.receptions.rewrap,
        ])
      try KeyRing(Array(ring.keys.prefix(1))).write(to: path)
      try await installation.database.close()
      Console.say(
        "\(count) keys are wrapped by the new master key. Keep a copy of \(path), and destroy the old one.")
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Proves that the master key opens the database.")
    @OptionGroup var options: SettingsOptions

    func run() async throws {
      let installation = try await Installation.open(try await Settings(options), mayMigrate: false)
      let count = try await installation.people.count()
      try await installation.database.close()
      Console.say("The key opens the database, which holds \(count) persons.")
    }
  }
}

struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Exports the journal and proves that nothing was altered, removed or inserted.",
    subcommands: [Verify.self, Export.self])

  struct Export: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes the journal as JSON lines to standard output.")
    @OptionGroup var options: SettingsOptions

    func run() async throws {
      let installation = try await Installation.open(try await Settings(options), mayMigrate: false)
      try await Journal.seal(installation.database, at: Date())
      try await Journal.export(installation.database) { line in Console.say(line) }
      try await installation.database.close()
    }
  }

  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Verifies the journal of the database, or of an export alone.")
    @OptionGroup var options: SettingsOptions
    @Argument(help: "An export; without it the database is verified.") var export: String?
    @Option(
      help: "The public key (base 64) that must have signed; without it the one in the export is believed.")
    var publicKey: String?
    @Option(
      help: "The newest head that was handed over (SIZE:ROOT, root in base 64): the journal must contain it.")
    var head: String?

    func run() async throws {
      var audit = JournalAudit(publicKey: publicKey, trustedHead: head)
      if let export {
        guard let lines = TextLines(path: export) else { throw Stop("\(export) cannot be read.") }
        for line in lines { audit.read(String(decoding: line, as: UTF8.self)) }
      } else {
        let installation = try await Installation.open(try await Settings(options), mayMigrate: false)
        let box = AuditBox(audit)
        try await Journal.export(installation.database) { line in box.read(line) }
        try await installation.database.close()
        audit = box.audit
      }
      let report = audit.finish()
      for finding in report.findings { Console.say(finding) }
      Console.say(report.summary)
      if !report.isSound { throw ExitCode(1) }
    }
  }
}

/// Lends the audit to a stream of lines that come one after the other.
private final class AuditBox: @unchecked Sendable {
  private(set) var audit: JournalAudit
  init(_ audit: JournalAudit) { self.audit = audit }
  func read(_ line: String) { audit.read(line) }
}
