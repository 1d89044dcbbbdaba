import Accounts
import Basics
import Cases
import Foundation
import Pages
import People
import Storage
import TestSupport
import Testing

@testable import Server

/// The main job from end to end, as a browser without JavaScript does it.
@Suite struct `The main journey` {
  @Test(arguments: TestDatabase.engines)
  func `from the door to the closed file, and back in`(engine: Database.Engine) async throws {
    try await Premises.with(engine) { premises in
      let counsellor = try await premises.hire(.counsellor)
      try await premises.hire(.antennaHead)
      let desk = try await signInWithTwoFactors(premises)

      let reception = try await searchInVain("Salma Zitouni", at: desk)
      let place = try await receive(at: desk, from: reception)
      let id = try #require(RecordID<CaseFile>(place.dropFirst("/cases/".count)))
      let file = try await premises.installation.cases.open(id, for: counsellor).file
      #expect(file.number == "TUN-2026-0001")
      #expect(file.contact == counsellor.id)
      func stage() async throws -> CaseFile.Stage {
        try await premises.installation.cases.open(id, for: counsellor).file.stage
      }
      #expect(try await stage() == .received)
      #expect(try await shownStage(desk, place) == "Received")

      try await consentAndNeed(at: desk, on: place)
      #expect(try await stage() == .received)

      try await agreePlan(at: desk, on: place)
      #expect(try await stage() == .planned)
      #expect(try await shownStage(desk, place) == "Plan agreed")

      try await desk.fill("/start", on: place)
      #expect(try await stage() == .inProgress)

      try await visit(at: desk, on: place)
      #expect(try await stage() == .followUp)
      #expect(try await shownStage(desk, place) == "In follow-up")

      try await desk.fill(
        "/closure", on: place, ["outcome": "standing", "reason": "Lives from her workshop"])
      #expect(try await stage() == .closed)
      #expect(try await shownStage(desk, place) == "Closed")
      #expect(try await desk.get(place).forms.allSatisfy { !$0.action.hasSuffix("/goals") })

      let head = Visitor(premises.client)
      try await head.signIn("antenna-head", Premises.password)
      try await head.fill("/reopening", on: place, ["reopen-reason": "She came back by herself"])
      #expect(try await stage() == .followUp)

      try await journalTells(premises, of: file.person)
      #expect(try await foundAgain("زيتوني", at: desk) == place)
      #expect(try await foundAgain("20111222", at: desk) == place)
    }
  }

