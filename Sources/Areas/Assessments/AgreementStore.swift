import Basics
import Storage

/// Every SQL statement about how two assessors answered: counts, of nobody.
enum AgreementStore {
  static func count(
    _ answers: [(item: String, first: String, second: String)], of instrument: InstrumentID, in db: Connection
  ) throws {
    // In one order, so that two who conclude at the same moment do not wait for each other.
    for answer in answers.sorted(by: { $0.item < $1.item }) {
      try db.run(
        """
        INSERT INTO assessment_agreement (instrument, instrument_version, item, first_answer, second_answer, pairs)
        VALUES (\(instrument.code), \(instrument.version), \(answer.item), \(answer.first), \(answer.second), 1)
        ON CONFLICT (instrument, instrument_version, item, first_answer, second_answer)
          DO UPDATE SET pairs = assessment_agreement.pairs + 1
        """)
    }
  }

  static func counts(of instrument: InstrumentID, in db: Connection) throws -> [String: [AgreementCount]] {
    let rows = try db.rows(
      """
      SELECT item, first_answer, second_answer, pairs FROM assessment_agreement
      WHERE instrument = \(instrument.code) AND instrument_version = \(instrument.version)
      ORDER BY item, first_answer, second_answer LIMIT 20000
      """
    ) { row in
      (
        item: try row[0] as String,
        count: AgreementCount(first: try row[1], second: try row[2], pairs: try row[3])
      )
    }
    return Dictionary(grouping: rows, by: \.item).mapValues { $0.map(\.count) }
  }
}
