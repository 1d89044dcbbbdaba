import Basics
import Crypto
import Foundation

/// What the minutes say, whatever the language they are printed in: of this their hash is made, so that a paper can be
/// held against the journal later.
struct CommitteeMinutes: Encodable, Sendable {
  struct Member: Encodable, Sendable {
    let account: String
    let role: String
    let wasPresent: Bool
    let wasRemoved: Bool
  }

  struct Line: Encodable, Sendable {
    let number: Int
    let item: String
    let track: String
    let asked: String
    /// In ten thousandths of the most points.
    let score: Int?
    let counted: Int
    let agreed: Int
    let outcome: String
    let granted: String?
    let conditions: String?
    let reason: String?
    let text: String?
    /// By account.
    let votes: [String: String]
    let conflicts: [String]
  }

  let session: String
  let antenna: String?
  let day: String
  let place: String
  let quorum: Int
  let grid: String
  let members: [Member]
  let lines: [Line]

  /// - Parameter decisions: with what is sealed of them opened.
  init(_ opened: OpenedSession, _ decisions: [RecordID<CommitteeItem>: Decision]) {
    let session = opened.session
    self.session = session.id.text
    antenna = session.antenna?.rawValue
    day = session.day.description
    place = session.place
    quorum = session.quorum
    grid = session.grid
    members = opened.members.map {
      Member(
        account: $0.account.text, role: $0.role.rawValue, wasPresent: $0.isPresent, wasRemoved: !$0.sits)
    }
    lines = opened.entries.compactMap { entry in
      decisions[entry.item.id].map { Self.line(entry, $0, opened) }
    }
  }

  private static func line(_ entry: AgendaEntry, _ decision: Decision, _ opened: OpenedSession) -> Line {
    let item = entry.item
    func told(_ money: Money) -> String { "\(money.typed) \(money.currency.rawValue)" }
    let votes = opened.votes[item.id, default: [:]].map { ($0.key.text, $0.value.rawValue) }
    return Line(
      number: entry.number, item: item.id.text, track: item.track.rawValue, asked: told(item.amount),
      score: CommitteeRanking.average(opened.countedScores(item)), counted: decision.counted,
      agreed: decision.agreed, outcome: decision.outcome.rawValue, granted: decision.amount.map(told),
      conditions: decision.words.conditions, reason: decision.words.reason?.rawValue,
      text: decision.words.text, votes: Dictionary(votes) { first, _ in first },
      conflicts: opened.conflicts[item.id, default: [:]].keys.map(\.text).sorted())
  }

  /// SHA-256 in hexadecimal digits.
  func hash() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Self.hash(Array(try encoder.encode(self)))
  }

  static func hash(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef")
    return String(SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
