import Basics

/// Decisions only: no database, no clock, no request.
enum QuestionRules {
  static func mustBeWhole(_ words: String, _ field: String, _ message: Phrase) throws(Refusal) {
    guard words.contains(where: { !$0.isWhitespace }) else { throw .invalid([FieldError(field, message)]) }
    guard words.count <= Question.longest else {
      throw .invalid([FieldError(field, say("At most \(Question.longest) characters."))])
    }
  }

  /// Whose questions an actor sees.
  enum Sight: Equatable {
    case everybody
    case antenna(AntennaCode)
    case nobody
  }

  static func sight(of actor: Actor) -> Sight {
    if actor.may(.answerQuestions) { return .everybody }
    if actor.may(.openFiles), let antenna = actor.antenna { return .antenna(antenna) }
    return .nobody
  }
}
