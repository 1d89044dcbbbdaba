import ArgumentParser
import Foundation
import Names

struct NamesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "names", abstract: "Compares names across scripts and spellings.",
    subcommands: [Compare.self])

  struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads two names a line, with a tab between, and says how likely they are the same.",
      discussion: """
        For each line: the score from 0 to 1, a tab, and "same" or "different"; with --why also what agrees. \
        docs/names.md tells how names are compared.
        """)

    @Flag(help: "Say word by word what agrees.") var why = false

    func run() throws {
      let names = try Names()
      var out = ""
      while let line = readLine() {
        out += Self.answer(line, names, why: why) + "\n"
        if out.utf8.count > 32_768 {
          FileHandle.standardOutput.write(Data(out.utf8))
          out = ""
        }
      }
      FileHandle.standardOutput.write(Data(out.utf8))
    }

    /// A line without a tab has no second name: nothing is like nothing.
    static func answer(_ line: String, _ names: Names, why: Bool = false) -> String {
      let cells = line.split(separator: "\t", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
      let comparison = names.compare(cells.first ?? "", cells.count > 1 ? cells[1] : "")
      let score = String(format: "%.4f", comparison.score)
      let reasons = why ? "\t" + comparison.agreements.map(\.words).joined(separator: "; ") : ""
      return "\(score)\t\(comparison.isSame ? "same" : "different")\(reasons)"
    }
  }
}
