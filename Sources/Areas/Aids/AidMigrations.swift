import Storage

extension Aids {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 aids: create",
      """
      CREATE TABLE aid (
        id           TEXT PRIMARY KEY,
        case_file    TEXT NOT NULL REFERENCES case_file (id),
        antenna      TEXT NOT NULL REFERENCES antenna (code), -- of the case
        contact      TEXT NOT NULL,                           -- of the case
        kind         TEXT NOT NULL,
        track        TEXT NOT NULL CHECK (track IN ('social', 'employment', 'business')),
        currency     TEXT NOT NULL CHECK (currency IN ('TND', 'EUR')),
        cost         BIGINT NOT NULL CHECK (cost > 0),        -- all amounts in the smallest unit
        asked        BIGINT NOT NULL CHECK (asked > 0),
        own_part     BIGINT NOT NULL CHECK (own_part >= 0),
        other_part   BIGINT NOT NULL CHECK (other_part >= 0),
        purpose      BLOB NOT NULL,   -- sealed
        other_words  BLOB,            -- sealed: who gives the other part
        prepared_at  BIGINT NOT NULL, -- milliseconds since 1970, UTC
        prepared_by  TEXT NOT NULL,
        version      BIGINT NOT NULL,
        state        TEXT NOT NULL CHECK (state IN ('prepared', 'submitted', 'postponed', 'refused', 'granted',
                       'contracted', 'in-execution', 'proven', 'ended', 'given-up')),
        changed_at   BIGINT NOT NULL, -- of the state
        is_outside   BIGINT NOT NULL CHECK (is_outside IN (0, 1)), -- decided where no minutes are kept here
        reservation  TEXT,            -- the money that was set aside for it
        granted      BIGINT,
        decided_on   TEXT,            -- the reference date
        signed_on    TEXT,
        signed_by    BLOB,            -- sealed
        signed_for   BLOB,            -- sealed: in the person's name
        follow_months BIGINT,
        clauses      BIGINT,          -- the version of the clauses
        signed_scan  TEXT,            -- a document of the case
        paid         BIGINT NOT NULL, -- running totals of the parts
        proven       BIGINT NOT NULL,
        end_words    BLOB,            -- sealed
        CHECK (cost = asked + own_part + other_part),
        CHECK (granted IS NULL OR (granted > 0 AND granted <= asked)),
        CHECK (paid >= 0 AND paid <= COALESCE(granted, 0)),
        CHECK (proven >= 0 AND proven <= paid),
        CHECK ((signed_on IS NULL) = (follow_months IS NULL))
      );
      CREATE INDEX aid_case ON aid (case_file, id);
      CREATE INDEX aid_state ON aid (state, changed_at, id);
      CREATE INDEX aid_state_antenna ON aid (antenna, state, changed_at, id);
      CREATE INDEX aid_state_contact ON aid (contact, state, changed_at, id);
      CREATE INDEX aid_granted ON aid (changed_at, id) WHERE granted IS NOT NULL;
      CREATE INDEX aid_granted_antenna ON aid (antenna, changed_at, id) WHERE granted IS NOT NULL;
      CREATE INDEX aid_granted_contact ON aid (contact, changed_at, id) WHERE granted IS NOT NULL;
      CREATE INDEX aid_figures ON aid (antenna, kind, currency, state, granted, paid, proven);
      CREATE TABLE aid_decision (
        id          TEXT PRIMARY KEY,
        aid         TEXT NOT NULL REFERENCES aid (id),
        case_file   TEXT NOT NULL REFERENCES case_file (id),
        outcome     TEXT NOT NULL CHECK (outcome IN ('granted', 'postponed', 'refused')),
        amount      BIGINT,
        decided_on  TEXT NOT NULL,
        body        TEXT NOT NULL,   -- the committee, by its name
        words       BLOB,            -- sealed: conditions, or the reason
        recorded_at BIGINT NOT NULL,
        recorded_by TEXT NOT NULL,
        CHECK ((outcome = 'granted') = (amount IS NOT NULL))
      );
      CREATE INDEX aid_decision_of ON aid_decision (aid, recorded_at, id);
      CREATE INDEX aid_decision_case ON aid_decision (case_file);
      CREATE TABLE aid_instalment (
        id             TEXT PRIMARY KEY,
        aid            TEXT NOT NULL REFERENCES aid (id),
        case_file      TEXT NOT NULL REFERENCES case_file (id),
        antenna        TEXT NOT NULL REFERENCES antenna (code),
        contact        TEXT NOT NULL,
        number         BIGINT NOT NULL CHECK (number > 0),
        way            TEXT NOT NULL CHECK (way IN ('cash', 'supplier', 'in-kind')),
        currency       TEXT NOT NULL,
        amount         BIGINT NOT NULL CHECK (amount > 0),
        due_on         TEXT NOT NULL,
        needs_invoice  BIGINT NOT NULL CHECK (needs_invoice IN (0, 1)),
        needs_visit    BIGINT NOT NULL CHECK (needs_visit IN (0, 1)),
        needs_proof    BIGINT NOT NULL CHECK (needs_proof IN (0, 1)),
        words          BLOB NOT NULL,  -- sealed: what it pays
        planned_by     TEXT NOT NULL,
        step           TEXT NOT NULL CHECK (step IN ('planned', 'prepared', 'approved', 'paid', 'checking',
                         'proven', 'withdrawn')),
        due            TEXT,           -- by when it waits for somebody
        invoice        TEXT,           -- a document of the case
        visited_on     TEXT,
        handed_over_on TEXT,
        handover_scan  TEXT,           -- a document of the case
        proven         BIGINT NOT NULL,
        UNIQUE (aid, number),
        CHECK (proven >= 0 AND proven <= amount),
        CHECK ((handed_over_on IS NULL) = (handover_scan IS NULL))
      );
      CREATE INDEX aid_instalment_case ON aid_instalment (case_file);
      CREATE INDEX aid_instalment_step ON aid_instalment (step, due, id) WHERE due IS NOT NULL;
      CREATE INDEX aid_instalment_step_antenna ON aid_instalment (antenna, step, due, id) WHERE due IS NOT NULL;
      CREATE INDEX aid_instalment_step_contact ON aid_instalment (contact, step, due, id) WHERE due IS NOT NULL;
      CREATE INDEX aid_instalment_due ON aid_instalment (due, id) WHERE due IS NOT NULL;
      CREATE INDEX aid_instalment_due_antenna ON aid_instalment (antenna, due, id) WHERE due IS NOT NULL;
      CREATE INDEX aid_instalment_due_contact ON aid_instalment (contact, due, id) WHERE due IS NOT NULL;
      CREATE TABLE aid_payment_file (
        id           TEXT PRIMARY KEY,
        made_at      BIGINT NOT NULL,
        made_by      TEXT NOT NULL,
        execution_on TEXT NOT NULL,
        currency     TEXT NOT NULL CHECK (currency IN ('TND', 'EUR')),
        orders       BIGINT NOT NULL CHECK (orders > 0),
        total        BIGINT NOT NULL CHECK (total > 0),
        payer        BLOB NOT NULL,   -- sealed for the house: name and account
        digest       BLOB NOT NULL    -- SHA-256 of the file as it was first made
      );
      CREATE INDEX aid_payment_file_made ON aid_payment_file (made_at, id);
      CREATE TABLE aid_order (
        id          TEXT PRIMARY KEY,
        instalment  TEXT NOT NULL REFERENCES aid_instalment (id),
        aid         TEXT NOT NULL REFERENCES aid (id),
        case_file   TEXT NOT NULL REFERENCES case_file (id),
        end_to_end  TEXT NOT NULL UNIQUE,
        currency    TEXT NOT NULL,
        amount      BIGINT NOT NULL CHECK (amount > 0),
        payee       BLOB NOT NULL,    -- sealed
        rib         BLOB,             -- sealed
        has_rib     BIGINT NOT NULL CHECK (has_rib IN (0, 1)),
        prepared_at BIGINT NOT NULL,
        prepared_by TEXT NOT NULL,
        approved_at BIGINT,
        approved_by TEXT,
        payment_file TEXT REFERENCES aid_payment_file (id),
        paid_on     TEXT,
        reference   BLOB,             -- sealed
        paid_at     BIGINT,
        paid_by     TEXT,
        returned_at BIGINT,
        returned_by TEXT,
        returned_words BLOB,          -- sealed
        CHECK (approved_by IS NULL OR approved_by <> prepared_by),
        CHECK ((approved_at IS NULL) = (approved_by IS NULL)),
        CHECK (paid_on IS NULL OR approved_by IS NOT NULL),
        CHECK (payment_file IS NULL OR approved_by IS NOT NULL),
        CHECK (paid_on IS NULL OR returned_at IS NULL)
      );
      CREATE UNIQUE INDEX aid_order_live ON aid_order (instalment) WHERE returned_at IS NULL;
      CREATE INDEX aid_order_of ON aid_order (aid, id);
      CREATE INDEX aid_order_instalment ON aid_order (instalment);
      CREATE INDEX aid_order_case ON aid_order (case_file);
      CREATE INDEX aid_order_file ON aid_order (payment_file, id) WHERE payment_file IS NOT NULL;
      CREATE INDEX aid_order_ready ON aid_order (currency, approved_at, id)
        WHERE approved_by IS NOT NULL AND payment_file IS NULL AND paid_on IS NULL AND returned_at IS NULL
        AND has_rib = 1;
      CREATE TABLE aid_known_payment (
        end_to_end TEXT PRIMARY KEY,  -- of an order that stood in a file which this copy does not hold
        noted_at   BIGINT NOT NULL,
        noted_by   TEXT NOT NULL
      );
      CREATE TABLE aid_proof (
        id         TEXT PRIMARY KEY,
        instalment TEXT NOT NULL REFERENCES aid_instalment (id),
        aid        TEXT NOT NULL REFERENCES aid (id),
        case_file  TEXT NOT NULL REFERENCES case_file (id),
        way        TEXT NOT NULL CHECK (way IN ('expense', 'explained', 'returned', 'recovered')),
        currency   TEXT NOT NULL,
        amount     BIGINT NOT NULL CHECK (amount > 0),
        proven_on  TEXT NOT NULL,
        words      BLOB NOT NULL,    -- sealed: the supplier, or the explanation
        document   TEXT,             -- of the case
        brought_at BIGINT NOT NULL,
        brought_by TEXT NOT NULL,
        outcome    TEXT CHECK (outcome IN ('accepted', 'rejected')),
        checked_at BIGINT,
        checked_by TEXT,
        reason     BLOB,             -- sealed
        CHECK (checked_by IS NULL OR checked_by <> brought_by),
        CHECK ((outcome IS NULL) = (checked_by IS NULL)),
        CHECK (way <> 'expense' OR document IS NOT NULL)
      );
      CREATE INDEX aid_proof_of ON aid_proof (aid, id);
      CREATE INDEX aid_proof_case ON aid_proof (case_file);
      CREATE VIEW aid_fact AS
        SELECT antenna, kind, track, currency, state, asked, granted, decided_on, signed_on, paid, proven FROM aid;
      CREATE VIEW aid_payment_fact AS
        SELECT antenna, way, i.currency AS currency, i.amount AS amount, o.paid_on AS paid_on, i.proven AS proven
        FROM aid_instalment i JOIN aid_order o ON o.instalment = i.id WHERE o.paid_on IS NOT NULL
      """),
    Migration(
      "2026-11-29 aids: say why an aid is submitted although the rules do not say yes",
      "ALTER TABLE aid ADD COLUMN exception BLOB -- sealed"),
  ]
}
