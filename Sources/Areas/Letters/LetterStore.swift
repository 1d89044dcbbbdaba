import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about letters. Callers have found the case first, and so may see it.
enum LetterStore {
  static let pageSize = 20

  /// The letters of a case, the newest first; one more than a page shows where there are more.
  static func letters(
    of file: RecordID<CaseFile>, after: RecordID<Letter>?, key: SealingKey, in db: Connection
  ) throws -> [Letter] {
    let before: SQL = if let after { "AND id < \(after)" } else { "" }
    return try db.rows(
      """
      SELECT id, model, version, language, channel, words, written_at, written_by, way, sent_on, withdrawn
      FROM letter WHERE case_file = \(file) \(before) ORDER BY id DESC LIMIT \(pageSize + 1)
      """
    ) { try Letter($0, key: key) }
  }

  static func find(
    _ id: RecordID<Letter>, of file: RecordID<CaseFile>, key: SealingKey, in db: Connection
  ) throws -> Letter? {
    try db.rows(
      """
      SELECT id, model, version, language, channel, words, written_at, written_by, way, sent_on, withdrawn
      FROM letter WHERE id = \(id) AND case_file = \(file)
      """
    ) { try Letter($0, key: key) }.first
  }

  static func exists(_ id: RecordID<Letter>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM letter WHERE id = \(id)")
  }

  static func insert(_ letter: Letter, of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws
  {
    let words = try key.seal(letter.text.fields.bytes, as: "letter.words:\(letter.id)")
    try db.run(
      """
      INSERT INTO letter (id, case_file, model, version, language, channel, words, written_at, written_by)
      VALUES (\(letter.id), \(file), \(letter.model), \(letter.version), \(letter.language.rawValue),
        \(letter.channel), \(words), \(letter.writtenAt), \(letter.writtenBy))
      """)
  }

  static func send(_ id: RecordID<Letter>, _ sent: Letter.Sent, in db: Connection) throws {
    try db.run("UPDATE letter SET way = \(sent.way), sent_on = \(sent.on) WHERE id = \(id)")
  }

  static func withdraw(
    _ id: RecordID<Letter>, because why: String, key: SealingKey, at now: Date, in db: Connection
  ) throws {
    let sealed = try key.seal(why, as: "letter.withdrawn:\(id)")
    try db.run("UPDATE letter SET withdrawn = \(sealed), withdrawn_at = \(now) WHERE id = \(id)")
  }

  /// Seals all of a case anew, when it goes to another person.
  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    for (column, context) in [("words", "letter.words"), ("withdrawn", "letter.withdrawn")] as [(SQL, String)]
    {
      try CaseMoveStore.reseal(
        column, of: "letter", where: "case_file = \(file)", as: context, from: old, to: new, in: db)
    }
  }
}

extension Letter {
  fileprivate init(_ row: borrowing Row, key: SealingKey) throws {
    let id: RecordID<Letter> = try row[0]
    let words: [UInt8] = try row[5]
    let language: String = try row[3]
    let way: Way? = try row[8]
    let on: Day? = try row[9]
    let why: [UInt8]? = try row[10]
    self.init(
      id: id, model: try row[1], version: try row[2], language: Language(rawValue: language) ?? .french,
      channel: try row[4],
      text: LetterText(Fields(bytes: try key.open(words, as: "letter.words:\(id)")) ?? Fields()),
      writtenAt: try row[6], writtenBy: try row[7],
      sent: way.flatMap { way in on.map { Sent(way: way, on: $0) } },
      withdrawn: try why.map { try key.openText($0, as: "letter.withdrawn:\(id)") })
  }
}
