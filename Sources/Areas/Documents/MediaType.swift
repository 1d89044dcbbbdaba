import Basics
import CMagic
import NIOConcurrencyHelpers
import Storage

/// What a file is, as its bytes tell: neither its name nor the sender is asked.
package enum MediaType: String, Storable, CaseIterable, Sendable {
  case pdf = "application/pdf"
  case jpeg = "image/jpeg"
  case png = "image/png"
  case webp = "image/webp"
  case tiff = "image/tiff"
  case heic = "image/heic"
  case odt = "application/vnd.oasis.opendocument.text"
  case ods = "application/vnd.oasis.opendocument.spreadsheet"
  case docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
  case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
  case text = "text/plain"

  /// Its own name, the same in every language.
  var label: String {
    switch self {
    case .pdf: "PDF"
    case .jpeg: "JPEG"
    case .png: "PNG"
    case .webp: "WEBP"
    case .tiff: "TIFF"
    case .heic: "HEIC"
    case .odt: "ODT"
    case .ods: "ODS"
    case .docx: "DOCX"
    case .xlsx: "XLSX"
    case .text: "TXT"
    }
  }

  /// What its files' names end in; the first one is given to a file that is called otherwise.
  package var suffixes: [String] {
    switch self {
    case .jpeg: ["jpg", "jpeg"]
    case .tiff: ["tif", "tiff"]
    case .heic: ["heic", "heif"]
    case .text: ["txt", "csv"]
    default: [label.lowercased()]
    }
  }

  /// Kinds of file that a browser offers first.
  static let offered = allCases.flatMap(\.suffixes).map { ".\($0)" }.joined(separator: ",")
  static let named = allCases.map(\.label).joined(separator: ", ")

  /// As libmagic names it; nil for what is not taken.
  init?(magic name: String) {
    switch name {
    case "text/csv": self = .text
    case "image/heif": self = .heic
    default: self.init(rawValue: name)
    }
  }

  /// So many bytes are looked at: as much as libmagic needs to tell one kind of office file from another.
  private static let looked = 1 << 18

  /// Nil for what is not taken.
  static func recognised(_ content: DocumentContent) throws -> MediaType? {
    let bytes = try content.read(0..<min(content.size, looked))
    return MediaType(magic: try Magic.shared.name(of: bytes))
  }
}

/// libmagic and its rules, loaded once; asked by one thread at a time, as it demands.
private final class Magic: Sendable {
  static let shared = Magic()

  /// Of the lock alone.
  private struct Rules: @unchecked Sendable { let handle: magic_t? }
  private let rules: NIOLockedValueBox<Rules>

  private init() {
    let handle = magic_open(MAGIC_MIME_TYPE | MAGIC_ERROR)
    // Without its rules it is as good as not there.
    let isReady = handle != nil && magic_load(handle, nil) == 0
    rules = NIOLockedValueBox(Rules(handle: isReady ? handle : nil))
  }

  func name(of bytes: [UInt8]) throws -> String {
    try rules.withLockedValue { rules in
      guard let handle = rules.handle, let name = magic_buffer(handle, bytes, bytes.count) else {
        throw StorageFault.other("libmagic cannot tell what a file is")
      }
      return String(cString: name)
    }
  }
}
