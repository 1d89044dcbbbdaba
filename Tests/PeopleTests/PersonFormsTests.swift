import Basics
import Foundation
import TestSupport
import Testing

@testable import Antennas
@testable import People

@Suite struct `What is typed about a person` {
  static let today = Day(of: TestClock.start)
  static let tunis = PlaceName(french: "Tunis", arabic: "تونس", english: "Tunis")
  static let territory = Territory(
    antennas: [], governorates: [(id: GovernorateCode(rawValue: "TN-11"), name: tunis)], countries: [],
    institutions: [], coverage: [])

  static func refused(_ values: [String: String]) -> [String] {
    let least = ["family-latin": "Ben Othman", "phones": "20 123 456", "version": "1"]
    do {
      _ = try CorrectionForm.checked(
        Typed(least.merging(values) { $1 }.mapValues { [$0] }), today: today, in: territory)
      return []
    } catch Refusal.invalid(let errors) { return errors.map(\.field) } catch {
      Issue.record(error)
      return []
    }
  }

  static let long = String(repeating: "س", count: 100_000)

  @Test(arguments: [
    ("family-latin", ["", long, "a\u{202E}b", "a\u{0}b", "a\u{FEFF}b"]),
    ("given-arabic", [long, "\u{2066}x"]), ("address", [long]), ("languages", [long]), ("safe-way", [long]),
    ("unsafe-way", ["post", "1"]), ("words-to-avoid", [long]),
    ("phones", ["", "12", "phone", "20 123 456\n13", long]),
    ("email", ["salma", "a@b", "a b@c.tn", "سلمى@c.tn", long]),
    ("cin", ["1", "123456789", "0123456a"]), ("passport", ["F", "F-123456", "جواز"]),
    ("birth-date", ["31/02/1990", "2026-03-13", "1890-01-01", "yesterday", "1990-13-01"]),
    ("birth-year", ["90", "2027", "x", "1e3"]), ("sex", ["other", "1 OR 1"]),
    ("governorate", ["TN-99", "Tunis", "<b>"]), ("version", ["0", "-1", "x", "99999999999999999999"]),
  ]) func `what cannot be meant is refused at its field`(field: String, values: [String]) {
    for value in values {
      #expect(Self.refused([field: value]) == [field], "\(value.prefix(20))")
    }
  }

  @Test func `everything wrong is said at once`() {
    let refused = Self.refused(["phones": "1", "cin": "1", "email": "x", "sex": "x", "birth-year": "x"])
    #expect(Set(refused) == ["phones", "cin", "email", "sex", "birth-year"])
  }

  @Test func `numbers are kept in one writing, and a birth date makes the year needless`() throws {
    let values = [
      "given-latin": " Salma ", "phones": "20.123.456, +33 6 12 34 56 78;٢٢٣٣٤٤٥٥", "cin": "٠١٢٣٤٥٦٧",
      "passport": "f 123456", "email": "Salma@Example.TN", "birth-date": "15/06/1990", "birth-year": "1980",
      "governorate": "TN-11",
    ]
    var check = FormCheck(Typed(values.mapValues { [$0] }))
    let identity = IdentityForm.checked(&check, today: Self.today, in: Self.territory)
    #expect(check.errors.isEmpty)
    #expect(
      identity
        == .with([
          .givenLatin: "Salma", .phones: "+21620123456\n+33612345678\n+21622334455", .cin: "01234567",
          .passport: "F123456", .email: "salma@example.tn", .birthDate: "1990-06-15", .governorate: "TN-11",
        ]))
  }

  @Test(arguments: [
    ([:], ["purpose", "way"]), (["purpose": "all", "way": "signed"], ["purpose"]),
    (["purpose": "sms", "way": "nodded"], ["way"]),
    (["purpose": "sms", "way": "signed", "given-on": "2026-03-13"], ["given-on"]),
    (["purpose": "sms", "way": "signed", "consent-language": "xx"], ["consent-language"]),
    (["purpose": "sms", "way": "signed"], []),
  ]) func `a consent`(values: [String: String], refused: [String]) {
    var found: [String] = []
    do {
      let consent = try ConsentForm.checked(
        Typed(values.mapValues { [$0] }), of: PersonID(), today: Self.today)
      #expect(consent.givenOn == Self.today)
    } catch Refusal.invalid(let errors) { found = errors.map(\.field) } catch { Issue.record(error) }
    #expect(found == refused)
  }
}
