import Basics
import Foundation
import Storage

/// Every SQL statement about accounts. Callers bring the transaction.
enum AccountStore {
  static let columns: SQL = """
    a.id, a.sign_in_name, a.name, a.institution, a.antenna, a.roles, a.assigned_only, a.language,
    a.must_change_password, CASE WHEN a.secret IS NULL THEN 0 ELSE 1 END, a.disabled_at, a.version, a.duties
    """

  static func find(_ id: AccountID, in db: Connection) throws -> Account? {
    try db.first("SELECT \(columns) FROM account a WHERE a.id = \(id)") { row in try Account(row) }
  }

  static func find(_ ids: [AccountID], in db: Connection) throws -> [Account] {
    try db.rows("SELECT \(columns) FROM account a WHERE a.id IN (\(list: ids))") { row in try Account(row) }
  }

  static func require(_ id: AccountID, in db: Connection) throws -> Account {
    guard let account = try find(id, in: db) else { throw Refusal.notFound }
    return account
  }

  static func find(signInName: String, in db: Connection) throws -> (account: Account, password: String)? {
    try db.first("SELECT \(columns), a.password FROM account a WHERE a.sign_in_name = \(signInName)") { row in
      (try Account(row), try row[13])
    }
  }

  /// - Returns: false when one of that id or of that sign-in name is there.
  static func insert(_ account: NewAccount, hash: String, wrapped: [UInt8], in db: Connection) throws
    -> Bool
  {
    try db.run(
      """
      INSERT INTO account (id, sign_in_name, name, institution, antenna, roles, assigned_only, language, password,
        must_change_password, sealing_key, last_step, version, duties)
      VALUES (\(account.id), \(account.signInName), \(account.name), \(account.institution), \(account.antenna),
        \(Role.list(account.roles)), 0, \(account.language), \(hash), \(account.mustChangePassword), \(wrapped), 0, 1,
        \(Duty.list(account.duties)))
      ON CONFLICT DO NOTHING
      """) == 1
  }

  /// - Returns: false when the version is no longer `version`.
  static func update(
    _ id: AccountID, from version: Int, to facts: AccountFacts, in db: Connection
  ) throws -> Bool {
    try db.run(
      """
      UPDATE account SET name = \(facts.name), institution = \(facts.institution), antenna = \(facts.antenna),
        roles = \(Role.list(facts.roles)), duties = \(Duty.list(facts.duties)),
        assigned_only = \(facts.seesAssignedOnly), version = version + 1
      WHERE id = \(id) AND version = \(version)
      """) == 1
  }

  static func setPassword(of id: AccountID, _ hash: String, mustChange: Bool, in db: Connection) throws {
    try db.run(
      """
      UPDATE account SET password = \(hash), must_change_password = \(mustChange), version = version + 1
      WHERE id = \(id)
      """)
  }

  static func setLanguage(of id: AccountID, _ language: Language, in db: Connection) throws {
    try db.run("UPDATE account SET language = \(language), version = version + 1 WHERE id = \(id)")
  }

  static func setDisabled(_ id: AccountID, at: Date?, in db: Connection) throws {
    try db.run("UPDATE account SET disabled_at = \(at), version = version + 1 WHERE id = \(id)")
  }

  static func secret(of id: AccountID, in db: Connection) throws -> (bytes: [UInt8], lastStep: Int64)? {
    try db.first("SELECT sealing_key, secret, last_step FROM account WHERE id = \(id) AND secret IS NOT NULL")
    { row in
      let key = try db.vault.unwrap(try row[0])
      return (try key.open(try row[1], as: "account.secret:\(id)"), try row[2])
    }
  }

  static func setSecret(of id: AccountID, _ secret: [UInt8]?, in db: Connection) throws {
    guard let wrapped: [UInt8] = try db.value("SELECT sealing_key FROM account WHERE id = \(id)") else {
      throw Refusal.notFound
    }
    let sealed = try secret.map { try db.vault.unwrap(wrapped).seal($0, as: "account.secret:\(id)") }
    try db.run("UPDATE account SET secret = \(sealed), version = version + 1 WHERE id = \(id)")
  }

