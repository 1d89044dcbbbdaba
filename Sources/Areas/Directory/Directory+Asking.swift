import Basics
import Foundation
import Messages
import Storage

/// What stands here stays right because the owners of services are asked without anybody thinking of it.
extension Directory {
  /// Sends the owner of every service that nobody confirmed for `Service.monthsFresh` months a link by e-mail, in French and
  /// in Arabic; the next one when that link is over. Nobody is asked where no gateway takes e-mail, or where nobody said how
  /// the program is reached from outside.
  /// - Returns: how many were asked, at most `ServiceLinkStore.mostAsked`.
  @discardableResult
  package func askOwners(by messages: Messages) async throws -> Int {
    guard !publicURL.isEmpty, messages.gateways.isThere(.email) else { return 0 }
    let now = now()
    let due = try await database.read { db in try ServiceLinkStore.toAsk(at: now, in: db) }
    var fault: (any Error)?
    // One that fails keeps no other from being asked.
    for id in due {
      do {
        try await database.write { db in try ask(id, by: messages, at: now, in: db) }
      } catch {
        fault = error
      }
    }
    if let fault { throw fault }
    return due.count
  }

  private func ask(_ id: RecordID<Service>, by messages: Messages, at now: Date, in db: Connection) throws {
    let service = try ServiceStore.hold(id, in: db)
    guard try ServiceLinkStore.isToAsk(id, at: now, in: db),
      let address = try service[.contactEmail] ?? provider(service.provider, in: db).email
    else { return }
    let link = ServiceLink(id: RecordID(), service: id, at: now)
    try ServiceLinkStore.insert(link, by: .program, in: db)
    let token = try InstallationKeys.key(for: .links, in: db).linkToken(link.id, of: ServiceLink.kind)
    let languages = [Reader(.french), Reader(.arabic)]
    let text = languages.map { $0(ConfirmWords.text) }.joined(separator: "\n\n") + "\n\n{link}"
    let letter = NewMessage(
      key: "service:\(id):\(link.id)", .email, to: .provider,
      MessageText(
        address: address,
        subject: languages.map { $0(ConfirmWords.subject) }.joined(separator: " · "), text: text),
      what: ConfirmWords.subject, language: .french, about: nil, link: publicURL + ConfirmPaths.show(token),
      antenna: service.antenna)
    // An address that no gateway takes: the link stands on the page of the service, and nobody is asked again at once.
    do { _ = try messages.queue(letter, in: db) } catch Refusal.invalid {}
    try Journal.append("service.ask-owner", on: Service.reference(id), by: .program, at: now, in: db)
  }
}

/// What is written to the owner of a service.
enum ConfirmWords {
  static let subject = say("Is what we say of your service right?")
  static let text = say(
    "Please look here at what we say of your service, and confirm it or say what changed:")
}
