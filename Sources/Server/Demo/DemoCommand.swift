import Accounts
import ArgumentParser
import Basics
import Duplicates
import Foundation
import People
import Storage

struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Fills an empty database with invented persons.",
    discussion:
      "The same number and seed give the same demonstration. The database is marked: every page says so.")

  @OptionGroup var options: SettingsOptions
  @Option(help: "How many persons.") var persons = 400
  @Option(help: "What the demonstration is drawn from.") var seed: UInt64 = 1
  @Option(help: "The last day of its thirty months, as 2026-03-12; today when left out.") var today: String?
  @Flag(help: "Receptions, and what became of the first 200 persons only: for measuring large lists.")
  var receptionsOnly = false

  func run() async throws {
    guard let today = today.map({ Day($0) }) ?? Day(of: Date()) else {
      throw Stop("--today is a day such as 2026-03-12.")
    }
    let installation = try await Installation.open(try await Settings(options), isBulk: true)
    // Nobody is here yet: noted now, the first start need not look through everybody.
    try await installation.people.renewTokens()
    try await DemoData(database: installation.database, today: today).fill(
      persons: persons, seed: seed, receptionsOnly: receptionsOnly
    ) { count in Console.warn("\(count) persons") }
    // A large one is compared when it is served.
    if persons <= 2_000 { try await installation.duplicates.searchAll() }
    try await Journal.seal(installation.database, at: Date())
    try await installation.database.close()
    Console.say(
      "\(persons) invented persons are received. Accounts, all with the password jasmin-et-olivier:")
    for account in DemoStaff.shown {
      let code = account.secret.map { ", one-time codes from the secret \($0)" } ?? ""
      Console.say("  \(account.signInName) (\(Reader(.english)(account.role.label)))\(code)")
    }
  }
}
