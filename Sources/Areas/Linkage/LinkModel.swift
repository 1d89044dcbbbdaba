import Foundation

/// What each agreement of each field says, after I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", 1969;
/// with relatives as a third kind of pair beside one person and two strangers: they share what a family shares.
struct LinkModel: Sendable, Equatable {
  let kinds: [FieldKind]
  /// By field and agreement: the share of it among pairs of one person, of two relatives, of two strangers.
  var same, relatives, strangers: [[Double]]
  /// Pairs of one person and pairs of relatives for each pair of strangers, before anything is compared.
  var priorSame, priorRelatives: Double
}

/// The weights of a model, worked out once.
struct LinkWeights {
  typealias Weight = (same: Double, relatives: Double)

  private let model: LinkModel
  /// By field, sixteen places for agreements each.
  private var weights: [Weight] = []

  init(_ model: LinkModel) {
    self.model = model
    for field in model.kinds.indices {
      for place in 0..<16 {
        let isKnown = place > 0 && place < model.strangers[field].count
        weights.append(isKnown ? Self.weight(model, field, place) : (0, 0))
      }
    }
  }

  /// Bits by which an agreement speaks for one person, and for relatives, against strangers.
  subscript(field: Int, agreement: Agreement) -> Weight { weights[field * 16 + Int(agreement.rawValue)] }

  /// - Parameter rarity: bits by which the value that a field shares is rarer than shared values are on average.
  func evidence(_ pattern: Pattern, rarity: (Int) -> Double = { _ in 0 }) -> Evidence {
    var evidence = Evidence(model)
    for field in model.kinds.indices {
      evidence.add(weight(field, pattern[field], rarity), isContact: model.kinds[field].isContact)
    }
    return evidence
  }

  func weight(_ field: Int, _ agreement: Agreement, _ rarity: (Int) -> Double) -> Weight {
    let weight = self[field, agreement]
    guard agreement == .equal else { return weight }
    let rarity = rarity(field)
    return (weight.same + rarity, model.kinds[field].isPersonal ? 0 : weight.relatives + rarity)
  }

  private static func weight(_ model: LinkModel, _ field: Int, _ agreement: Int) -> Weight {
    let strangers = model.strangers[field][agreement]
    return (
      log2(model.same[field][agreement] / strangers),
      // Brothers agree in what is personal as strangers do.
      model.kinds[field].isPersonal ? 0 : log2(model.relatives[field][agreement] / strangers)
    )
  }
}
