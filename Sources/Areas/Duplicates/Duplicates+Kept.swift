import Basics
import People
import Storage

/// What the area keeps of persons. Of the other file nothing is told: it may be of another person.
extension Duplicates {
  package static let kept = Kept(
    [
      KeptTable("duplicate_pair", say("Compared with another file"), by: .person("first"), pair),
      KeptTable("duplicate_pair", say("Compared with another file"), by: .person("second"), pair),
      KeptTable(
        "duplicate_act", say("Decisions on files alike"),
        by: .row("pair", of: "duplicate_pair", .person("first")), act),
      KeptTable(
        "duplicate_act", say("Decisions on files alike"),
        by: .row("pair", of: "duplicate_pair", .person("second")), act),
    ], erase: { files, _, db in try DuplicateErasureStore.passOver(files, in: db) })

  private static let pair: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("state", say("State"), .code { DuplicatePair.State(rawValue: $0)?.label }),
        .plain("found_at", say("Found"), .moment), .plain("suggested_by", say("Suggested by"), .account),
      ],
      inner: [
        "id", "first", "second", "first_antenna", "first_contact", "second_antenna", "second_contact",
        "score",
        "findings", "moot", "version", "decided_score", "merge",
      ])

  private static let act: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("kind", say("What was decided"), .code { DuplicateAct.Kind(rawValue: $0)?.label }),
        .plain("at", say("Recorded"), .moment), .plain("by", say("Recorded by"), .account),
        .plain("antenna", say("Antenna"), .antenna),
        // Under the keys of both, and it tells of both.
        .sealed("reason", .withheld),
      ], inner: ["id", "pair", "joining"])
}
