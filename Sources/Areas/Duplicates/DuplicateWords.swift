import Basics
import Linkage
import People

/// The words for what the journal tells of pairs.
enum DuplicateWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "duplicate.suggest": say("Set beside another file that may be of the same person")
    case "duplicate.different": say("Told apart from a file alike")
    case "duplicate.unsure": say("Left it to the head whether a file alike is the same person’s")
    case "duplicate.propose": say("Proposed to join with a file alike")
    case "duplicate.join": say("Decided to join two files")
    case "duplicate.part": say("Decided to part two files")
    case "duplicate.apart": say("Received beside a file alike")
    case "duplicate.again": say("More speaks for one person since a correction")
    default: nil
    }
  }
}

extension DuplicatePair.State {
  var label: Phrase {
    switch self {
    case .open: say("To compare")
    case .unsure: say("For the head")
    case .proposed: say("To confirm")
    case .different: say("Two persons")
    case .joined: say("Joined")
    }
  }
}

extension DuplicateAct.Kind {
  var label: Phrase {
    switch self {
    case .different: say("decided: two persons")
    case .unsure: say("could not tell")
    case .propose: say("proposed: one person")
    case .join: say("joined the files")
    case .part: say("parted the files")
    case .apart: say("received another person all the same")
    case .again: say("proposed again after a correction")
    }
  }
}

/// How likely it is, for somebody who does not count in bits.
enum Likelihood: Equatable {
  case nearlyCertain, likely, perhaps, unlikely

  /// - Parameter score: the logarithm, base 2, of the odds, in hundredths: 99 of 100, four of five, one of two.
  init(score: Int) {
    switch score {
    case 663...: self = .nearlyCertain
    case 200...: self = .likely
    case 0...: self = .perhaps
    default: self = .unlikely
    }
  }

  var label: Phrase {
    switch self {
    case .nearlyCertain: say("nearly certain")
    case .likely: say("likely")
    case .perhaps: say("perhaps")
    case .unlikely: say("hardly")
    }
  }
}

extension Agreement {
  /// Nil where one of the two is not known.
  var label: Phrase? {
    switch self {
    case .missing: nil
    case .different: say("differs")
    case .distant: say("hardly alike")
    case .partial: say("agrees in part")
    case .near: say("similar")
    case .close: say("nearly the same")
    case .swapped: say("changed places")
    case .alike: say("sounds alike")
    case .equal: say("the same")
    }
  }
}

extension LinkField {
  var label: Phrase {
    switch self {
    case .given: say("Given name")
    case .family: say("Family name")
    case .father: Identity.Field.father.label
    case .spouse: Identity.Field.spouse.label
    case .born: say("Born")
    case .cin: Identity.Field.cin.label
    case .passport: Identity.Field.passport.label
    case .phones: Identity.Field.phones.label
    case .email: Identity.Field.email.label
    case .governorate: Identity.Field.governorate.label
    case .delegation: Identity.Field.delegation.label
    case .sex: Identity.Field.sex.label
    }
  }
}
