import Basics

/// What a rule may ask of a person, her return and her file. None of it names her.
package enum Fact: Int, CaseIterable, Sendable {
  case returnCountry, returnKind, returnedOn, receivedOn, daysSinceReturn
  case age, sex, governorate, antenna
  case householdSize, dependants, children
  case isPlanned, isOpen
  case vulnerability, risk
  case papers
  case earlierAids, earlierAidsOfKind
  case moneyLeft

  /// How a rule file writes what is compared with it.
  package enum Kind: Sendable, Equatable {
    /// One word of a list; empty where the list is the installation's own.
    case code([String])
    /// Any number of words at once.
    case codes
    /// Whole.
    case number
    case day
    case flag
    /// Dinars, kept in millimes.
    case money
  }

  /// As rule files name it.
  package var code: String {
    switch self {
    case .returnCountry: "return-country"
    case .returnKind: "return-kind"
    case .returnedOn: "returned-on"
    case .receivedOn: "received-on"
    case .daysSinceReturn: "days-since-return"
    case .age: "age"
    case .sex: "sex"
    case .governorate: "governorate"
    case .antenna: "antenna"
    case .householdSize: "household-size"
    case .dependants: "dependants"
    case .children: "children"
    case .isPlanned: "plan-agreed"
    case .isOpen: "case-open"
    case .vulnerability: "vulnerability"
    case .risk: "risk"
    case .papers: "papers"
    case .earlierAids: "earlier-aids"
    case .earlierAidsOfKind: "earlier-aids-of-kind"
    case .moneyLeft: "money-left"
    }
  }

  package init?(code: String) {
    guard let fact = Self.byCode[code] else { return nil }
    self = fact
  }

  private static let byCode = Dictionary(uniqueKeysWithValues: allCases.map { ($0.code, $0) })

  package var kind: Kind {
    switch self {
    case .returnCountry, .governorate, .antenna, .vulnerability, .risk: .code([])
    case .returnKind: .code(["voluntary", "ordered", "forced"])
    case .sex: .code(["female", "male"])
    case .returnedOn, .receivedOn: .day
    case .daysSinceReturn, .age, .householdSize, .dependants, .children: .number
    case .earlierAids, .earlierAidsOfKind: .number
    case .isPlanned, .isOpen: .flag
    case .papers: .codes
    case .moneyLeft: .money
    }
  }

  package var label: Phrase {
    switch self {
    case .returnCountry: say("Country the person returned from")
    case .returnKind: say("Kind of return")
    case .returnedOn: say("Day of the return")
    case .receivedOn: say("Day of reception")
    case .daysSinceReturn: say("Days since the return")
    case .age: say("Age")
    case .sex: say("Sex")
    case .governorate: say("Governorate")
    case .antenna: say("Antenna")
    case .householdSize: say("Persons who live there, the person herself counted")
    case .dependants: say("Members of the household who depend on the person")
    case .children: say("Children of the person who are recorded")
    case .isPlanned: say("A plan is agreed with the person")
    case .isOpen: say("The case is open")
    case .vulnerability: say("Vulnerability found by the screening")
    case .risk: say("Risk found by the assessment")
    case .papers: say("Documents in the file")
    case .earlierAids: say("Aids given before")
    case .earlierAidsOfKind: say("Aids of this kind given before")
    case .moneyLeft: say("Money that is left for this aid")
    }
  }

  /// What somebody has to do before it is known.
  package var toKnow: Phrase {
    switch self {
    case .returnCountry, .returnKind, .returnedOn, .daysSinceReturn:
      say("Write it into the section on the return.")
    case .age, .sex, .governorate: say("Write it into the identity of the person.")
    case .householdSize, .dependants, .children:
      say("Record the household: who lives with the person and who depends on her, or that she lives alone.")
    case .vulnerability, .risk: say("Make the assessment.")
    case .moneyLeft: say("Nobody has said which money pays this aid.")
    case .receivedOn, .antenna, .isPlanned, .isOpen, .papers, .earlierAids, .earlierAidsOfKind:
      say("This is known of every file.")
    }
  }
}

/// What is known of one fact.
package enum FactValue: Hashable, Sendable {
  case code(String)
  case codes(Set<String>)
  /// Money in millimes. A range where only that much is known: of a birth the year, of a household some members.
  case number(ClosedRange<Int64>)
  case day(Day)
  case flag(Bool)

  /// As it is kept with an answer.
  var text: String {
    switch self {
    case .code(let code): code
    case .codes(let codes): codes.sorted().joined(separator: ",")
    case .number(let range):
      range.lowerBound == range.upperBound ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    case .day(let day): day.description
    case .flag(let flag): flag ? "yes" : "no"
    }
  }

  /// Whether nothing is left to be known of it.
  package var isExact: Bool {
    guard case .number(let range) = self else { return true }
    return range.lowerBound == range.upperBound
  }

  package static func number(_ value: Int) -> FactValue { .number(Int64(value)...Int64(value)) }
}

/// What is known of one file on one day; a fact without a value is not known.
package struct Facts: Sendable, Equatable {
  private var values = [FactValue?](repeating: nil, count: Fact.allCases.count)
  /// What the rules that are asked would give, in millimes; nil where that is not known.
  var amount: Int64?
  /// Given or promised before, oldest first.
  package var earlier: [EarlierAid] = []

  package init() {}

  /// An aid is not one of those that were given before it.
  mutating func leaveOut(aid id: String) {
    let others = earlier.filter { $0.id != id }
    guard others.count < earlier.count else { return }
    earlier = others
    self[.earlierAids] = .number(others.count)
  }

  package subscript(fact: Fact) -> FactValue? {
    get { values[fact.rawValue] }
    set { values[fact.rawValue] = newValue }
  }
}
