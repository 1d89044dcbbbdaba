import Basics
import Testing

@testable import Pieces

@Suite struct `What is known of pieces` {
  @Test func `comes whole with the program, in three languages and without a fee or a delay`() {
    let entries = PieceKnowledge.own.entries
    #expect(entries.count == 12 && entries.first?.code == "cin")
    for entry in entries {
      for words in [entry.name, entry.purpose, entry.how] {
        #expect(words.count == 3, "\(entry.code)")
        #expect(words.values.allSatisfy { !$0.contains { $0.isNumber } }, "\(entry.code)")
      }
      #expect(entry.source == nil && entry.until == nil)
    }
  }

  @Test func `says which entry is wrong, and how`() {
    func piece(_ more: String, how: String = "{fr: x, ar: x, en: x}") -> String {
      """
      pieces:
        - code: cin
          from: 2026-01-01
          source: usual-practice
          name: {fr: x, ar: x, en: x}
          purpose: {fr: x, ar: x, en: x}
          how: \(how)
          \(more)
      """
    }
    func fault(_ yaml: String) -> String {
      do { _ = try PieceKnowledge(yaml: yaml) } catch { return "\(error)" }
      return "none"
    }
    #expect(fault(piece("until: 2026-12-31")) == "none")
    #expect(fault(piece("", how: "{fr: x, en: x}")) == "piece “cin”: no how in ar")
    #expect(fault(piece("documents: [card]")) == "piece “cin”: no kind of document “card”")
    #expect(fault(piece("until: soon")).contains("until is “soon”"))
    #expect(fault("pieces: []").contains("no pieces"))
    #expect(fault("pieces: 3").contains("cannot be read"))
  }

  @Test func `is asked between its days; what was recorded before stays in sight`() throws {
    let day = Day(number: 20_000)
    func entry(_ code: String, _ until: Day?) -> PieceEntry {
      PieceEntry(
        code: code, name: [:], purpose: [:], how: [:], documents: [], from: day, until: until, source: nil)
    }
    let entries = [entry("a", nil), entry("b", day + 1)]
    func codes(_ pieces: [Piece], _ today: Day) -> [String] {
      PieceRules.lines(entries, pieces, [], on: today).map(\.entry.code)
    }
    #expect(codes([], day + -1).isEmpty)
    #expect(codes([], day + 1) == ["a", "b"] && codes([], day + 2) == ["a"])
    let piece = Piece(id: RecordID(), code: "b", state: .missing, since: day)
    #expect(codes([piece], day + 2) == ["a", "b"])
  }

  @Test func `what is open stands by the day on which it is due`() {
    let day = Day(number: 20_000)
    func line(_ code: String, _ state: Piece.State, _ due: Day?) -> PieceLine {
      PieceLine(
        entry: PieceEntry(
          code: code, name: [:], purpose: [:], how: [:], documents: [], from: day, until: nil, source: nil),
        piece: Piece(id: RecordID(), code: code, state: state, since: day, dueOn: due), document: nil,
        expiredOn: nil)
    }
    let lines = [
      line("a", .asked, nil), line("b", .missing, day + 9), line("c", .had, day),
      line("d", .lostAbroad, day + 2),
      line("e", .missing, nil), line("f", .notApplicable, nil),
    ]
    #expect(PieceRules.open(lines).map(\.entry.code) == ["d", "b", "a", "e"])
  }
}
