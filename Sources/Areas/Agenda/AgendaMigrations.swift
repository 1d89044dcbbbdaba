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
    Migration(
      "2026-11-29 agenda: sessions of several persons",
      """
      CREATE TABLE group_session (
        id          TEXT PRIMARY KEY,
        antenna     TEXT NOT NULL,
        kind        TEXT NOT NULL CHECK (kind IN ('information', 'work', 'business', 'papers', 'other')),
        title_fr    TEXT,
        title_ar    TEXT,
        title_en    TEXT,
        leader      TEXT NOT NULL,
        room        TEXT REFERENCES room (id),
        place       TEXT,            -- in words, when it is in no room
        day         TEXT NOT NULL,
        from_minute BIGINT NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
        minutes     BIGINT NOT NULL CHECK (minutes BETWEEN 15 AND 480),
        language    TEXT NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
        seats       BIGINT NOT NULL CHECK (seats BETWEEN 1 AND 200),
        waits       BIGINT NOT NULL CHECK (waits IN (0, 1)),
        state       TEXT NOT NULL CHECK (state IN ('planned', 'cancelled')),
        taken       BIGINT NOT NULL, -- seats that somebody has: never more than there are
        why         TEXT,
        version     BIGINT NOT NULL,
        made_at     BIGINT NOT NULL,
        made_by     TEXT NOT NULL,
        CHECK (taken BETWEEN 0 AND seats),
        CHECK ((kind = 'other') = (title_fr IS NOT NULL))
      );
      CREATE INDEX group_session_antenna ON group_session (antenna, day, from_minute, id);
      CREATE INDEX group_session_leader ON group_session (leader, day, from_minute, id);
      CREATE TABLE session_seat (
        id        TEXT PRIMARY KEY,
        session   TEXT NOT NULL REFERENCES group_session (id),
        case_file TEXT NOT NULL REFERENCES case_file (id),
        state     TEXT NOT NULL CHECK (state IN ('booked', 'waiting', 'came', 'missed', 'excused', 'off')),
        version   BIGINT NOT NULL,
        put_at    BIGINT NOT NULL,
        put_by    TEXT NOT NULL
      );
      CREATE UNIQUE INDEX session_seat_once ON session_seat (session, case_file) WHERE state <> 'off';
      CREATE INDEX session_seat_session ON session_seat (session, put_at, id);
      CREATE INDEX session_seat_case ON session_seat (case_file, id);
      -- As appointment_slot, whatever takes the time: an appointment, a session, somebody's seat in one.
      CREATE TABLE taken_slot (
        holder      TEXT NOT NULL,
        day         TEXT NOT NULL,
        slot        BIGINT NOT NULL CHECK (slot BETWEEN 0 AND 95),
        appointment TEXT REFERENCES appointment (id),
        session     TEXT REFERENCES group_session (id),
        seat        TEXT REFERENCES session_seat (id),
        PRIMARY KEY (holder, day, slot),
        CHECK ((appointment IS NULL) <> (session IS NULL)),
        CHECK (seat IS NULL OR session IS NOT NULL)
      );
      CREATE INDEX taken_slot_appointment ON taken_slot (appointment);
      CREATE INDEX taken_slot_session ON taken_slot (session);
      CREATE INDEX taken_slot_seat ON taken_slot (seat);
      INSERT INTO taken_slot (holder, day, slot, appointment)
        SELECT holder, day, slot, appointment FROM appointment_slot;
      DROP TABLE appointment_slot
      """),
    Migration(
      "2026-11-29 agenda: hours and links to take them",
      """
      -- When somebody may be met, week by week; the last one recorded that holds on a day counts.
      CREATE TABLE work_week (
        id          TEXT PRIMARY KEY,
        account     TEXT NOT NULL,
        antenna     TEXT NOT NULL,
        from_day    TEXT NOT NULL,
        until_day   TEXT,
        ended_at    BIGINT,          -- when it was taken back
        recorded_at BIGINT NOT NULL,
        recorded_by TEXT NOT NULL
      );
      CREATE INDEX work_week_account ON work_week (account, recorded_at, id);
      CREATE INDEX work_week_antenna ON work_week (antenna, recorded_at, id);
      CREATE TABLE work_hour (
        week         TEXT NOT NULL REFERENCES work_week (id),
        weekday      BIGINT NOT NULL CHECK (weekday BETWEEN 0 AND 6), -- 0 is Monday
        from_minute  BIGINT NOT NULL CHECK (from_minute BETWEEN 0 AND 1439),
        until_minute BIGINT NOT NULL CHECK (until_minute BETWEEN 1 AND 1440),
        PRIMARY KEY (week, weekday, from_minute),
        CHECK (from_minute < until_minute)
      );
      CREATE TABLE booking_link (
        id          TEXT PRIMARY KEY,
        case_file   TEXT NOT NULL REFERENCES case_file (id),
        antenna     TEXT NOT NULL,
        account     TEXT NOT NULL,   -- whose times are offered
        way         TEXT NOT NULL CHECK (way IN ('antenna', 'phone')),
        minutes     BIGINT NOT NULL CHECK (minutes BETWEEN 15 AND 480),
        language    TEXT NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
        made_at     BIGINT NOT NULL,
        made_by     TEXT NOT NULL,
        until_at    BIGINT NOT NULL,
        revoked_at  BIGINT,
        uses        BIGINT NOT NULL, -- times taken, moved or called off behind it
        appointment TEXT REFERENCES appointment (id)
      );
      CREATE INDEX booking_link_case ON booking_link (case_file, id)
      """),
    Migration(
      "2026-11-29 agenda: appointments that stayed behind",
      """
      -- Who holds the case: what another antenna still holds of it is shown to her.
      ALTER TABLE appointment ADD COLUMN case_antenna TEXT;
      ALTER TABLE appointment ADD COLUMN case_contact TEXT;
      UPDATE appointment SET
        case_antenna = (SELECT antenna FROM case_file WHERE case_file.id = appointment.case_file),
        case_contact = (SELECT contact FROM case_file WHERE case_file.id = appointment.case_file);
      CREATE INDEX appointment_case_contact ON appointment (case_contact, state, day, id);
      CREATE INDEX appointment_room ON appointment (room, day) WHERE room IS NOT NULL;
      CREATE INDEX group_session_room ON group_session (room, day) WHERE room IS NOT NULL
      """),
    Migration(
      "2026-11-30 agenda: appointments of closed cases",
      """
      -- Whether its case is open: what was missed in a closed one waits for nobody.
      ALTER TABLE appointment ADD COLUMN case_open BIGINT NOT NULL DEFAULT 1 CHECK (case_open IN (0, 1));
      UPDATE appointment SET case_open = 0
        WHERE case_file IN (SELECT id FROM case_file WHERE stage = 'closed')
      """),
  ]
}
