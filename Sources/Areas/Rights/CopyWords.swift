import Accounts
import Antennas
import Basics
import Foundation
import People

/// How values are told to the person herself, in her language.
struct CopyWords: Sendable {
  let reader: Reader
  let territory: Territory

  /// A value as she reads it.
  func shown(_ value: CopiedValue, _ posts: [AccountID: Post]) -> String {
    switch value.kind {
    case .text, .number: value.raw
    case .code: value.words.map { reader($0) } ?? value.raw
    case .day: Day(value.raw).map { reader.date($0) } ?? value.raw
    case .moment: moment(value.raw).map { reader.time($0) } ?? value.raw
    case .antenna: territory.name(of: AntennaCode(rawValue: value.raw), in: reader.language)
    case .institution: institution(InstitutionCode(rawValue: value.raw))
    case .country: territory.name(of: CountryCode(rawValue: value.raw), in: reader.language)
    case .governorate: territory.name(of: GovernorateCode(rawValue: value.raw), in: reader.language)
    case .account: AccountID(value.raw).map { post($0, posts) } ?? value.raw
    }
  }

  /// Who of the staff: institution, roles, antenna; never a name. Of a service outside that it is one.
  func post(_ id: AccountID, _ posts: [AccountID: Post]) -> String {
    if id == Actor.program.id { return reader("the program") }
    guard let post = posts[id] else { return reader("Somebody who does not work here any more") }
    if post.isOutside { return post.roles.map { reader($0.label) }.joined(separator: " · ") }
    let place = post.antenna.map { territory.name(of: $0, in: reader.language) } ?? reader("the centre")
    let roles = post.roles.map { reader($0.label) }
    return ([institution(post.institution)] + roles + [place]).joined(separator: " · ")
  }

  private func institution(_ code: InstitutionCode) -> String {
    territory.name(of: code, in: reader.language)
  }

  private func moment(_ text: String) -> Date? { try? Date(text, strategy: .iso8601) }

  /// What stands in no copy, and why.
  static let withheld: [Phrase] = [
    say(
      "The names of the staff are not in this copy: it says of which institution, role and antenna they are."),
    say(
      "The names of other persons are not in this copy: of the household, of witnesses, of files like this one."
    ),
    say("The files of the documents are handed over on demand; they are listed here."),
  ]
}
