import Basics
import Testing

@testable import People

@Suite struct `Numbers and names as they are typed` {
  @Test(arguments: [
    ("20 123 456", "+21620123456"), ("+216 98.765.432", "+21698765432"), ("0021671234567", "+21671234567"),
    ("٢٠١٢٣٤٥٦", "+21620123456"), ("+33 6 12 34 56 78", "+33612345678"),
    ("0039 333 1234567", "+393331234567"),
  ])
  func `phones take their international form`(typed: String, meant: String) {
    #expect(PersonRules.phone(typed) == meant)
  }

  @Test(arguments: ["", "12", "10 123 456", "+0 123 456 789", "06 12 34 56 78", "phone", "+2162012345678901"])
  func `what is no phone is refused`(typed: String) {
    #expect(PersonRules.phone(typed) == nil)
  }

  @Test func `a CIN has eight digits, in either kind`() {
    #expect(PersonRules.cin("01234567") == "01234567")
    #expect(PersonRules.cin("٠١٢٣٤٥٦٧") == "01234567")
    #expect(PersonRules.cin("0123456") == nil)
    #expect(PersonRules.cin("0123456a") == nil)
  }

  @Test func `a name and a way to reach her are compulsory, nothing else`() {
    var identity = Identity()
    #expect(PersonRules.missing(in: identity).map(\.field) == ["family-latin", "phones"])
    identity[.givenArabic] = "سلمى"
    identity[.safeWay] = "Ask at her aunt's shop"
    #expect(PersonRules.missing(in: identity).isEmpty)
  }

  @Test func `age is in whole years`() {
    var identity = Identity()
    identity[.birthDate] = "1990-06-15"
    #expect(identity.age(on: Day(number: (Day("2026-06-14")?.number ?? 0))) == 35)
    #expect(identity.age(on: Day(number: (Day("2026-06-15")?.number ?? 0))) == 36)
  }
}
