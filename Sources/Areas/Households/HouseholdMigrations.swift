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
      """),
    Migration(
      "2026-11-29 households: facts",
      """
      CREATE VIEW household_fact AS
        SELECT case_file,
          CAST(1 + SUM(CASE WHEN living = 'together' THEN 1 ELSE 0 END) AS BIGINT) AS size, -- the person counted
          CAST(SUM(CASE WHEN dependent = 'yes' THEN 1 ELSE 0 END) AS BIGINT) AS dependants,
          CAST(SUM(CASE WHEN relation = 'child' THEN 1 ELSE 0 END) AS BIGINT) AS children
        FROM household_member WHERE removed_why IS NULL GROUP BY case_file
      """),
    Migration(
      "2026-11-29 households: members with a file of their own",
      "ALTER TABLE household_member ADD COLUMN own_case TEXT REFERENCES case_file (id)"),
  ]
}
