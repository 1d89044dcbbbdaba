import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Transfers

@Suite struct `Whatever happens to a case` {
  private enum Act: CaseIterable {
    case assign, offer, accept, decline, withdraw, close, reopen
  }

  /// Who works where: a contact person of a case is one of its antenna.
  private static let teams: [AntennaCode: (head: Actor, counsellor: Actor)] = [
    "TUN": (Staff.chokri, Staff.amel), "SFA": (Staff.ghazi, Staff.emna),
  ]

  /// No sequence of acts leaves a case without a contact person or an antenna, or with two open offers.
  @Test(arguments: [(Database.Engine.sqlite, 12), (.postgres, 12)])
  func `it has one contact person, of its antenna, and one open offer at most`(
    engine: Database.Engine, seeds: Int
  ) async throws {
    guard TestDatabase.engines.contains(engine) else { return }
    try await TransferRoom.with(engine) { room, _ in
      var done: [Act: Int] = [:]
      for seed in 1...seeds {
        var dice = Dice(seed: UInt64(seed))
        let file = try await room.receive(by: Bool.random(using: &dice) ? Staff.amel : Staff.emna)
        for _ in 0..<40 {
          guard let act = Act.allCases.randomElement(using: &dice) else { continue }
          room.clock.advance(seconds: 60)
          do {
            try await perform(act, on: file, room, &dice)
            done[act, default: 0] += 1
          } catch is Refusal {
            // Refused: nothing may have changed that the checks below would find.
          }
          try await check(file, room, "seed \(seed), after \(act)")
        }
      }
      for act in Act.allCases { #expect(done[act, default: 0] > 0, "\(act) was never done") }
    }
  }

  private func perform(
    _ act: Act, on file: RecordID<CaseFile>, _ room: TransferRoom, _ dice: inout Dice
  ) async throws {
    let held = try await room.file(file)
    let team = try #require(Self.teams[held.antenna])
    let other = try #require(Self.teams.first { $0.key != held.antenna })
    let pair = [team.head, team.counsellor]
    let actor = try #require(pair.randomElement(using: &dice))
    let open = try await room.all(file).randomElement(using: &dice)?.id ?? RecordID()
    let someone = try #require([other.value.head, other.value.counsellor].randomElement(using: &dice))
    switch act {
    case .assign:
      let contact = try #require(pair.randomElement(using: &dice))
      try await room.cases.assign(file, to: contact.id, by: team.head)
    case .offer: try await room.offer(file, TransferRoom.words(to: other.key), by: actor)
    case .accept: try await room.transfers.accept(open, contact: someone.id, by: other.value.head)
    case .decline: try await room.transfers.decline(open, because: "Because", by: other.value.head)
    case .withdraw: try await room.transfers.withdraw(open, because: "Because", by: actor)
    case .close: try await room.close(file, by: actor)
    case .reopen: try await room.cases.reopen(file, reason: "Because", by: team.head)
    }
  }

  private func check(_ file: RecordID<CaseFile>, _ room: TransferRoom, _ place: String) async throws {
    let held = try await room.file(file)
    let team = try #require(Self.teams[held.antenna], "\(place): no antenna")
    #expect([team.head.id, team.counsellor.id].contains(held.contact), "\(place): no contact person there")
    let open = try await room.all(file).filter { $0.state == .open }
    #expect(open.count <= 1, "\(place): two open offers")
    #expect(open.isEmpty || held.stage != .closed, "\(place): a closed case is offered")
    #expect(open.allSatisfy { $0.line.from == held.antenna && $0.line.contact == held.contact }, "\(place)")
    // The person goes with her case.
    #expect(
      try await room.cases.people.open(held.person, for: team.counsellor).person.contact == held.contact,
      "\(place)")
  }
}
