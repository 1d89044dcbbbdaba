/// Chance that is the same in every run: for samples, demonstrations and tests, never for keys.
///
/// SplitMix64. Source: G. Steele, D. Lea and C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
package struct Dice: RandomNumberGenerator, Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// From 0 up to `limit`, without it.
  package mutating func next(below limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// Places on a list of `size`, each once, in the order in which they are drawn: the first of a Fisher-Yates shuffle.
  package mutating func places(_ count: Int, of size: Int) -> [Int] {
    var list = Array(0..<size)
    return (0..<min(count, size)).map { index in
      list.swapAt(index, index + next(below: size - index))
      return list[index]
    }
  }
}
