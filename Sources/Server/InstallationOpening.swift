import Aids
import Documents
import Foundation
import Letters
import Messages
import Papers
import Pieces
import Storage

/// How an installation is opened, as its settings say.
extension Installation {
  /// Opens the database and proves that the key opens it.
  /// - Parameter isBulk: give up durability for speed: for data that can be made again.
  static func open(_ settings: Settings, isBulk: Bool = false, mayMigrate: Bool = true) async throws
    -> Installation
  {
    do { try Letters.mustLoad() } catch { throw Stop("A model of a letter cannot be used. \(error)") }
    do { try AidClauses.mustLoad() } catch { throw Stop("The clauses of contracts cannot be used. \(error)") }
    let database = try openDatabase(settings, keys: try keys(settings), isBulk: isBulk)
    if mayMigrate { try await database.migrate(migrations) }
    try await InstallationKeys.check(database)
    return Installation(
      database: database,
      scanner: ClamdAddress(settings["documents.clamd"]).map { VirusScanner.clamd(at: $0) },
      warnDays: settings.number("documents.warn-days"), daysToPlan: settings.number("plans.days"),
      daysToAnswer: settings.number("transfers.answer-days"),
      daysToJudge: settings.number("openings.judge-days"),
      daysKept: settings.number("receptions.keep-days"),
      usualMonths: Int(settings["reception.usual-months"]),
      daysToProve: settings.number("aids.prove-days"),
      daysToAnswerRights: Int(settings["rights.answer-days"]),
      daysToAnswerQuestions: Int(settings["questions.answer-days"]),
      daysToAppeal: Int(settings["committees.appeal-days"]),
      pieces: try pieces(settings["pieces.file"]),
      papers: Papers(python: settings["papers.python"], fonts: settings["papers.fonts"]),
      gateways: try gateways(settings), retrySeconds: settings.number("messages.retry-seconds"),
      timeoutSeconds: settings.number("messages.timeout-seconds"), publicURL: settings["http.public-url"],
      guessesAMinute: settings.number("links.guesses-a-minute"))
  }

  /// What sends messages; what is not set is not there.
  private static func gateways(_ settings: Settings) throws -> MessageGateways {
    let timeout = settings.number("messages.timeout-seconds")
    var gateways = MessageGateways()
    if !settings["mail.server"].isEmpty {
      guard !settings["mail.from"].isEmpty else { throw Stop("mail.server is set, and mail.from is not.") }
      gateways.mail =
        MailServer(
          url: settings["mail.server"], from: settings["mail.from"], user: settings["mail.user"],
          password: try password("mail.password-file", settings), needsTLS: settings.isOn("mail.tls"),
          timeout: timeout
        ).gateway
    }
    if !settings["sms.url"].isEmpty {
      gateways.sms =
        SMSServer(
          template: settings["sms.url"], password: try password("sms.password-file", settings),
          timeout: timeout
        ).gateway
    }
    return gateways
  }

  /// The first line of a file that nobody else reads; empty where none is named.
  private static func password(_ name: String, _ settings: Settings) throws -> String {
    let path = settings[name]
    guard !path.isEmpty else { return "" }
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    guard let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue,
      let text = try? String(contentsOfFile: path, encoding: .utf8)
    else { throw Stop("\(name) is “\(path)”, which cannot be read.") }
    guard mode & 0o077 == 0 else {
      throw Stop("\(name) is “\(path)”, which others may read. Set its mode to 0600.")
    }
    return text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
  }

  /// What is known of the papers that a file needs: of the office's own file, where there is one.
  private static func pieces(_ path: String) throws -> PieceKnowledge {
    guard !path.isEmpty else { return .own }
    do {
      return try PieceKnowledge(yaml: String(contentsOfFile: path, encoding: .utf8))
    } catch {
      throw Stop("pieces.file is “\(path)”, which cannot be taken: \(error)")
    }
  }

  static func openDatabase(_ settings: Settings, keys: KeyRing, isBulk: Bool = false) throws -> Database {
    let address = settings["database"]
    let vault = Vault(keys)
    let count = Int(settings["database.connections"])
    if isPostgres(address) {
      return try .postgres(address, vault: vault, connections: count ?? 8, isBulk: isBulk)
    }
    try makeFolder(of: address)
    return try .sqlite(address, vault: vault, readers: count ?? readers, isBulk: isBulk)
  }

  static func isPostgres(_ address: String) -> Bool {
    address.hasPrefix("postgres://") || address.hasPrefix("postgresql://") || address.contains("=")
  }

  /// A read of SQLite keeps a processor busy: more threads than processors only wake each other up; one more reads on
  /// while another waits for the disk.
  private static var readers: Int { ProcessInfo.processInfo.activeProcessorCount + 1 }

  /// Makes the folder in which a file is to be, where it is missing.
  static func makeFolder(of path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Stop("The folder \(folder) cannot be made: \(error.localizedDescription)")
    }
  }

  /// The master key: from TOUNESNA_KEY, or from its file.
  static func keys(_ settings: Settings) throws -> KeyRing {
    if let text = ProcessInfo.processInfo.environment["TOUNESNA_KEY"], !text.isEmpty {
      return try KeyRing(text: text)
    }
    return try KeyRing(file: settings["key.file"])
  }

  /// Whether the database holds invented persons.
  func isDemo() async throws -> Bool {
    try await database.read { db in try InstallationKeys.mark("demo", in: db) != nil }
  }
}
