import Antennas
import Basics
import Cases
import Foundation
import Papers
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct `The sheet that a person takes home` {
  @Test(arguments: [Language.french, .arabic])
  func `is a paper in her language, without a word of her`(language: Language) async throws {
    try await DirectoryRoom.with(.sqlite) { room in
      let provider = try await room.provider()
      let id = try await room.service(
        of: provider,
        ["name-ar": "إيواء عاجل", "cost": "free", "days": "MO TU", "opens": "08:30", "papers": "CIN"])
      let file = try await room.receive()
      let services = try await room.directory.sheet([id], of: file, in: language, for: Staff.amel)
      let sheet = ServiceSheet(services, try await room.antennas.territory(), on: room.today, in: language)
      #expect(sheet.items.count == 1 && !sheet.title.isEmpty)
      let told = String(decoding: try JSONEncoder().encode(sheet), as: UTF8.self)
      #expect(!told.contains("Zitouni") && !told.contains("Tounesna"))
      #expect(told.contains(language == .arabic ? "إيواء عاجل" : "Hébergement"))
      let template = try #require(DirectoryCasePages.template)
      let papers = Papers(python: Papers.standardPython)
      do {
        let pdf = try await papers.pdf(template, sheet)
        #expect(pdf.starts(with: Array("%PDF-".utf8)))
      } catch PapersFault.notHere { return }
    }
  }
}
