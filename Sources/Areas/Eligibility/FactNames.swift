import Antennas
import Basics
import Cases
import People
import Storage

/// What the codes mean that other areas keep.
package struct FactNames: Sendable {
  package typealias Words = [String: [Language: String]]

  /// By the code of a kind of aid.
  package var aids: Words = [:]
  /// By the code of a band, of vulnerability and of risk.
  package var bands: [Fact: Words] = [:]
  /// By the code of a kind of document.
  package var papers: [String: Phrase] = [:]

  package init() {}
}

/// Facts in the reader's words: a code that nobody named stands as it is.
struct FactWords: Sendable {
  let territory: Territory
  var names = FactNames()

  func aid(_ code: String, _ reader: Reader) -> String { names.aids[code]?[reader.language] ?? code }

  func band(_ code: String, of fact: Fact, _ reader: Reader) -> String {
    names.bands[fact]?[code]?[reader.language] ?? code
  }

  /// What is known of a fact.
  func text(_ value: FactValue, of fact: Fact, _ reader: Reader) -> String {
    switch value {
    case .flag(let flag): return reader(flag ? say("Yes") : say("No"))
    case .day(let day): return reader.date(day)
    case .codes(let codes):
      let told = codes.sorted().map { code in names.papers[code].map { reader($0) } ?? code }
      return told.isEmpty ? reader(say("none")) : told.joined(separator: "\(reader.comma) ")
    case .number(let range):
      if fact.kind == .money { return reader.money(Money(range.lowerBound, .tnd)) }
      let (least, most) = (reader.number(Int(range.lowerBound)), reader.number(Int(range.upperBound)))
      switch range.upperBound - range.lowerBound {
      case 0: return least
      case 1: return reader("\(least) or \(most)")
      default: return reader("from \(least) to \(most)")
      }
    case .code(let code): return text(code, of: fact, reader)
    }
  }

  private func text(_ code: String, of fact: Fact, _ reader: Reader) -> String {
    let language = reader.language
    switch fact {
    case .returnCountry: return territory.name(of: CountryCode(rawValue: code), in: language)
    case .governorate: return territory.name(of: GovernorateCode(rawValue: code), in: language)
    case .antenna: return territory.name(of: AntennaCode(rawValue: code), in: language)
    case .returnKind: return ReturnFacts.Kind(rawValue: code).map { reader($0.label) } ?? code
    case .sex: return Person.Sex(rawValue: code).map { reader($0.label) } ?? code
    case .vulnerability, .risk: return band(code, of: fact, reader)
    default: return code
    }
  }
}
