/// Keys of a name for a search that must not read it: words that sound alike in either script share one.
package struct NameKeys: Sendable, Equatable {
  /// For each word of the name, titles left out, the keys it may be found under; never empty for a word.
  package let words: [[String]]
  /// The first three letters of each word that has more, in its own script.
  package let beginnings: Set<String>

  /// All keys, each once.
  package var all: Set<String> { Set(words.joined()) }

  init(_ name: Name, _ knowledge: NameKnowledge) {
    let names = name.parts.filter { !$0.isTitle }
    words = (names.isEmpty ? name.parts : names).map { Self.keys($0, knowledge) }
    let texts = names.flatMap { $0.text.split(separator: " ").map(Self.withoutArticle) }
    beginnings = Set(texts.filter { $0.count > 3 }.map { String($0.prefix(3)) })
  }

  private static func withoutArticle(_ word: Substring) -> Substring {
    word.hasPrefix("ال") && word.count > 4 ? word.dropFirst(2) : word
  }

  /// The keys one consonant away from `key`: one more, one less, another, or two changed about.
  static func near(_ key: String, _ knowledge: NameKnowledge) -> Set<String> {
    let letters = Set(knowledge.sounds.compactMap(\.key))
    let key = Array(key)
    var near = Set<[Character]>()
    for place in key.indices {
      near.insert(Array(key[..<place] + key[(place + 1)...]))
      for letter in letters { near.insert(key[..<place] + [letter] + key[(place + 1)...]) }
      if place > 0 { near.insert(key[..<(place - 1)] + [key[place], key[place - 1]] + key[(place + 1)...]) }
    }
    for place in 0...key.count {
      for letter in letters { near.insert(key[..<place] + [letter] + key[place...]) }
    }
    return Set(near.filter { $0.count > 1 && $0 != key }.map { String($0) })
  }

  private static func keys(_ part: Name.Part, _ knowledge: NameKnowledge) -> [String] {
    var keys = Set(skeletons(part.sounds, knowledge))
    // The name that the spelling stands for, as it is written first: `med` is found under محمد.
    for name in part.variant?.names ?? [] {
      keys.formUnion(skeletons(Name(name, knowledge).parts.first?.sounds ?? [], knowledge))
    }
    return keys.sorted()
  }

  /// The consonants that both scripts always write. A few sounds stand for two: soft g, the l that may be an article.
  private static func skeletons(_ sounds: [Sound], _ knowledge: NameKnowledge) -> [String] {
    var skeletons = beginnings(sounds, knowledge)
    for sound in sounds {
      let kind = knowledge.sounds[Int(sound)]
      switch kind.code {
      case "gi": skeletons = skeletons.flatMap { [$0 + "j", $0 + "k"] }
      case "l^": skeletons = skeletons.flatMap { [$0, $0 + "l"] }
      default:
        guard let letter = kind.key else { continue }
        skeletons = skeletons.map { $0 == "bn" && letter == "n" ? $0 : $0 + String(letter) }
      }
    }
    // One consonant says little: then h counts too.
    let hasBreath = sounds.contains { knowledge.sounds[Int($0)].group == "breath" }
    return Set(skeletons.prefix(4)).map { $0.count > 1 ? $0 : $0 + (hasBreath ? "h" : "~") }
  }

  /// `ben` and `bel` are written apart, together or not at all: Ben Nasser, Bennaceur, Bel Hadj, Belhadj.
  private static func beginnings(_ sounds: [Sound], _ knowledge: NameKnowledge) -> [String] {
    guard sounds.first == knowledge.son.first else { return [""] }
    return sounds.prefix(3).contains(knowledge.article) ? ["", "bl"] : ["", "bn"]
  }
}
