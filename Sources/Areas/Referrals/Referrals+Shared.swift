import Basics
import Cases
import Directory
import Foundation
import People
import Storage

/// What a referral told a service of a person.
package struct ReferralShared: Sendable {
  package let sentAt: Date
  package let service: Texts
  /// Nil where the directory does not know it any more.
  package let provider: Texts?
  package let ground: Referral.Ground
  /// On which it stands; nil on another ground.
  package let consent: RecordID<Consent>?
  /// The names of what it told, in their order.
  package let what: [Phrase]
  package let wasOpened: Bool

  package var remark: Phrase? { wasOpened ? nil : say("Not opened by the service") }
}

extension Referrals {
  /// What the referrals of a person's cases told services, the newest first in each case.
  package func shared(of subject: Subject, in db: Connection) throws -> [ReferralShared] {
    let sent = try Cases.ids(of: [subject.id], in: db).flatMap {
      try ReferralListStore.sent(of: $0, in: db)
    }
    guard !sent.isEmpty else { return [] }
    let services = try directory.names(of: sent.map(\.service), in: db)
    let providers = try directory.providers(sent.map(\.provider), in: db)
    return try sent.map { referral in
      let told = try ReferralStore.words(of: referral.id, key: subject.key, in: db).shared
      let names = (["number"] + ReferralShown.order).filter { told[$0] != nil }
      return ReferralShared(
        sentAt: referral.sentAt, service: services[referral.service] ?? Texts(),
        provider: providers[referral.provider]?.name, ground: referral.ground, consent: referral.consent,
        what: names.compactMap { ReferralShown.label($0) }
          + (referral.document == nil ? [] : [say("Document")]),
        wasOpened: referral.progress.wasReceived)
    }
  }
}
