import Basics
import Testing

@Suite struct `What was typed into a form` {
  private func check(_ text: String) -> FormCheck { FormCheck(Typed(["field": [text]])) }

  private enum Answer: String { case yes, no }

  @Test func `text keeps every character but the white space around it`() {
    for text in ["Salma", "سلمى بن عثمان", "O'Brien <b>", "👩🏽‍🦱", "a\nb\tc", "‎+216", "=1+1", "{1}", "$1"] {
      var form = check("  \(text)\u{A0}\n")
      #expect(form.text("field") == text)
      #expect(form.errors.isEmpty)
    }
  }

  @Test func `white space alone is nothing`() {
    for text in ["", " ", "\u{A0}\t\r\n"] {
      var form = check(text)
      #expect(form.text("field") == nil)
      #expect(form.day("field") == nil && form.number("field", in: 0...9) == nil)
      #expect((form.choice("field") as Answer?) == nil)
      #expect(form.errors.isEmpty)
    }
  }

  @Test func `too long is refused, and so is one letter under a thousand marks`() throws {
    var form = check(String(repeating: "ب", count: 200))
    _ = form.text("field")
    #expect(form.errors.isEmpty)
    for text in [String(repeating: "ب", count: 201), "e" + String(repeating: "\u{301}", count: 100_000)] {
      form = check(text)
      #expect(form.text("field") == text)
      #expect(form.errors == [FieldError("field", say("This is too long: write at most \(200) characters."))])
    }
    form = check(String(repeating: "x", count: 10_000))
    _ = form.paragraph("field")
    #expect(form.errors.isEmpty)
  }

  @Test(arguments: [
    "\0", "\u{1}", "\u{1B}", "\u{7F}", "\u{9F}", "\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}", "\u{FFF9}",
    "\u{FEFF}",
  ])
  func `a control that nobody sees is refused by name`(control: String) {
    var form = check("Sal\(control)ma")
    _ = form.text("field")
    #expect(form.errors.map(\.field) == ["field"])
    #expect(form.errors.first?.message.key.contains("invisible") == true)
  }

  @Test(arguments: [
    "2026-03-12", "12/03/2026", "12/3/2026", "12-03-2026", "12.03.2026", "2026/03/12", "١٢/٠٣/٢٠٢٦",
    "۱۲/۰۳/۲۰۲۶",
    "٢٠٢٦-٠٣-١٢",
    " 12 03 2026 ",
  ])
  func `a day is read as browsers send it or day first, in either kind of digits`(text: String) {
    var form = check(text)
    #expect(form.day("field") == Day("2026-03-12"))
    #expect(form.errors.isEmpty)
  }

  @Test(arguments: [
    "31/02/2026", "03/13/2026", "12/03/26", "0/1/2026", "12 mars 2026", "12/03", "12/03/2026/1",
    "yesterday", "99999999999999999999/1/2026",
  ])
  func `what is no day is refused with the way to write it`(text: String) {
    var form = check(text)
    #expect(form.day("field") == nil)
    #expect(
      form.errors == [FieldError("field", say("Write the date as day/month/year, for example 12/03/2026."))])
  }

  @Test func `a day outside what makes sense is refused with what does`() throws {
    let range = try #require(Day("1900-01-01"))...(#require(Day("2026-03-12")))
    for (text, isRight) in [
      ("01/01/1900", true), ("12/03/2026", true), ("13/03/2026", false), ("31/12/1899", false),
    ] {
      var form = check(text)
      _ = form.day("field", in: range)
      #expect(form.errors.isEmpty == isRight, "\(text)")
    }
    var form = check("13/03/2026")
    _ = form.day("field", in: range)
    let message = try #require(form.errors.first?.message)
    #expect(message.arguments == [.day(range.lowerBound), .day(range.upperBound)])
  }

  @Test func `a whole number is read in either kind of digits and within its range`() {
    for (text, number) in [("0", 0), ("12", 12), ("١٢", 12), ("۰۷", 7), (" 20 ", 20)] {
      var form = check(text)
      #expect(form.number("field", in: 0...20) == number)
      #expect(form.errors.isEmpty)
    }
    for text in ["21", "-1", "1.5", "1,5", "a", "1e3", "99999999999999999999", "½"] {
      var form = check(text)
      #expect(form.number("field", in: 0...20) == nil)
      #expect(form.errors == [FieldError("field", say("Write a whole number from \(0) to \(20)."))])
    }
  }

  @Test func `only what was offered can be chosen`() {
    var form = check("yes")
    #expect((form.choice("field") as Answer?) == .yes)
    #expect(form.code("field", among: [CountryCode(rawValue: "yes")]) == CountryCode(rawValue: "yes"))
    #expect(form.errors.isEmpty)
    form = check("maybe")
    #expect((form.choice("field") as Answer?) == nil)
    #expect(form.code("field", among: [CountryCode(rawValue: "FR")]) == nil)
    #expect(
      form.errors.map(\.message) == [
        say("Choose one of the answers offered."), say("Choose one of the answers offered."),
      ])
  }

  @Test func `what is compulsory is asked for in its own words, and all is said at once`() {
    var form = FormCheck(Typed(["long": [String(repeating: "x", count: 11)], "day": ["soon"]]))
    let name = form.required("name", say("Name"))
    let answer: Answer? = form.required(choice: "answer", say("Sex"))
    _ = form.text("long", limit: 10)
    _ = form.day("day")
    #expect(name.isEmpty && answer == nil)
    #expect(form.errors.map(\.field) == ["name", "answer", "long", "day"])
    #expect(form.errors.first?.message == say("Name"))
    #expect(throws: Refusal.invalid(form.errors)) { try form.finish() }
  }

  @Test func `a form that is right goes through`() throws {
    try FormCheck(Typed()).finish()
  }

  @Test func `the id that came with the form makes the record; a wrong one is replaced`() {
    let id = RecordID<Never>()
    var form = FormCheck(Typed(["once": [id.text]]))
    #expect(form.newID() == id)
    form = FormCheck(Typed(["once": ["../../etc/passwd"]]))
    let (a, b): (RecordID<Never>, RecordID<Never>) = (form.newID(), form.newID())
    #expect(a != b && form.errors.isEmpty)
  }

  @Test func `several answers to one question are all kept`() {
    var typed = Typed(["language": [" fr ", "", "ar"], "once": ["yes"]])
    #expect(typed.all("language") == ["fr", "ar"])
    #expect(typed["language"] == "fr")
    #expect(typed.all("nothing").isEmpty && !typed.isChecked("nothing") && typed.isChecked("once"))
    typed["once"] = ""
    #expect(!typed.isChecked("once"))
    #expect(Typed(Fields(["name": "Salma"]))["name"] == "Salma")
  }

  @Test func `other digits than Arabic ones are left as they are`() {
    #expect("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ० 五 x".westernDigits == "0123456789 0123456789 ० 五 x")
  }
}
