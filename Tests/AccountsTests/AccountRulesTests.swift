import Basics
import Foundation
import TestSupport
import Testing

@testable import Accounts

@Suite struct `Passwords` {
  @Test(arguments: [
    "trois oliviers bleus", "كلمة سر طويلة جدا", "correct horse battery", "Zitouna-sous-la-pluie-7",
  ])
  func `a short sentence is taken, in any script`(password: String) throws {
    try PasswordRules.check(password, signInName: "amel@ote.tn")
  }

  @Test(arguments: [
    "", "short", "elevenchars", "motdepasse12345", "Password123456!", "azertyuiop2026", "passwordpassword",
    "aaaaaaaaaaaaaaaa", "abababababab", "123456789012", "mot de passe 2026", "amel.benali rocks",
    "xx AMEL.BENALI xx",
  ])
  func `a short, a common, a monotonous one and one that holds the sign-in name are refused`(password: String)
  {
    do {
      try PasswordRules.check(password, signInName: "amel.benali@ote.tn")
      Issue.record("taken")
    } catch .invalid(let errors) {
      #expect(errors.map(\.field) == ["new-password"])
    } catch { Issue.record(error) }
  }

  @Test func `very long ones are refused before they are hashed`() throws {
    let sentence = "le chat dort "
    try PasswordRules.check(String(repeating: sentence, count: 15), signInName: "amel")
    #expect(throws: Refusal.self) {
      try PasswordRules.check(String(repeating: sentence, count: 16), signInName: "amel")
    }
  }

  @Test func `a sign-in name of a few letters forbids no words that hold them`() throws {
    try PasswordRules.check("trois oliviers bleus", signInName: "ol")
    try PasswordRules.check("trois oliviers bleus", signInName: "@ote")
  }

  @Test func `are hashed by argon2id with 19 MiB, each with its own salt, and verified`() async throws {
    let hasher = PasswordHasher()
    let (first, second) = (try await hasher.hash("jasmin"), try await hasher.hash("jasmin"))
    #expect(first.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
    #expect(first != second)
    #expect(try await hasher.verify("jasmin", first))
    #expect(try await hasher.verify("jasmin", second))
    for wrong in ["jasmin ", "Jasmin", "", "jasmin\u{0}"] {
      #expect(try await hasher.verify(wrong, first) == false)
    }
    #expect(try await hasher.verify("jasmin", nil) == false)
    #expect(try await hasher.verify("", "nonsense") == false)
  }

  @Test func `take as long to verify where there is no account`() async throws {
    let hasher = PasswordHasher()
    let hash = try await hasher.hash("jasmin")
    var (known, unknown) = (Duration.seconds(600), Duration.seconds(600))
    for _ in 0..<6 {
      known = min(known, try await ContinuousClock().measure { _ = try await hasher.verify("x", hash) })
      unknown = min(unknown, try await ContinuousClock().measure { _ = try await hasher.verify("x", nil) })
    }
    // Without a hash to try, the answer would come thousands of times sooner; other tests run beside this one.
    #expect(unknown > known * 0.1 && known > unknown * 0.1, "\(known) \(unknown)")
  }
}

@Suite struct `One-time codes` {
  static let secret = Array("12345678901234567890".utf8)

