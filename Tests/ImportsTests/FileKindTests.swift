import Foundation
import TestSupport
import Testing

@testable import Imports

@Suite struct `A file is recognised by its content` {
  private static func said(_ bytes: [UInt8], isWhole: Bool = true) -> String {
    do {
      return "\(try FileKind.kind(of: bytes, isWhole: isWhole))"
    } catch { return error.description }
  }

  private static func said(_ text: String, in encoding: String.Encoding) throws -> String {
    said(Array(try #require(text.data(using: encoding))))
  }

  @Test func `as text, JSON or a workbook, whatever its name says`() {
    #expect(Self.said(Array("Nom;Prénom\nالزيتوني;é".utf8)) == "text")
    #expect(Self.said([]) == "text")
    #expect(Self.said(Array("\u{FEFF} \n[{\"a\": 1}]".utf8)) == "json")
    #expect(Self.said(Array("{\"a\": 1}\n{\"a\": 2}".utf8)) == "json")
    #expect(Self.said([0x50, 0x4B, 3, 4, 0]) == "workbook")
  }

  @Test func `and other kinds are named with the way out`() {
    #expect(Self.said([0xD0, 0xCF, 0x11, 0xE0, 0xA1]).contains("old Excel workbook"))
    #expect(Self.said(Array("%PDF-1.7".utf8)).contains("PDF"))
    #expect(Self.said(Array("\n<html><table>".utf8)).contains("web page"))
    let calc = [0x50, 0x4B, 3, 4] + Array("mimetypeapplication/vnd.oasis.opendocument.spreadsheet".utf8)
    #expect(Self.said(calc).contains("OpenDocument"))
  }

  @Test(arguments: [String.Encoding.utf16, .utf16LittleEndian, .utf16BigEndian])
  func `and UTF-16 is said, with a mark at its head or without`(encoding: String.Encoding) throws {
    #expect(try Self.said("Nom;Prenom;Sexe\nZitouni;Salma;F\n", in: encoding).contains("in UTF-16"))
  }

  @Test func `and the encodings of Windows are told apart by their letters`() throws {
    let french = "Nom;Prénom;Téléphone;À\nBéjaoui;Éléonore;20111222;ÀÉ\n"
    #expect(try Self.said(french, in: .windowsCP1252).contains("in Windows-1252"))
    #expect(Self.said(Self.arabic).contains("in Windows-1256"))
    let mixed = try #require("Nom;Prénom;".data(using: .windowsCP1252)) + Self.arabic
    #expect(Self.said(Array(mixed)).contains("iconv -f WINDOWS-1256"))
    let late = String(repeating: "Zitouni;Salma\n", count: 70_000) + "Béjaoui;x\n"
    #expect(try Self.said(late, in: .windowsCP1252).contains("in Windows-1252"))
  }

  /// "اللقب;الاسم" and "الزيتوني;سلمى" in Windows-1256.
  private static let arabic: [UInt8] = [
    0xC7, 0xE1, 0xE1, 0xDE, 0xC8, 0x3B, 0xC7, 0xE1, 0xC7, 0xD3, 0xE3, 0x0A, 0xC7, 0xE1, 0xD2, 0xED, 0xCA,
    0xE6, 0xE4, 0xED, 0x3B, 0xD3, 0xE1, 0xE3, 0xEC, 0x0A,
  ]

  @Test func `and UTF-8 stays UTF-8, cut at the end of a sample or damaged in one place`() {
    let arabic = Array("سلمى;الزيتوني".utf8)
    for end in 1..<arabic.count { #expect(Self.said(Array(arabic[..<end]), isWhole: false) == "text") }
    #expect(Self.said(arabic + [0xE9] + arabic) == "text")
  }

  @Test func `and its size is known before it is read`() async throws {
    try await TestDatabase.withFolder { folder in
      let path = try ImportRoom.write(Array("a;b\n".utf8), to: "\(folder)/x.csv")
      try #require(FileHandle(forWritingAtPath: path)).truncate(atOffset: 2 << 30)
      do {
        _ = try FileKind.recognised(path)
        Issue.record("read")
      } catch let fault as ImportFault { #expect(fault.description.contains("2048 MB")) }
      #expect(throws: ImportFault.self) { try FileKind.recognised("\(folder)/none") }
    }
  }
}
