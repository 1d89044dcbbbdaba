import Basics
import Pages

/// The words of the area: for its acts, its parts and its answers.
enum SkillWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "skill.profile": say("Wrote the professional profile")
    case "skill.change-profile": say("Changed the professional profile")
    case "skill.idea": say("Wrote the business idea")
    case "skill.change-idea": say("Changed the business idea")
    case "skill.experience": say("Added an experience")
    case "skill.certificate": say("Added a certificate")
    case "skill.correct": say("Corrected an entry of the skills")
    case "skill.recognition": say("Recorded the recognition of a certificate")
    case "skill.withdraw": say("Withdrew an entry of the skills")
    default: nil
    }
  }

  static func title(_ kind: Skill.Kind) -> Phrase {
    switch kind {
    case .profile: say("Professional profile")
    case .experience: say("Experience")
    case .certificate: say("Certificates and diplomas")
    case .idea: say("Business idea")
    }
  }

  static func spoken(_ code: String) -> Phrase {
    switch code {
    case "ar": say("Arabic, spoken")
    case "fr": say("French, spoken")
    case "en": say("English, spoken")
    case "it": say("Italian, spoken")
    default: say("German, spoken")
    }
  }

  static func written(_ code: String) -> Phrase {
    switch code {
    case "ar": say("Arabic, written")
    case "fr": say("French, written")
    case "en": say("English, written")
    case "it": say("Italian, written")
    default: say("German, written")
    }
  }

  /// The answer that a code stands for.
  static func label(_ code: String) -> Phrase {
    education(code) ?? language(code) ?? sector(code) ?? state(code) ?? say("Another one")
  }

  private static func education(_ code: String) -> Phrase? {
    switch code {
    case "none": say("No schooling")
    case "primary": say("Primary school")
    case "basic": say("Lower secondary school")
    case "secondary": say("Secondary school")
    case "vocational": say("Vocational training")
    case "higher": say("Higher education")
    default: nil
    }
  }

  private static func language(_ code: String) -> Phrase? {
    switch code {
    case "a1": say("A1, first words")
    case "a2": say("A2, simple exchanges")
    case "b1": say("B1, everyday life")
    case "b2": say("B2, at ease")
    case "c1": say("C1, very good")
    case "c2": say("C2, like a mother tongue")
    case "native": say("Mother tongue")
    default: nil
    }
  }

  private static func sector(_ code: String) -> Phrase? {
    switch code {
    case "agriculture": say("Agriculture")
    case "fishing": say("Fishing")
    case "crafts": say("Crafts")
    case "trade": say("Shops and trade")
    case "food": say("Food and catering")
    case "transport": say("Transport")
    case "services": say("Services")
    case "digital": say("Digital work")
    case "building": say("Building")
    default: nil
    }
  }

  private static func state(_ code: String) -> Phrase? {
    switch code {
    case "here": say("In Tunisia")
    case "abroad": say("Abroad")
    case "owned": say("Her own")
    case "rented": say("Rented")
    case "to-find": say("To be found")
    case "not-needed": say("None needed")
    case "not-asked": say("Not asked for")
    case "asked": say("Asked for")
    case "recognised": say("Recognised")
    case "refused": say("Refused")
    default: nil
    }
  }

  /// A value as the reader knows it.
  static func shown(_ question: SkillField, _ value: String, on page: Page) -> String {
    switch question.kind {
    case .choice: page(label(value))
    case .day: Day(value).map { page.reader.date($0) } ?? value
    case .dinars: Int64(value).map { page.reader.money(Money($0 * 1_000, .tnd)) } ?? value
    default: value
    }
  }

  static func shown(_ name: String, _ value: String, on page: Page) -> String {
    let questions = Skill.Kind.allCases.flatMap(\.questions) + Skill.Kind.recognitionQuestions
    return questions.first { $0.name == name }.map { shown($0, value, on: page) } ?? value
  }
}
