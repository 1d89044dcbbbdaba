import Basics
import TestSupport
import Testing

@testable import Questions

@Suite struct `The rules of questions` {
  @Test func `the centre sees all of them, an antenna its own, whoever opens no files none`() {
    #expect(QuestionRules.sight(of: Staff.fathi) == .everybody)
    #expect(QuestionRules.sight(of: Staff.amel) == .antenna("TUN"))
    #expect(QuestionRules.sight(of: Staff.hela) == .nobody)
  }

  @Test func `words are there, and not without end`() {
    for words in ["", " \n", String(repeating: "a", count: 5_001)] {
      #expect(throws: Refusal.self) {
        try QuestionRules.mustBeWhole(words, "words", say("Write what you ask."))
      }
    }
  }
}
