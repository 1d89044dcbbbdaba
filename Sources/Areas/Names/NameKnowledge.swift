import Foundation

/// What is known of names, read from the files in `Knowledge/`: each names its version and its source.
package struct NameKnowledge: Sendable {
  /// `likeness 1, particles 1, …`: when it changes, keys made before no longer hold.
  /// Those of the files, in the order of `fileNames`: `1/1/2/1`.
  package let version: String
  let sounds: [SoundKind]
  /// The sounds of `el` and of `ben`, as they stand before a name.
  let article: Sound
  let son: [Sound]
  let spellings: Spellings
  /// What a word does beside a name, by its folded form.
  let particles: [String: Particle]
  /// The names that a form may stand for, by its folded form.
  let variants: [String: Variant]
  let weights: NameWeights

  /// A sound common to both scripts.
  struct SoundKind: Sendable {
    let code: String
    /// Its weight, when the other spelling lacks it, is that of its group.
    let group: String
    /// Its letter in keys; nil for what one script or the other leaves out.
    let key: Character?
  }

  enum Particle: String, Sendable {
    case article, son, servant, father, mother, faith, title, skipped
    case sonOfThe = "son of the"
  }

  struct Variant: Sendable {
    /// First forms, each standing for a name.
    var names: Set<String> = []
    /// Persons in a thousand who bear one of them.
    var common = 0
  }

  /// A line that cannot be understood.
  package struct Fault: Error, Equatable, CustomStringConvertible {
    let file: String
    let line: Int
    let problem: String
    package var description: String { "\(file).tsv, line \(line): \(problem)" }
  }

  static let fileNames = ["likeness", "particles", "sounds", "spellings", "variants", "weights"]

  /// `files`: the texts by name, without their ending.
  package init(files: [String: String]) throws(Fault) {
    let reader = try KnowledgeReader(files: files)
    sounds = reader.kinds
    article = try reader.sound("L")
    son = [try reader.sound("B"), try reader.sound("N")]
    spellings = try reader.spellings()
    particles = try reader.particles()
    variants = try reader.variants()
    weights = try NameWeights(
      values: reader.values(), groups: reader.kinds.map(\.group), likeness: reader.likeness())
    version = Self.fileNames.map { name in
      files[name]?.firstMatch(of: /Version ([0-9.]+)/).map { String($0.1) } ?? "0"
    }.joined(separator: "/")
  }

  /// What is known of a word, with or without its article.
  func variant(of text: String) -> Variant? {
    variants[text] ?? (text.hasPrefix("ال") ? variants[String(text.dropFirst(2))] : nil)
  }

  /// The knowledge that came with the program, read once.
  static let own: Result<NameKnowledge, Fault> = Result { () throws(Fault) in
    try NameKnowledge(files: ownFiles)
  }

  package static var ownFiles: [String: String] {
    var files: [String: String] = [:]
    for name in fileNames {
      let url = Bundle.module.url(forResource: name, withExtension: "tsv", subdirectory: "Knowledge")
      files[name] = url.flatMap { try? String(contentsOf: $0, encoding: .utf8) }
    }
    return files
  }
}
