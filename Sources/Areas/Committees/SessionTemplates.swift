import Antennas
import Basics
import Cases
import Pages

/// Everything the page of a session shows.
struct SessionView {
  let opened: OpenedSession
  let names: [AccountID: String]
  let territory: Territory

  var session: CommitteeSession { opened.session }

  func name(_ id: AccountID) -> String { names[id] ?? "—" }
}

/// One session: who sits in it, what is before them, its end. Values in, markup out.
enum SessionTemplates {
  static func show(_ view: SessionView, on page: Page) -> HTML {
    let session = view.session
    let title = page("Committee of \(session.day)")
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p>\(CommitteeTemplates.state(session, on: page)) · <a href=\"\(CommitteePaths.list)\">\(page("All sessions"))</a> · <a href=\"\(CommitteePaths.ranking(session.id))\">\(page("Ranking"))</a></p>"))
      \(page.section(page("Session of the committee"), actions: change(view, on: page), facts(view, on: page)))
      \(agenda(view, on: page))
      \(members(view, on: page))
      \(ending(view, on: page))
      """)
  }

  private static func change(_ view: SessionView, on page: Page) -> HTML {
    view.session.state == .convened && CommitteeRules.convenes(view.opened.reader)
      ? page.button(page("Change"), to: CommitteePaths.act("edit", view.session.id), weight: .quiet) : .empty
  }

  private static func facts(_ view: SessionView, on page: Page) -> HTML {
    let session = view.session
    func signed(_ signature: CommitteeSession.Signature?) -> HTML? {
      signature.map { "\(view.name($0.by)) · \(page.time($0.at))" }
    }
    return page.facts([
      (page("Day of the session, which is the reference date"), page.day(session.day)),
      (page("Reach"), "\(CommitteeTemplates.reach(session, view.territory, on: page))"),
      (page("Place"), "\(session.place)"),
      (
        page("Quorum"),
        "\(page(session.quorum, one: "1 member with a vote, free of conflict", many: "\(session.quorum) members with a vote, free of conflict"))"
      ),
      (
        page("Identity"),
        "\(session.hidesIdentity ? page("The members read the files without who they are about") : page("The members read whose files they are"))"
      ),
      (
        page("Grid for scoring"),
        "\(page.bdi(session.grid)) \(view.opened.grid?.source == nil ? page("(own proposal, every criterion counts the same)") : "")"
      ),
      (page("Money there is"), session.money.map { "\(page.reader.money($0))" }),
      (page("Convened by"), "\(view.name(session.convenedBy))"),
      (page("Closed by the chair"), signed(session.closing)),
      (page("Confirmed by a member"), signed(session.confirmation)),
      (page("Fingerprint of the minutes (SHA-256)"), session.hash.map { page.bdi($0) }),
    ])
  }

  private static func agenda(_ view: SessionView, on page: Page) -> HTML {
    let opened = view.opened
    let columns =
      [page("No."), page("Request")] + (opened.showsIdentity ? [page("Case")] : [])
      + [page("Asked"), page("Scores"), page("State")]
    // Sixty files stand in few states.
    var badges: [OpenedSession.Standing: HTML] = [:]
    var counts: [Int: String] = [:]
    let table = page.table(
      page("Agenda of the session"), columns: columns, of: opened.entries,
      empty: page.emptyState(page("Nothing is on the agenda yet."))
    ) { entry, row in
      let item = entry.item
      let (title, standing) = (item.title(for: page.reader), opened.standing(item))
      row.cell("\(entry.number)")
      row.cell(
        opened.mayRead(item)
          ? "<a href=\"\(CommitteePaths.item(item.id, in: opened.session.id))\">\(title)</a>" : "\(title)")
      if opened.showsIdentity { row.cell(page.bdi(opened.numbers[item.file] ?? "—")) }
      row.cell("\(page.reader.money(item.amount))")
      let scores = opened.countedScores(item)
      let count =
        counts[scores.count] ?? page(scores.count, one: "1 score", many: "\(scores.count) scores")
      counts[scores.count] = count
      let average = opened.mayCompare(item) ? CommitteeRanking.average(scores) : nil
      row.cell(
        average.map {
          "\(page.bdi(CommitteeTexts.score($0, page.reader))) <small class=\"other\">\(count)</small>"
        } ?? "\(count)")
      let badge = badges[standing] ?? state(standing, opened.session, on: page)
      badges[standing] = badge
      row.cell(badge)
    }
    let more: HTML =
      opened.session.state == .convened && CommitteeRules.convenes(opened.reader)
      ? page.button(
        page("Put on the agenda"), to: CommitteePaths.act("agenda", opened.session.id), weight: .quiet)
      : .empty
    return page.section(
      page("Agenda of the session"), id: "agenda", actions: more,
      table
        + (opened.entries.isEmpty
          ? .empty
          : "<p class=\"buttons\"><a href=\"\(CommitteePaths.pack(opened.session.id))\" download>\(page("What the committee reads (PDF)"))</a></p>")
    )
  }

  private static func state(
    _ standing: OpenedSession.Standing, _ session: CommitteeSession, on page: Page
  ) -> HTML {
    switch standing {
    case .decided(let outcome): self.outcome(outcome, on: page)
    case .keptOut: page.badge(page("you keep out of it"), .plain)
    case .prepared: page.badge(page("prepared by you: no vote"), .plain)
    case .toScore: page.badge(page("to be scored by you"), .info)
    case .noQuorum(let counted):
      page.badge(page("no quorum yet: \(counted) of \(session.quorum)"), .plain)
    case .toDecide: page.badge(page("to be decided"), .info)
    }
  }

  static func outcome(_ outcome: Decision.Outcome, on page: Page) -> HTML {
    page.badge(page(outcome.label), outcome.isGrant ? .good : outcome == .postponed ? .info : .plain)
  }

  private static func members(_ view: SessionView, on page: Page) -> HTML {
    let isOpen = view.session.state == .convened
    let links: HTML =
      isOpen && view.opened.isRun
      ? page.button(page("Seats"), to: CommitteePaths.act("members", view.session.id), weight: .quiet)
      : .empty
    return page.section(
      page("Who sits in it"), id: "members", actions: links,
      table(of: view.opened.members, view.names, on: page) + (isOpen ? presence(view, on: page) : .empty))
  }

  static func table(of members: [CommitteeMember], _ names: [AccountID: String], on page: Page) -> HTML {
    let rows = members.map { member -> [HTML] in
      let presence =
        member.sits
        ? page.badge(
          member.isPresent ? page("is there") : page("is not there"), member.isPresent ? .good : .plain)
        : page.badge(page("removed: what she scored and voted does not count"), .attention)
      return ["\(names[member.account] ?? "—")", "\(page(member.role.label))", presence]
    }
    return page.table(
      page("Who sits in it"), columns: [page("Name"), page("Role"), page("Presence")], rows: rows,
      empty: page.emptyState(page("Nobody has a seat yet.")))
  }

  private static func presence(_ view: SessionView, on page: Page) -> HTML {
    let sitting = view.opened.members.filter(\.sits)
    guard view.opened.isRun, !sitting.isEmpty, view.session.day <= page.today else { return .empty }
    let there = Typed(["present": sitting.filter(\.isPresent).map(\.account.text)])
    return page.form(
      CommitteePaths.act("presence", view.session.id), submit: page("Record who is there"),
      weight: .secondary,
      FormFields(page, typed: there).checkboxes(
        "present", page("Who is there"),
        options: sitting.map { Choice($0.account.text, view.name($0.account)) }
      ))
  }

  private static func ending(_ view: SessionView, on page: Page) -> HTML {
    let (session, opened) = (view.session, view.opened)
    func act(_ name: String, _ label: String, _ weight: Page.Weight = .primary) -> HTML {
      page.form(CommitteePaths.act(name, session.id), submit: label, weight: weight)
    }
    switch session.state {
    case .cancelled: return .empty
    case .convened:
      let how = page(
        "The chair closes the session once everything on the agenda is decided; a member confirms the minutes."
      )
      let close: HTML =
        "<p>\(how)</p>" + (opened.isChair ? act("closing", page("Close the session")) : .empty)
      let cancel: HTML =
        CommitteeRules.convenes(opened.reader) && opened.decisions.isEmpty
        ? page.disclosure(
          page("Cancel the session"),
          "<p>\(page("What is on its agenda waits for another session."))</p>"
            + act("cancelling", page("Cancel it"), .secondary)) : .empty
      return page.section(page("Minutes of the session"), id: "minutes", close + cancel)
    case .closed, .signed:
      let mayConfirm =
        session.state == .closed && opened.isVoter && opened.seat?.isPresent == true
        && session.closing?.by != opened.reader.id
      let confirm: HTML =
        mayConfirm
        ? "<p>\(page("By this you confirm that the minutes say what was decided."))</p>"
          + act("confirmation", page("Confirm the minutes")) : .empty
      return page.section(page("Minutes of the session"), id: "minutes", confirm + papers(session, on: page))
    }
  }

  private static func papers(_ session: CommitteeSession, on page: Page) -> HTML {
    """
    <p class="buttons"><a href="\(CommitteePaths.minutes(session.id, .french))" download>\(page("Minutes in French (PDF)"))</a> \
    <a href="\(CommitteePaths.minutes(session.id, .arabic))" download>\(page("Minutes in Arabic (PDF)"))</a></p>
    """
  }
}
