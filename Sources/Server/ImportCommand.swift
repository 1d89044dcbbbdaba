import Accounts
import ArgumentParser
import Basics
import Foundation
import Imports
import Storage

struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Brings in files that partners send.", subcommands: [Persons.self])

  struct Persons: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Receives the persons of a CSV file: all of them, or none.",
      discussion:
        "With --dry-run each row's result is said and nothing is written. docs/import.md shows a sample.")

    @OptionGroup var options: SettingsOptions
    @Argument(help: "A CSV file in UTF-8.") var file: String
    @Option(help: "The YAML file that says which column is what.") var mapping: String
    @Flag(help: "Say what would happen, and write nothing.") var dryRun = false
    @Option(help: "The sign-in name of the account that will be their contact person.") var account: String

    func run() async throws {
      guard let text = try? String(contentsOfFile: mapping, encoding: .utf8) else {
        throw Stop("\(mapping) cannot be read.")
      }
      let mapping = try ImportMapping(yaml: text)
      let installation = try await Installation.open(try await Settings(options))
      guard let actor = try await installation.accounts.actor(signInName: account) else {
        throw Stop("There is no account “\(account)”.")
      }
      guard actor.may(.importPersons) else {
        let duty = Reader(.english)(Duty.importPersons.label)
        throw Stop("The account “\(account)” does not have the duty “\(duty)”.")
      }
      let imports = Imports(cases: installation.cases, antennas: installation.antennas)
      let report: @Sendable (Int, ImportResult) -> Void = { Console.say(Self.line($0, $1)) }
      let silent: @Sendable (Int, ImportResult) -> Void = { number, result in
        if case .refused = result { Console.say(Self.line(number, result)) }
      }
      let summary =
        dryRun
        ? try await imports.tryOut(file, mapping, by: actor, result: report)
        : try await imports.bringIn(file, mapping, by: actor, result: silent)
      try await installation.database.close()
      Console.say(
        "\(summary.new) new, \(summary.known) already there, \(summary.refused) refused.\(dryRun ? " Nothing was written." : "")"
      )
      if summary.refused > 0 { throw ExitCode(1) }
    }

    private static func line(_ number: Int, _ result: ImportResult) -> String {
      let reader = Reader(.english)
      switch result {
      case .new: return "row \(number): new"
      case .known(let what): return "row \(number): already there (\(what))"
      case .refused(let problems):
        let list = problems.map { "\($0.column): \(reader($0.message))" }.joined(separator: " | ")
        return "row \(number): refused — \(list)"
      }
    }
  }
}
