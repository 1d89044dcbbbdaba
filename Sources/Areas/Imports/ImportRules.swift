import Antennas
import Basics
import Cases
import Foundation
import People

/// From what a row says to a person who can be received: no database, no clock.
struct ImportRules: Sendable {
  let mapping: ImportMapping
  /// Who brings the file in.
  let actor: Actor
  let today: Day
  let territory: Territory

  /// A row that can be taken.
  struct Checked: Sendable {
    let identity: Identity
    let returned: ReturnFacts
    let antenna: AntennaCode
  }

  /// What a row says, checked like a form.
  /// - Throws: `Refusal.invalid` with every field that is wrong. The messages hold nothing of what stands in the file:
  ///   they go back to its sender.
  func checked(_ typed: Typed) throws(Refusal) -> Checked {
    var check = FormCheck(typed)
    let identity = IdentityForm.checked(&check, today: today, in: territory)
    let returned = ReturnForm.checked(&check, today: today, in: territory)
    if check.errors.isEmpty {
      for error in People.missing(in: identity) { check.refuse(error.field, error.message) }
    }
    let antenna = antenna(named: check.text("antenna"), identity, &check)
    var errors = check.errors.map(Self.withoutContent)
    for (field, value) in typed.values.sorted(by: { $0.key < $1.key })
    where value.contains(where: { $0.contains("\u{FFFD}") }) {
      errors.removeAll { $0.field == field }
      errors.append(
        FieldError(field, say("This cannot be read: it is not UTF-8 text, or no plain value.")))
    }
    guard errors.isEmpty, let antenna else { throw .invalid(errors) }
    return Checked(identity: identity, returned: returned, antenna: antenna)
  }

  /// Every field that is wrong; none in a row that can be taken.
  func wrong(_ typed: Typed) -> [FieldError] {
    do {
      _ = try checked(typed)
      return []
    } catch .invalid(let errors) { return errors } catch { return [] }
  }

  /// Who receives her. An antenna brings persons in for itself only: whom a row sends elsewhere, that antenna or the
  /// centre receives. Whoever sees the nation goes by the row, the mapping, and the governorate where she lives.
  private func antenna(named name: String?, _ identity: Identity, _ check: inout FormCheck) -> AntennaCode? {
    let named = name.flatMap { name in territory.antennas.first { $0.id.rawValue == name }?.id }
    if name != nil, named == nil {
      check.refuse("antenna", say("This is no antenna of the scheme."))
      return nil
    }
    guard actor.scope == .nation else {
      if let named, named != actor.antenna {
        check.refuse(
          "antenna",
          say(
            "This person is for the antenna \(territory.words(of: named)): it brings her in, or the central office."
          ))
      }
      return actor.antenna
    }
    let covering = territory.coverage.first {
      $0.governorate == identity.governorate && $0.isInForce(on: today)
    }
    guard let antenna = named ?? mapping.antenna ?? covering?.antenna ?? actor.antenna else {
      check.refuse("antenna", say("Choose the antenna."))
      return nil
    }
    guard territory.antennas.contains(where: { $0.id == antenna }) else {
      check.refuse("antenna", say("This is no antenna of the scheme."))
      return nil
    }
    return antenna
  }

  /// Most messages say what is asked for; the one about phones says what was found.
  private static func withoutContent(_ error: FieldError) -> FieldError {
    guard error.field == Identity.Field.phones.rawValue, !error.message.arguments.isEmpty else {
      return error
    }
    return FieldError(
      error.field,
      say("This is no phone number. Write 8 digits, or + and the country's number for a foreign one."))
  }
}
