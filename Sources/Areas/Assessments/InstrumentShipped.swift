import Basics
import Foundation

/// The instruments that come with the program: a test reads them, so that a fault in one does not go out.
package enum InstrumentShipped {
  package static let codes = [
    "vulnerability", "risk", "household-housing", "business-idea", "follow-up", "rss-frame",
  ]

  package static let all: [KeptInstrument] = codes.compactMap(kept)

  /// As the file lies in the program.
  static func text(_ code: String) -> String? {
    let url = Bundle.module.url(forResource: code, withExtension: "yaml", subdirectory: "Knowledge")
    return url.flatMap { try? String(contentsOf: $0, encoding: .utf8) }
  }

  private static func kept(_ code: String) -> KeptInstrument? {
    guard let text = text(code), case .instrument(let instrument) = Instrument.read(text) else { return nil }
    return KeptInstrument(
      instrument: instrument, text: text, loadedAt: nil, forcedOn: instrument.isFrame ? nil : instrument.from,
      retiredOn: nil, retiredBecause: nil, isShipped: true)
  }

  /// An item of what ships, by how its answer is kept: for the copy that a person gets.
  static func item(_ id: InstrumentID, _ code: String) -> Item? {
    all.first { $0.instrument.id == id }?.instrument.item(code)
  }
}