  /// RFC 6238, appendix B, SHA-1.
  @Test(arguments: [
    (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
    (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
  ]) func `are those of RFC 6238`(seconds: Int, code: String) {
    let now = Date(timeIntervalSince1970: Double(seconds))
    let step = OneTimeCode.step(at: now)
    #expect(OneTimeCode.code(Self.secret, step: step, digits: 8) == code)
    #expect(OneTimeCode.code(Self.secret, step: step) == String(code.suffix(6)))
    #expect(OneTimeCode.code(base32: OneTimeCode.base32(Self.secret), at: now) == String(code.suffix(6)))
  }

  @Test func `one step early or late is taken, two are not, and none that was used`() {
    let now = TestClock.start
    let step = OneTimeCode.step(at: now)
    func matched(_ offset: Int64, after last: Int64 = 0) -> Int64? {
      let code = OneTimeCode.code(Self.secret, step: step + offset)
      return OneTimeCode.matchingStep(code, Self.secret, at: now, after: last).map { $0 - step }
    }
    #expect([-2, -1, 0, 1, 2].map { matched($0) } == [nil, -1, 0, 1, nil])
    #expect(matched(0, after: step) == nil)
    #expect(matched(-1, after: step) == nil)
    #expect(matched(1, after: step) == 1)
  }

  @Test func `are understood in groups and in Arabic digits; nothing else passes`() {
    let now = Date(timeIntervalSince1970: 59)
    func isRight(_ code: String) -> Bool {
      OneTimeCode.matchingStep(code, Self.secret, at: now, after: 0) != nil
    }
    #expect(isRight("287082") && isRight("287 082") && isRight("٢٨٧٠٨٢"))
    for code in ["", "28708", "2870820", "94287082", "28708a", "-87082", "287083"] { #expect(!isRight(code)) }
  }

  /// RFC 4648, section 10, without padding as authenticators write it.
  @Test(arguments: [
    ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
    ("foobar", "MZXW6YTBOI"),
  ]) func `secrets are written in base 32 as RFC 4648 has it`(plain: String, text: String) {
    #expect(OneTimeCode.base32(Array(plain.utf8)) == text)
    #expect(OneTimeCode.base32Decoded(text) == Array(plain.utf8))
    #expect(OneTimeCode.base32Decoded(text.lowercased()) == Array(plain.utf8))
  }

  @Test func `what is no base 32 is refused`() {
    for text in ["0", "MZXW1", "MZ-XW", "é"] { #expect(OneTimeCode.base32Decoded(text) == nil) }
  }

  @Test func `secrets are new each time, of 160 bits, and an authenticator can read them`() {
    let secrets = Set((0..<100).map { _ in OneTimeCode.newSecret() })
    #expect(secrets.count == 100 && secrets.allSatisfy { $0.count == 20 })
    #expect(
      OneTimeCode.uri(Self.secret, account: "amel@ote.tn")
        == "otpauth://totp/Tounesna:amel%40ote%2Etn?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Tounesna")
  }
}

@Suite struct `Waiting after wrong passwords` {
  @Test func `three are free, then the wait doubles, up to a quarter of an hour`() {
    #expect((0...6).map { SignInRules.delay(after: $0) } == [0, 0, 0, 2, 4, 8, 16])
    #expect((18...21).map { SignInRules.delay(after: $0, of: .address) } == [0, 0, 2, 4])
    #expect(SignInRules.delay(after: 11) == 512)
    #expect(SignInRules.delay(after: 12) == 900)
    #expect(SignInRules.delay(after: 1_000_000) == 900)
    // A whole office behind one address: twenty are free.
    #expect([19, 20, 21].map { SignInRules.delay(after: $0, of: .address) } == [0, 2, 4])
  }

  @Test func `the wait is told to the second, and ends`() {
    let now = TestClock.start
    let failures = SignInRules.Failures(count: 5, lastAt: now)
    #expect(throws: Refusal.tooMany(retryAfter: 8)) { try SignInRules.mayTry(failures, at: now) }
    #expect(throws: Refusal.tooMany(retryAfter: 1)) {
      try SignInRules.mayTry(failures, at: now.addingTimeInterval(7.5))
    }
    #expect(throws: Never.self) { try SignInRules.mayTry(failures, at: now.addingTimeInterval(8)) }
    #expect(throws: Never.self) { try SignInRules.mayTry(nil, at: now) }
  }

  @Test func `an hour of peace forgets`() {
    let old = SignInRules.Failures(count: 9, lastAt: TestClock.start)
    #expect(SignInRules.next(old, at: TestClock.start.addingTimeInterval(3_599)).count == 10)
    #expect(SignInRules.next(old, at: TestClock.start.addingTimeInterval(3_600)).count == 1)
  }
}

@Suite struct `Roles` {
  @Test(arguments: Duty.allCases) func `every duty is somebody's`(duty: Duty) {
    #expect(Role.allCases.contains { $0.duties.contains(duty) })
  }

  @Test func `who keeps the accounts or audits opens no file and receives nobody`() {
    let ofFiles: Set<Duty> = Set(Duty.allCases).subtracting([
      .manageAccounts, .manageAntennas, .manageFollowUp, .readJournal,
    ])
    for role in [Role.administrator, .auditor] { #expect(role.duties.isDisjoint(with: ofFiles)) }
  }

  @Test func `only the administrator manages accounts, and only Promotion sociale reads health`() {
    #expect(Role.allCases.filter { $0.duties.contains(.manageAccounts) } == [.administrator])
    #expect(Role.allCases.filter { $0.duties.contains(.readHealthSection) } == [.socialCounsellor])
    #expect(Role.allCases.filter { $0.duties.contains(.writeHealthSection) } == [.socialCounsellor])
  }

  @Test func `an OTE counsellor reads neither social nor health nor employment notes`() {
    #expect(
      Role.counsellor.duties.isDisjoint(with: [
        .readSocialSection, .readHealthSection, .readEmploymentSection,
      ]))
  }

  @Test func `who writes notes of a section reads them`() {
    let pairs: [(Duty, Duty)] = [
      (.writeSocialSection, .readSocialSection), (.writeHealthSection, .readHealthSection),
      (.writeEmploymentSection, .readEmploymentSection),
    ]
    for role in Role.allCases {
      for (write, read) in pairs where role.duties.contains(write) { #expect(role.duties.contains(read)) }
    }
  }

  @Test func `what is given beyond the roles keeps the bounds of the scheme`() {
    func isGiven(_ duties: Set<Duty>, to role: Role) -> Bool {
      (try? DutyRules.check(AccountFacts(name: "A", antenna: "TUN", roles: [role], duties: duties))) != nil
    }
    #expect(isGiven([.readSocialSection], to: .employmentCounsellor))
    #expect(isGiven([.readSocialSection, .writeSocialSection], to: .employmentCounsellor))
    #expect(!isGiven([.writeSocialSection], to: .employmentCounsellor))
    #expect(isGiven([.setRetention], to: .centre))
    #expect(!isGiven([.setRetention], to: .antennaHead))
    for role in Role.allCases { #expect(!isGiven([.manageAccounts], to: role)) }
    for duty in Duty.allCases {
      #expect(isGiven([duty], to: .auditor) == DutyRules.apart.contains(duty), "\(duty)")
    }
  }

  @Test func `a service outside answers its referrals, and has nothing else`() {
    func isOf(_ roles: Set<Role>, _ duties: Set<Duty> = [], at antenna: AntennaCode? = nil) -> Bool {
      (try? DutyRules.check(AccountFacts(name: "A", antenna: antenna, roles: roles, duties: duties))) != nil
    }
    #expect(isOf([.partner]) && Role.partner.duties == [.answerReferrals])
    #expect(!isOf([.partner, .counsellor], at: "TUN") && !isOf([.partner], at: "TUN"))
    #expect(!isOf([.partner], [.openFiles]) && !isOf([.counsellor], [.answerReferrals], at: "TUN"))
    #expect(Role.ofAntennas == [.counsellor, .socialCounsellor, .employmentCounsellor, .antennaHead])
    #expect(Role.allCases.filter(\.isOutside) == [.partner])
  }

  @Test func `the centre, the administrator and the auditor are national`() {
    #expect(Set(Role.allCases.filter(\.isNational)) == [.centre, .administrator, .auditor])
  }

  @Test func `an account may do what any of its roles may, as far as it sees`() {
    func actor(_ roles: Set<Role>, _ duties: Set<Duty> = [], assignedOnly: Bool = false) -> Actor {
      Account(
        id: AccountID(), signInName: "a", name: "A", institution: "OTE", antenna: "TUN", roles: roles,
        duties: duties,
        seesAssignedOnly: assignedOnly, language: .french, mustChangePassword: false, hasSecondFactor: false,
        disabledAt: nil, version: 1
      ).actor
    }
    #expect(actor([.counsellor, .auditor]).duties == Role.counsellor.duties.union([.readJournal]))
    #expect(actor([.auditor], [.manageFollowUp]).duties == [.readJournal, .manageFollowUp])
    #expect(actor([.counsellor]).scope == .antenna)
    #expect(actor([.counsellor], assignedOnly: true).scope == .assigned)
    #expect(actor([.counsellor, .centre], assignedOnly: true).scope == .nation)
  }
}
