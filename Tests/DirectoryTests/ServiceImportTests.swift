import Basics
import Documents
import Foundation
import HTTPTypes
import Storage
import TestSupport
import Testing
import Web

@testable import Directory

@Suite struct `A file of services` {
  private static let csv = """
    id;provider;provider-kind;name-fr;name-ar;needs;governorates;age-from;cost;required-papers
    1;Les Oliviers;ngo;Cours du soir;دروس مسائية;school training;TN-33;16;free;identity-card diploma
    2;Les Oliviers;ngo;Garderie;;children;TN-33;;;
    3;Banque tunisienne de solidarité (BTS);lender;Conseil;;credit;TN-11;;;
    4;Les Oliviers;ngo;;;nothing;TN-33;abc;;
    """

  private func send(_ text: String, _ name: String, _ site: TestSite, as actor: Actor = Staff.chokri)
    async throws
    -> TestSite.Answer
  {
    try await site.post(
      ServiceImportPaths.send, ["once": RecordID<ServiceImport>().text], .init(name, Array(text.utf8)),
      as: actor)
  }

  @Test(arguments: TestDatabase.engines)
  func `is seen line by line, entered once, and known again`(engine: Database.Engine) async throws {
    try await DirectoryRoom.with(engine) { room in
      try await room.serve { site in
        let sent = try await send(Self.csv, "liste.csv", site)
        let path = try #require(sent.location)
        let preview = try await site.get(path, as: Staff.chokri)
        #expect(preview.text.contains("left out") && preview.text.contains("Write a whole number"))
        #expect(preview.text.contains("<bdi dir=\"ltr\">5</bdi>"))
        let nothing = try await room.directory.services(matching: .init(words: "garderie"))
        #expect(nothing.services.isEmpty)
        let elsewhere = try await site.get(path, as: Staff.ghazi)
        #expect(elsewhere.status == .notFound)
        for _ in 1...2 {
          let entered = try await site.post("\(path)/entry", as: Staff.chokri)
          #expect(entered.location == path)
        }
        let school = try await room.directory.services(matching: .init(need: .school, governorate: "TN-33"))
        #expect(school.services.map { $0.name.text(in: .arabic) } == ["دروس مسائية"])
        // The bank that was there already has one service more, and there is one bank.
        let bank = try await room.directory.services(matching: .init(words: "solidarite"))
        let services = try await room.database.read { db in
          try room.directory.services(bank.services.map(\.id), in: db)
        }
        #expect(services.count == 2 && Set(services.values.map(\.provider)).count == 1)
        let again = try await send(Self.csv, "liste.csv", site)
        let second = try await site.get(again.location ?? "", as: Staff.chokri)
        #expect(!second.text.contains("Enter what is right"))
        let changed = try await send(Self.csv.replacing("16;free", with: "17;free"), "liste.csv", site)
        _ = try await site.post("\(changed.location ?? "")/entry", as: Staff.chokri)
        let older = try await room.directory.services(matching: .init(words: "cours du soir"))
        let found = try await room.directory.service(try #require(older.services.first?.id))
        #expect(found.ageFrom == 17 && found.requiredPapers == [.identityCard, .diploma])
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `may be what another directory tells in HSDS, ours too`(engine: Database.Engine) async throws {
    try await DirectoryRoom.with(engine) { room in
      try await room.serve { site in
        let page = try await site.get("/hsds/services?full=true&per_page=3", as: nil)
        let other = page.text.replacing("\"id\":\"01", with: "\"id\":\"02")
        let sent = try await send(other, "hsds.json", site)
        let path = try #require(sent.location, "\(sent.text)")
        _ = try await site.post("\(path)/entry", as: Staff.chokri)
        let done = try await site.get(path, as: Staff.chokri)
        #expect(done.text.contains("Entered: 3 new services"), "\(done.text)")
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `tells in HSDS which papers are asked, and they are known again`(engine: Database.Engine)
    async throws
  {
    try await DirectoryRoom.with(engine) { room in
      let conditions = ["required-papers": "identity-card passport", "papers": "Deux photos"]
      let own = try await room.service("Refuge", of: room.provider(), conditions)
      try await room.serve { site in
        let told = try await site.get("/hsds/services/\(HSDS.uuid(own))", as: nil).text
        let sent = try await send(told.replacing("\"id\":\"01", with: "\"id\":\"02"), "hsds.json", site)
        let path = try #require(sent.location, "\(sent.text)")
        _ = try await site.post("\(path)/entry", as: Staff.chokri)
        let found = try await room.directory.services(matching: .init(words: "refuge")).services
        #expect(found.count == 2)
        let other = try #require(found.first { $0.id != own })
        let service = try await room.directory.service(other.id)
        #expect(service.requiredPapers == [.identityCard, .passport] && service.papers == ["Deux photos"])
      }
    }
  }

  @Test func `that cannot be read says why`() async throws {
    try await DirectoryRoom.with(.sqlite) { room in
      try await room.serve { site in
        for (text, why) in [
          ("", "Choose the file."), ("{\"a\":1}", "This JSON holds no services"),
          ("colour;provider\nred;x", "This title is not known"),
          ("provider;phone\n", "This title is not known"),
          ("provider;name-fr\n", "There is no service in the file."),
        ] {
          let refused = try await send(text, "x.csv", site)
          #expect(refused.status == .unprocessableContent && refused.text.contains(why), "\(text)")
        }
      }
    }
  }
}
