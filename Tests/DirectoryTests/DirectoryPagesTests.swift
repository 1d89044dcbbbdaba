import Basics
import Cases
import Documents
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Directory

@Suite struct `The directory on its pages` {
  private static let form = [
    "name-fr": "Hébergement <b>", "needs": "housing", "governorates": "TN-33",
    "delegations": "Le Kef: Nebeur",
    "days": "MO", "opens": "8:30", "closes": "13:00", "cost": "paid", "cost-amount": "12,5",
    "languages": "ar",
    "published": "yes", "required-papers": "identity-card", "papers": "Photo",
  ]

  @Test(arguments: TestDatabase.engines)
  func `a service is entered once, read, changed and found`(engine: Database.Engine) async throws {
    try await DirectoryRoom.with(engine) { room in
      let provider = try await room.provider()
      try await room.serve { site in
        let path = DirectoryPaths.services(provider)
        let id = RecordID<Service>()
        for _ in 1...2 {
          let sent = try await site.post(path, Self.form.merging(["once": id.text]) { $1 }, as: Staff.chokri)
          #expect(sent.location == DirectoryPaths.service(id))
        }
        let page = try await site.get(DirectoryPaths.service(id), as: Staff.amel)
        #expect(page.text.contains("Hébergement &lt;b&gt;") && page.text.contains("08:30–13:00"))
        #expect(page.text.contains("Nebeur") && page.text.contains("12.500"))
        for paper in ["Identity card", "Photo"] { #expect(page.text.contains("<bdi>\(paper)</bdi>")) }
        #expect(page.text.contains("Nobody of the provider has confirmed this yet"))
        #expect(!page.text.contains(DirectoryPaths.editService(id)))
        let list = try await site.get("/directory?need=housing&governorate=TN-33&words=heb", as: Staff.amel)
        #expect(list.text.contains(DirectoryPaths.service(id)))
        let map = try await site.get("/directory/map?need=housing", as: Staff.amel)
        #expect(map.text.contains("<desc id=\"map-text\">"))
        let edit = try await site.get(DirectoryPaths.editService(id), as: Staff.chokri)
        #expect(edit.text.contains("Kef: Nebeur"))
        let wrong = try await site.post(
          DirectoryPaths.editService(id),
          ["opens": "25:00", "delegations": "nowhere", "required-papers": "signed-plan"], as: Staff.chokri)
        #expect(wrong.status == .unprocessableContent)
        for field in ["name-fr", "needs", "opens", "delegations", "required-papers"] {
          #expect(wrong.text.contains("e-\(field)"))
        }
        for stranger in [Staff.amel, Staff.ghazi] {
          let refused = try await site.post(DirectoryPaths.editService(id), Self.form, as: stranger)
          #expect(refused.status == .forbidden)
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what is there for a person, with the reasons`(engine: Database.Engine) async throws {
    try await DirectoryRoom.with(engine) { room in
      let provider = try await room.provider()
      let fits = try await room.service("Refuge", of: provider, ["sex": "female", "returns": "forced"])
      let not = try await room.service("Atelier", of: provider, ["age-from": "18"])
      let far = try await room.service("Ailleurs", of: provider, ["areas": "TN-11"])
      let file = try await room.receive()
      try await room.serve { site in
        let page = try await site.get(DirectoryCasePaths.offers(file, .housing), as: Staff.amel)
        #expect(page.status == .ok)
        #expect(page.text.contains("It fits") && page.text.contains("It is for women."))
        #expect(page.text.contains("It is for those who are 18 or older; the person is 17."))
        #expect(
          page.text.contains(fits.text) && page.text.contains(not.text) && !page.text.contains(far.text))
        #expect(!page.text.contains("Zitouni"))
        let tab = try await site.get(CasePaths.show(file), as: Staff.amel)
        #expect(tab.text.contains(DirectoryCasePaths.offers(file)))
        let elsewhere = try await site.get(DirectoryCasePaths.offers(file), as: Staff.emna)
        #expect(elsewhere.status == .notFound)
        let none = try await site.get("\(DirectoryCasePaths.sheet(file))?language=ar", as: Staff.amel)
        #expect(none.location == DirectoryCasePaths.noneChosen(file))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `what other rooms know of the person is checked, as far as the reader may know it`(
    engine: Database.Engine
  ) async throws {
    let sources = SituationSources(
      facts: { opened, _, _ in
        opened.reader.may(.readSocialSection) ? [.withMinors: true, .jobless: false] : [:]
      },
      papers: { _, _, _ in [.identityCard: true, .diploma: false] })
    try await DirectoryRoom.with(engine, sources: sources) { room in
      let provider = try await room.provider()
      let asked = [
        "Crèche": ["situations": "with-minors", "required-papers": "identity-card"],
        "Allocation": ["situations": "jobless"], "Bourse": ["situations": "student"],
        "Cours": ["required-papers": "identity-card diploma"], "Voyage": ["required-papers": "passport"],
      ]
      for (name, conditions) in asked { _ = try await room.service(name, of: provider, conditions) }
      let file = try await room.receive()
      func answers(for actor: Actor) async throws -> [String: Finding.Answer] {
        let offers = try await room.directory.offers(of: file, need: .housing, for: actor).offers
        return Dictionary(
          uniqueKeysWithValues: offers.map { ($0.service.name.text(in: .french), $0.fit.answer) }
        ).filter { asked.keys.contains($0.key) }
      }
      #expect(
        try await answers(for: Staff.chokri) == [
          "Crèche": .met, "Allocation": .missed, "Bourse": .unknown, "Cours": .missed, "Voyage": .unknown,
        ])
      // What she may not read she is not told here either: she asks.
      let amel = try await answers(for: Staff.amel)
      #expect(amel["Crèche"] == .unknown && amel["Allocation"] == .unknown && amel["Cours"] == .missed)
      try await room.serve { site in
        let page = try await site.get(DirectoryCasePaths.offers(file, .housing), as: Staff.chokri).text
        for words in [
          "It is for: persons with minor children. That is so.",
          "It is for: persons without work. That is not so.",
          "It asks for this paper: Identity card. The person has it.",
          "It asks for this paper: Diploma or certificate. It is missing.",
          "It asks for this paper: Passport. Whether the person has it is not recorded.",
          "<li>persons without work: no</li>", "<li>Diploma or certificate: missing</li>",
        ] {
          #expect(page.contains(words), "\(words)")
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `an owner confirms by a link, once; whatever else is tried opens nothing`(engine: Database.Engine)
    async throws
  {
    try await DirectoryRoom.with(engine) { room in
      let provider = try await room.provider()
      let service = try await room.service(of: provider)
      let link = RecordID<ServiceLink>()
      try await room.directory.makeLink(link, to: service, by: Staff.chokri)
      try await room.directory.makeLink(link, to: service, by: Staff.chokri)
      let token = try await room.directory.confirmations(of: service).links[0].token
      #expect(!token.contains(service.text))
      try await room.serve { site in
        let page = try await site.get(ConfirmPaths.show(token), as: nil)
        #expect(page.status == .ok && page.text.contains("Hébergement"))
        let altered = String(token.dropLast()) + (token.hasSuffix("0") ? "1" : "0")
        for wrong in [altered, link.text, "x", "\(RecordID<ServiceLink>())-\(token.suffix(32))"] {
          let answer = try await site.get(ConfirmPaths.show(wrong), as: nil)
          #expect(answer.status == .notFound && !answer.text.contains("Hébergement"))
        }
      }
      try await room.directory.answer(token, .right, words: nil)
      try await room.directory.answer(token, .right, words: nil)
      await #expect(throws: Refusal.self) { try await room.directory.answer(token, .ended, words: nil) }
      let confirmed = try await room.directory.service(service)
      #expect(confirmed.confirmedOn == room.today)
      let acts = try await room.database.read { db in
        try db.rows("SELECT act FROM journal_entry WHERE act LIKE 'service.%' ORDER BY at, id") { row in
          try row[0] as String
        }
      }
      #expect(acts.count { $0 == "service.wrong-link" } == 4)
      #expect(
        acts.count { $0 == "service.answer-right" } == 1 && acts.count { $0 == "service.make-link" } == 1)
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `a link that was revoked or is too old shows nothing`(engine: Database.Engine) async throws {
    try await DirectoryRoom.with(engine) { room in
      let provider = try await room.provider()
      let service = try await room.service(of: provider)
      for id in [RecordID<ServiceLink>(), RecordID<ServiceLink>()] {
        try await room.directory.makeLink(id, to: service, by: Staff.chokri)
      }
      let links = try await room.directory.confirmations(of: service).links
      _ = try await room.directory.revoke(links[0].link.id, by: Staff.chokri)
      room.clock.advance(seconds: Double(ServiceLink.daysValid) * 86_400)
      for (link, token) in links {
        guard case .refused = try await room.directory.behind(token) else {
          Issue.record("\(link) opens something")
          continue
        }
        await #expect(throws: Refusal.self) { try await room.directory.answer(token, .right, words: nil) }
      }
    }
  }

  @Test func `ten thousand guesses are slowed down and find nothing`() async throws {
    try await DirectoryRoom.with(.sqlite) { room in
      let provider = try await room.provider()
      let service = try await room.service(of: provider)
      try await room.directory.makeLink(RecordID(), to: service, by: Staff.chokri)
      try await room.serve { site in
        var statuses: [Int: Int] = [:]
        for guess in 1...10_000 {
          let path = ConfirmPaths.show("\(RecordID<ServiceLink>())-\(String(guess, radix: 16))")
          statuses[try await site.get(path, as: nil).status.code, default: 0] += 1
        }
        #expect(statuses.keys.sorted() == [404, 429] && statuses[404, default: 0] <= 40, "\(statuses)")
      }
    }
  }
}
