import Antennas
import Basics
import Cases
import Funding
import Papers
import People

/// The contract of an aid as its paper says it, in one language: everything that `contract.typ` shows.
struct AidContractPaper: Encodable, Sendable {
  struct Clause: Encodable, Sendable {
    let title: String
    let text: PaperText
  }

  struct Part: Encodable, Sendable {
    let number: String
    let amount: String
    let due: String
    let way: String
    let words: PaperText
    let conditions: String
  }

  let language: String
  let title: String
  let number: String
  /// That it is a model; nil once lawyers approved the clauses.
  let model: String?
  let facts: [PaperRow]
  let parts: [Part]
  let total: String
  let clauses: [Clause]
  let boxes: [String]
  let words: [String: String]

  init(
    _ shown: AidShown, _ clauses: AidClauses, paidBy funder: String?, _ territory: Territory,
    daysToProve: Int, today: Day, in language: Language
  ) {
    let (reader, line) = (Reader(language), shown.aid.line)
    let live = shown.aid.instalments.filter(\.isLive)
    let granted = line.granted ?? Money(0, line.currency)
    self.language = language.rawValue
    title = reader("Contract on an aid")
    number = shown.file.number
    model = clauses.approvedBy == nil ? reader("Model, to be approved by lawyers") : nil
    facts = Self.facts(shown, granted, territory, today, reader)
    parts = live.enumerated().map { index, part in
      Part(
        number: String(index + 1), amount: reader.money(part.amount), due: reader.date(part.dueOn),
        way: reader(part.way.label), words: PaperText(part.words ?? ""),
        conditions: AidInstalment.Condition.allCases.filter { part.conditions.contains($0) }
          .map { reader($0.label) }.joined(separator: reader.comma + " "))
    }
    total = reader.money(Money(live.reduce(0) { $0 + $1.amount.minorUnits }, line.currency))
    let values = [
      "amount": reader.money(granted), "months": shown.aid.contract.map { String($0.followMonths) } ?? "……",
      "parts": String(live.count), "days": String(daysToProve),
    ]
    // Those of the day of the signature: a signed contract that is printed again says what it said.
    let agreed = clauses.clauses(
      for: line.track, kind: line.kind, funder: funder, on: line.signedOn ?? today, in: language, values)
    self.clauses = agreed.enumerated().map { index, clause in
      Clause(title: "\(index + 1). \(clause.title)", text: PaperText(clause.text))
    }
    boxes = [reader("The person"), reader("For the service")]
    words = [
      "page": reader("Page {1} of {2}"), "parts": reader("Parts"), "part": reader("Part"),
      "amount": reader("Amount"), "due": reader("Due"), "way": reader("How it is given"),
      "what": reader("What it pays"), "before": reader("What must be there before"),
      "total": reader("In all") + reader.colon, "clauses": reader("What is agreed"),
      "signatures": reader("Signatures"),
      "sign": reader("Name, date and signature"), "none": reader("No part is planned yet."),
    ]
  }

  private static func facts(
    _ shown: AidShown, _ granted: Money, _ territory: Territory, _ today: Day, _ reader: Reader
  ) -> [PaperRow] {
    let line = shown.aid.line
    let decision = shown.aid.decisions.last { $0.outcome == .granted }
    var rows = AidPaperFacts.parties(shown, territory, reader)
    rows += [
      PaperRow(
        label: reader("Kind of aid"), value: PaperText(shown.kind(line.kind, in: reader.language))),
      PaperRow(label: reader("What it is for"), value: PaperText(shown.aid.purpose ?? "")),
      PaperRow(label: reader("Amount granted"), value: PaperText(reader.money(granted))),
      PaperRow(label: reader("The person's own part"), value: PaperText(reader.money(line.own))),
    ]
    if let decision {
      rows += [
        PaperRow(label: reader("Reference date"), value: PaperText(reader.date(decision.on))),
        PaperRow(label: reader("Committee"), value: PaperText(decision.body)),
      ]
      if let words = decision.words {
        rows.append(PaperRow(label: reader("Conditions"), value: PaperText(words)))
      }
    }
    return rows + [PaperRow(label: reader("Printed on"), value: PaperText(reader.date(today)))]
  }
}

/// What the papers of an aid say alike.
enum AidPaperFacts {
  /// The person, in both scripts where she has both, and the service at her antenna.
  static func parties(_ shown: AidShown, _ territory: Territory, _ reader: Reader) -> [PaperRow] {
    let identity = shown.opened.person.person.identity
    let name = reader.ordered(latin: identity.latinName, arabic: identity.arabicName)
    let names = [name.first, name.second ?? ""].filter { !$0.isEmpty }
    return names.map { PaperRow(label: reader("The person"), value: PaperText($0)) } + [
      PaperRow(label: reader("Case"), value: PaperText(shown.file.number)),
      PaperRow(
        label: reader("Antenna"),
        value: PaperText(territory.name(of: shown.file.antenna, in: reader.language))),
    ]
  }
}

/// That goods are in the person's hands, to be signed by her: everything that `handover.typ` shows.
struct HandoverPaper: Encodable, Sendable {
  let language: String
  let title: String
  let number: String
  let facts: [PaperRow]
  let declaration: String
  let boxes: [String]
  let words: [String: String]

  init(_ shown: AidShown, _ part: AidInstalment, _ territory: Territory, in language: Language) {
    let reader = Reader(language)
    self.language = language.rawValue
    title = reader("Certificate of handover")
    number = shown.file.number
    facts =
      AidPaperFacts.parties(shown, territory, reader) + [
        PaperRow(
          label: reader("Kind of aid"), value: PaperText(shown.kind(shown.aid.line.kind, in: language))),
        PaperRow(label: reader("Part"), value: PaperText(String(part.number))),
        PaperRow(label: reader("What was handed over"), value: PaperText(part.words ?? "")),
        PaperRow(label: reader("Value"), value: PaperText(reader.money(part.amount))),
        PaperRow(label: reader("Supplier"), value: PaperText(part.order?.payee ?? "")),
      ]
    declaration = reader(
      "The person declares that she received these goods in good condition, for the use that the contract says."
    )
    boxes = [reader("The person"), reader("The supplier"), reader("For the service")]
    words = ["page": reader("Page {1} of {2}"), "sign": reader("Name, date and signature")]
  }
}
