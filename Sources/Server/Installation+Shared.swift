import Basics
import Directory
import Messages
import People
import Referrals
import Rights

extension Installation {
  /// What went out of a person: referrals to services, messages to herself.
  static func shared(by referrals: Referrals, _ messages: Messages) -> SharedSource {
    { subject, db in
      let sent = try referrals.shared(of: subject, in: db).map { referral in
        SharedEntry(
          at: referral.sentAt, what: referral.what, to: .others(names(of: referral)),
          by: referral.consent.map { .consent($0) } ?? .other(referral.ground.label),
          remark: referral.remark)
      }
      let told = try messages.gone(to: subject, in: db).map { message, address in
        SharedEntry(
          at: message.changedAt, what: [message.what], to: .herself(address),
          by: .purpose(message.kind == .sms ? .sms : .email),
          remark: message.state == .unclear ? message.state.label : nil)
      }
      return sent + told
    }
  }

  private static func names(of referral: ReferralShared) -> [Language: String] {
    Language.allCases.reduce(into: [:]) { names, language in
      let parts = [referral.service, referral.provider].compactMap { $0?.found(for: language)?.text }
      if !parts.isEmpty { names[language] = parts.joined(separator: " · ") }
    }
  }
}
