import Accounts
import Basics
import Cases
import Storage
import TestSupport
import Testing
import Web

@testable import Server

/// A double click, a retry after a lost answer.
@Suite struct `A form sent twice` {
  @Test(arguments: TestDatabase.engines) func `makes one record`(engine: Database.Engine) async throws {
    try await Premises.with(engine) { premises in
      let counsellor = try await premises.hire(.counsellor, "aline")
      let story = try await Story.tell(premises, by: counsellor)
      func fresh() async throws -> Story { try await story.told(again: premises, by: counsellor) }
      let desks = [
        try await premises.desk(of: try await premises.hire(.antennaHead)),
        try await premises.desk(of: try await premises.hire(.administrator)),
        try await premises.desk(of: try await premises.hire(.employmentCounsellor)),
        try await premises.desk(of: try await premises.hire(.socialCounsellor)),
        // The ticket to a file elsewhere is hers alone.
        try await premises.desk(of: counsellor),
      ]
      // Money is the centre's.
      let centre = try await premises.desk(of: try await premises.hire(.centre))
      var tried: Set<String> = []
      for desk in desks + [centre] {
        for page in premises.routes.got where desk !== centre || page.path.hasPrefix("/funding") {
          for route in try await Self.creatingForms(on: page, of: story, at: desk, premises) {
            guard tried.insert(route).inserted else { continue }
            try await Self.sendTwice(premises, desk) {
              let told = try await fresh()
              // A case is not closed over an aid that is not finished.
              if route == "/cases/:id/closure" {
                try await told.open.aids.end(told.open, premises, by: counsellor)
              }
              let seen = try await desk.get(told.paths(of: page)[0])
              let forms = seen.forms
              return try #require(
                forms.first { premises.routes.posted($0.action)?.path == route },
                "\(route) on \(page.path): \(seen.status)")
            }
          }
        }
      }
      #expect(
        tried == [
          "/cases", "/cases/:id/needs", "/cases/:id/notes", "/cases/:id/closure", "/persons/:id/consents",
          "/plans/:case/goals", "/plans/:case/actions", "/plans/:case/actions/:action/budget",
          "/plans/:case/agreement", "/visits/:case",
          "/visits/:case/handovers", "/visits/:case/:visit/move", "/visits/:case/:visit/missing", "/accounts",
          "/duplicates/:id/difference",
          "/duplicates/:id/doubt", "/duplicates/:id/joining", "/duplicates/joined/:merge/parting",
          "/transfers/of/:case", "/openings/of/:ticket", "/households/:case", "/letters/:case",
          "/closures/:case/contacts",
          "/skills/:case/profile",
          "/skills/:case/idea", "/skills/:case/experience", "/skills/:case/certificate",
          "/surveys/:case", "/surveys/:case/:survey/conclusion", "/pieces/:case/:piece",
          "/rights/persons/:person/requests", "/rights/persons/:person/holds",
          "/receptions", "/referrals/of/:case",
          "/directory/providers", "/directory/providers/:provider/places",
          "/directory/providers/:provider/services", "/directory/services/:service/links",
          "/directory/services/:service/confirmation",
          "/complaints", "/agenda/of/:case", "/agenda/of/:case/seats", "/agenda/of/:case/links",
          "/agenda/sessions", "/agenda/hours", "/agenda/rooms",
          "/agenda/absences", "/agenda/feed", "/tasks",
          "/questions", "/eligibility/cases/:case",
          "/assessments/:case", "/assessments/:case/:assessment/conclusion",
          "/committees/of/:case", "/committees/of/:case/:asked/appeal",
          "/meetings", "/meetings/:meeting/items",
          "/aids/of/:case", "/aids/:aid/parts/:part/order", "/aids/:aid/parts/:part/proofs",
          "/funding/funders", "/funding/agreements",
          "/funding/agreements/:agreement/lines", "/funding/agreements/:agreement/instalments",
          "/funding/agreements/:agreement/receipts", "/funding/lines/:line/costs", "/funding/rates",
        ])
    }
  }

  /// The routes of the forms on a page that carry the id of the record to be.
  private static func creatingForms(
    on page: Routes.Route, of story: Story, at desk: Visitor, _ premises: Premises
  ) async throws -> [String] {
    let forms = try await desk.get(story.paths(of: page)[0]).forms.filter { $0["once"] != nil }
    // A form with a file is sent in another way: the tests of those areas send theirs twice.
    return forms.compactMap { premises.routes.posted($0.action) }.filter { !$0.takesFiles }.map(\.path)
  }

  /// - Parameter fresh: the form, on a page of which nobody has sent anything yet.
  private static func sendTwice(_ premises: Premises, _ desk: Visitor, fresh: () async throws -> Form)
    async throws
  {
    // Once: what one record comes to.
    let first = try await fresh()
    let values = first.filled
    var before = try await count(premises)
    let place = try await desk.post(first.action, values).place
    let single = try await count(premises) - before
    #expect(single > 0, "\(first.action)")

    // Again, after the answer was lost.
    let again = try await desk.post(first.action, values)
    #expect(again.status == 303, "\(first.action): \(again.status)")
    #expect(again.place == place, "\(first.action)")
    #expect(try await count(premises) == before + single, "\(first.action) sent again")

    // Twice at the same moment.
    let other = try await fresh()
    let others = other.filled
    before = try await count(premises)
    let window = await Visitor(copying: desk)
    async let one = desk.post(other.action, others)
    async let two = window.post(other.action, others)
    let answers = try await [one, two]
    #expect(answers.allSatisfy { $0.status == 303 }, "\(first.action): \(answers.map(\.status))")
    #expect(Set(answers.map(\.place)).count == 1, "\(first.action)")
    #expect(try await count(premises) == before + single, "\(first.action) sent twice at once")
  }

  /// Every record, and every entry of the journal that is not only an opening.
  private static func count(_ premises: Premises) async throws -> Int {
    try await premises.installation.database.read { db in
      try db.value(
        """
        SELECT (SELECT COUNT(*) FROM person) + (SELECT COUNT(*) FROM case_file) + (SELECT COUNT(*) FROM consent)
          + (SELECT COUNT(*) FROM need) + (SELECT COUNT(*) FROM note) + (SELECT COUNT(*) FROM closure)
          + (SELECT COUNT(*) FROM plan_goal) + (SELECT COUNT(*) FROM plan_action)
          + (SELECT COUNT(*) FROM plan_budget) + (SELECT COUNT(*) FROM plan_version) + (SELECT COUNT(*) FROM visit)
          + (SELECT COUNT(*) FROM visit_move) + (SELECT COUNT(*) FROM visit_handover)
          + (SELECT COUNT(*) FROM reception_draft) + (SELECT COUNT(*) FROM account) + (SELECT COUNT(*) FROM letter) + (SELECT COUNT(*) FROM assessment) + (SELECT COUNT(*) FROM assessment_edition) + (SELECT COUNT(*) FROM opening) + (SELECT COUNT(*) FROM duplicate_act) + (SELECT COUNT(*) FROM person_merge)
          + (SELECT COUNT(*) FROM journal_entry WHERE act NOT LIKE '%.open')
        """) ?? 0
    }
  }
}
