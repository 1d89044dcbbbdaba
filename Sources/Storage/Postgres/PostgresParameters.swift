import Basics

/// The values of a statement as libpq wants them: numbers and text as text, bytes as they are.
struct PostgresParameters {
  private var storage: [UInt8] = []
  private var offsets: [Int?] = []
  private var lengths: [Int32] = []
  private var formats: [Int32] = []

  /// - Throws: `StorageFault.zeroByte`, which PostgreSQL cannot hold.
  init(_ values: [StoredValue]) throws {
    for value in values {
      switch value {
      case .null: append(nil, isBinary: false)
      case .integer(let number): append(Array(String(number).utf8), isBinary: false)
      case .bytes(let bytes): append(bytes, isBinary: true)
      case .text(let text):
        guard !text.utf8.contains(0) else { throw StorageFault.zeroByte }
        append(Array(text.utf8), isBinary: false)
      }
    }
  }

  private mutating func append(_ bytes: [UInt8]?, isBinary: Bool) {
    offsets.append(bytes == nil ? nil : storage.count)
    lengths.append(Int32(bytes?.count ?? 0))
    formats.append(isBinary ? 1 : 0)
    if let bytes { storage += bytes + [0] }
  }

  func withPointers<Result>(
    _ body: (_ values: [UnsafePointer<CChar>?], _ lengths: [Int32], _ formats: [Int32]) -> Result
  ) -> Result {
    storage.withUnsafeBytes { bytes in
      let base = bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
      return body(offsets.map { offset in offset.flatMap { at in base.map { $0 + at } } }, lengths, formats)
    }
  }
}
