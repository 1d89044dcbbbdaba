import Basics
import Cases
import Eligibility
import Funding
import People
import Storage
import TestSupport
import Testing

@testable import Aids

/// Rules in force stand before an aid: when it is submitted, when money is set aside, when it is decided.
@Suite struct `Aids under rules` {
  /// - Parameters:
  ///   - country: from which one must have returned; the persons of these tests returned from nowhere that is known.
  ///   - kind: the most for all aids of the kind.
  private func rules(
    _ room: AidRoom, code: String = "roof", country: String? = nil, most: String = "9000,000",
    kind: String = "4000,000", funder: String? = nil
  ) async throws {
    let condition =
      country.map { "when: {fact: return-country, is: \($0)}" } ?? "when: {fact: case-open, is: yes}"
    let id = RecordID<KeptRuleSet>()
    try await room.eligibility.load(
      """
      rules: \(code)
      version: "1"
      aid: housing
      track: social
      \(funder.map { "funder: \($0)" } ?? "")
      title: {fr: Un toit, ar: سقف, en: A roof}
      source: {fr: Exemple, ar: مثال, en: Example}
      from: \(room.today)
      conditions:
        - code: one
          says: {fr: Une condition., ar: شرط., en: A condition.}
          \(condition)
          otherwise: no
      amount: {currency: TND, fixed: "\(most)", ceilings: {kind: "\(kind)"}}
      """, as: id, by: Staff.fathi)
    try await room.eligibility.decide(id, by: Staff.fathi)
  }

  private func decision(_ room: AidRoom, _ amount: Int64) -> Aid.Decision {
    Aid.Decision(outcome: .granted, amount: AidRoom.tnd(amount), on: room.today, body: "Comité", words: nil)
  }

  private func judgements(_ room: AidRoom) async throws -> Int {
    try await room.database.read { db in try db.value("SELECT COUNT(*) FROM judgement") ?? 0 }
  }

