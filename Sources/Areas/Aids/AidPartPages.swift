import Antennas
import Basics
import Cases
import Foundation
import Hummingbird
import Pages
import Papers
import Web

/// The parts of an aid: contract, orders, proofs, and the papers.
struct AidPartPages: Sendable {
  let pages: AidPages

  private var aids: Aids { pages.aids }

  private static func template(_ name: String) -> String? {
    Bundle.module.url(forResource: name, withExtension: "typ", subdirectory: "Knowledge")
      .flatMap { try? String(contentsOf: $0, encoding: .utf8) }
  }
  private static let contract = template("contract")
  private static let certificate = template("handover")

  func addRoutes(to routes: Routes) {
    routes.post("/aids/:aid/parts", use: plan)
    routes.post("/aids/:aid/split", use: split)
    routes.post("/aids/:aid/parts/:part/removal", use: unplan)
    routes.get("/aids/:aid/contract.pdf", use: printContract)
    routes.post("/aids/:aid/contract", use: sign)
    routes.post("/aids/:aid/scan", use: attach)
    routes.post("/aids/:aid/parts/:part/order", use: order)
    routes.post("/aids/:aid/orders/:order/approval", use: approve)
    routes.post("/aids/:aid/orders/:order/return", use: sendBack)
    routes.post("/aids/:aid/orders/:order/payment", use: pay)
    routes.get("/aids/:aid/parts/:part/certificate.pdf", use: printCertificate)
    routes.post("/aids/:aid/parts/:part/handover", use: handOver)
    routes.post("/aids/:aid/parts/:part/proofs", use: prove)
    routes.post("/aids/:aid/proofs/:proof/check", use: check)
  }

  private func currency(_ id: RecordID<Aid>, _ actor: Actor) async throws -> Money.Currency {
    try await aids.open(id, for: actor).aid.line.currency
  }

  @Sendable func plan(_ request: Request, _ context: AppContext) async throws -> Response {
    try await pages.act("parts", with: [.prepareAids], context) { id, actor in
      let form = try AidPartForm.part(
        context.typed, try await currency(id, actor), isSplit: false, today: context.page.today)
      try await aids.plan(form.part, of: id, by: actor)
    }
  }

  @Sendable func split(_ request: Request, _ context: AppContext) async throws -> Response {
    try await pages.act("split", with: [.prepareAids], context) { id, actor in
      let form = try AidPartForm.part(
        context.typed, try await currency(id, actor), isSplit: true, today: context.page.today)
      try await aids.split(form.part, into: form.count, monthsApart: form.months, of: id, by: actor)
    }
  }

  @Sendable func unplan(_ request: Request, _ context: AppContext) async throws -> Response {
    try await pages.act("removal", with: [.prepareAids], context) { id, actor in
      try await aids.unplan(context.id("part"), of: id, by: actor)
    }
  }

  @Sendable func sign(_ request: Request, _ context: AppContext) async throws -> Response {
    try await pages.act("contract", with: [.prepareAids], context) { id, actor in
      let contract = try AidForm.contract(
        context.typed, clauses: pages.clauses.version, today: context.page.today)
      try await aids.sign(contract, of: id, by: actor)
    }
  }

  @Sendable func attach(_ request: Request, _ context: AppContext) async throws -> Response {
    try await pages.act("scan", with: [.prepareAids], context) { id, actor in
      try await aids.attach(AidForm.document(context.typed, "scan"), to: id, by: actor)
    }
  }

  @Sendable func order(_ request: Request, _ context: AppContext) async throws -> Response {
    let part: RecordID<AidInstalment> = try context.id("part")
    return try await pages.act("order", about: part.text, with: [.prepareAids], context) { id, actor in
      try await aids.order(
        AidPartForm.order(context.typed, today: context.page.today), for: part, of: id, by: actor)
    }
  }

  @Sendable func approve(_ request: Request, _ context: AppContext) async throws -> Response {
    try await pages.act("approval", with: [.approvePayments], context) { _, actor in
      try await aids.approve(context.id("order"), by: actor)
    }
  }

