import Basics
import Cases
import Crypto
import Foundation
import People
import Storage

/// Files of orders for the bank.
extension Aids {
  /// What a page of files shows.
  struct FilesFound: Sendable {
    /// Orders that wait for a file, by currency; at most `PaymentFile.most` are counted of each.
    let waiting: [(currency: Money.Currency, count: Int, total: Money)]
    let files: [PaymentFile]
    let next: RecordID<PaymentFile>?
  }

  func files(after cursor: RecordID<PaymentFile>?, for actor: Actor) async throws -> FilesFound {
    try actor.must(.recordPayments)
    return try await database.read { db in
      let waiting = try Money.Currency.allCases.map { currency in
        let orders = try PaymentFileStore.waiting(in: currency, limit: PaymentFile.most, in: db)
        let total = orders.reduce(0) { $0 + $1.amount.minorUnits }
        return (currency: currency, count: orders.count, total: Money(total, currency))
      }
      let found = try PaymentFileStore.files(before: cursor, limit: 51, in: db)
      let shown = Array(found.prefix(50))
      return FilesFound(
        waiting: waiting.filter { $0.count > 0 }, files: shown,
        next: found.count > shown.count ? shown.last?.id : nil)
    }
  }

  /// Puts every approved order of a currency that waits into a file; the same id a second time is the same file.
  /// - Throws: `Refusal.conflict` where no order waits: they stand in a file already, or are paid.
  package func makeFile(
    _ id: RecordID<PaymentFile>, of currency: Money.Currency, for payer: PaymentFile.Payer, on day: Day,
    by actor: Actor
  ) async throws {
    try actor.must(.recordPayments)
    let now = now()
    try await database.write { db in
      if let kept = try PaymentFileStore.file(id, in: db)?.file {
        guard kept.payer == payer, kept.executionOn == day, kept.total.currency == currency,
          kept.madeBy == actor.id
        else { throw Refusal.sentBefore("payer") }
        return
      }
      let orders = try PaymentFileStore.waiting(in: currency, limit: PaymentFile.most, in: db)
        .filter { !$0.payee.isEmpty && !$0.rib.isEmpty }
      guard !orders.isEmpty else {
        throw Refusal.conflict(say("No order waits for a file: each is put into one file only."))
      }
      let file = PaymentFile(
        id: id, madeAt: now, madeBy: actor.id, executionOn: day, count: orders.count,
        total: Money(orders.reduce(0) { $0 + $1.amount.minorUnits }, currency), payer: payer)
      let lines = try orders.sorted { $0.id < $1.id }.map { try line($0, in: db) }
      guard
        try PaymentFileStore.insert(
          file, digest: Self.digest(PaymentText.text(file, lines, as: .pain)), in: db)
      else { throw Refusal.sentBefore("payer") }
      for order in orders {
        guard try PaymentFileStore.put(order.id, into: id, in: db) else {
          throw Refusal.conflict(say("Someone else saved at the same moment. Send it again."))
        }
      }
      try Journal.append(
        "payment-file.make", on: PaymentFile.reference(id), by: actor, at: now,
        changes: Fields([
          "orders": String(file.count), "total": file.total.typed, "currency": currency.rawValue,
          "execution": day.description,
        ]).asNew, in: db)
    }
  }

  /// A file as the bank gets it: the same letters whenever it is asked for, which the journal tells each time.
  /// - Throws: `Refusal.gone` when a person of it was erased, and it cannot be written again.
  func text(of id: RecordID<PaymentFile>, as format: PaymentFile.Format, for actor: Actor) async throws
    -> String
  {
    try actor.must(.recordPayments)
    let now = now()
    return try await database.write { db in
      guard let (file, digest) = try PaymentFileStore.file(id, in: db) else { throw Refusal.notFound }
      let lines = try PaymentFileStore.orders(of: id, in: db).map { try line($0, in: db) }
      guard Self.digest(PaymentText.text(file, lines, as: .pain)) == digest else {
        throw Refusal.conflict(PaymentFile.taken)
      }
      try Journal.append(
        "payment-file.take", on: PaymentFile.reference(id), by: actor, at: now,
        changes: Fields(["format": format.rawValue]).asNew, in: db)
      return PaymentText.text(file, lines, as: format)
    }
  }

