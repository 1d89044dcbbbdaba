import Accounts
import Basics
import Cases
import Foundation

/// The staff of the demonstration: the same in every one, so that the sign-in page can tell their passwords.
enum DemoStaff {
  struct Member: Sendable {
    let account: NewAccount
    let secret: String?
  }

  static let members: [Member] = offices + national

  /// What the sign-in page shows: one antenna and the centre, enough to play every role.
  static let shown: [DemoAccount] = members.filter { ["TUN", nil].contains($0.account.antenna?.rawValue) }.map
  {
    DemoAccount(
      signInName: $0.account.signInName, role: $0.account.roles.first ?? .counsellor,
      antenna: $0.account.antenna,
      password: $0.account.password, secret: $0.secret)
  }

  /// Who acts in the stories of one antenna.
  struct Team: Sendable {
    let antenna: AntennaCode
    let counsellor: Actor
    let social: Actor
    let employment: Actor
    let head: Actor

    /// Who writes notes in a section of the file.
    func author(of section: Note.Section) -> Actor {
      switch section {
      case .returning: counsellor
      case .social, .health: social
      case .employment: employment
      }
    }
  }

  /// The teams of the nine antennas, once their accounts are made.
  static func teams(in installation: Installation) async throws -> [Team] {
    var teams: [Team] = []
    for antenna in antennas {
      func actor(_ name: String) async throws -> Actor {
        let signInName = "\(name).\(antenna.lowercased())"
        guard let actor = try await installation.accounts.actor(signInName: signInName) else {
          throw Stop("The account \(signInName) is missing.")
        }
        return actor
      }
      teams.append(
        Team(
          antenna: AntennaCode(rawValue: antenna), counsellor: try await actor("conseil"),
          social: try await actor("social"), employment: try await actor("emploi"),
          head: try await actor("chef")))
    }
    return teams
  }

  /// The two of the centre, once their accounts are made.
  static func office(in installation: Installation) async throws -> [Actor] {
    var office: [Actor] = []
    for name in ["centre", "qualite"] {
      guard let actor = try await installation.accounts.actor(signInName: name) else {
        throw Stop("The account \(name) is missing.")
      }
      office.append(actor)
    }
    return office
  }

  private static let antennas = ["TUN", "SFA", "MED", "BIZ", "KEF", "TAT", "MON", "KAI", "GAF"]

  private static let offices: [Member] = antennas.flatMap { antenna -> [Member] in
    let code = AntennaCode(rawValue: antenna)
    return [
      member("conseil", "Conseil", "OTE", .counsellor, code),
      member("social", "Social", "PS", .socialCounsellor, code),
      member("emploi", "Emploi", "ANETI", .employmentCounsellor, code),
      member("chef", "Chef", "OTE", .antennaHead, code),
    ]
  }

  private static let national = [
    member("centre", "Bureau central", "OTE", .centre, nil),
    member("qualite", "Qualité", "OTE", .centre, nil),
    member("admin", "Administration", "OTE", .administrator, nil),
    member("audit", "Audit", "OTE", .auditor, nil),
    member("partenaire", "Association Les Deux Rives", "OTE", .partner, nil),
  ]

  private static func member(
    _ signInName: String, _ name: String, _ institution: String, _ role: Role, _ antenna: AntennaCode?
  ) -> Member {
    let suffix = antenna.map { ".\($0.rawValue.lowercased())" } ?? ""
    var generator = DemoGenerator(seed: (signInName + suffix).utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
    let secret = String((0..<32).map { _ in letters[Int.random(in: 0..<32, using: &generator)] })
    return Member(
      account: NewAccount(
        id: AccountID(at: .distantPast, using: &generator), signInName: signInName + suffix,
        name: antenna.map { "\(name) \($0)" } ?? name, institution: InstitutionCode(rawValue: institution),
        antenna: antenna, roles: [role], password: "jasmin-et-olivier", mustChangePassword: false),
      secret: role.isNational ? secret : nil)
  }

  /// Makes the accounts. Ids must not depend on the order: they are drawn from each name.
  static func create(in installation: Installation) async throws {
    for member in members {
      try await installation.accounts.create(member.account, by: .program)
      if let secret = member.secret {
        try await installation.accounts.setSecret(of: member.account.id, base32: secret, by: .program)
      }
    }
  }
}

/// The same seed gives the same demonstration.
struct DemoGenerator: RandomNumberGenerator {
  private var dice: Dice

  init(seed: UInt64) { dice = Dice(seed: seed) }

  mutating func next() -> UInt64 { dice.next() }

  mutating func pick<Element>(_ list: [Element]) -> Element {
    list[Int.random(in: 0..<list.count, using: &self)]
  }
  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
}
