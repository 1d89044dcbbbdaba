import Basics
import Cases
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

  /// What was answered; nil where it was not asked.
  package enum Answer: String, Storable, CaseIterable, Sendable {
    case yes, no
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
  /// Whether the member depends on the person.
  package let dependent: Answer?
  /// Whether the member goes to school; asked of those under 18 only.
  package let school: Answer?
  /// Why the member was removed; nil for those who belong to the household.
  package var removedBecause: String?
  /// The case of a file of her own, once the member was received as a person.
  package var ownCase: RecordID<CaseFile>?
  /// Counts from 1, one more with each correction.
  package var version: Int

  package init(
    id: RecordID<HouseholdMember>, relation: Relation, latinName: String?, arabicName: String?,
    birthYear: Int? = nil, sex: Person.Sex? = nil, living: Living? = nil, dependent: Answer? = nil,
    school: Answer? = nil, removedBecause: String? = nil, ownCase: RecordID<CaseFile>? = nil,
    version: Int = 1
  ) {
    self.id = id
    self.relation = relation
    self.latinName = latinName
    self.arabicName = arabicName
    self.birthYear = birthYear
    self.sex = sex
    self.living = living
    self.dependent = dependent
    self.school = school
    self.removedBecause = removedBecause
    self.ownCase = ownCase
    self.version = version
  }

  /// The member after a correction; nil where `fields` are not those of a member.
  func corrected(_ fields: Fields) -> HouseholdMember? {
    guard let relation = fields["relation"].flatMap({ Relation(rawValue: $0) }) else { return nil }
    return HouseholdMember(
      id: id, relation: relation, latinName: fields["name-latin"], arabicName: fields["name-arabic"],
      birthYear: fields["birth-year"].flatMap { Int($0) },
      sex: fields["sex"].flatMap { Person.Sex(rawValue: $0) },
      living: fields["living"].flatMap { Living(rawValue: $0) },
      dependent: fields["dependent"].flatMap { Answer(rawValue: $0) },
      school: fields["school"].flatMap { Answer(rawValue: $0) }, removedBecause: removedBecause,
      ownCase: ownCase, version: version + 1)
  }

  static func reference(_ id: RecordID<HouseholdMember>) -> RecordReference {
    RecordReference("household_member", id)
  }

  /// What is compared, merged and told in the journal.
  var fields: Fields {
    var fields = names
    fields["relation"] = relation.rawValue
    fields["birth-year"] = birthYear.map { String($0) }
    fields["sex"] = sex?.rawValue
    fields["living"] = living?.rawValue
    fields["dependent"] = dependent?.rawValue
    fields["school"] = school?.rawValue
    return fields
  }

  /// What a form of reception can be filled with: her own answers, and the household's way to be reached.
  /// - Parameter phones: of the person whose household it is.
  func asReceived(phones: String?) -> Fields {
    var fields = Fields()
    for (name, script) in [(latinName, "latin"), (arabicName, "arabic")] {
      let words = (name ?? "").split(separator: " ", maxSplits: 1).map(String.init)
      (fields["given-\(script)"], fields["family-\(script)"]) = (words.first, words.dropFirst().first)
    }
    fields["birth-year"] = birthYear.map { String($0) }
    (fields["sex"], fields["phones"], fields["member"]) = (sex?.rawValue, phones, id.text)
    return fields
  }

  /// What the social section's duty writes.
  static let socialAnswers = ["dependent", "school"]

  /// What is sealed.
  var names: Fields {
    var fields = Fields()
    (fields["name-latin"], fields["name-arabic"]) = (latinName, arabicName)
    return fields
  }
}
