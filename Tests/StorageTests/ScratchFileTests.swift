import Basics
import Foundation
import Storage
import Testing

@Suite struct `A file without a name` {
  private static func bytes(_ count: Int) -> [UInt8] {
    var dice = Dice(seed: 7)
    return (0..<count).map { _ in UInt8(truncatingIfNeeded: dice.next()) }
  }

  @Test(arguments: [false, true]) func `gives back what was put in, from anywhere`(isSealed: Bool) throws {
    let whole = Self.bytes(200_001)
    for step in [1_000, 65_536, 65_537, 200_001] {
      let file = try ScratchFile(isSealed: isSealed)
      for start in stride(from: 0, to: whole.count, by: step) {
        try file.append(Array(whole[start..<min(whole.count, start + step)]))
      }
      try file.flush()
      #expect(file.count == whole.count)
      for range in [0..<whole.count, 0..<0, 0..<1, 65_535..<65_537, 65_536..<131_072, 131_000..<200_001] {
        #expect(try file.read(range) == Array(whole[range]), "\(step) \(range)")
      }
      #expect(throws: (any Error).self) { try file.read(0..<whole.count + 1) }
    }
  }

  @Test func `that is sealed holds nothing that can be read`() throws {
    let words = Data("Quetzalbury was here. ".utf8)
    for isSealed in [false, true] {
      let file = try ScratchFile(isSealed: isSealed)
      for _ in 0..<10_000 { try file.append(Array(words)) }
      try file.flush()
      let lies = try Data(contentsOf: URL(filePath: file.path))
      #expect(lies.count > 190_000)
      #expect((lies.range(of: words) == nil) == isSealed)
    }
  }
}
