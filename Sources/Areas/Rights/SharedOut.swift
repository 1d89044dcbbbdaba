import Basics
import Foundation
import People
import Storage

/// What areas that send something know of what went out about a person: asked once for each of her files.
package typealias SharedSource = @Sendable (_ person: Subject, _ db: Connection) throws -> [SharedEntry]

/// Something of a person that went to others, or to herself.
package struct SharedEntry: Sendable {
  package enum Recipient: Sendable {
    /// By the names under which they are known.
    case others([Language: String])
    /// At this address, or number.
    case herself(String)
  }

  /// By what leave it went.
  package enum Leave: Sendable {
    /// By this consent of hers.
    case consent(RecordID<Consent>)
    /// By whichever consent for this purpose was in force.
    case purpose(Consent.Purpose)
    /// By none that stands in her file.
    case other(Phrase)
  }

  package let at: Date
  /// What was told: the names of it, not the words.
  package let what: [Phrase]
  package let to: Recipient
  package let leave: Leave
  /// What is to be known of it: that nobody opened it, for example.
  package let remark: Phrase?

  package init(at: Date, what: [Phrase], to: Recipient, by leave: Leave, remark: Phrase? = nil) {
    self.at = at
    self.what = what
    self.to = to
    self.leave = leave
    self.remark = remark
  }
}

/// What went out of a person, the newest first, with her consents, which say on what ground.
package struct SharedOut: Sendable {
  package var entries: [SharedEntry] = []
  /// Those that were withdrawn, too.
  package var consents: [Consent] = []

  /// What went under one of her consents.
  func entries(under consent: Consent) -> [SharedEntry] {
    entries.filter { self.consent(of: $0)?.id == consent.id }
  }

  /// What went under no consent in her file.
  var onOtherGrounds: [SharedEntry] { entries.filter { consent(of: $0) == nil } }

  /// What went under a purpose. Whoever takes back that a file is kept at all takes back all that others got of it.
  func concerning(_ purpose: Consent.Purpose) -> SharedOut {
    SharedOut(
      entries: entries.filter { entry in
        if purpose == .accompaniment, case .others = entry.to { return true }
        if case .purpose(let own) = entry.leave { return own == purpose }
        return consent(of: entry)?.purpose == purpose
      }, consents: consents)
  }

  /// The consent that was in force when it went; the newest for its purpose where none is known to have been.
  private func consent(of entry: SharedEntry) -> Consent? {
    switch entry.leave {
    case .consent(let id): return consents.first { $0.id == id }
    case .purpose(let purpose):
      let given = consents.filter { $0.purpose == purpose }
      return given.first {
        $0.givenOn <= Day(of: entry.at) && $0.withdrawnAt.map { entry.at <= $0 } ?? true
      } ?? given.first
    case .other: return nil
    }
  }

  /// On which ground it went.
  func ground(of entry: SharedEntry) -> Phrase {
    switch entry.leave {
    case .consent: consent(of: entry)?.purpose.label ?? say("A consent in the file")
    case .purpose(let purpose): purpose.label
    case .other(let ground): ground
    }
  }
}

extension SharedEntry {
  /// To whom, as a reader calls them.
  func recipient(_ reader: Reader) -> String {
    switch to {
    case .others(let names):
      ([reader.language] + Language.allCases).lazy.compactMap { names[$0] }.first ?? "—"
    case .herself(let address): "\(reader("The person")) · \(address)"
    }
  }

  /// What was told, and what is to be known of it.
  func told(_ reader: Reader) -> String {
    (what + [remark].compactMap { $0 }).map { reader($0) }.joined(separator: "\(reader.comma) ")
  }
}

extension Rights {
  /// What went out of a person.
  func shared(_ opened: OpenedPerson, _ subjects: [Subject], in db: Connection) throws -> SharedOut {
    let entries = try subjects.flatMap { try sharedSource($0, db) }.sorted { $1.at < $0.at }
    return SharedOut(entries: entries, consents: opened.consents)
  }
}
