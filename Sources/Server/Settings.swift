import ArgumentParser
import Configuration
import Documents
import Foundation
import Messages
import Papers
import SystemPackage
import Yams

/// How this installation runs. Options win over environment variables, those over the file, that over the default.
struct Settings: Sendable {
  /// One setting: its key, what stands without it, what is allowed, what it is for.
  struct Key: Sendable {
    let name: String
    let standard: String
    let allowed: String
    let meaning: String
    var isValid: @Sendable (String) -> Bool = { _ in true }

    /// Its name in the environment.
    var variable: String {
      "TOUNESNA_" + name.uppercased().replacing(".", with: "_").replacing("-", with: "_")
    }
  }

  private let values: [String: String]

  /// - Throws: `Stop` naming the key of a wrong value and what is allowed.
  init(
    _ options: SettingsOptions, environment: [String: String] = ProcessInfo.processInfo.environment
  ) async throws {
    let variables = EnvironmentVariablesProvider(environmentVariables: environment)
    var providers: [any ConfigProvider] = [variables.prefixKeys(with: ConfigKey("tounesna"))]
    try Self.mustExist(in: environment)
    if let file = options.settings {
      try Self.mustExist(inFile: file)
      do {
        providers.append(try await FileProvider<YAMLSnapshot>(filePath: FilePath(file)))
      } catch {
        throw Stop("The settings file \(file) cannot be read: \(error)")
      }
    }
    let config = ConfigReader(providers: providers)
    var values: [String: String] = [:]
    for key in Self.table {
      let name = ConfigKey(key.name)
      // A list may be written as a list in YAML.
      let found = config.string(forKey: name) ?? config.stringArray(forKey: name)?.joined(separator: ",")
      let value = options.values[key.name] ?? found ?? key.standard
      guard key.isValid(value) else {
        throw Stop("\(key.name) is “\(value)”, which is not allowed: \(key.allowed).")
      }
      values[key.name] = value
    }
    self.values = values
  }

  /// A name that is no setting would be passed over in silence, and its value with it.
  private static func mustExist(inFile file: String) throws {
    // What cannot be read at all is told by the reader of the settings.
    guard let text = try? String(contentsOfFile: file, encoding: .utf8),
      let document = try? Yams.load(yaml: text) as? [String: Any]
    else { return }
    for name in names(in: document).sorted() where !table.contains(where: { $0.name == name }) {
      throw Stop("The settings file \(file) names “\(name)”: there is no such setting. \(howToList)")
    }
  }

  private static func names(in document: [String: Any]) -> [String] {
    document.flatMap { name, value in
      (value as? [String: Any]).map { names(in: $0).map { "\(name).\($0)" } } ?? [name]
    }
  }

  /// Other programs of the house may have variables of their own; what begins like a setting must be one.
  private static func mustExist(in environment: [String: String]) throws {
    let known = Set(table.map(\.variable) + ["TOUNESNA_KEY"])
    func group(_ name: String) -> String { name.split(separator: "_").prefix(2).joined(separator: "_") }
    let groups = Set(table.filter { $0.name.contains(".") }.map { group($0.variable) })
    for name in environment.keys.sorted() where !known.contains(name) && groups.contains(group(name)) {
      throw Stop("The environment holds \(name): there is no such setting. \(howToList)")
    }
  }

  static let howToList = "`tounesna settings` lists them."

  subscript(name: String) -> String { values[name] ?? "" }
  func number(_ name: String) -> Int { Int(self[name]) ?? 0 }
  func isOn(_ name: String) -> Bool { self[name] == "yes" }
  func list(_ name: String) -> [String] {
    self[name].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
  }

