/// Who acts: a signed-in account, or the program itself on behalf of a named task.
package struct Actor: Sendable, Equatable {
  /// How far the account sees.
  package enum Scope: String, Sendable, CaseIterable {
    /// Only files of which the account is the contact person.
    case assigned
    /// The files of its antenna.
    case antenna
    /// Every file of the scheme.
    case nation
  }

  package let id: AccountID
  package let name: String
  package let institution: InstitutionCode
  /// Where the account works; nil at the centre.
  package let antenna: AntennaCode?
  package let scope: Scope
  package let duties: Set<Duty>
  /// Where a door notes by which leave it read; nil outside of requests.
  package var leaveNote: LeaveNote?

  package init(
    id: AccountID, name: String, institution: InstitutionCode, antenna: AntennaCode?, scope: Scope,
    duties: Set<Duty>
  ) {
    self.id = id
    self.name = name
    self.institution = institution
    self.antenna = antenna
    self.scope = scope
    self.duties = duties
  }

  package func may(_ duty: Duty) -> Bool { duties.contains(duty) }

  /// Somebody of a service outside: answers what was referred to it, and is let in nowhere else.
  package var isOutside: Bool { duties == [.answerReferrals] }

  /// - Throws: `Refusal.notAllowed` naming the duty that is missing.
  package func must(_ duty: Duty) throws(Refusal) {
    guard may(duty) else { throw .notAllowed(duty) }
  }

  /// The same before a file that is read by leave: nothing of it is the actor's to change, but a need may be recorded.
  package func reading(by leave: ReadingLeave) -> Actor {
    leaveNote?.note(leave)
    var actor = Actor(
      id: id, name: name, institution: institution, antenna: antenna, scope: scope,
      duties: duties.intersection(Duty.byLeave))
    actor.leaveNote = leaveNote
    return actor
  }

  /// The program itself: a command at the console or a scheduled task. It sees everything and signs as `program`.
  package static let program = Actor(
    id: AccountID("00000000000000000000000000") ?? AccountID(), name: "program",
    institution: InstitutionCode(rawValue: "OTE"), antenna: nil, scope: .nation, duties: Set(Duty.allCases))
}
