import Accounts
import Aids
import Basics
import Cases
import Foundation
import Funding
import TestSupport

@testable import Server

/// Aids of one case: one whose parts stand at every step, and one more at each step before the contract.
struct StoryAids: Sendable {
  let running = RecordID<Aid>()
  let prepared = RecordID<Aid>()
  let submitted = RecordID<Aid>()
  let granted = RecordID<Aid>()
  let planned = RecordID<Aid>()
  /// Paid in kind with a proof to check; approved; prepared; planned; in a file for the bank; waiting for one.
  let parts = (0..<6).map { _ in RecordID<AidInstalment>() }
  let orders = (0..<6).map { _ in RecordID<AidOrder>() }
  let loose = RecordID<AidInstalment>()
  let proof = RecordID<AidProof>()
  let file = RecordID<PaymentFile>()

  /// The pages of the aids that are not the first.
  var further: [String] { [prepared, submitted, granted, planned].map { AidPaths.show($0) } }

  /// The id that stands in a route, of an aid in which its act can be done.
  func step(_ step: String, of path: String) -> String {
    let act = path.split(separator: "/").last.map(String.init) ?? ""
    switch (step, act) {
    case (":aid", "edit"), (":aid", "submission"), (":aid", "giving-up"): return prepared.text
    case (":aid", "money"), (":aid", "decision"): return submitted.text
    case (":aid", "parts"), (":aid", "split"), (":aid", "removal"): return granted.text
    case (":aid", "contract"): return planned.text
    case (":aid", _): return running.text
    case (":part", "removal"): return loose.text
    case (":part", "order"): return parts[3].text
    case (":part", _): return parts[0].text
    case (":order", "approval"), (":order", "return"): return orders[2].text
    case (":order", _): return orders[1].text
    case (":proof", _): return proof.text
    default: return file.text
    }
  }

  func tell(_ thread: Story.Thread, _ premises: Premises, by counsellor: Actor) async throws {
    let (house, today) = (premises.installation, Day(of: premises.clock.now))
    let aids = house.aids
    let head = Actor(
      id: AccountID(), name: "Head", institution: counsellor.institution, antenna: counsellor.antenna,
      scope: .antenna, duties: Role.antennaHead.duties)
    let money = try await fund(house, today)
    func grant(_ id: RecordID<Aid>, from money: RecordID<BudgetLine>?) async throws {
      try await prepare(id, thread, aids, by: counsellor)
      try await aids.submit(id, outside: true, from: money, by: counsellor)
      let decision = Aid.Decision(
        outcome: .granted, amount: Money(60_000_000, .tnd), on: today, body: "Comité", words: "Three quotes")
      try await aids.decide(decision, on: id, from: nil, by: head)
    }
    try await grant(running, from: money)
    for (index, part) in parts.enumerated() {
      try await aids.plan(
        Self.part(
          part, 10_000_000, today, index == 0 ? .kind : .supplier, index == 3 ? [.invoice, .visit] : []),
        of: running, by: counsellor)
    }
    try await aids.sign(
      AidContract(signedOn: today, signedBy: "The head", followMonths: 12, clauses: 1), of: running,
      by: counsellor)
    for index in [4, 0, 1, 2] { try await order(index, aids, by: counsellor) }
    try await aids.approve(orders[4], by: head)
    let payer = PaymentFile.Payer(name: "Office", rib: try Self.rib())
    try await aids.makeFile(file, of: .tnd, for: payer, on: today, by: .program)
    for index in [0, 1] { try await aids.approve(orders[index], by: head) }
    try await order(5, aids, by: counsellor)
    try await aids.approve(orders[5], by: head)
    try await aids.pay(orders[0], on: today, reference: "VIR 1", by: .program)
    let brought = NewProof(
      id: proof, way: .expense, amount: Money(4_000_000, .tnd), on: today, words: "A joiner",
      document: thread.document)
    try await aids.prove(brought, parts[0], of: running, by: counsellor)
    try await prepare(prepared, thread, aids, by: counsellor)
    try await prepare(submitted, thread, aids, by: counsellor)
    try await aids.submit(submitted, outside: true, from: nil, by: counsellor)
    for (id, amount, part) in [(granted, 30_000_000, loose), (planned, 60_000_000, RecordID())]
      as [(RecordID<Aid>, Int64, RecordID<AidInstalment>)]
    {
      try await grant(id, from: money)
      try await aids.plan(Self.part(part, amount, today, .cash), of: id, by: counsellor)
    }
  }

  /// Brings all of them to their end: a case is not closed over one that is not finished.
  func end(_ thread: Story.Thread, _ premises: Premises, by counsellor: Actor) async throws {
    let (aids, today) = (premises.installation.aids, Day(of: premises.clock.now))
    let head = Actor(
      id: AccountID(), name: "Head", institution: counsellor.institution, antenna: counsellor.antenna,
      scope: .antenna, duties: Role.antennaHead.duties)
    try await aids.handOver(
      AidInstalment.Handover(on: today, scan: thread.document), parts[0], of: running, by: counsellor)
    let rest = NewProof(
      way: .expense, amount: Money(6_000_000, .tnd), on: today, words: "A joiner", document: thread.document)
    try await aids.prove(rest, parts[0], of: running, by: counsellor)
    for proof in [proof, rest.id] { try await aids.check(proof, .accepted, because: nil, by: head) }
    // The file of another story may hold some of them: those who keep the account send them back.
    for index in [1, 2, 4, 5] { try await aids.sendBack(orders[index], because: "She left", by: .program) }
    try await aids.end(running, with: "She left", by: head)
    for id in [prepared, submitted, granted, planned] {
      try await aids.giveUp(id, because: "She left", by: counsellor)
    }
  }

  private func prepare(_ id: RecordID<Aid>, _ thread: Story.Thread, _ aids: Aids, by actor: Actor)
    async throws
  {
    let request = Aid.Request(
      kind: .housing, track: .social, purpose: "A roof that holds", cost: Money(70_000_000, .tnd),
      asked: Money(60_000_000, .tnd), own: Money(5_000_000, .tnd), other: Money(5_000_000, .tnd),
      otherWords: "Her uncle")
    try await aids.prepare(request, as: id, in: thread.file, by: actor)
  }

  private static func part(
    _ id: RecordID<AidInstalment>, _ amount: Int64, _ day: Day, _ way: AidInstalment.Way,
    _ conditions: Set<AidInstalment.Condition> = []
  ) -> NewInstalment {
    NewInstalment(
      id: id, way: way, amount: Money(amount, .tnd), dueOn: day, conditions: conditions, words: "Planks")
  }

  private static func rib() throws -> RIB { try RIB(typed: "10006035183598478831") }

  /// Those that are to stand in a file have an account.
  private func order(_ index: Int, _ aids: Aids, by actor: Actor) async throws {
    let rib = index > 3 ? try Self.rib() : nil
    try await aids.order(
      NewOrder(id: orders[index], payee: "Salem", rib: rib), for: parts[index], of: running, by: actor)
  }

  private func fund(_ house: Installation, _ today: Day) async throws -> RecordID<BudgetLine> {
    let funder = Funder(name: "Bailleur \(RecordID<Funder>())")
    try await house.funding.add(funder, by: .program)
    let agreement = Agreement(
      funder: funder.id, title: "Convention", amount: Money(10_000_000_000, .tnd), from: today + -30,
      until: today + 400)
    try await house.funding.add(agreement, by: .program)
    let line = BudgetLine(agreement: agreement.id, name: "Aides", amount: agreement.amount)
    try await house.funding.add(line, by: .program)
    return line.id
  }
}
