import Basics
import Cases
import Foundation
import Papers
import People

/// The plan as its paper says it, in one language: everything that `plan.typ` shows, words and all.
struct PlanPaper: Encodable, Sendable {
  struct Sum: Encodable, Sendable {
    let label: PaperText
    let amount: String
  }

  struct Track: Encodable, Sendable {
    let name: String
    let goals: [Goal]
  }

  struct Goal: Encodable, Sendable {
    let text: PaperText
    let reason: PaperText?
    let actions: [Action]
  }

  struct Action: Encodable, Sendable {
    let text: PaperText
    let who: PaperText
    let by: String
    let state: String
    let reason: PaperText?
    let budget: [Line]
  }

  struct Line: Encodable, Sendable {
    let amount: String
    let payer: PaperText
    let way: String
  }

  let language: String
  let title: String
  let number: String
  let facts: [PaperRow]
  let tracks: [Track]
  let totals: [Sum]
  let boxes: [String]
  let words: [String: String]

  init(_ plan: Plan, _ opened: OpenedCase, at now: Date, in language: Language) {
    let reader = Reader(language)
    self.language = language.rawValue
    title = reader("Plan")
    number = opened.file.number
    facts = Self.facts(plan, opened, Day(of: now), reader)
    tracks = Plan.Track.allCases.compactMap { track in
      let goals = plan.goals.filter { $0.track == track }
      return goals.isEmpty
        ? nil : Track(name: reader(track.label), goals: goals.map { Self.goal($0, reader) })
    }
    totals = Self.totals(plan.totals, reader)
    boxes = [reader("The person"), reader("For the service")]
    words = [
      "page": reader("Page {1} of {2}"), "action": reader("What will be done"),
      "who": reader("Who does it"), "by": reader("By when"), "state": reader("State"),
      "noAction": reader("No action yet."), "budget": reader("Budget"), "of": reader("Of which"),
      "amount": reader("Amount"), "signatures": reader("Signatures"),
      "declaration": reader(
        "The person and the service agree this plan. It is revised together when circumstances change."),
      "sign": reader("Name, date and signature"),
    ]
  }

  private static func facts(_ plan: Plan, _ opened: OpenedCase, _ today: Day, _ reader: Reader) -> [PaperRow]
  {
    let identity = opened.person.person.identity
    let name = reader.ordered(latin: identity.latinName, arabic: identity.arabicName)
    let names = [name.first, name.second ?? ""].filter { !$0.isEmpty }
    return names.map { PaperRow(label: reader("The person"), value: PaperText($0)) } + [
      PaperRow(label: reader("Case"), value: PaperText(opened.file.number)),
      PaperRow(label: reader("State"), value: PaperText(status(plan, reader))),
      PaperRow(label: reader("Printed on"), value: PaperText(reader.date(today))),
    ]
  }

  private static func status(_ plan: Plan, _ reader: Reader) -> String {
    guard let version = plan.versions.last else { return reader("Draft, not agreed yet") }
    let (number, day) = (version.number, version.agreement.on)
    if let end = plan.completedOn {
      return reader("Version \(number), agreed on \(day), completed on \(end)")
    }
    return plan.status == .revised
      ? reader("Version \(number), agreed on \(day), with changes not agreed yet")
      : reader("Version \(number), agreed on \(day)")
  }

  private static func goal(_ goal: Plan.Goal, _ reader: Reader) -> Goal {
    Goal(
      text: PaperText(goal.text), reason: goal.reason.map { PaperText($0) },
      actions: goal.actions.map { action in
        Action(
          text: PaperText(action.text), who: PaperText(action.who), by: action.by.map(reader.date) ?? "",
          state: reader(action.state.label), reason: action.reason.map { PaperText($0) },
          budget: action.budget.map {
            Line(amount: reader.money($0.amount), payer: PaperText($0.payer), way: reader($0.way.label))
          })
      })
  }

  private static func totals(_ totals: Plan.Totals, _ reader: Reader) -> [Sum] {
    totals.payers.map { Sum(label: PaperText($0.name), amount: reader.money($0.amount)) }
      + totals.ways.map { Sum(label: PaperText(reader($0.way.label)), amount: reader.money($0.amount)) }
      + totals.all.map { Sum(label: PaperText(reader("In all")), amount: reader.money($0)) }
  }
}
