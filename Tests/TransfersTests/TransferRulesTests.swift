import Basics
import Foundation
import TestSupport
import Testing

@testable import Antennas
@testable import Transfers

@Suite struct `What may be offered and where` {
  private static func antenna(_ code: AntennaCode, _ day: Day?) -> Antenna {
    Antenna(id: code, name: PlaceName(french: "x", arabic: "x", english: "x"), openedOn: day)
  }

  @Test func `an antenna that opens later takes nothing, nor the one that offers`() {
    let today = Day(of: TestClock.start)
    let territory = Territory(
      antennas: [
        Self.antenna("TUN", today), Self.antenna("SFA", nil), Self.antenna("GAF", today + 1),
        Self.antenna("BIZ", today),
      ], governorates: [], countries: [], institutions: [], coverage: [])
    #expect(TransferRules.targets(from: "TUN", in: territory, on: today).map(\.id) == ["SFA", "BIZ"])
    #expect(throws: Refusal.self) {
      try TransferRules.mustBeTarget("GAF", from: "TUN", in: territory, on: today)
    }
  }

  @Test func `the end of a page travels in the URL`() throws {
    let text = "1773302400000~\(RecordID<Transfer>())"
    #expect(TransferCursor(text)?.text == text)
    for text in ["", "x~y", "1~", "1~x"] { #expect(TransferCursor(text) == nil) }
  }
}
