/// The door of the area: whether two names are the same, in whatever script and spelling.
package struct Names: Sendable {
  let knowledge: NameKnowledge

  package init(knowledge: NameKnowledge) { self.knowledge = knowledge }

  /// With the knowledge that came with the program.
  package init() throws(NameKnowledge.Fault) { knowledge = try NameKnowledge.own.get() }

  /// When it changes, keys kept somewhere are to be made anew.
  package var version: String { knowledge.version }

  /// Read once what is compared often.
  package func read(_ text: String) -> Name { Name(text, knowledge) }

  package func compare(_ first: String, _ second: String) -> NameComparison {
    compare(read(first), read(second))
  }

  package func compare(_ first: Name, _ second: Name) -> NameComparison {
    NameComparison(first, second, knowledge.weights)
  }

  /// The first three letters of a word that is not typed to its end; nil when it has fewer.
  package func beginning(of text: String) -> String? {
    NameFolding.words(text).last.flatMap {
      $0.count < 3 ? nil : String(String.UnicodeScalarView($0.prefix(3)))
    }
  }

  /// The keys of names that a slip of one consonant makes of a name with `key`; some two hundred.
  package func keys(near key: String) -> Set<String> { NameKeys.near(key, knowledge) }

  package func keys(of text: String) -> NameKeys { keys(of: read(text)) }

  package func keys(of name: Name) -> NameKeys { NameKeys(name, knowledge) }

  /// Words without what is written now this way, now that: case, accents, vowel signs, forms of letters.
  package func folded(_ text: String) -> String { NameFolding.text(text) }
}
