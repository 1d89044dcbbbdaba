import Basics
import Cases
import Foundation
import Funding
import HTTPTypes
import Papers
import Storage
import TestSupport
import Testing

@testable import Aids

@Suite struct `The pages of aids` {
  private func form(_ fields: [String: String] = [:]) -> [String: String] {
    [
      "kind": "housing", "purpose": "A <roof>", "currency": "TND", "cost": "3300", "asked": "3000",
      "own": "300",
    ].merging(fields) { $1 }
  }

  @Test(arguments: TestDatabase.engines)
  func `lead from the request to the last proof`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      try await room.serve { site in
        let id = RecordID<Aid>()
        let path = "/aids/\(id)"
        func send(_ act: String, _ fields: [String: String], as actor: Actor = Staff.amel) async throws {
          let sent = try await site.post("\(path)/\(act)", fields, as: actor)
          #expect(sent.location == path, "\(act): \(sent.status)")
        }
        #expect(try await site.get("/aids/of/\(ground.file)/new", as: Staff.amel).status == .ok)
        for _ in 1...2 {
          let sent = try await site.post("/aids/of/\(ground.file)", form(["once": id.text]), as: Staff.amel)
          #expect(sent.location == path)
        }
        let shown = try await site.get(path, as: Staff.amel).text
        #expect(shown.contains("A &lt;roof&gt;") && shown.contains("\(path)/submission"))
        try await send("submission", ["committee": "outside", "line": ground.money.text])
        let today = room.today.description
        try await send(
          "decision",
          ["outcome": "granted", "granted": "2400,001", "decided-on": today, "body": "Comité de Tunis"],
          as: Staff.chokri)
        try await send(
          "split",
          [
            "count": "2", "apart": "1", "way": "supplier", "words": "Rent", "due-on": today,
            "conditions": "invoice",
          ])
        try await send("contract", ["signed-on": today, "signed-by": "Chokri", "months": "12"])
        try await send("scan", ["scan": ground.paper.text])
        let parts = try await room.read(id).instalments
        for part in parts {
          try await send(
            "parts/\(part.id)/order", ["payee": "Salem", "rib": AidRoom.rib, "invoice": ground.paper.text])
          let order = try #require(try await room.read(id).instalments.first { $0.id == part.id }?.order)
          let own = try await site.get(path, as: Staff.amel).text
          #expect(!own.contains("/approval"))
          try await send("orders/\(order.id)/approval", [:], as: Staff.chokri)
          try await send(
            "orders/\(order.id)/payment", ["paid-on": today, "reference": "VIR"], as: Staff.fathi)
          try await send(
            "parts/\(part.id)/proofs",
            [
              "proof-way": "expense", "amount": part.amount.typed, "proven-on": today, "proof-words": "Salem",
              "document": ground.paper.text,
            ])
          let proof = try #require(
            try await room.read(id).instalments.first { $0.id == part.id }?.proofs.first)
          try await send("proofs/\(proof.id)/check", ["outcome": "accepted"], as: Staff.chokri)
        }
        try await send("end", ["outcome-words": "They live there"], as: Staff.chokri)
        let end = try await site.get(path, as: Staff.amel).text
        #expect(end.contains("They live there") && end.contains("carried out to the end"))
        #expect(try await site.get(path, as: Staff.emna).status == .notFound)
        let figures = try await site.get("/aids/figures", as: Staff.fathi).text
        #expect(figures.contains("/aids?show=ever&amp;antenna=TUN&amp;kind=housing"))
        let list = try await site.get("/aids?show=ended", as: Staff.amel).text
        #expect(list.contains(path) && list.contains("Zitouni"))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `say beside the field what is wrong, and keep what was typed`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground)
      try await room.serve { site in
        for (field, value, words) in [
          ("cost", "1e9", "Write the amount in digits"), ("asked", "-5", "An amount is never negative."),
          ("own", "12 €", "counted in TND, not in EUR"), ("cost", "1.234", "three decimals"),
          ("cost", "4000", "is paid by nobody yet"), ("kind", "", "Choose what kind of aid it is."),
        ] {
          let sent = try await site.post("/aids/of/\(ground.file)", form([field: value]), as: Staff.amel)
          #expect(sent.status == .unprocessableContent && sent.text.contains(words), "\(field) \(value)")
          #expect(sent.text.contains("href=\"#f-\(field)\""), "\(field) \(value)")
          #expect(sent.text.contains("A &lt;roof&gt;"))
        }
        let part = aid.instalments[0]
        let wrong = try await site.post(
          "/aids/\(aid.id)/parts/\(part.id)/order", ["payee": "Salem", "rib": "10006035183598478832"],
          as: Staff.amel)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("they should be 31"))
        #expect(wrong.text.contains("value=\"Salem\""))
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `show what waits for whom, late first`(engine: Database.Engine) async throws {
    try await AidRoom.with(engine) { room, ground in
      let aid = try await room.contracted(ground)
      let order = try await room.order(aid.instalments[0])
      let chokri = try await room.aids.counts(for: Staff.chokri)
      #expect(chokri == AidCounts(late: 0, steps: [.prepared: 1, .approved: 0, .checking: 0], submitted: 0))
      #expect(try await room.aids.counts(for: Staff.ghazi).steps[.prepared] == 0)
      try await room.aids.approve(order, by: Staff.chokri)
      room.clock.advance(days: 11)
      #expect(try await room.aids.counts(for: Staff.fathi).late == 1)
      try await room.serve { site in
        let late = try await site.get("/aids", as: Staff.fathi).text
        #expect(late.contains("/aids/\(aid.id)") && late.contains("late since"))
        let pay = try await site.get("/aids?show=pay", as: Staff.fathi).text
        #expect(pay.contains("/aids/\(aid.id)"))
        #expect(try await !site.get("/aids?show=approve", as: Staff.fathi).text.contains("/aids/\(aid.id)"))
        #expect(try await site.get("/aids/files", as: Staff.chokri).status == .forbidden)
        let id = RecordID<PaymentFile>()
        let made = try await site.post(
          "/aids/files",
          [
            "once": id.text, "currency": "TND", "payer": "Office", "payer-rib": AidRoom.rib,
            "execution-on": room.today.description,
          ], as: Staff.fathi)
        #expect(made.location == "/aids/files/\(id)")
        let xml = try await site.get("/aids/files/\(id)/orders.xml", as: Staff.fathi)
        #expect(xml.headers[.contentDisposition]?.contains("attachment") == true)
        let paid = try await site.post(
          "/aids/files/\(id)/payment", ["paid-on": room.today.description, "reference": "LOT"],
          as: Staff.fathi)
        #expect(paid.location == "/aids/files/\(id)")
        #expect(try await site.get("/aids/files/\(id)", as: Staff.fathi).text.contains("paid on"))
      }
    }
  }