  @Sendable func sendBack(_ request: Request, _ context: AppContext) async throws -> Response {
    let order: RecordID<AidOrder> = try context.id("order")
    return try await pages.act(
      "return", about: order.text, with: [.approvePayments, .recordPayments], context
    ) { _, actor in
      let words = try AidForm.words(context.typed, "why-back", say("Say why it is sent back."))
      try await aids.sendBack(order, because: words, by: actor)
    }
  }

  @Sendable func pay(_ request: Request, _ context: AppContext) async throws -> Response {
    let order: RecordID<AidOrder> = try context.id("order")
    return try await pages.act("payment", about: order.text, with: [.recordPayments], context) { _, actor in
      let form = try AidPartForm.payment(context.typed, today: context.page.today)
      try await aids.pay(order, on: form.on, reference: form.reference, by: actor)
    }
  }

  @Sendable func handOver(_ request: Request, _ context: AppContext) async throws -> Response {
    let part: RecordID<AidInstalment> = try context.id("part")
    return try await pages.act("handover", about: part.text, with: [.prepareAids], context) { id, actor in
      try await aids.handOver(
        AidPartForm.handover(context.typed, today: context.page.today), part, of: id, by: actor)
    }
  }

  @Sendable func prove(_ request: Request, _ context: AppContext) async throws -> Response {
    let part: RecordID<AidInstalment> = try context.id("part")
    return try await pages.act("proof", about: part.text, with: [.prepareAids], context) { id, actor in
      let proof = try AidPartForm.proof(
        context.typed, try await currency(id, actor), today: context.page.today)
      try await aids.prove(proof, part, of: id, by: actor)
    }
  }

  @Sendable func check(_ request: Request, _ context: AppContext) async throws -> Response {
    let proof: RecordID<AidProof> = try context.id("proof")
    return try await pages.act("check", about: proof.text, with: [.approvePayments], context) { _, actor in
      let form = try AidPartForm.check(context.typed)
      try await aids.check(proof, form.check, because: form.reason, by: actor)
    }
  }

  @Sendable func printContract(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let language = Self.language(request, page)
    let shown = try await aids.open(context.id("aid"), for: actor)
    guard shown.aid.line.granted != nil, shown.aid.purpose != nil else { throw Refusal.notFound }
    let paper = AidContractPaper(
      shown, pages.clauses, paidBy: try await aids.funder(of: shown.aid.line),
      try await aids.antennas.territory(), daysToProve: aids.daysToProve, today: page.today, in: language)
    return try await context.paper(
      named: "contract-\(shown.file.number)-\(language.rawValue).pdf", number: shown.file.number,
      back: AidPaths.show(shown.aid.id), say("Back to the aid")
    ) {
      let pdf = try await pages.papers.pdf(Self.contract, paper)
      try await aids.notePaper("aid.print", of: shown.aid.id, in: language, by: actor)
      return pdf
    }
  }

  @Sendable func printCertificate(_ request: Request, _ context: AppContext) async throws -> Response {
    let (actor, page) = (try context.actor, try context.page)
    let language = Self.language(request, page)
    let id: RecordID<AidInstalment> = try context.id("part")
    let shown = try await aids.open(context.id("aid"), for: actor)
    guard let part = shown.aid.instalments.first(where: { $0.id == id }), part.way == .kind, part.isPaid
    else {
      throw Refusal.notFound
    }
    let paper = HandoverPaper(shown, part, try await aids.antennas.territory(), in: language)
    return try await context.paper(
      named: "handover-\(shown.file.number)-\(part.number)-\(language.rawValue).pdf",
      number: shown.file.number,
      back: AidPaths.show(shown.aid.id), say("Back to the aid")
    ) {
      let pdf = try await pages.papers.pdf(Self.certificate, paper)
      try await aids.notePaper("aid.print-handover", of: shown.aid.id, in: language, by: actor)
      return pdf
    }
  }

  /// Contracts are written in French and in Arabic.
  private static func language(_ request: Request, _ page: Page) -> Language {
    let asked = Language(rawValue: request.query("language")) ?? page.reader.language
    return asked == .arabic ? .arabic : .french
  }
}
