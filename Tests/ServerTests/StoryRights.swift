import Basics
import Cases
import Foundation
import People
import Rights
import TestSupport

@testable import Server

/// What the persons of a story asked for about their data.
extension Story {
  /// Each asked for something; the data of one are kept.
  static func rights(
    _ open: Thread, _ closed: Thread, _ followed: Thread, _ house: Installation, by counsellor: Actor
  )
    async throws -> RecordID<RetentionRule>
  {
    let today = Day(of: house.now())
    for thread in [open, closed, followed] {
      let request = RightsRequest(
        id: thread.request, person: thread.person, antenna: "TUN", kind: .copy, receivedOn: today,
        asker: .herself, proof: .card, words: "Everything", answer: nil)
      try await house.rights.receive(request, by: .program)
    }
    for thread in [closed, followed] {
      let hold = RightsHold(
        id: thread.hold, kind: .longer, until: today + 30, reason: "An appeal", setAt: house.now())
      try await house.rights.keep(hold, of: thread.person, by: .program)
    }
    try await house.rights.lift(closed.hold, of: closed.person, by: .program)
    try await ask(closed.erasure, house, by: counsellor)
    let id = RecordID<RetentionRule>()
    // Each story has a day of its own; many stories are told.
    for _ in 1...9 {
      let from = Day(number: 10_000 + Int.random(in: 0..<1_000_000))
      let rule = RetentionRule(id: id, category: .withoutHelp, years: 10, source: "A decision", from: from)
      do {
        try await house.rights.enter(rule, by: .program)
        break
      } catch Refusal.invalid {}
    }
    return id
  }

  /// Somebody's data are to be destroyed; whoever asked is the program, so that everyone may decide.
  private static func ask(_ id: RecordID<Erasure>, _ house: Installation, by counsellor: Actor) async throws {
    var identity = Identity()
    (identity[.familyLatin], identity[.phones]) = ("Zitouni", "+21620111222")
    let (person, file) = (PersonID(), RecordID<CaseFile>())
    try await house.cases.receive(
      Reception(
        id: file, person: person, identity: identity, antenna: counsellor.antenna ?? "TUN",
        contact: counsellor.id, channel: .walkIn, receivedAt: house.now(), returned: ReturnFacts()),
      by: counsellor)
    let closure = Closure(
      id: RecordID(), outcome: .withdrew, reason: "Gone", closedOn: Day(of: house.now()), reopenedOn: nil,
      reopenReason: nil)
    try await house.cases.close(file, closure, by: counsellor)
    try await house.rights.ask(id, of: person, on: .request, because: "She wrote to us", by: .program)
  }
}
