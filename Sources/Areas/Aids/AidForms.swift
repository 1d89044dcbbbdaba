import Basics
import Cases
import Documents
import Foundation
import Funding

/// From what was typed to what is meant: the request, the decision, the contract.
enum AidForm {
  /// An amount of money as it is typed, in its currency.
  /// - Parameter isNeeded: an empty field is nothing otherwise.
  static func amount(
    _ check: inout FormCheck, _ field: String, _ currency: Money.Currency?, isNeeded: Bool = true
  ) -> Money? {
    let text = check.typed[field]
    let currency = currency ?? .tnd
    if text.isEmpty {
      if isNeeded { check.refuse(field, say("Write the amount.")) }
      return isNeeded ? nil : Money(0, currency)
    }
    if let named = Money.Currency.allCases.first(where: { $0 != currency && names($0, text) }) {
      check.refuse(field, say("This field is counted in \(currency.rawValue), not in \(named.rawValue)."))
      return nil
    }
    let bare = without(currency, text)
    guard let money = Money(typed: bare, currency, most: Aid.most) else {
      check.refuse(field, Self.wrong(bare, currency))
      return nil
    }
    guard !isNeeded || money.minorUnits > 0 else {
      check.refuse(field, say("Write an amount of more than nothing."))
      return nil
    }
    return money
  }

  private static func marks(_ currency: Money.Currency) -> [String] {
    currency == .eur ? ["EUR", "€"] : ["TND", "DT", "د.ت"]
  }

  private static func names(_ currency: Money.Currency, _ text: String) -> Bool {
    marks(currency).contains { text.uppercased().contains($0) }
  }

  /// The sign of its own currency may stand behind an amount.
  private static func without(_ currency: Money.Currency, _ text: String) -> String {
    for mark in marks(currency) where text.uppercased().hasSuffix(mark) {
      return String(text.dropLast(mark.count)).trimmed
    }
    return text
  }

  /// What is wrong with it, in a word.
  private static func wrong(_ text: String, _ currency: Money.Currency) -> Phrase {
    let digits = text.westernDigits
    if digits.hasPrefix("-") || digits.hasPrefix("\u{2212}") { return say("An amount is never negative.") }
    if digits.lowercased().contains("e") {
      return say("Write the amount in digits, not as a power: 1000 instead of 1e3.")
    }
    let whole = digits.prefix { $0.isNumber || $0.isWhitespace }.filter(\.isNumber)
    if let units = Int64(whole), units > Aid.most {
      return say("This is more than any aid: check the zeros.")
    }
    return currency == .eur
      ? say("Write an amount with at most two decimals after a comma, for example 1234,50.")
      : say("Write an amount with at most three decimals after a comma, for example 1234,500.")
  }

  static func request(_ typed: Typed, kinds: [AidKind]) throws(Refusal) -> (
    id: RecordID<Aid>, request: Aid.Request
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Aid> = check.newID()
    let kind = kinds.first { $0.id.rawValue == typed["kind"] }
    if kind == nil { check.refuse("kind", say("Choose what kind of aid it is.")) }
    let purpose = check.required("purpose", say("Write what it is for."), limit: Aid.longest)
    let currency = check.required(choice: "currency", say("Choose the currency.")) as Money.Currency?
    let cost = amount(&check, "cost", currency)
    let asked = amount(&check, "asked", currency)
    let own = amount(&check, "own", currency, isNeeded: false)
    let other = amount(&check, "other", currency, isNeeded: false)
    let words = check.text("other-words", limit: Aid.longest)
    if let other, other.minorUnits > 0, words == nil {
      check.refuse("other-words", say("Write who gives the other part."))
    }
    try check.finish()
    guard let kind, let cost, let asked, let own, let other else { throw .invalid(check.errors) }
    let request = Aid.Request(
      kind: kind.id, track: kind.track, purpose: purpose, cost: cost, asked: asked, own: own, other: other,
      otherWords: words)
    try AidRules.mustBalance(request)
    return (id, request)
  }

