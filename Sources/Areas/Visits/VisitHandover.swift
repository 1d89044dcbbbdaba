import Basics
import Cases
import Foundation

/// Goods handed over to a person for her project, for which a certificate is printed and signed.
package struct VisitHandover: Identifiable, Sendable {
  package let id: RecordID<VisitHandover>
  package let on: Day
  /// One a line.
  package let goods: String
  /// Who handed them over: a supplier, an operator, a colleague.
  package let giver: String
  /// Nil where it is not known.
  package let value: Money?

  package init(id: RecordID<VisitHandover>, on: Day, goods: String, giver: String, value: Money?) {
    self.id = id
    self.on = on
    self.goods = goods
    self.giver = giver
    self.value = value
  }

  func isSame(as other: VisitHandover) -> Bool {
    (on, goods, giver, value) == (other.on, other.goods, other.giver, other.value)
  }

  var items: [String] {
    goods.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
  }

  var fields: Fields {
    Fields([
      "handed-on": on.description, "goods": goods, "giver": giver,
      "value": value.map { String($0.minorUnits) } ?? "",
    ])
  }
}

enum VisitHandoverForm {
  static func checked(_ typed: Typed, today: Day) throws(Refusal) -> VisitHandover {
    var check = FormCheck(typed)
    let id: RecordID<VisitHandover> = check.newID()
    let goods = check.required("goods", say("Write what was handed over, one thing a line."), limit: 2_000)
    let giver = check.required("giver", say("Write who handed it over."))
    // Whole dinars: a certificate names no smaller ones.
    let dinars = check.number("value", in: 0...10_000_000)
    let day = check.day("handed-on", in: Day(number: today.number - 3_660)...today) ?? today
    try check.finish()
    return VisitHandover(
      id: id, on: day, goods: goods, giver: giver, value: dinars.map { Money(Int64($0) * 1_000, .tnd) })
  }
}
