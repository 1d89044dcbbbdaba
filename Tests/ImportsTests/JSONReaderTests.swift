import TestSupport
import Testing

@testable import Imports

@Suite struct `A JSON file` {
  /// Titles and rows.
  private static func rows(_ text: String) async throws -> [[String]] {
    var found: [[String]] = []
    try await TestDatabase.withFolder { folder in
      var rows = try JSONReader(path: ImportRoom.write(Array(text.utf8), to: "\(folder)/x.json"))
      found.append(rows.titles)
      while let row = try rows.next() { found.append(["\(row.number)"] + row.cells) }
    }
    return found
  }

  @Test(arguments: [
    "[{\"a\": \"x\", \"b\": 1}, {\"a\": \"y\", \"b\": 2}]", "{\"a\":\"x\",\"b\":1}\n{\"a\":\"y\",\"b\":2}\n",
    "\u{FEFF}\n[\n {\"a\" : \" x \" ,\"b\":1}\n,\n{\"b\":2 ,\"a\":\"y\"}]\n",
  ]) func `is a list of objects, or one a line`(text: String) async throws {
    #expect(try await Self.rows(text) == [["a", "b"], ["1", "x", "1"], ["2", "y", "2"]])
  }

  @Test func `may name fields late, leave some out, and hold what is nested where nobody asks`() async throws
  {
    let text = "[{\"a\": null, \"b\": true}, {}, {\"c\": {\"d\": [1, \"]\"]}, \"a\": 2.5}, {\"b\": \"\"}]"
    #expect(
      try await Self.rows(text) == [["a", "b", "c"], ["1", "", "true", ""], ["3", "2.5", "", "\u{FFFD}"]])
  }

  @Test func `may escape its letters`() async throws {
    let text = #"[{"a": "\u0633\u0644\u0645\u0649 \ud83c\udf3f \"\\\/\n"}]"#
    #expect(try await Self.rows(text) == [["a"], ["1", "سلمى 🌿 \"\\/"]])
  }

  @Test(arguments: [
    "[{\"a\": 1}, {\"a\" 2}]", "[{\"a\": 1}, {\"a\": }]", "[{\"a\": 1}, {\"a\": 2", "[{\"a\": 1}, 7]",
    "[{\"a\": 1}, {\"a\": \"\u{1}\"}]", "[{\"a\": 1}, {\"a\": \"\\x\"}]",
    "[{\"a\": 1}, {\"a\": \"\\ud800x\"}]",
    "[{\"a\": 1}, {a: 2}]", "[{\"a\": 1}, {\"a\": 2 \"b\": 3}]", "[{\"a\": 1}, {\"a\": zwei}]",
  ]) func `that is none is refused at the entry where it ends to be one`(text: String) async throws {
    let fault = await #expect(throws: ImportFault.self) { try await Self.rows(text) }
    #expect(fault?.description.contains("Entry 2") == true)
  }

  @Test func `without an entry or with one without end is refused`() async throws {
    for text in ["", "[]", "[{}]"] {
      let fault = await #expect(throws: ImportFault.self) { try await Self.rows(text) }
      #expect(fault?.description.contains("empty") == true)
    }
    let giant = "[{\"a\": \"" + String(repeating: "x", count: 1_000_000)
    await #expect(throws: ImportFault.self) { try await Self.rows(giant) }
    let deep = "[{\"a\": " + String(repeating: "[", count: 1_000_000)
    await #expect(throws: ImportFault.self) { try await Self.rows(deep) }
  }
}
