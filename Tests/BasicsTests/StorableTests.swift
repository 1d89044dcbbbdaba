import Basics
import Foundation
import Testing

@Suite struct `Values as a column holds them` {
  @Test func `come back as they went in`() {
    #expect(Int64(stored: Int64.min.stored) == .min && Int64(stored: Int64.max.stored) == .max)
    #expect(Bool(stored: true.stored) == true && Bool(stored: false.stored) == false)
    #expect([UInt8](stored: [UInt8]().stored) == [] && [UInt8](stored: [0, 255].stored) == [0, 255])
    #expect(AntennaCode(stored: AntennaCode(rawValue: "TUN").stored) == AntennaCode(rawValue: "TUN"))
    #expect(Duty(stored: Duty.openFiles.stored) == .openFiles)
  }

  @Test func `of another kind are refused`() {
    #expect(Bool(stored: .integer(2)) == nil && Bool(stored: .text("1")) == nil)
    #expect(String(stored: .integer(1)) == nil && String(stored: .bytes([65])) == nil)
    #expect(Int(stored: .text("1")) == nil && [UInt8](stored: .text("")) == nil)
    #expect(Day(stored: .text("2026-02-30")) == nil && Day(stored: .integer(1)) == nil)
    #expect(Duty(stored: .text("rule")) == nil && Duty(stored: .null) == nil)
    #expect(Date(stored: .text("now")) == nil)
  }

  @Test func `an instant is kept to the millisecond, before 1970 too`() {
    for milliseconds in [Int64(0), 1, -1, 999, 1_773_302_400_123, -62_135_596_800_000] {
      #expect(Date(stored: .integer(milliseconds))?.stored == .integer(milliseconds))
    }
  }

  @Test func `an instant no number can hold is kept as the farthest one`() {
    #expect(Date(timeIntervalSince1970: 1e300).milliseconds == .max)
    #expect(Date(timeIntervalSince1970: -1e300).milliseconds == .min)
    // As it may stand in a URL.
    #expect(Date(stored: .integer(.max))?.milliseconds == .max)
  }
}
