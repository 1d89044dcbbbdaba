import Basics
import Cases
import Foundation
import People

/// Invents persons, one after the other, as they came over thirty months: only the generator is kept between two of them.
struct DemoPersons {
  private var generator: DemoGenerator
  private var made = 0
  private let count: Int
  private let today: Day
  /// The last persons: some come to a second antenna, or a second time.
  private var earlier: [(team: DemoStaff.Team, identity: Identity)] = []
  /// Thirty months, in days.
  static let span = 913
  /// One in so many is a second file of somebody.
  private static let rarity = 12

  init(count: Int, seed: UInt64, today: Day) {
    generator = DemoGenerator(seed: seed)
    self.count = count
    self.today = today
  }

  /// A person, her reception and what became of her case.
  struct Story {
    let team: DemoStaff.Team
    let reception: Reception
    let stage: CaseFile.Stage
    let isLate: Bool
    /// Draws the details of what became of her.
    let generator: DemoGenerator

    var isWithoutPapers: Bool {
      guard let identity = reception.identity else { return false }
      return reception.returned.kind == .forced && identity[.cin] == nil && identity[.passport] == nil
    }
  }

  mutating func next(_ teams: [DemoStaff.Team]) -> Story {
    // Half of them in the three antennas of the first phase.
    var team = generator.pick(generator.chance(50) ? Array(teams.prefix(3)) : teams)
    let receivedOn = today + ((Self.span - 1) * made / count - Self.span + 1)
    made += 1
    let stage = stage(receivedOn)
    let receivedAt = Date(
      timeIntervalSince1970: Double(receivedOn.number) * 86_400
        + Double(generator.number(7 * 3_600...15 * 3_600)))
    let (id, person) = (
      RecordID<CaseFile>(at: receivedAt, using: &generator), PersonID(at: receivedAt, using: &generator)
    )
    var identity = identity()
    if let known = second() { (team, identity) = (known.team ?? team, known.identity) }
    let channel = generator.pick(CaseFile.Channel.allCases)
    let returned = returned(receivedOn)
    // Of those brought back by force some have nothing left that says who they are.
    if returned.kind == .forced, made % 4 == 0 { (identity[.cin], identity[.passport]) = (nil, nil) }
    remember(team, identity)
    let reception = Reception(
      id: id, person: person, identity: identity, antenna: team.antenna, contact: team.counsellor.id,
      channel: channel, receivedAt: receivedAt, returned: returned)
    return Story(
      team: team,
      reception: reception, stage: stage, isLate: generator.chance(20),
      generator: DemoGenerator(seed: generator.next()))
  }

  private mutating func remember(_ team: DemoStaff.Team, _ identity: Identity) {
    earlier.append((team, identity))
    if earlier.count > 2 * Self.rarity { earlier.removeFirst() }
  }

  /// Now and then somebody who has a file already: at the antenna of the first one, where that is, or at another.
  private func second() -> (team: DemoStaff.Team?, identity: Identity)? {
    guard made % Self.rarity == 9 else { return nil }
    let turn = made / Self.rarity % 3
    let atFirst = earlier.last { $0.team.antenna.rawValue == "TUN" }
    guard let known = turn == 0 ? atFirst ?? earlier.last : earlier.last else { return nil }
    return (turn == 2 ? nil : known.team, again(known.identity))
  }

  /// The same person as another desk writes her down.
  private func again(_ identity: Identity) -> Identity {
    // Dice of its own: the others are whom they would be without.
    var generator = DemoGenerator(seed: UInt64(made))
    var again = identity
    if identity.latinName != nil, identity.arabicName != nil {
      let script: [Identity.Field] =
        generator.chance(50) ? [.givenLatin, .familyLatin] : [.givenArabic, .familyArabic]
      for field in script { again[field] = nil }
    }
    if let born = identity.birthDate {
      let (year, month, day) = born.parts
      switch generator.number(0...3) {
      case 0: again[.birthDate] = Day(year: year, month: day, day: month)?.description ?? born.description
      case 1: (again[.birthDate], again[.birthYear]) = (nil, String(year))
      default: break
      }
    }
    if generator.chance(50) { again[.cin] = nil }
    if generator.chance(40), again[.phones] != nil {
      again[.phones] = "+2162\(generator.number(1_000_000...9_999_999))"
    }
    for field in [Identity.Field.passport, .email, .address] where generator.chance(60) { again[field] = nil }
    return again
  }

