import Basics
import TestSupport
import Testing

@testable import Accounts
@testable import Antennas

@Suite struct `What is typed about an account` {
  static let tunis = PlaceName(french: "Tunis", arabic: "تونس", english: "Tunis")
  static let territory = Territory(
    antennas: [Antenna(id: "TUN", name: tunis, openedOn: nil)], governorates: [], countries: [],
    institutions: [(id: "PS", name: tunis)], coverage: [])

  static let good = [
    "name": ["Amel"], "sign-in-name": ["amel@ote.tn"], "roles": ["counsellor"], "antenna": ["TUN"],
    "institution": ["PS"], "new-password": ["jasmin et olivier"],
  ]

  @Test(
    arguments: [
      (["name": []], ["name"]), (["name": [String(repeating: "x", count: 101)]], ["name"]),
      (["name": ["a\u{202E}b"]], ["name"]), (["sign-in-name": ["سلمى"]], ["sign-in-name"]),
      (["sign-in-name": ["two words"]], ["sign-in-name"]), (["sign-in-name": [""]], ["sign-in-name"]),
      (["roles": []], ["roles"]), (["roles": ["king"]], ["roles"]), (["antenna": [""]], ["antenna"]),
      (["antenna": ["XYZ"]], ["antenna"]), (["institution": ["<b>"]], ["institution"]),
      (["antenna": [""], "roles": ["centre"]], []),
      (["new-password": ["short"], "name": []], ["name", "new-password"]),
      (["new-password": []], ["new-password"]),
      (["antenna": [""], "roles": ["centre", "counsellor"]], ["antenna"]),
      ([:], []),
    ] as [([String: [String]], [String])])
  func `what cannot be meant is refused at its field`(typed: [String: [String]], refused: [String]) {
    var found: [String] = []
    do {
      let form = try AccountForm.checked(
        Typed(Self.good.merging(typed) { $1 }), isNew: true, in: Self.territory)
      #expect(form.facts.institution == "PS")
    } catch .invalid(let errors) { found = errors.map(\.field) } catch { Issue.record(error) }
    #expect(found == refused)
  }
}
