import Basics
import Foundation

/// Decisions only: no database, no clock, no request.
enum MessageRules {
  /// Ten joined SMS in UCS-2. Source: 3GPP TS 23.040.
  static let smsLimit = 670
  static let textLimit = 20_000
  static let subjectLimit = 200
  /// A message that no gateway took is given up after so many tries: the last ones are six hours apart, about three
  /// days in all with a first delay of a minute.
  static let mostTries = 20
  private static let longestDelay: TimeInterval = 6 * 3_600

  /// How long to wait after the try with this number (the first is 1): twice as long each time, at most six hours.
  static func delay(afterTry number: Int, first: TimeInterval) -> TimeInterval {
    min(first * pow(2, Double(min(max(number, 1), 40) - 1)), max(first, longestDelay))
  }

  /// - Throws: `Refusal.invalid` naming what cannot be sent: `address`, `subject` or `text`.
  static func mayQueue(_ new: NewMessage, _ outside: OutsideWords) throws(Refusal) {
    var errors: [FieldError] = []
    switch new.kind {
    case .sms:
      if phone(new.text.address) == nil {
        errors.append(
          FieldError("address", say("Write the phone number in the international form, as +216 20 123 456.")))
      }
      if new.text.text.utf16.count > smsLimit {
        errors.append(FieldError("text", say("This is too long for an SMS.")))
      }
    case .email:
      if !isMail(new.text.address) {
        errors.append(FieldError("address", say("This is not an e-mail address.")))
      }
      if new.text.subject.isEmpty || new.text.subject.unicodeScalars.count > subjectLimit
        || new.text.subject.unicodeScalars.contains(where: isControl)
      {
        errors.append(FieldError("subject", say("Write a subject in one line.")))
      }
    }
    if new.text.text.isEmpty || new.text.text.unicodeScalars.count > textLimit {
      errors.append(FieldError("text", say("Write what the message says, and not too much.")))
    }
    if let word = telling(new, outside) {
      errors.append(FieldError("text", say("Others may read this: it must not say “\(word)”.")))
    }
    guard errors.isEmpty else { throw .invalid(errors) }
  }

  /// The first word that tells where others may read it: of an SMS to the person all of it, of every e-mail the subject.
  private static func telling(_ new: NewMessage, _ outside: OutsideWords) -> String? {
    if let word = outside.telling(in: new.text.subject) { return word }
    return new.recipient == .person && new.kind == .sms ? outside.telling(in: new.text.text) : nil
  }

  /// The number with nothing but its digits after the `+`; nil where it is no number of the whole world.
  /// Source: ITU-T E.164, at most 15 digits.
  static func phone(_ text: String) -> String? {
    let digits = text.westernDigits.unicodeScalars.filter {
      !" .-()\u{A0}\u{202F}\u{200E}\u{200F}".unicodeScalars.contains($0)
    }
    let number = String(String.UnicodeScalarView(digits))
    return number.wholeMatch(of: /\+[1-9][0-9]{6,14}/) == nil ? nil : number
  }

  /// Whether a mail server can be given it as it stands: ASCII, one `@`, nothing that ends a line or a command.
  static func isMail(_ text: String) -> Bool {
    text.utf8.count <= 254
      && text.wholeMatch(of: /[A-Za-z0-9.!#$%&'*+\/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*/) != nil
  }

  /// The number as every gateway takes it: kannel reads a space as the beginning of another number.
  static func address(_ text: String, of kind: Message.Kind) -> String {
    kind == .sms ? phone(text) ?? text : text
  }

  static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
  }

  /// What a try came to.
  struct Outcome: Equatable {
    let state: Message.State
    var nextAt: Date?
    var problem: String?
  }

  /// - Parameters:
  ///   - tries: with the one that was just made.
  ///   - first: the delay after the first try, in seconds.
  static func outcome(
    _ answer: GatewayAnswer, of kind: Message.Kind, tries: Int, first: TimeInterval, at now: Date
  ) -> Outcome {
    switch answer {
    case .taken: Outcome(state: .sent)
    case .refused(let why): Outcome(state: .failed, problem: why)
    case .notNow(let why): again(tries, first, why, at: now)
    // At most once: nobody gets the same SMS twice because an answer was lost.
    case .unknown(let why):
      kind == .sms ? Outcome(state: .unclear, problem: why) : again(tries, first, why, at: now)
    }
  }

  private static func again(_ tries: Int, _ first: TimeInterval, _ why: String, at now: Date) -> Outcome {
    tries >= mostTries
      ? Outcome(state: .failed, problem: why)
      : Outcome(
        state: .waiting, nextAt: now.addingTimeInterval(delay(afterTry: tries, first: first)), problem: why)
  }

  /// What becomes of a message in the middle of which the program ended.
  static func afterCrash(_ kind: Message.Kind, at now: Date) -> Outcome {
    kind == .sms
      ? Outcome(state: .unclear, problem: "crash") : Outcome(state: .waiting, nextAt: now, problem: "crash")
  }

  /// - Throws: `Refusal.conflict` unless the message lies among those that did not go.
  static func mayTryAgain(_ message: Message, isThere: Bool) throws(Refusal) {
    try mustHaveFailed(message)
    guard message.state != .unagreed, message.state != .late else {
      throw .conflict(say("This message is not sent again."))
    }
    guard isThere else { throw .conflict(say("No gateway is configured: print it or call.")) }
  }

  static func mustHaveFailed(_ message: Message) throws(Refusal) {
    guard Message.shelf(of: message.state, settled: message.settled) == .failed else {
      throw .conflict(say("There is nothing to be done about this message any more."))
    }
  }
}