  /// Password first; she turns on her second factor herself, and signs in with it from then on.
  private func signInWithTwoFactors(_ premises: Premises) async throws -> Visitor {
    let desk = Visitor(premises.client)
    try await desk.signIn("counsellor", Premises.password)
    let page = try await desk.get("/account/second-factor")
    let form = try #require(page.forms.first { $0.action == "/account/second-factor" })
    let secret = try #require(form["secret"])
    let enrolled = try await desk.send(
      form, ["code": try #require(premises.code(secret)), "password": Premises.password])
    #expect(enrolled.status == 200)
    #expect(enrolled.text.contains("Recovery codes"))

    let again = Visitor(premises.client)
    let next = try await again.fill(
      "/sign-in", on: "/sign-in?to=/persons", ["name": "counsellor", "password": Premises.password])
    #expect(next == "/sign-in/code?to=%2Fpersons")
    // Half signed in is not signed in.
    #expect(try await again.get("/").location == "/sign-in?to=%2F")
    let wrong = try await again.send(try #require(try await again.get(next).forms.first), ["code": "000000"])
    #expect(wrong.status == 422)
    let code = try #require(premises.code(secret))
    #expect(try await again.fill("/sign-in/code", on: next, ["code": code]) == "/persons")
    #expect(try await again.get("/").status == 200)
    return again
  }

  /// - Returns: where somebody who was not found is received.
  private func searchInVain(_ name: String, at desk: Visitor) async throws -> String {
    let found = try await desk.fill("/persons/search", on: "/persons", ["q": name])
    #expect(!found.contains("Salma"))
    let page = try await desk.get(found)
    #expect(page.text.contains("Nobody was found under “\(name)”"))
    let link = try #require(page.text.firstMatch(of: /href="(\/cases\/new\?q=[^"]+)"/))
    return String(link.1)
  }

  private func receive(at desk: Visitor, from path: String) async throws -> String {
    let page = try await desk.get(path)
    let form = try #require(page.forms.first { $0.action == "/cases" })
    #expect(form["given-latin"] == "Salma")
    #expect(form["family-latin"] == "Zitouni")
    // Only the way to reach her is missing, and that is what is said.
    let refused = try await desk.send(form, ["channel": "walk-in"])
    #expect(refused.status == 422)
    let again = try #require(refused.forms.first { $0.action == "/cases" })
    #expect(again["once"] == form["once"])
    #expect(again["family-latin"] == "Zitouni")
    let answer = try await desk.send(
      again,
      [
        "phones": "20 111 222", "family-arabic": "الزيتوني", "given-arabic": "سلمى", "sex": "female",
        "birth-date": "14/03/1991", "cin": "09876543", "return-country": "FR", "returned-on": "2026-03-01",
        "return-kind": "voluntary",
      ])
    try #require(answer.status == 303, "\(answer.text)")
    return try #require(answer.place)
  }

  private func consentAndNeed(at desk: Visitor, on place: String) async throws {
    let consent = ["purpose": "accompaniment", "way": "signed", "consent-language": "ar"]
    let form = try #require(
      try await desk.get(place).text.firstMatch(of: /href="(\/persons\/[^"]*\/consents[^"]*)"/))
    let back = try await desk.fill("/consents", on: String(form.1), consent)
    #expect(back == place)
    try await desk.fill(
      "/needs", on: place, ["need": "housing", "urgency": "today", "details": "Three nights"])
    try await desk.fill("/meeting", on: place, ["how": "Her aunt takes her in"])
    try await desk.fill("/notes", on: place, ["section": "return", "text": "Landed at night, calm."])
    let page = try await desk.get(place).text
    for text in ["Three nights", "Her aunt takes her in", "Landed at night, calm."] {
      #expect(page.contains(text))
    }
  }

  private func agreePlan(at desk: Visitor, on place: String) async throws {
    try await desk.fill("/goals", on: place, ["track": "project", "goal": "Open a sewing workshop"])
    let page = try await desk.get(place)
    let form = try #require(page.forms.first { $0.action.hasSuffix("/actions") })
    let goal = try #require(form.fields.first { $0.name == "goal-of-action" }?.options.first)
    try await desk.fill(
      "/actions", on: place,
      ["goal-of-action": goal, "action": "Three quotes", "who": "She herself", "by": "2026-04-15"])
    try await desk.fill("/agreement", on: place, ["signed-by": "Her counsellor"])
  }

  private func visit(at desk: Visitor, on place: String) async throws {
    let id = place.dropFirst("/cases/".count)
    try await desk.fill("/visits/\(id)", on: place, ["planned-on": "2026-03-12"])
    let shown = try await desk.get(place).text
    let visit = try #require(shown.firstMatch(of: /href="(\/visits\/[0-9a-z]{26}\/[0-9a-z]{26})"/))
    try await desk.fill(
      "/report", on: String(visit.1),
      ["activity": "going-on", "seen": "Two orders waiting", "next-step": "A second visit"])
    #expect(try await desk.get(place).text.contains("Two orders waiting"))
  }

  private func shownStage(_ desk: Visitor, _ place: String) async throws -> String? {
    let page = try await desk.get(place).text
    let step = page.firstMatch(of: /aria-current="step">(?:<svg[\s\S]*?<\/svg>)?<span>([^<]+)<\/span>/)
    return step.map { String($0.1) }
  }

  private func foundAgain(_ query: String, at desk: Visitor) async throws -> String? {
    let page = try await desk.get(try await desk.fill("/persons/search", on: "/persons", ["q": query]))
    let person = try #require(page.text.firstMatch(of: /href="(\/persons\/[0-9a-z]{26})"/))
    let shown = try await desk.get(String(person.1)).text
    return shown.firstMatch(of: /href="(\/cases\/[0-9a-z]{26})"/).map { String($0.1) }
  }

  private func journalTells(_ premises: Premises, of person: PersonID) async throws {
    let acts = try await premises.acts(of: person)
    let changes = acts.filter { !$0.hasSuffix(".open") && !$0.hasSuffix(".search") }
    #expect(
      Set(changes).isSuperset(of: [
        "case.receive", "consent.give", "need.record", "need.meet", "note.write", "goal.add", "action.add",
        "plan.agree", "action.doing", "visit.plan", "visit.report", "case.close", "case.reopen",
      ]), "\(acts)")
    #expect(acts.contains("case.open"))
    let report = try await premises.audit()
    #expect(report.isSound, "\(report.findings)")
    #expect(report.entries >= acts.count)
    #expect(report.waiting == 0)
  }
}
