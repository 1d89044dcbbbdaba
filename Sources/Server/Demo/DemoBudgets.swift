import Basics
import Cases
import Foundation
import Plans

/// What the plans of invented persons cost, and how some were revised and completed. With dice of its own: what is told
/// of a person beside this stays the same.
struct DemoBudgets {
  let installation: Installation
  let today: Day
  let set: (Day) -> Void

  private static let payers = [
    "OFII", "صندوق الدعم", "La personne elle-même", "Association locale", "العائلة", "Fonds du programme",
  ]
  private static let witnesses = ["Son frère", "جارته", "Un collègue de l’antenne"]

  /// Budget lines of the actions, before the plan is agreed.
  func tell(
    _ id: RecordID<CaseFile>, _ actions: [RecordID<Plan.Action>], on day: Day, by counsellor: Actor,
    _ dice: inout DemoGenerator
  ) async throws {
    for action in actions where dice.chance(60) {
      for _ in 0..<dice.number(1...2) {
        let currency: Money.Currency = dice.chance(75) ? .tnd : .eur
        let units = Int64(dice.number(2...60)) * (currency == .tnd ? 100_000 : 5_000)
        let line = Plan.BudgetLine(
          id: newID(on: day, &dice), amount: Money(units, currency), payer: dice.pick(Self.payers),
          way: dice.chance(50) ? .cash : .inKind)
        try await installation.plans.add(line, under: action, of: id, by: counsellor)
      }
    }
  }

  /// Who signed beside the counsellor.
  func agreement(on day: Day, _ dice: inout DemoGenerator) -> Plan.Agreement {
    Plan.Agreement(
      on: day, signedBy: "Conseil", witness: dice.chance(15) ? dice.pick(Self.witnesses) : nil)
  }

  /// Some plans are revised some weeks later, and most of those are agreed again.
  func revise(
    _ id: RecordID<CaseFile>, _ goals: [Plan.Goal], agreed: Day, by counsellor: Actor,
    _ dice: inout DemoGenerator
  ) async throws {
    guard dice.chance(25), agreed + 20 <= today, let goal = goals.first else { return }
    let day = min(today, agreed + dice.number(10...20))
    set(day)
    let action = Plan.Action(
      id: newID(on: day, &dice), text: dice.pick(DemoTexts.actions[goal.track, default: [""]]),
      who: dice.pick(DemoTexts.doers), by: nil, state: .toDo, startedOn: nil, reason: nil)
    try await installation.plans.add(action, under: goal.id, of: id, by: counsellor)
    try await tell(id, [action.id], on: day, by: counsellor, &dice)
    guard dice.chance(60) else { return }
    try await installation.plans.agree(
      agreement(on: day, &dice), as: newID(on: day, &dice), on: id, by: counsellor)
  }

  /// At the ten in the morning at which demonstrations happen.
  private func newID<Record>(on day: Day, _ dice: inout DemoGenerator) -> RecordID<Record> {
    RecordID(at: Date(timeIntervalSince1970: Double(day.number) * 86_400 + 9 * 3_600), using: &dice)
  }
}
