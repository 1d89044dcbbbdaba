import Basics
import Cases
import Storage

@testable import Funding
@testable import Server

/// Money of a funder of this thread: for operating costs, and for an aid that was paid in part and partly given back.
struct StoryFunding {
  let funder = RecordID<Funder>()
  /// For operating costs.
  let agreement = RecordID<Agreement>()
  let line = RecordID<BudgetLine>()
  let instalment = RecordID<FunderInstalment>()
  let rate = RecordID<ExchangeRate>()
  /// A receipt of the agreement; of the closed thread it was taken back.
  var movement = RecordID<Movement>()

  mutating func tell(
    _ file: RecordID<CaseFile>, _ house: Installation, isTakenBack: Bool, by counsellor: Actor
  ) async throws {
    let (funding, today) = (house.funding, Day(of: house.now()))
    try await funding.add(Funder(id: funder, name: "Bailleur \(funder)"), by: .program)
    let running = Agreement(
      id: agreement, funder: funder, title: "Convention", amount: Money(900_000_000, .tnd),
      from: today + -700, until: today + 700, purpose: .operating)
    try await funding.add(running, by: .program)
    try await funding.add(
      BudgetLine(id: line, agreement: agreement, name: "Loyers", amount: Money(500_000_000, .tnd)),
      by: .program)
    try await funding.add(
      FunderInstalment(
        id: instalment, agreement: agreement, due: today + 30, amount: Money(100_000_000, .tnd)),
      by: .program)
    try await funding.enter(
      ExchangeRate(
        id: rate, from: today + -10, until: today + 90, millionths: 3_384_500, source: "Banque (exemple)"),
      by: .program)
    let receipt = FunderReceipt(agreement: agreement, on: today, amount: Money(100_000_000, .tnd))
    try await funding.receive(receipt, by: .program)
    movement = try await house.database.read { db in
      try LedgerStore.find(key: "receipt:\(receipt.id)", in: db)?.id ?? RecordID()
    }
    if isTakenBack { try await funding.reverse(movement, because: "Erreur", by: .program) }
    try await aid(file, house, today, by: counsellor)
  }

  private func aid(
    _ file: RecordID<CaseFile>, _ house: Installation, _ today: Day, by counsellor: Actor
  ) async throws {
    let funding = house.funding
    let transfers = Agreement(
      funder: funder, title: "Aides", amount: Money(100_000_00, .eur), from: today + -30, until: today + 300)
    try await funding.add(transfers, by: .program)
    let aids = BudgetLine(agreement: transfers.id, name: "Logement", amount: Money(100_000_00, .eur))
    try await funding.add(aids, by: .program)
    let (id, payment) = (RecordID<Reservation>(), RecordID<FundPayment>())
    let whole = Money(3_000_000, .tnd)
    try await house.database.write { db in
      try funding.reserve(
        NewReservation(id: id, line: aids.id, amount: whole, kind: .housing, file: file), in: db,
        by: counsellor)
      try funding.commit(id, whole, expected: today + 100, in: db, by: .program)
      try funding.pay(id, payment, Money(1_000_000, .tnd), on: today, in: db, by: .program)
      try funding.giveBack(
        payment, Money(100_000, .tnd), id: RecordID(), because: "Trop perçu", in: db, by: .program)
    }
  }
}
