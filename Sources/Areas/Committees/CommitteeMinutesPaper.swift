import Antennas
import Basics
import Papers

/// The minutes as their paper says them: everything that `minutes.typ` shows. No person's name stands in it.
struct CommitteeMinutesPaper: Encodable, Sendable {
  struct Part: Encodable, Sendable {
    let title: String
    let facts: [PaperRow]
    /// How each member voted; nil where the paper does not say it.
    let votes: Table?
    let lines: [PaperText]
  }

  struct Table: Encodable, Sendable {
    let columns: [String]
    let rows: [[PaperText]]
  }

  let language: String
  let title: String
  let number: String
  let facts: [PaperRow]
  let members: Table
  let parts: [Part]
  let hash: String
  let boxes: [String]
  let words: [String: String]

  /// - Parameter decisions: with what is sealed of them opened.
  init(
    _ opened: OpenedSession, _ decisions: [RecordID<CommitteeItem>: Decision], names: [AccountID: String],
    territory: Territory, in language: Language
  ) {
    let (session, reader) = (opened.session, Reader(language))
    self.language = language.rawValue
    title = reader("Minutes of the committee")
    number = reader.date(session.day)
    func name(_ id: AccountID) -> String { names[id] ?? "—" }
    func signed(_ label: String, _ signature: CommitteeSession.Signature?) -> [(String, String)] {
      [
        (label, signature.map { name($0.by) } ?? reader("not yet")),
        (reader("Signature of the minutes"), signature.map { reader.time($0.at) } ?? ""),
      ]
    }
    let known: [(String, String)] = [
      (reader("Day of the session, which is the reference date"), reader.date(session.day)),
      (
        reader("Reach"),
        session.antenna.map { territory.name(of: $0, in: language) } ?? reader("The whole scheme")
      ),
      (reader("Place"), session.place),
      (
        reader("Quorum"),
        reader(
          session.quorum, one: "1 member with a vote, free of conflict",
          many: "\(session.quorum) members with a vote, free of conflict")
      ),
      (reader("Grid for scoring"), session.grid),
    ]
    facts = Self.rows(
      known + signed(reader("Closed by the chair"), session.closing)
        + signed(reader("Confirmed by a member"), session.confirmation))
    members = Table(
      columns: [reader("Name"), reader("Role"), reader("Presence")],
      rows: opened.members.map { member in
        let presence =
          member.sits
          ? member.isPresent ? reader("was there") : reader("was not there")
          : reader("removed: what she scored and voted does not count")
        return [name(member.account), reader(member.role.label), presence].map { PaperText($0) }
      })
    parts = opened.entries.compactMap { entry in
      decisions[entry.item.id].map { Self.part(entry, $0, opened, names, reader) }
    }
    hash = session.hash ?? ""
    boxes = [reader("The chair"), reader("A member")]
    words = [
      "page": reader("Page {1} of {2}"), "sign": reader("Name, date and signature"),
      "members": reader("Who sat in it"),
      "hash": reader("Fingerprint of these minutes in the journal (SHA-256)"),
    ]
  }

  private static func rows(_ facts: [(String, String)]) -> [PaperRow] {
    facts.filter { !$0.1.isEmpty }.map { PaperRow(label: $0.0, value: PaperText($0.1)) }
  }

  private static func part(
    _ entry: AgendaEntry, _ decision: Decision, _ opened: OpenedSession, _ names: [AccountID: String],
    _ reader: Reader
  ) -> Part {
    let item = entry.item
    let votes = opened.votes[item.id, default: [:]].sorted { $0.key < $1.key }.map {
      [PaperText(names[$0.key] ?? "—"), PaperText(reader($0.value.label))]
    }
    let out = opened.conflicts[item.id, default: [:]].keys.sorted().map { names[$0] ?? "—" }
    let score = CommitteeRanking.average(opened.countedScores(item)).map { CommitteeTexts.score($0, reader) }
    let number = opened.session.hidesIdentity ? "" : opened.numbers[item.file] ?? ""
    let facts: [(String, String)] = [
      (reader("Case"), number), (reader("Asked"), reader.money(item.amount)),
      (reader("Average score"), score ?? reader("not scored")),
      (reader("Kept out of it"), out.joined(separator: " · ")),
      (
        reader("Votes that count"),
        reader(
          "\(decision.agreed) for the decision, of \(decision.counted) members there and free of conflict")
      ),
      (reader("Decision"), reader(decision.outcome.label)),
      (reader("Granted"), decision.amount.map { reader.money($0) } ?? ""),
      (reader("Reason"), decision.words.reason.map { reader($0.label) } ?? ""),
      (reader("Upon an appeal"), decision.isOnAppeal ? reader("yes") : ""),
    ]
    let lines = [decision.words.conditions, decision.words.text].compactMap(\.self)
      .flatMap { $0.split(separator: "\n") }.map { PaperText(String($0)) }
    return Part(
      title: "\(entry.number). \(item.title(for: reader))", facts: rows(facts),
      votes: Table(columns: [reader("Name"), reader("Vote of the member")], rows: votes), lines: lines)
  }
}
