import Basics
import Storage

/// What was typed, and what is meant.
enum PieceForm {
  /// - Parameter followers: those who may be chosen, and who follows it now.
  static func checked(_ typed: Typed, today: Day, followers: [AccountID]) throws(Refusal) -> (
    fields: Fields, version: Int, id: RecordID<Piece>
  ) {
    var check = FormCheck(typed)
    let id: RecordID<Piece> = check.newID()
    var fields = Fields()
    let state = check.required(choice: "state", say("Choose how it stands.")) as Piece.State?
    fields["state"] = state?.rawValue
    let day = check.day("since", in: (today + -36_600)...(today + 3_660)) ?? today
    fields["since"] = day.description
    fields["note"] = check.paragraph("note", limit: 1_000)
    fields["due-on"] = check.day("due-on", in: (today + -3_660)...(today + 3_660))?.description
    if !typed["follower"].isEmpty {
      if let follower = followers.first(where: { $0.text == typed["follower"] }) {
        fields["follower"] = follower.text
      } else {
        check.refuse("follower", say("Choose one of the answers offered."))
      }
    }
    try check.finish()
    try PieceRules.mustBeSound(fields, on: today)
    return (fields, Int(typed["version"]) ?? 0, id)
  }
}
