import Basics

/// What one member gives an item by the grid.
package struct Score: Sendable, Equatable {
  package let points: ScorePoints
  package let total: Int
  /// The most that the grid allows.
  package let most: Int
}

/// Points by criterion.
package struct ScorePoints: Sendable, Equatable {
  package let values: [String: Int]

  package init(_ values: [String: Int]) { self.values = values }

  /// As it is kept: `need=7 means=3`.
  init(text: String) {
    let pairs = text.split(separator: " ").compactMap { pair -> (String, Int)? in
      let parts = pair.split(separator: "=")
      guard parts.count == 2, let points = Int(parts[1]) else { return nil }
      return (String(parts[0]), points)
    }
    values = Dictionary(pairs) { first, _ in first }
  }

  var text: String {
    values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
  }
}
