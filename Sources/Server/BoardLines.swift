import Agenda
import Basics
import Board
import Cases
import Circulars
import Complaints
import Meetings
import Openings
import Questions
import Referrals
import Reviews
import Rights
import Tasks
import Transfers

extension Installation {
  /// What the rooms count for the board, in the order in which a meeting goes through it.
  var boardLines: [BoardLine] { caseLines + personLines + officeLines }

  private var caseLines: [BoardLine] {
    let kinds: [(kind: BoardLine.Kind, what: Due.What)] = [
      (.plans, .plan), (.actions, .action), (.visits, .visit),
    ]
    return kinds.map { kind, what in
      BoardLine(kind, path: Self.lateCases) { antenna, _, today, db in
        try antenna.flatMap { try cases.late(what, at: $0, on: today, in: db) }
      }
    }
  }

  @Sendable private static func lateCases(_ antenna: AntennaCode?, _ actor: Actor) -> String? {
    var filter = CaseFilter()
    filter.isLate = true
    if actor.scope == .nation { filter.antenna = antenna }
    return CasePaths.list(filter)
  }

  private var personLines: [BoardLine] {
    let day: @Sendable (AntennaCode?, Actor) -> String? = { _, actor in
      // Whoever is at no antenna has no day there.
      actor.antenna == nil ? nil : AgendaPaths.list
    }
    return [
      BoardLine(.referrals, path: { _, _ in ReferralPaths.late }) { antenna, _, _, db in
        try antenna.flatMap { try referrals.late(at: $0, in: db) }
      },
      BoardLine(.missed, path: day) { antenna, _, today, db in
        try antenna.flatMap { try agenda.missed(at: $0, on: today, in: db) }
      },
      BoardLine(.untold, path: day) { antenna, _, today, db in
        try antenna.flatMap { try agenda.untold(at: $0, on: today, in: db) }
      },
      BoardLine(.offers, path: { _, _ in TransferPaths.list }) { antenna, _, _, db in
        try antenna.flatMap { try transfers.waiting(at: $0, in: db) }
      },
      BoardLine(.complaints, path: { _, _ in ComplaintPaths.list }) { antenna, actor, _, db in
        try antenna.flatMap { try complaints.waiting(at: $0, for: actor, in: db) }
      },
      BoardLine(.rights, path: { _, _ in RightsPaths.list }) { antenna, _, _, db in
        try antenna.flatMap { try rights.waiting(at: $0, in: db) }
      },
    ]
  }

  private var officeLines: [BoardLine] {
    [
      BoardLine(.tasks, path: { antenna, _ in antenna.map { TaskPaths.late(at: $0) } ?? TaskPaths.list }) {
        antenna, _, today, db in try tasks.late(at: antenna, on: today, in: db)
      },
      BoardLine(.questions, path: { _, _ in QuestionPaths.list }) { antenna, _, _, db in
        try antenna.flatMap { try questions.waiting(at: $0, in: db) }
      },
      BoardLine(.openings, path: { _, _ in OpeningPaths.list }) { antenna, _, _, db in
        try antenna.flatMap { try openings.waiting(at: $0, in: db) }
      },
      BoardLine(.circulars, path: { _, _ in CircularPaths.list }) { antenna, _, today, db in
        try antenna.flatMap { try circulars.late(at: $0, on: today, in: db) }
      },
      BoardLine(
        .findings,
        path: { antenna, actor in
          actor.scope == .nation ? antenna.map { ReviewPaths.findings(at: $0) } : ReviewPaths.findings
        }
      ) { antenna, _, _, db in try antenna.flatMap { try reviews.waiting(at: $0, in: db) } },
      BoardLine(
        .decisions,
        path: { antenna, actor in
          actor.scope == .nation ? antenna.map { MeetingPaths.decisions(at: $0) } : MeetingPaths.decisions
        }
      ) { antenna, _, _, db in try meetings.waiting(at: antenna, in: db) },
    ]
  }
}
