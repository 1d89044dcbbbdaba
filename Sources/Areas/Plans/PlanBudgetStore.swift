import Basics
import Cases
import Storage

/// Every SQL statement about budget lines. Callers have found the case first, and so may see it.
enum PlanBudgetStore {
  /// The lines that nobody struck out, by their actions.
  static func lines(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws
    -> [RecordID<Plan.Action>: [Plan.BudgetLine]]
  {
    let lines = try db.rows(
      """
      SELECT action, id, amount, currency, payer, way, version FROM plan_budget
      WHERE case_file = \(file) AND struck = 0 ORDER BY position LIMIT \(PlanRules.mostLines)
      """
    ) { row in
      let id: RecordID<Plan.BudgetLine> = try row[1]
      return (
        action: try row[0] as RecordID<Plan.Action>,
        line: Plan.BudgetLine(
          id: id, amount: Money(try row[2], try row[3]),
          payer: try key.openText(try row[4], as: "budget.payer:\(id)"), way: try row[5],
          version: try row[6])
      )
    }
    return Dictionary(grouping: lines, by: \.action).mapValues { $0.map(\.line) }
  }

  /// Whether there is such a line, struck out or not; and of which case.
  static func caseFile(of id: RecordID<Plan.BudgetLine>, in db: Connection) throws -> RecordID<CaseFile>? {
    try db.value("SELECT case_file FROM plan_budget WHERE id = \(id)")
  }

  static func insert(
    _ line: Plan.BudgetLine, under action: RecordID<Plan.Action>, of file: RecordID<CaseFile>, position: Int,
    key: SealingKey, in db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO plan_budget (id, case_file, action, amount, currency, payer, way, position)
      VALUES (\(line.id), \(file), \(action), \(line.amount.minorUnits), \(line.amount.currency),
        \(try key.seal(line.payer, as: "budget.payer:\(line.id)")), \(line.way), \(position))
      """)
  }

  static func update(_ line: Plan.BudgetLine, key: SealingKey, in db: Connection) throws {
    try db.run(
      """
      UPDATE plan_budget SET amount = \(line.amount.minorUnits), currency = \(line.amount.currency),
        payer = \(try key.seal(line.payer, as: "budget.payer:\(line.id)")), way = \(line.way),
        version = \(line.version)
      WHERE id = \(line.id)
      """)
  }

  static func strike(_ id: RecordID<Plan.BudgetLine>, in db: Connection) throws {
    try db.run("UPDATE plan_budget SET struck = 1 WHERE id = \(id)")
  }
}
