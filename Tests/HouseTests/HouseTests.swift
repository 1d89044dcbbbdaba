import Foundation
import Testing

/// What the compiler cannot see and a reader should be able to rely on. Each offence names its file and line.
@Suite struct `The house` {
  static let sources = Tree.files(in: "Sources").flatMap(Tree.lines)
  static let tests = Tree.files(in: "Tests").flatMap(Tree.lines)
  static let areas = Tree.folders(in: "Sources/Areas")

  @Test func `SQL stands in stores, migrations and searches only`() {
    let places = /(Store|Migrations|Search)/
    let statements = /\b(SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE (TABLE|VIEW|INDEX))\b/
    refuse("SQL belongs in a *Store, *Migrations or *Search file", in: Self.sources) { line in
      line.file.hasPrefix("Sources/Areas/") && !line.name.contains(places) && line.text.contains(statements)
    }
  }

  /// Of BIGINT it is NUMERIC in PostgreSQL, and no whole number any more.
  @Test func `a sum is a whole number on both engines`() {
    refuse("write CAST(SUM(…) AS BIGINT)", in: Self.sources) { line in
      line.file.hasSuffix("Store.swift")
        && line.text.uppercased().replacing("CAST(SUM(", with: "").contains(/\bSUM\(/)
    }
  }

  /// The journal of the house shows what each entry is about.
  @Test func `every kind of record has its word`() {
    let words = Tree.read("Sources/Areas/Oversight/OversightWords.swift")
    refuse("OversightWords.kind has no word for it", in: Self.sources) { line in
      guard let kind = line.text.firstMatch(of: /RecordReference\("([a-z_-]+)"/) else { return false }
      return !words.contains("case \"\(kind.1)\":")
    }
  }

  @Test func `links are spelled in pages only`() {
    refuse("a path belongs in the Paths of a *Pages file", in: Self.sources) { line in
      line.file.hasPrefix("Sources/Areas/") && !line.name.hasSuffix("Pages.swift")
        && line.text.contains(/"\/[A-Za-z:]/)
    }
  }

  @Test func `nothing is printed, forced or left for later`() {
    let lines = Self.sources + Self.tests.filter { !$0.file.contains("/HouseTests/") }
    refuse("print( bypasses the log", in: lines) { $0.code.contains(/\bprint\(/) }
    refuse("a forced value ends the program when it is missing", in: lines) {
      $0.code.contains(/(\btry!|\bas!|[A-Za-z0-9_)\]}]!($|[^=]))/)
    }
    refuse("an intention belongs in an issue, not in the code", in: lines) {
      Tree.read($0.file).contains("TODO") && $0.text.contains("TODO")
    }
  }

  @Test func `no file is longer than 400 lines`() {
    let files = Tree.files(in: "Sources") + Tree.files(in: "Tests", endingIn: [".swift", ".py"])
    for file in files {
      let count = Tree.read(file).split(separator: "\n", omittingEmptySubsequences: false).count - 1
      if count > 400 { Issue.record("\(file): \(count) lines; split it by noun (400 at most)") }
    }
  }

  @Test(arguments: areas) func `every area says what it is for and is tested`(area: String) {
    let readme = Tree.read("Sources/Areas/\(area)/README.md").split(
      separator: "\n", omittingEmptySubsequences: false)
    if readme.count <= 1 { Issue.record("Sources/Areas/\(area)/README.md: missing") }
    if readme.count > 31 {
      Issue.record("Sources/Areas/\(area)/README.md: \(readme.count - 1) lines (30 at most)")
    }
    if !Self.tests.contains(where: { $0.file.hasPrefix("Tests/\(area)Tests/") && $0.code.contains("@Test") })
    {
      Issue.record("Tests/\(area)Tests: no test")
    }
  }

  @Test func `what the pages of the house point to is there`() {
    let pages =
      ["README.md"] + Tree.files(in: "docs", endingIn: [".md"])
      + Self.areas.map { "Sources/Areas/\($0)/README.md" }
    for page in pages {
      let folder = Tree.root.appending(path: page).deletingLastPathComponent()
      for link in Tree.read(page).matches(of: /\]\(([^)#:]+)\)/) {
        let target = folder.appending(path: String(link.1)).path
        if !FileManager.default.fileExists(atPath: target) { Issue.record("\(page): \(link.1) is not there") }
      }
    }
    let readme = Tree.read("README.md")
    for area in Self.areas where !readme.contains("| [\(area)](Sources/Areas/\(area)/README.md) |") {
      Issue.record("README.md: the table of areas does not name \(area)")
    }
  }

  @Test(arguments: areas) func `every area has the files a reader looks for, or says why not`(area: String) {
    let files = Tree.files(in: "Sources/Areas/\(area)")
    let readme = Tree.read("Sources/Areas/\(area)/README.md").lowercased()
    let refusals = readme.replacing("\n", with: " ").split(separator: ". ").filter { $0.contains(/\bno\b/) }
    for kind in ["Rules", "Store", "Migrations", "Forms", "Pages", "Templates", "API"] {
      let isThere = files.contains { $0.hasSuffix("\(kind).swift") }
      if !isThere, !refusals.contains(where: { $0.contains(kind.lowercased()) }) {
        Issue.record("Sources/Areas/\(area): no *\(kind).swift, and README.md does not say why")
      }
    }
  }

  @Test(arguments: areas) func `an area calls whom the map names, and no one is named for nothing`(
    area: String
  ) {
    let lines = Self.sources.filter { $0.file.hasPrefix("Sources/Areas/\(area)/") }
    guard let calls = Map.areas[area] else {
      Issue.record("Package.swift: no area \(area)")
      return
    }
    var unused = calls
    for line in lines {
      guard let module = line.code.firstMatch(of: /^(?:@preconcurrency )?import (\w+)/).map({ String($0.1) })
      else {
        continue
      }
      unused.remove(module)
      if Self.areas.contains(module) && !calls.contains(module) {
        Issue.record(
          "\(line.file):\(line.number): imports \(module), which the map in Package.swift does not name")
      }
    }
    for name in unused.sorted() { Issue.record("Package.swift: \(area) names \(name) and never imports it") }
  }

  private func refuse(_ why: String, in lines: [Line], where isWrong: (Line) -> Bool) {
    for line in lines where isWrong(line) {
      let shown = line.text.trimmingCharacters(in: .whitespaces)
      Issue.record("\(line.file):\(line.number): \(why): \(shown)")
    }
  }
}
