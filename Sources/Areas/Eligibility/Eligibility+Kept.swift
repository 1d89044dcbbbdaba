import Basics
import Cases
import People
import Storage

/// What the area keeps of persons.
extension Eligibility {
  package static let kept = Kept([
    KeptTable(
      "judgement", say("What the rules of aids said"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("day", say("Day"), .day),
          .plain("answer", say("Answer"), .code { Verdict.Answer(rawValue: $0).map(EligibilityWords.label) }),
          .plain("amount", say("Amount in the smallest unit"), .number),
          .plain("currency", say("Currency")),
          .sealed("readings", .fields("judgement.readings", field), isRequired: true),
          .plain("judged_at", say("Recorded"), .moment),
          .plain("judged_by", say("Recorded by"), .account),
        ], inner: ["id", "case_file", "rule_set"]))
  ])

  @Sendable private static func field(_ name: String) -> KeptField? {
    if name.hasPrefix("fact.") { return Fact(code: String(name.dropFirst(5))).map { KeptField($0.label) } }
    guard name.hasPrefix("rule.") else { return nil }
    return KeptField(say("Rule: \(String(name.dropFirst(5)))"), .code) { text in
      [Truth.yes, .unknown, .no].first { "\($0)" == text }.map(EligibilityWords.label)
    }
  }
}
