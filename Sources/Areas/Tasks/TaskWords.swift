import Basics

enum TaskWords {
  @Sendable static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "task.give": say("Gave a task")
    case "task.take": say("Took a task upon oneself")
    case "task.follow": say("A task went with the case to those who hold it now")
    case "task.settle": say("A task of a clock was no longer to be done")
    case "task.done": say("Did a task")
    case "task.refused": say("Refused a task")
    case "task.digest": say("Asked for a word each morning about tasks")
    case "task.digest-end": say("Ended the word each morning about tasks")
    default: nil
    }
  }
}

extension OfficeTask.State {
  package var label: Phrase {
    switch self {
    case .open: say("To do")
    case .done: say("Carried out")
    case .refused: say("Not taken on")
    }
  }
}

extension TaskList {
  func label(_ isAtAntenna: Bool) -> Phrase {
    switch self {
    case .waiting: say("Tasks that wait for you")
    case .mine: say("Your own")
    case .role: say("Of your role")
    case .antenna: isAtAntenna ? say("Of your antenna") : say("Of the centre")
    case .given: say("Given by you")
    case .ended: say("Done and refused")
    }
  }
}
