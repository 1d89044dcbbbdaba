import Accounts
import Basics
import Cases
import Foundation
import HTTPTypes
import Openings
import Storage
import TestSupport
import Testing
import Web

@testable import Server

/// How far an opening reaches through the areas that keep something of a case.
@Suite struct `A file opened from outside, all over the house` {
  @Test(arguments: TestDatabase.engines)
  func `is read on every page that its reader's duties allow, and shut on all at once`(
    engine: Database.Engine
  ) async throws {
    try await Premises.with(engine) { premises in
      let house = premises.installation
      let story = try await Story.tell(premises, by: premises.hire(.counsellor, "aline"))
      let thread = story.followed
      let stranger = try await premises.hire(.counsellor, "stranger", at: "SFA")
      let head = try await premises.hire(.antennaHead)
      let desk = try await premises.desk(of: stranger)
      let places = [
        "/cases/\(thread.file)", "/cases/\(thread.file)/notes", "/persons/\(thread.person)",
        "/cases/\(thread.file)/plan/versions", "/cases/\(thread.file)/plan.pdf",
        "/documents/\(thread.file)", "/documents/\(thread.file)/\(thread.document)",
        "/visits/\(thread.file)/\(thread.visit)",
      ]
      for place in places { #expect(try await desk.get(place).status == 404, "\(place)") }
      let ticket = try await house.openings.ticket(to: thread.person, for: stranger)
      let reason = Opening.Reason(why: .health, words: "She was taken to the hospital here")
      let id = RecordID<Opening>()
      _ = try await house.openings.open(ticket, reason, as: id, by: stranger)
      for place in places {
        let answer = try await desk.get(place)
        #expect(answer.status == 200, "\(place): \(answer.status)")
        let isPage = answer.text.contains("<!DOCTYPE html>")
        #expect(!isPage || answer.text.contains("urgent health or safety"), "\(place) has no banner")
      }
      try await refuseAll(desk, premises, story)
      let acts = Set(try await premises.acts(of: thread.person))
      #expect(
        acts.isSuperset(of: [
          "case.break-glass", "case.open-outside", "person.open-outside", "document.read-outside",
        ]))
      let judged = try await premises.desk(of: head).get("/openings/\(id)").text
      #expect(judged.contains("Opened a document from outside") && judged.contains("Stranger"))
      try await house.openings.judge(id, .unjustified, because: "Nobody was ill", by: head)
      for place in places { #expect(try await desk.get(place).status == 404, "\(place)") }
      #expect(try await premises.audit().isSound)
    }
  }

  /// Nothing is written by whoever only has leave to read: no form of the case, its plan, visits and papers.
  private func refuseAll(_ desk: Visitor, _ premises: Premises, _ story: Story) async throws {
    let before = try await premises.acts(of: story.followed.person).filter { !$0.contains("open") }
    let token = try await desk.get("/").forms.first?["csrf"] ?? ""
    let areas = ["cases", "plans", "visits", "documents", "persons", "transfers"]
    for route in premises.routes where route.method == .post {
      let steps = route.path.split(separator: "/")
      guard let area = steps.first, areas.contains(String(area)), steps.count > 1,
        !route.path.hasSuffix("/needs"), !route.path.hasSuffix("/search"),
        !route.path.hasPrefix("/cases/views")
      else { continue }
      let fields = [
        "csrf": token, "once": RecordID<Never>().text, "version": "1", "section": "return", "text": "A note",
        "goal": "A goal", "track": "project", "reason": "Because", "outcome": "standing",
        "purpose": "accompaniment", "way": "signed", "to": "GAF", "summary": "A summary",
      ]
      let answer = try await desk.post(story.paths(of: route)[2], fields)
      #expect(answer.status != 303 || route.path == "/cases", "\(route.path) was done")
    }
    let after = try await premises.acts(of: story.followed.person).filter { !$0.contains("open") }
    #expect(after == before)
  }
}
