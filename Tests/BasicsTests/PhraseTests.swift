import Basics
import Testing

@Suite struct `Phrases` {
  @Test func `keep their values apart from their text`() {
    let phrase = say("Case \("TUN-2026-0001") of \(3)")
    #expect(phrase.key == "Case {1} of {2}")
    #expect(phrase.arguments == [.text("TUN-2026-0001"), .text("3")])
    #expect(Reader(.english)(phrase) == "Case TUN-2026-0001 of 3")
  }

  @Test func `a value that looks like a place is shown as it is`() {
    #expect(Reader(.english)("From \("{2}") to \("{1}")") == "From {2} to {1}")
    #expect(Reader(.english)("One \("{") two \("}") three \("{9}")") == "One { two } three {9}")
  }

  @Test func `braces that are no place stay`() {
    #expect(Reader(.english)("{a} {0} {7} { \("x")") == "{a} {0} {7} { x")
  }

  @Test func `a phrase no catalogue knows is read in English`() {
    func said(_ count: Int, in language: Language) -> String {
      Reader(language)(count, one: "One unheard-of thing", many: "\(count) unheard-of things")
    }
    #expect(said(1, in: .french) == "One unheard-of thing")
    #expect(said(3, in: .french) == "3 unheard-of things")
  }

  /// Or else a phone number is turned round.
  @Test func `from right to left each value keeps its own order`() {
    #expect(Reader(.arabic)("Call \("+216 20")") == "Call \u{2068}+216 20\u{2069}")
    #expect(Reader(.french)("Call \("+216 20")") == "Call +216 20")
  }

  @Test func `a name is the word the reader has for it, kept or not`() throws {
    let phrase = say("At \([Language.french: "Le Kef", .arabic: "الكاف", .english: "El Kef"]) on \("Monday")")
    for phrase in [phrase, try #require(Phrase(phrase.fields))] {
      #expect(Reader(.english)(phrase) == "At El Kef on Monday")
      #expect(Reader(.arabic)(phrase).hasPrefix("At الكاف on"))
    }
  }

  @Test func `a day is written as the reader writes it`() throws {
    let day = try #require(Day("2026-03-12"))
    #expect(Reader(.english)("Due \(day)") == "Due 12\u{A0}March\u{A0}2026")
    #expect(Reader(.arabic)("Due \(day)") == "Due 12\u{A0}مارس\u{A0}2026")
  }

  @Test(arguments: [
    (0, 0), (1, 1), (2, 2), (3, 3), (10, 3), (11, 4), (99, 4), (100, 5), (101, 5), (102, 5), (103, 3),
    (110, 3),
    (111, 4), (199, 4), (200, 5), (1_000, 5), (1_003, 3), (-3, 3), (Int.min, 3),
  ])
  func `Arabic has six forms`(count: Int, form: Int) {
    #expect(Language.arabic.pluralForm(of: count) == form)
  }

  @Test func `French counts none as one, English as many`() {
    #expect([0, 1, 2, 11, 100].map { Language.french.pluralForm(of: $0) } == [0, 0, 1, 1, 1])
    #expect([0, 1, 2, 11, 101].map { Language.english.pluralForm(of: $0) } == [1, 0, 1, 1, 1])
  }
}
