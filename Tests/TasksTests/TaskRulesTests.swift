import Accounts
import Basics
import TestSupport
import Testing

@testable import Tasks

@Suite struct `The rules of tasks` {
  @Test func `an antenna gives to its own people and to the centre, the centre to everybody`() {
    func may(_ receiver: OfficeTask.Receiver, _ actor: Actor, of antenna: AntennaCode? = nil) -> Bool {
      TaskRules.mayGive(to: receiver, actor, antennaOfPerson: antenna)
    }
    #expect(may(.person(Staff.amel.id), Staff.amel) && may(.centre, Staff.amel))
    #expect(may(.person(Staff.bilel.id), Staff.amel, of: "TUN"))
    #expect(!may(.person(Staff.emna.id), Staff.amel, of: "SFA") && !may(.person(AccountID()), Staff.amel))
    #expect(may(.antenna("TUN"), Staff.amel) && !may(.antenna("SFA"), Staff.amel))
    #expect(may(.role(.antennaHead, at: "TUN"), Staff.amel))
    #expect(!may(.role(.antennaHead, at: "SFA"), Staff.amel))
    #expect(may(.antenna("SFA"), Staff.fathi) && may(.person(Staff.emna.id), Staff.fathi, of: "SFA"))
  }

  @Test func `a task follows its case away from those who do not open it there`() {
    func after(_ receiver: OfficeTask.Receiver, _ reader: Actor? = nil) -> OfficeTask.Receiver {
      TaskRules.receiver(receiver, reader, at: "TUN", with: Staff.dorra.id)
    }
    // He sees only the files of which he is the contact person.
    for reader in [nil, Staff.bilel, Staff.emna, Staff.leila] {
      #expect(after(.person(reader?.id ?? AccountID()), reader) == .person(Staff.dorra.id))
    }
    for reader in [Staff.amel, Staff.dorra, Staff.fathi] {
      #expect(after(.person(reader.id), reader) == .person(reader.id))
    }
    #expect(after(.antenna("SFA")) == .antenna("TUN") && after(.centre) == .centre)
    #expect(after(.role(.antennaHead, at: "SFA")) == .role(.antennaHead, at: "TUN"))
  }

  @Test func `a task has words, and a refusal a reason, neither without end`() {
    let due = Day(number: 20_000)
    for words in ["", " \n", String(repeating: "a", count: 2_001)] {
      #expect(throws: Refusal.self) {
        try TaskRules.mustBeWhole(NewTask(to: .centre, words: words, due: due))
      }
      #expect(throws: Refusal.self) { try TaskRules.mustBeReason(words) }
    }
  }
}
