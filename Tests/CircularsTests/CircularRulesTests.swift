import Basics
import TestSupport
import Testing

@testable import Circulars

@Suite struct `The rules of circulars` {
  @Test func `the centre sees every receipt, a head those of her antenna, a counsellor none`() {
    #expect(CircularRules.sight(of: Staff.fathi) == .everybody)
    #expect(CircularRules.sight(of: Staff.chokri) == .antenna("TUN"))
    #expect(CircularRules.sight(of: Staff.amel) == .nobody)
    #expect(CircularRules.sight(of: Staff.hela) == .nobody)
  }

  @Test func `a language is whole or left out, and one is there`() throws {
    let day = Day(number: 20_000)
    func form(_ values: [String: String]) throws -> NewCircular {
      let typed = Typed(Fields(values.merging(["read-by": "\(day + 3)"]) { $1 }))
      return try CircularForm.circular(typed, antennas: ["TUN"], today: day)
    }
    #expect(throws: Refusal.self) { try form([:]) }
    #expect(throws: Refusal.self) { try form(["title-fr": "Titre"]) }
    #expect(throws: Refusal.self) { try form(["text-ar": "نص"]) }
    #expect(throws: Refusal.self) {
      try form(["title-fr": "Titre", "text-fr": "Texte", "antennas": "SFA"])
    }
    let new = try form(["title-ar": "عنوان", "text-ar": "نص", "antennas": "TUN"])
    #expect(new.words.keys.map(\.self) == [.arabic] && new.antennas == ["TUN"])
  }
}
