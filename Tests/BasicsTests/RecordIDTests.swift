import Basics
import Foundation
import Testing

@Suite struct `The id of a record` {
  private typealias ID = RecordID<Never>

  @Test func `is 26 letters that cannot be confused, and always another`() {
    let ids = (0..<10_000).map { _ in ID().text }
    #expect(Set(ids).count == ids.count)
    #expect(ids.allSatisfy { $0.wholeMatch(of: /[0-9a-hjkmnp-tv-z]{26}/) != nil })
  }

  @Test func `made later by one program sorts later, within a millisecond too, whoever else makes some`()
    async
  {
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let ids = (0..<10_000).map { _ in ID() }
          return zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 }
        }
      }
      for await isSorted in group { #expect(isSorted) }
    }
  }

  @Test func `carries 80 bits of chance, every one of them, behind its time`() {
    var chance = SystemRandomNumberGenerator()
    let moment = Date(timeIntervalSince1970: 1_780_000_000.123)
    let letters = (0..<2_000).map { _ in Array(ID(at: moment, using: &chance).text) }
    for place in 0..<26 {
      #expect(Set(letters.map { $0[place] }).count == (place < 10 ? 1 : 32), "letter \(place)")
    }
  }

  @Test func `made later sorts later`() {
    var chance = SystemRandomNumberGenerator()
    let moments = [-5, 0, 1, 1_700_000_000, 1_780_000_000, 1_780_000_000.001, 281_474_976_710]
    let ids = moments.map { ID(at: Date(timeIntervalSince1970: $0), using: &chance).text }
    #expect(ids.dropFirst() == ids.dropFirst().sorted()[...])
    #expect(ids[0].hasPrefix("0000000000"))
    let later = ids.dropFirst().compactMap { ID($0) }
    #expect(later == later.sorted() && later.count == ids.count - 1)
    #expect(ID("7" + String(repeating: "z", count: 25))?.text == "7" + String(repeating: "z", count: 25))
  }

  @Test func `drawn from a generator it is the same each time`() {
    var (a, b) = (Counter(), Counter())
    let moment = Date(timeIntervalSince1970: 1)
    #expect(ID(at: moment, using: &a) == ID(at: moment, using: &b))
    #expect(ID(at: moment, using: &a) == ID(at: moment, using: &b))
    #expect(ID(at: moment, using: &a) != ID(at: moment, using: &a))
  }

  @Test(arguments: [
    "", "0", String(repeating: "0", count: 25), String(repeating: "0", count: 27),
    String(repeating: "A", count: 26), String(repeating: "i", count: 26), String(repeating: "u", count: 26),
    String(repeating: "0", count: 25) + "é", String(repeating: "0", count: 24) + "é",
    String(repeating: "٠", count: 13), "' OR 1 = 1 --             ", String(repeating: "0", count: 25) + "\0",
    "8" + String(repeating: "0", count: 25),
  ])
  func `of another shape is refused`(text: String) {
    #expect(ID(text) == nil)
  }

  @Test func `travels as text and comes back`() throws {
    let id = ID()
    #expect(ID(id.text) == id)
    #expect(ID(stored: id.stored) == id)
    #expect(ID(stored: .text("no id")) == nil && ID(stored: .integer(1)) == nil)
    #expect(try JSONDecoder().decode(ID.self, from: JSONEncoder().encode(id)) == id)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(ID.self, from: Data(#""../etc""#.utf8)) }
  }

  private struct Counter: RandomNumberGenerator {
    var value: UInt64 = 0
    mutating func next() -> UInt64 {
      value += 1
      return value
    }
  }
}
