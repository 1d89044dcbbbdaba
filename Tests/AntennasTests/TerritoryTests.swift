import Basics
import Foundation
import Storage
import TestSupport
import Testing

@testable import Antennas

@Suite struct `The places of the scheme` {
  @Test(arguments: TestDatabase.engines)
  func `nine antennas, those of the assignment, opened on the days that are known`(engine: Database.Engine)
    async throws
  {
    try await AntennaRoom.with(engine) { room in
      let territory = try await room.antennas.territory()
      let opened = territory.antennas.map { "\($0.id) \($0.name.french) \($0.openedOn?.description ?? "?")" }
      #expect(
        opened == [
          "TUN Tunis 2021-06-30", "SFA Sfax ?", "MED Médenine ?", "BIZ Bizerte 2022-09-28", "KEF Le Kef ?",
          "TAT Tataouine ?", "MON Monastir ?", "KAI Kairouan ?", "GAF Gafsa 2022-03-21",
        ])
      #expect(territory.institutions.map(\.id) == ["OTE", "PS", "ANETI", "OFII"])
      let names =
        territory.antennas.map(\.name) + territory.governorates.map(\.name) + territory.countries.map(\.name)
        + territory.institutions.map(\.name)
      for name in names {
        #expect(!name.french.isEmpty && !name.english.isEmpty, "\(name)")
        #expect(
          name.arabic.unicodeScalars.allSatisfy { $0.value == 32 || $0.value > 0x5FF }
            || name.arabic.contains("،"), "\(name)")
      }
    }
  }

  /// Beside the repository; not everyone has it.
  static let reference = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "shared/reference/tn_governorates.csv")

  @Test(
    .enabled("only where the reference lies") { FileManager.default.fileExists(atPath: reference.path) }
  ) func `the twenty-four governorates are those of the reference, by ISO code and Arabic name`() async throws
  {
    let text = try String(contentsOf: Self.reference, encoding: .utf8)
    let reference = text.split(whereSeparator: \.isNewline).dropFirst().map {
      $0.split(separator: ",").map(String.init)
    }
    try await AntennaRoom.with(.sqlite) { room in
      let found = try await room.antennas.territory().governorates
      #expect(found.map(\.id.rawValue) == reference.map { $0[0] })
      // The reference stretches one name by tatweel.
      #expect(found.map(\.name.arabic) == reference.map { $0[3].replacing("ـ", with: "") })
    }
  }
}
