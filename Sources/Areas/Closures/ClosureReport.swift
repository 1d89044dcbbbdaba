import Basics
import Cases
import Storage
import Visits

/// What is known of a person when her accompaniment ends.
package struct ClosureReport: Equatable, Sendable {
  /// What is asked: how she stands in three dimensions, and how satisfied she is with each kind of help.
  package enum Question: String, Storable, CaseIterable, Sendable {
    case economic, social, psychosocial
    case reception, orientation
    case socialHelp = "social-help"
    case employmentHelp = "employment-help"
    case projectHelp = "project-help"
    case followUp = "follow-up"

    /// How she stands, not what she thinks of a help.
    package var isSituation: Bool {
      switch self {
      case .economic, .social, .psychosocial: true
      default: false
      }
    }
  }

  /// One of five points, from the least to the most; or why there is none.
  package enum Answer: String, Storable, CaseIterable, Sendable {
    case one = "1"
    case two = "2"
    case three = "3"
    case four = "4"
    case five = "5"
    case refused
    case notApplicable = "not-applicable"
    case notAsked = "not-asked"
  }

  package var answers: [Question: Answer] = [:]
  /// What the person wishes to add, in her words.
  package var remark: String?

  package init(answers: [Question: Answer] = [:], remark: String? = nil) {
    self.answers = answers
    self.remark = remark
  }

  /// What is not answered was not asked.
  package subscript(question: Question) -> Answer { answers[question] ?? .notAsked }

  package var fields: Fields {
    var fields = Fields()
    for question in Question.allCases { fields[question.rawValue] = self[question].rawValue }
    fields["remark"] = remark
    return fields
  }

  package init(_ fields: Fields) {
    for question in Question.allCases {
      answers[question] = fields[question.rawValue].flatMap { Answer(rawValue: $0) } ?? .notAsked
    }
    remark = fields["remark"]
  }
}

/// A report as it is kept, with its version for those who correct it.
package struct KeptReport: Sendable {
  package let closure: RecordID<Closure>
  package let report: ClosureReport
  package let version: Int

  static func reference(_ id: RecordID<Closure>) -> RecordReference { RecordReference("closure_report", id) }
}

/// A talk with a person after her case was closed.
package struct LaterContact: Identifiable, Equatable, Sendable {
  package let id: RecordID<LaterContact>
  package let on: Day
  package let way: Visit.Way
  package let activity: Visit.Activity?
  /// What was heard.
  package let heard: String
  package let by: AccountID

  package init(
    id: RecordID<LaterContact>, on: Day, way: Visit.Way, activity: Visit.Activity?, heard: String,
    by: AccountID
  ) {
    self.id = id
    self.on = on
    self.way = way
    self.activity = activity
    self.heard = heard
    self.by = by
  }

  static func reference(_ id: RecordID<LaterContact>) -> RecordReference {
    RecordReference("later_contact", id)
  }

  func isSame(as other: LaterContact) -> Bool {
    (on, way, activity, heard) == (other.on, other.way, other.activity, other.heard)
  }

  var fields: Fields {
    Fields([
      "on": on.description, "way": way.rawValue, "activity": activity?.rawValue ?? "", "heard": heard,
    ])
  }
}

/// Everything known of how a case ended.
package struct CaseEnding: Sendable {
  package let opened: OpenedCase
  package let reports: [RecordID<Closure>: KeptReport]
  /// The newest first.
  package let contacts: [LaterContact]
}
