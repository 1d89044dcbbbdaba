import Basics
import Cases
import Pages
import Sheets

/// Lines and movements as a file for a spreadsheet. In a workbook amounts are numbers that can be added up; in a file of
/// text they stand as one types them.
enum FundingSheet {
  enum Kind: String, Sendable { case csv, xlsx }

  static func columns(on page: Page) -> [Workbook.Column] {
    [
      Workbook.Column(page("Funder"), width: 28), Workbook.Column(page("Agreement with a funder"), width: 28),
      Workbook.Column(page("Budget line"), width: 28), Workbook.Column(page("Purpose"), width: 18),
      Workbook.Column(page("First day"), width: 12), Workbook.Column(page("Last day to promise"), width: 12),
      Workbook.Column(page("Last day of a payment"), width: 12), Workbook.Column(page("Currency"), width: 8),
      Workbook.Column(page("Amount"), width: 16), Workbook.Column(page("Arrived"), width: 16),
      Workbook.Column(page("Reserved"), width: 16), Workbook.Column(page("Committed"), width: 16),
      Workbook.Column(page("Paid"), width: 16), Workbook.Column(page("Left"), width: 16),
    ]
  }

  static func rows(_ shown: AgreementShown, as kind: Kind, on page: Page) -> [[Workbook.Cell]] {
    let agreement = shown.agreement
    return shown.lines.map { line in
      [
        .text(shown.funder.name), .text(agreement.title), .text(line.line.name),
        .text(page(agreement.purpose.label)), .day(agreement.from), .day(agreement.until),
        .day(agreement.payUntil), .text(agreement.currency.rawValue), amount(line.line.amount, kind),
        amount(shown.received, kind), amount(line.totals.reserved, kind), amount(line.totals.committed, kind),
        amount(line.totals.paid, kind), amount(line.left, kind),
      ]
    }
  }

  static func ledgerColumns(on page: Page) -> [Workbook.Column] {
    [
      Workbook.Column(page("Movement"), width: 28), Workbook.Column(page("Day"), width: 12),
      Workbook.Column(page("What"), width: 22), Workbook.Column(page("Account"), width: 22),
      Workbook.Column(page("Currency"), width: 8), Workbook.Column(page("Added"), width: 16),
      Workbook.Column(page("Taken"), width: 16),
      Workbook.Column(page("Balance after it"), width: 16), Workbook.Column(page("Case"), width: 16),
      Workbook.Column(page("Takes back"), width: 28), Workbook.Column(page("Why"), width: 28),
    ]
  }

  /// A row for each entry of the line.
  static func rows(_ opened: LineOpened, as kind: Kind, on page: Page) -> [[Workbook.Cell]] {
    opened.movements.flatMap { movement in
      movement.entries.filter { $0.account.owner == opened.line.line.id.text }.map { entry in
        [
          .text(movement.id.text), .day(movement.on), .text(page(movement.kind.label)),
          .text(page(entry.account.kind.label)), .text(entry.amount.currency.rawValue),
          entry.amount.minorUnits > 0 ? amount(entry.amount, kind) : .empty,
          entry.amount.minorUnits < 0
            ? amount(Money(-entry.amount.minorUnits, entry.amount.currency), kind) : .empty,
          amount(entry.balance, kind), .text(movement.reservation.flatMap { opened.files[$0]?.number } ?? ""),
          .text(movement.reverses?.text ?? ""), .text(movement.because ?? ""),
        ]
      }
    }
  }

  private static func amount(_ money: Money, _ kind: Kind) -> Workbook.Cell {
    switch kind {
    case .csv: .text(money.typed)
    case .xlsx: .number(Double(money.minorUnits) / (money.currency == .tnd ? 1_000 : 100))
    }
  }
}
