import Accounts
import Antennas
import Basics
import Cases
import Pages

/// Everything the page of a session shows.
struct SessionView {
  let opened: OpenedSession
  let waiting: ItemsFound?
  /// Who may be given a seat.
  let sitting: [Account]
  let names: [AccountID: String]
  let territory: Territory
  let typed: Typed
  let errors: [FieldError]

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
      \(page.section(page("Session of the committee"), facts(view, on: page)))
      \(agenda(view, on: page))
      \(listing(view, on: page))
      \(members(view, on: page))
      \(ending(view, on: page))
      """)
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
    return page.section(
      page("Agenda of the session"), id: "agenda",
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

  /// What waits, to be put on the agenda.
  private static func listing(_ view: SessionView, on page: Page) -> HTML {
    guard let waiting = view.waiting else { return .empty }
    let fields = FormFields(page, typed: view.typed, errors: view.errors)
    let choices = waiting.items.map { item in
      Choice(
        item.id.text,
        "\(waiting.numbers[item.file] ?? "—") · \(item.title(for: page.reader)) · \(page.reader.money(item.amount))"
      )
    }
    let more: HTML =
      waiting.next == nil
      ? .empty
      : "<p class=\"hint\">\(page("The \(CommitteeItemStore.offered) that wait longest stand here; the next follow once these are listed."))</p>"
    return page.section(
      page("Requests that wait for a session"), id: "waiting",
      choices.isEmpty
        ? page.emptyState(page("Nothing waits for a session."))
        : page.form(
          CommitteePaths.act("agenda", view.session.id), submit: page("Put on the agenda"),
          errors: view.errors.filter { $0.field == "item" }, weight: .secondary,
          fields.checkboxes("item", page("To be put on the agenda"), options: choices) + more))
  }

  private static func members(_ view: SessionView, on page: Page) -> HTML {
    let opened = view.opened
    let rows = opened.members.map { member -> [HTML] in
      let presence =
        member.sits
        ? page.badge(
          member.isPresent ? page("is there") : page("is not there"), member.isPresent ? .good : .plain)
        : page.badge(page("removed: what she scored and voted does not count"), .attention)
      return ["\(view.name(member.account))", "\(page(member.role.label))", presence]
    }
    let isOpen = view.session.state == .convened
    return page.section(
      page("Who sits in it"), id: "members",
      page.table(
        page("Who sits in it"), columns: [page("Name"), page("Role"), page("Presence")], rows: rows,
        empty: page.emptyState(page("Nobody has a seat yet.")))
        + (isOpen ? seating(view, on: page) + presence(view, on: page) : .empty))
  }

  private static func seating(_ view: SessionView, on page: Page) -> HTML {
    guard CommitteeRules.convenes(view.opened.reader) else { return .empty }
    let fields = FormFields(page, typed: view.typed, errors: view.errors)
    let errors = view.errors.filter { $0.field == "account" || $0.field == "role" }
    let persons = view.sitting.map { Choice($0.id.text, $0.name) }
    return page.disclosure(
      page("Give a seat, or another role"), isOpen: !errors.isEmpty || view.opened.members.isEmpty,
      page.form(
        CommitteePaths.act("members", view.session.id), submit: page("Give the seat"), errors: errors,
        weight: .secondary,
        fields.select("account", page("Name"), options: persons, required: true)
          + fields.radios(
            "role", page("Role"),
            options: CommitteeSession.Role.allCases.map { Choice($0.rawValue, page($0.label)) },
            required: true)))
  }

  private static func presence(_ view: SessionView, on page: Page) -> HTML {
    let opened = view.opened
    let sitting = opened.members.filter(\.sits)
    guard opened.isRun, !sitting.isEmpty else { return .empty }
    let choices = sitting.map { Choice($0.account.text, view.name($0.account)) }
    let there = Typed(["present": sitting.filter(\.isPresent).map(\.account.text)])
    let errors = view.errors.filter { $0.field == "removed" }
    let present: HTML =
      view.session.day <= page.today
      ? page.form(
        CommitteePaths.act("presence", view.session.id), submit: page("Record who is there"),
        weight: .secondary,
        FormFields(page, typed: there).checkboxes("present", page("Who is there"), options: choices))
      : .empty
    return present
      + page.disclosure(
        page("Remove a member"), isOpen: !errors.isEmpty,
        page.form(
          CommitteePaths.act("removal", view.session.id), submit: page("Remove her"), errors: errors,
          weight: .secondary,
          FormFields(page, typed: view.typed, errors: errors).select(
            "removed", page("Name"), options: choices,
            hint: page(
              "What she scored and voted stays recorded and does not count; the quorum is counted anew."),
            required: true)))
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
