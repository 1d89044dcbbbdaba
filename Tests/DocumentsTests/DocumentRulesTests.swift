import Basics
import Storage
import TestSupport
import Testing

@testable import Documents

@Suite struct `The rules of documents` {
  private static let today = Day(of: TestClock.start)

  @Test func `a file is parted into chunks, the last one as it comes`() {
    #expect([0, 1, 65_535, 65_536, 65_537, 10 << 20].map(DocumentRules.chunkCount) == [0, 1, 1, 1, 2, 160])
  }

  @Test func `no two chunks have one place`() {
    let (one, other) = (RecordID<Document>(), RecordID<Document>())
    let places = [one, other].flatMap { id in
      (1...12).flatMap { count in (0..<count).map { DocumentRules.place($0, of: count, in: id) } }
    }
    // Of a file of another length only the last chunk has another place.
    #expect(Set(places).count == 2 * (12 + 11))
    #expect(DocumentRules.place(3, of: 4, in: one) != DocumentRules.place(3, of: 5, in: one))
  }

  @Test func `a validity holds to the end of its last day`() {
    func expiry(_ days: Int?) -> DocumentRules.Expiry? {
      DocumentRules.expiry(until: days.map { Self.today + $0 }, on: Self.today, warnDays: 60)
    }
    #expect(expiry(-1) == .expired && expiry(0) == .soon(days: 0) && expiry(60) == .soon(days: 60))
    #expect(expiry(61) == nil && expiry(nil) == nil)
  }

  @Test func `empty files and those of more than 10 MB are refused, the limit named`() throws {
    try DocumentRules.mustFit(10 << 20)
    for size in [0, (10 << 20) + 1] {
      #expect(throws: Refusal.self) { try DocumentRules.mustFit(size) }
    }
    do {
      try DocumentRules.mustFit((12 << 20) + 1)
    } catch Refusal.invalid(let errors) {
      let text = Reader(.english)(try #require(errors.first).message)
      #expect(text.contains("13 MB") && text.contains("10 MB"))
    }
  }

  @Test func `medical documents are for those who may read health notes`() {
    #expect(
      DocumentRules.mayKnow(of: .passport, Staff.amel) && DocumentRules.mayKnow(of: .medical, Staff.dorra))
    #expect(
      !DocumentRules.mayKnow(of: .medical, Staff.amel) && !DocumentRules.mayKnow(of: .passport, Staff.hela))
  }
}

@Suite struct `The name of a file` {
  @Test(arguments: [
    ("Passeport Amel.pdf", "Passeport Amel.pdf"), ("جواز السفر.pdf", "جواز السفر.pdf"),
    ("PHOTO.PDF", "PHOTO.pdf"),
    ("../../etc/passwd", "passwd.pdf"), ("C:\\Users\\a\\scan.pdf", "scan.pdf"), ("a/b\\", "b.pdf"),
    ("\u{202E}fdp.exe\u{2066}", "fdp.pdf"), ("a\u{0}b\u{7}\r\nSet-Cookie: x.pdf", "a b Set-Cookie x.pdf"),
    ("", "document.pdf"), ("...", "document.pdf"), (".pdf", "pdf.pdf"), (".htaccess", "htaccess.pdf"),
    ("CON.pdf", "document-CON.pdf"), ("nul", "document-nul.pdf"), ("script.js", "script.pdf"),
    ("a.pdf.exe", "a.pdf.pdf"), ("two  \u{A0} spaces\t.pdf", "two spaces.pdf"),
    ("<b>\"x\"|*?.pdf", "b x.pdf"),
    ("Mme. Ben Othman", "Mme. Ben Othman.pdf"), ("👩🏽‍🌾.pdf", "👩🏽 🌾.pdf"),
  ])
  func `is made harmless`(name: String, kept: String) {
    #expect(FileName.harmless(name, .pdf) == kept)
  }

  @Test func `of ten thousand letters is cut, marks and all`() {
    for letters in ["x", "ب", "a\u{301}\u{302}\u{303}", "\u{202E}"] {
      let name = FileName.harmless(String(repeating: letters, count: 10_000) + ".pdf", .pdf)
      #expect(name.hasSuffix(".pdf") && name.unicodeScalars.count <= 64 && name.utf8.count <= 255)
    }
  }

  @Test func `made harmless is harmless again`() {
    for name in ["a/b.exe", "\u{202E}x", "CON", "é.jpg"] {
      let once = FileName.harmless(name, .jpeg)
      #expect(FileName.harmless(once, .jpeg) == once)
    }
  }

  @Test func `is told to a browser in both forms`() {
    #expect(
      FileName.attachment("Été 100 €.pdf")
        == "attachment; filename=\"_t_ 100 _.pdf\"; filename*=UTF-8''%C3%89t%C3%A9%20100%20%E2%82%AC.pdf")
    let hostile = FileName.attachment("a\"b\r\nc;d\\.pdf")
    #expect(hostile.allSatisfy { $0.isASCII && !$0.isNewline })
  }
}

@Suite struct `The type of a file` {
  private static func type(_ bytes: [UInt8]) throws -> MediaType? {
    try MediaType.recognised(DocumentContent(bytes))
  }

  private static let taken: [(MediaType, [UInt8])] = [
    (.pdf, Sample.pdf()), (.jpeg, [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + Array("JFIF\0\u{1}".utf8)),
    (.png, [0x89] + Array("PNG\r\n\u{1A}\n\0\0\0\rIHDR".utf8) + [UInt8](repeating: 0, count: 20)),
    (.webp, Array("RIFF$\0\0\0WEBPVP8 ".utf8)), (.tiff, Array("II*\0\u{8}\0\0\0".utf8)),
    (.heic, Array("\0\0\0\u{18}ftypheic\0\0\0\0mif1heic".utf8)), (.text, Array("Ville de Sfax, été\n".utf8)),
    (.text, Array("سلام\n".utf8)), (.text, Array("a,b,c\n1,2,3\n4,5,6\n7,8,9\n1,2,3\n1,2,3\n".utf8)),
  ]

  @Test func `is told by its bytes`() throws {
    for (type, bytes) in Self.taken { #expect(try Self.type(bytes) == type, "\(type)") }
  }

  @Test func `that runs, draws or packs is not taken`() throws {
    let refused = [
      "<!DOCTYPE html><html><script>alert(1)</script></html>",
      "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>",
      "#!/bin/sh\necho", "MZ" + String(repeating: "\0", count: 100), "GIF89a\u{1}\0\u{1}\0",
      "PK\u{3}\u{4}\0\0\0\0",
      "{\"a\": 1}", "{\\rtf1 x}", "\u{7F}ELF\u{2}\u{1}\u{1}\0", "a\0b\0c\u{1}\u{2}\u{3}",
    ]
    for text in refused { #expect(try Self.type(Array(text.utf8)) == nil, "\(text)") }
  }
}
