import Basics
import Cases
import Foundation

/// A session as one person may see it, read at one moment.
package struct OpenedSession: Sendable {
  package let session: CommitteeSession
  package let members: [CommitteeMember]
  package let entries: [AgendaEntry]
  package let conflicts: [RecordID<CommitteeItem>: [AccountID: ConflictKind]]
  package let scores: [RecordID<CommitteeItem>: [AccountID: Score]]
  package let votes: [RecordID<CommitteeItem>: [AccountID: Decision.Outcome]]
  /// What this session decided; what is sealed of it stays closed.
  package let decisions: [RecordID<CommitteeItem>: Decision]
  /// Who decided what is appealed against.
  let deciders: [RecordID<CommitteeItem>: Set<AccountID>]
  /// Of the cases on the agenda.
  let numbers: [RecordID<CaseFile>: String]
  let grid: CommitteeGrid?
  /// Of the items that are not decided, where somebody knows who would pay; empty where the money was not asked for.
  let shares: [RecordID<CommitteeItem>: PotShare]
  /// Whether rooms that put items before the committee know the money behind them.
  let isMoneyKnown: Bool
  let reader: Actor

  /// How the reader sits in it; nil for one who only convenes.
  var seat: CommitteeMember? { members.first { $0.account == reader.id && $0.sits } }
  var isVoter: Bool { seat?.role.votes ?? false }
  var isChair: Bool { seat?.role == .chair }
  /// Whether the reader leads it: the one who convened, and its chair.
  var isRun: Bool { CommitteeRules.convenes(reader) || isChair }

  /// Whoever prepares the session knows the cases; whoever votes in one that hides them does not.
  var showsIdentity: Bool { !session.hidesIdentity || (CommitteeRules.convenes(reader) && !isVoter) }

  func entry(_ item: RecordID<CommitteeItem>) throws(Refusal) -> AgendaEntry {
    guard let entry = entries.first(where: { $0.item.id == item }) else { throw .notFound }
    return entry
  }

  /// Whether somebody has no say in an item: she said so, decided what is appealed against, or prepared it.
  func keepsOut(_ account: AccountID, of item: CommitteeItem) -> Bool {
    item.preparedBy == account || !mayRead(item, account)
  }

  /// Whether the reader may read what the committee reads. Whoever prepared an item knows it.
  func mayRead(_ item: CommitteeItem) -> Bool { mayRead(item, reader.id) }

  private func mayRead(_ item: CommitteeItem, _ account: AccountID) -> Bool {
    conflicts[item.id]?[account] == nil && deciders[item.id]?.contains(account) != true
  }

  /// Who is there and has a vote on it.
  func counted(_ item: CommitteeItem) -> [AccountID] {
    CommitteeRules.counted(members) { keepsOut($0, of: item) }
  }

  /// Whose scores count.
  func scorers(_ item: CommitteeItem) -> [AccountID] {
    CommitteeRules.scorers(members) { keepsOut($0, of: item) }
  }

  /// Those scores that count.
  func countedScores(_ item: CommitteeItem) -> [Score] {
    guard let given = scores[item.id] else { return [] }
    return scorers(item).compactMap { given[$0] }
  }

  /// Whether the reader has still to score it.
  func awaitsScore(_ item: CommitteeItem) -> Bool {
    session.state == .convened && isVoter && !keepsOut(reader.id, of: item)
      && scores[item.id]?[reader.id] == nil && decisions[item.id] == nil
  }

  /// Where a file stands, for the reader.
  enum Standing: Hashable {
    case decided(Decision.Outcome)
    case keptOut, prepared, toScore
    case noQuorum(counted: Int)
    case toDecide
  }

  func standing(_ item: CommitteeItem) -> Standing {
    if let decision = decisions[item.id] { return .decided(decision.outcome) }
    if !mayRead(item) { return .keptOut }
    if item.preparedBy == reader.id { return .prepared }
    if awaitsScore(item) { return .toScore }
    let counted = counted(item).count
    return counted < session.quorum ? .noQuorum(counted: counted) : .toDecide
  }

  /// Whether the reader may see what others gave: never before she gave her own.
  func mayCompare(_ item: CommitteeItem) -> Bool { mayRead(item) && !awaitsScore(item) }

  /// By score, where the reader has scored all that she is to score.
  var ranking: CommitteeRanking? {
    guard !entries.contains(where: { awaitsScore($0.item) }) else { return nil }
    return CommitteeRanking(
      entries, score: { CommitteeRanking.average(countedScores($0.item)) },
      decision: { decisions[$0.item.id]?.words }, shares: shares,
      isPaidElsewhere: { isMoneyKnown && !$0.origin.isEmpty }, money: session.money)
  }
}
