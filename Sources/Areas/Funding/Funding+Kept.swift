import Basics
import Cases
import People
import Storage

/// What the area keeps of persons: the money that was set aside and paid for their files, and no identity. The books stay
/// when a person is erased; the reasons that somebody wrote do not.
extension Funding {
  package static let kept = Kept([
    KeptTable(
      "fund_reservation", say("Money set aside for an aid"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("kind", say("Kind of aid")),
          .plain("state", say("State"), .code { Reservation.State(rawValue: $0)?.label }),
          .plain("currency", say("Currency")),
          .plain("asked", say("Asked for, in millimes or cents"), .number),
          .plain("bound", say("Bound by a contract, in millimes or cents"), .number),
          .plain("paid", say("Paid, in millimes or cents"), .number),
          .plain("returned", say("Given back, in millimes or cents"), .number),
          .plain("expected", say("Last payment expected"), .day),
          .plain("made_at", say("Reserved on"), .moment), .plain("made_by", say("Reserved by"), .account),
        ],
        inner: ["id", "line", "case_file", "rate", "cost_held", "cost_paid", "cost_returned"])),
    KeptTable(
      "fund_payment", say("Payment"), by: .row("reservation", of: "fund_reservation", .caseFile()),
      KeptColumn.all(
        [
          .plain("on_day", say("Day"), .day),
          .plain("amount", say("Paid, in millimes or cents"), .number),
          .plain("returned", say("Given back, in millimes or cents"), .number),
        ], inner: ["id", "reservation", "movement", "cost", "is_reversed"])),
    KeptTable(
      "fund_return", say("Money given back"),
      by: .row("payment", of: "fund_payment", .row("reservation", of: "fund_reservation", .caseFile())),
      KeptColumn.all(
        [
          .plain("on_day", say("Day"), .day),
          .plain("amount", say("Given back, in millimes or cents"), .number),
        ], inner: ["id", "payment", "movement"])),
    KeptTable(
      "fund_movement", say("Movement"), by: .row("reservation", of: "fund_reservation", .caseFile()),
      isGiven: false,
      KeptColumn.all(
        [.sealed("because", .withheld)],
        inner: [
          "id", "act_key", "kind", "agreement", "line", "reservation", "on_day", "at", "by_account",
          "reverses",
          "remainder",
        ])),
    KeptTable(
      "fund_entry", say("Movement"), by: booked, id: "movement", isGiven: false,
      KeptColumn.all([], inner: ["movement", "owner", "kind", "amount", "balance"])),
    // Of no person: a receipt's movement is for no reservation.
    KeptTable(
      "funder_receipt", say("Money that arrived"), by: booked, isGiven: false,
      KeptColumn.all([], inner: ["id", "agreement", "movement", "on_day", "amount", "note"])),
  ])

  private static let booked = KeptTable.Way.row(
    "movement", of: "fund_movement", .row("reservation", of: "fund_reservation", .caseFile()))
}
