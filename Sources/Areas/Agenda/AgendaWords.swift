import Basics

/// The words for what the journal tells of this area, and for its codes.
enum AgendaWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "appointment.make": say("Made an appointment")
    case "appointment.move": say("Moved an appointment")
    case "appointment.came": say("Noted that the person came")
    case "appointment.missed": say("Noted that the person did not come")
    case "appointment.excused": say("Noted that the person excused herself")
    case "appointment.cancelled": say("Called an appointment off")
    default: nil
    }
  }

  /// `9:30`, the same in every language.
  static func hour(_ minute: Int) -> String {
    let rest = minute % 60
    return "\(minute / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}

extension Appointment.Way {
  var label: Phrase {
    switch self {
    case .antenna: say("at the antenna")
    case .phone: say("by phone")
    case .home: say("at the person’s home")
    }
  }
}

extension Appointment.State {
  var label: Phrase {
    switch self {
    case .planned: say("planned")
    case .came: say("came")
    case .missed: say("did not come")
    case .excused: say("excused")
    case .cancelled: say("called off")
    }
  }
}
