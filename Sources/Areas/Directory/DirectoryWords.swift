import Basics
import Cases
import Documents

extension Service {
  /// All that a person has to bring: the kinds that are checked, then the lines that were typed.
  func papersToBring(in reader: Reader) -> [String] { requiredPapers.map { reader($0.label) } + papers }

  /// The kind that goes by this name in one of the languages, as our own open data calls it.
  static func paper(named name: String) -> Document.Kind? {
    let words = Folding.words(name)
    return paperKinds.first { kind in
      Language.allCases.contains { Folding.words(Reader($0)(kind.label)) == words }
    }
  }
}

/// The words of the area.
package enum DirectoryWords {
  package static func kind(_ kind: Provider.Kind) -> Phrase {
    switch kind {
    case .publicBody: say("Public body")
    case .ngo: say("Association")
    case .firm: say("Firm")
    case .lender: say("Lender")
    case .health: say("Health care")
    case .school: say("School")
    case .legalHelp: say("Legal help")
    }
  }

  package static func need(_ need: Service.Need) -> Phrase {
    switch need {
    case .housing: say("Housing")
    case .food: say("Food")
    case .health: say("Health")
    case .mind: say("Psychological support")
    case .money: say("Money")
    case .papers: say("Papers")
    case .school: say("School")
    case .legal: say("Legal help")
    case .jobSearch: say("Looking for work")
    case .training: say("Training")
    case .business: say("Setting up a business")
    case .credit: say("Credit")
    case .disability: say("Disability")
    case .children: say("Children")
    case .other: say("Something else")
    }
  }

  package static func returned(_ kind: ReturnFacts.Kind) -> Phrase {
    switch kind {
    case .voluntary: say("voluntary return")
    case .ordered: say("return after an order to leave")
    case .forced: say("forced return")
    }
  }

  package static func situation(_ situation: Service.Situation) -> Phrase {
    switch situation {
    case .withMinors: say("persons with minor children")
    case .disabled: say("persons with a disability")
    case .jobless: say("persons without work")
    case .student: say("pupils and students")
    case .noIncome: say("persons without income")
    }
  }

  package static func access(_ access: Service.Access) -> Phrase {
    switch access {
    case .wheelchair: say("Reachable in a wheelchair")
    case .remote: say("Also by phone or online")
    case .home: say("Comes to the house")
    case .signLanguage: say("Sign language")
    case .womenOnly: say("A room for women")
    }
  }

  package static func day(_ day: Service.Weekday) -> Phrase {
    switch day {
    case .monday: say("Monday")
    case .tuesday: say("Tuesday")
    case .wednesday: say("Wednesday")
    case .thursday: say("Thursday")
    case .friday: say("Friday")
    case .saturday: say("Saturday")
    case .sunday: say("Sunday")
    }
  }

  /// Languages in which a service is given.
  static let languages = ["ar", "fr", "en", "it", "de"]

  static func language(_ code: String) -> Phrase {
    switch code {
    case "ar": say("Arabic")
    case "fr": say("French")
    case "en": say("English")
    case "it": say("Italian")
    default: say("German")
    }
  }

  package static func state(_ state: Service.State) -> Phrase {
    switch state {
    case .active: say("Offered")
    case .paused: say("Paused")
    case .ended: say("Not offered any more")
    }
  }
}
