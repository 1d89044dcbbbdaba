import Basics
import People

/// The words for what the journal tells of a household.
enum HouseholdWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "household.add": say("Added a member of the household")
    case "household.remove": say("Removed a member of the household")
    default: nil
    }
  }
}

extension HouseholdMember.Relation {
  package var label: Phrase {
    switch self {
    case .spouse: say("Spouse")
    case .child: say("Child")
    case .father: say("Father")
    case .mother: say("Mother")
    case .sibling: say("Brother or sister")
    case .grandchild: say("Grandchild")
    case .other: say("Another relation")
    }
  }
}

extension HouseholdMember.Living {
  package var label: Phrase {
    switch self {
    case .together: say("Lives with the person")
    case .elsewhere: say("Lives elsewhere")
    }
  }
}
