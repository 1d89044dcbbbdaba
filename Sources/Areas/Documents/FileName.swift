import Basics
import Foundation

/// Names of files: what a sender's machine calls a file, and how it is handed out again.
enum FileName {
  /// Characters before the ending. Source: 255 bytes is what disks take, and a letter has up to four in UTF-8.
  private static let longest = 60
  /// Names that Windows keeps for its devices. Source: Microsoft, "Naming Files, Paths, and Namespaces".
  private static let devices: Set<String> = Set(
    ["con", "prn", "aux", "nul"] + (1...9).flatMap { ["com\($0)", "lpt\($0)"] })

  /// A name that any disk takes, that shows what it is, and that ends as files of its type do.
  static func harmless(_ name: String, _ type: MediaType) -> String {
    let last = name.split(whereSeparator: { "/\\".contains($0) }).last.map(String.init) ?? ""
    var letters = String.UnicodeScalarView()
    // A single letter can carry any number of marks: scalars are counted, and few are looked at.
    for scalar in last.precomposedStringWithCanonicalMapping.unicodeScalars.prefix(400) {
      letters.append(isKept(scalar) ? scalar : " ")
    }
    let words = String(letters).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    var (stem, suffix) = parted(words)
    if !type.suffixes.contains(suffix.lowercased()) {
      if !suffix.isEmpty, suffix.unicodeScalars.count > 8 { stem = words }
      suffix = type.suffixes[0]
    }
    stem = String(String.UnicodeScalarView(stem.unicodeScalars.prefix(longest)))
    stem = stem.trimmingCharacters(in: CharacterSet(charactersIn: ". "))
    if stem.isEmpty || devices.contains(stem.lowercased()) {
      stem = "document\(stem.isEmpty ? "" : "-\(stem)")"
    }
    return "\(stem).\(suffix.lowercased())"
  }

  private static func parted(_ name: String) -> (stem: String, suffix: String) {
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return (name, "") }
    return (String(name[..<dot]), String(name[name.index(after: dot)...]))
  }

  /// Letters, digits and common marks: no control, nothing invisible, nothing that a disk or a shell reads in its way.
  private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: !"<>:\"|?*%$`;&'".unicodeScalars.contains(scalar)
    }
  }

  /// For saving, never for showing. Source: RFC 6266, and RFC 8187 for the second form.
  static func attachment(_ name: String) -> String {
    let plain = String(
      String.UnicodeScalarView(
        name.unicodeScalars.map {
          (32..<127).contains($0.value) && !"\"\\".unicodeScalars.contains($0) ? $0 : "_"
        }))
    let encoded = name.utf8.map { byte -> String in
      let isPlain = byte < 128 && attributeLetters.contains(byte)
      return isPlain ? String(UnicodeScalar(byte)) : "%" + hex(byte >> 4) + hex(byte & 15)
    }
    return "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded.joined())"
  }

  private static func hex(_ digit: UInt8) -> String { String(digit, radix: 16, uppercase: true) }

  private static let attributeLetters = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~".utf8)
}
