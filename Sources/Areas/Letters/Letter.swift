import Basics
import Foundation
import Storage

/// A letter or message written to a person: its words as they were that day.
package struct Letter: Identifiable, Sendable {
  package enum Channel: String, Storable, CaseIterable, Sendable { case letter, sms }

  /// How it went out; the program sends nothing itself.
  package enum Way: String, Storable, CaseIterable, Sendable {
    case handed, posted, phone, sms
  }

  package struct Sent: Equatable, Sendable {
    package let way: Way
    package let on: Day

    package init(way: Way, on: Day) {
      self.way = way
      self.on = on
    }
  }

  package let id: RecordID<Letter>
  /// The name of its model, and which version of that.
  package let model: String
  package let version: Int
  package let language: Language
  package let channel: Channel
  package let text: LetterText
  package let writtenAt: Date
  package let writtenBy: AccountID
  package let sent: Sent?
  /// Why it was withdrawn; nil while it stands.
  package let withdrawn: String?

  /// Whether the same was typed for it.
  func isFrom(_ draft: LetterDraft) -> Bool {
    model == draft.model && language == draft.language && text.typed == draft.typed
  }
}

/// What a letter says, and what was typed for it.
package struct LetterText: Equatable, Sendable {
  let recipient: String
  let subject: String
  let body: String
  let typed: [String: String]

  init(recipient: String, subject: String, body: String, typed: [String: String]) {
    self.recipient = recipient
    self.subject = subject
    self.body = body
    self.typed = typed
  }

  var paragraphs: [String] { body.split(separator: "\n\n").map(String.init) }

  var fields: Fields {
    var values = ["recipient": recipient, "subject": subject, "body": body]
    for (name, value) in typed { values["typed.\(name)"] = value }
    return Fields(values)
  }

  init(_ fields: Fields) {
    recipient = fields["recipient"] ?? ""
    subject = fields["subject"] ?? ""
    body = fields["body"] ?? ""
    typed = Dictionary(
      uniqueKeysWithValues: fields.values.compactMap { name, value in
        name.hasPrefix("typed.") ? (String(name.dropFirst(6)), value) : nil
      })
  }
}

/// A letter that somebody is about to write.
package struct LetterDraft: Sendable {
  package let id: RecordID<Letter>
  package let model: String
  package let language: Language
  /// What was typed for the fields of the model; `recipient` is `name` where the address is left out.
  package let typed: [String: String]

  /// Whether the address stands under the name.
  var hasAddress: Bool { typed["recipient"] != "name" }

  package init(id: RecordID<Letter>, model: String, language: Language, typed: [String: String]) {
    self.id = id
    self.model = model
    self.language = language
    self.typed = typed
  }
}
