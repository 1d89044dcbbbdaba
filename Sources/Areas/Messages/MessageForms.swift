import Basics

/// What was typed into the forms of a message.
enum MessageForm {
  static func settlement(_ typed: Typed) throws(Refusal) -> Message.Settlement {
    var check = FormCheck(typed)
    let how = check.required(choice: "how", say("Choose what was done.")) as Message.Settlement?
    try check.finish()
    guard let how else { throw .invalid(check.errors) }
    return how
  }
}
