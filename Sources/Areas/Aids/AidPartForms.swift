import Basics
import Documents
import Foundation

/// From what was typed to what is meant: parts, orders, payments, proofs, files for the bank.
enum AidPartForm {
  /// - Parameter isSplit: the amount is what is left, in equal parts.
  static func part(_ typed: Typed, _ currency: Money.Currency, isSplit: Bool, today: Day) throws(Refusal) -> (
    part: NewInstalment, count: Int, months: Int
  ) {
    var check = FormCheck(typed)
    let id: RecordID<AidInstalment> = check.newID()
    let way = check.required(choice: "way", say("Choose how it is given.")) as AidInstalment.Way?
    let amount = isSplit ? Money(0, currency) : AidForm.amount(&check, "amount", currency)
    let day = check.day("due-on", in: (today + -366)...(today + 3_660))
    if day == nil, typed["due-on"].isEmpty { check.refuse("due-on", say("Choose a day.")) }
    let words = check.required("words", say("Write what this part pays."), limit: Aid.longest)
    let conditions = Set(typed.all("conditions").compactMap(AidInstalment.Condition.init))
    var (count, months) = (1, 0)
    if isSplit {
      count = check.number("count", in: 1...AidInstalment.mostParts) ?? 0
      if count == 0, typed["count"].isEmpty { check.refuse("count", say("Write in how many parts.")) }
      months = check.number("apart", in: 0...24) ?? 0
    }
    try check.finish()
    guard let way, let amount, let day else { throw .invalid(check.errors) }
    let part = NewInstalment(
      id: id, way: way, amount: amount, dueOn: day, conditions: conditions, words: words)
    return (part, count, months)
  }

  /// - Parameter isNeeded: an empty field is refused otherwise than by nil.
  static func rib(_ check: inout FormCheck, _ field: String, isNeeded: Bool) -> RIB? {
    let text = check.typed[field]
    if text.isEmpty {
      if isNeeded { check.refuse(field, say("Write the 20 digits of the account (RIB).")) }
      return nil
    }
    do {
      return try RIB(typed: text)
    } catch {
      switch error {
      case .notDigits: check.refuse(field, say("A RIB is written in digits alone."))
      case .length(let count): check.refuse(field, say("A RIB has 20 digits, and these are \(count)."))
      case .key(let key):
        check.refuse(
          field,
          say(
            "The last two digits do not fit the others: they should be \(key). One digit is probably wrong."))
      case .iban: check.refuse(field, say("An IBAN of Tunisia begins with TN59 and goes on with the RIB."))
      }
      return nil
    }
  }

  static func order(_ typed: Typed, today: Day) throws(Refusal) -> NewOrder {
    var check = FormCheck(typed)
    let id: RecordID<AidOrder> = check.newID()
    let payee = check.required("payee", say("Write who is paid."), limit: 140)
    let account = rib(&check, "rib", isNeeded: false)
    let invoice = RecordID<Document>(typed["invoice"])
    if invoice == nil, !typed["invoice"].isEmpty {
      check.refuse("invoice", say("Choose a document of this case."))
    }
    let visited = check.day("visited-on", in: (today + -366)...today)
    try check.finish()
    return NewOrder(id: id, payee: payee, rib: account, invoice: invoice, visitedOn: visited)
  }

  static func payment(_ typed: Typed, today: Day) throws(Refusal) -> (on: Day, reference: String) {
    var check = FormCheck(typed)
    let day = check.day("paid-on", in: (today + -366)...today)
    if day == nil, typed["paid-on"].isEmpty { check.refuse("paid-on", say("Choose the day of the payment.")) }
    let reference = check.required(
      "reference", say("Write the reference of the bank or of the cheque."), limit: 100)
    try check.finish()
    guard let day else { throw .invalid(check.errors) }
    return (day, reference)
  }

  static func handover(_ typed: Typed, today: Day) throws(Refusal) -> AidInstalment.Handover {
    var check = FormCheck(typed)
    let day = check.day("handed-on", in: (today + -366)...today)
    if day == nil, typed["handed-on"].isEmpty {
      check.refuse("handed-on", say("Choose the day of the handover."))
    }
    let scan = RecordID<Document>(typed["certificate"])
    if scan == nil { check.refuse("certificate", say("Choose the signed certificate among the documents.")) }
    try check.finish()
    guard let day, let scan else { throw .invalid(check.errors) }
    return AidInstalment.Handover(on: day, scan: scan)
  }

  static func proof(_ typed: Typed, _ currency: Money.Currency, today: Day) throws(Refusal) -> NewProof {
    var check = FormCheck(typed)
    let id: RecordID<AidProof> = check.newID()
    let way = check.required(choice: "proof-way", say("Choose what became of the money.")) as AidProof.Way?
    let amount = AidForm.amount(&check, "amount", currency)
    let day = check.day("proven-on", in: (today + -3_660)...today)
    if day == nil, typed["proven-on"].isEmpty { check.refuse("proven-on", say("Choose a day.")) }
    let words = check.required(
      "proof-words", say("Write the supplier, or what became of the money."), limit: Aid.longest)
    let document = RecordID<Document>(typed["document"])
    if document == nil, way == .expense || !typed["document"].isEmpty {
      check.refuse("document", say("Choose the document that proves the expense."))
    }
    try check.finish()
    guard let way, let amount, let day else { throw .invalid(check.errors) }
    return NewProof(id: id, way: way, amount: amount, on: day, words: words, document: document)
  }

  static func check(_ typed: Typed) throws(Refusal) -> (check: AidProof.Check, reason: String?) {
    var check = FormCheck(typed)
    let outcome = check.required(choice: "outcome", say("Choose what was found.")) as AidProof.Check?
    let reason = check.text("reason", limit: Aid.longest)
    if outcome == .rejected, reason == nil { check.refuse("reason", say("Write the reason.")) }
    try check.finish()
    guard let outcome else { throw .invalid(check.errors) }
    return (outcome, reason)
  }

  static func references(_ typed: Typed) throws(Refusal) -> String {
    var typed = typed
    // The mark with which the file of the bank begins, when it is pasted whole.
    if typed["references"].hasPrefix("\u{FEFF}") { typed["references"].removeFirst() }
    var check = FormCheck(typed)
    let text = check.required(
      "references", say("Paste the file, or the references."), limit: PaymentFile.longest)
    try check.finish()
    return text
  }

  static func file(_ typed: Typed, today: Day) throws(Refusal) -> (
    id: RecordID<PaymentFile>, currency: Money.Currency, payer: PaymentFile.Payer, on: Day
  ) {
    var check = FormCheck(typed)
    let id: RecordID<PaymentFile> = check.newID()
    let currency = check.required(choice: "currency", say("Choose the currency.")) as Money.Currency?
    let name = check.required("payer", say("Write whose account is charged."), limit: 140)
    let account = rib(&check, "payer-rib", isNeeded: true)
    let day = check.day("execution-on", in: today...(today + 60))
    if day == nil, typed["execution-on"].isEmpty { check.refuse("execution-on", say("Choose a day.")) }
    try check.finish()
    guard let currency, let account, let day else { throw .invalid(check.errors) }
    return (id, currency, PaymentFile.Payer(name: name, rib: account), day)
  }
}
