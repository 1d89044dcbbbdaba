import Basics
import Web

/// The text of an instrument: of the file that came with the form, else what was pasted.
struct InstrumentForm: Sendable {
  let text: String
  private let fault: Phrase?

  /// - Throws: a fault of the disk only.
  static func text(_ typed: Typed, _ file: UploadedFile?) throws -> InstrumentForm {
    guard let file, file.size > 0 else {
      let text = typed["text"].replacing("\r\n", with: "\n")
      return InstrumentForm(text: text, fault: text.isEmpty ? say("Choose a file, or paste its text.") : nil)
    }
    guard file.size <= Instrument.mostBytes else {
      return InstrumentForm(
        text: "", fault: say("The file is too large: at most \(Instrument.mostBytes / 1_000) kB."))
    }
    guard let text = String(validating: try file.read(0..<file.size), as: UTF8.self) else {
      return InstrumentForm(text: "", fault: say("The file cannot be read: it is no YAML in UTF-8."))
    }
    let plain = text.replacing("\u{FEFF}", with: "").replacing("\r\n", with: "\n")
    return InstrumentForm(text: plain, fault: nil)
  }

  func checked() throws(Refusal) -> String {
    if let fault { throw .invalid([FieldError("text", fault)]) }
    return text
  }
}