  /// After a copy of the data was restored: what stood in files that were made since is in no file again, and the bank has
  /// it. Read from the earlier file, or from what the bank wrote, it is never put into another; the same again changes
  /// nothing.
  /// - Throws: `Refusal.invalid` for a text without references.
  package func recognise(_ text: String, by actor: Actor) async throws {
    try actor.must(.recordPayments)
    let references = PaymentFile.references(in: text)
    guard !references.isEmpty, references.count <= PaymentFile.most else {
      throw Refusal.invalid([
        FieldError(
          "references", say("No reference of ours stands in this text, or more than \(PaymentFile.most)."))
      ])
    }
    let now = now()
    try await database.write { db in
      let filed = try PaymentFileStore.filed(references, in: db)
      var count = 0
      for reference in references where !filed.contains(reference) {
        if try PaymentFileStore.note(reference, by: actor, at: now, in: db) { count += 1 }
      }
      guard count > 0 else { return }
      try Journal.append(
        "payment-file.recognise", on: RecordReference("account", actor.id), by: actor, at: now,
        changes: Fields(["orders": String(count)]).asNew, in: db)
    }
  }

  /// What a page of one file shows.
  struct FileShown: Sendable {
    struct Order: Sendable {
      let id: RecordID<AidOrder>
      let aid: RecordID<Aid>
      let endToEnd: String
      let amount: Money
      let about: String
      let paidOn: Day?
    }

    let file: PaymentFile
    let orders: [Order]
  }

  func show(_ id: RecordID<PaymentFile>, for actor: Actor) async throws -> FileShown {
    try actor.must(.recordPayments)
    return try await database.read { db in
      guard let file = try PaymentFileStore.file(id, in: db)?.file else { throw Refusal.notFound }
      let orders = try PaymentFileStore.orders(of: id, in: db)
      let numbers = try cases.numbers(of: orders.map(\.file), in: db)
      return FileShown(
        file: file,
        orders: orders.map {
          FileShown.Order(
            id: $0.id, aid: $0.aid, endToEnd: $0.endToEnd, amount: $0.amount,
            about: "\(numbers[$0.file] ?? "—")/\($0.number)", paidOn: $0.paidOn)
        })
    }
  }

  /// Records that every order of a file was paid; those that are paid already stay as they are.
  package func payAll(of id: RecordID<PaymentFile>, on day: Day, reference: String, by actor: Actor)
    async throws
  {
    try actor.must(.recordPayments)
    let now = now()
    try await database.write { db in
      guard try PaymentFileStore.file(id, in: db) != nil else { throw Refusal.notFound }
      let open = try PaymentFileStore.orders(of: id, in: db).filter { $0.paidOn == nil }
      for order in open { try pay(order.id, on: day, reference: reference, by: actor, in: db) }
      guard !open.isEmpty else { return }
      try Journal.append(
        "payment-file.pay", on: PaymentFile.reference(id), by: actor, at: now,
        changes: Fields(["orders": String(open.count), "paid-on": day.description]).asNew, in: db)
    }
  }

  private func line(_ order: PaymentFileStore.Waiting, in db: Connection) throws -> PaymentLine {
    guard let found = try cases.findUnerased(order.file, for: .program, in: db), !order.payee.isEmpty else {
      throw Refusal.gone(say("A person of this file was erased: it cannot be written again."))
    }
    let key = found.subject.key
    guard let rib = try? RIB(typed: key.openText(order.rib, as: "aid_order.rib:\(order.id)")) else {
      throw StorageFault.other("an order without an account")
    }
    return PaymentLine(
      endToEnd: order.endToEnd, amount: order.amount,
      payee: try key.openText(order.payee, as: "aid_order.payee:\(order.id)"), rib: rib,
      about: "\(found.file.number)/\(order.number)")
  }

  private static func digest(_ text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
