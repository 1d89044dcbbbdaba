import Basics
import Messages
import People
import Testing

@testable import Letters

@Suite struct `What others may read of a letter` {
  private func telling(_ text: String) throws -> String? { try LetterKnowledge.own.outside.telling(in: text) }

  @Test func `holds no word that tells, whatever its capitals, accents, marks and particles`() throws {
    for text in [
      "Aide au RETOUR", "Centre de retour", "rue de l’Immigration", "émigrés", "Réinsertion", "REINSERTION",
      "Programme Tounesna", "un returnee", "OFII", "المهاجرين", "والمهاجرون", "مركز العودة", "للعائدين",
      "عَائِد",
      "تونسنا", "إعادة الإدماج", "الادماج", "عـــائد", "بالخارج", "m\u{200B}igrant", "ﺍﻟﻌﻮﺩﺓ",
    ] { #expect(try telling(text) != nil, "\(text)") }
    for text in [
      "12 rue des Oliviers", "Rendez-vous", "Tunis 1002", "نهج الزيتون", "مسعودة", "مرحلة", "في المدينة",
      "note",
      "Paiement à réception", "",
    ] { #expect(try telling(text) == nil, "\(text)") }
    #expect(try telling("Centre de Retour") == "Retour")
  }

  @Test func `is asked of the subject and the address, of an SMS of all, but never of a name`() throws {
    let knowledge = try LetterKnowledge.own
    func fields(_ model: String, _ recipient: String, _ subject: String, _ body: String, _ typed: String)
      throws -> [String]
    {
      let text = LetterText(recipient: recipient, subject: subject, body: body, typed: ["hour": typed])
      return LetterRules.telling(
        text, from: try #require(knowledge.find(model)), knowledge.outside, to: Identity()
      ).map(
        \.field)
    }
    #expect(try fields("appointment", "Centre de retour", "x", "x", "") == ["recipient"])
    #expect(try fields("appointment", "x", "Retour", "x", "retour") == ["hour"])
    #expect(try fields("appointment", "x", "Retour", "x", "") == ["language"])
    #expect(try fields("appointment", "x", "x", "votre retour", "") == [])
    #expect(try fields("appointment-sms", "Centre de retour", "x", "votre retour", "") == ["language"])
    #expect(LetterModel.names == ["name", "contact"])
  }

  @Test func `every model of the program loads, and tells nothing outside`() throws {
    let knowledge = try LetterKnowledge.own
    #expect(knowledge.models.map(\.name) == LetterKnowledge.names)
    for model in knowledge.models {
      for language in Language.allCases {
        let words = try #require(model.words[language])
        let outside = words.subject + (model.channel == .sms ? words.body : "")
        #expect(knowledge.outside.telling(in: outside) == nil, "\(model.name) \(language)")
        let name = LetterRules.fileName("TUN-2026-00001", language)
        #expect(knowledge.outside.telling(in: name) == nil && name.utf8.count == name.count)
      }
    }
  }
}

@Suite struct `The rules of letters` {
  @Test func `an SMS is counted in segments of GSM 03 38`() {
    func count(_ letter: String, _ times: Int) -> Int {
      LetterRules.segments(of: String(repeating: letter, count: times)).count
    }
    #expect([160, 161, 306, 307].map { count("a", $0) } == [1, 2, 2, 3])
    #expect([70, 71, 134, 135].map { count("ب", $0) } == [1, 2, 2, 3])
    #expect([80, 81].map { count("€", $0) } == [1, 2])
    #expect(LetterRules.segments(of: "").count == 0)
    #expect(LetterRules.segments(of: "à 9:30 €") == (1, 9, false))
    #expect(LetterRules.segments(of: "août 😀") == (1, 7, true))
    let plain = LetterRules.plain("le 1\u{A0}avril, l’heure\u{202F}: 9:30")
    #expect(plain == "le 1 avril, l'heure : 9:30" && !LetterRules.segments(of: plain).isUnicode)
  }
}
