import Basics
import Cases
import Directory
import Documents
import Foundation
import Pages
import People
import Plans
import Storage

/// Everything that the forms of a new referral show.
struct ReferralView: Sendable {
  let opened: OpenedCase
  let actions: [Plan.Action]
  let action: Plan.Action?
  let need: Need?
  /// Services that fit, or were found by their name.
  let services: [ServiceLine]
  let service: Service?
  let provider: Provider?
  let channels: [Referral.Channel]
  let answerBy: Day?
  /// Of the case, that may go along.
  let documents: [Document]

  static func read(
    _ referrals: Referrals, _ opened: OpenedCase, _ typed: Typed, today: Day, in db: Connection
  ) throws
    -> ReferralView
  {
    let actions = try referrals.plans.plan(of: opened, in: db).actions.filter(\.state.isOpen)
    let need = opened.needs.first { $0.id.text == typed["need"] }
    let service = try RecordID<Service>(typed["service"]).flatMap {
      try referrals.directory.services([$0], in: db)[$0]
    }
    let provider = try service.map { try referrals.directory.provider($0.provider, in: db) }
    var services: [ServiceLine] = []
    if service == nil {
      let words = typed["q"]
      if words.isEmpty {
        let person = try referrals.directory.situation(of: opened, in: db)
        let kinds = need.map { Service.Need.of($0.kind) } ?? []
        var known: Set<RecordID<Service>> = []
        let offers =
          kinds.isEmpty
          ? try referrals.directory.offers(for: person, need: nil, in: db)
          : try kinds.flatMap { try referrals.directory.offers(for: person, need: $0, in: db) }
        services = offers.filter { known.insert($0.service.id).inserted }.prefix(30).map(\.service.line)
      } else {
        services = try referrals.directory.services(matching: .init(words: words), after: nil, in: db)
          .services
      }
    }
    var channels: [Referral.Channel] = []
    var answerBy: Day?
    if let service, let provider {
      channels =
        [Referral.Channel.email, .sms].filter { referrals.address(of: service, provider, $0) != nil } + [
          .print
        ]
      let terms = try ReferralListStore.terms(provider.kind, in: db)
      answerBy = ReferralRules.answerBy(need?.urgency ?? .later, terms, from: today)
    }
    return ReferralView(
      opened: opened, actions: actions, action: actions.first { $0.id.text == typed["action"] }, need: need,
      services: services, service: service, provider: provider, channels: channels, answerBy: answerBy,
      documents: service == nil
        ? [] : try referrals.documents.documents(of: opened, in: db).documents.filter { $0.withdrawal == nil }
    )
  }

  /// What a new form holds before anybody typed: the least that is needed.
  func begun(_ typed: Typed, _ page: Page) -> Typed {
    var typed = typed
    typed["ask"] = action?.text ?? need?.details ?? need.map { page($0.kind.label) } ?? ""
    typed["urgency"] = (need?.urgency ?? .later).rawValue
    typed["channel"] = channels.first?.rawValue ?? ""
    typed["language"] =
      service?.languages.compactMap { Language(rawValue: $0) }.first?.rawValue ?? Language.french.rawValue
    typed["answer-by"] = answerBy?.description ?? ""
    return typed
  }

  /// Consents that are a ground for telling others.
  var consents: [Consent] {
    opened.person.consents.filter {
      $0.isInForce && [.shareSocial, .shareEmployment, .shareOffice].contains($0.purpose)
    }
  }
}
