import Basics
import Cases
import Documents
import Foundation
import People
import Testing

@testable import Directory

@Suite struct `What fits somebody` {
  private static func service(_ fields: [String: String], confirmed: Day? = nil, taken: Int = 0) -> Service {
    Service(
      id: RecordID(), provider: RecordID(), antenna: nil, changedAt: Date(timeIntervalSince1970: 0),
      confirmedOn: confirmed, taken: taken,
      fields: Fields(
        ["name-fr": "Atelier", "nationwide": "yes"].merging(fields) { $1 }.filter { !$0.value.isEmpty }))
  }

  private static let today = Day("2026-03-12") ?? Day(number: 0)

  private static func answer(_ fields: [String: String], _ change: (inout Situation) -> Void = { _ in })
    -> Finding.Answer
  {
    var person = Situation()
    (person.age, person.sex, person.governorate, person.delegation) = (17, .female, "TN-33", "Nebeur")
    person.returned = .forced
    change(&person)
    return DirectoryRules.fit(service(fields), person).answer
  }

  @Test func `a condition is met, missed or not known`() {
    #expect(Self.answer([:]) == .met)
    #expect(Self.answer(["age-from": "18"]) == .missed)
    #expect(Self.answer(["age-from": "15", "age-to": "17"]) == .met)
    #expect(Self.answer(["age-to": "16"]) == .missed)
    #expect(Self.answer(["age-from": "18"]) { $0.age = nil } == .unknown)
    #expect(Self.answer(["age-from": "17"]) { $0.isAgeRough = true } == .unknown)
    #expect(Self.answer(["sex": "female"]) == .met)
    #expect(Self.answer(["sex": "male"]) == .missed)
    #expect(Self.answer(["sex": "male"]) { $0.sex = nil } == .unknown)
    #expect(Self.answer(["returns": "voluntary ordered"]) == .missed)
    #expect(Self.answer(["returns": "forced"]) == .met)
    #expect(Self.answer(["returns": "forced"]) { $0.returned = nil } == .unknown)
    #expect(Self.answer(["situations": "with-minors"]) == .unknown)
    #expect(Self.answer(["situations": "with-minors"]) { $0.facts[.withMinors] = false } == .missed)
    #expect(Self.answer(["conditions-fr": "Sur avis du médecin"]) == .unknown)
  }

  @Test func `a paper is there, is missing, or nobody has looked`() {
    let asked = ["required-papers": "identity-card diploma"]
    #expect(Self.answer(asked) == .unknown)
    #expect(Self.answer(asked) { $0.papers = [.identityCard: true] } == .unknown)
    #expect(Self.answer(asked) { $0.papers = [.identityCard: true, .diploma: true] } == .met)
    #expect(Self.answer(asked) { $0.papers = [.identityCard: true, .diploma: false] } == .missed)
    // Of a kind that is not asked for nothing follows.
    #expect(Self.answer([:]) { $0.papers = [.passport: false] } == .met)
    var person = Situation()
    person.papers = [.identityCard: false, .diploma: true]
    let told = DirectoryRules.fit(Self.service(asked), person).decisive.map { Reader(.english)($0.words) }
    #expect(told == ["It asks for this paper: Identity card. It is missing."])
  }

  @Test func `a governorate may be covered whole or in part`() {
    #expect(Self.answer(["nationwide": "", "areas": "TN-33"]) == .met)
    #expect(Self.answer(["nationwide": "", "areas": "TN-11"]) == .missed)
    #expect(Self.answer(["nationwide": "", "areas": "TN-33/El Nebeur"]) == .met)
    #expect(Self.answer(["nationwide": "", "areas": "TN-33/Tajerouine"]) == .missed)
    // In two scripts nobody can say.
    #expect(Self.answer(["nationwide": "", "areas": "TN-33/نبر"]) == .unknown)
    #expect(Self.answer(["nationwide": "", "areas": "TN-33/Nebeur"]) { $0.delegation = nil } == .unknown)
    #expect(Self.answer(["nationwide": ""]) == .unknown)
  }

  @Test func `one that is full does not fit`() {
    let full = Self.service(["capacity": "2"], taken: 2)
    #expect(DirectoryRules.fit(full, Situation()).answer == .missed)
  }

  @Test func `what fits comes first, and what was confirmed before what is stale`() {
    func named(_ name: String, _ day: Day?, _ fields: [String: String] = [:]) -> Service {
      Self.service(["name-fr": name].merging(fields) { $1 }, confirmed: day)
    }
    let services = [
      named("A never", nil), named("B stale", Self.today.adding(months: -7)),
      named("C does not fit", Self.today, ["sex": "male"]), named("D fresh", Self.today),
      named("E to ask", Self.today, ["conditions-fr": "x"]),
    ]
    var person = Situation()
    person.sex = .female
    let ranked = DirectoryRules.ranked(services, for: person, on: Self.today)
    #expect(
      ranked.map { $0.service.name.text(in: .french) } == [
        "D fresh", "B stale", "A never", "E to ask", "C does not fit",
      ])
  }

  @Test func `six months after it was confirmed a service is stale`() {
    let day = Day("2025-09-12") ?? Self.today
    let fresh = Self.service([:], confirmed: day)
    #expect(DirectoryRules.freshness(fresh.confirmedOn, on: Self.today) == .fresh(day))
    #expect(DirectoryRules.freshness(fresh.confirmedOn, on: Self.today + 1) == .stale(day))
  }

  @Test func `a text that is missing is shown in another language, and that is known`() {
    let texts = Texts(french: "Bonjour")
    #expect(texts.text(in: .arabic) == "Bonjour" && texts.found(for: .arabic)?.language == .french)
  }

  @Test func `an id becomes a UUID and comes back`() {
    for _ in 1...200 {
      let id = RecordID<Service>()
      let uuid = HSDS.uuid(id)
      #expect(UUID(uuidString: uuid) != nil)
      let back: RecordID<Service>? = HSDS.id(uuid)
      #expect(back == id)
    }
    let none: RecordID<Service>? = HSDS.id("x")
    #expect(none == nil)
  }
}
