import Basics
import Cases

/// Decisions only: no database, no clock, no request.
enum PlanRules {
  /// A plan is agreed once, and says at least one thing that will be done.
  static func mayAgree(_ plan: Plan, on day: Day, receivedOn: Day) throws(Refusal) {
    guard plan.agreement == nil else { throw .conflict(say("This plan is agreed already.")) }
    guard !plan.actions.isEmpty else {
      throw .conflict(say("A plan needs a goal and an action before it can be agreed."))
    }
    guard day >= receivedOn else {
      throw .invalid([FieldError("agreed-on", say("A plan cannot be agreed before the person was received."))]
      )
    }
  }

  /// An action goes from to do to under way to done; it may be abandoned as long as it is open, for a reason.
  static func changed(_ action: Plan.Action, to state: Plan.Action.State) throws(Refusal) {
    guard action.state.isOpen, state != action.state, state != .toDo else {
      throw .conflict(say("This action has moved on meanwhile. Look at the page again."))
    }
  }

  /// What a case learns from its plan.
  static func tell(_ milestones: inout Milestones, of plan: Plan) {
    milestones.planAgreedOn = plan.agreement?.on
    milestones.firstActionOn = plan.actions.compactMap(\.startedOn).min()
    milestones.nextActionOn = plan.actions.filter(\.state.isOpen).compactMap(\.by).min()
  }
}
