import Basics
import HTTPTypes
import Storage
import TestSupport
import Testing

@testable import Funding

@Suite struct `The pages of funding` {
  @Test(arguments: TestDatabase.engines)
  func `lead from a funder to a line with a ledger`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      try await room.serve { site in
        let empty = try await site.post("/funding/agreements", as: Staff.fathi)
        #expect(empty.status == .unprocessableContent && empty.text.contains("href=\"#f-funder\""))
        let (id, line) = (RecordID<Agreement>(), RecordID<BudgetLine>())
        let form = [
          "once": id.text, "funder": room.funder.id.text, "title": "Convention <2026>", "amount": "10 000,50",
          "currency": "EUR", "purpose": "transfers", "basis": "received", "from": "\(room.today)",
          "last-day": "\(room.today + 300)", "countries": "DE", "kinds": "housing", "returns": "voluntary",
        ]
        for _ in 1...2 {
          let sent = try await site.post("/funding/agreements", form, as: Staff.fathi)
          #expect(sent.location == "/funding/agreements/\(id)")
        }
        let wrong = try await site.post(
          "/funding/agreements", form.merging(["amount": "1e9"]) { $1 }, as: Staff.fathi)
        #expect(wrong.status == .unprocessableContent && wrong.text.contains("Write euros in figures"))
        let lineForm = [
          "once": line.text, "name": "Logement", "amount": "9000", "countries": "DE", "kinds": "housing",
          "returns": "voluntary",
        ]
        let wide = try await site.post(
          "/funding/agreements/\(id)/lines", lineForm.merging(["countries": "FR"]) { $1 }, as: Staff.fathi)
        #expect(wide.status == .unprocessableContent)
        let added = try await site.post("/funding/agreements/\(id)/lines", lineForm, as: Staff.fathi)
        #expect(added.location == "/funding/agreements/\(id)")
        let receipt = ["once": RecordID<FunderReceipt>().text, "on": "\(room.today)", "amount": "5000"]
        for _ in 1...2 {
          let arrived = try await site.post(
            "/funding/agreements/\(id)/receipts", receipt, as: Staff.fathi)
          #expect(arrived.status == .seeOther)
        }
        let shown = try await site.get("/funding/agreements/\(id)", as: Staff.chokri).text
        #expect(shown.contains("Kinds of return") && shown.contains("Voluntary"))
        let odd = try await site.post(
          "/funding/agreements", form.merging(["returns": "happy"]) { $1 }, as: Staff.fathi)
        #expect(
          odd.status == .unprocessableContent && odd.text.contains("Choose one of the answers offered."))
        #expect(shown.contains("Convention &lt;2026&gt;") && shown.contains("5\u{202F}000.00"))
        #expect(!shown.contains("/reversal"))
        let ledger = try await site.get("/funding/lines/\(line)", as: Staff.chokri).text
        #expect(ledger.contains("9\u{202F}000.00") && ledger.contains("Amount of the line"))
        let list = try await site.get("/funding", as: Staff.chokri).text
        #expect(list.contains("/funding/lines/\(line)") && list.contains("Bailleur A (exemple)"))
        #expect(try await site.get("/funding", as: Staff.amel).status == .forbidden)
        #expect(try await site.post("/funding/rates", as: Staff.chokri).status == .forbidden)
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `answer which money serves, and say what is typed wrongly`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      try await room.serve { site in
        let blank = try await site.get("/funding/serving", as: Staff.chokri)
        #expect(blank.status == .ok && !blank.text.contains("id=\"answer\""))
        let path = "/funding/serving?asked=1&kind=housing&antenna=TUN&currency=TND&amount=100"
        let missing = try await site.get(path, as: Staff.chokri).text
        #expect(missing.contains("No rate EUR/TND is entered that holds on"))
        let rate = [
          "once": RecordID<ExchangeRate>().text, "rate": "3,3845", "from": "\(room.today)",
          "last-day": "\(room.today + 30)", "source": "Banque (exemple)",
        ]
        #expect(try await site.post("/funding/rates", rate, as: Staff.fathi).location == "/funding/rates")
        let served = try await site.get(path, as: Staff.chokri).text
        #expect(served.contains("it can pay") && served.contains("29.55"))
        #expect(served.contains("/funding/lines/\(line.id)"))
        let wrong = try await site.get(path + "e9", as: Staff.chokri).text
        #expect(wrong.contains("Write dinars in figures") && !wrong.contains("id=\"answer\""))
        for page in ["/funding/outlook", "/funding/risks", "/funding/rates", "/funding/kinds"] {
          #expect(try await site.get(page, as: Staff.chokri).status == .ok)
        }
      }
    }
  }

  @Test(arguments: TestDatabase.engines)
  func `page a ledger and give it as a file`(engine: Database.Engine) async throws {
    try await FundingRoom.with(engine) { room in
      let line = try await room.line(of: room.agreement(eur(1_000_00)))
      for _ in 0..<60 { try await room.reserve(eur(1_00), on: line) }
      try await room.serve { site in
        let first = try await site.get("/funding/lines/\(line.id)", as: Staff.fathi).text
        let next = try #require(first.firstMatch(of: /href="(\/funding\/lines\/[a-z0-9]+\?before=[^"]+)"/))
        #expect(first.contains("940.00"))
        let rest = try await site.get(String(next.1), as: Staff.fathi).text
        #expect(rest.contains("Amount of the line") && !rest.contains("rel=\"next\""))
        let csv = try await site.get("/funding/lines/\(line.id)/sheet?as=csv", as: Staff.fathi)
        #expect(csv.text.hasPrefix("\u{FEFF}") && csv.text.split(separator: "\r\n").count == 1 + 1 + 60 * 2)
        #expect(csv.text.contains("\"1000,00\"") && csv.text.contains("\"1,00\""))
        let list = try await site.get("/funding/sheet?as=csv", as: Staff.chokri)
        #expect(list.text.contains("\"940,00\""))
        #expect(try await site.get("/funding/sheet?as=xlsx", as: Staff.fathi).status == .ok)
        #expect(try await site.get("/funding/sheet", as: Staff.amel).status == .forbidden)
      }
    }
  }
}
