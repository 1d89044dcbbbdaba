import Foundation
import Testing

@testable import Names

/// The 2,110 attested pairs that lie beside the repository; not part of it, so their absence is no fault.
@Suite struct `The reference pairs` {
  static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(
      path: "shared/reference/names_pairs.tsv")
  static let rows: [[String]] = ((try? String(contentsOf: file, encoding: .utf8)) ?? "").split(
    separator: "\n"
  )
  .dropFirst().map { $0.components(separatedBy: "\t") }.filter { $0.count == 4 }

  @Test(.enabled(if: !rows.isEmpty, "../shared/reference/names_pairs.tsv is not there"))
  func `are told apart with F1 of .96 or more`() throws {
    let names = try Names()
    var (hits, falseAlarms, misses) = (0.0, 0.0, 0.0)
    var kinds: [String: (wrong: Int, of: Int)] = [:]
    for row in Self.rows {
      let (isSame, isCalledSame) = (row[0] == "1", names.compare(row[2], row[3]).isSame)
      if isSame && isCalledSame { hits += 1 }
      if !isSame && isCalledSame { falseAlarms += 1 }
      if isSame && !isCalledSame { misses += 1 }
      kinds[row[1], default: (0, 0)].of += 1
      if isSame != isCalledSame { kinds[row[1], default: (0, 0)].wrong += 1 }
    }
    let f1 = 2 * hits / (2 * hits + falseAlarms + misses)
    let lines = kinds.sorted { $0.key < $1.key }.map {
      "  \($0.key): \($0.value.wrong) wrong of \($0.value.of)"
    }
    let report = "Reference pairs: F1 \(String(format: "%.4f", f1))\n\(lines.joined(separator: "\n"))\n"
    FileHandle.standardError.write(Data(report.utf8))
    #expect(f1 >= 0.96)
  }

  @Test(.enabled(if: !rows.isEmpty, "../shared/reference/names_pairs.tsv is not there"))
  func `find each other by a key, mostly by every word, with few keys`() throws {
    let names = try Names()
    var (pairs, byOne, byAll, keys) = (0.0, 0.0, 0.0, 0.0)
    for row in Self.rows where row[0] == "1" {
      let (left, right) = (names.keys(of: row[2]), names.keys(of: row[3]))
      let (shorter, longer) = left.words.count <= right.words.count ? (left, right) : (right, left)
      pairs += 1
      keys += Double(left.all.count + right.all.count) / 2
      if !left.all.isDisjoint(with: right.all) { byOne += 1 }
      if shorter.words.allSatisfy({ !longer.all.isDisjoint(with: $0) }) { byAll += 1 }
    }
    #expect(byOne / pairs > 0.98)
    #expect(byAll / pairs > 0.94)
    #expect(keys / pairs < 2.5)
  }
}

@Suite struct `Any two names` {
  let names: Names
  static let words = [
    "Mohamed", "محمد", "Ben Salah", "بن صالح", "Noureddine", "نور الدين", "El Ayari", "العياري", "3amor",
    "Hadj", "الحاج",
    "Abdelaziz", "عبد العزيز", "Trabelsi", "Guesmi", "خولة", "Labidi", "med", "A.", "بو زيد", "Chedly",
    "ٱلْهَادِي",
  ]

  init() throws { names = try Names() }

  private func pairs(_ count: Int) -> [(String, String)] {
    var generator = Fixed(state: 7)
    func name() -> String {
      (0..<Int.random(in: 1...5, using: &generator)).compactMap { _ in
        Self.words.randomElement(using: &generator)
      }
      .joined(separator: " ")
    }
    return (0..<count).map { _ in (name(), name()) }
  }

  @Test func `have a score from 0 to 1 that does not ask who comes first`() {
    for (first, second) in pairs(3_000) {
      let score = names.compare(first, second).score
      #expect((0...1).contains(score))
      #expect(score == names.compare(second, first).score, "\(first) | \(second)")
    }
  }

  @Test func `are certain when they are one`() {
    for (name, _) in pairs(500) { #expect(names.compare(name, name).score == 1) }
  }

  @Test func `are not told apart by case, accents, vowel signs or white space`() {
    for (name, _) in pairs(500) {
      #expect(names.compare(name, "  \(name.uppercased()) \u{200F}").score == 1, "\(name)")
    }
  }

  @Test func `are compared by the thousand within seconds, even in a slow build`() throws {
    let texts = pairs(1_000)
    let start = ContinuousClock.now
    for (first, second) in texts { _ = names.compare(first, second) }
    // A build for tests is about twenty times slower than one for use.
    #expect(ContinuousClock.now - start < .seconds(60))
  }
}

/// The same numbers each time.
private struct Fixed: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
