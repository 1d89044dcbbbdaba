import Basics

extension CircularList {
  var label: Phrase {
    switch self {
    case .waiting: say("Circulars to be read")
    case .read: say("Circulars read")
    case .sent: say("Circulars sent")
    }
  }
}
