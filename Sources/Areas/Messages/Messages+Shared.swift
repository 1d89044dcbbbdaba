import Basics
import Cases
import People
import Storage

extension Messages {
  /// The messages that went to a person herself about her cases, or may have, with the address they went to.
  package func gone(to subject: Subject, in db: Connection) throws -> [(message: Message, address: String)] {
    try Cases.ids(of: [subject.id], in: db).flatMap { try MessageStore.gone(aboutPersonOf: $0, in: db) }.map {
      ($0, try MessageStore.words(of: $0.id, key: subject.key, in: db).text.address)
    }
  }
}
