/// A value as a row of small numbers, so that two can be compared quickly.
struct Letters {
  /// Further letters than this are not looked at: one machine word holds a row of the comparison.
  static let most = 64

  /// ASCII as it is; other scalars share the upper half, each Arabic letter alone in its place.
  static func bytes(_ text: String) -> [UInt8] {
    text.unicodeScalars.prefix(most).map { $0.value < 128 ? UInt8($0.value) : UInt8(128 + $0.value % 128) }
  }

  /// Which letters occur, one bit each.
  static func marks(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(0) { $0 | 1 << UInt64($1 & 63) }
  }

  /// At least so many edits lie between two values, by the letters that one has and the other lacks.
  static func fewest(_ first: UInt64, _ second: UInt64) -> Int {
    max((first & ~second).nonzeroBitCount, (second & ~first).nonzeroBitCount)
  }

  /// Letters to put in, take out, change, or turn round with their neighbour, to make one of the other; each letter
  /// once. Bit-parallel; source: H. Hyyrö, "A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit
  /// Distances", 2003. Both have 64 letters at most.
  static func edits(_ first: UnsafeBufferPointer<UInt8>, _ second: UnsafeBufferPointer<UInt8>) -> Int {
    if first.isEmpty { return second.count }
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 256) { places in
      for letter in second { places[Int(letter)] = 0 }
      for letter in first { places[Int(letter)] = 0 }
      for (place, letter) in first.enumerated() { places[Int(letter)] |= 1 << UInt64(place) }
      let last: UInt64 = 1 << UInt64(first.count - 1)
      var (more, less): (UInt64, UInt64) = (~0, 0)
      var (zero, before): (UInt64, UInt64) = (0, 0)
      var edits = first.count
      for letter in second {
        let here = places[Int(letter)]
        let turned = ((~zero & here) << 1) & before
        zero = (((here & more) &+ more) ^ more) | here | less | turned
        var up = less | ~(zero | more)
        let down = zero & more
        if up & last != 0 { edits += 1 }
        if down & last != 0 { edits -= 1 }
        up = up << 1 | 1
        more = down << 1 | ~(zero | up)
        less = zero & up
        before = here
      }
      return edits
    }
  }
}
