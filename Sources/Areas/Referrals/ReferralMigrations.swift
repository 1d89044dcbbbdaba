import Storage

extension Referrals {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 referrals: create",
      """
      CREATE TABLE referral (
        id              TEXT PRIMARY KEY,
        case_file       TEXT NOT NULL REFERENCES case_file (id),
        service         TEXT NOT NULL REFERENCES service (id),
        provider        TEXT NOT NULL REFERENCES provider (id),
        antenna         TEXT NOT NULL,   -- follows the case
        contact         TEXT NOT NULL,   -- follows the case
        action          TEXT,            -- of the plan
        need            TEXT,
        urgency         TEXT NOT NULL CHECK (urgency IN ('today', 'week', 'later')),
        channel         TEXT NOT NULL CHECK (channel IN ('email', 'sms', 'print')),
        language        TEXT NOT NULL CHECK (language IN ('fr', 'ar', 'en')),
        ground          TEXT NOT NULL CHECK (ground IN ('consent', 'agreed', 'vital', 'legal')),
        consent         TEXT,            -- the consent it stands on
        ground_words    BLOB,            -- sealed
        shared          BLOB NOT NULL,   -- sealed: what the service sees
        sent_at         BIGINT NOT NULL, -- milliseconds since 1970, UTC
        sent_by         TEXT NOT NULL,
        answer_by       TEXT NOT NULL,
        stage           TEXT NOT NULL CHECK (stage IN ('sent', 'asked', 'accepted', 'taken-on', 'declined', 'reported',
          'revoked', 'ended')),
        stage_at        BIGINT NOT NULL,
        clock           BIGINT NOT NULL CHECK (clock BETWEEN 0 AND 3),
        clock_on        TEXT,            -- the day on which the next one rings
        questions       BIGINT NOT NULL,
        replies         BIGINT NOT NULL,
        opened_at       BIGINT,
        answered_at     BIGINT,
        accepted_on     TEXT,            -- when the person is received
        contact_words   BLOB,            -- sealed: whom she asks for
        decline         TEXT CHECK (decline IN ('full', 'conditions', 'elsewhere', 'closed', 'unreachable', 'other')),
        decline_words   BLOB,            -- sealed
        taken_on_at     BIGINT,
        outcome         TEXT CHECK (outcome IN ('helped', 'partly', 'unable', 'did-not-come', 'stopped')),
        outcome_at      BIGINT,
        outcome_words   BLOB,            -- sealed
        lapsed_at       BIGINT,
        lapsed_words    BLOB,            -- sealed: why
        revoked_at      BIGINT,
        acknowledged_at BIGINT,
        settled_at      BIGINT,
        effect          TEXT CHECK (effect IN ('done', 'blocked', 'back', 'nothing')),
        CHECK ((stage = 'ended') = (clock_on IS NULL) OR clock = 3),
        CHECK ((outcome IS NULL) = (outcome_at IS NULL))
      );
      CREATE UNIQUE INDEX referral_one_open ON referral (case_file, service)
        WHERE stage IN ('sent', 'asked', 'accepted', 'taken-on');
      CREATE INDEX referral_case ON referral (case_file, id);
      CREATE INDEX referral_due ON referral (clock_on, id) WHERE clock_on IS NOT NULL;
      CREATE INDEX referral_open ON referral (stage, id);
      CREATE INDEX referral_open_antenna ON referral (antenna, stage, id);
      CREATE INDEX referral_open_contact ON referral (contact, stage, id);
      CREATE INDEX referral_clock ON referral (clock, id);
      CREATE INDEX referral_clock_antenna ON referral (antenna, clock, id);
      CREATE INDEX referral_clock_contact ON referral (contact, clock, id);
      CREATE INDEX referral_consent ON referral (consent) WHERE consent IS NOT NULL;
      CREATE INDEX referral_sent ON referral (sent_at, id);
      CREATE INDEX referral_sent_antenna ON referral (antenna, sent_at, id);
      CREATE INDEX referral_provider ON referral (provider, sent_at);
      CREATE TABLE referral_word (
        id            TEXT PRIMARY KEY,
        referral      TEXT NOT NULL REFERENCES referral (id),
        case_file     TEXT NOT NULL REFERENCES case_file (id),
        from_receiver BIGINT NOT NULL CHECK (from_receiver IN (0, 1)),
        at            BIGINT NOT NULL,
        words         BLOB NOT NULL      -- sealed
      );
      CREATE INDEX referral_word_referral ON referral_word (referral, id);
      CREATE INDEX referral_word_case ON referral_word (case_file);
      CREATE TABLE referral_link (
        id        TEXT PRIMARY KEY,
        referral  TEXT NOT NULL REFERENCES referral (id),
        case_file TEXT NOT NULL REFERENCES case_file (id),
        made_at   BIGINT NOT NULL,
        until_at  BIGINT NOT NULL,
        device    BIGINT,                -- the mark of the browser that opened it first
        revoked   BIGINT NOT NULL CHECK (revoked IN (0, 1))
      );
      CREATE INDEX referral_link_referral ON referral_link (referral, id);
      CREATE INDEX referral_link_case ON referral_link (case_file);
      CREATE TABLE referral_term (
        kind    TEXT PRIMARY KEY,        -- of provider
        answer  BIGINT NOT NULL CHECK (answer BETWEEN 1 AND 365),   -- days
        outcome BIGINT NOT NULL CHECK (outcome BETWEEN 1 AND 365),
        step    BIGINT NOT NULL CHECK (step BETWEEN 1 AND 365),
        head    BIGINT NOT NULL CHECK (head BETWEEN 1 AND 365),
        centre  BIGINT NOT NULL CHECK (centre BETWEEN 1 AND 365),
        version BIGINT NOT NULL
      );
      INSERT INTO referral_term (kind, answer, outcome, step, head, centre, version) VALUES
        ('public', 10, 60, 3, 5, 10, 1), ('ngo', 7, 45, 3, 5, 10, 1), ('firm', 7, 45, 3, 5, 10, 1),
        ('lender', 15, 90, 3, 5, 10, 1), ('health', 3, 30, 3, 3, 7, 1), ('school', 7, 45, 3, 5, 10, 1),
        ('legal-help', 5, 60, 3, 5, 10, 1);
      CREATE VIEW referral_fact AS
        SELECT case_file, service, provider, antenna, urgency, channel, stage, sent_at, answered_at, accepted_on, decline,
          taken_on_at, outcome, outcome_at, lapsed_at, revoked_at, effect
        FROM referral
      """),
    Migration(
      "2026-11-29 referrals: a document that goes along",
      """
      -- Of the same case.
      ALTER TABLE referral ADD COLUMN document TEXT
      """),
    Migration(
      "2026-11-29 referrals: accounts of services",
      """
      CREATE TABLE referral_desk (
        account  TEXT PRIMARY KEY REFERENCES account (id),
        provider TEXT NOT NULL REFERENCES provider (id),
        named_at BIGINT NOT NULL,  -- milliseconds since 1970, UTC
        named_by TEXT NOT NULL
      );
      CREATE INDEX referral_desk_provider ON referral_desk (provider, account);
      CREATE INDEX referral_stage_provider ON referral (provider, stage, id)
      """),
    Migration(
      "2026-11-29 referrals: those that stand still, by antenna",
      """
      CREATE INDEX referral_still ON referral (antenna, stage_at) WHERE clock IN (1, 2, 3) AND stage <> 'ended'
      """),
  ]
}
