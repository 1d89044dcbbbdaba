import Basics
import Foundation
import Messages
import People

/// Decisions only: no database, no clock, no request.
enum LetterRules {
  /// The name of a letter's PDF: ASCII, and nothing of what it is about.
  static func fileName(_ number: String, _ language: Language) -> String {
    "courrier-\(number)-\(language.rawValue).pdf"
  }

  /// What tells on the outside, beside the field that mends it: of a letter its subject and the address that shows
  /// through the window, of an SMS all of it.
  /// - Parameters:
  ///   - bare: the text without the names of persons, which tell nothing whatever they look like.
  ///   - identity: hers to whom it goes: some words are not to be used towards her.
  static func telling(
    _ bare: LetterText, from model: LetterModel, _ words: OutsideWords, to identity: Identity
  ) -> [FieldError] {
    func telling(in text: String) -> String? {
      words.telling(in: text) ?? Messages.avoided(in: text, for: identity)
    }
    var errors: [FieldError] = []
    if model.channel == .letter, let word = telling(in: bare.recipient) {
      let why = say(
        "The address says “\(word)”, and others may read it: leave it out, or correct it in the file.")
      errors.append(FieldError("recipient", why))
    }
    let shown = model.channel == .sms ? "\(bare.subject)\n\(bare.body)" : bare.subject
    if let word = telling(in: shown) {
      let field = model.fields.first { telling(in: bare.typed[$0.name] ?? "") != nil }
      let why = say("Others may read this: it must not say “\(word)”.")
      errors.append(FieldError(field?.name ?? "language", why))
    }
    return errors
  }

  /// Whether a letter of this kind may be written for a case.
  static func mayWrite(_ model: LetterModel, isClosed: Bool, to person: OpenedPerson) throws(Refusal) {
    guard isClosed || !model.isForClosed else {
      throw .conflict(say("This letter is for persons whose case is closed."))
    }
    if model.channel == .sms { try mustReachBySMS(person) }
  }

  static func mustReachBySMS(_ person: OpenedPerson) throws(Refusal) {
    if let why = whyNoSMS(to: person) { throw .conflict(why) }
  }

  /// Source: organic law 2004-63, consent for each purpose.
  static func whyNoSMS(to person: OpenedPerson) -> Phrase? {
    guard person.consents.contains(where: { $0.isInForce && $0.purpose == .sms }) else {
      return say("The person has not agreed to messages by SMS: record that first.")
    }
    return person.person.identity.unsafeWay?.covers(.sms) == true
      ? say("An SMS is not safe for this person: others read it.") : nil
  }

  static func ways(of channel: Letter.Channel) -> [Letter.Way] {
    channel == .sms ? [.sms, .phone] : [.handed, .posted, .phone]
  }

  /// What went out, or was withdrawn, stays so; without consent no SMS goes out, whenever it was written.
  static func maySend(_ letter: Letter, _ sent: Letter.Sent, to person: OpenedPerson) throws(Refusal) {
    guard letter.withdrawn == nil else { throw .conflict(say("This letter was withdrawn.")) }
    guard letter.sent == nil else { throw .conflict(say("How this letter went out is recorded already.")) }
    guard ways(of: letter.channel).contains(sent.way) else {
      throw .invalid([FieldError("way", say("Choose how it went out."))])
    }
    guard sent.on >= Day(of: letter.writtenAt) else {
      throw .invalid([FieldError("sent-on", say("This day is before the letter was written."))])
    }
    if sent.way == .sms { try mustReachBySMS(person) }
  }

  /// Spaces that do not break and curled apostrophes as a telephone has them: one of them would make the whole of an SMS
  /// twice as long.
  static func plain(_ text: String) -> String {
    text.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ").replacing("’", with: "'")
  }

  /// How many messages an SMS becomes, and how long it is in septets or, where it holds a letter beyond GSM-7, in units
  /// of UCS-2. Source: 3GPP TS 23.038 (GSM 03.38), 6.1 and 6.2; 23.040 for the joined ones.
  static func segments(of text: String) -> (count: Int, units: Int, isUnicode: Bool) {
    var sizes: [Int] = []
    for scalar in text.unicodeScalars {
      if basic.contains(scalar) {
        sizes.append(1)
      } else if extended.contains(scalar) {
        sizes.append(2)
      } else {
        let units = text.unicodeScalars.map { UTF16.width($0) }
        return (count(units, single: 70, joined: 67), units.reduce(0, +), true)
      }
    }
    return (count(sizes, single: 160, joined: 153), sizes.reduce(0, +), false)
  }

  /// A letter of two units is never cut in two.
  private static func count(_ sizes: [Int], single: Int, joined: Int) -> Int {
    guard sizes.reduce(0, +) > single else { return sizes.isEmpty ? 0 : 1 }
    var (count, filled) = (1, 0)
    for size in sizes {
      if filled + size > joined { (count, filled) = (count + 1, 0) }
      filled += size
    }
    return count
  }

  private static let basic = Set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
      .unicodeScalars)
  private static let extended = Set("\u{0C}^{}\\[~]|€".unicodeScalars)
}
