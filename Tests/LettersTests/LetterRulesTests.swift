import Basics
import Testing

@testable import Letters

@Suite struct `The rules of letters` {
  @Test func `every model loads, and says nothing telling on the outside`() throws {
    for name in LetterModels.names {
      let model = try LetterModels.load(name)
      for language in Language.allCases {
        let words = try #require(model.words[language])
        let outside = words.subject + (model.channel == .sms ? words.body : "")
        #expect(LetterRules.telling(outside) == nil, "\(name) \(language)")
        #expect(LetterRules.telling(LetterRules.fileName("TUN-2026-1", language)) == nil)
      }
    }
    #expect(LetterModels.outsideWords.count > 10)
    #expect(LetterRules.telling("Aide au RETOUR") == "retour" && LetterRules.telling("المهاجرين") == "مهاجر")
  }

  @Test func `a model with an unknown place or without a language tells its file and key`() {
    let yaml = """
      version: 1
      channel: sms
      title: {fr: a, ar: b, en: c}
      fr: {subject: a, body: "{nobody}"}
      """
    #expect(throws: LetterModelFault("odd.yaml: fr.body: unknown placeholder {nobody}")) {
      try LetterModel(name: "odd", yaml: yaml)
    }
    #expect(throws: LetterModelFault("odd.yaml: ar.subject: missing")) {
      try LetterModel(name: "odd", yaml: yaml.replacing("{nobody}", with: "{name}"))
    }
  }

  @Test func `an SMS is counted in segments of GSM 03 38`() {
    func count(_ letter: String, _ times: Int) -> Int {
      LetterRules.segments(of: String(repeating: letter, count: times)).count
    }
    #expect([160, 161, 306, 307].map { count("a", $0) } == [1, 2, 2, 3])
    #expect([70, 71, 134, 135].map { count("ب", $0) } == [1, 2, 2, 3])
    #expect([80, 81].map { count("€", $0) } == [1, 2])
    #expect(LetterRules.segments(of: "").count == 0)
  }
}
