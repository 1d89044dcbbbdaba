import Antennas
import Basics
import Cases
import Pages

/// The lists of the area and the form that convenes. Values in, markup out.
enum CommitteeTemplates {
  static func home(_ coming: [(session: CommitteeSession, toScore: Int)], on page: Page) -> HTML {
    let lines = coming.map { line -> HTML in
      let mark: HTML =
        line.toScore == 0
        ? .empty
        : " \(page.badge(page(line.toScore, one: "1 file to score", many: "\(line.toScore) files to score"), .info))"
      return """
        <li><a href="\(CommitteePaths.show(line.session.id))">\(page("Committee of \(line.session.day)"))</a>\(mark)</li>
        """
    }
    return page.section(page("Committees"), id: "committees", "<ul class=\"plain\">\(lines)</ul>")
  }

  static func reach(_ session: CommitteeSession, _ territory: Territory, on page: Page) -> String {
    session.antenna.map { territory.name(of: $0, in: page.reader.language) } ?? page("The whole scheme")
  }

  static func state(_ session: CommitteeSession, on page: Page) -> HTML {
    let tone: Page.Tone =
      switch session.state {
      case .convened: .info
      case .closed: .attention
      case .signed: .good
      case .cancelled: .plain
      }
    return page.badge(page(session.state.label), tone)
  }

  private static func mayConvene(_ page: Page) -> Bool {
    page.actor.map(CommitteeRules.convenes) ?? false
  }

  static func list(_ found: SessionsFound, _ territory: Territory, on page: Page) -> HTML {
    let rows = found.sessions.map { session -> [HTML] in
      [
        "<a href=\"\(CommitteePaths.show(session.id))\">\(page.day(session.day))</a>",
        "\(reach(session, territory, on: page))", "\(session.place)", state(session, on: page),
      ]
    }
    let links: HTML =
      mayConvene(page)
      ? "<p><a href=\"\(CommitteePaths.new)\">\(page("Convene a session"))</a> · <a href=\"\(CommitteePaths.waiting(nil))\">\(page("Requests that wait for a session"))</a></p>"
      : .empty
    return page.layout(
      page("Committees"),
      """
      \(page.title(page("Committees"), under: links))
      \(page.table(
        page("Sessions"), columns: [page("Day"), page("Reach"), page("Place"), page("State")], rows: rows,
        empty: page.emptyState(page("No session yet: those in which you sit stand here."))))
      \(page.pager(next: found.next.map { CommitteePaths.list(after: $0) }))
      """)
  }

  static func waiting(_ found: ItemsFound, _ antenna: AntennaCode?, _ territory: Territory, on page: Page)
    -> HTML
  {
    let language = page.reader.language
    let all = [(label: page("All antennas"), path: CommitteePaths.waiting(nil), isCurrent: antenna == nil)]
    let filters =
      all
      + territory.antennas.map {
        (
          label: territory.name(of: $0.id, in: language), path: CommitteePaths.waiting($0.id),
          isCurrent: $0.id == antenna
        )
      }
    let rows = found.items.map { item -> [HTML] in
      [
        "<a href=\"\(CommitteePaths.file(item.file))\">\(page.bdi(found.numbers[item.file] ?? "—"))</a>",
        "\(item.title(for: page.reader))", "\(territory.name(of: item.antenna, in: language))",
        "\(page.reader.money(item.amount))", page.time(item.submittedAt),
      ]
    }
    return page.layout(
      page("Requests that wait for a session"),
      """
      \(page.title(page("Requests that wait for a session"), under: "<p><a href=\"\(CommitteePaths.list)\">\(page("All sessions"))</a></p>"))
      \(page.filters(page("Antenna"), filters))
      \(page.table(
        page("Requests that wait for a session"),
        columns: [page("Case"), page("What is asked"), page("Antenna"), page("Amount"), page("Submitted")],
        rows: rows, empty: page.emptyState(page("Nothing waits for a session."))))
      \(page.pager(next: found.next.map { CommitteePaths.waiting(antenna, after: $0) }))
      """)
  }

  static func new(_ territory: Territory, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let antennas = territory.antennas.map {
      Choice($0.id.rawValue, territory.name(of: $0.id, in: page.reader.language))
    }
    return page.layout(
      page("Convene a session"),
      """
      \(page.title(page("Convene a session"), under: "<p><a href=\"\(CommitteePaths.list)\">\(page("All sessions"))</a></p>"))
      \(page.section(page("Session of the committee"), page.form(CommitteePaths.list, submit: page("Convene it"), errors: errors, """
        \(page.once(typed))
        \(fields.select("antenna", page("Antenna"), options: antennas, hint: page("Empty: the whole scheme.")))
        \(fields.checkbox("hides-identity", page("The members read the files without who they are about")))
        \(terms(fields, on: page))
        """)))
      """)
  }

  static func terms(_ fields: FormFields, on page: Page) -> HTML {
    """
    \(fields.text("day", page("Day"), hint: page("The reference date of what is decided."), kind: .date, required: true))
    \(fields.text("place", page("Place"), required: true))
    \(fields.text("quorum", page("Quorum"), hint: page("Members with a vote who must be there and free of conflict: two at least, since nobody decides alone."), kind: .number, required: true))
    \(fields.text("money", page("Money there is"), hint: page("For the ranking, where no other room knows what is left. Empty: not known."), direction: .ltr))
    \(fields.radios("currency", page("Currency"), options: Money.Currency.allCases.map { Choice($0.rawValue, $0.rawValue) }))
    """
  }
}
