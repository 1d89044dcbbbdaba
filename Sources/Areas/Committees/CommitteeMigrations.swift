import Storage

extension Committees {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 committees: create",
      """
      CREATE TABLE committee_session (
        id             TEXT PRIMARY KEY,
        antenna        TEXT REFERENCES antenna (code),  -- empty: of the whole scheme
        day            TEXT NOT NULL,
        place          TEXT NOT NULL,
        quorum         BIGINT NOT NULL CHECK (quorum BETWEEN 2 AND 25),
        hides_identity BIGINT NOT NULL CHECK (hides_identity IN (0, 1)),
        grid           TEXT NOT NULL,
        money          BIGINT CHECK (money >= 0),       -- in the smallest unit of the currency
        currency       TEXT CHECK (currency IN ('TND', 'EUR')),
        convened_at    BIGINT NOT NULL,                 -- milliseconds since 1970, UTC
        convened_by    TEXT NOT NULL,
        cancelled_at   BIGINT,
        cancelled_by   TEXT,
        closed_at      BIGINT,
        closed_by      TEXT,
        hash           TEXT,
        confirmed_at   BIGINT,
        confirmed_by   TEXT,
        CHECK ((money IS NULL) = (currency IS NULL)),
        CHECK ((cancelled_at IS NULL) = (cancelled_by IS NULL)),
        CHECK ((closed_at IS NULL) = (closed_by IS NULL)),
        CHECK ((closed_at IS NULL) = (hash IS NULL)),
        CHECK ((confirmed_at IS NULL) = (confirmed_by IS NULL)),
        CHECK (confirmed_at IS NULL OR closed_at IS NOT NULL),
        CHECK (confirmed_by <> closed_by),
        CHECK (cancelled_at IS NULL OR closed_at IS NULL)
      );
      CREATE INDEX committee_session_day ON committee_session (day, id);
      CREATE TABLE committee_member (
        session    TEXT NOT NULL REFERENCES committee_session (id),
        account    TEXT NOT NULL REFERENCES account (id),
        role       TEXT NOT NULL CHECK (role IN ('chair', 'member', 'secretary')),
        day        TEXT NOT NULL,                       -- of the session, which never changes
        is_present BIGINT NOT NULL CHECK (is_present IN (0, 1)),
        removed_at BIGINT,
        PRIMARY KEY (session, account)
      );
      CREATE UNIQUE INDEX committee_member_chair ON committee_member (session)
        WHERE role = 'chair' AND removed_at IS NULL;
      CREATE INDEX committee_member_day ON committee_member (account, day, session) WHERE removed_at IS NULL;
      CREATE TABLE committee_item (
        id           TEXT PRIMARY KEY,
        case_file    TEXT NOT NULL REFERENCES case_file (id),
        antenna      TEXT NOT NULL REFERENCES antenna (code),
        origin       TEXT NOT NULL,
        track        TEXT NOT NULL CHECK (track IN ('social', 'employment', 'business')),
        title_fr     TEXT NOT NULL,
        title_ar     TEXT NOT NULL,
        title_en     TEXT NOT NULL,
        amount       BIGINT NOT NULL CHECK (amount > 0),
        currency     TEXT NOT NULL CHECK (currency IN ('TND', 'EUR')),
        prepared_by  TEXT NOT NULL,
        summary      BLOB NOT NULL,                     -- sealed
        submitted_at BIGINT NOT NULL,
        submitted_by TEXT NOT NULL,
        state        TEXT NOT NULL CHECK (state IN ('waiting', 'listed', 'decided', 'withdrawn')),
        withdrawn_at BIGINT,
        withdrawn_by TEXT,
        withdrawn    BLOB                               -- why; sealed
      );
      CREATE INDEX committee_item_case ON committee_item (case_file, submitted_at);
      CREATE INDEX committee_item_waiting ON committee_item (submitted_at, id) WHERE state = 'waiting';
      CREATE INDEX committee_item_waiting_antenna ON committee_item (antenna, submitted_at, id)
        WHERE state = 'waiting';
      CREATE TABLE committee_entry (
        id        TEXT PRIMARY KEY,
        session   TEXT NOT NULL REFERENCES committee_session (id),
        item      TEXT NOT NULL REFERENCES committee_item (id),
        number    BIGINT NOT NULL,                      -- stands for the case where the session hides who it is about
        listed_at BIGINT NOT NULL,
        listed_by TEXT NOT NULL,
        taken_off BIGINT,                               -- when
        UNIQUE (session, item),
        UNIQUE (session, number)
      );
      CREATE INDEX committee_entry_item ON committee_entry (item);
      CREATE TABLE committee_conflict (
        id          TEXT PRIMARY KEY,
        session     TEXT NOT NULL REFERENCES committee_session (id),
        item        TEXT NOT NULL REFERENCES committee_item (id),
        account     TEXT NOT NULL,
        kind        TEXT NOT NULL CHECK (kind IN ('family', 'friendship', 'work', 'money', 'other')),
        declared_at BIGINT NOT NULL,
        UNIQUE (session, item, account)
      );
      CREATE INDEX committee_conflict_item ON committee_conflict (item);
      CREATE TABLE committee_score (
        id        TEXT PRIMARY KEY,
        session   TEXT NOT NULL REFERENCES committee_session (id),
        item      TEXT NOT NULL REFERENCES committee_item (id),
        account   TEXT NOT NULL,
        points    TEXT NOT NULL,                        -- a criterion and its points, one after the other
        total     BIGINT NOT NULL,
        most      BIGINT NOT NULL,                      -- what the grid allows
        scored_at BIGINT NOT NULL,
        UNIQUE (session, item, account)
      );
      CREATE INDEX committee_score_item ON committee_score (item);
      CREATE TABLE committee_vote (
        id       TEXT PRIMARY KEY,
        session  TEXT NOT NULL REFERENCES committee_session (id),
        item     TEXT NOT NULL REFERENCES committee_item (id),
        account  TEXT NOT NULL,
        outcome  TEXT NOT NULL CHECK (outcome IN ('granted', 'conditions', 'postponed', 'refused')),
        voted_at BIGINT NOT NULL,
        UNIQUE (session, item, account)
      );
      CREATE INDEX committee_vote_item ON committee_vote (item);
      CREATE TABLE committee_decision (
        id         TEXT PRIMARY KEY,
        session    TEXT NOT NULL REFERENCES committee_session (id),
        item       TEXT NOT NULL REFERENCES committee_item (id),
        outcome    TEXT NOT NULL CHECK (outcome IN ('granted', 'conditions', 'postponed', 'refused')),
        amount     BIGINT CHECK (amount > 0),
        currency   TEXT CHECK (currency IN ('TND', 'EUR')),
        conditions BLOB,                                -- sealed
        reason     TEXT,
        words      BLOB,                                -- sealed
        on_appeal  BIGINT NOT NULL CHECK (on_appeal IN (0, 1)),
        counted    BIGINT NOT NULL,
        agreed     BIGINT NOT NULL CHECK (agreed >= 2),
        decided_at BIGINT NOT NULL,
        decided_by TEXT NOT NULL,
        UNIQUE (session, item),
        CHECK ((outcome IN ('granted', 'conditions')) = (amount IS NOT NULL)),
        CHECK ((amount IS NULL) = (currency IS NULL)),
        CHECK ((outcome IN ('postponed', 'refused')) = (reason IS NOT NULL))
      );
      CREATE INDEX committee_decision_item ON committee_decision (item, decided_at);
      CREATE TABLE committee_appeal (
        id          TEXT PRIMARY KEY,
        item        TEXT NOT NULL UNIQUE REFERENCES committee_item (id),
        against     TEXT NOT NULL REFERENCES committee_decision (id),
        received_on TEXT NOT NULL,
        words       BLOB NOT NULL,                      -- sealed
        recorded_at BIGINT NOT NULL,
        recorded_by TEXT NOT NULL
      )
      """)
  ]
}
