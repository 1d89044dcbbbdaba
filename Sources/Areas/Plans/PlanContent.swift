import Basics
import Foundation

/// What a plan says at one moment: kept, sealed, of each version that was agreed, and compared with others.
///
/// Whether an action is under way or done is no part of it; that it was given up is.
package struct PlanContent: Codable, Equatable, Sendable {
  package enum Kind: String, Codable, Sendable {
    case goal, action, budget
  }

  package struct Item: Codable, Equatable, Sendable {
    package let kind: Kind
    package let id: String
    /// The goal of an action, the action of a budget line.
    package let under: String?
    package let fields: [String: String]
    /// Why it was given up; nil as long as it stands.
    package let givenUp: String?

    package init(kind: Kind, id: String, under: String?, fields: [String: String], givenUp: String?) {
      self.kind = kind
      self.id = id
      self.under = under
      self.fields = fields
      self.givenUp = givenUp
    }
  }

  /// Each after what it stands under.
  package let items: [Item]

  package init(_ items: [Item]) { self.items = items }

  /// The items that nobody gave up, and that stand under such.
  package var standing: [Item] {
    var ids: Set<String> = []
    return items.filter { item in
      guard item.givenUp == nil, item.under.map(ids.contains) ?? true else { return false }
      ids.insert(item.id)
      return true
    }
  }

  /// Its mark on a line, then the content as JSON: whether a plan changed is asked each time its case is opened, and
  /// answered by the first line.
  /// - Throws: what Foundation throws of an item that cannot be written; there is none such.
  func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return try Array("\(mark)\n".utf8) + Array(encoder.encode(self))
  }

  init(bytes: [UInt8]) throws {
    let json = bytes.drop { $0 != UInt8(ascii: "{") }
    self = try JSONDecoder().decode(Self.self, from: Data(json))
  }

  /// The mark of what `bytes` hold; what was kept before marks were is read whole.
  static func mark(of bytes: [UInt8]) throws -> String {
    guard bytes.first != UInt8(ascii: "{") else { return try PlanContent(bytes: bytes).mark }
    return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
  }

  /// A short sign that two contents are the same: what somebody had before her eyes when she agreed. No secret, and
  /// no protection: FNV-1a, 64 bits.
  var mark: String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ text: String) {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
      hash = (hash ^ 0xFF) &* 0x0000_0100_0000_01b3
    }
    for item in standing {
      add(item.id)
      for (name, value) in item.fields.sorted(by: { $0.key < $1.key }) { add("\(name)=\(value)") }
    }
    return String(hash, radix: 16)
  }
}

/// One thing that differs between two contents.
package struct PlanChange: Equatable, Sendable {
  package enum What: Equatable, Sendable {
    case added
    /// With the reason where one was given.
    case removed(String?)
    case changed([FieldChange])
  }

  package let what: What
  /// As it is after the change; as it was before it was removed.
  package let item: PlanContent.Item
}

extension Plan {
  /// What it says now.
  package var content: PlanContent { PlanContent(of: goals) }
}

extension PlanContent {
  init(of goals: [Plan.Goal]) {
    self.init(
      goals.flatMap { goal in
        [
          PlanContent.Item(
            kind: .goal, id: goal.id.text, under: nil, fields: goal.fields.values, givenUp: goal.reason)
        ]
          + goal.actions.flatMap { action in
            [
              PlanContent.Item(
                kind: .action, id: action.id.text, under: goal.id.text, fields: action.fields.values,
                givenUp: action.state == .abandoned ? action.reason ?? "" : nil)
            ]
              + action.budget.map { line in
                PlanContent.Item(
                  kind: .budget, id: line.id.text, under: action.id.text, fields: line.fields.values,
                  givenUp: nil)
              }
          }
      })
  }
}

extension Plan.Goal {
  /// By the names of the form.
  var fields: Fields { Fields(["track": track.rawValue, "goal": text]) }
}

extension Plan.Action {
  /// By the names of the form.
  var fields: Fields { Fields(Fields(["action": text, "who": who]).values.merging(day) { $1 }) }

  private var day: [String: String] { by.map { ["by": $0.description] } ?? [:] }
}
