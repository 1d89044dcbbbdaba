import Antennas
import Basics
import Cases
import Storage

/// From what was typed to what is meant.
enum AidKindForm {
  /// - Parameter code: of a kind that is changed; nil for a new one.
  static func checked(_ typed: Typed, code: AidKindCode?) throws(Refusal) -> (kind: AidKind, version: Int?) {
    var check = FormCheck(typed)
    var id = code
    if id == nil {
      let text = check.required("kind-code", say("Write a short code."), limit: AidKindCode.longest)
      let isCode = text.utf8.allSatisfy {
        (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
      }
      if !isCode { check.refuse("kind-code", say("Write it in small Latin letters, digits and hyphens.")) }
      id = AidKindCode(rawValue: text)
    }
    let track: AidKind.Track? = check.required(choice: "track", say("Choose the track."))
    let name = AidKind.Name(
      french: check.required("name-fr", say("Write the name in French.")),
      arabic: check.required("name-ar", say("Write the name in Arabic.")),
      english: check.required("name-en", say("Write the name in English.")))
    let version = check.number("version", in: 1...1_000_000)
    try check.finish()
    guard let id, let track else { throw .invalid(check.errors) }
    return (AidKind(id: id, name: name, track: track, isActive: typed.isChecked("active")), version)
  }
}

enum FunderForm {
  static func checked(_ typed: Typed) throws(Refusal) -> Funder {
    var check = FormCheck(typed)
    let id: RecordID<Funder> = check.newID()
    let name = check.required("name", say("Write the name of the funder."))
    try check.finish()
    return Funder(id: id, name: name)
  }
}

/// Amounts and earmarks, as several forms have them.
enum MoneyForm {
  /// Nil beside a word when it is no amount of this currency.
  static func amount(
    _ field: String, _ currency: Money.Currency?, mayBeZero: Bool = false, _ check: inout FormCheck
  )
    -> Money?
  {
    let text = check.required(field, say("Write the amount."), limit: 30)
    guard !text.isEmpty, let currency else { return nil }
    guard let money = Money(typed: text, currency, most: FundingRules.most) else {
      check.refuse(field, words(text, currency))
      return nil
    }
    guard money.minorUnits > 0 || mayBeZero else {
      check.refuse(field, say("An amount is more than nothing."))
      return nil
    }
    return money
  }

  private static func words(_ text: String, _ currency: Money.Currency) -> Phrase {
    if let (_, rest) = sign(text), Money(typed: rest, currency, most: FundingRules.most) != nil {
      return say("An amount is more than nothing.")
    }
    if Money(typed: text, currency, most: 999_999_999_999) != nil {
      return say("This amount is larger than any agreement.")
    }
    return currency == .tnd
      ? say("Write dinars in figures, such as 1234,500: at most three decimals, after a comma.")
      : say("Write euros in figures, such as 1234,50: at most two decimals, after a comma.")
  }

  private static func sign(_ text: String) -> (sign: Character, rest: String)? {
    guard let first = text.first, "-\u{2212}".contains(first) else { return nil }
    return (first, String(text.dropFirst()))
  }

  static func earmark(_ check: inout FormCheck, _ choices: EarmarkChoices) -> Earmark {
    Earmark(
      countries: known("countries", choices.countries, &check),
      antennas: known("antennas", choices.antennas, &check), kinds: known("kinds", choices.kinds, &check),
      returns: known("returns", ReturnFacts.Kind.allCases, &check))
  }

  private static func known<Known: RawRepresentable<String> & Hashable>(
    _ field: String, _ codes: [Known], _ check: inout FormCheck
  ) -> Set<Known> {
    let typed = check.typed.all(field)
    let found = codes.filter { typed.contains($0.rawValue) }
    if found.count < Set(typed).count { check.refuse(field, say("Choose one of the answers offered.")) }
    return Set(found)
  }

  /// Of all kinds of form: a day that is needed.
  static func day(_ field: String, _ range: ClosedRange<Day>, _ check: inout FormCheck) -> Day? {
    let day = check.day(field, in: range)
    if check.typed[field].isEmpty { check.refuse(field, say("Choose a day.")) }
    return day
  }

  /// Agreements of the past and of the future that can be entered.
  static func days(around today: Day) -> ClosedRange<Day> { (today + -3_650)...(today + 3_650) }
}

/// What an earmark may name.
struct EarmarkChoices: Sendable {
  let countries: [CountryCode]
  let antennas: [AntennaCode]
  let kinds: [AidKindCode]