  static let table: [Key] = [
    Key(
      name: "database", standard: "var/tounesna.db",
      allowed: "the path of an SQLite file, or a PostgreSQL address (postgres://…, or host=… dbname=…)",
      meaning: "Where the records are."),
    Key(
      name: "database.connections", standard: "auto",
      allowed: "a whole number from 1 to 100, or auto: 8, or for SQLite one more than there are processors",
      meaning: "Connections to PostgreSQL, or readers of SQLite.",
      isValid: { $0 == "auto" || (Int($0) ?? 0) >= 1 && (Int($0) ?? 0) <= 100 }),
    Key(
      name: "key.file", standard: "var/master.key", allowed: "the path of a file of mode 0600",
      meaning: "The master key. TOUNESNA_KEY, when it is set, holds the key itself instead."),
    Key(
      name: "assets", standard: "assets", allowed: "a folder",
      meaning: "Fonts and icons made at set-up; without them pages use what the browser has."),
    Key(
      name: "http.host", standard: "127.0.0.1", allowed: "an address of this machine",
      meaning: "Where the server listens."),
    Key(
      name: "http.port", standard: "8080", allowed: "a whole number from 0 to 65535 (0: any free port)",
      meaning: "The port of the pages.", isValid: isPort),
    Key(
      name: "http.public-url", standard: "",
      allowed: "nothing, or http:// or https:// and a host, without a path",
      meaning:
        "How services reach this program from outside: it stands in the links that are sent. Not set: none are.",
      isValid: { $0.isEmpty || $0.wholeMatch(of: /https?:\/\/[A-Za-z0-9.\-:\[\]]+/) != nil }),
    Key(
      name: "http.proxies", standard: "", allowed: "addresses, separated by commas",
      meaning: "Proxies in front whose X-Forwarded-For is believed."),
    Key(
      name: "http.secure", standard: "no", allowed: "yes or no",
      meaning: "Yes when a proxy in front speaks TLS for us.",
      isValid: isYesOrNo),
    Key(
      name: "http.requests-a-minute", standard: "600", allowed: "a whole number (0: no limit)",
      meaning: "Requests that one session, or one address without a session, may make.", isValid: isNumber),
    Key(
      name: "http.form-limit", standard: "1048576", allowed: "a whole number of bytes",
      meaning: "The largest form.",
      isValid: isNumber),
    Key(
      name: "http.upload-limit", standard: "20971520", allowed: "a whole number of bytes",
      meaning: "The largest form with a file.", isValid: isNumber),
    Key(
      name: "tls.certificate", standard: "", allowed: "the path of a PEM file",
      meaning: "With tls.key: speak TLS here."),
    Key(
      name: "tls.key", standard: "", allowed: "the path of a PEM file",
      meaning: "The private key of the certificate."),
    Key(
      name: "duplicates.search", standard: "yes", allowed: "yes or no",
      meaning:
        "Compare new and corrected persons with all others in the background; of several copies of the program, one is enough.",
      isValid: isYesOrNo),
    Key(
      name: "documents.clamd", standard: "", allowed: "the path of a socket, or host:port",
      meaning: "Where ClamAV's daemon listens: no document is taken unchecked then.",
      isValid: { $0.isEmpty || ClamdAddress($0) != nil }),
    Key(
      name: "documents.warn-days", standard: "60", allowed: "a whole number from 0 to 3650",
      meaning: "So many days before it expires a document is listed.",
      isValid: { (0...3_650).contains(Int($0) ?? -1) }),
    Key(
      name: "plans.days", standard: "30", allowed: "a whole number from 0 to 365",
      meaning:
        "So many days after the return, or after the reception where that is later, a plan is to be agreed.",
      isValid: { (0...365).contains(Int($0) ?? -1) }),
    Key(
      name: "papers.python", standard: Papers.standardPython,
      allowed: "the path of a Python that has typst and fonttools",
      meaning: "What makes PDFs; without it everything else works."),
    Key(
      name: "papers.fonts", standard: Papers.standardFonts, allowed: "a folder",
      meaning: "Where the fonts of Debian's fonts-noto-core are, for PDFs."),
    Key(
      name: "reception.usual-months", standard: "", allowed: "nothing, or a whole number from 1 to 600",
      meaning: "Whoever comes so many months after a return is asked why, and received. Not set: not asked.",
      isValid: { $0.isEmpty || (1...600).contains(Int($0) ?? 0) }),
    Key(
      name: "receptions.keep-days", standard: "30", allowed: "a whole number from 1 to 365",
      meaning: "A reception that was begun and left for so many days is destroyed.",
      isValid: { (1...365).contains(Int($0) ?? 0) }),
    Key(
      name: "transfers.answer-days", standard: "7", allowed: "a whole number from 1 to 365",
      meaning: "An offer to another antenna unanswered for so many days is shown to both and to the centre.",
      isValid: { (1...365).contains(Int($0) ?? 0) }),
    Key(
      name: "aids.prove-days", standard: "60", allowed: "a whole number from 1 to 730",
      meaning: "A payment of an aid that is not proven after so many days is late, and its contract says so.",
      isValid: { (1...730).contains(Int($0) ?? 0) }),
    Key(
      name: "openings.judge-days", standard: "7", allowed: "a whole number from 1 to 365",
      meaning:
        "A file opened from outside that its antenna has not judged for so many days is shown to the centre.",
      isValid: { (1...365).contains(Int($0) ?? 0) }),
    Key(
      name: "pieces.file", standard: "", allowed: "nothing, or the path of a YAML file",
      meaning:
        "Which papers a file needs and how they are come by, in place of what comes with the program (Sources/Areas/Pieces/Knowledge/pieces.yaml)."
    ),
    Key(
      name: "rights.answer-days", standard: "", allowed: "nothing, or a whole number from 1 to 365",
      meaning: "Days within which a request about one's data is answered. Not set: no term is shown.",
      isValid: { $0.isEmpty || (1...365).contains(Int($0) ?? 0) }),
    Key(
      name: "questions.answer-days", standard: "", allowed: "nothing, or a whole number from 1 to 365",
      meaning: "Days within which the centre answers a question of an antenna. Not set: no term is shown.",
      isValid: { $0.isEmpty || (1...365).contains(Int($0) ?? 0) }),
    Key(
      name: "committees.appeal-days", standard: "", allowed: "nothing, or a whole number from 1 to 365",
      meaning:
        "Days within which a person appeals against what a committee decided, from the day of the session. Not set: no term is shown, and none is held against her.",
      isValid: { $0.isEmpty || (1...365).contains(Int($0) ?? 0) }),
    Key(
      name: "mail.server", standard: "", allowed: "nothing, or smtp://host:port or smtps://host:port",
      meaning:
        "The mail server that takes our e-mail. Not set: messages say so, and nothing waits in silence.",
      isValid: { $0.isEmpty || MailServer.isURL($0) }),
    Key(
      name: "mail.from", standard: "", allowed: "nothing, or an e-mail address",
      meaning: "The sender's own address; needed with mail.server.",
      isValid: { $0.isEmpty || MailServer.isAddress($0) }),
    Key(
      name: "mail.user", standard: "", allowed: "nothing, or a name",
      meaning: "By which we sign in at the mail server."),
    Key(
      name: "mail.password-file", standard: "", allowed: "nothing, or the path of a file of mode 0600",
      meaning: "Holds the password for mail.user."),
    Key(
      name: "mail.tls", standard: "yes", allowed: "yes or no",
      meaning: "No: speak to the mail server without TLS, for one on this very machine.", isValid: isYesOrNo),
    Key(
      name: "sms.url", standard: "",
      allowed: "nothing, or an address that holds {to} and {text}, and {password} where that has a file",
      meaning:
        "The gateway for SMS, in the form of kannel: http://127.0.0.1:13013/cgi-bin/sendsms?username=tounesna&password={password}&to={to}&text={text}&coding=2&charset=UTF-8",
      isValid: { $0.isEmpty || SMSServer.isTemplate($0) }),
    Key(
      name: "sms.password-file", standard: "", allowed: "nothing, or the path of a file of mode 0600",
      meaning: "Holds what stands for {password} in sms.url."),
    Key(
      name: "messages.send", standard: "yes", allowed: "yes or no",
      meaning: "Send what waits; of several copies of the program, one is enough.", isValid: isYesOrNo),
    Key(
      name: "messages.retry-seconds", standard: "60", allowed: "a whole number from 1 to 3600",
      meaning:
        "After so many seconds a message that the gateway did not take is tried again; twice as long each time.",
      isValid: { (1...3_600).contains(Int($0) ?? 0) }),
    Key(
      name: "messages.timeout-seconds", standard: "60", allowed: "a whole number from 1 to 600",
      meaning:
        "So long the sending of one message may take; after twice as long it is taken for lost with the program that sent it.",
      isValid: { (1...600).contains(Int($0) ?? 0) }),
    Key(
      name: "links.guesses-a-minute", standard: "20", allowed: "a whole number (0: no limit)",
      meaning: "So often links for those without an account may be tried from one address.",
      isValid: isNumber),
    Key(
      name: "metrics.port", standard: "0", allowed: "a whole number from 0 to 65535 (0: off)",
      meaning: "The port of /metrics, on 127.0.0.1 only.", isValid: isPort),
    Key(
      name: "log.level", standard: "info", allowed: "debug, info, notice, warning or error",
      meaning: "What the log tells.",
      isValid: { ["debug", "info", "notice", "warning", "error"].contains($0) }),
    Key(
      name: "bench", standard: "no", allowed: "yes or no",
      meaning: "Adds /bare, a route that only says hello, for measuring.",
      isValid: isYesOrNo),
  ]

