import Basics

/// The words for acts that concern no person: accounts, antennas, files of partners; and for every kind of record.
enum OversightWords {
  /// What a record is, by the table's own word.
  static func kind(_ kind: String) -> Phrase {
    switch kind {
    case "account": say("Account")
    case "antenna": say("Antenna")
    case "case": say("Case")
    case "closure_report": say("Record of a closing")
    case "consent": say("Consent")
    case "document": say("Document")
    case "duplicate_pair": say("Two files alike")
    case "household_member": say("Member of the household")
    case "import": say("File of a partner")
    case "import-mapping": say("Reading of a partner's files")
    case "later_contact": say("Contact after the closing")
    case "need": say("Need")
    case "note": say("Note")
    case "opening": say("Opening from outside")
    case "person": say("Person")
    case "plan_action": say("Action of a plan")
    case "plan_budget": say("Budget line of a plan")
    case "plan_goal": say("Goal of a plan")
    case "plan_version": say("Version of a plan")
    case "skill": say("Entry of the employment section")
    case "reception": say("Reception")
    case "transfer": say("Offer to another antenna")
    case "visit": say("Visit")
    case "visit_draw": say("Draw of files for a second look")
    case "visit_handover": say("Goods handed over")
    case "visit_look": say("Second look")
    case "visit_term": say("Numbers of the follow-up")
    default: say("Something else")
    }
  }

  static func phrase(_ act: String) -> Phrase {
    switch act {
    case "account.sign-in": say("Signed in")
    case "account.sign-out-everywhere": say("Signed out everywhere")
    case "account.create": say("Made an account")
    case "account.change": say("Changed an account")
    case "account.disable": say("Closed an account")
    case "account.enable": say("Opened an account again")
    case "account.change-password": say("Changed the password")
    case "account.reset-password": say("Gave a new first password")
    case "account.set-language": say("Chose a language")
    case "account.enrol-second-factor": say("Set up a second factor of sign-in")
    case "antenna.cover": say("Entered a governorate of an antenna")
    case "antenna.end-coverage": say("Ended the coverage of a governorate")
    case "antenna.open": say("Entered the opening of an antenna")
    case "case.take-list": say("Took away a list of cases as a file")
    case "person.found-elsewhere": say("Was told of a file at another antenna")
    case "import.persons": say("Brought in a file of a partner")
    case "import.read": say("Sent up a file of a partner")
    case "import.open": say("Looked at the rows of a partner's file")
    case "import.correct": say("Mended a row of a partner's file")
    case "import.leave": say("Left out a row of a partner's file")
    case "import.take": say("Took a row of a partner's file")
    case "import.discard": say("Discarded a partner's file")
    case "import.keep-mapping": say("Kept how a partner's file is read")
    case "visit.set-term": say("Set when visits are due")
    case "visit.draw": say("Drew files for a second look")
    default: say("Another act")
    }
  }
}
