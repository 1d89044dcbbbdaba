import Storage

extension Agenda {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 agenda: create",
      """
      CREATE TABLE room (
        id        TEXT PRIMARY KEY,
        antenna   TEXT NOT NULL,
        name      TEXT NOT NULL,
        closed_at BIGINT,
        UNIQUE (antenna, name)
      );
      CREATE TABLE appointment (
        id           TEXT PRIMARY KEY,
        case_file    TEXT NOT NULL REFERENCES case_file (id),
        antenna      TEXT NOT NULL,
        with_account TEXT NOT NULL,
        way          TEXT NOT NULL CHECK (way IN ('antenna', 'phone', 'home')),
        room         TEXT REFERENCES room (id),
        day          TEXT NOT NULL,
        from_minute  BIGINT NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
        minutes      BIGINT NOT NULL CHECK (minutes BETWEEN 15 AND 480),
        state        TEXT NOT NULL CHECK (state IN ('planned', 'came', 'missed', 'excused', 'cancelled')),
        words        BLOB NOT NULL,    -- sealed
        version      BIGINT NOT NULL,
        made_at      BIGINT NOT NULL,
        made_by      TEXT NOT NULL
      );
      CREATE INDEX appointment_antenna ON appointment (antenna, day, from_minute, id);
      CREATE INDEX appointment_account ON appointment (with_account, day, from_minute, id);
      CREATE INDEX appointment_case ON appointment (case_file, day, id);
      -- Who or what is taken in a quarter of an hour: nobody and no room twice, whatever happens at the same moment.
      CREATE TABLE appointment_slot (
        holder      TEXT NOT NULL,
        day         TEXT NOT NULL,
        slot        BIGINT NOT NULL CHECK (slot BETWEEN 0 AND 95),
        appointment TEXT NOT NULL REFERENCES appointment (id),
        PRIMARY KEY (holder, day, slot)
      );
      CREATE INDEX appointment_slot_of ON appointment_slot (appointment);
      CREATE TABLE absence (
        id          TEXT PRIMARY KEY,
        account     TEXT NOT NULL,
        antenna     TEXT NOT NULL,
        from_day    TEXT NOT NULL,
        until_day   TEXT NOT NULL,
        ended_at    BIGINT,
        recorded_at BIGINT NOT NULL,
        recorded_by TEXT NOT NULL
      );
      CREATE INDEX absence_account ON absence (account, until_day);
      CREATE INDEX absence_antenna ON absence (antenna, until_day, id);
      CREATE TABLE holiday (
        day           TEXT PRIMARY KEY,
        name          TEXT NOT NULL,
        source        TEXT NOT NULL,
        is_to_confirm BIGINT NOT NULL CHECK (is_to_confirm IN (0, 1)),
        set_at        BIGINT NOT NULL,
        set_by        TEXT NOT NULL
      )
      """),
    Migration(
      "2026-11-29 agenda: feeds for calendars",
      """
      CREATE TABLE agenda_feed (
        id         TEXT PRIMARY KEY,
        account    TEXT NOT NULL,
        made_at    BIGINT NOT NULL,
        revoked_at BIGINT
      );
      CREATE UNIQUE INDEX agenda_feed_account ON agenda_feed (account) WHERE revoked_at IS NULL
      """),
  ]
}
