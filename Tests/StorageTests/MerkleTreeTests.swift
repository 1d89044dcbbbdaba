import Foundation
import Testing

@testable import Storage

/// Source of the vectors: the reference implementation of Certificate Transparency, merkle_tree_test.cc.
@Suite struct `The tree of RFC 6962` {
  private static let entries: [[UInt8]] = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
  ].map { bytes($0) }

  private static let leaves = entries.map { MerkleTree.leaf($0) }

  private static let roots = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ]

  @Test(arguments: 0...8) func `has the known roots`(size: Int) {
    #expect(Self.hex(MerkleTree.root(of: Self.leaves.prefix(size))) == Self.roots[size])
    var frontier = MerkleTree.Frontier()
    for leaf in Self.leaves.prefix(size) { frontier.append(leaf) }
    #expect(Self.hex(frontier.root) == Self.roots[size])
  }

  @Test(
    arguments: [
      (0, 1, []),
      (
        0, 8,
        [
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
      ),
      (
        5, 8,
        [
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
      ),
      (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
      (
        1, 5,
        [
          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]
      ),
    ] as [(Int, Int, [String])])
  func `has the known audit paths`(index: Int, size: Int, path: [String]) {
    #expect(MerkleTree.inclusionProof(of: index, in: Self.leaves.prefix(size)).map { Self.hex($0) } == path)
  }

  @Test(
    arguments: [
      (1, 1, []),
      (
        1, 8,
        [
          "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ]
      ),
      (
        6, 8,
        [
          "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
          "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ]
      ),
      (
        2, 5,
        [
          "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
          "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ]
      ),
    ] as [(Int, Int, [String])])
  func `has the known consistency proofs`(from: Int, size: Int, path: [String]) {
    #expect(
      MerkleTree.consistencyProof(from: from, in: Self.leaves.prefix(size)).map { Self.hex($0) } == path)
  }

  @Test func `can be gone on with from its frontier at any size`() throws {
    let leaves = (0..<70).map { MerkleTree.leaf([UInt8($0)]) }
    for stop in 0...70 {
      var frontier = MerkleTree.Frontier()
      for leaf in leaves.prefix(stop) { frontier.append(leaf) }
      var again = try #require(MerkleTree.Frontier(size: frontier.size, roots: frontier.roots))
      #expect(again == frontier)
      #expect(frontier.roots.count == stop.nonzeroBitCount)
      for leaf in leaves.dropFirst(stop) { again.append(leaf) }
      #expect(again.root == Self.root(leaves[...]))
    }
    #expect(MerkleTree.Frontier(size: 3, roots: [MerkleTree.empty]) == nil)
    #expect(MerkleTree.Frontier(size: 1, roots: [[1, 2, 3]]) == nil)
    #expect(MerkleTree.Frontier(size: -1, roots: []) == nil)
  }

  /// The verifier of RFC 9162, sections 2.1.3.2 and 2.1.4.2, which the program itself does not need.
  @Test func `convinces an independent verifier, for every leaf and every earlier size`() {
    let leaves = (0..<33).map { MerkleTree.leaf([UInt8($0)]) }
    for size in 1...leaves.count {
      let tree = leaves.prefix(size)
      for index in 0..<size {
        let proof = MerkleTree.inclusionProof(of: index, in: tree)
        #expect(Self.includes(leaves[index], at: index, of: size, proof, root: Self.root(tree)))
        #expect(!Self.includes(leaves[index], at: index, of: size, proof, root: MerkleTree.empty))
      }
      for earlier in 1..<size {
        let proof = MerkleTree.consistencyProof(from: earlier, in: tree)
        #expect(
          Self.goesOn(
            from: earlier, root: Self.root(leaves.prefix(earlier)), to: size, root: Self.root(tree), proof))
      }
    }
  }

  /// By the definition itself: the hash of the two halves, the left one the largest power of two.
  private static func root(_ leaves: ArraySlice<MerkleTree.Hash>) -> MerkleTree.Hash {
    guard leaves.count > 1 else { return leaves.first ?? MerkleTree.empty }
    let half = 1 << (Int.bitWidth - (leaves.count - 1).leadingZeroBitCount - 1)
    return MerkleTree.node(root(leaves.prefix(half)), root(leaves.dropFirst(half)))
  }

  private static func includes(
    _ leaf: MerkleTree.Hash, at index: Int, of size: Int, _ proof: [MerkleTree.Hash], root: MerkleTree.Hash
  ) -> Bool {
    var (place, last, hash) = (index, size - 1, leaf)
    for step in proof {
      if last == 0 { return false }
      if place & 1 == 1 || place == last {
        hash = MerkleTree.node(step, hash)
        while place & 1 == 0, place != 0 { (place, last) = (place >> 1, last >> 1) }
      } else {
        hash = MerkleTree.node(hash, step)
      }
      (place, last) = (place >> 1, last >> 1)
    }
    return last == 0 && hash == root
  }

  private static func goesOn(
    from earlier: Int, root first: MerkleTree.Hash, to size: Int, root second: MerkleTree.Hash,
    _ proof: [MerkleTree.Hash]
  ) -> Bool {
    let path = earlier & (earlier - 1) == 0 ? [first] + proof : proof
    guard var old = path.first, var new = path.first else { return false }
    var (place, last) = (earlier - 1, size - 1)
    while place & 1 == 1 { (place, last) = (place >> 1, last >> 1) }
    for step in path.dropFirst() {
      if last == 0 { return false }
      if place & 1 == 1 || place == last {
        old = MerkleTree.node(step, old)
        new = MerkleTree.node(step, new)
        while place & 1 == 0, place != 0 { (place, last) = (place >> 1, last >> 1) }
      } else {
        new = MerkleTree.node(new, step)
      }
      (place, last) = (place >> 1, last >> 1)
    }
    return last == 0 && old == first && new == second
  }

  private static func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
}
