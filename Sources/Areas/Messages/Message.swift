import Basics
import Cases
import Foundation
import Storage

/// An e-mail or an SMS on its way out: queued by another room in its own transaction, sent by the program afterwards.
package struct Message: Identifiable, Sendable {
  package enum Kind: String, Storable, CaseIterable, Sendable { case email, sms }

  /// To whom it goes: what a person herself gets needs her consent, and says nothing that others may not read.
  package enum Recipient: String, Storable, CaseIterable, Sendable { case person, provider, staff }

  package enum State: String, Storable, CaseIterable, Sendable {
    /// To be sent, now or at `nextAt`.
    case waiting
    /// Written down before the gateway is asked.
    case sending
    /// The gateway took it.
    case sent
    /// The gateway refused it, or did not take it for too long.
    case failed
    /// An SMS of which nobody knows whether it went: it is not sent again by the program.
    case unclear
    /// No gateway is configured: it is printed, or said on the phone.
    case unavailable
    /// The person has not agreed to be written to in this way, or does not any more.
    case unagreed
    /// It was of no more use before it went.
    case late
    /// Taken back before it went.
    case withdrawn
  }

  /// Where it lies.
  package enum Shelf: String, Storable, CaseIterable, Sendable { case waiting, gone, failed, over }

  /// What somebody did about a message that did not go.
  package enum Settlement: String, Storable, CaseIterable, Sendable {
    case called, printed, otherwise, needless
  }

  package let id: RecordID<Message>
  package let kind: Kind
  package let recipient: Recipient
  /// What it is, for those who see the list: nothing about anybody.
  package let what: Phrase
  package let language: Language
  package let file: RecordID<CaseFile>?
  package let state: State
  package let queuedAt: Date
  package let queuedBy: AccountID
  package let changedAt: Date
  /// When it is tried next; nil unless it waits.
  package let nextAt: Date?
  package let tries: Int
  /// Why it did not go, in the gateway's own number: `smtp 550`, `http 403`, `curl 7`.
  package let problem: String?
  package let settled: Settlement?

  package static func reference(_ id: RecordID<Message>) -> RecordReference { RecordReference("message", id) }

  package static func shelf(of state: State, settled: Settlement? = nil) -> Shelf {
    switch state {
    case .waiting, .sending: .waiting
    case .sent: .gone
    case .failed, .unclear, .unavailable, .unagreed, .late: settled == nil ? .failed : .over
    case .withdrawn: .over
    }
  }
}

/// What a message says, and to which address; sealed.
package struct MessageText: Equatable, Sendable {
  /// An e-mail address, or a phone number in the international form.
  package let address: String
  /// Of an e-mail; empty for an SMS.
  package let subject: String
  /// `{link}` stands where the link goes.
  package let text: String

  package init(address: String, subject: String = "", text: String) {
    self.address = address
    self.subject = subject
    self.text = text
  }

  var fields: Fields { Fields(["address": address, "subject": subject, "text": text]) }

  init(_ fields: Fields) {
    self.init(
      address: fields["address"] ?? "", subject: fields["subject"] ?? "", text: fields["text"] ?? "")
  }

  /// As it goes out.
  func with(link: String?) -> MessageText {
    MessageText(address: address, subject: subject, text: text.replacing("{link}", with: link ?? "…"))
  }
}

extension NewMessage {
  /// With the address as it is sent to.
  var cleanText: MessageText {
    MessageText(
      address: MessageRules.address(text.address, of: kind), subject: text.subject, text: text.text)
  }
}

/// A message that a room wants to have sent.
package struct NewMessage: Sendable {
  /// Names the message in the room that queues it: the same key a second time is the same message.
  package let key: String
  package let kind: Message.Kind
  package let recipient: Message.Recipient
  /// What it is, for the lists: without a value and without a word about anybody.
  package let what: Phrase
  package let language: Language
  package let text: MessageText
  /// Goes where the text says `{link}`; kept sealed and apart, and gone once the message went: nobody here reads it.
  package let link: String?
  /// The case it is about; nil for a word to the staff or to a provider that is about nobody.
  package let about: RecordID<CaseFile>?
  /// Whose matter it is where it is about no case.
  package let antenna: AntennaCode?
  package let account: AccountID?
  /// Not before this moment; at once where it is nil.
  package let from: Date?
  /// Of no more use afterwards: a reminder after the appointment.
  package let until: Date?

  package init(
    key: String, _ kind: Message.Kind, to recipient: Message.Recipient, _ text: MessageText,
    what: Phrase, language: Language, about: RecordID<CaseFile>?, link: String? = nil,
    antenna: AntennaCode? = nil, account: AccountID? = nil, from: Date? = nil, until: Date? = nil
  ) {
    self.key = key
    self.kind = kind
    self.recipient = recipient
    self.text = text
    self.what = what
    self.language = language
    self.about = about
    self.link = link
    self.antenna = antenna
    self.account = account
    self.from = from
    self.until = until
  }
}
