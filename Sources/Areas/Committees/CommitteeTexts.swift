import Basics

/// How the area says figures, on pages and papers alike.
enum CommitteeTexts {
  /// A part of the most points: "72,5 %".
  /// - Parameter score: in ten thousandths.
  static func score(_ score: Int, _ reader: Reader) -> String {
    let tenths = (score + 5) / 10
    let comma = reader.language == .english ? "." : ","
    let space = reader.language == .english ? "" : "\u{A0}"
    return "\(tenths / 10)\(comma)\(tenths % 10)\(space)%"
  }
}
