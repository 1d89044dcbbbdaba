import ArgumentParser
import Foundation
import TestSupport
import Testing

@testable import Server

@Suite struct `The settings` {
  /// Three values that are allowed for each key, none of them the standard one.
  private static let values: [String: [String]] = [
    "database": ["a.db", "b.db", "c.db"], "database.connections": ["1", "50", "auto"],
    "key.file": ["a.key", "b.key", "c.key"], "assets": ["a", "b", "c"],
    "http.host": ["::1", "0.0.0.0", "10.0.0.1"],
    "http.port": ["0", "81", "65535"], "http.proxies": ["10.0.0.1", "10.0.0.1, 10.0.0.2", "::1"],
    "links.guesses-a-minute": ["0", "5", "99"],
    "http.public-url": ["http://h", "https://h.tn:8443", "https://[::1]"],
    "http.secure": ["yes", "yes", "yes"], "http.requests-a-minute": ["0", "1", "9999"],
    "http.form-limit": ["0", "1000", "9999"], "http.upload-limit": ["0", "2000", "8888"],
    "tls.certificate": ["a.pem", "b.pem", "c.pem"],
    "tls.key": ["a.pem", "b.pem", "c.pem"], "metrics.port": ["1", "9090", "65535"],
    "log.level": ["debug", "warning", "error"], "bench": ["yes", "yes", "yes"],
    "duplicates.search": ["no", "no", "no"],
    "documents.clamd": ["/run/clamav/clamd.ctl", "scanner:3310", "::1:3310"],
    "documents.warn-days": ["0", "30", "3650"], "plans.days": ["0", "45", "365"],
    "papers.python": ["a/python", "b/python", "c/python"], "papers.fonts": ["a", "b", "c"],
    "reception.usual-months": ["", "1", "600"], "transfers.answer-days": ["1", "7", "365"],
    "aids.prove-days": ["1", "30", "730"],
    "openings.judge-days": ["1", "7", "365"], "pieces.file": ["a.yaml", "b.yaml", "c.yaml"],
    "rights.answer-days": ["", "30", "365"], "questions.answer-days": ["", "30", "365"],
    "committees.appeal-days": ["", "30", "365"],
    "mail.server": ["smtp://127.0.0.1:25", "smtps://mail.example.tn:465", "smtp://[::1]:2525"],
    "mail.from": ["a@example.tn", "b@example.tn", "c@example.tn"], "mail.user": ["a", "b", "c"],
    "mail.password-file": ["a.txt", "b.txt", "c.txt"], "mail.tls": ["no", "no", "no"],
    "sms.url": [
      "http://h/?a={to}&b={text}", "https://h/?b={text}&a={to}", "http://h:1/{to}/{text}/{password}",
    ],
    "sms.password-file": ["a.txt", "b.txt", "c.txt"], "messages.send": ["no", "no", "no"],
    "messages.retry-seconds": ["1", "30", "3600"], "messages.timeout-seconds": ["1", "30", "600"],
    "receptions.keep-days": ["1", "30", "365"],
  ]

  @Test func `are all tried here`() {
    #expect(Set(Settings.table.map(\.name)) == Set(Self.values.keys))
    #expect(Set(Settings.table.map(\.name)).count == Settings.table.count)
  }

  @Test(arguments: Settings.table.map(\.name))
  func `come from the file, over it the environment, over that the command line`(name: String) async throws {
    let values = try #require(Self.values[name])
    let variable = Self.variable(name)
    try await TestDatabase.withFolder { folder in
      let file = "\(folder)/settings.yaml"
      try Self.yaml(name, values[0]).write(toFile: file, atomically: true, encoding: .utf8)
      let words = ["--settings", file]
      #expect(try await Self.settings(words)[name] == values[0])
      #expect(try await Self.settings(words, [variable: values[1]])[name] == values[1])
      let all = words + ["--set", "\(name)=\(values[2])"]
      #expect(try await Self.settings(all, [variable: values[1]])[name] == values[2])
    }
  }

  @Test(arguments: Settings.table.map(\.name)) func `have a standard that is allowed`(name: String)
    async throws
  {
    let key = try #require(Settings.table.first { $0.name == name })
    #expect(key.isValid(key.standard))
    #expect(try await Self.settings([])[name] == key.standard)
  }

