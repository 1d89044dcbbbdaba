import Basics
import Cases
import Foundation
import People
import Storage

/// What the area keeps of persons.
extension Plans {
  package static let kept = Kept([
    KeptTable("plan_goal", say("Goals of the plan"), by: .caseFile(), goal),
    KeptTable(
      "plan_action", say("Actions of the plan"), by: .row("goal", of: "plan_goal", .caseFile()), action),
    KeptTable("plan_budget", say("Budget of the plan"), by: .caseFile(), budget),
    KeptTable("plan_version", say("Plans that were agreed"), by: .caseFile(), version),
    KeptTable(
      "plan_completion", say("Completion of the plan"), by: .caseFile(), id: "case_file",
      KeptColumn.all(
        [
          .plain("completed_on", say("Completed on"), .day), .plain("recorded_at", say("Recorded"), .moment),
          .plain("recorded_by", say("Recorded by"), .account),
        ], inner: ["case_file"])),
  ])

  private static let goal: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("track", say("Track"), .code { Plan.Track(rawValue: $0)?.label }),
        .sealed("text", say("Goal"), in: "goal.text", isRequired: true),
        .sealed("reason", say("Why it was given up"), in: "goal.reason"),
      ], inner: ["id", "case_file", "position", "version"])

  private static let action: [KeptColumn] =
    KeptColumn.all(
      [
        .sealed("text", say("Action"), in: "action.text", isRequired: true),
        .sealed("who", say("Who does it"), in: "action.who", isRequired: true),
        .plain("by_day", say("To be done by"), .day),
        .plain("state", say("State"), .code { Plan.Action.State(rawValue: $0)?.label }),
        .plain("started_on", say("Begun on"), .day),
        .sealed("reason", say("Why it was given up"), in: "action.reason"),
        .sealed("blocked", say("Why it is blocked"), in: "action.blocked"),
      ], inner: ["id", "goal", "position", "version"])

  private static let budget: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("amount", say("Amount, in millimes or cents"), .number), .plain("currency", say("Currency")),
        .sealed("payer", say("Who pays"), in: "budget.payer", isRequired: true),
        .plain("way", say("In money or in kind"), .code { Plan.BudgetLine.Way(rawValue: $0)?.label }),
      ], inner: ["id", "case_file", "action", "struck", "position", "version"])

  private static let version: [KeptColumn] =
    KeptColumn.all(
      [
        .plain("number", say("Number"), .number), .plain("agreed_on", say("Agreed on"), .day),
        .sealed("signed_by", say("Signed by"), in: "plan.signed", isRequired: true),
        // Names of others.
        .sealed("representative", .ofOthers("plan.representative")),
        .sealed("witness", .ofOthers("plan.witness")),
        .sealed("content", say("What it said"), .opened("plan.content", { try PlanContent(bytes: $0).told })),
        .plain("recorded_at", say("Recorded"), .moment), .plain("recorded_by", say("Recorded by"), .account),
      ], inner: ["id", "case_file", "scan"])
}

extension PlanContent {
  /// Its texts, one a line.
  fileprivate var told: String {
    standing.compactMap { $0.fields["text"] }.joined(separator: "\n")
  }
}
