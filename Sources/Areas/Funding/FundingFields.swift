import Basics
import Cases

/// Records as fields by name: what is compared, merged and told in the journal.
extension AidKind {
  package var fields: Fields {
    Fields([
      "name-fr": name.french, "name-ar": name.arabic, "name-en": name.english, "track": track.rawValue,
      "active": isActive ? "yes" : "no",
    ])
  }

  init?(id: AidKindCode, _ fields: Fields) {
    guard let french = fields["name-fr"], let arabic = fields["name-ar"], let english = fields["name-en"],
      let track = fields["track"].flatMap(Track.init(rawValue:))
    else { return nil }
    self.init(
      id: id, name: Name(french: french, arabic: arabic, english: english), track: track,
      isActive: fields["active"] == "yes")
  }
}

extension Agreement {
  package var fields: Fields {
    var fields = earmark.fields
    fields["title"] = title
    fields["amount"] = amount.typed
    fields["from"] = from.description
    fields["last-day"] = until.description
    fields["pay-until"] = payUntil.description
    fields["basis"] = basis.rawValue
    fields["profiles"] = profiles
    return fields
  }

  /// The next version of `kept`; nil when a field is not what it should be.
  init?(_ kept: Agreement, _ fields: Fields) {
    guard let title = fields["title"], let amount = Money(kept: fields["amount"], kept.currency),
      let from = fields["from"].flatMap({ Day($0) }), let until = fields["last-day"].flatMap({ Day($0) }),
      let payUntil = fields["pay-until"].flatMap({ Day($0) }),
      let basis = fields["basis"].flatMap(Basis.init(rawValue:))
    else { return nil }
    self.init(
      id: kept.id, funder: kept.funder, title: title, amount: amount, from: from, until: until,
      payUntil: payUntil, purpose: kept.purpose, basis: basis, earmark: Earmark(fields),
      profiles: fields["profiles"], version: kept.version + 1)
  }
}

extension BudgetLine {
  package var fields: Fields {
    var fields = earmark.fields
    fields["name"] = name
    fields["amount"] = amount.typed
    return fields
  }

  /// The next version of `kept`; nil when a field is not what it should be.
  init?(_ kept: BudgetLine, _ fields: Fields) {
    guard let name = fields["name"], let amount = Money(kept: fields["amount"], kept.amount.currency) else {
      return nil
    }
    self.init(
      id: kept.id, agreement: kept.agreement, name: name, amount: amount, earmark: Earmark(fields),
      version: kept.version + 1)
  }
}

extension Earmark {
  var fields: Fields {
    var fields = Fields()
    fields["countries"] = Self.text(countries)
    fields["antennas"] = Self.text(antennas)
    fields["kinds"] = Self.text(kinds)
    fields["returns"] = returns.map(\.rawValue).sorted().joined(separator: ",")
    return fields
  }

  init(_ fields: Fields) {
    self.init(
      countries: Self.codes(fields["countries"]), antennas: Self.codes(fields["antennas"]),
      kinds: Self.codes(fields["kinds"]),
      returns: Set(
        (fields["returns"] ?? "").split(separator: ",").compactMap { ReturnFacts.Kind(rawValue: String($0)) })
    )
  }

  private static func text<Known: Code>(_ codes: Set<Known>) -> String {
    codes.map(\.rawValue).sorted().joined(separator: ",")
  }

  private static func codes<Known: Code>(_ text: String?) -> Set<Known> {
    Set((text ?? "").split(separator: ",").map { Known(rawValue: String($0)) })
  }
}

extension ExchangeRate {
  var fields: Fields {
    Fields([
      "from": from.description, "last-day": until.description, "value": typed, "source": source,
    ])
  }
}

extension Money {
  /// As `typed` wrote it.
  init?(kept text: String?, _ currency: Currency) {
    guard let text else { return nil }
    self.init(typed: text, currency, most: FundingRules.most)
  }
}
