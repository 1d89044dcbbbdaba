import Basics
import Storage

/// Every SQL statement about antennas and places.
enum AntennaStore {
  static func territory(in db: Connection) throws -> Territory {
    Territory(
      antennas: try db.rows("SELECT code, french, arabic, english, opened_on FROM antenna ORDER BY position")
      { row in
        Antenna(id: try row[0], name: try PlaceName(row, from: 1), openedOn: try row[4])
      },
      governorates: try db.rows("SELECT code, french, arabic, english FROM governorate ORDER BY position") {
        row in
        (id: try row[0], name: try PlaceName(row, from: 1))
      },
      countries: try db.rows("SELECT code, french, arabic, english FROM country ORDER BY french") { row in
        (id: try row[0], name: try PlaceName(row, from: 1))
      },
      institutions: try db.rows("SELECT code, french, arabic, english FROM institution ORDER BY position") {
        row in
        (id: try row[0], name: try PlaceName(row, from: 1))
      },
      coverage: try db.rows(
        "SELECT antenna, governorate, from_day, until_day FROM coverage ORDER BY from_day"
      ) { row in
        Coverage(antenna: try row[0], governorate: try row[1], from: try row[2], until: try row[3])
      })
  }

  /// Lets nobody else change who covers a governorate until the transaction ends.
  static func hold(_ governorate: GovernorateCode, in db: Connection) throws {
    try db.run("UPDATE governorate SET position = position WHERE code = \(governorate)")
  }

  static func insert(_ coverage: Coverage, in db: Connection) throws {
    try db.run(
      """
      INSERT INTO coverage (antenna, governorate, from_day, until_day)
      VALUES (\(coverage.antenna), \(coverage.governorate), \(coverage.from), \(coverage.until))
      """)
  }

  static func end(_ coverage: Coverage, on day: Day, in db: Connection) throws -> Bool {
    try db.run(
      """
      UPDATE coverage SET until_day = \(day) WHERE antenna = \(coverage.antenna)
      AND governorate = \(coverage.governorate) AND from_day = \(coverage.from) AND until_day IS NULL
      """) == 1
  }

  static func setOpened(_ antenna: AntennaCode, on day: Day?, in db: Connection) throws {
    try db.run("UPDATE antenna SET opened_on = \(day) WHERE code = \(antenna)")
  }
}

extension PlaceName {
  fileprivate init(_ row: borrowing Row, from position: Int) throws {
    french = try row[position]
    arabic = try row[position + 1]
    english = try row[position + 2]
  }
}
