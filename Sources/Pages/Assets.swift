import Foundation

/// The files a page draws on, read once at start: stylesheet and script of ours, fonts and icons made at set-up.
///
/// Names carry a hash of the content, so that browsers may keep them for good. Without the set-up folder the pages
/// work with the system's fonts and without icons.
package struct Assets: Sendable {
  package struct Asset: Sendable {
    package let bytes: [UInt8]
    package let contentType: String
  }

  package private(set) var stylesheetPath = ""
  package private(set) var scriptPath = ""
  /// The script that keeps what is typed on the device and sends it again.
  package private(set) var keeperPath = ""
  package private(set) var markPath = ""
  private var files: [String: Asset] = [:]
  private var icons: [Icon: HTML] = [:]

  /// - Parameter folder: holds `fonts/*.woff2` and `icons/*.svg`.
  package init(folder: String? = nil) {
    let fonts = Self.contents(of: folder.map { "\($0)/fonts" }, suffix: ".woff2")
    var faces = ""
    for (name, bytes) in fonts.sorted(by: { $0.key < $1.key }) {
      let path = add(bytes, name: name, suffix: "woff2", type: "font/woff2")
      faces += Self.face(name: name, path: path)
    }
    let stylesheet = Array(faces.utf8) + Self.own("tounesna", "css")
    stylesheetPath = add(stylesheet, name: "tounesna", suffix: "css", type: "text/css; charset=utf-8")
    scriptPath = add(
      Self.own("tounesna", "js"), name: "tounesna", suffix: "js", type: "text/javascript; charset=utf-8")
    keeperPath = add(
      Self.own("keeper", "js"), name: "keeper", suffix: "js", type: "text/javascript; charset=utf-8")
    markPath = add(Self.own("mark", "svg"), name: "mark", suffix: "svg", type: "image/svg+xml")
    addIcons(Self.contents(of: folder.map { "\($0)/icons" }, suffix: ".svg"))
  }

  package subscript(path: String) -> Asset? { files[path] }

  /// The drawing of an icon, hidden from screen readers: a word always stands beside it.
  package func svg(_ icon: Icon) -> HTML { icons[icon] ?? .empty }

  /// All drawings are one file that browsers keep; a page names them. Drawn on each page they would weigh a fifth of it.
  private mutating func addIcons(_ drawings: [String: [UInt8]]) {
    let known = Icon.allCases.compactMap { icon in drawings[icon.rawValue].map { (icon, $0) } }
    let symbols = known.map { Self.symbol($0.rawValue, String(decoding: $1, as: UTF8.self)) }.joined()
    let sheet = "<svg xmlns=\"http://www.w3.org/2000/svg\">\(symbols)</svg>"
    let path = add(Array(sheet.utf8), name: "icons", suffix: "svg", type: "image/svg+xml")
    for (icon, _) in known {
      icons[icon] = .unescaped(
        "<svg class=\"icon\(icon.isDirected ? " directed" : "")\" aria-hidden=\"true\" focusable=\"false\">"
          + "<use href=\"\(path)#\(icon.rawValue)\"/></svg>")
    }
  }

  private mutating func add(_ bytes: [UInt8], name: String, suffix: String, type: String) -> String {
    // FNV-1a: tells one content from another, nothing more.
    let hash = bytes.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
    let path = "/assets/\(name)-\(String(hash, radix: 36)).\(suffix)"
    files[path] = Asset(bytes: bytes, contentType: type)
    return path
  }

  private static func own(_ name: String, _ suffix: String) -> [UInt8] {
    let url = Bundle.module.url(forResource: name, withExtension: suffix, subdirectory: "Look")
    return url.flatMap { try? Data(contentsOf: $0) }.map { Array($0) } ?? []
  }

  private static func contents(of folder: String?, suffix: String) -> [String: [UInt8]] {
    guard let folder, let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
      return [:]
    }
    return names.filter { $0.hasSuffix(suffix) }.reduce(into: [:]) { files, name in
      files[String(name.dropLast(suffix.count))] = FileManager.default.contents(atPath: "\(folder)/\(name)")
        .map { Array($0) }
    }
  }

  /// `NotoSansArabic-600` is the Arabic family in weight 600; a page loads only the scripts it shows.
  private static func face(name: String, path: String) -> String {
    let isArabic = name.contains("Arabic")
    let weight = name.split(separator: "-").last ?? "400"
    let range =
      isArabic
      ? "U+0600-06FF,U+0750-077F,U+08A0-08FF,U+FB50-FDFF,U+FE70-FEFF"
      : "U+0000-02FF,U+1E00-1EFF,U+2000-206F,U+20A0-20CF,U+2190-2193,U+2212"
    return """
      @font-face{font-family:"\(isArabic ? "Noto Sans Arabic" : "Noto Sans")";font-weight:\(weight);\
      font-display:swap;src:url(\(path)) format("woff2");unicode-range:\(range)}

      """
  }

  private static func symbol(_ name: String, _ svg: String) -> String {
    guard let start = svg.range(of: ">"), let end = svg.range(of: "</svg>") else { return "" }
    let drawing = svg[start.upperBound..<end.lowerBound].trimmingCharacters(in: .whitespacesAndNewlines)
    return "<symbol id=\"\(name)\" viewBox=\"0 0 16 16\">\(drawing)</symbol>"
  }
}

/// The icons of the product, by their names in the set they come from (bootstrap-icons).
package enum Icon: String, Sendable, CaseIterable {
  case home = "house-door"
  case cases = "folder2-open"
  case add = "person-plus"
  case plus = "plus-lg"
  case search
  case file = "file-earmark-spreadsheet"
  case paper = "file-earmark-text"
  case people
  case antenna = "geo-alt"
  case accounts = "person-gear"
  case done = "check-circle"
  case ahead = "circle"
  case current = "record-circle"
  case late = "exclamation-triangle"
  case info = "info-circle"
  case stop = "slash-circle"
  case calendar = "calendar-event"
  case phone = "telephone"
  case lock
  case note = "journal-text"
  case plan = "list-check"
  case visit = "signpost"
  case history = "clock-history"
  case signOut = "box-arrow-right"
  case next = "chevron-right"
  case transfer = "arrow-left-right"
  case message = "envelope"
  case referral = "send"
  case money = "cash-coin"
  case language = "translate"

  /// Those that follow the direction of the text: in Arabic they look the other way.
  var isDirected: Bool { [.signOut, .next, .plan, .note].contains(self) }
}
