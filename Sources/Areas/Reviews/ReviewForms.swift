import Basics

/// From what was typed to what is meant.
enum ReviewForm {
  /// - Parameter antennas: those that there are.
  static func round(_ typed: Typed, antennas: some Sequence<AntennaCode>, today: Day) throws(Refusal)
    -> NewReviewRound
  {
    var check = FormCheck(typed)
    let id: RecordID<ReviewRound> = check.newID()
    let antenna = check.code("antenna", among: antennas)
    if antenna == nil, typed["antenna"].isEmpty { check.refuse("antenna", say("Choose the antenna.")) }
    let basis: ReviewRound.Basis? = check.required(choice: "basis", say("Choose which files."))
    let days = (today + -3_660)...today
    let from = check.day("from", in: days)
    if from == nil, typed["from"].isEmpty { check.refuse("from", say("Choose a day.")) }
    let until = check.day("until", in: days)
    if until == nil, typed["until"].isEmpty { check.refuse("until", say("Choose a day.")) }
    if let from, let until, until < from {
      check.refuse("until", say("The last day stands before the first."))
    }
    let count = check.number("count", in: 1...ReviewRound.most)
    if count == nil, typed["count"].isEmpty { check.refuse("count", say("Write how many files are drawn.")) }
    let raters = check.number("raters", in: 1...2)
    if raters == nil, typed["raters"].isEmpty {
      check.refuse("raters", say("Choose how many review each file."))
    }
    try check.finish()
    guard let antenna, let basis, let from, let until, let count, let raters else {
      throw .invalid(check.errors)
    }
    return NewReviewRound(
      id: id, ReviewRound.Criteria(antenna: antenna, basis: basis, days: from...until), count: count,
      raters: raters)
  }

  static func reading(_ typed: Typed, items: [String]) throws(Refusal) -> (draft: ReviewDraft, version: Int) {
    var check = FormCheck(typed)
    let id: RecordID<ReviewReading> = check.newID()
    var answers: [String: ReviewReading.Answer] = [:]
    var words: [String: String] = [:]
    for item in items {
      answers[item] = check.choice("answer-\(item)")
      words[item] = check.text("words-\(item)", limit: 2_000)
    }
    let version = check.number("version", in: 0...1_000_000) ?? 0
    try check.finish()
    return (ReviewDraft(id: id, answers: answers, words: words, isDone: typed.isChecked("done")), version)
  }

  static func finding(_ typed: Typed, items: [String], today: Day) throws(Refusal) -> NewReviewFinding {
    var check = FormCheck(typed)
    let id: RecordID<ReviewFinding> = check.newID()
    let item = items.first { $0 == typed["item"] }
    if item == nil { check.refuse("item", say("Choose the question.")) }
    let to: ReviewFinding.Receiver? = check.required(choice: "to", say("Choose who has to do it."))
    let words = check.required(
      "words", say("Say what is to be mended."), limit: ReviewFinding.longest)
    let due = check.day("due", in: today...(today + 366))
    if due == nil, typed["due"].isEmpty { check.refuse("due", say("Choose a day.")) }
    try check.finish()
    guard let item, let to, let due else { throw .invalid(check.errors) }
    return NewReviewFinding(id: id, item: item, to: to, words: words, due: due)
  }
}
