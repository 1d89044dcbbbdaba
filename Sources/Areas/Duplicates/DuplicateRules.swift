import Basics
import Linkage
import People

/// Decisions only: no database, no clock, no request.
enum DuplicateRules {
  /// At reception: of the same number, of the same whole name in either script and not clearly of another birth, or of a
  /// name that sounds alike with a birth or a phone that agrees; or whoever the evidence holds for the same. Who asked
  /// about every namesake would soon not be read any more.
  static func isWorthAsking(_ reasons: [MatchReason], _ verdict: LinkJudge.Verdict) -> Bool {
    if reasons.contains(where: { [.sameCIN, .samePassport].contains($0) }) { return true }
    if isProposed(verdict) { return true }
    if reasons.contains(.sameName) {
      return !verdict.findings.contains { $0.field == LinkField.born.rawValue && $0.agreement == .different }
    }
    guard reasons.contains(.nameSoundsAlike) else { return false }
    return verdict.findings.contains { finding in
      [LinkField.born, .phones].contains { $0.rawValue == finding.field } && finding.agreement >= .partial
    }
  }

  /// The years of birth of those who are asked about for their name alone: the same, one that a digit makes of it, and
  /// what papers of somebody who does not know it may say. Others are not even opened.
  static func years(worthAskingOf born: Int) -> Set<Int> {
    let slips = [1, 10, 100].flatMap { place in
      (0...9).map { digit in born + (digit - born / place % 10) * place }
    }
    return Set(slips).union(born - 2...born + 2)
  }

  /// In the background: more likely one person than two, or of the same number.
  static func isProposed(_ verdict: LinkJudge.Verdict) -> Bool {
    sharesNumber(verdict.findings)
      || verdict.probability >= Linkage.threshold && !differsInName(verdict.findings)
  }

  /// Nobody changes given and family name at once; strangers of one birth who share a phone of the neighbourhood do.
  private static func differsInName(_ findings: [LinkJudge.Finding]) -> Bool {
    let names = findings.filter { [LinkField.given, .family].map(\.rawValue).contains($0.field) }
    return !names.isEmpty && names.allSatisfy { $0.agreement == .different }
  }

  /// A number is one person's; where two bear it, it is one person or a slip.
  static func sharesNumber(_ findings: [LinkJudge.Finding]) -> Bool {
    findings.contains { finding in
      [LinkField.cin, .passport].contains { $0.rawValue == finding.field } && finding.agreement == .equal
    }
  }

  /// Two who were told apart are proposed again only when much more speaks for one person.
  static func isMaterial(_ score: Int, decidedAt decided: Int) -> Bool {
    score >= decided + DuplicatePair.material
  }

  /// What somebody who decides sees of the two files.
  enum Sight: Equatable { case both, first, second }

  /// - Throws: `Refusal.notFound` for somebody who sees neither.
  static func sight(_ pair: DuplicatePair, seen: Set<PersonID>) throws(Refusal) -> Sight {
    switch (seen.contains(pair.first), seen.contains(pair.second)) {
    case (true, true): return .both
    case (true, false): return .first
    case (false, true): return .second
    case (false, false): throw .notFound
    }
  }

  /// Two files are told apart by somebody who sees both; doubtful ones by the head.
  static func mayTellApart(_ pair: DuplicatePair, _ sight: Sight, by actor: Actor) throws(Refusal) {
    try mustBeUndecided(pair, by: actor)
    guard sight == .both else {
      throw .conflict(say("Only somebody who sees both files can tell them apart: ask the other antenna."))
    }
  }

  /// What was decided stays, until it is proposed again; what is doubtful is for the head.
  static func mustBeUndecided(_ pair: DuplicatePair, by actor: Actor) throws(Refusal) {
    switch pair.state {
    case .open, .proposed: break
    case .unsure: try actor.must(.settleFiles)
    case .different: throw .conflict(say("It was decided that these are two persons."))
    case .joined: throw .conflict(say("These two files are joined already."))
    }
  }

  /// One person is enough where both files are in one antenna.
  static func needsSecond(_ pair: DuplicatePair) -> Bool {
    pair.places.first.antenna != pair.places.second.antenna
  }

  /// The second is another person: of the nation, or of that one of the two antennas which the first is not of.
  static func mayConfirm(_ pair: DuplicatePair, proposedBy proposal: DuplicateAct, by actor: Actor) -> Bool {
    guard pair.state == .proposed, actor.may(.compareFiles), actor.id != proposal.by else { return false }
    if actor.scope == .nation { return true }
    guard let antenna = actor.antenna, antenna != proposal.antenna else { return false }
    return [pair.places.first.antenna, pair.places.second.antenna].contains(antenna)
  }

  static func mustConfirm(
    _ pair: DuplicatePair, proposedBy proposal: DuplicateAct?, by actor: Actor
  ) throws(Refusal) {
    guard pair.state == .proposed, let proposal else {
      throw .conflict(say("Nothing waits to be confirmed here any more."))
    }
    guard mayConfirm(pair, proposedBy: proposal, by: actor) else {
      throw .conflict(
        say("Somebody else confirms it: of the other antenna, or of the central office."))
    }
  }
}
