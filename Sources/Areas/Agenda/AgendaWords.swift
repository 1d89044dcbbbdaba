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
    case "session.put-down": say("Put the person down for a group session")
    case "session.let-wait": say("Put the person on the waiting list of a group session")
    case "session.give-seat": say("A place in a group session became free for the person")
    case "session.take-off": say("Took the person off a group session")
    case "session.came": say("Noted that the person came to a group session")
    case "session.missed": say("Noted that the person did not come to a group session")
    case "session.excused": say("Noted that the person excused herself from a group session")
    case "booking.make-link": say("Made a link by which the person chooses a time")
    case "booking.revoke-link": say("Took back the link by which the person chooses a time")
    case "booking.take": say("The person chose a time")
    case "booking.move": say("The person put her time to another")
    case "booking.call-off": say("The person called her time off")
    default: nil
    }
  }

  static func weekday(_ weekday: Int) -> Phrase {
    switch weekday {
    case 0: say("Monday")
    case 1: say("Tuesday")
    case 2: say("Wednesday")
    case 3: say("Thursday")
    case 4: say("Friday")
    case 5: say("Saturday")
    default: say("Sunday")
    }
  }

  /// `8:30–12:00`, the same in every language.
  static func span(_ hours: WorkWeek.Hours) -> String { "\(hour(hours.from))–\(hour(hours.until))" }

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

extension GroupSession.Kind {
  /// Read by persons in reminders: nothing that others may not know.
  var label: Phrase {
    switch self {
    case .information: say("Information session")
    case .work: say("Session on looking for work")
    case .business: say("Session on starting a business")
    case .papers: say("Session on papers and rights")
    case .other: say("Another session")
    }
  }
}

extension SessionSeat.State {
  var label: Phrase {
    switch self {
    case .booked: say("put down")
    case .waiting: say("waits for a place")
    case .came: say("came")
    case .missed: say("did not come")
    case .excused: say("excused")
    case .off: say("taken off")
    }
  }
}