  /// A request as it stands in its form again.
  static func typed(_ aid: Aid) -> Typed {
    let line = aid.line
    return Typed([
      "kind": [line.kind.rawValue], "purpose": [aid.purpose ?? ""], "currency": [line.currency.rawValue],
      "cost": [line.cost.typed], "asked": [line.asked.typed], "own": [line.own.typed],
      "other": [line.other.typed], "other-words": [aid.otherWords ?? ""], "version": [String(line.version)],
    ])
  }

  static func version(_ typed: Typed) throws(Refusal) -> Int {
    var check = FormCheck(typed)
    let version = check.number("version", in: 1...Int(Int32.max)) ?? 0
    try check.finish()
    return version
  }

  /// Nil where none was chosen.
  static func money(_ typed: Typed, isNeeded: Bool) throws(Refusal) -> RecordID<BudgetLine>? {
    var check = FormCheck(typed)
    let line = RecordID<BudgetLine>(typed["line"])
    if line == nil, isNeeded || !typed["line"].isEmpty {
      check.refuse("line", say("Choose the budget line that pays it."))
    }
    try check.finish()
    return line
  }

  /// Whether it is decided by a committee that keeps its minutes elsewhere.
  static func isOutside(_ typed: Typed) throws(Refusal) -> Bool {
    guard ["here", "outside"].contains(typed["committee"]) else {
      throw .invalid([FieldError("committee", say("Choose who decides."))])
    }
    return typed["committee"] == "outside"
  }

  /// Why it is submitted although the rules do not say yes.
  static func exception(_ typed: Typed) throws(Refusal) -> String? {
    var check = FormCheck(typed)
    let words = check.text("exception", limit: Aid.longest)
    try check.finish()
    return words
  }

  static func decision(_ typed: Typed, _ aid: AidLine, today: Day) throws(Refusal) -> Aid.Decision {
    var check = FormCheck(typed)
    let id: RecordID<Aid.Decision> = check.newID()
    let outcome = check.required(choice: "outcome", say("Choose what was decided.")) as Aid.Decision.Outcome?
    let granted = outcome == .granted ? amount(&check, "granted", aid.currency) : nil
    let day = check.day("decided-on", in: Day(of: aid.preparedAt)...max(today, Day(of: aid.preparedAt)))
    if day == nil, typed["decided-on"].isEmpty {
      check.refuse("decided-on", say("Choose the day of the decision."))
    }
    let body = check.required("body", say("Write which committee decided."))
    let words = check.text("words", limit: Aid.longest)
    if words == nil, let outcome, outcome != .granted { check.refuse("words", say("Write the reason.")) }
    try check.finish()
    guard let outcome, let day else { throw .invalid(check.errors) }
    let decision = Aid.Decision(id: id, outcome: outcome, amount: granted, on: day, body: body, words: words)
    try AidRules.mustFit(decision, aid)
    return decision
  }

  /// - Parameter field: under which the words were typed.
  static func words(_ typed: Typed, _ field: String, _ missing: Phrase) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let words = check.required(field, missing, limit: Aid.longest)
    try check.finish()
    return words
  }

  static func contract(_ typed: Typed, clauses: Int, today: Day) throws(Refusal) -> AidContract {
    var check = FormCheck(typed)
    let day = check.day("signed-on", in: (today + -366)...today)
    if day == nil, typed["signed-on"].isEmpty {
      check.refuse("signed-on", say("Choose the day of the signature."))
    }
    let signer = check.required("signed-by", say("Write who signed for the service."))
    let representative = check.text("representative")
    let months = check.number("months", in: 0...60)
    if months == nil, typed["months"].isEmpty {
      check.refuse("months", say("Write the months of follow-up."))
    }
    try check.finish()
    guard let day, let months else { throw .invalid(check.errors) }
    return AidContract(
      signedOn: day, signedBy: signer, representative: representative, followMonths: months, clauses: clauses)
  }

  static func document(_ typed: Typed, _ field: String) throws(Refusal) -> RecordID<Document> {
    guard let id = RecordID<Document>(typed[field]) else {
      throw .invalid([FieldError(field, say("Choose a document of this case."))])
    }
    return id
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = Substring(self)
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
