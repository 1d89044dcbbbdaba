import Storage

extension Funding {
  /// Plain SQL, on purpose: a migration tells of the past and must not change when the code does.
  package static let migrations = [
    Migration(
      "2026-11-29 funding: create kinds of aid, funders, agreements, budget lines and rates",
      """
      CREATE TABLE aid_kind (
        code      TEXT PRIMARY KEY,
        french    TEXT NOT NULL,
        arabic    TEXT NOT NULL,
        english   TEXT NOT NULL,
        track     TEXT NOT NULL CHECK (track IN ('social', 'employment', 'business')),
        is_active BIGINT NOT NULL CHECK (is_active IN (0, 1)),
        version   BIGINT NOT NULL
      );
      CREATE TABLE funder (
        id   TEXT PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
      );
      CREATE TABLE agreement (
        id        TEXT PRIMARY KEY,
        funder    TEXT NOT NULL REFERENCES funder (id),
        title     TEXT NOT NULL,
        amount    BIGINT NOT NULL CHECK (amount > 0),  -- millimes or cents
        currency  TEXT NOT NULL CHECK (currency IN ('TND', 'EUR')),
        from_day  TEXT NOT NULL,
        until_day TEXT NOT NULL,  -- the last day on which money may be promised
        pay_until TEXT NOT NULL,  -- the last day of a payment that the funder accepts
        purpose   TEXT NOT NULL CHECK (purpose IN ('transfers', 'operating')),
        basis     TEXT NOT NULL CHECK (basis IN ('promised', 'received')),
        profiles  TEXT,
        version   BIGINT NOT NULL,
        CHECK (from_day <= until_day),
        CHECK (until_day <= pay_until)
      );
      CREATE INDEX agreement_until ON agreement (until_day, id);
      CREATE INDEX agreement_funder ON agreement (funder);
      CREATE TABLE budget_line (
        id        TEXT PRIMARY KEY,
        agreement TEXT NOT NULL REFERENCES agreement (id),
        name      TEXT NOT NULL,
        amount    BIGINT NOT NULL CHECK (amount >= 0),  -- in the currency of the agreement
        version   BIGINT NOT NULL
      );
      CREATE INDEX budget_line_agreement ON budget_line (agreement, id);
      CREATE TABLE fund_earmark (
        owner TEXT NOT NULL,      -- an agreement or a budget line
        what  TEXT NOT NULL CHECK (what IN ('country', 'antenna', 'kind')),
        code  TEXT NOT NULL,
        PRIMARY KEY (owner, what, code)
      );
      CREATE TABLE funder_instalment (
        id        TEXT PRIMARY KEY,
        agreement TEXT NOT NULL REFERENCES agreement (id),
        due       TEXT NOT NULL,
        amount    BIGINT NOT NULL CHECK (amount > 0)
      );
      CREATE INDEX funder_instalment_agreement ON funder_instalment (agreement, due);
      CREATE TABLE exchange_rate (
        id         TEXT PRIMARY KEY,
        from_day   TEXT NOT NULL,
        until_day  TEXT NOT NULL,
        millionths BIGINT NOT NULL CHECK (millionths > 0),  -- TND for one EUR, times a million
        source     TEXT NOT NULL,
        entered_at BIGINT NOT NULL,  -- milliseconds since 1970, UTC
        entered_by TEXT NOT NULL,
        withdrawn_at BIGINT,         -- entered by mistake: counts no more
        CHECK (from_day <= until_day)
      );
      CREATE INDEX exchange_rate_day ON exchange_rate (from_day) WHERE withdrawn_at IS NULL
      """),
    Migration(
      "2026-11-29 funding: create the ledger and the reservations",
      """
      CREATE TABLE fund_account (
        owner    TEXT NOT NULL,   -- an agreement or a budget line
        kind     TEXT NOT NULL,
        currency TEXT NOT NULL CHECK (currency IN ('TND', 'EUR')),
        balance  BIGINT NOT NULL, -- the sum of its entries; millimes or cents
        floor    BIGINT,          -- what it may not fall below; empty: no such bound
        PRIMARY KEY (owner, kind),
        CHECK (floor IS NULL OR balance >= floor)
      );
      CREATE TABLE fund_reservation (
        id        TEXT PRIMARY KEY,
        line      TEXT NOT NULL REFERENCES budget_line (id),
        kind      TEXT NOT NULL REFERENCES aid_kind (code),
        case_file TEXT REFERENCES case_file (id),
        state     TEXT NOT NULL CHECK (state IN ('reserved', 'committed', 'released')),
        currency  TEXT NOT NULL CHECK (currency IN ('TND', 'EUR')),  -- of the aid
        asked     BIGINT NOT NULL CHECK (asked > 0),                 -- in it, as all amounts up to cost_paid
        bound     BIGINT CHECK (bound > 0 AND bound <= asked),
        paid      BIGINT NOT NULL CHECK (paid >= 0),
        returned  BIGINT NOT NULL CHECK (returned >= 0 AND returned <= paid),
        rate      BIGINT,         -- TND for one EUR, times a million; empty where one currency is enough
        cost_held BIGINT NOT NULL CHECK (cost_held >= 0),            -- in the currency of the line
        cost_paid BIGINT NOT NULL CHECK (cost_paid >= 0 AND cost_paid <= cost_held),
        cost_returned BIGINT NOT NULL CHECK (cost_returned >= 0 AND cost_returned <= cost_paid),
        expected  TEXT,           -- the last day on which a payment is expected
        made_at   BIGINT NOT NULL, -- milliseconds since 1970, UTC
        made_by   TEXT NOT NULL,
        CHECK (bound IS NOT NULL OR paid = 0),
        CHECK (paid <= COALESCE(bound, 0))
      );
      CREATE INDEX fund_reservation_line ON fund_reservation (line, id);
      CREATE INDEX fund_reservation_case ON fund_reservation (case_file) WHERE case_file IS NOT NULL;
      CREATE INDEX fund_reservation_expected ON fund_reservation (line, expected) WHERE state = 'committed';
      CREATE TABLE fund_movement (
        id          TEXT PRIMARY KEY,
        act_key     TEXT NOT NULL UNIQUE,  -- what it is the movement of: the same a second time is the same
        kind        TEXT NOT NULL,
        agreement   TEXT NOT NULL REFERENCES agreement (id),
        line        TEXT REFERENCES budget_line (id),
        reservation TEXT REFERENCES fund_reservation (id),
        on_day      TEXT NOT NULL,
        at          BIGINT NOT NULL,       -- milliseconds since 1970, UTC
        by_account  TEXT NOT NULL,
        reverses    TEXT UNIQUE REFERENCES fund_movement (id),
        because     BLOB,                  -- sealed for the house
        remainder   BIGINT NOT NULL        -- what rounding put aside, in hundred-millionths of a dinar
      );
      CREATE INDEX fund_movement_line ON fund_movement (line, id) WHERE line IS NOT NULL;
      CREATE INDEX fund_movement_line_at ON fund_movement (line, at) WHERE line IS NOT NULL;
      CREATE INDEX fund_movement_agreement ON fund_movement (agreement, id);
      CREATE INDEX fund_movement_reservation ON fund_movement (reservation, id) WHERE reservation IS NOT NULL;
      CREATE TABLE fund_entry (
        movement TEXT NOT NULL REFERENCES fund_movement (id),
        owner    TEXT NOT NULL,
        kind     TEXT NOT NULL,
        amount   BIGINT NOT NULL CHECK (amount <> 0),  -- millimes or cents
        balance  BIGINT NOT NULL,                      -- of the account, after it
        PRIMARY KEY (movement, owner, kind),
        FOREIGN KEY (owner, kind) REFERENCES fund_account (owner, kind)
      );
      CREATE TABLE funder_receipt (
        id        TEXT PRIMARY KEY,
        agreement TEXT NOT NULL REFERENCES agreement (id),
        movement  TEXT NOT NULL REFERENCES fund_movement (id),
        on_day    TEXT NOT NULL,
        amount    BIGINT NOT NULL CHECK (amount > 0),
        note      TEXT
      );
      CREATE INDEX funder_receipt_agreement ON funder_receipt (agreement, on_day);
      CREATE TABLE fund_payment (
        id          TEXT PRIMARY KEY,
        reservation TEXT NOT NULL REFERENCES fund_reservation (id),
        movement    TEXT NOT NULL REFERENCES fund_movement (id),
        amount      BIGINT NOT NULL CHECK (amount > 0),  -- in the currency of the aid
        cost        BIGINT NOT NULL CHECK (cost >= 0),   -- in the currency of the line
        returned    BIGINT NOT NULL CHECK (returned >= 0 AND returned <= amount),
        on_day      TEXT NOT NULL,
        is_reversed BIGINT NOT NULL CHECK (is_reversed IN (0, 1)),
        CHECK (is_reversed = 0 OR returned = 0)
      );
      CREATE INDEX fund_payment_reservation ON fund_payment (reservation, id);
      CREATE TABLE fund_return (
        id       TEXT PRIMARY KEY,
        payment  TEXT NOT NULL REFERENCES fund_payment (id),
        movement TEXT NOT NULL REFERENCES fund_movement (id),
        amount   BIGINT NOT NULL CHECK (amount > 0),  -- in the currency of the aid
        on_day   TEXT NOT NULL
      );
      CREATE INDEX fund_return_payment ON fund_return (payment, id);
      CREATE VIEW funding_fact AS
        SELECT l.agreement, a.owner AS line, a.kind, a.currency, a.balance
        FROM fund_account a JOIN budget_line l ON l.id = a.owner;
      CREATE VIEW fund_payment_fact AS
        SELECT p.on_day, p.amount, r.currency, p.cost, p.returned, p.is_reversed, r.kind, r.line, r.case_file
        FROM fund_payment p JOIN fund_reservation r ON r.id = p.reservation
      """),
    // The aids of the scheme: social, employment, business creation.
    Migration(
      "2026-11-29 funding: the kinds of aid of the scheme",
      """
      INSERT INTO aid_kind (code, french, arabic, english, track, is_active, version) VALUES
        ('housing', 'Logement', 'السكن', 'Housing', 'social', 1, 1),
        ('health', 'Santé', 'الصحة', 'Health', 'social', 1, 1),
        ('education', 'Éducation', 'التعليم', 'Education', 'social', 1, 1),
        ('special-needs', 'Besoins spécifiques', 'احتياجات خصوصية', 'Special needs', 'social', 1, 1),
        ('salary-share', 'Prise en charge d’une part du salaire', 'التكفل بجزء من الأجر', 'Share of a salary', 'employment', 1, 1),
        ('training', 'Formation', 'التكوين', 'Training', 'employment', 1, 1),
        ('business-creation', 'Création d’entreprise', 'إحداث مشروع', 'Business creation', 'business', 1, 1)
      """),
    // SQLite changes no CHECK of a table that is there.
    Migration(
      "2026-11-30 funding: money for some kinds of return",
      """
      CREATE TABLE fund_earmark_new (
        owner TEXT NOT NULL,      -- an agreement or a budget line
        what  TEXT NOT NULL CHECK (what IN ('country', 'antenna', 'kind', 'return')),
        code  TEXT NOT NULL,
        PRIMARY KEY (owner, what, code)
      );
      INSERT INTO fund_earmark_new (owner, what, code) SELECT owner, what, code FROM fund_earmark;
      DROP TABLE fund_earmark;
      ALTER TABLE fund_earmark_new RENAME TO fund_earmark
      """),
  ]
}
