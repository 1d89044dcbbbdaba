import Basics
import Testing

@Suite struct `Two people change one record` {
  private let base = Fields(["name": "Salma", "phone": "20123456", "town": "Sfax"])

  @Test func `different fields come together`() throws {
    var (mine, theirs) = (base, base)
    mine["phone"] = "98765432"
    theirs["town"] = nil
    theirs["email"] = "salma@example.tn"
    let merged = try Fields.merge(base: base, mine: mine, theirs: theirs)
    #expect(merged.values == ["name": "Salma", "phone": "98765432", "email": "salma@example.tn"])
  }

  @Test func `the same field changed twice is shown with both values and what was typed is kept`() {
    var (mine, theirs) = (base, base)
    mine["phone"] = "1"
    mine["town"] = "Gabès"
    theirs["phone"] = "2"
    theirs["name"] = "Selma"
    let conflict = FieldConflict(field: "phone", base: "20123456", mine: "1", theirs: "2")
    let draft = Fields(["name": "Selma", "phone": "1", "town": "Gabès"])
    #expect(throws: Refusal.changedMeanwhile([conflict], draft: draft)) {
      try Fields.merge(base: base, mine: mine, theirs: theirs)
    }
  }

  @Test func `both emptied or both wrote the same: nothing to decide`() throws {
    var (mine, theirs) = (base, base)
    mine["phone"] = ""
    theirs["phone"] = nil
    mine["town"] = "Tunis"
    theirs["town"] = "Tunis"
    #expect(
      try Fields.merge(base: base, mine: mine, theirs: theirs).values == ["name": "Salma", "town": "Tunis"])
  }

  @Test func `one empties what the other changes: both are asked`() {
    var (mine, theirs) = (base, base)
    mine["phone"] = nil
    theirs["phone"] = "2"
    let conflict = FieldConflict(field: "phone", base: "20123456", mine: nil, theirs: "2")
    #expect(throws: Refusal.changedMeanwhile([conflict], draft: Fields(["name": "Salma", "town": "Sfax"]))) {
      try Fields.merge(base: base, mine: mine, theirs: theirs)
    }
  }

  /// For any three states: a field changed on one side has that side's value, one changed on both differently is a
  /// conflict, everything else is as it was.
  @Test func `whatever they do, nothing is lost`() {
    var generator = SystemRandomNumberGenerator()
    func any() -> Fields {
      var fields = Fields()
      for name in ["a", "b", "c", "d"] {
        fields[name] = [nil, "1", "2", "3"].randomElement(using: &generator) ?? nil
      }
      return fields
    }
    for _ in 0..<5_000 {
      let (base, mine, theirs) = (any(), any(), any())
      var expected = Fields()
      var contested: [String] = []
      for name in ["a", "b", "c", "d"] {
        let (was, my, their) = (base[name], mine[name], theirs[name])
        expected[name] = my == was ? their : my
        if my != was, their != was, my != their { contested.append(name) }
      }
      do {
        let merged = try Fields.merge(base: base, mine: mine, theirs: theirs)
        #expect(contested.isEmpty)
        #expect(merged == expected)
      } catch {
        guard case .changedMeanwhile(let conflicts, let draft) = error else {
          Issue.record("\(error)")
          return
        }
        #expect(conflicts.map(\.field) == contested)
        #expect(
          conflicts.allSatisfy {
            $0.base == base[$0.field] && $0.mine == mine[$0.field] && $0.theirs == theirs[$0.field]
          })
        #expect(draft == expected)
      }
    }
  }

  @Test func `what a record was is found from what was done to it`() {
    let steps = [base, Fields(["name": "Selma"]), Fields(), Fields(["name": "Salma", "town": "Tunis"])]
    let changes = zip(steps, steps.dropFirst()).map { $0.changes(to: $1) }
    for start in steps.indices {
      #expect(Fields.before(Array(changes[start...]), steps[steps.count - 1]) == steps[start])
    }
  }
}

@Suite struct `Fields as bytes` {
  private static let texts = [
    "", "a", "é", "سلمى بن عثمان", "👩🏽‍🦱", "\0", "line\nline", String(repeating: "x", count: 127),
    String(repeating: "y", count: 128), String(repeating: "ع", count: 20_000),
  ]

  @Test func `come back as they were`() throws {
    let fields = Fields(Dictionary(uniqueKeysWithValues: Self.texts.map { ($0, $0) }))
    #expect(Fields(bytes: fields.bytes) == fields)
    #expect(Fields(bytes: []) == Fields())
  }

  @Test func `are the same for the same fields, in whatever order they were filled`() {
    let names = (0..<50).map { "field \($0)" }
    let filled = [names, names.reversed(), names.shuffled()].map { order in
      order.reduce(into: Fields()) { $0[$1] = "of \($1)" }.bytes
    }
    #expect(Set(filled).count == 1)
  }

  @Test func `changes tell what was not filled from what was empty`() {
    let changes = Self.texts.flatMap { text in
      [
        FieldChange(field: text, before: nil, after: text),
        FieldChange(field: text, before: text, after: nil),
        FieldChange(field: text, before: "", after: nil),
      ]
    }
    #expect([FieldChange](bytes: changes.bytes) == changes)
  }

  @Test func `cut short or altered they are refused or differ, and never end the program`() {
    let changes = [
      FieldChange(field: "name", before: nil, after: "Salma"),
      FieldChange(field: "town", before: "Sfax", after: nil),
    ]
    let bytes = changes.bytes
    for length in 1..<bytes.count {
      #expect([FieldChange](bytes: Array(bytes.prefix(length))) != changes)
      for value in [UInt8(0), 1, 127, 128, 255] where bytes[length] != value {
        var altered = bytes
        altered[length] = value
        #expect([FieldChange](bytes: altered) != changes)
      }
    }
    // A length that no memory could hold.
    #expect(Fields(bytes: Array(repeating: 255, count: 9) + [127]) == nil)
    #expect(Fields(bytes: [4, 0xFF, 0xFE, 0x41, 0x42, 1, 0x41]) == nil)
  }
}
