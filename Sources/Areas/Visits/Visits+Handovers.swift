import Basics
import Cases
import Foundation
import Storage

extension Visits {
  /// What was handed over in a case that was opened already, the newest first.
  package func handovers(of opened: OpenedCase, in db: Connection) throws -> [VisitHandover] {
    try VisitHandoverStore.handovers(of: opened.file.id, key: opened.subject.key, in: db)
  }

  /// Records goods handed over; the same id a second time is the same handover.
  /// - Throws: `Refusal.sentBefore` when it came with other words then.
  package func record(_ handover: VisitHandover, in file: RecordID<CaseFile>, by actor: Actor) async throws {
    try await change(file, by: actor) { held, now, db in
      let known = try VisitHandoverStore.handovers(of: file, key: held.subject.key, in: db)
      if try VisitHandoverStore.exists(handover.id, in: db) {
        guard let kept = known.first(where: { $0.id == handover.id }), !kept.isSame(as: handover) else {
          return
        }
        throw Refusal.sentBefore("goods", kept: kept.goods)
      }
      guard known.count < VisitHandoverStore.most else {
        throw Refusal.conflict(say("This case has \(VisitHandoverStore.most) certificates already."))
      }
      try VisitHandoverStore.insert(
        handover, of: file, key: held.subject.key, by: actor, at: now, in: db)
      try Journal.append(
        "visit.hand-over", on: RecordReference("visit_handover", handover.id), of: held.subject, by: actor,
        at: now, changes: handover.fields.asNew, in: db)
    }
  }
}
