import Accounts
import Basics
import Foundation
import People
import Storage

/// With whom data were shared, as far as the journal knows and the areas that send something: shown when a consent is
/// withdrawn.
extension Rights {
  /// So many pages of the journal are read back: what was older is said to be.
  private static let mostPages = 40

  /// The person for whom a form of consent is made; the journal tells that it was.
  package func consentForm(of id: PersonID, for actor: Actor) async throws -> Person {
    if !actor.may(.answerRights) { try actor.must(.recordConsent) }
    let now = now()
    return try await database.write { db in
      let person = try people.read(id, for: actor, in: db).person
      try Journal.append(
        "rights.consent-form", on: Person.reference(person.id), of: people.subject(person.id, in: db),
        by: actor,
        at: now, in: db)
      return person
    }
  }

  package func sharing(of id: PersonID, for purpose: Consent.Purpose, _ actor: Actor) async throws -> Sharing
  {
    if !actor.may(.answerRights) { try actor.must(.recordConsent) }
    return try await database.read { db in
      let opened = try people.read(id, for: actor, in: db)
      let subjects = try people.subjects(of: opened.person.id, in: db)
      var sharing = Sharing(person: opened.person, purpose: purpose)
      sharing.shared = try shared(opened, subjects, in: db).concerning(purpose)
      guard purpose.isRead else { return sharing }
      var cursor: JournalCursor?
      for page in 1...Self.mostPages {
        let found = try history(of: subjects, only: RightsRules.sharingActs, after: cursor, in: db)
        sharing.add(found)
        cursor = found.next
        if cursor == nil { break }
        sharing.isCut = page == Self.mostPages
      }
      return sharing
    }
  }
}

/// With whom a person's data were shared under one purpose.
package struct Sharing: Sendable {
  /// An institution whose staff read of her.
  package struct Reader: Sendable {
    package var times: Int
    /// The last time.
    package let last: Date
  }

  package let person: Person
  package let purpose: Consent.Purpose
  package var readers: [InstitutionCode: Reader] = [:]
  /// Papers and copies made, documents handed out and cases given to another antenna, the newest first.
  package var given: [JournalEntry] = []
  package var posts: [AccountID: Post] = [:]
  /// What was sent out.
  package var shared = SharedOut()
  /// More was done before.
  package var isCut = false

  package var isEmpty: Bool { readers.isEmpty && given.isEmpty && shared.entries.isEmpty }

  mutating func add(_ page: SeenPage) {
    posts.merge(page.posts) { $1 }
    for entry in page.entries {
      guard let post = page.posts[entry.actor], !post.isOutside, case let institution = post.institution,
        purpose.institution.map({ $0 == institution }) ?? true
      else { continue }
      if RightsRules.takingActs.contains(entry.act) { given.append(entry) }
      // The newest comes first.
      readers[institution, default: Reader(times: 0, last: entry.at)].times += 1
    }
  }
}

extension Consent.Purpose {
  /// To whom data go under it; nil where to nobody in particular.
  var institution: InstitutionCode? {
    switch self {
    case .shareSocial: InstitutionCode(rawValue: "PS")
    case .shareEmployment: InstitutionCode(rawValue: "ANETI")
    case .shareOffice: InstitutionCode(rawValue: "OFII")
    default: nil
    }
  }

  /// Whether the staff of institutions read the file under it.
  var isRead: Bool {
    switch self {
    case .accompaniment, .shareSocial, .shareEmployment, .shareOffice: true
    case .sms, .email, .research: false
    }
  }

  /// What is read to the person before she agrees: short sentences. The scheme's own text stands above them.
  var explanation: Phrase {
    switch self {
    case .accompaniment:
      say("The service keeps a file about you. It is needed to accompany you. Without it we cannot help you.")
    case .shareSocial:
      say("Promotion sociale may read your file. It needs this to help you with social questions.")
    case .shareEmployment:
      say("ANETI may read your file. It needs this to help you find work or training.")
    case .shareOffice: say("OFII may be told of your file. It needs this when you ask OFII for help.")
    case .sms: say("We may send you short messages. They never say why you came to us.")
    case .email: say("We may send you e-mails. They never say why you came to us.")
    case .research: say("Researchers may use your answers. They never learn your name.")
    }
  }
}
