import Basics
import Duplicates
import People
import Storage

/// What is found of one row.
package enum ImportFinding: Sendable, Equatable {
  case new
  /// A person in sight who may be the same: someone has to look.
  case perhaps(Recognition)
  /// A person who is here already.
  case known(Recognition)
  /// The same person stands in this file before, in that row.
  case twice(Phrase, row: Int)
  case refused([FieldError])
}

/// Looks at rows one after another: first like a form, then among those who are here.
struct ImportCheck {
  let rules: ImportRules
  let people: People
  /// Nil where nobody could look at who may be the same: then it is not looked for.
  let duplicates: Duplicates?
  /// Notes a proof with the row it stands in; the row that had it before, if any.
  let note: (_ proof: Int64, _ row: Int) throws -> Int?

  /// - Parameter checked: what to receive when the row is taken.
  func find(_ typed: Typed, row: Int, in db: Connection) throws -> (
    finding: ImportFinding, checked: ImportRules.Checked?
  ) {
    let checked: ImportRules.Checked
    do {
      checked = try rules.checked(typed)
    } catch Refusal.invalid(let errors) {
      return (.refused(errors), nil)
    }
    if let known = try people.recognise(checked.identity, in: db) { return (.known(known), checked) }
    let earlier = try people.proofs(of: checked.identity, in: db).compactMap { proof in
      try note(proof.token, row).map { ImportFinding.twice(proof.what, row: $0) }
    }
    if let twice = earlier.first { return (twice, checked) }
    if let other = try duplicates?.perhaps(checked.identity, rules.territory, for: rules.actor, in: db) {
      return (.perhaps(other), checked)
    }
    return (.new, checked)
  }

  static let titlesAgain = ImportFinding.refused([
    FieldError("", say("These are titles of columns, not a person."))
  ])
}
