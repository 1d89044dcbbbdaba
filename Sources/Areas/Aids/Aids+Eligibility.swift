import Basics
import Cases
import Eligibility
import Foundation
import Funding
import People
import Storage

/// What the rules in force say of an aid: asked when it is submitted, when money is set aside, and when it is decided.
extension Aids {
  /// - Parameter money: the budget line that would pay, where none is set aside yet.
  func ruling(on held: Held, paidFrom money: RecordID<BudgetLine>?, on day: Day, in db: Connection) throws
    -> AidRuling
  {
    let identity = try cases.people.read(held.subject, in: db).person.identity
    return try ruling(on: held.line, identity, paidFrom: money, on: day, in: db)
  }

  func ruling(
    on line: AidLine, _ identity: Identity?, paidFrom money: RecordID<BudgetLine>?, on day: Day,
    in db: Connection
  ) throws -> AidRuling {
    var funder: String?
    if let reservation = line.reservation {
      funder = try funding.funders(of: [reservation], in: db)[reservation]
    } else if let money {
      funder = try funding.funder(of: money, in: db)
    }
    return try eligibility.ruling(
      on: line.kind.rawValue, as: line.id.text, paidBy: funder, for: line.file, identity, on: day, in: db)
  }
}

extension AidRules {
  /// - Throws: `Refusal.invalid` beside `exception`.
  static func mustBeOpen(_ ruling: AidRuling, although exception: String?) throws(Refusal) {
    guard ruling.isOpen || exception != nil else {
      throw .invalid([
        FieldError(
          "exception",
          say("The rules in force do not say yes: write why it goes before the committee all the same."))
      ])
    }
  }

  /// - Throws: `Refusal.conflict` with the limit.
  static func mustBeUnder(_ ruling: AidRuling, _ amount: Money) throws(Refusal) {
    guard let most = try ruling.most(in: amount.currency), amount.minorUnits > most.minorUnits else { return }
    throw .conflict(say("The rules in force let one give \(most) at most."))
  }
}
