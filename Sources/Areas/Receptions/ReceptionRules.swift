import Basics
import Foundation
import People

/// Decisions only: no database, no clock, no request.
enum ReceptionRules {
  /// Needs that one reception may name.
  static let mostNeeds = 5

  /// Nothing is done to a reception that is over.
  static func mustBeBegun(_ draft: ReceptionDraft) throws(Refusal) {
    guard draft.state == .begun else {
      throw .conflict(say("This reception is over: nothing of it can be changed any more."))
    }
  }

  /// Only its author goes on with it; the head of the antenna takes it over first.
  static func mustBeOf(_ actor: Actor, _ draft: ReceptionDraft) throws(Refusal) {
    guard draft.author == actor.id else {
      throw .conflict(say("This reception is a colleague’s. Take it over first."))
    }
  }

  static func mayTakeOver(_ draft: ReceptionDraft, _ actor: Actor) -> Bool {
    draft.author != actor.id && draft.antenna == actor.antenna && actor.may(.assignCases)
      && actor.may(.receivePersons)
  }

  /// The moment before which a draft must have been saved to be gone now.
  static func limit(keepDays: Int, at now: Date) -> Date { now - Double(keepDays) * 86_400 }

  /// Children of the household are members of it beside the person herself.
  static func check(household fields: Fields) throws(Refusal) {
    guard let size = fields["household-size"].flatMap({ Int($0) }),
      let children = fields["school-children"].flatMap({ Int($0) }), children >= size
    else { return }
    throw .invalid([
      FieldError("school-children", say("There cannot be more children than others in the household."))
    ])
  }

  /// What a step says, in the place of what it said before.
  static func replaced(_ step: ReceptionDraft.Step, by fields: Fields, in all: Fields) -> Fields {
    let own = Set(step.names)
    return Fields(all.values.filter { !own.contains($0.key) }.merging(fields.values) { $1 })
  }

  /// What still stands between a reception and its file.
  static func missing(in draft: ReceptionDraft) -> [FieldError] {
    People.missing(in: Identity(draft.fields.only(Identity.Field.allCases.map(\.rawValue))))
  }
}

extension Fields {
  func only(_ names: [String]) -> Fields {
    let names = Set(names)
    return Fields(values.filter { names.contains($0.key) })
  }
}
