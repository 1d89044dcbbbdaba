import Basics
import Cases
import People
import Storage

/// What the area keeps of persons. Names of members are theirs: the copy tells of each by relation and year of birth.
extension Households {
  package static let kept = Kept([
    KeptTable(
      "household_member", say("Household"), by: .caseFile(),
      KeptColumn.all(
        [
          .plain("relation", say("Relation"), .code { HouseholdMember.Relation(rawValue: $0)?.label }),
          .sealed("names", .fieldsOfOthers("household_member.names"), isRequired: true),
          .plain("birth_year", say("Year of birth"), .number),
          .plain("sex", say("Sex"), .code { Person.Sex(rawValue: $0)?.label }),
          .plain(
            "living", say("Where the member lives"), .code { HouseholdMember.Living(rawValue: $0)?.label }),
          .plain(
            "dependent", say("Depends on the person"), .code { HouseholdMember.Answer(rawValue: $0)?.label }),
          .plain("school", say("Goes to school"), .code { HouseholdMember.Answer(rawValue: $0)?.label }),
          .sealed("removed_why", say("Why the member was removed"), in: "household_member.removed"),
          .plain("recorded_at", say("Recorded"), .moment),
          .plain("recorded_by", say("Recorded by"), .account),
        ], inner: ["id", "case_file", "version", "own_case"])),
    KeptTable(
      "household_alone", say("Lives alone"), by: .caseFile(), id: "case_file",
      KeptColumn.all(
        [
          .plain("recorded_at", say("Recorded"), .moment),
          .plain("recorded_by", say("Recorded by"), .account),
        ], inner: ["case_file"])),
  ])
}
