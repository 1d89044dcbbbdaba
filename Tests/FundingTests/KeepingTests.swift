import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing

@testable import Funding

@Suite struct `Those who keep the money` {
  @Test(arguments: TestDatabase.engines)
  func `cannot shrink an agreement below its lines, nor a line below what it holds`(engine: Database.Engine)
    async throws
  {
    try await FundingRoom.with(engine) { room in
      let agreement = try await room.agreement(eur(1_000_00))
      let line = try await room.line(of: agreement, eur(800_00), name: "Logement")
      let id = try await room.reserve(eur(500_00), on: line)
      try await room.commit(id, eur(500_00))
      let smaller = changed(agreement, amount: eur(700_00))
      #expect(
        await room.refusal { try await room.funding.change(smaller, from: 1, by: Staff.fathi) } == """
          The lines of this agreement hold 800.00\u{A0}€. Make them smaller first.
          “Logement”: 800.00\u{A0}€, of which 500.00\u{A0}€ are reserved, committed or paid.
          """)
      let tight = BudgetLine(
        id: line.id, agreement: agreement.id, name: "Logement", amount: eur(499_99))
      #expect(
        await room.refusal { try await room.funding.change(tight, from: 1, by: Staff.fathi) }
          == "Only 300.00\u{A0}€ of this line are free: the rest is reserved, committed or paid.")
      let fitting = BudgetLine(
        id: line.id, agreement: agreement.id, name: "Logement", amount: eur(500_00))
      try await room.funding.change(fitting, from: 1, by: Staff.fathi)
      try await room.funding.change(smaller, from: 1, by: Staff.fathi)
      #expect(try await room.books(line) == [.committed: 500_00])
      #expect(
        await room.refusal { try await room.line(of: agreement, eur(200_01)) }
          == "Only 200.00\u{A0}€ of the agreement are not given to lines.")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `cannot shrink an agreement below what arrived, nor below what its instalments promise`(
    engine: Database.Engine
  ) async throws {
    try await FundingRoom.with(engine) { room in
      let agreement = try await room.agreement(eur(1_000_00))
      let part = FunderInstalment(
        id: RecordID(), agreement: agreement.id, due: room.today + 30, amount: eur(600_00))
      try await room.funding.add(part, by: Staff.fathi)
      try await room.funding.receive(
        FunderReceipt(agreement: agreement.id, on: room.today, amount: eur(400_00)), by: Staff.fathi)
      let less =
        "Of this agreement 400.00\u{A0}€ have arrived, and 600.00\u{A0}€ are promised by instalments."
      for amount in [399_99, 599_99] as [Int64] {
        let smaller = changed(agreement, amount: eur(amount))
        #expect(
          await room.refusal { try await room.funding.change(smaller, from: 1, by: Staff.fathi) } == less)
      }
      try await room.funding.change(changed(agreement, amount: eur(600_00)), from: 1, by: Staff.fathi)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `never make a line wider than its agreement`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let agreement = try await room.agreement(
        earmark: Earmark(countries: ["DE", "AT"], kinds: [.housing, .health]))
      for earmark in [
        Earmark(countries: ["FR"]), Earmark(countries: ["DE", "FR"], kinds: [.housing]),
        Earmark(kinds: [.training]),
      ] {
        #expect(
          await room.refusal { try await room.line(of: agreement, eur(1), earmark: earmark) }
            == "The agreement does not pay for all of this: a line is never wider than it.")
      }
      // Nothing chosen is all that the agreement pays for.
      let open = try await room.line(of: agreement, eur(1), name: "Toutes")
      #expect(
        await room.refusal { try await room.reserve(eur(1), on: open, country: "FR") }
          == "It does not pay for returns from this country.")
      try await room.line(
        of: agreement, eur(1), earmark: Earmark(countries: ["DE"], antennas: ["TUN"], kinds: [.housing]))
      let narrower = changed(agreement, earmark: Earmark(countries: ["AT"], kinds: [.housing]))
      #expect(
        await room.refusal { try await room.funding.change(narrower, from: 1, by: Staff.fathi) }
          == "The line “Aides” may pay for more than that. Narrow it first.")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `keep money for the kinds of return that it is for`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let agreement = try await room.agreement(earmark: Earmark(returns: [.voluntary, .ordered]))
      #expect(
        await room.refusal {
          try await room.line(of: agreement, eur(1), earmark: Earmark(returns: [.forced]))
        } == "The agreement does not pay for all of this: a line is never wider than it.")
      let line = try await room.line(of: agreement, eur(100_00), earmark: Earmark(returns: [.voluntary]))
      let kept = try await room.funding.open(agreement.id, for: Staff.fathi).shown
      #expect(kept.agreement.earmark.returns == [.voluntary, .ordered])
      for (returned, words) in [
        (.ordered, "It does not pay for this kind of return."),
        (nil, "It pays for some kinds of return only, and the kind is not known."), (.voluntary, nil),
      ] as [(ReturnFacts.Kind?, String?)] {
        let need = room.need(eur(1), returned: returned)
        let found = try await room.database.read { db in try room.funding.fitting(need, in: db) }
        #expect(found.map { $0.obstacles.map { Reader(.english)($0) } } == [words.map { [$0] } ?? []])
        #expect(await room.refusal { try await room.reserve(eur(1), on: line, returned: returned) } == words)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `change an agreement together, and lose nothing`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let agreement = try await room.agreement(eur(1_000_00))
      try await room.funding.change(changed(agreement, title: "Nouveau titre"), from: 1, by: Staff.fathi)
      try await room.funding.change(changed(agreement, amount: eur(1_200_00)), from: 1, by: Staff.fathi)
      let kept = try await room.funding.open(agreement.id, for: Staff.fathi).shown
      #expect(kept.agreement.title == "Nouveau titre" && kept.agreement.amount == eur(1_200_00))
      #expect(kept.agreement.version == 3 && kept.open == eur(1_200_00))
      await #expect(throws: Refusal.self) {
        try await room.funding.change(changed(agreement, title: "Encore"), from: 1, by: Staff.fathi)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `switch to arrived money only while enough has arrived`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let agreement = try await room.agreement(eur(1_000_00))
      let line = try await room.line(of: agreement)
      try await room.reserve(eur(300_00), on: line)
      let strict = changed(agreement, basis: .received)
      #expect(
        await room.refusal { try await room.funding.change(strict, from: 1, by: Staff.fathi) }
          == "More is reserved or paid than has arrived: 300.00\u{A0}€ are missing.")
      try await room.funding.receive(
        FunderReceipt(agreement: agreement.id, on: room.today, amount: eur(300_00)), by: Staff.fathi)
      try await room.funding.change(strict, from: 1, by: Staff.fathi)
      #expect(await room.refusal { try await room.reserve(eur(1), on: line) } != nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `keep operating costs and aids apart`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(tnd(900_000), purpose: .operating))
      #expect(
        await room.refusal { try await room.reserve(tnd(1), on: line) }
          == "This money is for operating costs, not for aids.")
      let id = RecordID<Movement>()
      for _ in 1...2 {
        try await room.funding.spend(
          tnd(300_000), of: line.id, id: id, on: room.today, for: "Loyer", by: Staff.fathi)
      }
      #expect(try await room.books(line) == [.free: 600_000, .paid: 300_000])
      #expect(
        await room.refusal {
          try await room.funding.spend(
            tnd(600_001), of: line.id, id: RecordID(), on: room.today, for: "Loyer", by: Staff.fathi)
        } == "Not enough money is left: 600.000\u{A0}DT.")
      let opened = try await room.funding.open(line.id, before: nil, for: Staff.fathi)
      let cost = try #require(opened.movements.first { $0.kind == .expense })
      #expect(cost.because == "Loyer")
      try await room.funding.reverse(cost.id, because: "Doublon", by: Staff.fathi)
      #expect(try await room.books(line) == [.free: 900_000])
      let aids = try await room.line(of: room.agreement(tnd(900_000)))
      #expect(
        await room.refusal {
          try await room.funding.spend(
            tnd(1), of: aids.id, id: RecordID(), on: room.today, for: "Loyer", by: Staff.fathi)
        } == "This money is for aids to persons, not for operating costs.")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `are the centre; a head sees the lines that may pay for her antenna`(engine: Database.Engine)
    async throws
  {
    try await FundingRoom.with(engine) { room in
      let both = try await room.agreement(earmark: Earmark(antennas: ["TUN", "SFA"]))
      let tunis = try await room.line(of: both, eur(1), earmark: Earmark(antennas: ["TUN"]), name: "Tunis")
      let all = try await room.line(
        of: both, eur(1), earmark: Earmark(antennas: ["TUN", "SFA"]), name: "Deux")
      let nation = try await room.agreement()
      _ = try await room.line(of: nation, name: "Nation")
      let gafsa = try await room.agreement(earmark: Earmark(antennas: ["GAF"]))
      _ = try await room.line(of: gafsa, earmark: Earmark(antennas: ["GAF"]), name: "Gafsa")
      func names(_ actor: Actor) async throws -> [String] {
        try await room.funding.list(.running, after: nil, for: actor).agreements
          .flatMap { $0.lines.map(\.line.name) }.sorted()
      }
      #expect(try await names(Staff.fathi) == ["Deux", "Gafsa", "Nation", "Tunis"])
      #expect(try await names(Staff.chokri) == ["Deux", "Nation", "Tunis"])
      #expect(try await names(Staff.ghazi) == ["Deux", "Nation"])
      await #expect(throws: Refusal.notAllowed(.readFunds)) { try await names(Staff.amel) }
      await #expect(throws: Refusal.notFound) {
        try await room.funding.open(tunis.id, before: nil, for: Staff.ghazi)
      }
      await #expect(throws: Refusal.notFound) { try await room.funding.open(gafsa.id, for: Staff.ghazi) }
      _ = try await room.funding.open(all.id, before: nil, for: Staff.ghazi)
      await #expect(throws: Refusal.notAllowed(.keepFunds)) {
        try await room.funding.add(tunis, by: Staff.chokri)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `enter what funders promise by day, and never more than the agreement`(engine: Database.Engine)
    async throws
  {
    try await FundingRoom.with(engine) { room in
      let agreement = try await room.agreement(eur(1_000_00))
      let first = FunderInstalment(agreement: agreement.id, due: room.today + 10, amount: eur(600_00))
      for _ in 1...2 { try await room.funding.add(first, by: Staff.fathi) }
      let second = FunderInstalment(agreement: agreement.id, due: room.today + 90, amount: eur(400_01))
      #expect(
        await room.refusal { try await room.funding.add(second, by: Staff.fathi) }
          == "The instalments would be more than the agreement: 1\u{202F}000.00\u{A0}€.")
      for _ in 1...2 { try await room.funding.drop(first.id, of: agreement.id, by: Staff.fathi) }
      try await room.funding.add(second, by: Staff.fathi)
      #expect(
        await room.refusal {
          try await room.funding.receive(
            FunderReceipt(agreement: agreement.id, on: room.today, amount: eur(1_000_01)), by: Staff.fathi)
        } == "More would have arrived than was promised: 1\u{202F}000.00\u{A0}€ are missing.")
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `add and end kinds of aid, of which nothing new is given then`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let code = AidKindCode(rawValue: "tools")
      let name = AidKind.Name(french: "Outils", arabic: "أدوات", english: "Tools")
      let kind = AidKind(id: code, name: name, track: .business)
      for _ in 1...2 { try await room.funding.add(kind, by: Staff.fathi) }
      #expect(try await room.funding.kinds().count == 8)
      let line = try await room.line(of: room.agreement())
      let id = try await room.reserve(eur(10), on: line, kind: code)
      let ended = AidKind(id: code, name: name, track: .business, isActive: false)
      try await room.funding.change(ended, from: 1, by: Staff.fathi)
      #expect(
        await room.refusal { try await room.reserve(eur(1), on: line, kind: code) }
          == "Nothing new is given of this kind of aid.")
      try await room.commit(id, eur(10))
      let other = AidKind(id: code, name: name, track: .social)
      #expect(await room.refusal { try await room.funding.add(other, by: Staff.fathi) } != nil)
    }
  }

  private func changed(
    _ old: Agreement, title: String? = nil, amount: Money? = nil, basis: Agreement.Basis? = nil,
    earmark: Earmark? = nil
  ) -> Agreement {
    Agreement(
      id: old.id, funder: old.funder, title: title ?? old.title, amount: amount ?? old.amount, from: old.from,
      until: old.until, payUntil: old.payUntil, purpose: old.purpose, basis: basis ?? old.basis,
      earmark: earmark ?? old.earmark, profiles: old.profiles)
  }
}
