import Crypto

/// A Merkle tree as RFC 6962, section 2, hashes it.
package enum MerkleTree {
  package typealias Hash = [UInt8]

  package static func leaf(_ entry: [UInt8]) -> Hash { Array(SHA256.hash(data: [0] + entry)) }
  static func node(_ left: Hash, _ right: Hash) -> Hash { Array(SHA256.hash(data: [1] + left + right)) }

  /// The root over no leaves.
  package static var empty: Hash { Array(SHA256.hash(data: [])) }

  /// What is needed to go on: the roots of the full subtrees, the largest first. Grows with the logarithm.
  package struct Frontier: Equatable, Sendable {
    package private(set) var size: Int
    package private(set) var roots: [Hash]

    package init() { (size, roots) = (0, []) }

    /// Nil when the number of roots does not fit the size.
    package init?(size: Int, roots: [Hash]) {
      guard size >= 0, roots.count == size.nonzeroBitCount, roots.allSatisfy({ $0.count == 32 }) else {
        return nil
      }
      (self.size, self.roots) = (size, roots)
    }

    package mutating func append(_ leaf: Hash) {
      roots.append(leaf)
      var merged = size
      while merged & 1 == 1 {
        let right = roots.removeLast()
        roots[roots.count - 1] = MerkleTree.node(roots[roots.count - 1], right)
        merged >>= 1
      }
      size += 1
    }

    package var root: Hash {
      guard let last = roots.last else { return MerkleTree.empty }
      return roots.dropLast().reversed().reduce(last) { MerkleTree.node($1, $0) }
    }
  }

  package static func root(of leaves: some Sequence<Hash>) -> Hash {
    var frontier = Frontier()
    for leaf in leaves { frontier.append(leaf) }
    return frontier.root
  }

  /// The audit path of one leaf. Source: RFC 6962, section 2.1.1.
  package static func inclusionProof(of index: Int, in leaves: ArraySlice<Hash>) -> [Hash] {
    guard leaves.count > 1 else { return [] }
    let split = largestPowerOfTwo(below: leaves.count)
    let (left, right) = (leaves.prefix(split), leaves.dropFirst(split))
    return index < split
      ? inclusionProof(of: index, in: left) + [root(of: right)]
      : inclusionProof(of: index - split, in: right) + [root(of: left)]
  }

  /// The proof that the tree of `size` leaves is the beginning of this one. Source: RFC 6962, section 2.1.2.
  package static func consistencyProof(from size: Int, in leaves: ArraySlice<Hash>, isWhole: Bool = true)
    -> [Hash]
  {
    guard size < leaves.count else { return isWhole ? [] : [root(of: leaves)] }
    let split = largestPowerOfTwo(below: leaves.count)
    let (left, right) = (leaves.prefix(split), leaves.dropFirst(split))
    return size <= split
      ? consistencyProof(from: size, in: left, isWhole: isWhole) + [root(of: right)]
      : consistencyProof(from: size - split, in: right, isWhole: false) + [root(of: left)]
  }

  private static func largestPowerOfTwo(below count: Int) -> Int {
    var power = 1
    while power * 2 < count { power *= 2 }
    return power
  }
}
