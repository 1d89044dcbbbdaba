import Basics
import Cases
import Committees
import Documents
import Foundation
import Storage

/// What was granted becomes parts and a contract.
extension Aids {
  /// Promises a part of what was granted; the same id a second time is the same part.
  package func plan(_ new: NewInstalment, of id: RecordID<Aid>, by actor: Actor) async throws {
    try await change(id, by: actor, with: .prepareAids) { held, now, db in
      if let kept = held.aid.instalments.first(where: { $0.id == new.id }) {
        let isSame =
          (kept.way, kept.amount, kept.dueOn, kept.words) == (new.way, new.amount, new.dueOn, new.words)
        guard isSame, kept.conditions == new.conditions, kept.isLive else {
          throw Refusal.sentBefore("amount")
        }
        return
      }
      try plan([new], held, by: actor, at: now, in: db)
    }
  }

  /// Promises what is not promised yet in parts as equal as they can be, a number of months apart.
  /// - Parameter first: the first part, whose id, way, day, conditions and words count; its amount does not.
  package func split(
    _ first: NewInstalment, into count: Int, monthsApart months: Int, of id: RecordID<Aid>, by actor: Actor
  ) async throws {
    try await change(id, by: actor, with: .prepareAids) { held, now, db in
      if held.aid.instalments.contains(where: { $0.id == first.id }) { return }
      let rest = Money(AidRules.unplanned(held.line.granted, held.aid.instalments), held.line.currency)
      guard rest.minorUnits >= Int64(count) else {
        throw Refusal.conflict(say("Nothing is left to be promised in so many parts."))
      }
      let parts = AidSplit.equal(rest, into: count).enumerated().map { index, amount in
        NewInstalment(
          id: index == 0 ? first.id : RecordID(), way: first.way, amount: amount,
          dueOn: first.dueOn.adding(months: index * months), conditions: first.conditions, words: first.words)
      }
      try plan(parts, held, by: actor, at: now, in: db)
    }
  }

  private func plan(_ parts: [NewInstalment], _ held: Held, by actor: Actor, at now: Date, in db: Connection)
    throws
  {
    guard held.line.state == .granted else {
      throw Refusal.conflict(say("Parts are promised after the grant and before the contract."))
    }
    let sum = parts.reduce(0) { $0 + $1.amount.minorUnits }
    let rest = AidRules.unplanned(held.line.granted, held.aid.instalments)
    guard parts.allSatisfy({ $0.amount.currency == held.line.currency }) else {
      throw Refusal.invalid([
        FieldError("amount", say("This aid is counted in \(held.line.currency.rawValue)."))
      ])
    }
    guard sum <= rest else {
      throw Refusal.invalid([
        FieldError("amount", say("At most \(Money(rest, held.line.currency).typed) is left to be promised."))
      ])
    }
    let live = held.aid.instalments.count(where: \.isLive)
    guard live + parts.count <= AidInstalment.mostParts else {
      throw Refusal.conflict(say("At most \(AidInstalment.mostParts) parts."))
    }
    var number = held.aid.instalments.map(\.number).max() ?? 0
    for part in parts {
      number += 1
      guard
        try AidInstalmentStore.insert(
          part, number: number, of: held.line, contact: held.file.contact, key: held.key, by: actor, in: db)
      else { throw Refusal.sentBefore("amount") }
      try tell(
        "aid.plan", held, by: actor, at: now,
        [
          "number": String(number), "amount": part.amount.typed, "due": part.dueOn.description,
          "way": part.way.rawValue, "words": part.words,
        ], in: db)
    }
  }

  /// Takes a part out again before the contract; the same a second time changes nothing.
  package func unplan(_ part: RecordID<AidInstalment>, of id: RecordID<Aid>, by actor: Actor) async throws {
    try await change(id, by: actor, with: .prepareAids) { held, now, db in
      let part = try held.part(part)
      guard part.isLive else { return }
      guard held.line.state == .granted else {
        throw Refusal.conflict(say("The contract is signed: its parts stand."))
      }
      try AidInstalmentStore.remove(part.id, in: db)
      try tell("aid.unplan", held, by: actor, at: now, ["number": String(part.number)], in: db)
    }
  }

  /// Records that the contract is signed: from now on its money is bound. The same a second time changes nothing.
  package func sign(_ contract: AidContract, of id: RecordID<Aid>, by actor: Actor) async throws {
    try await change(id, by: actor, with: .prepareAids) { held, now, db in
      if let kept = held.aid.contract {
        let isSame =
          (kept.signedOn, kept.signedBy, kept.representative, kept.followMonths)
          == (contract.signedOn, contract.signedBy, contract.representative, contract.followMonths)
        guard isSame else { throw Refusal.conflict(say("This contract is signed already.")) }
        return
      }
      try AidRules.mustSign(held.line, held.aid.instalments)
      if let item = RecordID<CommitteeItem>(id.text), try committees.waits(item, in: db) {
        throw Refusal.conflict(
          say("An appeal waits for a committee: sign once it is decided, or take the appeal back."))
      }
      if let decided = held.line.decidedOn, contract.signedOn < decided {
        throw Refusal.invalid([
          FieldError("signed-on", say("Check the date: the decision is of \(decided)."))
        ])
      }
      try bind(
        held.line, expected: held.aid.instalments.filter(\.isLive).map(\.dueOn).max(), by: actor, in: db)
      try AidStore.set(contract, of: id, key: held.key, at: now, in: db)
      for part in held.aid.instalments where part.isLive {
        try AidInstalmentStore.set(.planned, due: part.dueOn, of: part.id, in: db)
      }
      try tell(
        "aid.sign", held, by: actor, at: now,
        [
          "signed-on": contract.signedOn.description, "signed-by": contract.signedBy ?? "",
          "representative": contract.representative ?? "", "months": String(contract.followMonths),
        ], in: db)
    }
  }

  /// Names the document that is the signed copy; the same a second time changes nothing.
  package func attach(_ scan: RecordID<Document>, to id: RecordID<Aid>, by actor: Actor) async throws {
    try await change(id, by: actor, with: .prepareAids) { held, now, db in
      guard let contract = held.aid.contract else { throw Refusal.notFound }
      guard contract.scan != scan else { return }
      try mustBeHere(scan, "scan", held, by: actor, in: db)
      try AidStore.set(scan: scan, of: id, in: db)
      try Journal.append(
        "aid.attach", on: Aid.reference(id), of: held.subject, by: actor, at: now,
        changes: [FieldChange(field: "scan", before: contract.scan?.text, after: scan.text)], in: db)
    }
  }

  /// - Throws: `Refusal.invalid` beside the field for a document that is not of this case, or was withdrawn.
  func mustBeHere(
    _ document: RecordID<Document>, _ field: String, _ held: Held, by actor: Actor, in db: Connection
  ) throws {
    do {
      _ = try documents.require(document, of: held.file.id, held.subject, for: actor, in: db)
    } catch Refusal.notFound {
      throw Refusal.invalid([FieldError(field, say("Choose a document of this case."))])
    }
  }
}