  @Test func `make contract and certificate in French and Arabic, marked as a model`() async throws {
    try await AidRoom.with(.sqlite) { room, ground in
      let aid = try await room.contracted(ground, parts: 1, way: .kind)
      try await room.paid(aid.instalments[0])
      try await room.serve(papers: Papers(python: Papers.standardPython)) { site in
        for (language, model, clause) in [
          ("fr", "Modèle à approuver par des juristes", "Aide sociale"),
          ("ar", "نموذج", "المساعدة"),
        ] {
          let paper = try await site.get("/aids/\(aid.id)/contract.pdf?language=\(language)", as: Staff.amel)
          #expect(paper.status == .ok && paper.headers[.contentType] == "application/pdf")
          let text = try PaperTools.run("/usr/bin/pdftotext", ["-layout", "-", "-"], paper.bytes)
          #expect(text.contains("TUN-") && text.contains("3"), "\(language)")
          if language == "fr" { #expect(text.contains(model) && text.contains(clause)) }
          #expect(try PaperTools.conformance(of: paper.bytes) == "2a True ua1 True")
          let certificate = try await site.get(
            "/aids/\(aid.id)/parts/\(aid.instalments[0].id)/certificate.pdf?language=\(language)",
            as: Staff.amel)
          #expect(try PaperTools.conformance(of: certificate.bytes) == "2a True ua1 True")
        }
        #expect(try await site.get("/aids/\(aid.id)/contract.pdf", as: Staff.emna).status == .notFound)
      }
    }
  }
}
