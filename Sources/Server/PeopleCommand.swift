import ArgumentParser
import Foundation
import Imports
import Linkage
import Names

struct PeopleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "people", abstract: "Finds records of the same person.", subcommands: [Link.self])

  struct Link: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints the records of one file, or of two, that are believed to be of the same person.",
      discussion: """
        For each pair: two ids and the score from 0 to 1, tabs between; with --why also what each field says, in bits. \
        Nothing is merged or written. docs/linkage.md tells how it is found out, and shows a mapping.
        """)

    @Argument(help: "A CSV file in UTF-8, an Excel workbook (.xlsx) or JSON.") var first: String
    @Argument(help: "Another: then only pairs of one record each are looked for.") var second: String?
    @Option(help: "The YAML file that says which column is what.") var mapping: String
    @Option(help: "Print pairs from this score on.") var threshold = Linkage.threshold
    @Flag(help: "Say field by field what speaks for a pair and what against it.") var why = false

    func validate() throws {
      guard threshold > 0, threshold < 1 else {
        throw ValidationError("--threshold is a number between 0 and 1.")
      }
    }

    func run() throws {
      guard let text = try? String(contentsOfFile: mapping, encoding: .utf8) else {
        throw Stop("\(mapping) cannot be read.")
      }
      let mapping = try LinkMapping(yaml: text)
      let names = try Names()
      var reader = PersonReader(mapping, names)
      try read(first, mapping, into: &reader, isSecond: false)
      if let second {
        reader.beginSecondFile()
        try read(second, mapping, into: &reader, isSecond: true)
      }
      var out = ""
      for pair in Linkage(names).pairs(reader, threshold: threshold, why: why) {
        out += line(pair)
        if out.utf8.count > 65_536 {
          FileHandle.standardOutput.write(Data(out.utf8))
          out = ""
        }
      }
      FileHandle.standardOutput.write(Data(out.utf8))
    }

    private func read(_ path: String, _ mapping: LinkMapping, into reader: inout PersonReader, isSecond: Bool)
      throws
    {
      do {
        var rows = try PartnerFile.open(path)
        let columns = try LinkColumns(mapping, header: rows.titles, of: "the file", isSecond: isSecond)
        while let row = try rows.next() { try reader.read(row.cells, columns, row: row.number) }
      } catch {
        throw Stop("\(path): \(error)")
      }
    }

    private func line(_ pair: Linkage.Pair) -> String {
      let score = String(format: "%.6f", pair.score)
      let reasons = pair.reasons.map { "\($0.what) \(String(format: "%+.1f", $0.weight))" }
      let why = why ? "\t" + reasons.joined(separator: "; ") : ""
      return "\(pair.first)\t\(pair.second)\t\(score)\(why)\n"
    }
  }
}
