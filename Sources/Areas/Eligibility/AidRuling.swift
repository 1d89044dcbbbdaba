import Basics
import Cases
import People
import Storage

/// What the rules in force say of one kind of aid for one person, for the room that gives it.
package struct AidRuling: Sendable {
  /// Empty where no rules of this kind are loaded.
  package let answers: [EligibilityAnswer]
  package let day: Day
  let rate: EuroRate?

  package var isLoaded: Bool { !answers.isEmpty }

  /// Whether the rules let one give it; where none are loaded, nothing stands against it.
  package var isOpen: Bool { answers.isEmpty || answers.contains { $0.verdict.answer == .yes } }

  /// The most that may be given; nil where the rules name no limit. Of several rules that say yes the widest counts, of
  /// none that does, the widest of all.
  /// - Throws: `Refusal.conflict` where the limit is in the other currency and no rate holds on the day.
  package func most(in currency: Money.Currency) throws(Refusal) -> Money? {
    let open = answers.filter { $0.verdict.answer == .yes }
    var most: Int64?
    for answer in open.isEmpty ? answers : open {
      guard let amount = answer.verdict.amount else { return nil }
      if amount.lacksRate { throw noRate }
      // A table that cannot be read is no permission to give whatever is asked.
      if amount.amount == nil, amount.most == nil, let why = EligibilityWords.untold(amount) {
        throw .conflict(why)
      }
      guard let limit = amount.amount ?? amount.most else { return nil }
      most = max(most ?? 0, try converted(limit, to: currency))
    }
    return most.map { Money($0, currency) }
  }

  private func converted(_ money: Money, to currency: Money.Currency) throws(Refusal) -> Int64 {
    guard money.currency != currency else { return money.minorUnits }
    guard let rate else { throw noRate }
    return currency == .tnd
      ? rate.millimes(ofCents: money.minorUnits) : rate.cents(ofMillimes: money.minorUnits)
  }

  private var noRate: Refusal {
    .conflict(say("The rules set a limit in the other currency, and no rate EUR/TND holds on \(day)."))
  }
}

extension Eligibility {
  /// Asks the rules of one kind of aid within the caller's transaction, who has opened or holds the case.
  /// - Parameters:
  ///   - own: the aid that is asked about, which is not one of those given before.
  ///   - funder: who would pay, as the ledger names it; nil while nobody knows.
  package func ruling(
    on kind: String, as own: String, paidBy funder: String?, for file: RecordID<CaseFile>,
    _ identity: Identity?,
    on day: Day, in db: Connection
  ) throws -> AidRuling {
    let rate = try sources.rate?(day, db)
    let sets = EligibilityRules.chosen(try inForce(on: day, in: db), of: kind, paidBy: funder)
    guard !sets.isEmpty else { return AidRuling(answers: [], day: day, rate: rate) }
    var known = try facts(of: file, identity, on: day, in: db)
    known.facts.leaveOut(aid: own)
    return AidRuling(
      answers: try sets.map { kept in
        answer(of: kept, to: try asked(of: kept, known, on: day, in: db), rate: rate)
      }, day: day, rate: rate)
  }

  /// Keeps what a ruling says beside the case that the caller holds: it stays, whatever becomes of the rules.
  package func keep(
    _ ruling: AidRuling, of file: RecordID<CaseFile>, _ subject: Subject, by actor: Actor, in db: Connection
  ) throws {
    for answer in ruling.answers {
      try keep(
        answer.verdict, of: answer.rules, answer.facts, file, subject, on: ruling.day, as: RecordID(),
        by: actor,
        in: db)
    }
  }
}