  /// The older a case, the further it has come.
  private mutating func stage(_ receivedOn: Day) -> CaseFile.Stage {
    let age = today - receivedOn
    if age < 30 { return generator.chance(80) ? .received : .planned }
    if age < 120 { return generator.pick([.received, .planned, .inProgress, .inProgress, .followUp]) }
    return generator.pick([.received, .planned, .inProgress, .followUp, .followUp, .closed, .closed, .closed])
  }

  private mutating func identity() -> Identity {
    var identity = Identity()
    let isWoman = generator.chance(24)
    let given = generator.pick(isWoman ? DemoNames.women : DemoNames.men)
    let family = generator.pick(DemoNames.families)
    let kind = generator.number(0...99)
    if kind != 0 { (identity[.givenLatin], identity[.familyLatin]) = (given.0, kind == 1 ? nil : family.0) }
    if kind < 85 { (identity[.givenArabic], identity[.familyArabic]) = (given.1, kind == 1 ? nil : family.1) }
    identity[.sex] = (isWoman ? Person.Sex.female : .male).rawValue
    let born = today + -generator.number(19 * 365...62 * 365)
    if generator.chance(90) {
      identity[.birthDate] = born.description
    } else {
      identity[.birthYear] = String(born.year)
    }
    if generator.chance(85) { identity[.cin] = digits(8) }
    if generator.chance(45) { identity[.passport] = "\(generator.pick(["A", "B", "F", "Z"]))\(digits(6))" }
    if generator.chance(93) {
      identity[.phones] = "+216\(generator.pick(["2", "5", "9"]))\(digits(7))"
    } else {
      identity[.safeWay] = generator.pick([
        "Laisser un mot à l’épicerie du quartier.", "عن طريق الأخ الأكبر، بعد السادسة مساء.",
      ])
    }
    if generator.chance(30) { identity[.email] = "\(digits(6)).demo@example.tn" }
    identity[.governorate] = generator.pick(Self.governorates)
    if generator.chance(60) {
      identity[.address] =
        "\(generator.number(1...90)) rue \(generator.pick(["des Oliviers", "de la Gare", "du Marché", "Ibn Khaldoun"]))"
    }
    identity[.languages] = generator.pick([
      "arabe, français", "arabe", "arabe, italien", "arabe, allemand", "arabe, français, italien",
    ])
    return identity
  }

  private mutating func digits(_ count: Int) -> String {
    (0..<count).map { _ in String(generator.number(0...9)) }.joined()
  }

  private mutating func returned(_ receivedOn: Day) -> ReturnFacts {
    var facts = ReturnFacts()
    facts[.country] = generator.pick(["FR", "FR", "FR", "IT", "IT", "DE", "BE", "CH", "NL", "AT"])
    // One in twelve came back years ago: she is received like everyone.
    let days = generator.chance(8) ? generator.number(800...3_000) : generator.number(0...120)
    facts[.returnedOn] = (receivedOn + -days).description
    facts[.kind] = generator.pick(ReturnFacts.Kind.allCases).rawValue
    if generator.chance(20) { facts[.transit] = generator.pick(["RS", "TR", "IT", "LY"]) }
    if generator.chance(35) { (facts[.programme], facts[.reference]) = ("OFII", "R\(digits(6))") }
    return facts
  }

  private static let governorates =
    (11...14).map { "TN-\($0)" } + ["TN-23", "TN-33", "TN-41", "TN-52", "TN-61", "TN-71", "TN-82", "TN-83"]
}
