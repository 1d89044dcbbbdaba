import Storage

extension Closures {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-28 closures: reports and later contacts",
      """
      CREATE TABLE closure_report (
        closure     TEXT PRIMARY KEY REFERENCES closure (id),
        case_file   TEXT NOT NULL REFERENCES case_file (id),
        version     BIGINT NOT NULL,
        remark      BLOB NOT NULL,       -- sealed; empty text where nothing was added
        recorded_at BIGINT NOT NULL,     -- milliseconds since 1970, UTC
        recorded_by TEXT NOT NULL
      );
      CREATE INDEX closure_report_case ON closure_report (case_file);
      CREATE TABLE closure_answer (
        closure  TEXT NOT NULL REFERENCES closure_report (closure),
        question TEXT NOT NULL,
        answer   TEXT NOT NULL CHECK (answer IN ('1', '2', '3', '4', '5', 'refused', 'not-applicable', 'not-asked')),
        PRIMARY KEY (closure, question)
      );
      CREATE TABLE later_contact (
        id          TEXT PRIMARY KEY,
        case_file   TEXT NOT NULL REFERENCES case_file (id),
        made_on     TEXT NOT NULL,
        way         TEXT NOT NULL,
        activity    TEXT,
        heard       BLOB NOT NULL,       -- sealed
        recorded_at BIGINT NOT NULL,     -- milliseconds since 1970, UTC
        recorded_by TEXT NOT NULL
      );
      CREATE INDEX later_contact_case ON later_contact (case_file, made_on, id);
      CREATE VIEW closure_answer_fact AS
        SELECT r.case_file, r.closure, c.outcome, c.closed_on, a.question, a.answer
        FROM closure_report r JOIN closure c ON c.id = r.closure JOIN closure_answer a ON a.closure = r.closure;
      CREATE VIEW later_contact_fact AS SELECT case_file, made_on, way, activity FROM later_contact
      """)
  ]
}
