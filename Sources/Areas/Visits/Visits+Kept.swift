import Basics
import Cases
import People
import Storage

/// What the area keeps of persons.
extension Visits {
  package static let kept = Kept([
    KeptTable("visit", say("Follow-up visits"), by: .caseFile(), visit),
    KeptTable("visit_move", say("Visits put on another day"), by: .caseFile(), move),
    KeptTable(
      "visit_start", say("Start of the activity"), by: .caseFile(), id: "case_file",
      KeptColumn.all(
        [
          .plain("started_on", say("Begun on"), .day), .plain("recorded_at", say("Recorded"), .moment),
          .plain("recorded_by", say("Recorded by"), .account),
        ], inner: ["case_file"])),
    KeptTable("visit_look", say("Second look"), by: .caseFile(), look),
    KeptTable("visit_handover", say("Goods handed over"), by: .caseFile(), handover),
  ])

  private static let visit: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("planned_on", say("Planned for"), .day),
        .plain("state", say("State"), .code { Visit.State(rawValue: $0)?.label }),
        .plain("made_on", say("Made on"), .day), .plain("made_by", say("Made by"), .account),
        .plain("way", say("How you spoke"), .code { Visit.Way(rawValue: $0)?.label }),
        .plain("activity", say("The activity"), .code { Visit.Activity(rawValue: $0)?.label }),
        .sealed("seen", say("What was seen"), in: "visit.seen", isRequired: true),
        .sealed("next_step", say("Next step"), in: "visit.next"),
        .plain("next_on", say("By"), .day),
        .plain(
          "why_missed", say("Why it did not take place"), .code { Visit.Hindrance.Kind(rawValue: $0)?.label }),
        .sealed("missed_told", say("In words"), in: "visit.missed"),
        .plain("called_off_on", say("Called off on"), .day),
        .plain(
          "income", say("Income"), .code { $0 == "refused" ? say("Does not wish to say") : say("Told") }),
        .plain("income_from", say("Income from, in dinars a month"), .number),
        .plain("income_to", say("Income below, in dinars a month"), .number),
        .plain("jobs_kept_women", Visit.Jobs.keptByWomen.label, .number),
        .plain("jobs_kept_men", Visit.Jobs.keptByMen.label, .number),
        .plain("jobs_created_women", Visit.Jobs.createdForWomen.label, .number),
        .plain("jobs_created_men", Visit.Jobs.createdForMen.label, .number),
        .plain("difficulties", say("Difficulties")),
        .plain("wish", say("Wishes to leave again"), .code { Visit.Wish(rawValue: $0)?.label }),
        .sealed("told", .fields("visit.told", { KeptVisit.field($0) })),
        .plain("antenna", say("Antenna"), .antenna), .plain("made_at", say("Recorded"), .moment),
      ], inner: ["id", "case_file", "month", "version"])

  private static let move: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("from_day", say("From the day"), .day), .plain("to_day", say("To the day"), .day),
        .plain("why", say("Why"), .code { Visit.Hindrance.Kind(rawValue: $0)?.label }),
        .sealed("told", say("In words"), in: "visit_move.told"),
        .plain("at", say("Recorded"), .moment), .plain("by", say("Recorded by"), .account),
      ], inner: ["id", "visit", "case_file"])

  private static let look: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("outcome", say("Outcome"), .code { VisitDraw.Look.Outcome(rawValue: $0)?.label }),
        .sealed("told", say("In words"), in: "visit_look.told"),
        .plain("looked_at", say("Recorded"), .moment), .plain("looked_by", say("Recorded by"), .account),
      ], inner: ["id", "draw", "position", "case_file", "visit", "version"])

  private static let handover: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("handed_on", say("Handed over on"), .day),
        .sealed("goods", say("Goods"), in: "visit_handover.goods", isRequired: true),
        // A name of the staff, or of a supplier.
        .sealed("giver", .ofOthers("visit_handover.giver"), isRequired: true),
        .plain("value", say("Value in millimes"), .number), .plain("recorded_at", say("Recorded"), .moment),
        .plain("recorded_by", say("Recorded by"), .account),
      ], inner: ["id", "case_file"])
}

enum KeptVisit {
  static func field(_ name: String) -> KeptField? {
    switch name {
    case "other-difficulty": KeptField(say("Another difficulty"))
    case "wish-why": KeptField(say("Why"))
    default: nil
    }
  }
}
