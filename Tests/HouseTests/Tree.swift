import Foundation

/// A line of the source tree, with its place and without its comments.
struct Line: Sendable {
  /// Path from the root: `Sources/Areas/Plans/PlanStore.swift`.
  let file: String
  let number: Int
  /// Without comments: code and string literals.
  let text: String
  /// Without comments and without what stands in string literals.
  let code: String

  var name: String { String(file.split(separator: "/").last ?? "") }
}

/// The source tree as it lies on disk, found from this file's own place.
enum Tree {
  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Every text file below `folder`, as paths from the root.
  static func files(in folder: String, endingIn suffixes: [String] = [".swift"]) -> [String] {
    let all = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
    let paths = (all?.allObjects as? [String] ?? []).map { "\(folder)/\($0)" }
    return paths.filter { path in suffixes.contains { path.hasSuffix($0) } }.sorted()
  }

  static func read(_ file: String) -> String {
    (try? String(contentsOf: root.appending(path: file), encoding: .utf8)) ?? ""
  }

  static func folders(in folder: String) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
    return (names ?? []).filter { !$0.contains(".") }.sorted()
  }

  static func lines(of file: String) -> [Line] {
    var isInText = false
    return read(file).split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
      index, line in
      let opensOrCloses = !line.ranges(of: "\"\"\"").count.isMultiple(of: 2)
      defer { if opensOrCloses { isInText.toggle() } }
      if isInText && !opensOrCloses {
        return Line(file: file, number: index + 1, text: String(line), code: "")
      }
      let text = line.replacing(/(^|\s)\/\/.*/, with: "")
      let code = text.replacing(/"(\\.|[^"\\])*"/, with: "\"\"")
      return Line(file: file, number: index + 1, text: String(text), code: isInText ? "" : String(code))
    }
  }
}

/// The areas of the map in `Package.swift`, each with what it may call.
enum Map {
  static let areas: [String: Set<String>] = {
    let manifest = Tree.read("Package.swift")
    guard let from = manifest.range(of: "let areas"), let to = manifest.range(of: "let areaNames") else {
      return [:]
    }
    let entries = String(manifest[from.upperBound..<to.lowerBound]).components(separatedBy: "area(")
      .dropFirst()
    return Dictionary(
      entries.map { entry in
        let names = entry.replacing(/, package: "[^"]*"/, with: "").matches(of: /"([^"]+)"/).map {
          String($0.1)
        }
        return (names.first ?? "", Set(names.dropFirst()))
      }, uniquingKeysWith: { $0.union($1) })
  }()
}
