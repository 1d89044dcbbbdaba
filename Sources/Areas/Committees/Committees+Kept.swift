import Basics
import Cases
import People
import Storage

/// What the area keeps of persons. How single members scored and voted is the committee's own, and in no copy.
extension Committees {
  package static let kept = Kept(
    [
      KeptTable("committee_item", say("Requests before a committee"), by: .caseFile(), item),
      KeptTable("committee_decision", say("Decisions of committees"), by: ofItem, decision),
      KeptTable("committee_appeal", say("Appeals to a committee"), by: ofItem, appeal),
      KeptTable(
        "committee_entry", say("Agendas of committees"), by: ofItem, isGiven: false,
        KeptColumn.all([], inner: ["id", "session", "item", "number", "listed_at", "listed_by", "taken_off"])),
      KeptTable(
        "committee_conflict", say("Who kept out of a request"), by: ofItem, isGiven: false,
        KeptColumn.all([], inner: ["id", "session", "item", "account", "kind", "declared_at"])),
      KeptTable(
        "committee_score", say("Points of members"), by: ofItem, isGiven: false,
        KeptColumn.all(
          [], inner: ["id", "session", "item", "account", "points", "total", "most", "scored_at"])),
      KeptTable(
        "committee_vote", say("Votes of members"), by: ofItem, isGiven: false,
        KeptColumn.all([], inner: ["id", "session", "item", "account", "outcome", "voted_at"])),
    ], erase: { files, _, db in try CommitteeItemStore.withdraw(of: files, in: db) })

  private static let ofItem = KeptTable.Way.row("item", of: "committee_item", .caseFile())

  private static let item: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("title_fr", say("What is asked")),
        .plain("track", say("Track"), .code { CommitteeItem.Track(rawValue: $0)?.label }),
        .plain("amount", say("Amount in the smallest unit"), .number), .plain("currency", say("Currency")),
        .plain("antenna", say("Antenna"), .antenna), .plain("prepared_by", say("Prepared by"), .account),
        .sealed(
          "summary", say("What the committee reads"), in: "committee.summary", isRequired: true),
        .plain("submitted_at", say("Submitted"), .moment),
        .plain("submitted_by", say("Submitted by"), .account),
        .plain("state", say("State"), .code { CommitteeItem.State(rawValue: $0)?.label }),
        .plain("withdrawn_at", say("Taken back"), .moment),
        .plain("withdrawn_by", say("Taken back by"), .account),
        .sealed("withdrawn", say("Why it was taken back"), in: "committee.withdrawn"),
      ], inner: ["id", "case_file", "origin", "title_ar", "title_en"])

  private static let decision: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("outcome", say("Decision"), .code { Decision.Outcome(rawValue: $0)?.label }),
        .plain("amount", say("Amount in the smallest unit"), .number), .plain("currency", say("Currency")),
        .sealed("conditions", say("Conditions"), in: "committee.conditions"),
        .plain("reason", say("Reason"), .code { Decision.Reason(rawValue: $0)?.label }),
        .sealed("words", say("Reason as the person reads it"), in: "committee.words"),
        .plain("decided_at", say("Decided"), .moment),
        .plain("decided_by", say("Recorded by"), .account),
      ], inner: ["id", "session", "item", "on_appeal", "counted", "agreed"])

  private static let appeal: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("received_on", say("Received on"), .day),
        .sealed(
          "words", say("What the person does not agree with"), in: "committee.appeal", isRequired: true),
        .plain("recorded_at", say("Recorded"), .moment),
        .plain("recorded_by", say("Recorded by"), .account),
      ], inner: ["id", "item", "against"])
}