  init(_ territory: Territory, _ kinds: [AidKind]) {
    countries = territory.countries.map(\.id)
    antennas = territory.antennas.map(\.id)
    self.kinds = kinds.map(\.id)
  }
}

enum AgreementForm {
  /// - Parameter kept: the agreement that is changed; its funder, currency and purpose stay.
  static func checked(
    _ typed: Typed, _ kept: Agreement?, funders: [Funder], _ choices: EarmarkChoices, today: Day
  ) throws(Refusal) -> (agreement: Agreement, version: Int?) {
    var check = FormCheck(typed)
    let id: RecordID<Agreement> = kept?.id ?? check.newID()
    let funder = kept?.funder ?? funders.first { $0.id.text == typed["funder"] }?.id
    if funder == nil { check.refuse("funder", say("Choose the funder.")) }
    let title = check.required("title", say("Write the title of the agreement."))
    let currency: Money.Currency? =
      kept?.currency ?? check.required(choice: "currency", say("Choose the currency."))
    let amount = MoneyForm.amount("amount", currency, &check)
    let purpose: Agreement.Purpose? =
      kept?.purpose ?? check.required(choice: "purpose", say("Choose what it is for."))
    let basis: Agreement.Basis? = check.required(
      choice: "basis", say("Choose from which money one may promise."))
    let range = MoneyForm.days(around: today)
    let from = MoneyForm.day("from", range, &check)
    let until = MoneyForm.day("last-day", range, &check)
    let payUntil = check.day("pay-until", in: range)
    let earmark = MoneyForm.earmark(&check, choices)
    let profiles = check.paragraph("profiles", limit: 2_000)
    let version = check.number("version", in: 1...1_000_000)
    try check.finish()
    guard let funder, let amount, let purpose, let basis, let from, let until else {
      throw .invalid(check.errors)
    }
    let agreement = Agreement(
      id: id, funder: funder, title: title, amount: amount, from: from, until: until, payUntil: payUntil,
      purpose: purpose, basis: basis, earmark: earmark, profiles: profiles, version: kept?.version ?? 1)
    try FundingRules.mustBeWhole(agreement)
    return (agreement, version)
  }
}

enum LineForm {
  static func checked(_ typed: Typed, _ kept: BudgetLine?, of agreement: Agreement, _ choices: EarmarkChoices)
    throws(Refusal) -> (line: BudgetLine, version: Int?)
  {
    var check = FormCheck(typed)
    let id: RecordID<BudgetLine> = kept?.id ?? check.newID()
    let name = check.required("name", say("Write the name of the line."))
    let amount = MoneyForm.amount("amount", agreement.currency, mayBeZero: kept != nil, &check)
    let earmark = MoneyForm.earmark(&check, choices)
    let version = check.number("version", in: 1...1_000_000)
    try check.finish()
    guard let amount else { throw .invalid(check.errors) }
    let line = BudgetLine(
      id: id, agreement: agreement.id, name: name, amount: amount, earmark: earmark,
      version: kept?.version ?? 1)
    return (line, version)
  }
}

enum CashForm {
  static func instalment(_ typed: Typed, of agreement: Agreement) throws(Refusal) -> FunderInstalment {
    var check = FormCheck(typed)
    let id: RecordID<FunderInstalment> = check.newID()
    let due = MoneyForm.day("due", (agreement.from + -365)...(agreement.payUntil + 365), &check)
    let amount = MoneyForm.amount("amount", agreement.currency, &check)
    try check.finish()
    guard let due, let amount else { throw .invalid(check.errors) }
    return FunderInstalment(id: id, agreement: agreement.id, due: due, amount: amount)
  }

  static func receipt(_ typed: Typed, of agreement: Agreement, today: Day) throws(Refusal) -> FunderReceipt {
    var check = FormCheck(typed)
    let id: RecordID<FunderReceipt> = check.newID()
    let day = MoneyForm.day("on", (today + -3_650)...today, &check)
    let amount = MoneyForm.amount("amount", agreement.currency, &check)
    let note = check.text("note")
    try check.finish()
    guard let day, let amount else { throw .invalid(check.errors) }
    return FunderReceipt(id: id, agreement: agreement.id, on: day, amount: amount, note: note)
  }

  static func expense(_ typed: Typed, of agreement: Agreement, today: Day) throws(Refusal) -> (
    id: RecordID<Movement>, on: Day, amount: Money, what: String
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Movement> = check.newID()
    let day = MoneyForm.day("on", (today + -3_650)...today, &check)
    let amount = MoneyForm.amount("amount", agreement.currency, &check)
    let what = check.required("what", say("Write what it was for."))
    try check.finish()
    guard let day, let amount else { throw .invalid(check.errors) }
    return (id, day, amount, what)
  }

  static func reason(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let reason = check.required("reason", say("Say why it is taken back."))
    try check.finish()
    return reason
  }

  static func rate(_ typed: Typed, today: Day) throws(Refusal) -> ExchangeRate {
    var check = FormCheck(typed)
    let id: RecordID<ExchangeRate> = check.newID()
    let from = MoneyForm.day("from", (today + -3_650)...(today + 30), &check)
    let until = MoneyForm.day("last-day", (today + -3_650)...(today + 400), &check)
    if let from, let until, until < from {
      check.refuse("last-day", say("The last day lies before the first."))
    }
    let text = check.required("rate", say("Write how many dinars one euro is."), limit: 20)
    let value = ExchangeRate.millionths(typed: text)
    if value == nil, !text.isEmpty {
      check.refuse("rate", say("Write the rate in figures, such as 3,3845: at most six decimals."))
    }
    let source = check.required("source", say("Write where the rate was read."))
    try check.finish()
    guard let from, let until, let value else { throw .invalid(check.errors) }
    return ExchangeRate(id: id, from: from, until: until, millionths: value, source: source)
  }
}

enum NeedForm {
  static func checked(_ typed: Typed, _ choices: EarmarkChoices, today: Day) throws(Refusal) -> MoneyNeed {
    var check = FormCheck(typed)
    let currency: Money.Currency? = check.required(choice: "currency", say("Choose the currency."))
    let amount = MoneyForm.amount("amount", currency, &check)
    let kind = check.code("kind", among: choices.kinds)
    if typed["kind"].isEmpty { check.refuse("kind", say("Choose the kind of aid.")) }
    let country = check.code("country", among: choices.countries)
    let returned: ReturnFacts.Kind? = check.choice("return-kind")
    let antenna = check.code("antenna", among: choices.antennas)
    if typed["antenna"].isEmpty { check.refuse("antenna", say("Choose the antenna.")) }
    let day = check.day("day", in: MoneyForm.days(around: today)) ?? today
    try check.finish()
    guard let amount, let kind, let antenna else { throw .invalid(check.errors) }
    return MoneyNeed(
      amount: amount, kind: kind, country: country, returned: returned, antenna: antenna, day: day)
  }
}
