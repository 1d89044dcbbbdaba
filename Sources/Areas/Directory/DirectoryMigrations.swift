import Storage

extension Directory {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 directory: providers, their places and services",
      """
      CREATE TABLE provider (
        id          TEXT PRIMARY KEY,
        antenna     TEXT REFERENCES antenna (code),   -- whose heads may change it; empty: the centre alone
        version     BIGINT NOT NULL,
        unconfirmed BIGINT NOT NULL CHECK (unconfirmed IN (0, 1)),
        changed_at  BIGINT NOT NULL,                  -- milliseconds since 1970, UTC
        outside_key TEXT UNIQUE,                      -- as the file it came from calls it
        sort        TEXT NOT NULL,                    -- the folded name
        kind        TEXT NOT NULL CHECK (kind IN ('public', 'ngo', 'firm', 'lender', 'health', 'school', 'legal-help')),
        name_fr     TEXT,
        name_ar     TEXT,
        name_en     TEXT,
        about_fr    TEXT,
        about_ar    TEXT,
        about_en    TEXT,
        url         TEXT,
        email       TEXT,
        phone       TEXT,
        state       TEXT NOT NULL CHECK (state IN ('active', 'ended')),
        CHECK (name_fr IS NOT NULL OR name_ar IS NOT NULL OR name_en IS NOT NULL)
      );
      CREATE INDEX provider_sort ON provider (sort, id);
      CREATE TABLE provider_place (
        id          TEXT PRIMARY KEY,
        provider    TEXT NOT NULL REFERENCES provider (id),
        outside_key TEXT UNIQUE,
        name        TEXT NOT NULL,
        governorate TEXT NOT NULL REFERENCES governorate (code),
        delegation  TEXT,
        address     TEXT,
        phone       TEXT,
        access      TEXT NOT NULL,                    -- words of Service.Access with spaces between
        closed      BIGINT NOT NULL CHECK (closed IN (0, 1))
      );
      CREATE INDEX provider_place_provider ON provider_place (provider, id);
      CREATE TABLE service (
        id               TEXT PRIMARY KEY,
        provider         TEXT NOT NULL REFERENCES provider (id),
        antenna          TEXT REFERENCES antenna (code),
        version          BIGINT NOT NULL,
        changed_at       BIGINT NOT NULL,
        confirmed_on     TEXT,                        -- the last day on which somebody said that all is right
        taken            BIGINT NOT NULL,             -- places taken, of `capacity`
        outside_key      TEXT UNIQUE,
        sort             TEXT NOT NULL,
        name_fr          TEXT,
        name_ar          TEXT,
        name_en          TEXT,
        about_fr         TEXT,
        about_ar         TEXT,
        about_en         TEXT,
        how_fr           TEXT,
        how_ar           TEXT,
        how_en           TEXT,
        conditions_fr    TEXT,
        conditions_ar    TEXT,
        conditions_en    TEXT,
        needs            TEXT,                        -- words with spaces between, as all lists here
        age_from         BIGINT CHECK (age_from >= 0),
        age_to           BIGINT CHECK (age_to >= 0),
        sex              TEXT CHECK (sex IN ('female', 'male')),
        returns          TEXT,
        situations       TEXT,
        papers           TEXT,                        -- one a line
        nationwide       TEXT,
        areas            TEXT,                        -- one a line: TN-33, or TN-33/delegation
        days             TEXT,                        -- MO TU ...
        opens            TEXT,                        -- HH:mm
        closes           TEXT,
        hours_note       TEXT,
        cost             TEXT CHECK (cost IN ('free', 'paid')),
        cost_amount      TEXT,                        -- TND as typed, with three decimals at most
        cost_note        TEXT,
        languages        TEXT,
        access           TEXT,
        capacity         BIGINT CHECK (capacity >= 0),
        contact_name     TEXT,
        contact_role     TEXT,
        contact_phone    TEXT,
        contact_email    TEXT,
        agreement_with   TEXT,
        agreement_from   TEXT,
        agreement_until  TEXT,
        agreement_data   TEXT,
        published        TEXT,
        state            TEXT NOT NULL CHECK (state IN ('active', 'paused', 'ended')),
        places           TEXT,                        -- ids of provider_place
        CHECK (taken >= 0),
        CHECK (name_fr IS NOT NULL OR name_ar IS NOT NULL OR name_en IS NOT NULL)
      );
      CREATE INDEX service_provider ON service (provider, id);
      CREATE INDEX service_public ON service (id) WHERE published IS NOT NULL AND state = 'active';
      -- Where a service is found: every governorate it covers and '', every need and ''. Written anew with it.
      CREATE TABLE service_reach (
        place   TEXT NOT NULL,
        need    TEXT NOT NULL,
        sort    TEXT NOT NULL,
        service TEXT NOT NULL REFERENCES service (id),
        PRIMARY KEY (place, need, sort, service)
      );
      CREATE INDEX service_reach_service ON service_reach (service);
      -- The folded words of its names and its provider's.
      CREATE TABLE service_word (
        word    TEXT NOT NULL,
        service TEXT NOT NULL REFERENCES service (id),
        PRIMARY KEY (word, service)
      );
      CREATE INDEX service_word_service ON service_word (service);
      -- A place taken in a service: by whoever made the id, a referral.
      CREATE TABLE service_seat (
        id          TEXT PRIMARY KEY,
        service     TEXT NOT NULL REFERENCES service (id),
        taken_at    BIGINT NOT NULL,
        taken_by    TEXT NOT NULL,
        released_at BIGINT
      );
      CREATE INDEX service_seat_service ON service_seat (service, taken_at)
      """),
    Migration(
      "2026-11-29 directory: confirmations and their links",
      """
      CREATE TABLE service_link (
        id         TEXT PRIMARY KEY,
        service    TEXT NOT NULL REFERENCES service (id),
        made_at    BIGINT NOT NULL,
        made_by    TEXT NOT NULL,
        expires_at BIGINT NOT NULL,
        revoked_at BIGINT,
        used_at    BIGINT
      );
      CREATE INDEX service_link_service ON service_link (service, made_at);
      CREATE TABLE service_answer (
        id      TEXT PRIMARY KEY,
        service TEXT NOT NULL REFERENCES service (id),
        link    TEXT REFERENCES service_link (id),    -- empty: a colleague asked them
        at      BIGINT NOT NULL,
        by      TEXT,                                 -- the colleague
        kind    TEXT NOT NULL CHECK (kind IN ('right', 'changed', 'ended')),
        words   TEXT,
        done_at BIGINT                                -- when a colleague has taken it in
      );
      CREATE INDEX service_answer_service ON service_answer (service, at);
      CREATE INDEX service_answer_waiting ON service_answer (at, id) WHERE done_at IS NULL
      """),
    start,
    Migration(
      "2026-11-29 directory: services at places",
      """
      CREATE TABLE service_at_place (
        id      TEXT PRIMARY KEY,
        service TEXT NOT NULL REFERENCES service (id),
        place   TEXT NOT NULL REFERENCES provider_place (id),
        UNIQUE (service, place)
      );
      CREATE INDEX service_at_place_place ON service_at_place (place)
      """),
    Migration(
      "2026-11-29 directory: files of services",
      """
      CREATE TABLE service_import (
        id      TEXT PRIMARY KEY,
        name    TEXT NOT NULL,
        antenna TEXT REFERENCES antenna (code),
        sent_at BIGINT NOT NULL,
        sent_by TEXT NOT NULL,
        rows    BLOB NOT NULL,   -- JSON, as the lines were typed
        done_at BIGINT,          -- when it was entered
        added   BIGINT,
        changed BIGINT
      )
      """),
    Migration(
      "2026-11-30 directory: kinds of paper that a service asks for",
      """
      -- Kinds of document, as `papers` with words of its own cannot be checked.
      ALTER TABLE service ADD COLUMN required_papers TEXT
      """),
  ]
}
