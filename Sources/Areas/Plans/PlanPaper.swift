import Basics
import Cases
import Foundation
import Papers
import People

/// The plan as its paper says it, in one language: everything that `plan.typ` shows, words and all.
struct PlanPaper: Encodable, Sendable {
  /// Text that somebody wrote, with the direction of its letters.
  struct Free: Encodable, Sendable {
    let text: String
    let isArabic: Bool

    init(_ text: String) {
      self.text = text
      isArabic = text.unicodeScalars.first { $0.properties.isAlphabetic }.map(Self.isArabic) ?? false
    }

    private static func isArabic(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.value {
      case 0x0600...0x08FF, 0xFB50...0xFDFF, 0xFE70...0xFEFF: true
      default: false
      }
    }
  }

  struct Row: Encodable, Sendable {
    let label: String
    let value: Free
  }

  struct Sum: Encodable, Sendable {
    let label: Free
    let amount: String
  }

  struct Track: Encodable, Sendable {
    let name: String
    let goals: [Goal]
  }

  struct Goal: Encodable, Sendable {
    let text: Free
    let reason: Free?
    let actions: [Action]
  }

  struct Action: Encodable, Sendable {
    let text: Free
    let who: Free
    let by: String
    let state: String
    let reason: Free?
    let budget: [Line]
  }

  struct Line: Encodable, Sendable {
    let amount: String
    let payer: Free
    let way: String
  }

  let language: String
  let title: String
  let number: String
  let facts: [Row]
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

  private static func facts(_ plan: Plan, _ opened: OpenedCase, _ today: Day, _ reader: Reader) -> [Row] {
    let identity = opened.person.person.identity
    let name = reader.ordered(latin: identity.latinName, arabic: identity.arabicName)
    let names = [name.first, name.second ?? ""].filter { !$0.isEmpty }
    return names.map { Row(label: reader("The person"), value: Free($0)) } + [
      Row(label: reader("Case"), value: Free(opened.file.number)),
      Row(label: reader("State"), value: Free(status(plan, reader))),
      Row(label: reader("Printed on"), value: Free(reader.date(today))),
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
      text: Free(goal.text), reason: goal.reason.map { Free($0) },
      actions: goal.actions.map { action in
        Action(
          text: Free(action.text), who: Free(action.who), by: action.by.map(reader.date) ?? "",
          state: reader(action.state.label), reason: action.reason.map { Free($0) },
          budget: action.budget.map {
            Line(amount: reader.money($0.amount), payer: Free($0.payer), way: reader($0.way.label))
          })
      })
  }

  private static func totals(_ totals: Plan.Totals, _ reader: Reader) -> [Sum] {
    totals.payers.map { Sum(label: Free($0.name), amount: reader.money($0.amount)) }
      + totals.ways.map { Sum(label: Free(reader($0.way.label)), amount: reader.money($0.amount)) }
      + totals.all.map { Sum(label: Free(reader("In all")), amount: reader.money($0)) }
  }
}
