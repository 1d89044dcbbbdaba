import Foundation

/// What speaks for a pair being one person and what against it, in bits, summed over its fields.
struct Evidence {
  private let model: LinkModel
  private var contacts = 0.0
  private var rest = 0.0
  private var relatives = 0.0

  init(_ model: LinkModel) { self.model = model }

  mutating func add(_ weight: (same: Double, relatives: Double), isContact: Bool) {
    if isContact { contacts += weight.same } else { rest += weight.same }
    relatives += weight.relatives
  }

  /// How many pairs of one person there are for one of strangers before anything is compared.
  var before: Double { log2(model.priorSame) }

  /// What is taken off shared contacts so that they never say more than everything else does: a family has one phone.
  var contactsAboveRest: Double { min(0, max(0, rest) - contacts) }

  /// How many pairs of relatives there are for one of strangers, where this agrees.
  var relativeOdds: Double { model.priorRelatives * exp2(relatives) }

  /// What is taken off because relatives might agree like this.
  var relativesToo: Double { -log2(1 + relativeOdds) }

  /// The logarithm, base 2, of the odds that it is one person.
  var total: Double { before + contacts + rest + contactsAboveRest + relativesToo }

  static func probability(_ bits: Double) -> Double { 1 / (1 + exp2(-bits)) }
  static func bits(_ probability: Double) -> Double { log2(probability / (1 - probability)) }
}
