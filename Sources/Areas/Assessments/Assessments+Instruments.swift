import Basics
import Cases
import Foundation
import Storage

/// What may be asked about instruments.
extension Assessments {
  /// Every version of every instrument.
  package func instruments(for actor: Actor) async throws -> [KeptInstrument] {
    try actor.must(.openFiles)
    return try await cases.database.read { db in try InstrumentStore.all(cache, in: db) }
  }

  /// - Throws: `Refusal.notFound` for one that is not there.
  package func instrument(_ id: InstrumentID, for actor: Actor) async throws -> KeptInstrument {
    try actor.must(.openFiles)
    return try await cases.database.read { db in
      guard let kept = try InstrumentStore.find(id, cache, in: db) else { throw Refusal.notFound }
      return kept
    }
  }

  /// Loads a version from the text of its file: it can be read and tried, and is not in force. The same text a second
  /// time changes nothing; a version that was never in force is replaced by what is loaded now.
  /// - Throws: `Refusal.invalid` on the field `text` with every fault and its line.
  package func load(_ text: String, by actor: Actor) async throws -> InstrumentID {
    try actor.must(.keepInstruments)
    let instrument: Instrument
    switch Instrument.read(text) {
    case .instrument(let read): instrument = read
    case .faults(let faults): throw Refusal.invalid(faults.map { FieldError("text", $0.phrase) })
    }
    let (now, id) = (now(), instrument.id)
    if let day = instrument.checkedOn, day > Day(of: now) {
      throw Refusal.invalid([
        FieldError("text", say("It says that it was checked on a day that is still to come."))
      ])
    }
    return try await cases.database.write { db in
      if let shipped = InstrumentShipped.all.first(where: { $0.instrument.id == id }) {
        guard shipped.text != text else { return id }
        throw Self.taken(id)
      }
      guard try InstrumentStore.count(in: db) < InstrumentStore.most - InstrumentShipped.codes.count else {
        throw Refusal.conflict(
          say("There are \(InstrumentStore.most) versions of questionnaires already: no more can be loaded."))
      }
      if try InstrumentStore.insert(instrument, text, by: actor.id, at: now, in: db) {
        try Self.tell("instrument.load", id, by: actor, at: now, in: db)
        return id
      }
      try InstrumentStore.hold(id, in: db)
      guard let kept = try InstrumentStore.find(id, cache, in: db) else { throw Refusal.notFound }
      guard kept.text != text else { return id }
      guard kept.state == .loaded else { throw Self.taken(id) }
      try InstrumentStore.replace(id, with: text, by: actor, at: now, in: db)
      try Self.tell("instrument.load", id, by: actor, at: now, in: db)
      return id
    }
  }

  private static func taken(_ id: InstrumentID) -> Refusal {
    .invalid([
      FieldError(
        "text",
        say(
          "Version \(id.version) of “\(id.code)” is there with another text: give this one the next number."))
    ])
  }

  /// Puts a version in force from today on.
  package func force(_ id: InstrumentID, by actor: Actor) async throws {
    try await decide(id, by: actor) { kept, now, db in
      guard kept.state != .inForce else { return }
      try InstrumentRules.mayForce(kept, on: Day(of: now))
      try InstrumentStore.force(id, on: Day(of: now), by: actor, in: db)
      try Self.tell("instrument.force", id, by: actor, at: now, in: db)
    }
  }

  /// Retires a version after today, for a reason: answers that were given with it keep it.
  package func retire(_ id: InstrumentID, because reason: String, by actor: Actor) async throws {
    try await decide(id, by: actor) { kept, now, db in
      if kept.retiredBecause == reason { return }
      try InstrumentRules.mayRetire(kept)
      try InstrumentStore.retire(id, on: Day(of: now), because: reason, by: actor, in: db)
      try Self.tell("instrument.retire", id, ["reason": reason], by: actor, at: now, in: db)
    }
  }

  /// How far two assessors agreed, by item; only over pairs that were given for that.
  func agreement(_ id: InstrumentID, for actor: Actor) async throws -> (KeptInstrument, [String: Agreement]) {
    try actor.must(.openFiles)
    return try await cases.database.read { db in
      guard let kept = try InstrumentStore.find(id, cache, in: db) else { throw Refusal.notFound }
      let counts = try AgreementStore.counts(of: id, in: db)
      let found = kept.instrument.items.reduce(into: [String: Agreement]()) { found, item in
        guard let counts = counts[item.code] else { return }
        let hasOptions: Bool =
          switch item.kind {
          case .oneOf, .yesNo: true
          case .severalOf, .number, .text, .date: false
          }
        found[item.code] = Agreement(counts, hasOptions: hasOptions)
      }
      return (kept, found)
    }
  }

  private func decide(
    _ id: InstrumentID, by actor: Actor,
    _ body: @escaping @Sendable (KeptInstrument, Date, Connection) throws -> Void
  ) async throws {
    try actor.must(.keepInstruments)
    let now = now()
    try await cases.database.write { db in
      if let shipped = InstrumentShipped.all.first(where: { $0.instrument.id == id }) {
        try InstrumentStore.ensure(shipped, at: now, in: db)
      }
      try InstrumentStore.hold(id, in: db)
      guard let kept = try InstrumentStore.find(id, cache, in: db) else { throw Refusal.notFound }
      try body(kept, now, db)
    }
  }

  private static func tell(
    _ act: String, _ id: InstrumentID, _ told: [String: String] = [:], by actor: Actor, at now: Date,
    in db: Connection
  ) throws {
    try Journal.append(
      act, on: KeptInstrument.reference(id), by: actor, at: now, changes: Fields(told).asNew, in: db)
  }
}

extension InstrumentFault {
  /// The line, and what is wrong there.
  package var phrase: Phrase {
    let words = Language.allCases.reduce(into: [:]) { $0[$1] = Reader($1)(reason) }
    return say("Line \(line): \(words)")
  }
}
