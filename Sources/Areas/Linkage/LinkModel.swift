import Foundation

/// What each agreement of each field says, after I. P. Fellegi and A. B. Sunter, "A Theory for Record Linkage", 1969;
/// with relatives as a third kind of pair beside one person and two strangers: they share all that a family shares.
struct LinkModel: Sendable {
  let kinds: [FieldKind]
  /// By field and agreement: the share of it among pairs of one person, of two relatives, of two strangers.
  var same, relatives, strangers: [[Double]]
  /// Pairs of one person and pairs of relatives for each pair of strangers, before anything is compared.
  var priorSame, priorRelatives: Double

  /// Bits by which an agreement speaks for one person against two strangers; 0 for what is not known.
  func weight(_ field: Int, _ agreement: Agreement) -> Double {
    Self.ratio(same[field], strangers[field], agreement)
  }

  /// Bits by which it speaks for two relatives against two strangers.
  func relativeWeight(_ field: Int, _ agreement: Agreement) -> Double {
    kinds[field].isPersonal ? 0 : Self.ratio(relatives[field], strangers[field], agreement)
  }

  private static func ratio(_ one: [Double], _ other: [Double], _ agreement: Agreement) -> Double {
    agreement == .missing ? 0 : log2(one[Int(agreement.rawValue)] / other[Int(agreement.rawValue)])
  }

}

/// Bits for and against one person, summed over the fields of a pair.
struct Evidence {
  private var contacts = 0.0
  private var rest = 0.0
  private var relatives = 0.0

  mutating func add(_ weight: Double, relative: Double, isContact: Bool) {
    if isContact { contacts += weight } else { rest += weight }
    relatives += relative
  }

  /// What is taken off shared contacts so that they never say more than everything else does: a family has one phone.
  var contactsAboveRest: Double { min(0, max(0, rest) - contacts) }

  /// What is taken off because relatives would agree like this too.
  func relativesToo(_ model: LinkModel) -> Double { -log2(1 + model.priorRelatives * exp2(relatives)) }

  /// The logarithm (base 2) of the odds that it is one person.
  func total(_ model: LinkModel) -> Double {
    log2(model.priorSame) + contacts + rest + contactsAboveRest + relativesToo(model)
  }

  /// How many pairs of relatives there are for one of strangers, given what agrees.
  func relativeOdds(_ model: LinkModel) -> Double { model.priorRelatives * exp2(relatives) }

  static func probability(_ bits: Double) -> Double { 1 / (1 + exp2(-bits)) }
}
