import Basics
import Funding
import Storage

/// By what the clauses of a contract are chosen.
extension Aids {
  /// - Throws: `AidClauseFault` where they name a kind of aid or a funder that is not entered.
  package func mustKnow(_ clauses: AidClauses) async throws {
    try await database.read { db in
      try clauses.mustKnow(kinds: kinds(in: db).map(\.id), funders: funding.funderNames(in: db))
    }
  }

  /// The funder who pays an aid, as the ledger names it; nil while no money is set aside.
  func funder(of aid: AidLine) async throws -> String? {
    guard let reservation = aid.reservation else { return nil }
    return try await database.read { db in try funding.funders(of: [reservation], in: db)[reservation] }
  }
}
