import Basics

/// What is asked of each kind. The lists of answers are plain words of our own, no official nomenclature.
extension Skill.Kind {
  /// Levels of education, languages and sectors are ours until the office names a nomenclature.
  static let educationLevels = ["none", "primary", "basic", "secondary", "vocational", "higher"]
  static let languageLevels = ["a1", "a2", "b1", "b2", "c1", "c2", "native"]
  static let languages = ["ar", "fr", "en", "it", "de"]
  static let sectors = [
    "agriculture", "fishing", "crafts", "trade", "food", "transport", "services", "digital", "building",
    "other",
  ]
  static let recognitions = ["not-asked", "asked", "recognised", "refused"]

  var questions: [SkillField] {
    switch self {
    case .profile: Self.profileQuestions
    case .experience: Self.experienceQuestions
    case .certificate:
      [
        SkillField("title", say("Title of the certificate"), needed: say("Write the title.")),
        SkillField("issuer", say("Issued by")),
        SkillField("country", say("Country")),
        SkillField("obtained-on", say("Obtained on"), .day),
      ]
    case .idea: Self.ideaQuestions
    }
  }

  private static let profileQuestions: [SkillField] =
    [
      SkillField("level", say("Level of education"), .choice(educationLevels)),
      SkillField("field", say("Field of study")),
      SkillField("trades", say("Trades, one a line, with years of experience"), .paragraph),
    ]
    + languages.flatMap { code in
      [
        SkillField("spoken-\(code)", SkillWords.spoken(code), .choice(languageLevels)),
        SkillField("written-\(code)", SkillWords.written(code), .choice(languageLevels)),
      ]
    } + [
      SkillField("other-languages", say("Other languages, with their level")),
      SkillField("licences", say("Driving licences")),
    ]

  private static let experienceQuestions = [
    SkillField(
      "where", say("Where was it?"), .choice(["here", "abroad"]), needed: say("Choose where it was.")),
    SkillField("country", say("Country")),
    SkillField("trade", say("Trade"), needed: say("Write the trade.")),
    SkillField("employer", say("Employer")),
    SkillField("from-year", say("From (year)"), .number(1950...2100)),
    SkillField("until-year", say("Until (year)"), .number(1950...2100)),
    SkillField("learned", say("What was learned"), .paragraph),
  ]

  private static let ideaQuestions = [
    SkillField("sector", say("Sector"), .choice(sectors), needed: say("Choose the sector.")),
    SkillField("what", say("What she wants to do"), .paragraph, needed: say("Write what the idea is.")),
    SkillField("place", say("Governorate and delegation")),
    SkillField("premises", say("Premises"), .choice(["owned", "rented", "to-find", "not-needed"])),
    SkillField("contribution", say("Own contribution in dinars"), .dinars),
    SkillField("experience", say("Experience in it"), .paragraph),
    SkillField("risks", say("Risks seen"), .paragraph),
    SkillField("jobs", say("People it would employ"), .number(0...1_000)),
  ]

  /// The steps of recognition are moved by an act of their own.
  static let recognitionQuestions = [
    SkillField(
      "recognition", say("Recognition of the certificate"), .choice(recognitions),
      needed: say("Choose how the recognition stands.")),
    SkillField("recognition-on", say("Since"), .day),
  ]
}
