import Accounts
import ArgumentParser
import Basics
import Foundation
import Imports
import People
import Storage

struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Brings in files that partners send.", subcommands: [Persons.self])

  struct Persons: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Receives the persons of a partner's file: all of them, or none.",
      discussion:
        "With --dry-run each row's result is said and nothing is written. docs/import.md shows a sample.")

    @OptionGroup var options: SettingsOptions
    @Argument(help: "A CSV file in UTF-8, an Excel workbook (.xlsx) or JSON.") var file: String
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
      let imports = installation.imports
      let report: Imports.Report = { Console.say(Self.line($0, $1, mapping)) }
      let silent: Imports.Report = { number, result in
        if case .refused = result { Console.say(Self.line(number, result, mapping)) }
      }
      let summary =
        dryRun
        ? try await imports.tryOut(file, mapping, by: actor, report: report)
        : try await imports.bringIn(file, mapping, by: actor, report: silent)
      try await installation.database.close()
      Console.say(
        "\(summary.new) new, \(summary.known) already there, \(summary.refused) refused.\(dryRun ? " Nothing was written." : "")"
      )
      if summary.refused > 0 { throw ExitCode(1) }
    }

    private static func line(_ number: Int, _ finding: ImportFinding, _ mapping: ImportMapping) -> String {
      let reader = Reader(.english)
      switch finding {
      case .new: return "row \(number): new"
      case .perhaps(let other):
        return "row \(number): new, though someone here may be the same (\(reader(other.what)))"
      case .known(let who): return "row \(number): already there (\(reader(who.what)))"
      case .twice(let what, let row): return "row \(number): already there (\(reader(what)), as row \(row))"
      case .refused(let errors):
        let list = errors.map { "\(mapping.column(of: $0.field)): \(reader($0.message))" }
        return "row \(number): refused — \(list.joined(separator: " | "))"
      }
    }
  }
}
