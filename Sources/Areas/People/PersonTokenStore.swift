import Basics
import Foundation
import Storage

/// Every SQL statement about blind tokens. Callers bring the transaction.
enum PersonTokenStore {
  /// Puts a person under `tokens` and takes her away from those she was under.
  static func replace(with tokens: PersonTokens, of id: PersonID, antenna: AntennaCode, in db: Connection)
    throws
  {
    try remove(id, in: db)
    try insert(tokens.values, of: id, antenna: antenna, in: db)
    try db.run(
      """
      UPDATE person SET number = \(id.shortNumber), tokens = \(tokens.bytes), tokens_version = \(tokens.version)
      WHERE id = \(id)
      """)
  }

  /// Takes the tokens of a person to another antenna.
  static func move(_ id: PersonID, to antenna: AntennaCode, in db: Connection) throws {
    guard let held = try held(by: id, in: db), held.antenna != antenna else { return }
    try remove(id, in: db)
    try insert(held.tokens, of: id, antenna: antenna, in: db)
  }

  /// Takes a person out of every search.
  /// - Returns: how many tokens she was under.
  static func forget(_ id: PersonID, in db: Connection) throws -> Int {
    let count = try held(by: id, in: db)?.tokens.count ?? 0
    try remove(id, in: db)
    return count
  }

  private static func remove(_ id: PersonID, in db: Connection) throws {
    guard let held = try held(by: id, in: db) else { return }
    try db.run(
      """
      DELETE FROM person_token WHERE token IN (\(list: held.tokens)) AND antenna = \(held.antenna)
        AND person = \(id.shortNumber)
      """)
  }

  private static func held(by id: PersonID, in db: Connection) throws -> (
    tokens: [Int64], antenna: AntennaCode
  )? {
    try db.first("SELECT tokens, antenna FROM person WHERE id = \(id) AND tokens IS NOT NULL") { row in
      (PersonTokens.values(of: try row[0]), try row[1])
    }
  }

  /// Puts a person, who is under none of them yet, under `tokens`.
  static func insert(_ tokens: [Int64], of id: PersonID, antenna: AntennaCode, in db: Connection) throws {
    guard !tokens.isEmpty else { return }
    let rows = tokens.map { "(\($0), \(antenna), \(id.shortNumber))" as SQL }
    try db.run("INSERT INTO person_token (token, antenna, person) VALUES \(SQL.joined(rows))")
  }

  /// So many persons of one token are shown to who sees the nation.
  private static let mostUnderOne = 100

  /// Persons under a token: of each antenna a few, and more of those that `actor` may see.
  static func persons(under token: Int64, for actor: Actor, in db: Connection) throws -> [Int64] {
    let own = actor.scope == .nation ? nil : actor.antenna
    let antennas = try antennas(under: token, in: db)
    let each = actor.scope == .nation ? max(12, mostUnderOne / max(1, antennas.count)) : 8
    var persons = try antennas.flatMap { antenna in
      let limit = antenna == own ? 60 : each
      return try db.rows(
        "SELECT person FROM person_token WHERE token = \(token) AND antenna = \(antenna) LIMIT \(limit)"
      ) { try $0[0] as Int64 }
    }
    if actor.scope == .assigned {
      // The key of tokens holds an antenna before the person; CROSS JOIN keeps SQLite from going through all her persons.
      persons += try db.rows(
        """
        SELECT t.person FROM person_token t CROSS JOIN person p
        WHERE t.token = \(token) AND t.antenna = \(actor.antenna) AND p.number = t.person AND p.contact = \(actor.id)
        LIMIT 60
        """
      ) { try $0[0] as Int64 }
    }
    return persons
  }

  /// From one to the next, so that the persons between need not be read.
  private static func antennas(under token: Int64, in db: Connection) throws -> [AntennaCode] {
    var antennas: [AntennaCode] = []
    var last: String? = ""
    while let after = last {
      last = try db.value(
        "SELECT antenna FROM person_token WHERE token = \(token) AND antenna > \(after) ORDER BY antenna LIMIT 1"
      )
      if let last { antennas.append(AntennaCode(rawValue: last)) }
    }
    return antennas
  }

  /// Persons under any of many tokens that hold few each.
  static func persons(underAny tokens: [Int64], limit: Int, in db: Connection) throws -> [Int64] {
    try db.rows("SELECT person FROM person_token WHERE token IN (\(list: tokens)) LIMIT \(limit)") {
      try $0[0] as Int64
    }
  }

  /// Who is under which of a few tokens.
  static func holders(ofAny tokens: [Int64], limit: Int, in db: Connection) throws -> [(
    token: Int64, person: Int64
  )] {
    guard !tokens.isEmpty else { return [] }
    return try db.rows(
      "SELECT token, person FROM person_token WHERE token IN (\(list: tokens)) LIMIT \(limit)"
    ) {
      (try $0[0], try $0[1])
    }
  }

