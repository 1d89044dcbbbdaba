import Basics
import Storage

/// What a list shows of a service.
package struct ServiceLine: Identifiable, Sendable {
  package let id: RecordID<Service>
  package let name: Texts
  package let providerName: Texts
  package let needs: [Service.Need]
  package let capacity: Int?
  package let taken: Int
  package let confirmedOn: Day?

  /// Nil where places are not counted.
  package var left: Int? { capacity.map { max(0, $0 - taken) } }
}

extension Service {
  package var line: ServiceLine {
    ServiceLine(
      id: id, name: name, providerName: providerName, needs: needs, capacity: capacity, taken: taken,
      confirmedOn: confirmedOn)
  }
}

extension ServiceLine {
  static let columns: SQL =
    """
    s.id, s.name_fr, s.name_ar, s.name_en, p.name_fr, p.name_ar, p.name_en, s.needs, s.capacity, s.taken, s.confirmed_on
    """

  init(_ row: borrowing Row) throws {
    let needs: String? = try row[7]
    self.init(
      id: try row[0], name: Texts(french: try row[1], arabic: try row[2], english: try row[3]),
      providerName: Texts(french: try row[4], arabic: try row[5], english: try row[6]),
      needs: needs?.split(separator: " ").compactMap { Service.Need(rawValue: String($0)) } ?? [],
      capacity: try row[8], taken: try row[9], confirmedOn: try row[10])
  }
}
