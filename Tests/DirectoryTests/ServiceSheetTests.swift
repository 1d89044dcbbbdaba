import Antennas
import Basics
import Cases
import Foundation
import HTTPTypes
import Papers
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite(.serialized) struct `The sheet that a person takes home` {
  /// A service with all that a sheet shows, and the case of somebody in Kef.
  private func begin(_ room: DirectoryRoom) async throws -> (RecordID<Service>, RecordID<CaseFile>) {
    let facts = [
      "name-ar": "إيواء عاجل", "cost": "free", "days": "MO TU", "opens": "08:30",
      "required-papers": "identity-card", "papers": "Photo",
    ]
    return (try await room.service(of: room.provider(), facts), try await room.receive())
  }

  @Test(arguments: [Language.french, .arabic])
  func `is in her language, without a word of her`(language: Language) async throws {
    try await DirectoryRoom.with(.sqlite) { room in
      let (id, file) = try await begin(room)
      let services = try await room.directory.sheet([id], of: file, in: language, for: Staff.amel)
      let sheet = ServiceSheet(services, try await room.antennas.territory(), on: room.today, in: language)
      #expect(sheet.items.count == 1 && !sheet.title.isEmpty)
      let told = String(decoding: try JSONEncoder().encode(sheet), as: UTF8.self)
      #expect(!told.contains("Zitouni") && !told.contains("Tounesna"))
      #expect(told.contains(language == .arabic ? "إيواء عاجل" : "Hébergement"))
      #expect(told.contains(language == .arabic ? "بطاقة التعريف، Photo" : "Carte d’identité, Photo"))
    }
  }

  @Test(arguments: [Language.french, .arabic])
  func `is a PDF that machines and screen readers can read`(language: Language) async throws {
    try await DirectoryRoom.with(.sqlite) { room in
      let (id, file) = try await begin(room)
      try await room.serve(papers: Papers(python: Papers.standardPython)) { site in
        let path = "\(DirectoryCasePaths.sheet(file))?service=\(id)&language=\(language.rawValue)"
        let answer = try await site.get(path, as: Staff.amel)
        #expect(answer.status == .ok && answer.headers[.contentType] == "application/pdf")
        #expect(answer.headers[.contentDisposition]?.contains("Zitouni") == false)
        let text = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], answer.bytes)
        for word in ["08:30", "Photo", language == .french ? "Hébergement" : "عاجل"] {
          #expect(text.contains(word), "\(word)")
        }
        #expect(!text.contains("Zitouni"))
        let conformance = try PaperTools.conformance(of: answer.bytes)
        #expect(conformance == "2a True ua1 True")
      }
    }
  }
}
