import Basics
import People

/// The words for what the journal tells of a household, and for what stands in a field.
enum HouseholdWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "household.add": say("Added a member of the household")
    case "household.correct": say("Corrected a member of the household")
    case "household.receive": say("Received a member of the household as a person of her own")
    case "household.remove": say("Removed a member of the household")
    case "household.alone": say("Recorded that the person lives alone")
    case "household.not-alone": say("Took back that the person lives alone")
    default: nil
    }
  }

  /// A value of a field as the reader knows it.
  static func shown(_ field: String, _ value: String, _ reader: Reader) -> String {
    switch field {
    case "relation": HouseholdMember.Relation(rawValue: value).map { reader($0.label) } ?? value
    case "sex": Person.Sex(rawValue: value).map { reader($0.label) } ?? value
    case "living": HouseholdMember.Living(rawValue: value).map { reader($0.label) } ?? value
    case "dependent", "school": HouseholdMember.Answer(rawValue: value).map { reader($0.label) } ?? value
    default: value
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

extension HouseholdMember.Answer {
  package var label: Phrase {
    switch self {
    case .yes: say("Yes")
    case .no: say("No")
    }
  }

  package var dependentLabel: Phrase {
    switch self {
    case .yes: say("Depends on the person")
    case .no: say("Does not depend on the person")
    }
  }

  package var schoolLabel: Phrase {
    switch self {
    case .yes: say("Goes to school")
    case .no: say("Does not go to school")
    }
  }
}
