import Basics
import Pages

enum ComplaintWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "complaint.record": say("Recorded a complaint")
    case "complaint.appeal": say("Recorded an appeal")
    case "complaint.open": say("Read a complaint")
    case "complaint.take": say("Took a complaint upon oneself")
    case "complaint.answer": say("Answered a complaint")
    case "complaint.print": say("Made the PDF of an answer to a complaint")
    case "complaint.term": say("Set the days to answer complaints")
    default: nil
    }
  }
}

extension Complaint.Kind {
  var label: Phrase {
    switch self {
    case .welcome: say("how one was received")
    case .delay: say("a delay")
    case .decision: say("a decision")
    case .information: say("missing or wrong information")
    case .data: say("one's data")
    case .other: say("something else")
    }
  }
}

extension Complaint.Channel {
  var label: Phrase {
    switch self {
    case .spoken: say("said at the antenna")
    case .letter: say("by letter")
    case .phone: say("by telephone")
    case .email: say("by e-mail")
    case .box: say("in the box of the antenna")
    }
  }
}

extension Complaint.Outcome {
  var label: Phrase {
    switch self {
    case .upheld: say("upheld")
    case .partly: say("upheld in part")
    case .rejected: say("not upheld")
    }
  }
}

extension ComplaintList {
  var label: Phrase {
    switch self {
    case .waiting: say("Complaints to be answered")
    case .answered: say("Complaints answered")
    case .mine: say("Recorded by you")
    }
  }
}
