import Basics
import Cases
import Foundation

/// Which agreements a list shows.
package enum AgreementList: String, CaseIterable, Sendable {
  /// Whose money may still be promised or paid.
  case running
  case ended
}

/// A line with what became of its money.
struct LineShown: Sendable, Equatable {
  let line: BudgetLine
  let totals: LineTotals
  /// What may still be reserved.
  let left: Money
}

/// An agreement with what became of its money.
struct AgreementShown: Sendable, Equatable {
  let agreement: Agreement
  let funder: Funder
  let received: Money
  /// Given to no line.
  let open: Money
  /// Those that the reader may see.
  let lines: [LineShown]

  /// The sum of a part of the lines, in the agreement's currency.
  func sum(_ part: (LineShown) -> Money) -> Money {
    Money(lines.reduce(0) { $0 + part($1).minorUnits }, agreement.currency)
  }
}

struct AgreementsFound: Sendable {
  let agreements: [AgreementShown]
  let next: AgreementCursor?
}

/// Where the next page of a list begins.
struct AgreementCursor: Sendable, Equatable {
  let until: Day
  let id: RecordID<Agreement>

  init(until: Day, id: RecordID<Agreement>) { (self.until, self.id) = (until, id) }

  init?(_ text: String) {
    let parts = text.split(separator: "!")
    guard parts.count == 2, let until = Day(parts[0]), let id = RecordID<Agreement>(parts[1]) else {
      return nil
    }
    self.init(until: until, id: id)
  }

  var text: String { "\(until)!\(id)" }
}

/// What the page of an agreement shows beside its lines.
struct AgreementOpened: Sendable {
  let shown: AgreementShown
  let instalments: [FunderInstalment]
  let receipts: [(receipt: FunderReceipt, movement: RecordID<Movement>, isReversed: Bool)]
}

/// What the page of a line shows.
struct LineOpened: Sendable {
  let agreement: AgreementShown
  let line: LineShown
  let movements: [Movement]
  let next: RecordID<Movement>?
  /// The files behind the movements, for whoever may open them.
  let files: [RecordID<Reservation>: CaseFile]
  let staff: [AccountID: String]
}

/// How a line's money will have been used when its agreement ends, if all goes on as in the last months.
struct LineOutlook: Sendable, Equatable {
  let shown: LineShown
  let agreement: Agreement
  let funder: Funder
  /// Whole days until the last on which money may be promised.
  let daysLeft: Int
  /// What was newly used in `OutlookRules.window` days.
  let usedLately: Money
  /// Of what is left, expected to be used by the end.
  let expected: Money
  /// Of what is left, expected to remain.
  let unspent: Money
}

/// Money that the funder may not accept any more when it is paid.
struct LineRisk: Sendable {
  enum Reason: String, Sendable, CaseIterable {
    /// The last payment is expected after the last day that the funder accepts.
    case late
    /// Nobody said when it will be paid, and that day comes near.
    case unknown
    /// That day is over.
    case over
    /// No contract binds it yet, and the last day for one comes near or is over.
    case unbound
  }

  let reservation: Reservation
  let line: BudgetLine
  let agreement: Agreement
  let reason: Reason
  /// What is still to be paid or bound, in the currency of the aid.
  let amount: Money
  /// Nil for whoever may not open it.
  let file: CaseFile?
}
