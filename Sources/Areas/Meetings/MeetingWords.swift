import Accounts
import Antennas
import Basics
import Tasks

enum MeetingWords {
  @Sendable static func phrase(_ act: String) -> Phrase? {
    act == "meeting.item" ? say("Spoke of the file in a meeting") : nil
  }

  /// Where a meeting was.
  static func place(_ antenna: AntennaCode?, _ territory: Territory, _ reader: Reader) -> String {
    antenna.map { territory.name(of: $0, in: reader.language) } ?? reader("Central office")
  }

  /// Who has to do what was decided.
  static func name(
    of receiver: OfficeTask.Receiver, _ names: [AccountID: String], _ territory: Territory, _ reader: Reader
  ) -> String {
    switch receiver {
    case .person(let id): return names[id] ?? "—"
    case .role(let role, let antenna):
      return "\(reader(role.label)), \(territory.name(of: antenna, in: reader.language))"
    case .antenna(let antenna):
      let name = territory.name(of: antenna, in: reader.language)
      return reader("antenna of \(name)")
    case .centre: return reader("Central office")
    }
  }

  /// What became of a decision.
  static func state(_ decision: MeetingItem.Decision, on today: Day, _ reader: Reader) -> String {
    if let ended = decision.ended {
      let day = reader.date(Day(of: ended.at))
      return ended.isDone ? reader("done on \(day)") : reader("refused on \(day)")
    }
    let day = reader.date(decision.due)
    if decision.isLate(on: today), decision.givenAt != nil { return reader("late since \(day)") }
    return reader("to be done by \(day)")
  }
}
