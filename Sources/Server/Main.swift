import ArgumentParser
import Foundation

@main
struct Tounesna: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tounesna",
    abstract: "Receives people who come back to their country and helps them stand on their feet again.",
    discussion: """
      Every setting may be given as an option, as an environment variable (TOUNESNA_HTTP_PORT) or in a YAML file named \
      by --settings. `tounesna settings` lists them all.
      """,
    subcommands: [
      ServeCommand.self, MigrateCommand.self, DemoCommand.self, AccountCommand.self, ImportCommand.self,
      AuditCommand.self, ExportCommand.self, BackupCommand.self, RestoreCommand.self, NamesCommand.self,
      PeopleCommand.self, KeyCommand.self,
      SettingsCommand.self, MessageCommand.self,
    ])
}

/// A word to the person at the console: the only place that prints.
enum Console {
  static func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }
  static func warn(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

/// Ends a command with one clear sentence and exit code 1.
struct Stop: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}
