import Basics
import Cases
import Foundation
import Papers
import People
import Plans
import Visits

/// The final report as its paper says it, in one language: everything that `report.typ` shows, words and all.
struct ClosurePaper: Encodable, Sendable {
  struct Part: Encodable, Sendable {
    let title: String
    /// Labels with their values; empty where the part is a list.
    var facts: [PaperRow] = []
    /// Lines, each with what stands small beside it.
    var lines: [Line] = []
  }

  struct Line: Encodable, Sendable {
    let text: PaperText
    let beside: String
  }

  let language: String
  let title: String
  let number: String
  let facts: [PaperRow]
  let parts: [Part]
  let boxes: [String]
  let words: [String: String]

  init(_ ending: CaseEnding, _ plan: Plan, _ visits: [Visit], at now: Date, in language: Language) {
    let reader = Reader(language)
    let opened = ending.opened
    self.language = language.rawValue
    title = reader("Final report")
    number = opened.file.number
    facts = Self.facts(opened, Day(of: now), reader)
    parts =
      [
        Self.needs(opened.needs, reader), Self.plan(plan, reader), Self.visits(visits, reader),
      ].filter { !$0.lines.isEmpty } + Self.closures(ending, reader)
      + [Self.contacts(ending.contacts, reader)].filter { !$0.lines.isEmpty }
    boxes = [reader("The person"), reader("For the service")]
    words = [
      "page": reader("Page {1} of {2}"), "signatures": reader("Signatures"),
      "sign": reader("Name, date and signature"),
    ]
  }

  private static func facts(_ opened: OpenedCase, _ today: Day, _ reader: Reader) -> [PaperRow] {
    let identity = opened.person.person.identity
    let name = reader.ordered(latin: identity.latinName, arabic: identity.arabicName)
    let names = [name.first, name.second ?? ""].filter { !$0.isEmpty }
    let file = opened.file
    let days: [(String, Day?)] = [
      (reader("Returned on"), file.returned.returnedOn), (reader("Received"), Day(of: file.receivedAt)),
      (reader("Plan agreed on"), file.milestones.planAgreedOn), (reader("Printed on"), today),
    ]
    return names.map { PaperRow(label: reader("The person"), value: PaperText($0)) }
      + [PaperRow(label: reader("Case"), value: PaperText(file.number))]
      + days.compactMap { label, day in
        day.map { PaperRow(label: label, value: PaperText(reader.date($0))) }
      }
  }

  private static func needs(_ needs: [Need], _ reader: Reader) -> Part {
    Part(
      title: reader("Immediate needs"),
      lines: needs.map { need in
        Line(
          text: PaperText(need.whatWasDone ?? need.details ?? reader(need.kind.label)),
          beside: [
            reader(need.kind.label), need.metOn.map { reader("met on \($0)") } ?? reader("not met"),
          ].joined(separator: " · "))
      })
  }

  private static func plan(_ plan: Plan, _ reader: Reader) -> Part {
    Part(
      title: reader("Plan"),
      lines: plan.goals.flatMap { goal in
        [Line(text: PaperText(goal.text), beside: reader(goal.track.label))]
          + goal.actions.map { Line(text: PaperText($0.text), beside: reader($0.state.label)) }
      })
  }

  private static func visits(_ visits: [Visit], _ reader: Reader) -> Part {
    Part(
      title: reader("Follow-up visits"),
      lines: visits.compactMap { visit in
        visit.report.map { report in
          Line(
            text: PaperText(report.seen),
            beside: "\(reader.date(report.on)) · \(reader(report.activity.label))")
        }
      })
  }

  /// Each closure with what is known of it: a reopened case has several.
  private static func closures(_ ending: CaseEnding, _ reader: Reader) -> [Part] {
    ending.opened.closures.map { closure in
      var facts = [
        PaperRow(label: reader("Closed on"), value: PaperText(reader.date(closure.closedOn))),
        PaperRow(label: reader("Outcome"), value: PaperText(reader(closure.outcome.label))),
        PaperRow(label: reader("Why"), value: PaperText(closure.reason)),
      ]
      if let day = closure.reopenedOn {
        facts.append(PaperRow(label: reader("Opened again:"), value: PaperText(reader.date(day))))
      }
      guard let report = ending.reports[closure.id]?.report else {
        return Part(title: reader("Closing"), facts: facts)
      }
      facts += ClosureReport.Question.allCases.filter { report[$0] != .notAsked }.map {
        PaperRow(label: reader($0.label), value: PaperText(reader($0.label(of: report[$0]))))
      }
      if let remark = report.remark {
        facts.append(PaperRow(label: reader("What the person adds"), value: PaperText(remark)))
      }
      return Part(title: reader("Closing"), facts: facts)
    }
  }

  private static func contacts(_ contacts: [LaterContact], _ reader: Reader) -> Part {
    Part(
      title: reader("Contacts after the closing"),
      lines: contacts.map {
        Line(text: PaperText($0.heard), beside: "\(reader.date($0.on)) · \(reader($0.way.label))")
      })
  }
}