  private static let isPort: @Sendable (String) -> Bool = {
    Int($0).map { (0...65_535).contains($0) } ?? false
  }
  private static let isNumber: @Sendable (String) -> Bool = { (Int($0) ?? -1) >= 0 }
  private static let isYesOrNo: @Sendable (String) -> Bool = { $0 == "yes" || $0 == "no" }
}

/// The settings as options of a command.
struct SettingsOptions: ParsableArguments {
  @Option(help: "A YAML file with settings.")
  var settings: String?

  @Option(help: "The path of an SQLite file, or a PostgreSQL address.")
  var database: String?

  @Option(help: "The file of the master key.")
  var keyFile: String?

  @Option(
    name: [.customLong("set")],
    help: ArgumentHelp("Any other setting, as KEY=VALUE; may be repeated.", valueName: "key=value"))
  var others: [String] = []

  /// Values by key.
  var values: [String: String] {
    var values: [String: String] = [:]
    values["database"] = database
    values["key.file"] = keyFile
    for other in others {
      let parts = Self.parts(of: other)
      if parts.count == 2 { values[parts[0]] = parts[1] }
    }
    return values
  }

  /// Name and value; what has no `=` is a name alone.
  private static func parts(of other: String) -> [String] {
    other.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
  }

  func validate() throws {
    for other in others {
      let name = Self.parts(of: other)[0]
      guard Settings.table.contains(where: { $0.name == name }) else {
        throw ValidationError("--set \(other): there is no setting “\(name)”. \(Settings.howToList)")
      }
      guard other.contains("=") else {
        throw ValidationError("--set \(other): “\(name)” has no value; write --set \(name)=VALUE.")
      }
    }
  }
}

struct SettingsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settings", abstract: "Lists every setting, as a table in Markdown.")

  func run() {
    Console.say("| key | environment | without it | allowed | meaning |")
    Console.say("| --- | --- | --- | --- | --- |")
    for key in Settings.table {
      Console.say(
        "| `\(key.name)` | `\(key.variable)` | \(key.standard.isEmpty ? "—" : "`\(key.standard)`") | \(key.allowed) | \(key.meaning) |"
      )
    }
  }
}
