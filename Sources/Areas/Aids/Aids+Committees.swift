import Basics
import Cases
import Committees
import Foundation
import Funding
import Storage

/// Aids before the committees: put there with the submission, and changed by what is decided, in its transaction.
extension Aids {
  /// How a committee names an aid in its decisions.
  private static func origin(of id: RecordID<Aid>) -> String { "aid:\(id)" }

  static func aid(_ origin: String) -> RecordID<Aid>? {
    origin.hasPrefix("aid:") ? RecordID(origin.dropFirst(4)) : nil
  }

  func putBeforeCommittee(_ held: Held, although reason: String?, by actor: Actor, in db: Connection) throws {
    // What was postponed or refused is before the committee already.
    guard held.line.state == .prepared, let request = held.aid.request,
      let item = RecordID<CommitteeItem>(held.line.id.text),
      let track = CommitteeItem.Track(rawValue: held.line.track.rawValue),
      let kind = try kinds(in: db).first(where: { $0.id == held.line.kind })
    else { return }
    let sum = [request.asked, request.own, request.other].map(\.typed).joined(separator: " + ")
    let lines = [
      request.purpose, "\(request.cost.typed) \(request.cost.currency.rawValue) = \(sum)", reason,
    ]
    try committees.submit(
      NewItem(
        id: item, file: held.file.id, origin: Self.origin(of: held.line.id), track: track,
        title: say("Aid: \(kind.name.words)"), amount: held.line.asked, preparedBy: held.line.preparedBy,
        summary: lines.compactMap(\.self).joined(separator: "\n")),
      in: db, by: actor)
  }

  /// Takes an aid that is given up back from the committee that has not decided it.
  func takeBack(_ held: Held, because words: String, by actor: Actor, in db: Connection) throws {
    guard !held.line.isOutside, let item = RecordID<CommitteeItem>(held.line.id.text),
      try committees.waits(item, in: db)
    else { return }
    try committees.withdraw(item, because: words, in: db, by: actor)
  }

  /// What a committee decides becomes what is decided on the aid; what is refused here undoes the decision.
  package var decisions: DecisionFollower {
    { decision, db, actor in
      guard let id = Self.aid(decision.origin) else { return }
      let held = try hold(id, for: .program, in: db)
      guard let told = RecordID<Aid.Decision>(decision.id.text),
        !held.aid.decisions.contains(where: { $0.id == told })
      else { return }
      // An appeal is also against conditions.
      let states: Set<Aid.State> =
        decision.isOnAppeal
        ? [.submitted, .postponed, .refused, .granted] : [.submitted, .postponed, .refused]
      guard states.contains(held.line.state) else {
        throw Refusal.conflict(say("This aid waits for no decision: it was given up, or decided."))
      }
      let outcome: Aid.Decision.Outcome =
        switch decision.outcome {
        case .granted, .conditions: .granted
        case .postponed: .postponed
        case .refused: .refused
        }
      let new = Aid.Decision(
        id: told, outcome: outcome, amount: outcome == .granted ? decision.amount ?? held.line.asked : nil,
        on: decision.day, body: "", words: decision.words.conditions ?? decision.words.text)
      try decide(new, held, from: nil, by: actor, at: now(), in: db)
    }
  }
}
