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
    Migration(
      "2026-11-30 households: who lives alone, and facts that say how much is not known",
      """
      CREATE TABLE household_alone (
        case_file   TEXT PRIMARY KEY REFERENCES case_file (id),
        recorded_at BIGINT NOT NULL, -- milliseconds since 1970, UTC
        recorded_by TEXT NOT NULL
      );
      DROP VIEW household_fact;
      CREATE VIEW household_fact AS
        -- The person is counted. Who lives where and who depends on her may not be known of every member: the least
        -- and the most that there can be. Of one who lives alone nobody lives with her.
        SELECT m.case_file,
          CAST(1 + SUM(CASE WHEN m.living = 'together' THEN 1 ELSE 0 END) AS BIGINT) AS size_least,
          CAST(1 + SUM(CASE WHEN m.living = 'together' OR m.living IS NULL AND a.case_file IS NULL THEN 1 ELSE 0 END)
            AS BIGINT) AS size_most,
          CAST(SUM(CASE WHEN m.dependent = 'yes' THEN 1 ELSE 0 END) AS BIGINT) AS dependants_least,
          CAST(SUM(CASE WHEN m.dependent = 'no' THEN 0 ELSE 1 END) AS BIGINT) AS dependants_most,
          CAST(SUM(CASE WHEN m.relation = 'child' THEN 1 ELSE 0 END) AS BIGINT) AS children
        FROM household_member m LEFT JOIN household_alone a ON a.case_file = m.case_file
        WHERE m.removed_why IS NULL GROUP BY m.case_file
        UNION ALL
        SELECT a.case_file, CAST(1 AS BIGINT), CAST(1 AS BIGINT), CAST(0 AS BIGINT), CAST(0 AS BIGINT),
          CAST(0 AS BIGINT)
        FROM household_alone a
        WHERE NOT EXISTS (
          SELECT 1 FROM household_member m WHERE m.case_file = a.case_file AND m.removed_why IS NULL)
      """),
  ]
}
