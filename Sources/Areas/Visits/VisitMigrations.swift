import Storage

extension Visits {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-24 visits: create",
      """
      CREATE TABLE visit (
        id         TEXT PRIMARY KEY,
        case_file  TEXT NOT NULL REFERENCES case_file (id),
        planned_on TEXT NOT NULL,
        state      TEXT NOT NULL CHECK (state IN ('planned', 'done', 'missed')),
        made_on    TEXT,
        made_by    TEXT,
        activity   TEXT CHECK (activity IN ('not-started', 'going-on', 'in-difficulty', 'stopped')),
        seen       BLOB,   -- sealed
        next_step  BLOB,   -- sealed
        CHECK (state <> 'done' OR (made_on IS NOT NULL AND activity IS NOT NULL AND seen IS NOT NULL))
      );
      CREATE INDEX visit_case ON visit (case_file, planned_on);
      CREATE VIEW visit_fact AS
        SELECT id AS visit, case_file, planned_on, state, made_on, activity FROM visit
      """)
  ]
}
