import Basics
import Foundation
import People
import Storage

/// One who belongs to the household of a person.
package struct HouseholdMember: Identifiable, Equatable, Sendable {
  package enum Relation: String, Storable, CaseIterable, Sendable {
    case spouse, child, father, mother, sibling, grandchild, other
  }

  package enum Living: String, Storable, CaseIterable, Sendable {
    case together, elsewhere
  }

  package let id: RecordID<HouseholdMember>
  package let relation: Relation
  /// A name in at least one of the scripts.
  package let latinName: String?
  package let arabicName: String?
  /// Nil where it is not known; so the two below.
  package let birthYear: Int?
  package let sex: Person.Sex?
  package let living: Living?
  /// Why the member was removed; nil for those who belong to the household.
  package var removedBecause: String?

  package init(
    id: RecordID<HouseholdMember>, relation: Relation, latinName: String?, arabicName: String?,
    birthYear: Int? = nil, sex: Person.Sex? = nil, living: Living? = nil, removedBecause: String? = nil
  ) {
    self.id = id
    self.relation = relation
    self.latinName = latinName
    self.arabicName = arabicName
    self.birthYear = birthYear
    self.sex = sex
    self.living = living
    self.removedBecause = removedBecause
  }

  static func reference(_ id: RecordID<HouseholdMember>) -> RecordReference {
    RecordReference("household_member", id)
  }

  /// Whether it was recorded in the same words, removed since or not.
  func isSame(as other: HouseholdMember) -> Bool {
    var (one, two) = (self, other)
    (one.removedBecause, two.removedBecause) = (nil, nil)
    return one == two
  }

  /// For the journal.
  var fields: Fields {
    var fields = names
    fields["relation"] = relation.rawValue
    fields["birth-year"] = birthYear.map { String($0) }
    fields["sex"] = sex?.rawValue
    fields["living"] = living?.rawValue
    return fields
  }

  /// What is sealed.
  var names: Fields {
    var fields = Fields()
    (fields["name-latin"], fields["name-arabic"]) = (latinName, arabicName)
    return fields
  }
}
