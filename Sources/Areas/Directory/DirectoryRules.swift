import Basics
import Cases
import Documents
import Foundation
import People

/// What is known of somebody that a service may ask for. Nil: nobody knows.
package struct Situation: Sendable, Equatable {
  package var age: Int?
  /// The year of birth alone is known: the age may be one less.
  package var isAgeRough = false
  package var sex: Person.Sex?
  package var governorate: GovernorateCode?
  package var delegation: String?
  package var returned: ReturnFacts.Kind?
  /// What was asked, yes or no.
  package var facts: [Service.Situation: Bool] = [:]
  /// Whether she has a valid paper of a kind, or it is known to be missing.
  package var papers: [Document.Kind: Bool] = [:]

  package init() {}

  package init(_ identity: Identity, _ returned: ReturnFacts, on day: Day) {
    age = identity.age(on: day)
    isAgeRough = identity.birthDate == nil
    sex = identity.sex
    governorate = identity.governorate
    delegation = identity[.delegation]
    self.returned = returned.kind
  }
}

/// Whether one condition of a service is met.
package struct Finding: Sendable, Equatable {
  package enum Answer: Sendable, Equatable { case met, missed, unknown }

  package let answer: Answer
  package let words: Phrase
}

/// How a service fits somebody, condition by condition.
package struct Fit: Sendable, Equatable {
  package let findings: [Finding]

  package var answer: Finding.Answer {
    if findings.contains(where: { $0.answer == .missed }) { return .missed }
    return findings.contains { $0.answer == .unknown } ? .unknown : .met
  }

  /// Those that stand against it, else those that nobody knows, else why it fits.
  package var decisive: [Finding] { findings.filter { $0.answer == answer } }
}

/// A service with how it fits.
package struct Offer: Sendable {
  package let service: Service
  package let fit: Fit
  package let freshness: DirectoryRules.Freshness
}

