/// A name as it can be compared: its parts, each with its sounds.
package struct Name: Sendable {
  /// Further parts than this are not looked at.
  static let mostParts = 7
  /// Further sounds of a part than this are not looked at.
  static let mostSounds = 24

  /// As it was written.
  package let text: String
  package private(set) var parts: [Part] = []

  /// A word, with the particles that belong to it: `ben salah`, `عبد السلام`, `noureddine`.
  package struct Part: Sendable {
    /// Folded.
    package internal(set) var text: String
    package let isArabic: Bool
    /// Courtesy or pilgrimage: may be missing without a difference.
    let isTitle: Bool
    /// The first letter only: `A. Hammami`.
    let isInitial: Bool
    var sounds: [Sound]
    /// What `variants.tsv` knows of it.
    var variant: NameKnowledge.Variant?

    /// Persons in a thousand who bear it; 0 when it is not known.
    var common: Int { variant?.common ?? 0 }
  }

  init(_ text: String, _ knowledge: NameKnowledge) {
    self.text = text
    var reader = PartReader(knowledge: knowledge)
    for word in NameFolding.words(text) where reader.parts.count < Self.mostParts { reader.read(word) }
    reader.finish()
    parts = reader.parts
  }
}

/// Puts words together to parts: what stands before a name waits for it, what stands behind joins it.
private struct PartReader {
  let knowledge: NameKnowledge
  var parts: [Name.Part] = []
  private var waiting: [Sound] = []
  private var waitingText: [String] = []
  /// Where the name proper begins in `waitingText`: `ben` and `el` do not belong to it, `abd` and `bou` do.
  private var core = 0

  init(knowledge: NameKnowledge) { self.knowledge = knowledge }

  mutating func read(_ word: [Unicode.Scalar]) {
    let (word, article) = Self.parted(word)
    if article { wait("l", [knowledge.article], isOutside: true) }
    let text = String(String.UnicodeScalarView(word))
    switch knowledge.particles[text] {
    case .article: wait(text, [knowledge.article], isOutside: true)
    case .son: wait(text, knowledge.son, isOutside: true)
    case .sonOfThe: wait(text, knowledge.son.prefix(1) + [knowledge.article], isOutside: true)
    case .servant, .father, .mother: wait(text, sounds(of: word), isOutside: false)
    case .faith: join(text, word)
    case .skipped: break
    case .title: add(text, word, isTitle: waiting.isEmpty)
    case nil: add(text, word, isTitle: false)
    }
  }

  /// What waited for a name that does not come is a name itself.
  mutating func finish() {
    guard !waiting.isEmpty else { return }
    append(waitingText, sounds: waiting, isTitle: false)
  }

  private mutating func wait(_ text: String, _ sounds: some Sequence<Sound>, isOutside: Bool) {
    if isOutside && core == waitingText.count { core += 1 }
    waitingText.append(text)
    waiting += sounds
  }

  private mutating func join(_ text: String, _ word: [Unicode.Scalar]) {
    guard waiting.isEmpty, let last = parts.last, !last.isTitle else {
      return add(text, word, isTitle: false)
    }
    parts[parts.count - 1].text += " " + text
    parts[parts.count - 1].variant = knowledge.variants[parts[parts.count - 1].text]
    parts[parts.count - 1].sounds = Array((last.sounds + sounds(of: word)).prefix(Name.mostSounds))
  }

  private mutating func add(_ text: String, _ word: [Unicode.Scalar], isTitle: Bool) {
    append(waitingText + [text], sounds: waiting + sounds(of: word), isTitle: isTitle)
    waiting = []
    waitingText = []
    core = 0
  }

  private mutating func append(_ words: [String], sounds: [Sound], isTitle: Bool) {
    guard !sounds.isEmpty else { return }
    let first = words.last?.unicodeScalars.first?.value ?? 0
    parts.append(
      Name.Part(
        text: words.joined(separator: " "), isArabic: (0x0600..<0x0700).contains(first), isTitle: isTitle,
        isInitial: words.count == 1 && words[0].unicodeScalars.count == 1,
        sounds: Array(sounds.prefix(Name.mostSounds)),
        variant: knowledge.variant(of: words.dropFirst(core).joined(separator: " "))))
  }

  private func sounds(of word: [Unicode.Scalar]) -> [Sound] {
    let isArabic = word.first.map { $0.value >= 0x0600 } ?? false
    if isArabic, word.count >= 4, word[0] == "\u{0627}", word[1] == "\u{0644}" {
      return [knowledge.article] + knowledge.spellings.sounds(of: word.dropFirst(2))
    }
    if isArabic, word.count >= 5, word[0] == "\u{0628}", word[1] == "\u{0627}", word[2] == "\u{0644}" {
      return knowledge.son.prefix(1) + [knowledge.article] + knowledge.spellings.sounds(of: word.dropFirst(3))
    }
    return knowledge.spellings.sounds(of: word)
  }

  /// Without apostrophes; `l'abidine` parts into article and name.
  private static func parted(_ word: [Unicode.Scalar]) -> ([Unicode.Scalar], article: Bool) {
    guard word.contains("'") else { return (word, false) }
    let article = word.count > 3 && word[0] == "l" && word[1] == "'"
    var kept: [Unicode.Scalar] = []
    for letter in article ? word.dropFirst(2) : word[...] {
      if letter == "'", !(kept.last.map { $0.value >= 0x30 && $0.value <= 0x39 } ?? false) { continue }
      kept.append(letter)
    }
    return (kept, article)
  }
}
