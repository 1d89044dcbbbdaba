import Accounts
import Basics
import Foundation

/// Decisions only: no database, no clock, no request.
enum TaskRules {
  static func mustBeWhole(_ task: NewTask) throws(Refusal) {
    let words = task.words
    guard words.contains(where: { !$0.isWhitespace }) else {
      throw .invalid([FieldError("words", say("Say what is to be done."))])
    }
    guard words.count <= OfficeTask.longest else {
      throw .invalid([FieldError("words", say("At most \(OfficeTask.longest) characters."))])
    }
  }

  static func mustBeReason(_ reason: String) throws(Refusal) {
    guard reason.contains(where: { !$0.isWhitespace }) else {
      throw .invalid([FieldError("reason", say("Say why it is refused."))])
    }
    guard reason.count <= OfficeTask.longest else {
      throw .invalid([FieldError("reason", say("At most \(OfficeTask.longest) characters."))])
    }
  }

  /// At an antenna one gives to its own people and to the centre; the centre gives to everybody.
  static func mayGive(to receiver: OfficeTask.Receiver, _ actor: Actor, antennaOfPerson: AntennaCode?) -> Bool
  {
    if actor.scope == .nation { return true }
    return switch receiver {
    case .person(let id): id == actor.id || antennaOfPerson != nil && antennaOfPerson == actor.antenna
    case .role(_, let antenna), .antenna(let antenna): antenna == actor.antenna
    case .centre: true
    }
  }

  /// For whom tasks of a list are found.
  /// - Parameter roles: what the actor is at her antenna.
  static func receivers(_ list: TaskList, of actor: Actor, roles: [Role]) -> [OfficeTask.Receiver] {
    let own: [OfficeTask.Receiver] = [.person(actor.id)]
    let ofRoles: [OfficeTask.Receiver] =
      actor.antenna.map { antenna in roles.map { .role($0, at: antenna) } } ?? []
    var office: [OfficeTask.Receiver] = actor.antenna.map { [.antenna($0)] } ?? []
    // The auditor and the administrator see the nation, and are not the office.
    if actor.antenna == nil, actor.scope == .nation, actor.may(.openFiles) { office = [.centre] }
    switch list {
    case .waiting, .ended: return own + ofRoles + office
    case .mine: return own
    case .role: return ofRoles
    case .antenna: return office
    case .given: return []
    }
  }

  /// Who has to do an open task about a case that went to another antenna or contact person: whoever had it,
  /// or, where she does not open the case there, those who do.
  /// - Parameter reader: the person that it is for; nil where her account is closed.
  static func receiver(
    _ receiver: OfficeTask.Receiver, _ reader: Actor?, at antenna: AntennaCode, with contact: AccountID
  ) -> OfficeTask.Receiver {
    switch receiver {
    case .person:
      reader.map { sees(antenna, contact, $0) } == true ? receiver : .person(contact)
    case .role(let role, _): .role(role, at: antenna)
    case .antenna: .antenna(antenna)
    case .centre: .centre
    }
  }

  private static func sees(_ antenna: AntennaCode, _ contact: AccountID, _ actor: Actor) -> Bool {
    switch actor.scope {
    case .nation: true
    case .antenna: actor.antenna == antenna
    case .assigned: actor.id == contact
    }
  }

  /// The daily word is made from this hour on, in Tunis. Ours, to be confirmed by the office.
  static let digestHour = 7

  /// The day whose word is to be made now; nil before its hour.
  static func digestDay(at now: Date) -> Day? {
    let day = Day(of: now)
    return Day(of: now - TimeInterval(digestHour * 3_600)) == day ? day : nil
  }
}

extension OfficeTask.Receiver {
  /// One word for it, by which its tasks are found.
  package var code: String {
    switch self {
    case .person(let id): "person:\(id.text)"
    case .role(let role, let antenna): "role:\(role.rawValue)@\(antenna.rawValue)"
    case .antenna(let antenna): "antenna:\(antenna.rawValue)"
    case .centre: "centre"
    }
  }

  /// Nil for a word that is none.
  package init?(code: String) {
    let parts = code.split(separator: ":", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("centre", 1): self = .centre
    case ("person", 2):
      guard let id = AccountID(parts[1]) else { return nil }
      self = .person(id)
    case ("antenna", 2): self = .antenna(AntennaCode(rawValue: parts[1]))
    case ("role", 2):
      let halves = parts[1].split(separator: "@").map(String.init)
      guard halves.count == 2, let role = Role(rawValue: halves[0]) else { return nil }
      self = .role(role, at: AntennaCode(rawValue: halves[1]))
    default: return nil
    }
  }
}
