import Basics
import People
import Storage

/// How a case ended, for the area that asks how long it is kept.
package struct CaseEndpoint: Sendable {
  package let id: RecordID<CaseFile>
  /// Nil while it is open.
  package let closedOn: Day?
  /// At least one action of its plan was carried out.
  package let hadHelp: Bool
}

extension Cases {
  /// The cases of these files, for an area that takes away what it keeps in them.
  package static func ids(of files: [PersonID], in db: Connection) throws -> [RecordID<CaseFile>] {
    try CaseErasureStore.ids(of: files, in: db)
  }

  /// How the cases of these files ended; those that are open too.
  package func endings(of files: [PersonID], in db: Connection) throws -> [CaseEndpoint] {
    try CaseErasureStore.endings(of: files, in: db)
  }
}
