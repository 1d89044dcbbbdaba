import Basics
import Documents
import Foundation
import Storage

/// What became of the money: brought by one, checked by another.
extension Aids {
  /// Records that the person has the goods, and signed for them; the same a second time changes nothing.
  package func handOver(
    _ handover: AidInstalment.Handover, _ part: RecordID<AidInstalment>, of id: RecordID<Aid>, by actor: Actor
  ) async throws {
    try await change(id, by: actor, with: .prepareAids) { held, now, db in
      let part = try held.part(part)
      guard part.handover != handover else { return }
      guard part.way == .kind, part.isPaid else {
        throw Refusal.conflict(say("Goods are handed over once they are paid."))
      }
      guard part.handover == nil else {
        throw Refusal.conflict(say("The goods of this part are handed over already."))
      }
      try mustBeHere(handover.scan, "document", held, by: actor, in: db)
      try AidInstalmentStore.set(handover, of: part.id, in: db)
      try tell(
        "aid.hand-over", held, by: actor, at: now,
        ["number": String(part.number), "on": handover.on.description], in: db)
    }
  }

  /// Brings a proof of a part that was paid; the same id a second time is the same proof.
  package func prove(
    _ new: NewProof, _ part: RecordID<AidInstalment>, of id: RecordID<Aid>, by actor: Actor
  ) async throws {
    try await change(id, by: actor, with: .prepareAids) { held, now, db in
      let part = try held.part(part)
      if let kept = part.proofs.first(where: { $0.id == new.id }) {
        guard (kept.way, kept.amount, kept.on, kept.words) == (new.way, new.amount, new.on, new.words),
          kept.document == new.document, kept.broughtBy == actor.id
        else { throw Refusal.sentBefore("amount") }
        return
      }
      try AidRules.mustProve(new, part)
      if let document = new.document { try mustBeHere(document, "document", held, by: actor, in: db) }
      guard
        try AidInstalmentStore.insert(
          new, for: part, of: held.line, key: held.key, by: actor, at: now, in: db)
      else { throw Refusal.sentBefore("amount") }
      try settle(id, key: held.key, at: now, in: db)
      try tell(
        "aid.prove", held, by: actor, at: now,
        [
          "number": String(part.number), "way": new.way.rawValue, "amount": new.amount.typed,
          "on": new.on.description, "words": new.words,
        ], in: db)
    }
  }

  /// Accepts or rejects a proof; what came back goes back to the money it was paid from. The same a second time changes
  /// nothing.
  package func check(
    _ proof: RecordID<AidProof>, _ check: AidProof.Check, because reason: String?, by actor: Actor
  ) async throws {
    try actor.must(.approvePayments)
    let now = now()
    try await database.write { db in
      guard let aid = try AidInstalmentStore.aid(of: proof, in: db) else { throw Refusal.notFound }
      let held = try hold(aid, for: actor, in: db)
      let part = held.aid.instalments.first { part in part.proofs.contains { $0.id == proof } }
      guard let part, let proof = part.proofs.first(where: { $0.id == proof }) else { throw Refusal.notFound }
      if let kept = proof.check {
        guard kept == check, proof.reason == reason, proof.checkedBy == actor.id else {
          throw Refusal.conflict(say("This proof is checked already."))
        }
        return
      }
      try AidRules.mustCheck(proof, check, part, by: actor.id)
      guard
        try AidInstalmentStore.check(
          proof.id, check, because: reason, key: held.key, by: actor, at: now, in: db)
      else { throw Refusal.conflict(say("This proof is checked already.")) }
      if check == .accepted, proof.way.givesBack, let order = part.order {
        try giveBack(proof, of: order, by: actor, in: db)
      }
      try settle(aid, key: held.key, at: now, in: db)
      try tell(
        check == .accepted ? "aid.accept" : "aid.reject", held, by: actor, at: now,
        ["number": String(part.number), "amount": proof.amount.typed, "words": reason ?? ""], in: db)
    }
  }
}
