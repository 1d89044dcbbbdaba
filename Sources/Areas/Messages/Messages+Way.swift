import Basics
import Foundation
import People

/// How a person may be written to.
package struct MessageWay: Sendable, Equatable {
  package let kind: Message.Kind
  package let address: String
  /// Of those she speaks.
  package let language: Language
}

extension Messages {
  /// The first way to which she agreed, that is safe and for which an address is known; nil: she is called.
  package static func way(to opened: OpenedPerson) -> MessageWay? {
    func agrees(_ purpose: Consent.Purpose) -> Bool {
      opened.consents.contains { $0.isInForce && $0.purpose == purpose }
    }
    let identity = opened.person.identity
    let language = language(of: identity[.languages])
    if agrees(.sms), isSafe(.sms, for: identity), let phone = identity.phones.first {
      return MessageWay(kind: .sms, address: phone, language: language)
    }
    guard agrees(.email), isSafe(.email, for: identity), let address = identity[.email] else { return nil }
    return MessageWay(kind: .email, address: address, language: language)
  }

  static func isSafe(_ kind: Message.Kind, for identity: Identity) -> Bool {
    guard let unsafe = identity.unsafeWay else { return true }
    return !unsafe.covers(kind == .sms ? .sms : .email)
  }

  /// The first word of a text that is not to be used towards a person; nil where there is none.
  package static func avoided(in text: String, for identity: Identity) -> String? {
    identity[.wordsToAvoid].flatMap { OutsideWords(of: $0) }?.telling(in: text)
  }

  /// The first of ours among the languages she speaks; Arabic where none is named.
  package static func language(of spoken: String?) -> Language { firstOfOurs(spoken) ?? .arabic }

  /// The same; nil where none of ours is named.
  package static func firstOfOurs(_ spoken: String?) -> Language? {
    let text = OutsideWords.folded(spoken ?? "")
    let names: [(Language, [String])] = [
      (.arabic, ["arab", "عرب"]), (.french, ["fran", "french", "فرنس"]),
      (.english, ["angl", "engl", "انجل", "انكل"]),
    ]
    let found = names.compactMap { language, beginnings in
      beginnings.compactMap { text.range(of: $0)?.lowerBound }.min().map { (language, $0) }
    }
    return found.min { $0.1 < $1.1 }?.0
  }
}
