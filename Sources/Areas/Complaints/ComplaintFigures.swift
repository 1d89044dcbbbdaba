import Basics

/// What complaints of some time came to.
struct ComplaintFigures: Sendable {
  /// What is counted of one complaint.
  struct Fact: Sendable {
    let antenna: AntennaCode
    let kind: Complaint.Kind
    let outcome: Complaint.Outcome?
    /// Days from the day it was received to the answer; nil while it waits.
    let days: Int?
  }

  struct Count: Equatable, Sendable {
    let received: Int
    let outcomes: [Complaint.Outcome: Int]
    /// Of those answered; nil where none was.
    let medianDays: Int?

    var waiting: Int { received - outcomes.values.reduce(0, +) }

    init(_ facts: [Fact]) {
      received = facts.count
      outcomes = Dictionary(facts.compactMap { fact in fact.outcome.map { ($0, 1) } }, uniquingKeysWith: +)
      medianDays = ComplaintRules.median(facts.compactMap(\.days))
    }
  }

  /// Complaints that are counted at most, the newest; that there are more is said.
  static let most = 20_000

  let all: Count
  let isCut: Bool
  /// Those with a complaint, in the order of their codes.
  let antennas: [(antenna: AntennaCode, count: Count)]
  let kinds: [(kind: Complaint.Kind, count: Count)]

  init(_ found: [Fact]) {
    isCut = found.count > Self.most
    let facts = Array(found.prefix(Self.most))
    all = Count(facts)
    antennas = Dictionary(grouping: facts, by: \.antenna).map { (antenna: $0, count: Count($1)) }
      .sorted { $0.antenna.rawValue < $1.antenna.rawValue }
    let byKind = Dictionary(grouping: facts, by: \.kind)
    kinds = Complaint.Kind.allCases.compactMap { kind in byKind[kind].map { (kind: kind, count: Count($0)) } }
  }
}
