import Storage

extension Households {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-28 households: create",
      """
      CREATE TABLE household_member (
        id          TEXT PRIMARY KEY,
        case_file   TEXT NOT NULL REFERENCES case_file (id),
        relation    TEXT NOT NULL
          CHECK (relation IN ('spouse', 'child', 'father', 'mother', 'sibling', 'grandchild', 'other')),
        names       BLOB NOT NULL,   -- sealed
        birth_year  BIGINT,          -- empty: not known; so the two below
        sex         TEXT CHECK (sex IN ('female', 'male')),
        living      TEXT CHECK (living IN ('together', 'elsewhere')),
        dependent   TEXT CHECK (dependent IN ('yes', 'no')), -- empty: not asked; so below
        school      TEXT CHECK (school IN ('yes', 'no')),
        removed_why BLOB,            -- sealed; empty: belongs to the household
        version     BIGINT NOT NULL,
        recorded_at BIGINT NOT NULL, -- milliseconds since 1970, UTC
        recorded_by TEXT NOT NULL
      );
      CREATE INDEX household_member_case ON household_member (case_file, id)
      """)
  ]
}
