import Basics
import Foundation
import Messages

/// What came with the program: the models, the words that nobody may read on the outside, and how a letter looks.
struct LetterKnowledge: Sendable {
  let models: [LetterModel]
  let outside: OutsideWords
  /// The text of `letter.typ`.
  let paper: String

  /// The models in the order in which they are offered.
  static let names = [
    "appointment", "appointment-sms", "missing-paper", "plan-confirmation", "transfer-news", "after-closure",
  ]

  init(models: [LetterModel], outside: OutsideWords, paper: String) {
    self.models = models
    self.outside = outside
    self.paper = paper
  }

  /// - Parameter file: the text of a file of the knowledge; nil where it is missing.
  /// - Throws: `LetterFault` for the first file that cannot be used: none is passed over.
  init(names: [String] = LetterKnowledge.names, file: (String) -> String?) throws(LetterFault) {
    func text(_ name: String) throws(LetterFault) -> String {
      guard let text = file(name) else { throw LetterFault("\(name): missing") }
      return text
    }
    var models: [LetterModel] = []
    for name in names { models.append(try LetterModel(name: name, yaml: text("\(name).yaml"))) }
    let outside = try Self.outside(text("outside.txt"))
    self.init(models: models, outside: outside, paper: try text("letter.typ"))
  }

  private static func outside(_ text: String) throws(LetterFault) -> OutsideWords {
    do throws(OutsideFault) {
      return try OutsideWords(text)
    } catch {
      throw LetterFault(error.description)
    }
  }

  private static let read: Result<LetterKnowledge, LetterFault> = Result { () throws(LetterFault) in
    try LetterKnowledge(file: ownFile)
  }

  /// Read once. Whoever starts the program asks for it, and does not start without.
  static var own: LetterKnowledge { get throws(LetterFault) { try read.get() } }

  static func ownFile(_ name: String) -> String? {
    // These words guard every message, whichever area writes it.
    if name == "outside.txt" { return OutsideWords.ownText }
    return Bundle.module.url(forResource: name, withExtension: nil, subdirectory: "Knowledge")
      .flatMap { try? String(contentsOf: $0, encoding: .utf8) }
  }

  func find(_ name: String) -> LetterModel? { models.first { $0.name == name } }

  /// Those that may be offered for a case.
  func fit(_ isClosed: Bool) -> [LetterModel] { models.filter { isClosed || !$0.isForClosed } }
}