  @Test(arguments: TestDatabase.engines)
  func `where the rules do not say yes somebody writes why, and the answer is kept`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine) { room, ground in
      try await rules(room, country: "IT")
      let id = try await room.prepared(ground)
      let refusal = await #expect(throws: Refusal.self) {
        try await room.aids.submit(id, outside: true, from: ground.money, by: Staff.amel)
      }
      guard case .invalid(let errors) = refusal else {
        return #expect(Bool(false), "\(String(describing: refusal))")
      }
      #expect(errors.map(\.field) == ["exception"])
      #expect(try await room.read(id).line.state == .prepared)
      #expect(try await judgements(room) == 0)
      #expect(try await room.money(of: id) == nil)

      for _ in 1...2 {
        try await room.aids.submit(
          id, outside: true, from: ground.money, although: "She has two small children.", by: Staff.amel)
      }
      let aid = try await room.read(id)
      #expect(aid.line.state == .submitted)
      #expect(aid.exception == "She has two small children.")
      #expect(try await judgements(room) == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `nobody asks for more than the rules let one give`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      try await rules(room, most: "2999,999")
      let id = try await room.prepared(ground, 3_000_000)
      await #expect(
        throws: Refusal.conflict(say("The rules in force let one give \(AidRoom.tnd(2_999_999)) at most."))
      ) {
        try await room.aids.submit(id, outside: true, from: ground.money, by: Staff.amel)
      }
      #expect(try await room.money(of: id) == nil)
      let other = try await room.prepared(ground, 2_999_999)
      try await room.aids.submit(other, outside: true, from: ground.money, by: Staff.amel)
      #expect(try await room.read(other).line.state == .submitted)
      #expect(try await room.read(other).exception == nil)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `two aids under a ceiling are not both granted above it, at the same moment either`(
    engine: Database.Engine
  ) async throws {
    try await AidRoom.with(engine) { room, ground in
      try await rules(room)
      var ids: [RecordID<Aid>] = []
      for _ in 1...4 {
        let id = try await room.prepared(ground, 1_500_000)
        try await room.aids.submit(id, outside: true, from: ground.money, by: Staff.amel)
        ids.append(id)
      }
      let granted = await withTaskGroup(of: Bool.self) { group in
        for id in ids {
          let decision = decision(room, 1_500_000)
          group.addTask {
            (try? await room.aids.decide(decision, on: id, from: nil, by: Staff.chokri)) != nil
          }
        }
        return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
      }
      #expect(granted == 2)
      let sum: Int64 = try await room.database.read { db in
        try db.value("SELECT CAST(SUM(granted) AS BIGINT) FROM aid WHERE state = 'granted'") ?? 0
      }
      #expect(sum == 3_000_000)
      // What is left under it can still be given.
      let waiting = try await ids.asyncFirst { try await room.read($0).line.state == .submitted }
      try await room.aids.decide(
        decision(room, 1_000_000), on: #require(waiting), from: nil, by: Staff.chokri)
      #expect(try await room.read(#require(waiting)).line.granted == AidRoom.tnd(1_000_000))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an aid is not counted beside itself when its money is set aside later`(engine: Database.Engine)
    async throws
  {
    try await AidRoom.with(engine) { room, ground in
      try await rules(room)
      let id = try await room.prepared(ground)
      try await room.aids.submit(id, outside: true, from: nil, by: Staff.amel)
      try await room.aids.decide(decision(room, 3_000_000), on: id, from: nil, by: Staff.chokri)
      try await room.aids.setAside(ground.money, for: id, by: Staff.amel)
      #expect(try await room.money(of: id)?.reserved == AidRoom.tnd(3_000_000))
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what a person got counts in all her cases`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      try await rules(room)
      let first = try await room.prepared(ground)
      try await room.aids.submit(first, outside: true, from: ground.money, by: Staff.amel)
      try await room.aids.decide(decision(room, 3_000_000), on: first, from: nil, by: Staff.chokri)
      // Another person's file, which turns out to be hers.
      let other = AidRoom.Ground(
        file: try await room.receive(), money: ground.money, paper: ground.paper)
      let second = try await room.prepared(other, 1_000_001)
      let (one, two) = try await room.database.read { db in
        (
          try room.cases.require(ground.file, for: .program, in: db).subject.id,
          try room.cases.require(other.file, for: .program, in: db).subject.id
        )
      }
      #expect(try await counted(other.file, room) == 0)
      try await room.database.write { db in
        try room.people.join(one, two, [:], id: RecordID(), by: Staff.fathi, at: room.clock.now, in: db)
      }
      #expect(try await counted(other.file, room) == 3_000_000)
      let limit = Refusal.conflict(say("The rules in force let one give \(AidRoom.tnd(1_000_000)) at most."))
      await #expect(throws: limit) {
        try await room.aids.submit(second, outside: true, from: ground.money, by: Staff.amel)
      }
      // And of one who was received again.
      let again = RecordID<CaseFile>()
      try await room.database.write { db in
        try db.run(
          """
          UPDATE case_file SET person = \(one) WHERE id = \(other.file)
          """)
        try db.run("UPDATE person SET merged_into = NULL WHERE id = \(two)")
      }
      #expect(try await counted(other.file, room) == 3_000_000)
      #expect(try await counted(again, room) == 0)
    }
  }

  private func counted(_ file: RecordID<CaseFile>, _ room: AidRoom) async throws -> Int64 {
    try await room.database.read { [today = room.today] db in
      try Aids.granted(to: file...file, by: today, in: db).map(\.amount.minorUnits).reduce(0, +)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a table that cannot be read lets nobody give whatever is asked`(engine: Database.Engine) async throws
  {
    try await AidRoom.with(engine) { room, ground in
      let id = RecordID<KeptRuleSet>()
      try await room.eligibility.load(
        """
        rules: table
        version: "1"
        aid: housing
        track: social
        title: {fr: Un toit, ar: سقف, en: A roof}
        source: {fr: Exemple, ar: مثال, en: Example}
        from: \(room.today)
        conditions:
          - code: one
            says: {fr: Une condition., ar: شرط., en: A condition.}
            when: {fact: case-open, is: yes}
            otherwise: no
        amount:
          currency: TND
          table:
            - {vulnerability: high, household: {1: 1000, 3: 2000}}
            - {vulnerability: low, household: {1: 500}}
        """, as: id, by: Staff.fathi)
      try await room.eligibility.decide(id, by: Staff.fathi)
      let aid = try await room.prepared(ground)
      let refusal = await #expect(throws: Refusal.self) {
        try await room.aids.submit(
          aid, outside: true, from: ground.money, although: "She is in need.", by: Staff.amel)
      }
      guard case .conflict(let why) = refusal else { throw Refusal.notFound }
      let told = Reader(.english)(why)
      for fact in [Fact.vulnerability, .householdSize] {
        #expect(told.contains(Reader(.english)(fact.label)))
      }
      #expect(try await room.read(aid).line.state == .prepared)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a funder's own rules count once its money is chosen`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      try await rules(room)
      try await rules(room, code: "roof-a", most: "1000,000", funder: "Bailleur A (exemple)")
      let id = try await room.prepared(ground, 3_000_000)
      // While nobody knows who pays, the wider rules count.
      try await room.aids.submit(id, outside: true, from: nil, by: Staff.amel)
      #expect(try await judgements(room) == 2)
      let limit = Refusal.conflict(say("The rules in force let one give \(AidRoom.tnd(1_000_000)) at most."))
      await #expect(throws: limit) {
        try await room.aids.setAside(ground.money, for: id, by: Staff.amel)
      }
      await #expect(throws: limit) {
        try await room.aids.decide(decision(room, 3_000_000), on: id, from: ground.money, by: Staff.chokri)
      }
      #expect(try await room.read(id).line.state == .submitted)
      #expect(try await room.money(of: id) == nil)
      try await room.aids.decide(decision(room, 1_000_000), on: id, from: ground.money, by: Staff.chokri)
      #expect(try await room.money(of: id)?.reserved == AidRoom.tnd(1_000_000))
    }
  }
}

extension Sequence {
  fileprivate func asyncFirst(where isWanted: (Element) async throws -> Bool) async rethrows -> Element? {
    for element in self where try await isWanted(element) { return element }
    return nil
  }
}
