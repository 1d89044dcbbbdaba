import Basics

/// The words for what the journal tells of a person and her case.
enum HistoryWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "person.create": say("Received as a new person")
    case "person.open", "case.open": say("Opened the file")
    case "person.correct": say("Corrected the identity")
    case "person.create-apart": say("Received although others are alike")
    case "person.join": say("Joined with another file")
    case "person.part": say("Parted from another file")
    case "consent.give": say("Recorded a consent")
    case "consent.withdraw": say("Recorded the withdrawal of a consent")
    case "case.receive": say("Opened the case")
    case "case.correct-return": say("Corrected the facts of the return")
    case "case.keep-view": say("Kept a view of the list")
    case "case.drop-view": say("Kept a view of the list no longer")
    case "case.assign": say("Named another contact person")
    case "case.give": say("Gave the case to another antenna")
    case "case.close": say("Closed the case")
    case "case.reopen": say("Opened the case again")
    case "need.record": say("Recorded a need")
    case "need.meet": say("Recorded what was done about a need")
    case "case.move": say("Given to the other file after the two were parted")
    case "note.move": say("A note was moved to another case")
    case "note.write": say("Wrote a note")
    default: nil
    }
  }
}
