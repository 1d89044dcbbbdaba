import Basics
import Cases
import Foundation
import People
import Storage

/// What the rules say of one person.
extension Eligibility {
  /// So many judgements stand on the page of a person, the newest first.
  static let shownJudgements = 50

  /// What the rules of a day say of the person of a case; that her file was opened stands in the journal.
  /// - Throws: `Refusal.notAllowed` without the duty to prepare aids.
  package func open(_ id: RecordID<CaseFile>, on day: Day, for actor: Actor) async throws -> OpenedEligibility
  {
    try actor.must(.prepareAids)
    let (opened, found) = try await cases.open(id, for: actor) { opened, db in
      let facts = try facts(of: id, opened.person.person.identity, on: day, in: db)
      let rate = try sources.rate?(day, db)
      return (
        facts: facts,
        answers: try inForce(on: day, in: db).map { kept in
          answer(of: kept, to: try asked(of: kept, facts, on: day, in: db), rate: rate)
        },
        judgements: try EligibilityStore.judgements(
          of: id, limit: Self.shownJudgements, key: opened.subject.key, in: db),
        rate: rate
      )
    }
    return OpenedEligibility(
      opened: opened, day: day, answers: found.answers, judgements: found.judgements, rate: found.rate)
  }

  /// Keeps what the rules say of a person on a day, with what was known: it stays, whatever becomes of the rules.
  /// The same id a second time is the same judgement.
  /// - Parameter day: today, or one before it.
  package func judge(
    _ file: RecordID<CaseFile>, by rules: RecordID<KeptRuleSet>, on day: Day, as id: RecordID<Judgement>,
    by actor: Actor
  ) async throws {
    try actor.must(.prepareAids)
    let now = now()
    guard day <= Day(of: now) else {
      throw Refusal.invalid([FieldError("day", say("This day is still to come."))])
    }
    try await database.write { db in
      let (held, subject) = try cases.hold(file, for: actor, in: db)
      try CaseRules.mustBeOpen(held)
      if let earlier = try EligibilityStore.fileOf(id, in: db) {
        guard earlier == file else { throw Refusal.notFound }
        return
      }
      guard let kept = try EligibilityStore.find(rules, in: db), kept.isInForce(on: day) else {
        throw Refusal.conflict(say("These rules are not in force on this day."))
      }
      let identity = try cases.people.read(subject, in: db).person.identity
      let known = try facts(of: file, identity, on: day, in: db)
      let facts = try asked(of: kept, known, on: day, in: db)
      let verdict = EligibilityRules.verdict(kept.set, for: facts, rate: try sources.rate?(day, db))
      try keep(verdict, of: kept, facts, file, subject, on: day, as: id, by: actor, in: db)
    }
  }

  func keep(
    _ verdict: Verdict, of rules: KeptRuleSet, _ facts: Facts, _ file: RecordID<CaseFile>, _ subject: Subject,
    on day: Day, as id: RecordID<Judgement>, by actor: Actor, in db: Connection
  ) throws {
    let now = now()
    let judgement = Judgement(
      id: id, rules: rules.id, day: day, answer: verdict.answer, amount: verdict.amount?.amount,
      readings: EligibilityRules.kept(verdict, facts), at: now, by: actor.id)
    guard try EligibilityStore.insert(judgement, of: file, key: subject.key, in: db) else {
      throw Refusal.notFound
    }
    try Journal.append(
      "eligibility.judge", on: Judgement.reference(id), of: subject, by: actor, at: now,
      changes: Fields(["rules": rules.set.code, "answer": verdict.answer.rawValue]).asNew, in: db)
  }

  func inForce(on day: Day, in db: Connection) throws -> [KeptRuleSet] {
    EligibilityRules.inForce(try EligibilityStore.sets([.decided], in: db), on: day)
  }

  /// Everything that is known of one file, but the money, which depends on the aid.
  func facts(of id: RecordID<CaseFile>, _ identity: Identity?, on day: Day, in db: Connection) throws
    -> FileFacts
  {
    guard var file = try FactStore.file(id, wanted: Set(Fact.allCases), on: day, in: db) else {
      throw Refusal.notFound
    }
    if identity?.birthDate != nil, let age = identity?.age(on: day) { file.facts[.age] = .number(age) }
    var files = [file]
    try complete(&files, Set(Fact.allCases), on: day, in: db)
    return files[0]
  }

  func answer(of kept: KeptRuleSet, to facts: Facts, rate: EuroRate?) -> EligibilityAnswer {
    EligibilityAnswer(
      rules: kept, verdict: EligibilityRules.verdict(kept.set, for: facts, rate: rate), facts: facts)
  }

  /// The facts as the rules of one aid see them.
  func asked(of kept: KeptRuleSet, _ file: FileFacts, on day: Day, in db: Connection) throws -> Facts {
    var money = MoneyAnswers(sources: sources, day: day)
    return try EligibilityRules.asked(kept.set, file.facts) { try money.left(kept.set.aid, file, in: db) }
  }

  /// Adds what other areas tell of files that stand in the order of their ids.
  func complete(_ files: inout [FileFacts], _ wanted: Set<Fact>, on day: Day, in db: Connection) throws {
    guard let first = files.first?.id, let last = files.last?.id else { return }
    for (fact, instrument) in [(Fact.vulnerability, "vulnerability"), (.risk, "risk")]
    where wanted.contains(fact) {
      guard let bands = try sources.bands?(instrument, first...last, day, db) else { continue }
      for index in files.indices { files[index].facts[fact] = bands[files[index].id].map(FactValue.code) }
    }
    guard let aids = try sources.aids?(first...last, day, db) else { return }
    for index in files.indices {
      let earlier = aids[files[index].id] ?? []
      files[index].facts.earlier = earlier
      files[index].facts[.earlierAids] = .number(earlier.count)
    }
  }
}

/// What money is left, asked once for the files that it is the same for.
struct MoneyAnswers {
  private struct Question: Hashable {
    let aid: String
    let country: CountryCode?
    let returned: ReturnFacts.Kind?
    let antenna: AntennaCode
  }

  let sources: FactSources
  let day: Day
  private var known: [Question: Int64?] = [:]

  init(sources: FactSources, day: Day) {
    self.sources = sources
    self.day = day
  }

  mutating func left(_ aid: String, _ file: FileFacts, in db: Connection) throws -> Int64? {
    let question = Question(
      aid: aid, country: file.country, returned: file.returned, antenna: file.antenna)
    if let known = known[question] { return known }
    let left = try sources.moneyLeft?(aid, file.country, file.returned, file.antenna, day, db)
    known[question] = .some(left)
    return left
  }
}

/// What the rules of one aid say of a person, and what they saw of her.
package struct EligibilityAnswer: Sendable {
  package let rules: KeptRuleSet
  package let verdict: Verdict
  package let facts: Facts
}

/// The page of a person.
package struct OpenedEligibility: Sendable {
  let opened: OpenedCase
  let day: Day
  let answers: [EligibilityAnswer]
  let judgements: [Judgement]
  let rate: EuroRate?
}
