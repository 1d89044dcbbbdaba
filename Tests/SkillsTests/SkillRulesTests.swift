import Basics
import Testing

@testable import Skills

@Suite struct `Skills by their rules` {
  @Test func `the years of an experience follow each other`() throws {
    try SkillRules.mustBeSound(.experience, Fields(["from-year": "2010", "until-year": "2010"]))
    #expect(throws: Refusal.self) {
      try SkillRules.mustBeSound(.experience, Fields(["from-year": "2011", "until-year": "2010"]))
    }
  }

  @Test func `each step of a recognition has its day, but for the one before the first`() throws {
    try SkillRules.mustBeSoundRecognition(Fields(["recognition": "not-asked"]))
    try SkillRules.mustBeSoundRecognition(Fields(["recognition": "asked", "recognition-on": "2026-01-02"]))
    #expect(throws: Refusal.self) {
      try SkillRules.mustBeSoundRecognition(Fields(["recognition": "refused"]))
    }
  }

  @Test func `an idea says what a study would still ask, and a profile counts by its languages`() {
    let missing = SkillRules.missing(in: Fields(["sector": "food", "what": "Bread"])).map(\.name)
    #expect(missing == ["place", "premises", "contribution", "experience", "risks", "jobs"])
    #expect(
      SkillRules.languages(in: Fields(["spoken-fr": "b2", "spoken-ar": "native"])) == "ar:native fr:b2")
    #expect(SkillRules.languages(in: Fields()) == nil)
  }
}
