import Basics
import Cases
import Documents
import Foundation
import Storage

/// A part of an aid, as the contract promises it.
package struct AidInstalment: Identifiable, Sendable, Equatable {
  package enum Way: String, Storable, CaseIterable, Sendable {
    case cash, supplier
    case kind = "in-kind"
  }

  /// What must be there before it is approved.
  package enum Condition: String, CaseIterable, Sendable { case invoice, visit, proof }

  /// Where it stands; it follows from its order and its proofs.
  package enum Step: String, Storable, CaseIterable, Sendable {
    case planned, prepared, approved, paid, checking, proven, withdrawn
  }

  package let id: RecordID<AidInstalment>
  package let aid: RecordID<Aid>
  /// From 1, in the order of the contract.
  package let number: Int
  package let way: Way
  package let amount: Money
  package let dueOn: Day
  package let conditions: Set<Condition>
  /// What it pays; sealed. Nil once it was erased.
  package let words: String?
  package let step: Step
  /// By when it waits for somebody; nil when it waits for nothing.
  package let due: Day?
  package let invoice: RecordID<Document>?
  package let visitedOn: Day?
  package let handover: Handover?
  package let proven: Money
  /// The order that stands; nil before one was prepared, and when it was sent back.
  package let order: AidOrder?
  /// Oldest first.
  package let proofs: [AidProof]

  /// That the goods are in the person's hands.
  package struct Handover: Sendable, Equatable {
    package let on: Day
    /// The certificate that she signed, among the documents of the case.
    package let scan: RecordID<Document>

    package init(on: Day, scan: RecordID<Document>) {
      self.on = on
      self.scan = scan
    }
  }

  package var isLive: Bool { step != .withdrawn }
  package var isPaid: Bool { order?.payment != nil }
  package var paid: Money { isPaid ? amount : Money(0, amount.currency) }

  package static func reference(_ id: RecordID<AidInstalment>) -> RecordReference {
    RecordReference("aid_instalment", id)
  }

  /// Instalments of an aid at most.
  package static let mostParts = 24
}

/// A part that is to be promised.
package struct NewInstalment: Sendable, Equatable {
  package let id: RecordID<AidInstalment>
  package let way: AidInstalment.Way
  package let amount: Money
  package let dueOn: Day
  package let conditions: Set<AidInstalment.Condition>
  package let words: String

  package init(
    id: RecordID<AidInstalment> = RecordID(), way: AidInstalment.Way, amount: Money, dueOn: Day,
    conditions: Set<AidInstalment.Condition> = [], words: String
  ) {
    self.id = id
    self.way = way
    self.amount = amount
    self.dueOn = dueOn
    self.conditions = conditions
    self.words = words
  }
}

/// That an instalment is to be paid to somebody: prepared by one, approved by another.
package struct AidOrder: Identifiable, Sendable, Equatable {
  package struct Payment: Sendable, Equatable {
    package let on: Day
    /// Of the bank, or of the cheque; sealed.
    package let reference: String?
    package let by: AccountID

    package init(on: Day, reference: String?, by: AccountID) {
      self.on = on
      self.reference = reference
      self.by = by
    }
  }

  package let id: RecordID<AidOrder>
  package let instalment: RecordID<AidInstalment>
  /// What the bank knows it by: of the instalment, so that it stays the same where the order was lost and made again.
  package let endToEnd: String
  package let amount: Money
  /// Sealed; nil once it was erased.
  package let payee: String?
  /// Sealed; nil where it is paid by cheque or mandate.
  package let rib: RIB?
  package let preparedAt: Date
  package let preparedBy: AccountID
  package let approvedBy: AccountID?
  /// The file for the bank in which it stands.
  package let file: RecordID<PaymentFile>?
  package let payment: Payment?

  package static func reference(_ id: RecordID<AidOrder>) -> RecordReference {
    RecordReference("aid_order", id)
  }
}

/// An order that is to be prepared.
package struct NewOrder: Sendable, Equatable {
  package let id: RecordID<AidOrder>
  package let payee: String
  package let rib: RIB?
  package let invoice: RecordID<Document>?
  package let visitedOn: Day?

  package init(
    id: RecordID<AidOrder> = RecordID(), payee: String, rib: RIB?, invoice: RecordID<Document>? = nil,
    visitedOn: Day? = nil
  ) {
    self.id = id
    self.payee = payee
    self.rib = rib
    self.invoice = invoice
    self.visitedOn = visitedOn
  }
}

/// What became of money that was paid: an expense, or the reason why there is none.
package struct AidProof: Identifiable, Sendable, Equatable {
  package enum Way: String, Storable, CaseIterable, Sendable {
    case expense
    /// No expense, and nothing is asked back.
    case explained
    /// The person gave it back by herself.
    case returned
    /// It was claimed and came back.
    case recovered

    package var givesBack: Bool { self == .returned || self == .recovered }
  }

  package enum Check: String, Storable, Sendable { case accepted, rejected }

  package let id: RecordID<AidProof>
  package let instalment: RecordID<AidInstalment>
  package let way: Way
  package let amount: Money
  package let on: Day
  /// Of an expense its supplier, else the explanation; sealed. Nil once it was erased.
  package let words: String?
  package let document: RecordID<Document>?
  package let broughtBy: AccountID
  package let check: Check?
  package let checkedBy: AccountID?
  /// Why it was rejected; sealed.
  package let reason: String?

  package static func reference(_ id: RecordID<AidProof>) -> RecordReference {
    RecordReference("aid_proof", id)
  }
}

/// A proof that somebody brings.
package struct NewProof: Sendable, Equatable {
  package let id: RecordID<AidProof>
  package let way: AidProof.Way
  package let amount: Money
  package let on: Day
  package let words: String
  package let document: RecordID<Document>?

  package init(
    id: RecordID<AidProof> = RecordID(), way: AidProof.Way, amount: Money, on: Day, words: String,
    document: RecordID<Document>? = nil
  ) {
    self.id = id
    self.way = way
    self.amount = amount
    self.on = on
    self.words = words
    self.document = document
  }
}
