import Aids
import Assessments
import Basics
import Documents
import Eligibility
import Funding
import Storage

extension FactSources {
  /// What the rooms of the house tell of many files at once.
  static func house(_ funding: Funding, _ assessments: Assessments) -> FactSources {
    var sources = FactSources()
    sources.bands = { try Assessments.bands($0, of: $1, by: $2, in: $3) }
    sources.aids = { files, day, db in
      let granted = try Aids.granted(to: files, by: day, in: db)
      let funders = try funding.funders(of: granted.compactMap(\.reservation), in: db)
      let rate = try euro(funding, on: day, in: db)
      return Dictionary(grouping: granted, by: \.file).mapValues { aids in
        aids.map { aid in
          EarlierAid(
            id: aid.id.text, kind: aid.kind, track: aid.track,
            funder: aid.reservation.flatMap { funders[$0] },
            amount: aid.amount.currency == .tnd
              ? aid.amount.minorUnits : rate?.millimes(ofCents: aid.amount.minorUnits))
        }
      }
    }
    sources.moneyLeft = { aid, country, returned, antenna, day, db in
      // The smallest amount asks which lines may pay such an aid at all; what each of them has left comes with the answer.
      let need = MoneyNeed(
        amount: Money(1, .tnd), kind: AidKindCode(rawValue: aid), country: country, returned: returned,
        antenna: antenna, day: day)
      return try funding.fitting(need, in: db).filter(\.serves).compactMap { $0.leftForNeed?.minorUnits }
        .max()
    }
    sources.rate = { try euro(funding, on: $0, in: $1) }
    sources.names = { db in
      var names = FactNames()
      for kind in try funding.kinds(in: db) { names.aids[kind.id.rawValue] = kind.name.words }
      for (fact, instrument) in [(Fact.vulnerability, "vulnerability"), (.risk, "risk")] {
        names.bands[fact] = try assessments.bandNames(instrument, in: db)
      }
      for kind in Document.Kind.allCases { names.papers[kind.rawValue] = kind.label }
      return names
    }
    return sources
  }

  private static func euro(_ funding: Funding, on day: Day, in db: Connection) throws -> EuroRate? {
    try funding.rate(on: day, in: db).map { EuroRate(micros: $0.millionths, day: $0.from, source: $0.source) }
  }
}
