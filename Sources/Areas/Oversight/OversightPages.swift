import Accounts
import Antennas
import Basics
import Hummingbird
import Pages
import Storage
import Web

/// The page of the area: the journal.
package struct OversightPages: Area {
  let oversight: Oversight
  let accounts: Accounts
  let antennas: Antennas
  /// The words for an act, from the area that tells of it.
  let words: @Sendable (_ act: String) -> Phrase?

  package init(
    _ oversight: Oversight, accounts: Accounts, antennas: Antennas,
    words: @escaping @Sendable (_ act: String) -> Phrase?
  ) {
    self.oversight = oversight
    self.accounts = accounts
    self.antennas = antennas
    self.words = words
  }

  package var migrations: [Migration] { [] }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Journal"), path: OversightPaths.journal, icon: .history, in: .house, duty: .readJournal)
    ]
  }

  package func addRoutes(to routes: Routes) {
    routes.get("/oversight", use: show)
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let found = try await oversight.page(after: JournalCursor(request.query("after")), for: context.actor)
    let names = try await accounts.names(of: found.entries.map(\.actor))
    return OversightTemplates.journal(
      found, names, try await antennas.territory(), words: { words($0) ?? OversightWords.phrase($0) },
      on: try context.page)
  }
}

/// Links into the area.
package enum OversightPaths {
  package static let journal = "/oversight"
  static func journal(after cursor: JournalCursor) -> String { "/oversight?after=\(cursor.text)" }
}
