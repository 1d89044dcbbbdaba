import Basics

/// From what was typed to what is meant.
enum QuestionForm {
  static func question(_ typed: Typed) throws(Refusal) -> (
    id: RecordID<Question>, kind: Question.Kind, words: String, number: String?
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Question> = check.newID()
    let kind: Question.Kind? = check.required(choice: "kind", say("Choose what you need."))
    let words = check.required("words", say("Write what you ask."), limit: Question.longest)
    let number = check.text("case-number", limit: 30)
    try check.finish()
    guard let kind else { throw .invalid(check.errors) }
    return (id, kind, words, number)
  }

  static func answer(_ typed: Typed) throws(Refusal) -> Question.Answer {
    var check = FormCheck(typed)
    let outcome: Question.Outcome? = check.required(choice: "outcome", say("Choose the outcome."))
    let words = check.required("answer", say("Write the answer."), limit: Question.longest)
    try check.finish()
    guard let outcome else { throw .invalid(check.errors) }
    return Question.Answer(outcome: outcome, words: words)
  }
}
