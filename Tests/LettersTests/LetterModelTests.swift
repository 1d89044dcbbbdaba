import Basics
import Foundation
import Testing

@testable import Letters

@Suite struct `A model of a letter` {
  private static let yaml = """
    version: 1
    channel: letter
    title: {fr: a, ar: b, en: c}
    fields:
      - {name: day, kind: day, label: {fr: a, ar: b, en: c}}
    fr:
      subject: a
      body: |
        {greeting} {name},

        {day}
    ar: {subject: a, body: "{day}"}
    en: {subject: a, body: "{day}"}
    """

  /// What is replaced, by what, and what is said then.
  private static let wrong: [(String, String, String)] = [
    ("    {day}", "    {nobody}", "odd.yaml:11: fr.body: unknown placeholder {nobody}"),
    ("    {day}", "    {day", "odd.yaml:11: fr.body: a brace stands alone"),
    ("{subject: a, body: \"{day}\"}\nen", "{body: \"{day}\"}\nen", "odd.yaml:12: ar.subject: missing"),
    ("en: {subject: a, body: \"{day}\"}", "", "odd.yaml:1: en: missing"),
    ("\"{day}\"}\nen", "nothing}\nen", "odd.yaml:12: ar: never says {day}"),
    ("kind: day", "kind: daay", "odd.yaml:5: fields[0].kind: must be one of day, time, text"),
    ("name: day", "name: number", "odd.yaml:5: fields[0].name: taken: number"),
    ("label: {fr: a, ar: b,", "label: {fr: a,", "odd.yaml:5: fields[0].label.ar: missing"),
    ("channel: letter", "channel: fax", "odd.yaml:2: channel: must be one of letter, sms"),
    ("channel: letter", "chanel: letter", "odd.yaml:2: chanel: no such key"),
    ("channel: letter", "channel: letter\nfor: open", "odd.yaml:3: for: must be closed, or left out"),
    ("version: 1", "version: one", "odd.yaml:1: version: a number from 1 on is missing"),
    ("version: 1", "- version", "odd.yaml:2: not YAML: did not find expected '-' indicator"),
  ]

  @Test(arguments: wrong)
  func `that is wrong tells its file, line and key`(from: String, to: String, why: String) throws {
    _ = try LetterModel(name: "odd", yaml: Self.yaml)
    #expect(Self.yaml.contains(from))
    #expect(throws: LetterFault(why)) {
      try LetterModel(name: "odd", yaml: Self.yaml.replacing(from, with: to))
    }
  }

  @Test func `is never passed over: what cannot be used stops the program`() throws {
    func load(_ name: String, _ text: String?) -> LetterFault? {
      do throws(LetterFault) {
        _ = try LetterKnowledge { $0 == name ? text : LetterKnowledge.ownFile($0) }
        return nil
      } catch {
        return error
      }
    }
    #expect(load("none", nil) == nil)
    #expect(load("missing-paper.yaml", nil) == LetterFault("missing-paper.yaml: missing"))
    #expect(load("letter.typ", nil) == LetterFault("letter.typ: missing"))
    #expect(load("missing-paper.yaml", "version: 1")?.description.hasPrefix("missing-paper.yaml:1: ") == true)
    #expect(load("outside.txt", "# nothing") == LetterFault("outside.txt: holds no word"))
    #expect(load("outside.txt", "retour\nun mot") == LetterFault("outside.txt:2: not one word: un mot"))
  }

  @Test func `stands in the list of those that are offered`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/Areas/Letters/Knowledge")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let models = files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }
    #expect(Set(models) == Set(LetterKnowledge.names) && models.count == LetterKnowledge.names.count)
  }

  /// A mark (FNV-1a), name and version of every text that letters were written from. A letter keeps which version it was: what
  /// that said stays known, so lines are added, and none is changed.
  private static let shipped = [
    "fb9606c3599a1e17 after-closure 1",
    "20b8a3b5d44e85dd appointment-sms 1",
    "5388ff7583eb4363 appointment 1",
    "4edfad34a71aaeb7 missing-paper 1",
    "a1e5f67c43bf509a plan-confirmation 1",
    "9c34180ec4207602 transfer-news 1",
  ]

  @Test func `gets another version with every change of its file`() throws {
    for model in try LetterKnowledge.own.models {
      let text = try #require(LetterKnowledge.ownFile("\(model.name).yaml"))
      let mark = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
      let line = "\(String(mark, radix: 16)) \(model.name) \(model.version)"
      if !Self.shipped.contains(line) { Issue.record("not among the shipped: \(line)") }
    }
    let versions = Self.shipped.map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
    #expect(Set(versions).count == versions.count, "one version, two texts")
  }
}
