/// The fields of a record by name, as text: what is sealed, compared, merged and told in the journal.
package struct Fields: Equatable, Sendable {
  package var values: [String: String]

  package init(_ values: [String: String] = [:]) { self.values = values }

  /// Empty text and nil are the same: the field is not filled.
  package subscript(name: String) -> String? {
    get { values[name] }
    set { values[name] = newValue?.isEmpty == true ? nil : newValue }
  }

  /// What must be told to make `self` into `other`, by field name.
  package func changes(to other: Fields) -> [FieldChange] {
    Set(values.keys).union(other.values.keys).sorted().compactMap { name in
      values[name] == other.values[name]
        ? nil : FieldChange(field: name, before: values[name], after: other.values[name])
    }
  }

  /// What is told of a record that was not there before.
  package var asNew: [FieldChange] { Fields().changes(to: Fields(values.filter { !$0.value.isEmpty })) }

  /// What `fields` were before `changes` (oldest first) were made.
  package static func before(_ changes: [[FieldChange]], _ fields: Fields) -> Fields {
    var fields = fields
    for change in changes.joined().reversed() { fields.values[change.field] = change.before }
    return fields
  }

  /// Three-way merge: `mine` was typed on top of `base` while the record became `theirs`.
  /// - Throws: `Refusal.changedMeanwhile` when both changed the same field to different values.
  package static func merge(base: Fields, mine: Fields, theirs: Fields) throws(Refusal) -> Fields {
    var merged = theirs
    var conflicts: [FieldConflict] = []
    for change in base.changes(to: mine) {
      let theirValue = theirs.values[change.field]
      merged.values[change.field] = change.after
      if theirValue != change.before, theirValue != change.after {
        conflicts.append(
          FieldConflict(field: change.field, base: change.before, mine: change.after, theirs: theirValue))
      }
    }
    guard conflicts.isEmpty else { throw .changedMeanwhile(conflicts, draft: merged) }
    return merged
  }
}

/// One field before and after; nil where it was or is not filled.
package struct FieldChange: Equatable, Sendable {
  package let field: String
  package let before: String?
  package let after: String?

  package init(field: String, before: String?, after: String?) {
    self.field = field
    self.before = before
    self.after = after
  }
}
