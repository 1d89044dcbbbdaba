import Basics
import Foundation
import NIOConcurrencyHelpers
import Pages
import Storage

/// What somebody may send on purpose or by accident, ready for the wire.
enum Hostile {
  static let script = "<script>alert(1)</script>"

  typealias Value = (name: String, encoded: String)

  static let values: [Value] = texts.map { ($0, Page.queryEscaped($1)) } + bytes

  /// For fields in which nobody writes: choices, days, what the page itself put there; and for a second engine.
  static let few = values.filter {
    ["script", "SQL", "zero byte", "bidi", "empty", "huge number", "host", "lone surrogate"].contains($0.name)
  }

  /// As long as a form may be, nearly.
  static let long: Value = ("100 kB", String(repeating: "x", count: 100_000))

  private static let texts: [(name: String, text: String)] = [
    ("script", script),
    ("attribute", "\"><img src=x onerror=alert(1)>"),
    ("apostrophe", "' autofocus onfocus=alert(1) x='"),
    ("entity", "&lt;b&gt;&#0;"),
    ("SQL", "'; DROP TABLE person; --"),
    ("SQL number", "1 OR 1=1"),
    ("bidi", "\u{202E}gpj.exe\u{2066}"),
    ("zero byte", "a\u{0}b"),
    ("zero byte alone", "\u{0}"),
    ("controls", "\u{1B}[31m\u{7}\u{85}"),
    ("emoji", "👩🏽‍🌾🇹🇳"),
    ("combining", "a" + String(repeating: "\u{301}", count: 300)),
    ("formula", "=1+1"),
    ("formula to a shell", "=cmd|' /C calc'!A0"),
    ("formula by sign", "@SUM(A1:A9)"),
    ("empty", ""),
    ("white space", " \t \u{A0}"),
    ("lines", "a\r\nSet-Cookie: x=1\r\n\r\n"),
    ("huge number", "99999999999999999999"),
    ("negative number", "-1"),
    ("path", "../../etc/passwd"),
    ("host", "//evil.example"),
    ("template", "${7*7}{{7*7}}\\(1)%s%n"),
  ]

  /// What is no text at all, as it comes over the wire.
  private static let bytes: [Value] = [
    ("not a character", "%EF%BF%BF%EF%B7%90"), ("lone surrogate", "%ED%A0%80"), ("not UTF-8", "%FF%FE"),
    ("cut short", "%D9"),
    ("broken percent", "%zz"),
  ]

  /// What must never stand in a page: markup that came from outside, and a zero byte.
  static func isLoose(in text: String) -> Bool {
    // No page, and nothing a browser would run.
    if text.hasPrefix("%PDF-") { return false }
    let page = Data(text.utf8)
    return loose.contains { page.range(of: $0) != nil }
  }

  private static let loose = ["<script>alert", "<img src=x", "' autofocus", "\u{0}"].map { Data($0.utf8) }
}

extension Form {
  /// Values that the form's rules take, whatever the form: offered choices, days, plain words.
  var filled: [String: String] {
    var values: [String: String] = [:]
    for field in fields { values[field.name] = Self.plain(field) }
    // Another Monday each time, none of them a holiday: nobody is at two places at once.
    if let monday = Day("2026-03-16"), values["day"] != nil, values["hour"] != nil || values["begins"] != nil
    {
      values["day"] = (monday + 7 * (Self.met.next() % 20)).description
    }
    return values
  }

  /// What is tried in a field; the longest value in one field of a form only, which is slow enough. The pages make the
  /// same of a text on both engines: on PostgreSQL stands what an engine itself may stumble over.
  func hostile(_ name: String, on engine: Database.Engine) -> [Hostile.Value] {
    let written: Set = ["text", "textarea", "search", "tel", "email", "password"]
    let writtenFields = fields.filter { written.contains($0.kind) }
    guard writtenFields.contains(where: { $0.name == name }) else { return Hostile.few }
    let values = engine == .sqlite ? Hostile.values : Hostile.few
    return values + (writtenFields.first?.name == name ? [Hostile.long] : [])
  }

  private static func plain(_ field: Field) -> String {
    if let special = special[field.name]?(),
      special.isEmpty || field.options.isEmpty || field.options.contains(special)
    {
      return special
    }
    switch field.kind {
    case "hidden": return field.value
    case "radio", "checkbox", "select": return field.value.isEmpty ? field.options.first ?? "" : field.value
    case "date": return "2026-03-12"
    case "number": return ""
    default: return "Plain words"
    }
  }

  private static func word(_ consonants: String, _ vowels: String) -> String {
    (0..<5).map { _ in "\(consonants.randomElement() ?? "b")\(vowels.randomElement() ?? "a")" }.joined()
  }

  private final class Count: Sendable {
    private let told = NIOLockedValueBox(0)

    func next() -> Int {
      told.withLockedValue { told in
        told += 1
        return told
      }
    }
  }

  private static let told = Count()
  private static let begun = Count()
  private static let met = Count()

  private static let special: [String: @Sendable () -> String] = [
    // Each time another: nobody is at two places at once, and no two rooms have one name.
    "hour": {
      let half = told.next() % 16
      return "\(12 + half / 2):\(half % 2 == 0 ? "00" : "30")"
    },
    // Before the hours above.
    "begins": {
      let half = begun.next() % 4
      return "\(10 + half / 2):\(half % 2 == 0 ? "00" : "30")"
    }, "seats": { "9" }, "minutes": { "30" },
    "day-0": { "9:00-12:00" }, "day-1": { "" }, "day-2": { "" }, "day-3": { "" }, "day-4": { "" },
    "day-5": { "" },
    "day-6": { "" }, "name": { "Plain words \(told.next())" },
    // Somebody else each time: of two who are alike the second is asked about.
    "given-latin": { word("bcdfghklmnrstz", "aeiou") }, "family-latin": { word("bcdfghklmnrstz", "aeiou") },
    "given-arabic": { word("بتجحدرزسشطعفقكلمن", "اوي") },
    "family-arabic": { word("بتجحدرزسشطعفقكلمن", "اوي") },
    "phones": { "+2162\(Int.random(in: 1_000_000...9_999_999))" }, "cin": { "" },
    "words": { "Words that say enough of it" }, "passport": { "" },
    // Whoever is named as complained of does not find it any more.
    "case-number": { "" }, "about": { "" }, "decided-by": { "" },
    "email": { "a@example.tn" }, "amount": { "1200,5" },
    // Uses and sources are one sum; an account has its key.
    "cost": { "1200,5" }, "asked": { "1200,5" }, "own": { "" }, "other": { "" }, "other-words": { "" },
    "rib": { "10006035183598478831" }, "payer-rib": { "10006035183598478831" }, "granted": { "1,5" },
    "rate": { "3,3845" }, "kind-code": { "kind-\(told.next())" },
    "income-wage": { "" }, "income-pension": { "" }, "income-aid": { "" }, "income-family": { "" },
    "income-other": { "" }, "debts-amount": { "250,5" },
    // Of a question that is answered in words: the answer, or why there is none.
    "why-q-said": { "" },
    "sign-in-name": { "n\(UUID())" }, "new-password": { "olives et jasmin 2" }, "code": { "123456" },
    "url": { "https://example.tn" }, "opens": { "08:30" }, "closes": { "13:00" }, "cost-amount": { "12,5" },
    "contact-email": { "a@example.tn" }, "delegations": { "" },
    "from": { "2026-03-12" }, "until": { "" }, "governorate": { "TN-11" }, "assigned-only": { "" },
  ]
}