  /// - Returns: false when the step was used meanwhile: each code opens one door.
  static func use(step: Int64, of id: AccountID, in db: Connection) throws -> Bool {
    try db.run("UPDATE account SET last_step = \(step) WHERE id = \(id) AND last_step < \(step)") == 1
  }

  static func replaceRecoveryCodes(of id: AccountID, with hashes: [[UInt8]], in db: Connection) throws {
    try db.run("DELETE FROM recovery_code WHERE account = \(id)")
    for hash in hashes { try db.run("INSERT INTO recovery_code (account, hash) VALUES (\(id), \(hash))") }
  }

  static func use(recoveryHash hash: [UInt8], of id: AccountID, in db: Connection) throws -> Bool {
    try db.run("DELETE FROM recovery_code WHERE account = \(id) AND hash = \(hash)") == 1
  }

  static func page(after name: String, limit: Int, in db: Connection) throws -> [Account] {
    try db.rows(
      "SELECT \(columns) FROM account a WHERE a.sign_in_name > \(name) ORDER BY a.sign_in_name LIMIT \(limit)"
    ) { row in try Account(row) }
  }

  static func colleagues(of antennas: [AntennaCode], in db: Connection) throws -> [Account] {
    try db.rows(
      """
      SELECT \(columns) FROM account a WHERE a.antenna IN (\(list: antennas)) AND a.disabled_at IS NULL
      ORDER BY a.antenna, a.name LIMIT 2000
      """
    ) { row in try Account(row) }
  }

  /// Those who work at no antenna, and are of the office.
  static func office(in db: Connection) throws -> [Account] {
    try db.rows(
      """
      SELECT \(columns) FROM account a
      WHERE a.antenna IS NULL AND a.disabled_at IS NULL AND a.roles <> \(Role.partner) ORDER BY a.name LIMIT 2000
      """
    ) { row in try Account(row) }
  }

  /// Of one antenna and the centre; nil for all.
  static func active(at antenna: AntennaCode?, in db: Connection) throws -> [Account] {
    let place: SQL = antenna.map { "AND (a.antenna = \($0) OR a.antenna IS NULL)" } ?? ""
    return try db.rows(
      "SELECT \(columns) FROM account a WHERE a.disabled_at IS NULL \(place) ORDER BY a.name LIMIT 2000"
    ) { row in try Account(row) }
  }

  static func names(of ids: [AccountID], in db: Connection) throws -> [(AccountID, String)] {
    try db.rows("SELECT id, name FROM account WHERE id IN (\(list: ids))") {
      (try $0[0] as AccountID, try $0[1] as String)
    }
  }

  /// Wraps at most `limit` keys anew, in the order of their ids after `id`.
  static func rewrap(after id: String, limit: Int, in db: Connection) throws -> (done: Int, last: String?) {
    let rows = try db.rows("SELECT id, sealing_key FROM account WHERE id > \(id) ORDER BY id LIMIT \(limit)")
    {
      (id: try $0[0] as AccountID, wrapped: try $0[1] as [UInt8])
    }
    for row in rows {
      guard let wrapped = try db.vault.rewrap(row.wrapped) else { continue }
      try db.run("UPDATE account SET sealing_key = \(wrapped) WHERE id = \(row.id)")
    }
    return (rows.count, rows.last?.id.text)
  }
}

extension Account {
  init(_ row: borrowing Row) throws {
    id = try row[0]
    signInName = try row[1]
    name = try row[2]
    institution = try row[3]
    antenna = try row[4]
    roles = Role.listed(in: try row[5])
    seesAssignedOnly = try row[6]
    language = try row[7]
    mustChangePassword = try row[8]
    hasSecondFactor = try row[9]
    disabledAt = try row[10]
    version = try row[11]
    duties = Duty.listed(in: try row[12])
  }
}
