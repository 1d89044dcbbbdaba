import Basics
import Foundation

/// An e-mail as it travels. Source: RFC 5322, RFC 2045 and RFC 2047.
enum MailText {
  /// - Parameters:
  ///   - id: names the message for ever: a second copy of it is known as such.
  ///   - from: the sender's own address; both addresses were checked when the message was queued.
  static func bytes(
    of text: MessageText, id: RecordID<Message>, from: String, language: Language, at now: Date
  ) -> [UInt8] {
    let host = from.split(separator: "@").last.map(String.init) ?? "localhost"
    let head = [
      "Date: \(date(now))", "From: Tounesna <\(from)>", "To: <\(text.address)>",
      "Message-ID: <\(id)@\(host)>", "Subject: \(encoded(text.subject))", "MIME-Version: 1.0",
      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64",
      "Content-Language: \(language.rawValue)", "Auto-Submitted: auto-generated",
    ]
    let lines = text.text.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n")
    let body = Data(lines.utf8).base64EncodedString(options: [
      .lineLength76Characters, .endLineWithCarriageReturn, .endLineWithLineFeed,
    ])
    return Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body + "\r\n").utf8)
  }

  /// The bytes of one encoded word: with `Subject: ` before it a line stays under 76 characters.
  private static let wordSize = 39

  /// As it stands where it is plain, else in encoded words, each of whole letters. Source: RFC 2047, 2 and 5.
  static func encoded(_ text: String) -> String {
    let isPlain =
      text.utf8.count <= 60 && text.utf8.allSatisfy { (0x20..<0x7F).contains($0) } && !text.contains("=?")
    guard !isPlain else { return text }
    var words: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
      let letter = Array(String(Character(scalar)).utf8)
      if words[words.count - 1].count + letter.count > wordSize { words.append([]) }
      words[words.count - 1] += letter
    }
    return words.map { "=?UTF-8?B?\(Data($0).base64EncodedString())?=" }.joined(separator: "\r\n ")
  }

  private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// `Thu, 12 Mar 2026 08:00:00 +0000`.
  static func date(_ moment: Date) -> String {
    let seconds = Int(moment.timeIntervalSince1970.rounded(.down))
    let day = Day(number: Int((Double(seconds) / 86_400).rounded(.down)))
    let rest = seconds - day.number * 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let (year, month, number) = day.parts
    return
      "\(days[day.weekday]), \(two(number)) \(months[month - 1]) \(year) \(two(rest / 3_600)):\(two(rest / 60 % 60)):\(two(rest % 60)) +0000"
  }
}
