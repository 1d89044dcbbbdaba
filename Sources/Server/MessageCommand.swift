import ArgumentParser
import Basics
import Foundation
import Messages
import Storage

struct MessageCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "message", abstract: "Queues a message, to try out a mail server or an SMS gateway.",
    discussion: "The running program sends it; what became of it stands under Messages at the central office."
  )

  @OptionGroup var options: SettingsOptions
  @Option(help: "email or sms.") var kind: String
  @Option(help: "An e-mail address, or a phone number in the international form.") var to: String
  @Option(help: "What it says.") var text = "Tounesna: essai."
  @Option(help: "fr, ar or en.") var language = "fr"
  @Option(help: "A message under the same key is queued once only.") var key: String?

  func run() async throws {
    guard let kind = Message.Kind(rawValue: kind) else { throw Stop("The kind is email or sms.") }
    guard let language = Language(rawValue: language) else { throw Stop("The language is fr, ar or en.") }
    let installation = try await Installation.open(try await Settings(options))
    let reader = Reader(language)
    let subject = kind == .email ? reader(Message.trial) : ""
    let new = NewMessage(
      key: "test:\(key ?? "\(RecordID<Message>())")", kind, to: .staff,
      MessageText(address: to, subject: subject, text: text), what: Message.trial,
      language: language, about: nil)
    do {
      let id = try await installation.database.write { db in try installation.messages.queue(new, in: db) }
      let isThere = installation.messages.gateways.isThere(kind)
      Console.say("\(id)\(isThere ? "" : ": no gateway is configured for it")")
    } catch Refusal.invalid(let errors) {
      throw Stop(errors.map { reader($0.message) }.joined(separator: " "))
    }
    try await installation.database.close()
  }
}
