import Linkage
import Names

/// A small register for the tests: invented persons as rows of cells.
enum LinkageRoom {
  static let columns = ["id", "given", "family", "father", "born", "place", "phone", "email", "cin"]
  static let mapping = LinkMapping(
    id: "id",
    fields: [
      .init("given", .givenName), .init("family", .familyName), .init("father", .relative),
      .init("born", .date),
      .init("place", .place), .init("phone", .phone), .init("email", .email), .init("cin", .number),
    ])

  private static let given = [
    "Salma", "Karim", "Leila", "Moncef", "Rania", "Hatem", "Imen", "Zied", "Olfa", "Nabil", "Sonia", "Fethi",
    "Dorra", "Slim", "Wafa",
  ]
  private static let family = [
    "Trabelsi", "Mejri", "Jebali", "Hammami", "Dridi", "Zouari", "Ayari", "Kefi", "Tlili", "Ouerghi", "Sassi",
    "Riahi", "Gharbi",
  ]
  private static let places = ["Tunis", "Sfax", "Gafsa", "Bizerte", "Tozeur", "Nabeul", "Monastir"]

  /// Who number `person` is; two numbers have hardly anything but names in common.
  static func row(_ person: Int, id: String? = nil) -> [String] {
    let mixed = (person &* 2_654_435_761) % 99_999_989
    return [
      id ?? "\(person)-a", given[person % given.count], family[person / 3 % family.count],
      given[person / 7 % given.count], "\(1950 + person % 50)-0\(1 + person % 9)-\(10 + mixed % 18)",
      places[person / 5 % places.count], "2\(1_000_000 + mixed % 8_999_999)", "p\(mixed)@example.tn",
      "\(10_000_000 + mixed % 89_999_999)",
    ]
  }

  /// `count` persons, each second of them twice: once more with a letter lost and another phone.
  static func register(_ count: Int) -> [[String]] {
    (0..<count).flatMap { person -> [[String]] in
      var again = row(person, id: "\(person)-b")
      again[2] = String(again[2].dropLast())
      again[6] = "9\(again[6].dropFirst())"
      return person.isMultiple(of: 2) ? [row(person), again] : [row(person)]
    }
  }

  static func pairs(
    _ first: [[String]], _ second: [[String]]? = nil, threshold: Double = Linkage.threshold
  ) throws -> [Linkage.Pair] {
    let names = try Names()
    let places = try LinkColumns(mapping, header: columns, of: "the test", isSecond: false)
    var reader = PersonReader(mapping, names)
    for (number, row) in first.enumerated() { try reader.read(row, places, row: number + 2) }
    if let second {
      reader.beginSecondFile()
      for (number, row) in second.enumerated() { try reader.read(row, places, row: number + 2) }
    }
    return Linkage(names).pairs(reader, threshold: threshold, why: true)
  }
}
