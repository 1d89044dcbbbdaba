import Foundation
import Testing

@testable import Basics

@Suite struct `A catalogue` {
  @Test func `is read entry by entry`() {
    let catalogue = Catalogue(
      po: #"""
        msgid ""
        msgstr ""
        "Language: fr\n"

        # For the counter.
        #: Sources/Areas/Cases/CaseTemplates.swift
        msgid "Receive a person"
        msgstr "Accueillir une personne"

        msgid "A long "
        "line"
        msgstr "Une ligne "
        "longue"

        msgid "{1} case"
        msgid_plural "{1} cases"
        msgstr[0] "{1} dossier"
        msgstr[1] "{1} dossiers"
        """#)
    #expect(
      catalogue.forms == [
        "Receive a person": ["Accueillir une personne"], "A long line": ["Une ligne longue"],
        "{1} case": ["{1} dossier", "{1} dossiers"],
      ])
  }

  @Test func `holds quotes, backslashes and line ends`() {
    let catalogue = Catalogue(
      po: #"msgid "Say \"yes\" \\ or\nno""# + "\n" + #"msgstr "Dites \"oui\" \\ ou\nnon""#)
    #expect(catalogue.forms == ["Say \"yes\" \\ or\nno": ["Dites \"oui\" \\ ou\nnon"]])
  }

  @Test func `an empty translation is none`() {
    let catalogue = Catalogue(
      po: """
        msgid "Untranslated"
        msgstr ""

        msgid "{1} half"
        msgid_plural "{1} halves"
        msgstr[0] "{1} moitié"
        msgstr[1] ""

        msgid "Last"
        msgstr "Dernier"
        """)
    #expect(catalogue.forms == ["Last": ["Dernier"]])
  }

  @Test func `is read alike with the line ends of Windows`() {
    #expect(Catalogue(po: "msgid \"Yes\"\r\nmsgstr \"Oui\"\r\n").forms == ["Yes": ["Oui"]])
  }

  @Test(arguments: Language.allCases) func `of each language came with the program`(language: Language) throws
  {
    let catalogue = try #require(Catalogue.all[language])
    #expect(catalogue.forms.count > 100)
    #expect(Reader(language)("Tounesna").isEmpty == false)
  }

  @Test(arguments: Language.allCases) func `names the plural forms the program picks`(language: Language)
    throws
  {
    let text = try Words.catalogue(language)
    #expect(text.contains("nplurals=\(language.pluralForms);"))
    let header = text.prefix { $0 != "m" } + (text.split(separator: "\n\n").first ?? "")
    #expect(!header.contains(#"\&"#), "a translator's tools refuse an unknown escape")
    let counted = try #require(Catalogue.all[language]).forms.filter { $0.value.count > 1 }
    #expect(!counted.isEmpty)
    #expect(counted.allSatisfy { $0.value.count == language.pluralForms })
  }
}

@Suite struct `The words of the product` {
  /// The project's own comparison of the phrases in the sources with the catalogues.
  @Test func `are in every catalogue, none is stale and none unused`() throws {
    let process = Process()
    process.executableURL = Words.root.appending(path: "bin/words")
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let lines = said.split(separator: "\n")
    for line in lines.prefix(20) { Issue.record("\(line)") }
    if lines.count > 20 { Issue.record("… and \(lines.count - 20) more: run bin/words") }
    #expect(process.terminationStatus == 0)
  }
}

private enum Words {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static func catalogue(_ language: Language) throws -> String {
    try String(
      contentsOf: root.appending(path: "Sources/Basics/Words/\(language.rawValue).po"), encoding: .utf8)
  }
}
