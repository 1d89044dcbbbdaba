import Basics
import Cases
import Foundation
import People
import Storage
import TestSupport
import Testing

@testable import Duplicates

@Suite struct `Parting two files` {
  @Test(arguments: TestDatabase.engines)
  func `leaves every row as it was, to the byte`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (salma, selma) = (try await room.receive(.salma), try await room.receive(.selma, by: Staff.chokri))
      let before = try await Rows.read(room)
      let joined = try await room.join(
        salma, selma, [.phones: .both, .familyArabic: .other, .birthDate: .other])
      #expect(try await Rows.read(room) != before)
      try await room.duplicates.part(
        #require(joined.merge), .init(), room.decision(joined, "Two cousins"), by: Staff.chokri)
      #expect(try await Rows.read(room) == before)
      #expect(try await room.current(joined).state == .different)
    }
  }

  /// What was done while files were one is in the end as if it had been done to whom it is of.
  @Test(arguments: TestDatabase.engines, [1, 2, 3, 4, 5] as [UInt64])
  func `with any later work is as if they had never been joined`(
    engine: Database.Engine, seed: UInt64
  ) async throws {
    var told: [Later] = []
    var joined: [String] = []
    try await DuplicateRoom.with(engine) { room in
      let play = Play(room, seed: seed)
      told = try await play.joinWorkAndPart()
      joined = try await Contents.read(room, play.persons)
    }
    try await DuplicateRoom.with(engine) { room in
      let play = Play(room, seed: seed)
      try await play.workApart(told)
      let apart = try await Contents.read(room, play.persons)
      #expect(apart.count > 8)
      for (joined, apart) in zip(joined, apart) { #expect(joined == apart) }
      #expect(joined.count == apart.count)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is for the last one first`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (a, b, c) = (
        try await room.receive(.salma), try await room.receive(.selma), try await room.receive(.nizar)
      )
      let first = try await room.join(a, b)
      let second = try await room.join(c, a)
      await #expect(throws: Refusal.self) {
        try await room.duplicates.part(#require(first.merge), .init(), room.decision(first), by: Staff.chokri)
      }
      for id in [a, b, c] { #expect(try await room.person(id).id == c) }
      try await room.duplicates.part(#require(second.merge), .init(), room.decision(second), by: Staff.chokri)
      #expect(try await room.person(b).id == a)
      try await room.duplicates.part(#require(first.merge), .init(), room.decision(first), by: Staff.chokri)
      #expect(try await room.person(b).id == b)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `is done once when sent twice, and whoever comes second is told`(engine: Database.Engine) async throws
  {
    try await DuplicateRoom.with(engine) { room in
      let joined = try await room.join(try await room.receive(.salma), try await room.receive(.selma))
      let merge = try #require(joined.merge)
      let (mine, theirs) = (room.decision(joined), room.decision(joined))
      try await room.duplicates.part(merge, .init(), mine, by: Staff.chokri)
      let parted = try await Rows.read(room)
      try await room.duplicates.part(merge, .init(), mine, by: Staff.chokri)
      do {
        try await room.duplicates.part(merge, .init(), theirs, by: Staff.chokri)
        Issue.record("parted twice")
      } catch Refusal.conflict {}
      #expect(try await Rows.read(room) == parted)
      #expect(try await room.duplicates.since(merge, for: Staff.chokri).mayPart == false)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `puts the pairs of the other file back into the queue, where both stand for themselves`(
    engine: Database.Engine
  ) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (salma, selma, nizar) = (
        try await room.receive(.salma), try await room.receive(.selma), try await room.receive(.nizar)
      )
      let waiting = try await room.pair(selma, nizar)
      let joined = try await room.join(salma, selma)
      #expect(try await room.pairs().isEmpty)
      try await room.duplicates.part(#require(joined.merge), .init(), room.decision(joined), by: Staff.chokri)
      #expect(try await room.pairs().map(\.id) == [waiting.id])
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `asks of whom everything is that came since`(engine: Database.Engine) async throws {
    try await DuplicateRoom.with(engine) { room in
      let (salma, selma) = (try await room.receive(.salma), try await room.receive(.selma))
      let joined = try await room.join(salma, selma)
      try await room.correct(salma, [.address: "Sfax"])
      await #expect(throws: Refusal.invalid([FieldError("field-address", say("Say of whom this is."))])) {
        try await room.duplicates.part(
          #require(joined.merge), .init(), room.decision(joined), by: Staff.chokri)
      }
      var attribution = Duplicates.Attribution()
      attribution.fields[.address] = .other
      let decision = room.decision(joined)
      for _ in 1...2 {
        try await room.duplicates.part(#require(joined.merge), attribution, decision, by: Staff.chokri)
      }
      #expect(try await room.person(salma).identity[.address] == nil)
      #expect(try await room.person(selma).identity[.address] == "Sfax")
      #expect(try await room.people.search("Ben Othman", by: Staff.amel).matches.count == 2)
    }
  }
}

/// Something done while files were one, and of whom it is.
enum Later: Sendable {
  case correct(Int, Identity.Field, String)
  case consent(Int, Consent.Purpose, RecordID<Consent>)
  case file(Int, RecordID<CaseFile>, note: RecordID<Note>)

  var owner: Int {
    switch self {
    case .correct(let owner, _, _), .consent(let owner, _, _), .file(let owner, _, _): owner
    }
  }
}

/// Four persons, some joins one above the other with work between them, and all of it parted again.
struct Play {
  let room: DuplicateRoom
  let persons: [PersonID]
  private let files: [RecordID<CaseFile>]
  private let seed: UInt64

  init(_ room: DuplicateRoom, seed: UInt64) {
    var generator = Dice(seed: seed &+ 100)
    self.room = room
    self.seed = seed
    persons = (0..<4).map { _ in PersonID(at: .distantPast, using: &generator) }
    files = (0..<4).map { _ in RecordID(at: .distantPast, using: &generator) }
  }

  private func receiveAll() async throws {
    let identities: [Identity] = [
      .salma, .selma, .nizar, .of([.givenLatin: "Amor", .familyLatin: "Jlassi", .phones: "+21698111222"]),
    ]
    for (index, identity) in identities.enumerated() {
      try await room.receive(identity, person: persons[index], id: files[index])
      try await room.close(files[index])
      room.clock.advance(seconds: 60)
    }
  }

  func joinWorkAndPart() async throws -> [Later] {
    try await receiveAll()
    var dice = Dice(seed: seed)
    var groups = [[0], [1], [2], [3]]
    var joins: [(pair: DuplicatePair, others: [Int])] = []
    var (works, fields, purposes): ([Later], [Identity.Field], [Consent.Purpose]) = (
      [],
      [.address, .delegation, .languages, .email, .passport, .givenLatin, .safeWay].shuffled(using: &dice),
      Consent.Purpose.allCases.shuffled(using: &dice)
    )
    for _ in 0..<Int.random(in: 1...3, using: &dice) {
      groups.shuffle(using: &dice)
      let (kept, other) = (groups[0], groups[1])
      let choices: [Identity.Field: PersonMerge.Choice] = [
        .familyLatin: Bool.random(using: &dice) ? .kept : .other, .phones: .both,
        .birthDate: Bool.random(using: &dice) ? .kept : .other,
      ]
      joins.append((try await room.join(persons[kept[0]], persons[other[0]], choices), other))
      groups = [kept + other] + groups.dropFirst(2)
      for _ in 0..<Int.random(in: 0...3, using: &dice) {
        let owner = groups[0].randomElement(using: &dice) ?? 0
        guard let later = later(owner, &fields, &purposes, &dice) else { continue }
        try await work(later, on: persons[groups[0][0]])
        works.append(later)
      }
    }
    for (pair, others) in joins.reversed() { try await part(pair, others, works) }
    return works
  }

  /// The same work, done to whom it is of.
  func workApart(_ works: [Later]) async throws {
    try await receiveAll()
    for later in works { try await work(later, on: persons[later.owner]) }
  }

  private func later(
    _ owner: Int, _ fields: inout [Identity.Field], _ purposes: inout [Consent.Purpose], _ dice: inout Dice
  ) -> Later? {
    switch Int.random(in: 0...2, using: &dice) {
    case 0: fields.popLast().map { .correct(owner, $0, "\($0) \(fields.count)") }
    case 1: purposes.popLast().map { .consent(owner, $0, RecordID(at: .distantPast, using: &dice)) }
    default:
      .file(owner, RecordID(at: .distantPast, using: &dice), note: RecordID(at: .distantPast, using: &dice))
    }
  }

  private func work(_ later: Later, on person: PersonID) async throws {
    switch later {
    case .correct(_, let field, let value): try await room.correct(person, [field: value])
    case .consent(_, let purpose, let id):
      try await room.people.record(
        Consent(
          id: id, person: person, purpose: purpose, textVersion: "1", language: .arabic,
          givenOn: Day(of: TestClock.start), way: .signed, withdrawnAt: nil), by: Staff.amel)
    case .file(_, let file, let note):
      try await room.receive(nil, person: person, id: file)
      try await room.cases.write(.returning, "seen \(note)", id: note, in: file, by: Staff.amel)
      try await room.close(file)
    }
    room.clock.advance(seconds: 60)
  }

  private func part(_ pair: DuplicatePair, _ others: [Int], _ works: [Later]) async throws {
    let since = try await room.duplicates.since(try #require(pair.merge), for: Staff.chokri)
    var attribution = Duplicates.Attribution()
    for later in works {
      let choice: PersonMerge.Choice = others.contains(later.owner) ? .other : .kept
      switch later {
      case .correct(_, let field, _): attribution.fields[field] = choice
      case .consent(_, _, let id): attribution.consents[id] = choice
      case .file(_, let id, _): attribution.cases[id] = choice
      }
    }
    #expect(since.mayPart)
    try await room.duplicates.part(since.merge.id, attribution, room.decision(pair), by: Staff.chokri)
    room.clock.advance(seconds: 60)
  }
}

/// Everything that is kept of persons as it stands in the tables, but for what counts acts.
enum Rows {
  static func read(_ room: DuplicateRoom) async throws -> [String] {
    try await room.database.read { db in
      var rows = try db.rows(
        """
        SELECT id, antenna, contact, sealing_key, identity, label, sex, birth_year, governorate, number, tokens,
          tokens_version, merged_into, joined FROM person
        """
      ) { row in
        let texts: [String?] = try [row[0], row[1], row[2], row[6], row[8], row[11], row[12]]
        let blobs: [[UInt8]?] = try [row[3], row[4], row[5], row[10]]
        let numbers: [Int64?] = try [row[7], row[9], row[13]]
        return "\(texts) \(blobs) \(numbers)"
      }
      rows += try db.rows("SELECT token, antenna, person FROM person_token") { row in
        let (token, antenna, person): (Int64, String, Int64) = (try row[0], try row[1], try row[2])
        return "\(token) \(antenna) \(person)"
      }
      rows += try db.rows("SELECT id, person, purpose, withdrawn_at FROM consent") { row in
        let texts: [String?] = try [row[0], row[1], row[2]]
        return "\(texts)"
      }
      rows += try db.rows(
        "SELECT id, person, antenna, contact, number, stage, version, return_facts FROM case_file"
      ) {
        row in
        let texts: [String?] = try [row[0], row[1], row[2], row[3], row[4], row[5]]
        let (version, facts): (Int, [UInt8]) = (try row[6], try row[7])
        return "\(texts) \(version) \(facts)"
      }
      rows += try db.rows("SELECT person, sex, birth_year FROM person_fact") { row in
        let person: String = try row[0]
        let sex: String? = try row[1]
        return "fact \(person) \(sex ?? "")"
      }
      return rows.sorted()
    }
  }
}

/// What is kept of persons, opened, but for keys and what counts acts.
enum Contents {
  static func read(_ room: DuplicateRoom, _ persons: [PersonID]) async throws -> [String] {
    var contents: [String] = []
    for id in persons {
      contents += try await room.database.read { db in
        let own = try room.people.own(id, in: db)
        let label = try room.people.labels(of: [id], in: db)[id]
        let fields = own.identity.fields.values.sorted { $0.key < $1.key }
        var lines = [
          "person \(id) \(own.antenna) \(String(describing: own.contact)) \(own.joined) \(fields) \(String(describing: label))"
        ]
        // Each installation blinds with a key of its own.
        lines += try db.rows(
          "SELECT t.antenna, count(*) FROM person_token t JOIN person p ON p.number = t.person WHERE p.id = \(id) GROUP BY 1"
        ) { "tokens \(try $0[0] as String) \(try $0[1] as Int)" }
        lines += try db.rows("SELECT sex, birth_year, governorate FROM person WHERE id = \(id)") { row in
          let (sex, place): (String?, String?) = (try row[0], try row[2])
          let year: Int? = try row[1]
          return "facts \(sex ?? "") \(year ?? 0) \(place ?? "")"
        }
        lines += try db.rows("SELECT id, purpose FROM consent WHERE person = \(id) ORDER BY id") { row in
          let (consent, purpose): (String, String) = (try row[0], try row[1])
          return "consent \(consent) \(purpose)"
        }
        return lines
      }
      for line in try await room.database.read({ db in try room.cases.all(of: [id], in: db) }) {
        let opened = try await room.cases.open(line.id, for: .program)
        contents.append(
          "case \(line.number) \(line.id) \(line.person) \(line.stage) \(opened.file.returned.fields) \(opened.notes.map(\.text)) \(opened.closures.map(\.reason))"
        )
      }
    }
    return contents
  }
}
