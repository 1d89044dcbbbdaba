import Basics
import Storage

extension Visit {
  /// What the visitor finds of the person's activity.
  package enum Activity: String, Storable, CaseIterable, Sendable {
    case notStarted = "not-started", goingOn = "going-on", inDifficulty = "in-difficulty", stopped
  }

  /// How the visitor and the person met.
  package enum Way: String, Storable, CaseIterable, Sendable {
    case home, antenna, phone, video
  }

  package enum Difficulty: String, CaseIterable, Sendable {
    case money, premises, suppliers, customers, health, family, papers, housing, other
  }

  /// Whether the person wishes to leave the country again.
  package enum Wish: String, Storable, CaseIterable, Sendable {
    case no, thinks, yes
  }

  /// What the person earns; nil where it was not asked.
  package enum Income: Hashable, Sendable {
    case refused
    case range(IncomeRange)

    /// As it is typed and told: `refused`, or the range.
    package var text: String {
      switch self {
      case .refused: "refused"
      case .range(let range): range.text
      }
    }

    package init?(_ text: String) {
      if text == "refused" {
        self = .refused
      } else if let range = IncomeRange(text) {
        self = .range(range)
      } else {
        return nil
      }
    }
  }

  /// Dinars a month, from `lower` up to `upper` without it; without end where there is no `upper`.
  package struct IncomeRange: Hashable, Sendable {
    package let lower: Int
    package let upper: Int?

    package init(lower: Int, upper: Int?) {
      self.lower = lower
      self.upper = upper
    }

    /// `300-600`, `2000-`.
    package var text: String { "\(lower)-\(upper.map(String.init) ?? "")" }

    package init?(_ text: String) {
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      guard parts.count == 2, let lower = Int(parts[0]), lower >= 0 else { return nil }
      let upper = Int(parts[1])
      guard parts[1].isEmpty || upper.map({ $0 > lower }) ?? false else { return nil }
      self.init(lower: lower, upper: upper)
    }

    /// Nothing at all.
    package var isNone: Bool { lower == 0 && upper == 1 }
  }

  /// Places of work, each counted for women and men.
  package enum Jobs: String, CaseIterable, Sendable {
    case keptByWomen = "jobs-kept-women"
    case keptByMen = "jobs-kept-men"
    case createdForWomen = "jobs-created-women"
    case createdForMen = "jobs-created-men"

    /// A person's business is small: more is a slip of the pen.
    package static let most = 999
  }

  /// What was seen. What was not asked is nil, and stays so.
  package struct Report: Equatable, Sendable {
    package var on: Day
    package var activity: Activity
    package var seen: String
    package var nextStep: String?
    /// By when the next step is to be taken.
    package var nextOn: Day?
    package var way: Way?
    package var income: Income?
    package var jobs: [Jobs: Int] = [:]
    /// Empty where the person was asked and named none.
    package var difficulties: Set<Difficulty>?
    /// The other difficulty, in words.
    package var otherDifficulty: String?
    package var wish: Wish?
    package var wishReason: String?

    package init(on: Day, activity: Activity, seen: String, nextStep: String?) {
      self.on = on
      self.activity = activity
      self.seen = seen
      self.nextStep = nextStep
    }
  }
}

extension Set<Visit.Difficulty> {
  /// The codes in their order, `none` where there are none: as it is kept and told.
  var text: String {
    isEmpty ? "none" : Visit.Difficulty.allCases.filter(contains).map(\.rawValue).joined(separator: " ")
  }

  init(text: String) { self = Set(text.split(separator: " ").compactMap { .init(rawValue: String($0)) }) }
}

extension Visit.Report {
  /// The report by the names of its form's fields: what is merged, and told in the journal.
  package var fields: Fields {
    var fields = Fields()
    fields["made-on"] = on.description
    fields["activity"] = activity.rawValue
    fields["seen"] = seen
    fields["next-step"] = nextStep
    fields["next-on"] = nextOn?.description
    fields["way"] = way?.rawValue
    fields["income"] = income?.text
    for (kind, count) in jobs { fields[kind.rawValue] = String(count) }
    fields["difficulties"] = difficulties?.text
    fields["other-difficulty"] = otherDifficulty
    fields["wish"] = wish?.rawValue
    fields["wish-why"] = wishReason
    return fields
  }

  /// Nil when `fields` hold no report.
  package init?(_ fields: Fields) {
    guard let on = fields["made-on"].flatMap({ Day($0) }), let seen = fields["seen"],
      let activity = fields["activity"].flatMap({ Visit.Activity(rawValue: $0) })
    else { return nil }
    self.init(on: on, activity: activity, seen: seen, nextStep: fields["next-step"])
    nextOn = fields["next-on"].flatMap { Day($0) }
    way = fields["way"].flatMap { Visit.Way(rawValue: $0) }
    income = fields["income"].flatMap { Visit.Income($0) }
    for kind in Visit.Jobs.allCases { jobs[kind] = fields[kind.rawValue].flatMap { Int($0) } }
    difficulties = fields["difficulties"].map { Set(text: $0) }
    otherDifficulty = fields["other-difficulty"]
    wish = fields["wish"].flatMap { Visit.Wish(rawValue: $0) }
    wishReason = fields["wish-why"]
  }
}
