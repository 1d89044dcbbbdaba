import Pages
import Testing

@Suite struct `A square for the camera of a phone` {
  @Test func `is drawn as one path, with a title, and not at all where the text is too long`() throws {
    let svg = QRCode.svg("https://example.org/answers/abc", title: "<The address>").string
    #expect(svg.hasPrefix("<svg class=\"qr\"") && svg.contains("aria-label=\"&lt;The address&gt;\""))
    // Three squares of seven in the corners: the first begins with a row of seven.
    #expect(svg.contains("M4 4h1v1h-1zM5 4h1v1h-1zM6 4h1v1h-1zM7 4h1v1h-1zM8 4h1v1h-1zM9 4h1v1h-1zM10 4h1"))
    #expect(!svg.contains("M11 4h1"))
    #expect(QRCode.svg(String(repeating: "x", count: 3_000), title: "x").string.isEmpty)
  }
}