  /// Persons under one token of each list; the first is the one that few are under.
  static func persons(underAny first: [Int64], andAny second: [Int64], limit: Int, in db: Connection) throws
    -> [Int64]
  {
    try db.rows(
      """
      SELECT DISTINCT a.person FROM person_token a CROSS JOIN person_token b
      WHERE a.token IN (\(list: first)) AND b.token IN (\(list: second)) AND b.antenna = a.antenna
        AND b.person = a.person LIMIT \(limit)
      """
    ) { try $0[0] as Int64 }
  }

  /// So many persons under one token are asked whether they are under another too: under a common name there are more
  /// than a search has time for.
  private static let mostAsked = 1_000

  /// Persons under both tokens, led by the one that fewer are under.
  static func persons(underBoth one: Int64, _ other: Int64, limit: Int, in db: Connection) throws -> [Int64] {
    let (fewer, more) =
      try holders(of: one, in: db) <= holders(of: other, in: db) ? (one, other) : (other, one)
    return try db.rows(
      """
      SELECT a.person FROM (
        SELECT antenna, person FROM person_token WHERE token = \(fewer) LIMIT \(mostAsked)
      ) a CROSS JOIN person_token b
      WHERE b.token = \(more) AND b.antenna = a.antenna AND b.person = a.person LIMIT \(limit)
      """
    ) { try $0[0] as Int64 }
  }

  /// How many are under a token, counted to `mostAsked`.
  private static func holders(of token: Int64, in db: Connection) throws -> Int {
    try db.value(
      "SELECT count(*) FROM (SELECT 1 FROM person_token WHERE token = \(token) LIMIT \(mostAsked)) counted")
      ?? 0
  }

  /// What is shown of persons, and whether `actor` may see them.
  /// - Parameter isWanted: who is not is not opened.
  static func candidates(
    _ numbers: [Int64], for actor: Actor, kept: KeptNames, in db: Connection,
    isWanted: (_ number: Int64, _ birthYear: Int?) -> Bool = { _, _ in true }
  ) throws -> [PersonCandidate] {
    let found: [PersonCandidate?] = try db.rows(
      """
      SELECT id, number, antenna, birth_year, label, sealing_key, merged_into,
        CASE WHEN \(PersonStore.seen(by: actor)) THEN 1 ELSE 0 END FROM person
      WHERE number IN (\(list: numbers)) AND sealing_key IS NOT NULL
      """
    ) { row in
      let (number, birthYear): (Int64, Int?) = (try row[1], try row[3])
      guard isWanted(number, birthYear) else { return nil }
      let id: PersonID = try row[0]
      let sealed: [UInt8] = try row[4]
      let names = try kept.names(of: id, sealed) {
        try PersonStore.opened(sealed, of: id, key: db.vault.unwrap(try row[5]))
      }
      return PersonCandidate(
        id: id, file: try row[6] ?? id, number: number,
        label: PersonLabel(latin: names.latin, arabic: names.arabic, antenna: try row[2]),
        birthYear: birthYear, isVisible: try row[7])
    }
    return found.compactMap { $0 }
  }

  /// Persons after `id` whose tokens were made with other knowledge than `version`, in the order of their ids.
  static func outdated(_ version: String, after id: String, limit: Int, in db: Connection) throws
    -> [PersonID]
  {
    try db.rows(
      """
      SELECT id FROM person WHERE id > \(id) AND sealing_key IS NOT NULL
        AND (tokens_version IS NULL OR tokens_version <> \(version)) ORDER BY id LIMIT \(limit)
      """
    ) { try $0[0] as PersonID }
  }
}

/// The blind tokens of one person, ascending, and the knowledge of names they were made with.
struct PersonTokens {
  let values: [Int64]
  let version: String

  init(_ values: Set<Int64>, version: String) {
    self.values = values.sorted()
    self.version = version
  }

  /// As her row remembers them: 8 bytes each.
  var bytes: [UInt8] {
    values.flatMap { token in withUnsafeBytes(of: token.bigEndian) { Array($0) } }
  }

  static func values(of bytes: [UInt8]) -> [Int64] {
    stride(from: 0, to: bytes.count, by: 8).map { start in
      bytes[start..<min(start + 8, bytes.count)].reduce(0) { $0 << 8 | Int64($1) }
    }
  }
}

/// A person a search came upon, before it is known how well she fits.
struct PersonCandidate: Identifiable {
  let id: PersonID
  /// Who stands for her; herself unless her file was joined with another.
  let file: PersonID
  let number: Int64
  let label: PersonLabel
  let birthYear: Int?
  let isVisible: Bool
}
