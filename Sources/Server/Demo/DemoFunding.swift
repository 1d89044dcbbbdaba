import Accounts
import Basics
import Cases
import Foundation
import Funding
import Storage

/// Invented funders with agreements in both currencies: one wide, one narrow, one that pays only what has arrived, one for
/// operating costs, one that ended. Some files have money reserved, bound, paid, given back.
struct DemoFunding {
  let funding: Funding
  let today: Day
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  func tell(_ stories: [DemoPersons.Story], seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed &+ 47)
    set(today + -420)
    let names = ["Bailleur A (exemple)", "Bailleur B (exemple)", "الممول ج (مثال)"]
    var funders: [Funder] = []
    for name in names {
      let funder = Funder(id: id(&dice, -420), name: name)
      try await funding.add(funder, by: .program)
      funders.append(funder)
    }
    try await rates(&dice)
    let wide = try await agreement(
      funders[0], "Convention de réinsertion 2026 (exemple)", Money(400_000_00, .eur), -390, 330, &dice)
    let narrow = try await agreement(
      funders[1], "Aide au retour, deux pays (exemple)", Money(150_000_00, .eur), -200, 45, &dice,
      earmark: Earmark(countries: [CountryCode(rawValue: "DE"), CountryCode(rawValue: "AT")]),
      basis: .received)
    let dinars = try await agreement(
      funders[2], "اتفاقية إحداث المشاريع (مثال)", Money(300_000_000, .tnd), -150, 500, &dice)
    let running = try await agreement(
      funders[0], "Fonctionnement des antennes (exemple)", Money(180_000_000, .tnd), -250, 115, &dice,
      purpose: .operating)
    _ = try await agreement(
      funders[1], "Phase pilote (exemple)", Money(60_000_00, .eur), -420, -120, &dice)
    let social = try await line(
      wide, "Aides sociales", Money(150_000_00, .eur), &dice,
      kinds: [.housing, .health, .education, .specialNeeds])
    let projects = try await line(
      wide, "Projets économiques", Money(230_000_00, .eur), &dice, kinds: [.businessCreation])
    _ = try await line(narrow, "Toutes aides", Money(150_000_00, .eur), &dice)
    _ = try await line(
      dinars, "إحداث المشاريع، تونس وصفاقس", Money(300_000_000, .tnd), &dice, kinds: [.businessCreation],
      antennas: ["TUN", "SFA"])
    let rent = try await line(running, "Loyers", Money(90_000_000, .tnd), &dice)
    try await cash(wide, narrow, running, &dice)
    try await costs(rent, &dice)
    try await aids(stories, social: social, projects: projects, &dice)
  }

  /// Made up for the demonstration, each for a quarter.
  private func rates(_ dice: inout DemoGenerator) async throws {
    for (days, millionths) in [(-420, 3_310_000), (-300, 3_345_000), (-180, 3_362_500), (-60, 3_384_500)] {
      set(today + days)
      let rate = ExchangeRate(
        id: id(&dice, days), from: today + days, until: today + days + 130, millionths: Int64(millionths),
        source: "Inventé pour la démonstration")
      try await funding.enter(rate, by: .program)
    }
  }

  private func agreement(
    _ funder: Funder, _ title: String, _ amount: Money, _ from: Int, _ until: Int,
    _ dice: inout DemoGenerator, earmark: Earmark = Earmark(), purpose: Agreement.Purpose = .transfers,
    basis: Agreement.Basis = .promised
  ) async throws -> Agreement {
    set(today + max(-420, from))
    let agreement = Agreement(
      id: id(&dice, from), funder: funder.id, title: title, amount: amount, from: today + from,
      until: today + until, payUntil: today + until + 60, purpose: purpose, basis: basis, earmark: earmark)
    try await funding.add(agreement, by: .program)
    return agreement
  }

  private func line(
    _ agreement: Agreement, _ name: String, _ amount: Money, _ dice: inout DemoGenerator,
    kinds: Set<AidKindCode> = [], antennas: [String] = []
  ) async throws -> BudgetLine {
    let line = BudgetLine(
      id: id(&dice, -150), agreement: agreement.id, name: name, amount: amount,
      earmark: Earmark(antennas: Set(antennas.map { AntennaCode(rawValue: $0) }), kinds: kinds))
    try await funding.add(line, by: .program)
    return line
  }

  private func cash(
    _ wide: Agreement, _ narrow: Agreement, _ running: Agreement, _ dice: inout DemoGenerator
  ) async throws {
    let instalments: [(Agreement, Int, Int64)] = [
      (wide, -380, 200_000_00), (wide, 40, 200_000_00), (narrow, -190, 50_000_00), (narrow, 10, 100_000_00),
      (running, -240, 90_000_000), (running, 20, 90_000_000),
    ]
    for (agreement, due, units) in instalments {
      let amount = Money(units, agreement.currency)
      try await funding.add(
        FunderInstalment(id: id(&dice, due), agreement: agreement.id, due: today + due, amount: amount),
        by: .program)
      guard due < 0 else { continue }
      set(today + due + 12)
      let receipt = FunderReceipt(
        id: id(&dice, due), agreement: agreement.id, on: today + due + 12, amount: amount,
        note: "VIR-\(dice.number(1_000...9_999))")
      try await funding.receive(receipt, by: .program)
    }
  }

  private func costs(_ line: BudgetLine, _ dice: inout DemoGenerator) async throws {
    for month in 1...7 {
      let day = today + -30 * month
      set(day)
      try await funding.spend(
        Money(3_450_000, .tnd), of: line.id, id: id(&dice, -30 * month), on: day, for: "Loyer du mois",
        by: .program)
    }
  }

  /// For every third file of two antennas that has a plan.
  private func aids(
    _ stories: [DemoPersons.Story], social: BudgetLine, projects: BudgetLine, _ dice: inout DemoGenerator
  ) async throws {
    let funding = funding
    let held = stories.filter { ["TUN", "SFA"].contains($0.team.antenna.rawValue) && $0.stage != .closed }
    for (index, story) in held.prefix(36).enumerated() where index % 3 == 0 {
      let isProject = index % 2 == 0
      let amount = Money(Int64(isProject ? dice.number(120...160) : dice.number(30...52)) * 100_000, .tnd)
      let received = Day(of: story.reception.receivedAt)
      let day = max(today + -140, received + 20)
      guard day < today else { continue }
      let new = NewReservation(
        id: id(&dice, -100), line: isProject ? projects.id : social.id, amount: amount,
        kind: isProject ? .businessCreation : .housing, file: story.reception.id)
      do {
        try await act(on: day) { db in try funding.reserve(new, in: db, by: story.team.counsellor) }
      } catch Refusal.notFound {
        // Another antenna holds it now.
        continue
      }
      guard index % 4 != 0, day + 20 <= today else { continue }
      let expected = index % 5 == 0 ? nil : day + 200
      try await act(on: day + 20) { db in
        try funding.commit(new.id, amount, expected: expected, in: db, by: story.team.counsellor)
      }
      let half = Money(amount.minorUnits / 2, .tnd)
      let payment: RecordID<FundPayment> = id(&dice, -60)
      guard day + 35 <= today else { continue }
      let paidOn = day + 35
      try await act(on: paidOn) { db in
        try funding.pay(new.id, payment, half, on: paidOn, in: db, by: .program)
      }
      guard index % 9 == 0, day + 50 <= today else { continue }
      let returned: RecordID<FundReturn> = id(&dice, -50)
      try await act(on: day + 50) { db in
        try funding.giveBack(
          payment, Money(200_000, .tnd), id: returned, because: "Facture moins élevée que prévu.", in: db,
          by: .program)
      }
    }
  }

  private func act(on day: Day, _ body: @escaping @Sendable (Connection) throws -> Void) async throws {
    set(day)
    try await funding.database.write(body)
  }

  private func id<Record>(_ dice: inout DemoGenerator, _ days: Int) -> RecordID<Record> {
    RecordID(
      at: Date(timeIntervalSince1970: Double((today + days).number) * 86_400), using: &dice)
  }
}
