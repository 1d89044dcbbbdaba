import Basics
import Foundation
import Storage

/// A file of orders for the bank: each order stands in one.
package struct PaymentFile: Identifiable, Sendable, Equatable {
  /// Whose account is charged.
  package struct Payer: Sendable, Equatable {
    package let name: String
    package let rib: RIB

    package init(name: String, rib: RIB) {
      self.name = name
      self.rib = rib
    }
  }

  /// How the same orders are written.
  package enum Format: String, CaseIterable, Sendable {
    case csv
    /// ISO 20022, customer credit transfer initiation, version 9.
    case pain = "xml"
  }

  package let id: RecordID<PaymentFile>
  package let madeAt: Date
  package let madeBy: AccountID
  /// The day on which the bank is to pay.
  package let executionOn: Day
  package let count: Int
  package let total: Money
  package let payer: Payer

  /// Orders of a file at most.
  package static let most = 500
  /// Letters of a file that is read back: 500 orders as pain.001 are half of it.
  package static let longest = 400_000

  /// Why it is not taken again: without an order that was sent back it would be another file under the same name.
  static var taken: Phrase {
    say(
      "An order of this file was sent back: the bank has the file as it was first taken. If it never got it, send the other orders back, too."
    )
  }

  package static func reference(_ id: RecordID<PaymentFile>) -> RecordReference {
    RecordReference("payment_file", id)
  }
}

/// One order as the bank reads it.
struct PaymentLine: Sendable, Equatable {
  let endToEnd: String
  let amount: Money
  let payee: String
  let rib: RIB
  /// The number of the case and of the part: nothing that says what the aid is.
  let about: String
}

extension PaymentFile {
  /// The references that stand in a text: a file that was made once, or what the bank wrote of it.
  static func references(in text: String) -> [String] {
    var found: [String] = []
    for match in text.matches(of: /[0-9A-HJKMNP-TV-Z]{26}-[0-9]{1,3}/) where !found.contains(String(match.0))
    {
      found.append(String(match.0))
    }
    return found
  }
}

/// What the bank gets, letter by letter the same whenever it is written.
enum PaymentText {
  static func text(_ file: PaymentFile, _ lines: [PaymentLine], as format: PaymentFile.Format) -> String {
    switch format {
    case .csv: csv(file, lines)
    case .pain: pain(file, lines)
    }
  }

  /// With semicolons and a point before the decimals, as spreadsheets of banks here read them; UTF-8 with its mark.
  private static func csv(_ file: PaymentFile, _ lines: [PaymentLine]) -> String {
    let head = "reference;execution;payer_rib;payee;payee_rib;payee_iban;amount;currency;about"
    let rows = lines.map { line in
      [
        line.endToEnd, file.executionOn.description, file.payer.rib.digits, line.payee, line.rib.digits,
        line.rib.iban, decimal(line.amount), line.amount.currency.rawValue, line.about,
      ].map(cell).joined(separator: ";")
    }
    return "\u{FEFF}" + ([head] + rows).joined(separator: "\r\n") + "\r\n"
  }

  /// Nothing that a spreadsheet would take for a formula.
  private static func cell(_ text: String) -> String {
    let plain = text.replacing("\r", with: " ").replacing("\n", with: " ")
    let safe = plain.first.map { "=+-@\t".contains($0) } == true ? "'" + plain : plain
    return safe.contains(where: { ";\"".contains($0) }) ? "\"\(safe.replacing("\"", with: "\"\""))\"" : safe
  }

  /// The order of the elements is the one of the published structure (`pain.001.001.09`). Banks are named by nothing but
  /// the account: an IBAN of Tunisia holds the bank and its branch.
  private static func pain(_ file: PaymentFile, _ lines: [PaymentLine]) -> String {
    let number = file.id.text.uppercased()
    let (count, sum) = (lines.count, decimal(file.total))
    let payments = lines.map { line in
      """
      <CdtTrfTxInf><PmtId><InstrId>\(line.endToEnd)</InstrId><EndToEndId>\(line.endToEnd)</EndToEndId></PmtId>\
      <Amt><InstdAmt Ccy="\(line.amount.currency.rawValue)">\(decimal(line.amount))</InstdAmt></Amt>\
      <Cdtr><Nm>\(escaped(line.payee, 140))</Nm></Cdtr>\
      <CdtrAcct><Id><IBAN>\(line.rib.iban)</IBAN></Id></CdtrAcct>\
      <RmtInf><Ustrd>\(escaped(line.about, 140))</Ustrd></RmtInf></CdtTrfTxInf>

      """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"><CstmrCdtTrfInitn>
      <GrpHdr><MsgId>\(number)</MsgId><CreDtTm>\(moment(file.madeAt))</CreDtTm><NbOfTxs>\(count)</NbOfTxs>\
      <CtrlSum>\(sum)</CtrlSum><InitgPty><Nm>\(escaped(file.payer.name, 140))</Nm></InitgPty></GrpHdr>
      <PmtInf><PmtInfId>\(number)</PmtInfId><PmtMtd>TRF</PmtMtd><NbOfTxs>\(count)</NbOfTxs>\
      <CtrlSum>\(sum)</CtrlSum><ReqdExctnDt><Dt>\(file.executionOn)</Dt></ReqdExctnDt>\
      <Dbtr><Nm>\(escaped(file.payer.name, 140))</Nm></Dbtr>\
      <DbtrAcct><Id><IBAN>\(file.payer.rib.iban)</IBAN></Id><Ccy>\(file.total.currency.rawValue)</Ccy></DbtrAcct>\
      <DbtrAgt><FinInstnId><Othr><Id>NOTPROVIDED</Id></Othr></FinInstnId></DbtrAgt>
      \(payments.joined())</PmtInf>
      </CstmrCdtTrfInitn></Document>

      """
  }

  /// With a point, and as many decimals as the currency has.
  static func decimal(_ money: Money) -> String { money.typed.replacing(",", with: ".") }

  /// UTC, to the second.
  private static func moment(_ date: Date) -> String {
    let seconds = date.milliseconds / 1_000
    let (days, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
    let parts = [rest / 3_600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(Day(number: Int(days)))T\(parts.joined(separator: ":"))Z"
  }

  private static func escaped(_ text: String, _ most: Int) -> String {
    let plain = String(
      text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(most).map(Character.init))
    return plain.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
