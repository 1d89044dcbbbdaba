import Foundation

/// What differences between two spellings weigh: few numbers, learned (see `weights.tsv`).
struct NameWeights: Sendable {
  /// Between spellings in one script, and between an Arabic and a Latin one.
  let same: SoundCosts
  let cross: SoundCosts
  /// Keeps short words from being judged by one letter.
  let steadiness: Float
  /// Added when both are known as different names; at most, when both are known as one.
  let knownApart, knownSame: Float
  let name: Name

  /// How a name's features become the logarithm of the odds that it is the same name.
  struct Name: Sendable {
    let bias, worst, mean, left, single, turned, common: Float

    func likelihood(_ features: NameFeatures) -> Double {
      let odds =
        bias + worst * features.worst + mean * features.mean + left * features.left
        + single * features.single + turned * features.turned + common * features.common
      return 1 / (1 + exp(-Double(odds)))
    }
  }

  /// How readily one sound is written for another.
  enum Level: String, CaseIterable {
    case alike, near, kin, far
  }

  struct Likeness {
    let level: Level
    let first, second: Sound
  }

  init(values: [String: Float], groups: [String], likeness: [Likeness]) throws(NameKnowledge.Fault) {
    func value(_ name: String) throws(NameKnowledge.Fault) -> Float {
      guard let value = values[name] else {
        throw .init(file: "weights", line: 0, problem: "“\(name)” is missing")
      }
      return value
    }
    func costs(_ scripts: String) throws(NameKnowledge.Fault) -> SoundCosts {
      var costs = SoundCosts(far: try value("\(scripts).far"))
      for (sound, group) in groups.enumerated() { costs.gaps[sound] = try value("\(scripts).gap.\(group)") }
      for pair in likeness {
        costs.set(pair.first, pair.second, try value("\(scripts).\(pair.level.rawValue)"))
      }
      return costs
    }
    same = try costs("same")
    cross = try costs("cross")
    steadiness = try value("part.steadiness")
    knownApart = try value("part.known apart")
    knownSame = try value("part.known same")
    name = Name(
      bias: try value("name.bias"), worst: try value("name.worst"), mean: try value("name.mean"),
      left: try value("name.left"), single: try value("name.single"), turned: try value("name.turned"),
      common: try value("name.common"))
  }
}

/// The cost of each sound against each other and against nothing.
struct SoundCosts: Sendable {
  /// Sounds there may be.
  static let size = 64
  private var pairs: [Float]
  var gaps = [Float](repeating: 1, count: size)

  init(far: Float) {
    pairs = [Float](repeating: far, count: Self.size * Self.size)
    for sound in 0..<Self.size { pairs[sound * Self.size + sound] = 0 }
  }

  mutating func set(_ first: Sound, _ second: Sound, _ cost: Float) {
    pairs[Int(first) * Self.size + Int(second)] = cost
    pairs[Int(second) * Self.size + Int(first)] = cost
  }

  func cost(_ first: Sound, _ second: Sound) -> Float { pairs[Int(first) * Self.size + Int(second)] }

  func mass(_ sounds: [Sound]) -> Float { sounds.reduce(0) { $0 + gaps[Int($1)] } }

  /// The cheapest way to turn one word's sounds into the other's.
  func distance(_ first: [Sound], _ second: [Sound]) -> Float {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: second.count + 1) { row in
      pairs.withUnsafeBufferPointer { pairs in
        gaps.withUnsafeBufferPointer { gaps in
          row.initialize(repeating: 0)
          for column in 0..<second.count { row[column + 1] = row[column] + gaps[Int(second[column])] }
          for sound in first {
            let gap = gaps[Int(sound)]
            let line = Int(sound) * Self.size
            var corner = row[0]
            row[0] += gap
            for column in 0..<second.count {
              let other = Int(second[column])
              let cost = min(corner + pairs[line + other], row[column + 1] + gap, row[column] + gaps[other])
              corner = row[column + 1]
              row[column + 1] = cost
            }
          }
          return row[second.count]
        }
      }
    }
  }
}
