import Basics
import Crypto
import Foundation

/// Proves from an export alone that nothing was altered, removed, inserted or put in another order since the heads
/// were signed. Reads line by line; keeps 40 bytes an entry.
package struct JournalAudit {
  private var key: Curve25519.Signing.PublicKey?
  private let expectedKey: String?
  private let trustedHead: (size: Int, root: String)?
  private var findings: [String] = []

  private var frontier = MerkleTree.Frontier()
  private var next = 0
  private var lastHeadSize = 0
  private var headCount = 0
  private var waitingCount = 0
  private var trustedHeadSeen = false
  /// Content hash and position of each entry whose content is not what its place says: they may have changed places.
  private var misfits: [(position: Int, content: [UInt8], stored: [UInt8])] = []
  private var isBroken = false

  /// - Parameters:
  ///   - publicKey: base 64 of the key that must have signed; nil to believe the export's own.
  ///   - trustedHead: `SIZE:ROOT`, a head that was handed to a third party and must be contained.
  package init(publicKey: String? = nil, trustedHead: String? = nil) {
    expectedKey = publicKey
    let parts = trustedHead?.split(separator: ":").map(String.init) ?? []
    self.trustedHead = parts.count == 2 ? Int(parts[0]).map { ($0, parts[1]) } : nil
    if trustedHead != nil, self.trustedHead == nil {
      findings.append("The trusted head is not of the form SIZE:ROOT.")
    }
  }

  /// Takes the next line of the export.
  package mutating func read(_ line: String) {
    guard !line.isEmpty else { return }
    guard let read = try? JSONDecoder().decode(JournalExportLine.self, from: Data(line.utf8)) else {
      findings.append("A line is not of an export: \(line.prefix(40))…")
      return
    }
    if let opening = read.opening { open(opening) }
    if let entry = read.entry { take(entry) }
    if let head = read.head { take(head) }
  }

  private mutating func open(_ opening: JournalExportLine.Opening) {
    if opening.format != JournalExportLine.format {
      findings.append("The export is of an unknown form: \(opening.format).")
    }
    if let expectedKey, expectedKey != opening.publicKey {
      findings.append("The export names another public key than the one given.")
    }
    let text = expectedKey ?? opening.publicKey
    key = Data(base64Encoded: text).flatMap { try? Curve25519.Signing.PublicKey(rawRepresentation: $0) }
  }

  private mutating func take(_ entry: JournalExportLine.Entry) {
    let content = MerkleTree.leaf(entry.entry.bytes)
    guard let position = entry.position else {
      waitingCount += 1
      return
    }
    guard position >= next, position < Int.max else {
      findings.append("Entry \(entry.entry.id) was inserted or moved: position \(position) is taken already.")
      isBroken = true
      return
    }
    if position > next {
      let range =
        position == next + 1
        ? "Entry at position \(next) was" : "Entries at positions \(next) to \(position - 1) were"
      findings.append("\(range) removed.")
      isBroken = true
    }
    let stored = entry.hash.flatMap { Data(base64Encoded: $0) }.map { Array($0) } ?? []
    if stored != content { misfits.append((position, content, stored)) }
    frontier.append(stored)
    next = position + 1
  }

  private mutating func take(_ head: JournalExportLine.Head) {
    headCount += 1
    let signed = JournalHead(
      size: head.size, at: Date(timeIntervalSince1970: Double(head.at) / 1_000), root: Self.bytes(head.root),
      signature: Self.bytes(head.signature))
    if key.map({ signed.isSigned(by: $0) }) != true {
      findings.append("The head over \(head.size) entries is not signed by the key.")
    }
    if head.size > next {
      let missing = head.size - next
      findings.append(
        "\(missing == 1 ? "One entry was" : "\(missing) entries were") removed: a signed head covers \(head.size), \(next) are here."
      )
      isBroken = true
    } else if !isBroken, frontier.size == head.size, frontier.root != signed.root {
      findings.append(
        "Entries at positions \(lastHeadSize) to \(head.size - 1) are not those the signed head covers.")
      isBroken = true
    }
    if let trustedHead, trustedHead.size == head.size {
      trustedHeadSeen = trustedHead.root == head.root
    }
    lastHeadSize = head.size
  }

  /// The verdict, after the last line.
  package consuming func finish() -> Report {
    var findings = findings
    for misfit in misfits {
      if let other = misfits.first(where: { $0.stored == misfit.content && $0.position != misfit.position }) {
        findings.append(
          "The entry at position \(misfit.position) belongs at position \(other.position): the order was changed."
        )
      } else {
        findings.append("The entry at position \(misfit.position) was altered.")
      }
    }
    if next > lastHeadSize {
      findings.append(
        "Entries at positions \(lastHeadSize) to \(next - 1) stand under no signed head: they were inserted, or their head was removed."
      )
    }
    if let trustedHead, !trustedHeadSeen {
      findings.append("The trusted head over \(trustedHead.size) entries is not in this journal.")
    }
    if key == nil { findings.append("There is no public key to check the heads with.") }
    return Report(findings: findings, entries: next, heads: headCount, waiting: waitingCount)
  }

  private static func bytes(_ base64: String) -> [UInt8] {
    Data(base64Encoded: base64).map { Array($0) } ?? []
  }

  package struct Report: Sendable {
    /// One sentence for each thing that is wrong, naming the entry.
    package let findings: [String]
    package let entries: Int
    package let heads: Int
    package let waiting: Int

    package var isSound: Bool { findings.isEmpty }

    package var summary: String {
      isSound
        ? "The journal is sound: \(entries) entries under \(heads) signed heads, \(waiting) waiting for the next."
        : "The journal is NOT sound: \(findings.count) findings over \(entries) entries and \(heads) heads."
    }
  }
}
