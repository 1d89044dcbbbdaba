import Basics
import Cases
import Foundation
import Storage

/// Every SQL statement about plans. Callers have found the case first, and so may see it.
enum PlanStore {
  /// Seals all of a case anew, when it goes to another person.
  static func reseal(
    _ file: RecordID<CaseFile>, from old: SealingKey, to new: SealingKey, in db: Connection
  ) throws {
    let inCase = "case_file = \(file)" as SQL
    for (table, column, context) in [
      ("plan_version", "signed_by", "plan.signed"),
      ("plan_version", "representative", "plan.representative"),
      ("plan_version", "witness", "plan.witness"), ("plan_version", "content", "plan.content"),
      ("plan_goal", "text", "goal.text"), ("plan_goal", "reason", "goal.reason"),
      ("plan_budget", "payer", "budget.payer"),
    ] as [(SQL, SQL, String)] {
      try CaseMoveStore.reseal(column, of: table, where: inCase, as: context, from: old, to: new, in: db)
    }
    let ofGoals = "goal IN (SELECT g.id FROM plan_goal g WHERE g.case_file = \(file))" as SQL
    for (column, context) in [
      ("text", "action.text"), ("who", "action.who"), ("reason", "action.reason"),
      ("blocked", "action.blocked"),
    ]
      as [(SQL, String)]
    {
      try CaseMoveStore.reseal(
        column, of: "plan_action", where: ofGoals, as: context, from: old, to: new, in: db)
    }
  }

  static func plan(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws -> Plan {
    let actions = try actions(of: file, key: key, in: db)
    let goals = try db.rows(
      """
      SELECT id, track, text, reason, version FROM plan_goal WHERE case_file = \(file)
      ORDER BY position LIMIT \(PlanRules.mostGoals)
      """
    ) { row in
      let id: RecordID<Plan.Goal> = try row[0]
      let reason: [UInt8]? = try row[3]
      return Plan.Goal(
        id: id, track: try row[1], text: try key.openText(try row[2], as: "goal.text:\(id)"),
        actions: actions[id] ?? [], reason: try reason.map { try key.openText($0, as: "goal.reason:\(id)") },
        version: try row[4])
    }
    let versions = try PlanVersionStore.versions(of: file, key: key, in: db)
    return Plan(
      goals: goals, versions: versions,
      agreedMark: try versions.last.flatMap { try PlanVersionStore.mark(of: $0.id, key: key, in: db) },
      completedOn: try PlanVersionStore.completedOn(file, in: db))
  }

  static func tracks(of file: RecordID<CaseFile>, in db: Connection) throws -> Set<Plan.Track> {
    Set(
      try db.rows("SELECT track FROM plan_goal WHERE case_file = \(file) LIMIT 60") {
        try $0[0] as Plan.Track
      })
  }

  private static func actions(of file: RecordID<CaseFile>, key: SealingKey, in db: Connection) throws
    -> [RecordID<Plan.Goal>: [Plan.Action]]
  {
    let budget = try PlanBudgetStore.lines(of: file, key: key, in: db)
    let actions = try db.rows(
      """
      SELECT a.goal, a.id, a.text, a.who, a.by_day, a.state, a.started_on, a.reason, a.version,
        a.blocked
      FROM plan_goal g JOIN plan_action a ON a.goal = g.id WHERE g.case_file = \(file) ORDER BY g.position, a.position
      LIMIT \(PlanRules.mostActions)
      """
    ) { row in
      let id: RecordID<Plan.Action> = try row[1]
      let (reason, blocked): ([UInt8]?, [UInt8]?) = (try row[7], try row[9])
      return (
        try row[0] as RecordID<Plan.Goal>,
        Plan.Action(
          id: id, text: try key.openText(try row[2], as: "action.text:\(id)"),
          who: try key.openText(try row[3], as: "action.who:\(id)"), by: try row[4], state: try row[5],
          startedOn: try row[6], reason: try reason.map { try key.openText($0, as: "action.reason:\(id)") },
          budget: budget[id] ?? [], version: try row[8],
          blocked: try blocked.map { try key.openText($0, as: "action.blocked:\(id)") })
      )
    }
    return Dictionary(grouping: actions, by: \.0).mapValues { $0.map(\.1) }
  }

  static func hasGoal(_ id: RecordID<Plan.Goal>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM plan_goal WHERE id = \(id)")
  }

  static func hasAction(_ id: RecordID<Plan.Action>, in db: Connection) throws -> Bool {
    try db.exists("SELECT 1 FROM plan_action WHERE id = \(id)")
  }

  static func insert(
    _ goal: Plan.Goal, in file: RecordID<CaseFile>, position: Int, key: SealingKey, _ db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO plan_goal (id, case_file, track, text, position)
      VALUES (\(goal.id), \(file), \(goal.track), \(try key.seal(goal.text, as: "goal.text:\(goal.id)")), \(position))
      """)
  }

  static func insert(
    _ action: Plan.Action, under goal: RecordID<Plan.Goal>, position: Int, key: SealingKey, _ db: Connection
  ) throws {
    try db.run(
      """
      INSERT INTO plan_action (id, goal, text, who, by_day, state, position)
      VALUES (\(action.id), \(goal), \(try key.seal(action.text, as: "action.text:\(action.id)")),
        \(try key.seal(action.who, as: "action.who:\(action.id)")), \(action.by), \(action.state), \(position))
      """)
  }

  static func set(
    _ state: Plan.Action.State, of action: Plan.Action, on day: Day, reason: String?, key: SealingKey,
    in db: Connection
  ) throws {
    let started = state == .abandoned ? action.startedOn : action.startedOn ?? day
    try db.run(
      """
      UPDATE plan_action SET state = \(state), started_on = \(started),
        reason = \(try reason.map { try key.seal($0, as: "action.reason:\(action.id)") }), blocked = NULL
      WHERE id = \(action.id)
      """)
  }

  /// - Parameter why: nil when it goes on.
  static func block(_ id: RecordID<Plan.Action>, because why: String?, key: SealingKey, in db: Connection)
    throws
  {
    let sealed = try why.map { try key.seal($0, as: "action.blocked:\(id)") }
    try db.run("UPDATE plan_action SET blocked = \(sealed) WHERE id = \(id)")
  }

  static func update(_ goal: Plan.Goal, key: SealingKey, in db: Connection) throws {
    try db.run(
      """
      UPDATE plan_goal SET track = \(goal.track), text = \(try key.seal(goal.text, as: "goal.text:\(goal.id)")),
        version = \(goal.version)
      WHERE id = \(goal.id)
      """)
  }

  static func giveUp(_ goal: RecordID<Plan.Goal>, reason: String, key: SealingKey, in db: Connection) throws {
    try db.run(
      "UPDATE plan_goal SET reason = \(try key.seal(reason, as: "goal.reason:\(goal)")) WHERE id = \(goal)")
  }

  static func update(_ action: Plan.Action, key: SealingKey, in db: Connection) throws {
    try db.run(
      """
      UPDATE plan_action SET text = \(try key.seal(action.text, as: "action.text:\(action.id)")),
        who = \(try key.seal(action.who, as: "action.who:\(action.id)")), by_day = \(action.by),
        version = \(action.version)
      WHERE id = \(action.id)
      """)
  }
}
