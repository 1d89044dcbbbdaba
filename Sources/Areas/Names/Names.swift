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

  package func keys(of text: String) -> NameKeys { keys(of: read(text)) }

  package func keys(of name: Name) -> NameKeys { NameKeys(name, knowledge) }

  /// Words without what is written now this way, now that: case, accents, vowel signs, forms of letters.
  package func folded(_ text: String) -> String { NameFolding.text(text) }
}
