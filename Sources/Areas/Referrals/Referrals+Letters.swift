import Accounts
import Basics
import Cases
import Directory
import Foundation
import Messages
import People
import Storage

/// What the program writes to services and to the person: never her name, never why.
extension Referrals {
  enum ToService: Sendable {
    case request
    case reply(Int)
    case reminder(Referral.Stage)
    case revoked
    /// The service asked for a new link, or staff did.
    case link
    /// We ended it: nobody is waited for any more.
    case ended

    fileprivate var hasLink: Bool {
      if case .ended = self { return false }
      return true
    }

    fileprivate var mark: String {
      switch self {
      case .request: "request"
      case .reply(let number): "reply\(number)"
      case .reminder(let stage): "reminder-\(stage.rawValue)"
      case .revoked: "revoked"
      case .link: "link"
      case .ended: "ended"
      }
    }
  }

  /// Writes to the service, with a new link; what goes by paper is told on the phone.
  func write(
    _ what: ToService, to referral: Referral, _ known: Service? = nil, at now: Date, by actor: Actor,
    in db: Connection
  ) throws {
    let service = try known ?? directory.service(referral.service, in: db)
    let provider = try directory.provider(referral.provider, in: db)
    guard let address = address(of: service, provider, referral.channel) else { return }
    let kind: Message.Kind = referral.channel == .sms ? .sms : .email
    let link = what.hasLink ? try makeLink(of: referral, at: now, in: db) : nil
    let reader = Reader(referral.language)
    let text = body(of: what, referral, kind, reader)
    let subject = kind == .email ? reader(Self.subject(of: what)) : ""
    try messages.queue(
      NewMessage(
        key: "referral:\(referral.id):\(what.mark):\(link?.id.text ?? "")", kind, to: .provider,
        MessageText(address: address, subject: subject, text: text), what: Self.subject(of: what),
        language: referral.language, about: referral.file, link: link?.url), by: actor, in: db)
  }
  /// The same where the act may not wait for it: an address in the directory that no gateway takes keeps no clock from
  /// ringing and no consent from being withdrawn. Those who see the list call the service.
  func tell(_ what: ToService, to referral: Referral, at now: Date, by actor: Actor, in db: Connection) throws
  {
    do { try write(what, to: referral, at: now, by: actor, in: db) } catch Refusal.invalid {}
  }

  private static func subject(of what: ToService) -> Phrase {
    switch what {
    case .request: say("A request waits for your answer")
    case .reply: say("Your question was answered")
    case .reminder: say("A request still waits for you")
    case .revoked: say("A request was taken back")
    case .link: say("The new link that you asked for")
    case .ended: say("A request has ended")
    }
  }

  private func body(of what: ToService, _ referral: Referral, _ kind: Message.Kind, _ reader: Reader)
    -> String
  {
    let first: String
    switch what {
    case .request:
      first = reader("A request waits for your answer. We hope to hear from you by \(referral.answerBy).")
    case .reply: first = reader("Your question was answered. Please go on here.")
    case .reminder: first = reader("A request still waits for your next step.")
    case .revoked:
      first = reader(
        "A request that you received was taken back. Please confirm that you keep nothing of it.")
    case .link: first = reader("This is your new link.")
    case .ended:
      let number = reader("A request that you received has ended: there is nothing more for you to do.")
      return kind == .sms ? "Tounesna. \(number)" : "\(reader("Good day")),\n\n\(number)\n\nTounesna"
    }
    if kind == .sms { return "Tounesna. \(first) {link}" }
    let last = reader(
      "The link is for you alone, and good for \(ReferralLink.days) days: opened in a second browser it shows nothing."
    )
    return "\(reader("Good day")),\n\n\(first)\n\n{link}\n\n\(last)\n\nTounesna"
  }

  enum ToPerson: Sendable {
    case accepted(Day)
    case news
  }

  /// Tells the person in her channel that there is news; without her consent nothing is sent, and the page says: call her.
  func tellPerson(_ what: ToPerson, _ held: Held, at now: Date, in db: Connection) throws {
    let opened = try cases.people.read(held.subject, in: db)
    guard let way = Messages.way(to: opened) else { return }
    let reader = Reader(way.language)
    let contact = try accounts.names(of: [held.file.contact], in: db)[held.file.contact] ?? ""
    let text: String
    let mark: String
    switch what {
    case .accepted(let day):
      text = reader("Hello, you are expected on \(day). To know more, call \(contact).")
      mark = "accepted-\(day)"
    case .news:
      text = reader("Hello, there is news for you: call \(contact).")
      mark = "news-\(held.referral.stage.rawValue)"
    }
    let new = NewMessage(
      key: "referral:\(held.referral.id):person:\(mark)", way.kind, to: .person,
      MessageText(
        address: way.address, subject: way.kind == .email ? reader("News for you") : "", text: text),
      what: say("News for the person"), language: way.language, about: held.file.id)
    do {
      try messages.queue(new, in: db)
    } catch Refusal.invalid {
      // An address that no gateway takes keeps no answer from being noted; she is called.
    }
  }
}
