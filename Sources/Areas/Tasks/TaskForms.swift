import Accounts
import Basics
import Cases
import Messages

/// From what was typed to what is meant.
enum TaskForm {
  /// - Parameter receivers: to whom the actor may give a task.
  static func task(_ typed: Typed, receivers: some Sequence<OfficeTask.Receiver>, today: Day) throws(Refusal)
    -> (id: RecordID<OfficeTask>, to: OfficeTask.Receiver, words: String, due: Day, number: String?)
  {
    var check = FormCheck(typed)
    let id: RecordID<OfficeTask> = check.newID()
    let chosen = typed["to"]
    let to = receivers.first { $0.code == chosen }
    if to == nil { check.refuse("to", say("Choose who has to do it.")) }
    let words = check.required("words", say("Say what is to be done."), limit: OfficeTask.longest)
    let due = check.day("due", in: today...(today + 730))
    if due == nil, typed["due"].isEmpty { check.refuse("due", say("Choose a day.")) }
    let number = check.text("case-number", limit: 30)
    try check.finish()
    guard let to, let due else { throw .invalid(check.errors) }
    return (id, to, words, due, number)
  }

  static func reason(_ typed: Typed) throws(Refusal) -> String {
    var check = FormCheck(typed)
    let reason = check.required("reason", say("Say why it is refused."), limit: OfficeTask.longest)
    try check.finish()
    return reason
  }

  /// Nil where nobody wants the daily word.
  static func digest(_ typed: Typed) throws(Refusal) -> TaskDigest? {
    var check = FormCheck(typed)
    guard let address = check.text("address", limit: 254) else {
      try check.finish()
      return nil
    }
    if !MailServer.isAddress(address) { check.refuse("address", say("This is not an e-mail address.")) }
    let language: Language? = check.required(choice: "language", say("Choose the language."))
    try check.finish()
    guard let language else { throw .invalid(check.errors) }
    return TaskDigest(address: address, language: language)
  }
}
