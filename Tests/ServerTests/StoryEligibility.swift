import Basics
import Eligibility
import Storage
import TestSupport

@testable import Server

extension Story {
  /// Rules of an aid for each of them; one set is a draft still.
  static func rule(_ threads: [Thread], draft: Thread, _ premises: Premises) async throws {
    let eligibility = premises.installation.eligibility
    for thread in threads {
      try await eligibility.load(
        file("example-\(thread.rules)", from: Day(of: premises.clock.now)), as: thread.rules, by: .program)
    }
    for thread in threads where thread.rules != draft.rules {
      try await eligibility.decide(thread.rules, by: .program)
    }
  }

  private static func file(_ code: String, from day: Day) -> String {
    """
    rules: \(code)
    version: "1"
    aid: health
    track: social
    title: {fr: Aide, ar: مساعدة, en: Aid}
    source: {fr: Exemple, ar: مثال, en: Example}
    from: \(day)
    conditions:
      - code: country
        says: {fr: Un pays est connu, ar: بلد معروف, en: A country is known}
        when: {fact: return-country, one-of: [IT, FR]}
        otherwise: not-yet
    """
  }
}
