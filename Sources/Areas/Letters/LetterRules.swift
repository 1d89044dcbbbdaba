import Basics
import Foundation

/// Decisions only: no database, no clock, no request.
enum LetterRules {
  /// The first word that nobody may read on the outside; nil where there is none.
  /// - Parameter words: beginnings or middles of words; accents, marks and capitals do not count.
  static func telling(_ outside: String, among words: [String] = LetterModels.outsideWords) -> String? {
    let text = folded(outside)
    return words.first { text.contains(folded($0)) }
  }

  private static func folded(_ text: String) -> String {
    let kept = text.decomposedStringWithCanonicalMapping.unicodeScalars.filter {
      $0.properties.generalCategory != .nonspacingMark && $0.properties.generalCategory != .format
        && $0.value != 0x0640
    }
    return String(String.UnicodeScalarView(kept)).lowercased()
  }

  /// The name of a letter's PDF: ASCII, and nothing of what it is about.
  static func fileName(_ number: String, _ language: Language) -> String {
    "courrier-\(number)-\(language.rawValue).pdf"
  }

  /// What others may see of a letter: its subject; of an SMS all of it.
  static func outside(_ text: LetterText, _ channel: Letter.Channel) -> String {
    channel == .sms ? "\(text.subject)\n\(text.body)" : text.subject
  }

  /// The language that comes first among those spoken; nil where none of ours is named.
  static func preferred(_ languages: String?) -> Language? {
    guard let text = languages.map(folded) else { return nil }
    let names: [(Language, [String])] = [
      (.arabic, ["arab", "عرب"]), (.french, ["fran", "french", "فرنس"]),
      (.english, ["angl", "engl", "انجل", "انكل"]),
    ]
    let found = names.compactMap { language, beginnings -> (Language, String.Index)? in
      beginnings.compactMap { text.range(of: folded($0))?.lowerBound }.min().map { (language, $0) }
    }
    return found.min { $0.1 < $1.1 }?.0
  }

  static func ways(of channel: Letter.Channel) -> [Letter.Way] {
    channel == .sms ? [.sms, .phone] : [.handed, .posted, .phone]
  }

  /// What went out, or was withdrawn, stays so.
  static func maySend(_ letter: Letter, _ sent: Letter.Sent) throws(Refusal) {
    guard letter.withdrawn == nil else { throw .conflict(say("This letter was withdrawn.")) }
    guard letter.sent == nil else { throw .conflict(say("How this letter went out is recorded already.")) }
    guard ways(of: letter.channel).contains(sent.way) else {
      throw .invalid([FieldError("way", say("Choose how it went out."))])
    }
    guard sent.on >= Day(of: letter.writtenAt) else {
      throw .invalid([FieldError("sent-on", say("This day is before the letter was written."))])
    }
  }

  /// How many messages an SMS becomes. Source: 3GPP TS 23.038 (GSM 03.38), 6.1 and 6.2; 23.040 for the joined ones.
  static func segments(of text: String) -> (count: Int, isUnicode: Bool) {
    var sizes: [Int] = []
    for scalar in text.unicodeScalars {
      if basic.contains(scalar) {
        sizes.append(1)
      } else if extended.contains(scalar) {
        sizes.append(2)
      } else {
        let units = text.unicodeScalars.map { UTF16.width($0) }
        return (count(units, single: 70, joined: 67), true)
      }
    }
    return (count(sizes, single: 160, joined: 153), false)
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
