import Foundation

/// A "no" that the person asking must hear, in words they understand.
/// Anything else that is thrown is a fault of ours, and is shown as such.
package enum Refusal: Error, Equatable {
  /// Unknown, or not for this actor's eyes: the same answer for both (404).
  case notFound
  /// It was here and was destroyed, by a decision that the phrase names (410).
  case gone(Phrase)
  /// The duty that is missing (403).
  case notAllowed(Duty)
  /// Nobody is signed in (the sign-in page).
  case signIn
  /// The state of things does not allow it (409).
  case conflict(Phrase)
  /// Two people changed the same fields; nothing has been written (409). The draft is what to go on from: the newest
  /// fields, with what was typed on top.
  case changedMeanwhile([FieldConflict], draft: Fields)
  /// Too often: try again after so many seconds (429).
  case tooMany(retryAfter: Int)
  /// What was typed, field by field (422).
  case invalid([FieldError])
}

extension Refusal {
  /// A form that was sent before with other answers: those stay, and sent again these make a record of their own.
  /// - Parameter kept: the words that were saved; nil where there is more to it than words.
  package static func sentBefore(_ field: String, kept: String? = nil) -> Refusal {
    let message =
      kept.map {
        say(
          "You sent this form before with “\($0)”, and that is saved. Send it again to save this beside it.")
      }
      ?? say(
        "You sent this form before with other answers, and those are saved. Send it again to save these too.")
    return .invalid([FieldError(field, message)])
  }
}

/// What is wrong with one field, and how to mend it.
package struct FieldError: Equatable, Sendable {
  /// The name of the form field.
  package let field: String
  package let message: Phrase

  package init(_ field: String, _ message: Phrase) {
    self.field = field
    self.message = message
  }
}

/// One field that two people changed from the same starting point.
package struct FieldConflict: Equatable, Sendable {
  package let field: String
  /// What it was when both began; nil when it was empty.
  package let base: String?
  package let mine: String?
  package let theirs: String?
  /// Who saved theirs and when; nil where nobody knows.
  package var saved: Saving?

  package struct Saving: Equatable, Sendable {
    package let by: AccountID
    package let at: Date

    package init(by: AccountID, at: Date) {
      self.by = by
      self.at = at
    }
  }

  package init(
    field: String, base: String?, mine: String?, theirs: String?, saved: Saving? = nil
  ) {
    self.field = field
    self.base = base
    self.mine = mine
    self.theirs = theirs
    self.saved = saved
  }

  /// Both values beside the field; nothing is lost.
  /// - Parameters:
  ///   - who: the name of whoever saved theirs, and the time as the reader reads it.
  ///   - shown: a value as the reader knows it: the name of a place, not its code.
  package func told(
    by who: (name: String, time: String)? = nil, _ shown: (_ field: String, _ value: String) -> String
  ) -> FieldError {
    func words(_ value: String?) -> String { value.map { shown(field, $0) } ?? "—" }
    return FieldError(
      field,
      who.map {
        say(
          "\($0.name) saved “\(words(theirs))” here meanwhile, \($0.time) (it was “\(words(base))”). Send again to keep yours: “\(words(mine))”."
        )
      }
        ?? say(
          "Someone saved “\(words(theirs))” here meanwhile (it was “\(words(base))”). Send again to keep yours: “\(words(mine))”."
        ))
  }
}
