import Basics
import Cases
import People
import Storage

/// What the area keeps of persons. Files for the bank are of the office: what they say of persons is read from here.
extension Aids {
  package static let kept = Kept([
    KeptTable("aid", say("Aids"), by: .caseFile(), aid),
    KeptTable("aid_decision", say("Decisions on aids"), by: .caseFile(), decision),
    KeptTable("aid_instalment", say("Parts of aids"), by: .caseFile(), part),
    KeptTable("aid_order", say("Payments of aids"), by: .caseFile(), order),
    KeptTable("aid_proof", say("Proofs of aids"), by: .caseFile(), proof),
  ])

  private static let aid = KeptColumn.all(
    [
      .plain("kind", say("Kind of aid")), .plain("currency", say("Currency")),
      .plain("cost", say("All that it costs, in the smallest unit"), .number),
      .plain("asked", say("Asked for, in the smallest unit"), .number),
      .plain("own_part", say("One's own part, in the smallest unit"), .number),
      .plain("other_part", say("What others give, in the smallest unit"), .number),
      .sealed("purpose", say("What it is for"), in: "aid.purpose", isRequired: true),
      .sealed("other_words", say("Who gives the other part"), in: "aid.other"),
      .plain("prepared_at", say("Prepared"), .moment), .plain("prepared_by", say("Prepared by"), .account),
      .plain("state", say("State"), .code { Aid.State(rawValue: $0)?.label }),
      .plain("antenna", say("Antenna"), .antenna),
      .plain("granted", say("Granted, in the smallest unit"), .number),
      .plain("decided_on", say("Decided on"), .day), .plain("signed_on", say("Contract signed on"), .day),
      .sealed("signed_by", say("Signed for the service by"), .ofOthers("aid.signed-by")),
      .sealed("signed_for", say("Signed in the person's name by"), .ofOthers("aid.signed-for")),
      .plain("follow_months", say("Months of follow-up"), .number),
      .plain("paid", say("Paid, in the smallest unit"), .number),
      .plain("proven", say("Proven, in the smallest unit"), .number),
      .sealed("exception", say("Why it was submitted against the rules"), in: "aid.exception"),
      .sealed("end_words", say("How it ended"), in: "aid.end"),
    ],
    inner: [
      "id", "case_file", "contact", "track", "version", "changed_at", "is_outside", "reservation", "clauses",
      "signed_scan",
    ])

  private static let decision = KeptColumn.all(
    [
      .plain("outcome", say("Decision"), .code { Aid.Decision.Outcome(rawValue: $0)?.label }),
      .plain("amount", say("Granted, in the smallest unit"), .number),
      .plain("decided_on", say("Decided on"), .day),
      .plain("body", say("Committee")),
      .sealed("words", say("Conditions or reason"), in: "aid_decision.words"),
      .plain("recorded_at", say("Recorded"), .moment), .plain("recorded_by", say("Recorded by"), .account),
    ], inner: ["id", "aid", "case_file"])

  private static let part = KeptColumn.all(
    [
      .plain("number", say("Part"), .number),
      .plain("way", say("How it is given"), .code { AidInstalment.Way(rawValue: $0)?.label }),
      .plain("currency", say("Currency")), .plain("amount", say("Amount, in the smallest unit"), .number),
      .plain("due_on", say("Due"), .day),
      .sealed("words", say("What it pays"), in: "aid_instalment.words", isRequired: true),
      .plain("planned_by", say("Planned by"), .account),
      .plain("step", say("State"), .code { AidInstalment.Step(rawValue: $0)?.label }),
      .plain("visited_on", say("Visited on"), .day), .plain("handed_over_on", say("Handed over on"), .day),
      .plain("proven", say("Proven, in the smallest unit"), .number),
    ],
    inner: [
      "id", "aid", "case_file", "antenna", "contact", "needs_invoice", "needs_visit", "needs_proof", "due",
      "invoice", "handover_scan",
    ])

  private static let order = KeptColumn.all(
    [
      .plain("currency", say("Currency")), .plain("amount", say("Amount, in the smallest unit"), .number),
      .sealed("payee", say("Paid to"), in: "aid_order.payee", isRequired: true),
      .sealed("rib", say("Account (RIB)"), in: "aid_order.rib"),
      .plain("prepared_at", say("Prepared"), .moment), .plain("prepared_by", say("Prepared by"), .account),
      .plain("approved_at", say("Approved"), .moment), .plain("approved_by", say("Approved by"), .account),
      .plain("paid_on", say("Paid on"), .day), .plain("paid_by", say("Payment recorded by"), .account),
      .sealed("reference", say("Reference of the payment"), in: "aid_order.reference"),
      .plain("returned_at", say("Sent back"), .moment), .plain("returned_by", say("Sent back by"), .account),
      .sealed("returned_words", say("Why it was sent back"), in: "aid_order.returned"),
    ], inner: ["id", "instalment", "aid", "case_file", "end_to_end", "has_rib", "payment_file", "paid_at"])

  private static let proof = KeptColumn.all(
    [
      .plain("way", say("What became of the money"), .code { AidProof.Way(rawValue: $0)?.label }),
      .plain("currency", say("Currency")), .plain("amount", say("Amount, in the smallest unit"), .number),
      .plain("proven_on", say("Day"), .day),
      .sealed("words", say("Supplier or explanation"), in: "aid_proof.words", isRequired: true),
      .plain("brought_at", say("Brought"), .moment), .plain("brought_by", say("Brought by"), .account),
      .plain("outcome", say("What the check found"), .code { AidProof.Check(rawValue: $0)?.label }),
      .plain("checked_at", say("Checked"), .moment), .plain("checked_by", say("Checked by"), .account),
      .sealed("reason", say("Reason"), in: "aid_proof.reason"),
    ], inner: ["id", "instalment", "aid", "case_file", "document"])
}
