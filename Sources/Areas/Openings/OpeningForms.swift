import Basics

/// From what was typed to what is meant.
enum OpeningForm {
  static func opening(_ typed: Typed) throws(Refusal) -> (id: RecordID<Opening>, reason: Opening.Reason) {
    var check = FormCheck(typed)
    let id: RecordID<Opening> = check.newID()
    let why: Opening.Why? = check.required(choice: "why", say("Choose why the file must be opened."))
    let words = check.required(
      "words", say("Write why you need to read this file now."), limit: 2_000)
    if !words.isEmpty, words.count < Opening.fewestCharacters {
      check.refuse(
        "words",
        say(
          "This is too short: write at least \(Opening.fewestCharacters) characters, for whoever judges it."))
    }
    try check.finish()
    guard let why else { throw .invalid(check.errors) }
    return (id, Opening.Reason(why: why, words: words))
  }

  static func judgement(_ typed: Typed) throws(Refusal) -> (verdict: Opening.Verdict, words: String) {
    var check = FormCheck(typed)
    let verdict: Opening.Verdict? = check.required(
      choice: "verdict", say("Choose whether it was justified."))
    let words = check.required("judgement", say("Say why you judge so."), limit: 2_000)
    try check.finish()
    guard let verdict else { throw .invalid(check.errors) }
    return (verdict, words)
  }
}
