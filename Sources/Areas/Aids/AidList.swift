import Basics
import Cases
import Foundation
import Funding
import People

/// Which aids a list shows; each is a part of the URL.
package struct AidFilter: Equatable, Sendable {
  package enum Show: String, CaseIterable, Sendable {
    // What waits for whom, part by part.
    case late, order, approve, pay, prove, check
    // Where aids stand.
    case prepared, submitted, granted, postponed, refused, contract, running, proven, ended
    case givenUp = "given-up"
    /// Everything that was ever granted.
    case ever

    /// The step of the parts that are listed; nil for a list of aids.
    var step: AidInstalment.Step? {
      switch self {
      case .order: .planned
      case .approve: .prepared
      case .pay: .approved
      case .prove: .paid
      case .check: .checking
      default: nil
      }
    }

    var isOfParts: Bool { self == .late || step != nil }

    var state: Aid.State? {
      switch self {
      case .prepared: .prepared
      case .submitted: .submitted
      case .granted: .granted
      case .postponed: .postponed
      case .refused: .refused
      case .contract: .contracted
      case .running: .running
      case .proven: .proven
      case .ended: .ended
      case .givenUp: .givenUp
      default: nil
      }
    }
  }

  package var show = Show.late
  package var antenna: AntennaCode?
  package var kind: AidKindCode?

  package init() {}
}

/// A line of a list: an aid, and of a list of parts the part that waits.
struct AidListed: Sendable {
  struct Part: Sendable {
    let number: Int
    let way: AidInstalment.Way
    let amount: Money
    let step: AidInstalment.Step
    let due: Day
  }

  let aid: AidLine
  let part: Part?
  let cursor: AidCursor
}

/// Where the next page of a list begins.
struct AidCursor: Sendable, Equatable {
  /// A day of a list of parts, milliseconds of a list of aids.
  let place: String
  let id: String
}

struct AidsFound: Sendable {
  let lines: [AidListed]
  let cases: [RecordID<CaseFile>: CaseLine]
  let names: [PersonID: PersonLabel]
  let next: AidCursor?
}

/// What waits, counted for the home page.
package struct AidCounts: Sendable, Equatable {
  package let late: Int
  package let steps: [AidInstalment.Step: Int]
  package let submitted: Int
  /// So many are counted of each at most.
  package static let most = 200
}

/// What aids came to, of one antenna, kind and currency.
struct AidFigure: Sendable, Equatable {
  let antenna: AntennaCode
  let kind: AidKindCode
  let currency: Money.Currency
  let granted: Int
  let refused: Int
  let postponed: Int
  let promised: Money
  let paid: Money
  let proven: Money
}
