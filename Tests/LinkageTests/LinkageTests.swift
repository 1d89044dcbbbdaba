import Foundation
import Linkage
import Testing

@Suite struct `Linking records` {
  @Test func `finds who is there twice, and nobody else`() throws {
    let pairs = try LinkageRoom.pairs(LinkageRoom.register(200))
    #expect(pairs.map { [$0.first, $0.second] }.sorted { $0[0] < $1[0] } == Self.twice(200))
  }

  @Test func `of two files, finds who is in both`() throws {
    let rows = LinkageRoom.register(200)
    let pairs = try LinkageRoom.pairs(
      rows.filter { $0[0].hasSuffix("a") }, rows.filter { $0[0].hasSuffix("b") })
    #expect(pairs.map { [$0.first, $0.second] }.sorted { $0[0] < $1[0] } == Self.twice(200))
  }

  private static func twice(_ count: Int) -> [[String]] {
    stride(from: 0, to: count, by: 2).map { ["\($0)-a", "\($0)-b"] }.sorted { $0[0] < $1[0] }
  }

  @Test func `the order of the rows does not matter`() throws {
    let rows = LinkageRoom.register(120)
    let pairs = try LinkageRoom.pairs(rows)
    #expect(try LinkageRoom.pairs(rows.reversed()) == pairs)
    #expect(try LinkageRoom.pairs(rows.sorted { $0[8] < $1[8] }) == pairs)
  }

  @Test func `the weights of a pair add up to its score`() throws {
    for pair in try LinkageRoom.pairs(LinkageRoom.register(120)) {
      let bits = pair.reasons.reduce(0) { $0 + $1.weight }
      #expect(abs(1 / (1 + exp2(-bits)) - pair.score) < 1e-9, "\(pair)")
    }
  }

  @Test func `a swapped day and month, and a year alone, are found`() throws {
    var rows = LinkageRoom.register(200)
    for (name, date) in [("swapped", "1990-05-03"), ("vague", "1990"), ("first of January", "1990-01-01")] {
      var row = LinkageRoom.row(1_001, id: name)
      row[4] = date
      rows.append(row)
    }
    var row = LinkageRoom.row(1_001)
    row[4] = "05/03/1990"
    rows.append(row)
    let found = try LinkageRoom.pairs(rows).filter { $0.first == "1001-a" || $0.second == "1001-a" }
    #expect(found.count == 3)
    let reasons = found.flatMap(\.reasons).map(\.what)
    #expect(reasons.contains("born changed places") && reasons.contains("born agrees in part"))
  }

  @Test func `a shared phone and e-mail alone are no identity`() throws {
    var rows = LinkageRoom.register(200)
    rows.append(["x", "Salma", "", "", "", "", "20111222", "both@example.tn", ""])
    rows.append(["y", "Moncef", "", "", "", "", "20111222", "both@example.tn", ""])
    rows.append(["u", "", "", "", "", "", "20333444", "other@example.tn", ""])
    rows.append(["v", "", "", "", "", "", "20333444", "other@example.tn", ""])
    #expect(try !LinkageRoom.pairs(rows).contains { "xyuv".contains($0.first) })
  }

  @Test func `brothers are not one person`() throws {
    var rows = LinkageRoom.register(200)
    for house in 0..<40 {
      for (brother, name) in ["Karim", "Zied", "Slim"].enumerated() {
        var row = LinkageRoom.row(5_000 + house * 3 + brother, id: "house \(house) \(name)")
        let shared = LinkageRoom.row(9_000 + house)
        row[1] = name
        for column in [2, 3, 5, 6, 7] { row[column] = shared[column] }
        rows.append(row)
      }
    }
    #expect(try !LinkageRoom.pairs(rows).contains { $0.first.hasPrefix("house") })
  }

  @Test func `one row twenty times is one person`() throws {
    let rows = LinkageRoom.register(200) + (10..<30).map { LinkageRoom.row(1_001, id: "same \($0)") }
    #expect(try LinkageRoom.pairs(rows).count { $0.first.hasPrefix("same") } == 190)
  }

  @Test func `nothing and one row are answered with nothing`() throws {
    #expect(try LinkageRoom.pairs([]).isEmpty)
    #expect(try LinkageRoom.pairs([LinkageRoom.row(1)]).isEmpty)
    #expect(try LinkageRoom.pairs([LinkageRoom.row(1)], []).isEmpty)
    #expect(try LinkageRoom.pairs([], [LinkageRoom.row(1)]).isEmpty)
  }

  @Test func `a handful of rows teaches nothing, and differences are believed`() throws {
    for count in 2...6 { #expect(try LinkageRoom.pairs((0..<count).map { LinkageRoom.row($0) }).isEmpty) }
    let twice = try LinkageRoom.pairs([LinkageRoom.row(1), LinkageRoom.row(1, id: "again")])
    #expect(twice.count == 1)
  }

  @Test func `empty rows are nobody`() throws {
    let empty = (0..<30).map { ["empty \($0)"] + [String](repeating: "", count: 8) }
    #expect(
      try !LinkageRoom.pairs(LinkageRoom.register(100) + empty).contains { $0.first.hasPrefix("empty") })
  }

  @Test(arguments: [
    String(repeating: "ا", count: 10_000), String(repeating: "x y ", count: 2_500), "👩‍👩‍👧‍👦🇹🇳", "\u{0}\u{0}",
    "\u{202E}محمد\u{202C} Ali",
    "محمد Mohamed мухаммад 默罕默德", "'; DROP TABLE person --", "0", "-", "٠٣/٠٥/١٩٩٠", "9999999999999999999999",
    "00/00/0000",
  ])
  func `whatever is written in a cell, it is answered`(text: String) throws {
    var rows = LinkageRoom.register(60)
    for number in 0..<3 { rows.append(["odd \(number)"] + [String](repeating: text, count: 8)) }
    let plain = try LinkageRoom.pairs(rows).filter { !$0.first.hasPrefix("odd") }
    #expect(plain.count == 30)
  }
}
