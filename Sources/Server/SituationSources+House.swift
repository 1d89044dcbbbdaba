import Basics
import Cases
import Directory
import Documents
import Households
import Pieces
import Receptions
import Storage
import Visits

extension SituationSources {
  /// What the rooms of the house tell of one person, for the conditions of services. Whether she is a pupil or a student
  /// no room records: that is asked.
  static func house(
    _ documents: Documents, _ pieces: Pieces, _ households: Households, _ visits: Visits,
    _ receptions: Receptions
  ) -> SituationSources {
    SituationSources(
      facts: { opened, day, db in
        var facts: [Service.Situation: Bool] = [:]
        facts[.withMinors] = withMinors(try households.members(of: opened, in: db), on: day)
        switch try receptions.told(of: opened, in: db)?["sign-disability"] {
        case "yes": facts[.disabled] = true
        case "no": facts[.disabled] = false
        default: break
        }
        let reports = try visits.visits(of: opened, in: db).compactMap(\.report).sorted { $0.on < $1.on }
        // Whose activity goes on has work; whose does not may have other work.
        if reports.last?.activity == .goingOn { facts[.jobless] = false }
        if case .range(let range)? = reports.last(where: { $0.income != nil })?.income {
          if range.isNone { facts[.noIncome] = true } else if range.lower > 0 { facts[.noIncome] = false }
        }
        return facts
      },
      papers: { opened, day, db in
        guard opened.reader.may(.readDocuments) else { return [:] }
        var papers: [Document.Kind: Bool] = [:]
        for line in try pieces.lines(of: opened, in: db) {
          let kinds = line.entry.documents.filter { $0.dutyToRead.map(opened.reader.may) ?? true }
          if line.isOpen {
            for kind in kinds { papers[kind] = false }
          } else if line.state == .had, line.entry.documents.count == 1 {
            for kind in kinds { papers[kind] = true }
          }
        }
        let file = opened.file.id
        let valid = try documents.kinds(onFileOf: [file], validOn: day, for: opened.reader, in: db)
        for kind in valid[file] ?? [] { papers[kind] = true }
        return papers
      })
  }

  /// Of a birth only the year is known: in the year in which a child comes of age nobody can say.
  private static func withMinors(_ members: [HouseholdMember], on day: Day) -> Bool? {
    let children = members.filter { $0.removedBecause == nil && $0.relation == .child }
    let ages = children.map { child in child.birthYear.map { day.year - $0 } }
    if ages.contains(where: { $0.map { $0 < 18 } ?? false }) { return true }
    return !ages.isEmpty && ages.allSatisfy { $0.map { $0 > 18 } ?? false } ? false : nil
  }
}
