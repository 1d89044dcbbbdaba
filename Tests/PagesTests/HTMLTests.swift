import Basics
import Pages
import Testing

@Suite struct `A piece of markup` {
  private let hostile = "<script>alert('x' & \"y\")</script>\0"
  private let harmless =
    "&lt;script&gt;alert(&#39;x&#39; &amp; &quot;y&quot;)&lt;/script&gt;\u{FFFD}"

  @Test func `takes text as text, wherever it is put`() {
    let html: HTML = "<p title=\"\(hostile)\">\(hostile)</p>"
    #expect(html.string == "<p title=\"\(harmless)\">\(harmless)</p>")
  }

  @Test(arguments: [
    "", "plain", "é", "سلمى بن عثمان", "👩🏽‍🦱", "a;b:c/d=e`f", "\u{202E}x", "line\nline", "100 %",
  ])
  func `leaves everything else as it is`(text: String) {
    #expect(("\(text)" as HTML).string == text)
  }

  @Test func `escapes each of the six wherever it stands`() {
    for (letter, entity) in [
      ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;"), ("'", "&#39;"),
      ("\0", "\u{FFFD}"),
    ] {
      for text in ["\(letter)", "\(letter)é", "é\(letter)", "é\(letter)é\(letter)\(letter)"] {
        #expect(("\(text)" as HTML).string == text.replacing(letter, with: entity), "\(text)")
      }
    }
  }

  @Test func `escapes a part of a text and whatever describes itself`() {
    let part = "x<y>z".dropFirst().dropLast()
    #expect(("\(part)" as HTML).string == "&lt;y&gt;")
    #expect(("\(CountryCode(rawValue: "<FR>"))" as HTML).string == "&lt;FR&gt;")
    #expect(("\(7) \(Day(number: 0))" as HTML).string == "7 1970-01-01")
  }

  @Test func `takes markup as it is and escapes nothing twice`() {
    let inner: HTML = "<b>\("a & b")</b>"
    let nothing: HTML? = nil
    let some: HTML? = inner
    #expect(
      ("<p>\(inner)\(nothing)\(some)</p>" as HTML).string
        == "<p><b>a &amp; b</b><b>a &amp; b</b></p>")
    #expect((inner + inner).string == "<b>a &amp; b</b><b>a &amp; b</b>")
    #expect(("\("&amp;")" as HTML).string == "&amp;amp;")
  }

  @Test func `joins a list without anything between`() {
    let items = ["a", "<", "c"].map { "<li>\($0)</li>" as HTML }
    #expect(("<ul>\(items)</ul>" as HTML).string == "<ul><li>a</li><li>&lt;</li><li>c</li></ul>")
    #expect(("\([HTML]())" as HTML).isEmpty)
  }

  @Test func `an attribute is there with its value or not at all`() {
    let nothing: String? = nil
    #expect(
      ("<a\(attribute: "title", "\"><script>")>" as HTML).string
        == "<a title=\"&quot;&gt;&lt;script&gt;\">")
    #expect(("<a\(attribute: "title", "")>" as HTML).string == "<a title=\"\">")
    #expect(
      ("<a\(attribute: "title", nothing)\(attribute: "hidden", if: false)>" as HTML).string == "<a>"
    )
    #expect(("<a\(attribute: "hidden", if: true)>" as HTML).string == "<a hidden>")
  }

  @Test func `text of no valid encoding does not end the page`() {
    let broken = String(decoding: [0x41, 0xFF, 0x3C, 0xC3], as: UTF8.self)
    #expect(("\(broken)" as HTML).string == "A\u{FFFD}&lt;\u{FFFD}")
  }

  @Test func `a place in a query holds letters and digits alone`() {
    #expect(Page.queryEscaped("/cases?stage=plan&q=a b") == "%2Fcases%3Fstage%3Dplan%26q%3Da%20b")
    #expect(Page.queryEscaped("سلمى é") == "%D8%B3%D9%84%D9%85%D9%89%20%C3%A9")
    #expect(Page.queryEscaped("\"<>'\r\n\0") == "%22%3C%3E%27%0D%0A%00")
  }
}
