import Basics
import Foundation
import Storage

/// The case file of one person: from first contact to closure, with one contact person at every moment.
package struct CaseFile: Identifiable, Sendable {
  /// Where a case stands. Derived from `Milestones` by `CaseRules.stage`, never posted.
  package enum Stage: String, Storable, CaseIterable, Sendable {
    case received, planned, inProgress = "in-progress", followUp = "follow-up", closed
  }

  /// How the first contact came about.
  package enum Channel: String, Storable, CaseIterable, Sendable {
    case walkIn = "walk-in", web, phone, attache, consulate, airport, memberState = "member-state", partner
  }

  package let id: RecordID<CaseFile>
  /// `TUN-2026-0042`: antenna, year of reception, number without gaps.
  package let number: String
  package let person: PersonID
  package let antenna: AntennaCode
  /// The one contact person.
  package let contact: AccountID
  package let channel: Channel
  package let receivedAt: Date
  package let version: Int
  package let milestones: Milestones
  package let stage: Stage
  package let due: Due?
  package let returned: ReturnFacts

  package static func reference(_ id: RecordID<CaseFile>) -> RecordReference { RecordReference("case", id) }

  /// Days from the return, or from reception when that is later, within which a plan is to be agreed.
  /// Source: the scheme's aim of one month; the installation may set another (`plans.days`).
  package static let daysToPlan = 30
}

/// What has happened in a case and what is promised: everything the stage and the next due day follow from.
package struct Milestones: Equatable, Sendable {
  package var receivedOn: Day
  package var returnedOn: Day?
  package var planAgreedOn: Day?
  package var firstActionOn: Day?
  package var firstVisitOn: Day?
  /// The earliest day by which an open action of the plan is to be done.
  package var nextActionOn: Day?
  /// The day of the next planned visit.
  package var nextVisitOn: Day?
  /// Empty again after a reopening.
  package var closedOn: Day?

  package init(receivedOn: Day, returnedOn: Day? = nil) {
    self.receivedOn = receivedOn
    self.returnedOn = returnedOn
  }
}

/// The next thing to do in a case, and by when.
package struct Due: Equatable, Sendable {
  package enum What: String, Storable, CaseIterable, Sendable {
    case plan, action, visit
  }

  package let what: What
  package let on: Day

  package func isLate(on today: Day) -> Bool { on < today }
}

/// One line of a list of cases.
package struct CaseLine: Identifiable, Sendable {
  package let id: RecordID<CaseFile>
  package let number: String
  package let person: PersonID
  package let antenna: AntennaCode
  package let contact: AccountID
  package let stage: CaseFile.Stage
  package let receivedAt: Date
  package let due: Due?
}

/// Which cases a list shows; each is a part of the URL.
package struct CaseFilter: Equatable, Sendable {
  package enum Whose: String, CaseIterable, Sendable { case mine, all }

  package var whose = Whose.all
  package var stage: CaseFile.Stage?
  package var antenna: AntennaCode?
  /// Only those of one contact person.
  package var contact: AccountID?
  /// Only those whose due day has passed, the oldest first, whatever their stage.
  package var isLate = false
  /// What the list shows beside the name.
  package var columns = CaseColumn.usual

  package init() {}

  /// Shows a column or shows it no more; one stays.
  mutating func toggle(_ column: CaseColumn) {
    let chosen = CaseColumn.allCases.filter { columns.contains($0) != ($0 == column) }
    if !chosen.isEmpty { columns = chosen }
  }
}

/// What a list of cases may show beside the name, in its order.
package enum CaseColumn: String, CaseIterable, Sendable {
  case number, stage, antenna, contact, received, next

  package static let usual: [CaseColumn] = [.number, .stage, .contact, .received, .next]
  /// Where all cases are of one contact person.
  package static let short: [CaseColumn] = [.number, .stage, .received, .next]

  var label: Phrase {
    switch self {
    case .number: say("Case")
    case .stage: say("Stage")
    case .antenna: say("Antenna")
    case .contact: say("Contact person")
    case .received: say("Received")
    case .next: say("Next")
    }
  }
}
