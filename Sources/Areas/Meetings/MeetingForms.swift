import Basics
import Cases
import Tasks

/// From what was typed to what is meant.
enum MeetingForm {
  /// - Parameter people: who may be named as present.
  static func head(_ typed: Typed, people: some Sequence<AccountID>, today: Day) throws(Refusal) -> (
    id: RecordID<Meeting>, head: MeetingHead, version: Int
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Meeting> = check.newID()
    let day = check.day("day", in: (today + -366)...(today + 31))
    if day == nil, typed["day"].isEmpty { check.refuse("day", say("Choose a day.")) }
    let chosen = Set(typed.all("present"))
    let present = people.filter { chosen.contains($0.text) }
    if present.count != chosen.count { check.refuse("present", say("Choose somebody of the list.")) }
    let guests = check.paragraph("guests", limit: 2_000)
    if present.isEmpty, guests == nil, check.errors.isEmpty {
      check.refuse("present", say("Say who was there."))
    }
    let version = check.number("version", in: 0...1_000_000) ?? 0
    try check.finish()
    guard let day else { throw .invalid(check.errors) }
    return (id, MeetingHead(day: day, present: present, guests: guests), version)
  }

  /// - Parameter receivers: to whom the actor may give a task.
  static func item(_ typed: Typed, receivers: some Sequence<OfficeTask.Receiver>, today: Day) throws(Refusal)
    -> (id: RecordID<MeetingItem>, words: String, decision: NewMeetingItem.Decision?, number: String?)
  {
    var check = FormCheck(typed)
    let id: RecordID<MeetingItem> = check.newID()
    let words = check.required("words", say("Say what was spoken of."), limit: Meeting.longest)
    let decided = check.paragraph("decision", limit: OfficeTask.longest)
    let chosen = typed["to"]
    let to = receivers.first { $0.code == chosen }
    let due = check.day("due", in: (today + -31)...(today + 730))
    if decided != nil {
      if to == nil { check.refuse("to", say("Choose who has to do it.")) }
      if due == nil, typed["due"].isEmpty { check.refuse("due", say("Choose a day.")) }
    } else if !chosen.isEmpty || due != nil {
      check.refuse("decision", say("Say what was decided."))
    }
    let number = check.text("case-number", limit: 30)
    try check.finish()
    var decision: NewMeetingItem.Decision?
    if let decided, let to, let due { decision = NewMeetingItem.Decision(words: decided, to: to, due: due) }
    return (id, words, decision, number)
  }
}
