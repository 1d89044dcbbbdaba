import CQRCode

/// A square that a phone's camera reads, drawn as one path.
package enum QRCode {
  /// Empty when the text is too long for a square.
  package static func svg(_ text: String, title: String) -> HTML {
    guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return .empty }
    defer { QRcode_free(code) }
    let width = Int(code.pointee.width)
    var path = ""
    for y in 0..<width {
      for x in 0..<width where code.pointee.data[y * width + x] & 1 == 1 {
        path += "M\(x + 4) \(y + 4)h1v1h-1z"
      }
    }
    return """
      <svg class="qr" viewBox="0 0 \(width + 8) \(width + 8)" role="img" aria-label="\(title)">\
      <rect width="100%" height="100%" fill="#fff"/><path d="\(path)" fill="#000"/></svg>
      """
  }
}