  @Test(arguments: [
    ("database.connections", "0"), ("database.connections", "many"), ("database.connections", "101"),
    ("http.port", "65536"), ("http.port", "-1"), ("http.port", ""), ("http.secure", "true"),
    ("http.requests-a-minute", "-5"), ("http.requests-a-minute", "1.5"), ("http.form-limit", "1MB"),
    ("metrics.port", "nine"), ("log.level", "loud"), ("bench", "1"),
    ("documents.clamd", "scanner"), ("documents.warn-days", "3651"), ("plans.days", "366"),
    ("plans.days", "soon"),
    ("openings.judge-days", "366"), ("rights.answer-days", "0"), ("receptions.keep-days", "0"),
    ("transfers.answer-days", "0"), ("reception.usual-months", "0"),
  ]) func `that are wrong are named, with what is allowed, wherever they come from`(
    name: String, value: String
  ) async throws {
    let allowed = try #require(Settings.table.first { $0.name == name }).allowed
    try await TestDatabase.withFolder { folder in
      let file = "\(folder)/settings.yaml"
      try Self.yaml(name, value).write(toFile: file, atomically: true, encoding: .utf8)
      for (words, environment) in [
        (["--settings", file], [:]), ([], [Self.variable(name): value]),
        (["--set", "\(name)=\(value)"], [:]),
      ] {
        await #expect {
          try await Self.settings(words, environment)
        } throws: { error in
          let text = "\(error)"
          return text.contains(name) && text.contains("“\(value)”") && text.contains(allowed)
        }
      }
    }
  }

  @Test(arguments: ["colour: blue\n", "http:\n  prot: 80\n", "http:\n  port: 80\n  deep: {er: 1}\n"])
  func `that do not exist are named, in the file too`(text: String) async throws {
    let name = text.contains("colour") ? "colour" : text.contains("prot") ? "http.prot" : "http.deep.er"
    try await TestDatabase.withFolder { folder in
      let file = "\(folder)/settings.yaml"
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      await #expect { try await Self.settings(["--settings", file]) } throws: {
        "\($0)".contains(file) && "\($0)".contains("“\(name)”")
      }
    }
  }

  @Test(arguments: [
    ("TOUNESNA_HTTP_PROT", true), ("TOUNESNA_DATABASE_URL", true), ("TOUNESNA_LOG", true),
    ("TOUNESNA_KEY", false), ("TOUNESNA_TEST_POSTGRES", false), ("HTTP_PROT", false),
  ])
  func `that do not exist are named, in the environment where they begin like one`(
    name: String, isNamed: Bool
  ) async throws {
    guard isNamed else {
      #expect(try await Self.settings([], [name: "x"])["http.port"] == "8080")
      return
    }
    await #expect { try await Self.settings([], [name: "x"]) } throws: { "\($0)".contains(name) }
  }

  @Test(arguments: ["colour=blue", "http.prot=80", "port", "http.port", "=1"])
  func `that do not exist are named`(word: String) {
    let name = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)[0]
    #expect {
      try SettingsOptions.parse(["--set", word])
    } throws: { error in
      let text = SettingsOptions.message(for: error)
      return text.contains(word) && text.contains("“\(name)”")
    }
  }

  @Test func `may be a list in the file`() async throws {
    try await TestDatabase.withFolder { folder in
      let file = "\(folder)/settings.yaml"
      try "http:\n  proxies: [10.0.0.1, 10.0.0.2]\n".write(toFile: file, atomically: true, encoding: .utf8)
      let settings = try await Self.settings(["--settings", file])
      #expect(settings.list("http.proxies") == ["10.0.0.1", "10.0.0.2"])
    }
  }

  @Test(arguments: ["- a\n- b\n", "http: [1, {a: b}]\n", ": :\n  - x: ["])
  func `file that cannot be read is named`(text: String) async throws {
    try await TestDatabase.withFolder { folder in
      let file = "\(folder)/settings.yaml"
      try text.write(toFile: file, atomically: true, encoding: .utf8)
      await #expect { try await Self.settings(["--settings", file]) } throws: { "\($0)".contains(file) }
    }
    await #expect { try await Self.settings(["--settings", "/no/such.yaml"]) } throws: {
      "\($0)".contains("/no/such.yaml")
    }
  }

  @discardableResult
  private static func settings(_ words: [String], _ environment: [String: String] = [:]) async throws
    -> Settings
  {
    try await Settings(try SettingsOptions.parse(words), environment: environment)
  }

  private static func variable(_ name: String) -> String {
    "TOUNESNA_" + name.uppercased().replacing(".", with: "_").replacing("-", with: "_")
  }

  /// `http.port` as a map in a map; numbers bare, as people write them.
  private static func yaml(_ name: String, _ value: String) -> String {
    let steps = name.split(separator: ".")
    let shown = Int(value) == nil ? "\"\(value)\"" : value
    return steps.enumerated().map { depth, step in
      String(repeating: "  ", count: depth) + "\(step):" + (depth == steps.count - 1 ? " \(shown)" : "")
    }.joined(separator: "\n") + "\n"
  }
}