/// Decisions only: no database, no clock, no request.
package enum DirectoryRules {
  package enum Freshness: Sendable, Equatable {
    /// Nobody of the provider has ever said that it is right.
    case never
    case fresh(Day)
    /// It was confirmed too long ago.
    case stale(Day)

    /// The lower the better.
    var rank: Int {
      switch self {
      case .fresh: 0
      case .stale: 1
      case .never: 2
      }
    }
  }

  package static func freshness(_ confirmedOn: Day?, on today: Day) -> Freshness {
    guard let day = confirmedOn else { return .never }
    return day.adding(months: Service.monthsFresh) < today ? .stale(day) : .fresh(day)
  }

  /// Every condition that a service makes, against what is known.
  package static func fit(
    _ service: Service, _ person: Situation, places names: [GovernorateCode: [Language: String]] = [:]
  ) -> Fit {
    var findings = [area(service, person, names)]
    findings += age(service, person)
    findings += sex(service, person)
    findings += returned(service, person)
    findings += service.situations.map { situation($0, person) }
    findings += service.requiredPapers.map { paper($0, person) }
    if !service.conditions.isEmpty {
      findings.append(
        Finding(answer: .unknown, words: say("There is a further condition: \(service.conditions.words)")))
    }
    if service.left == 0 {
      findings.append(Finding(answer: .missed, words: say("No place is left now.")))
    }
    return Fit(findings: findings)
  }

  private static func area(
    _ service: Service, _ person: Situation, _ names: [GovernorateCode: [Language: String]]
  ) -> Finding {
    if service.isNationwide { return Finding(answer: .met, words: say("It is for the whole country.")) }
    guard !service.areas.isEmpty else {
      return Finding(answer: .unknown, words: say("Where it is offered is not recorded."))
    }
    guard let home = person.governorate else {
      return Finding(answer: .unknown, words: say("Where the person lives is not recorded."))
    }
    let here = service.areas.filter { $0.governorate == home }
    let name = names[home] ?? Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, home.rawValue) })
    guard !here.isEmpty else {
      return Finding(answer: .missed, words: say("It does not cover the governorate of the person: \(name)."))
    }
    let delegations = here.compactMap(\.delegation)
    guard delegations.count == here.count else {
      return Finding(answer: .met, words: say("It covers the governorate of the person: \(name)."))
    }
    let listed = delegations.joined(separator: ", ")
    guard let own = person.delegation else {
      return Finding(
        answer: .unknown, words: say("It covers there only \(listed), and the delegation is not recorded."))
    }
    let answers = delegations.map { Folding.isSame($0, own) }
    if answers.contains(true) {
      return Finding(answer: .met, words: say("It covers the delegation of the person: \(own)."))
    }
    return Finding(
      answer: answers.contains(nil) ? .unknown : .missed,
      words: say("It covers there only \(listed); the person lives in \(own)."))
  }

  private static func age(_ service: Service, _ person: Situation) -> [Finding] {
    let words: Phrase
    switch (service.ageFrom, service.ageTo) {
    case (let from?, let to?): words = say("It is for ages \(from) to \(to)")
    case (let from?, nil): words = say("It is for those who are \(from) or older")
    case (nil, let to?): words = say("It is for those who are \(to) or younger")
    case (nil, nil): return []
    }
    let condition = Dictionary(
      uniqueKeysWithValues: Language.allCases.map { ($0, Reader($0)(words)) })
    guard let age = person.age else {
      return [
        Finding(answer: .unknown, words: say("\(condition); the age of the person is not recorded."))
      ]
    }
    let range = (service.ageFrom ?? 0)...max(service.ageFrom ?? 0, service.ageTo ?? 200)
    guard person.isAgeRough else {
      return [
        Finding(
          answer: range.contains(age) ? .met : .missed,
          words: say("\(condition); the person is \(age)."))
      ]
    }
    let answers = Set([age, max(0, age - 1)].map(range.contains))
    let answer: Finding.Answer = answers.count == 2 ? .unknown : answers.contains(true) ? .met : .missed
    let rough = say("\(condition); by the year of birth the person is \(age) or a year less.")
    return [Finding(answer: answer, words: rough)]
  }

  private static func sex(_ service: Service, _ person: Situation) -> [Finding] {
    guard let asked = service.sex else { return [] }
    let words = asked == .female ? say("It is for women.") : say("It is for men.")
    guard let sex = person.sex else {
      return [
        Finding(
          answer: .unknown,
          words: asked == .female
            ? say("It is for women, and the sex is not recorded.")
            : say("It is for men, and the sex is not recorded."))
      ]
    }
    return [Finding(answer: sex == asked ? .met : .missed, words: words)]
  }

  private static func returned(_ service: Service, _ person: Situation) -> [Finding] {
    guard !service.returns.isEmpty else { return [] }
    let kinds = Dictionary(
      uniqueKeysWithValues: Language.allCases.map { language in
        (
          language,
          service.returns.map { Reader(language)(DirectoryWords.returned($0)) }.joined(separator: ", ")
        )
      })
    guard let kind = person.returned else {
      return [
        Finding(
          answer: .unknown,
          words: say("It is for these kinds of return: \(kinds); that of the person is not recorded."))
      ]
    }
    return [
      Finding(
        answer: service.returns.contains(kind) ? .met : .missed,
        words: say("It is for these kinds of return: \(kinds)."))
    ]
  }

  private static func situation(_ asked: Service.Situation, _ person: Situation) -> Finding {
    let words = Dictionary(
      uniqueKeysWithValues: Language.allCases.map { ($0, Reader($0)(DirectoryWords.situation(asked))) })
    switch person.facts[asked] {
    case true?: return Finding(answer: .met, words: say("It is for: \(words). That is so."))
    case false?: return Finding(answer: .missed, words: say("It is for: \(words). That is not so."))
    case nil: return Finding(answer: .unknown, words: say("It is for: \(words). Ask the person."))
    }
  }

  private static func paper(_ asked: Document.Kind, _ person: Situation) -> Finding {
    let name = Dictionary(uniqueKeysWithValues: Language.allCases.map { ($0, Reader($0)(asked.label)) })
    switch person.papers[asked] {
    case true?:
      return Finding(answer: .met, words: say("It asks for this paper: \(name). The person has it."))
    case false?:
      return Finding(answer: .missed, words: say("It asks for this paper: \(name). It is missing."))
    case nil:
      return Finding(
        answer: .unknown,
        words: say("It asks for this paper: \(name). Whether the person has it is not recorded."))
    }
  }

  /// What fits first, then what may fit, then what does not; in each the confirmed before the stale, then by name.
  package static func ranked(
    _ services: [Service], for person: Situation, on today: Day,
    places names: [GovernorateCode: [Language: String]] = [:]
  ) -> [Offer] {
    let offers = services.map {
      Offer(service: $0, fit: fit($0, person, places: names), freshness: freshness($0.confirmedOn, on: today))
    }
    return offers.sorted { one, other in
      (one.rank, one.service.sort, one.service.id.text) < (
        other.rank, other.service.sort, other.service.id.text
      )
    }
  }

  /// Whether an actor may change what `antenna` keeps; what belongs to none is the central office's.
  package static func mayKeep(_ antenna: AntennaCode?, _ actor: Actor) -> Bool {
    guard actor.may(.keepDirectory) else { return false }
    return actor.scope == .nation || antenna != nil && antenna == actor.antenna
  }

  static func mustKeep(_ antenna: AntennaCode?, _ actor: Actor) throws(Refusal) {
    guard mayKeep(antenna, actor) else { throw .notAllowed(.keepDirectory) }
  }
}

extension Offer {
  fileprivate var rank: Int {
    let answer =
      switch fit.answer {
      case .met: 0
      case .unknown: 1
      case .missed: 2
      }
    return answer * 3 + freshness.rank
  }
}
