/// A phrase as it is kept, so that everyone reads it later in her own language. What counts something is not kept.
extension Phrase {
  package var fields: Fields {
    var fields = Fields(["key": key])
    for (index, argument) in arguments.enumerated() {
      switch argument {
      case .text(let text): fields.values["text\(index)"] = text
      case .day(let day): fields.values["day\(index)"] = day.description
      case .money(let money):
        fields.values["money\(index)"] = "\(money.minorUnits) \(money.currency.rawValue)"
      case .name(let name):
        for (language, text) in name { fields.values["name\(index)-\(language.rawValue)"] = text }
      }
    }
    return fields
  }

  /// Nil when `fields` hold no phrase.
  package init?(_ fields: Fields) {
    guard let key = fields["key"] else { return nil }
    let arguments = (0..<fields.values.count - 1).map { index -> Argument in
      let name = Language.allCases.reduce(into: [:]) { $0[$1] = fields["name\(index)-\($1.rawValue)"] }
      if !name.isEmpty { return .name(name) }
      if let money = fields["money\(index)"].flatMap(Self.money) { return .money(money) }
      return fields["day\(index)"].flatMap { Day($0) }.map { .day($0) }
        ?? .text(fields.values["text\(index)"] ?? "")
    }
    self.init(kept: key, arguments: arguments)
  }

  private static func money(_ text: String) -> Money? {
    let parts = text.split(separator: " ")
    guard parts.count == 2, let units = Int64(parts[0]),
      let currency = Money.Currency(rawValue: String(parts[1]))
    else { return nil }
    return Money(units, currency)
  }
}
