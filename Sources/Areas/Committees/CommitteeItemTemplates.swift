import Antennas
import Basics
import Cases
import Pages

/// Everything the page of an item in a session shows.
struct ItemView {
  let item: OpenedItem
  let names: [AccountID: String]
  let territory: Territory
  let typed: Typed
  let errors: [FieldError]

  var opened: OpenedSession { item.opened }
  var session: RecordID<CommitteeSession> { item.opened.session.id }
  func name(_ id: AccountID) -> String { names[id] ?? "—" }
}

/// One item as the committee reads, scores, votes and decides it. Values in, markup out.
enum CommitteeItemTemplates {
  static func show(_ view: ItemView, on page: Page) -> HTML {
    let entry = view.item.entry
    let title = "\(entry.number). \(entry.item.title(for: page.reader))"
    let back = page("Committee of \(view.opened.session.day)")
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(CommitteePaths.show(view.session))\">\(back)</a></p>"))
      \(file(view, on: page))
      \(earlier(view, on: page))
      \(decided(view, on: page))
      \(scoring(view, on: page))
      \(scores(view, on: page))
      \(votes(view, on: page))
      \(deciding(view, on: page))
      \(conflict(view, on: page))
      \(off(view, on: page))
      """)
  }

  private static func file(_ view: ItemView, on page: Page) -> HTML {
    let (opened, item) = (view.opened, view.item.item)
    let number = opened.numbers[item.file] ?? "—"
    let identity: HTML? =
      opened.showsIdentity
      ? view.item.file.map { "<a href=\"\(CasePaths.show($0.id))\">\(page.bdi($0.number))</a>" }
        ?? page.bdi(number) : nil
    return page.section(
      page("What the committee reads"), id: "file",
      page.facts([
        (page("Case"), identity), (page("Track"), "\(page(item.track.label))"),
        (page("Asked"), "\(page.reader.money(item.amount))"),
        (
          page("Antenna"),
          opened.showsIdentity
            ? "\(view.territory.name(of: item.antenna, in: page.reader.language))" : nil
        ), (page("Prepared by"), opened.showsIdentity ? "\(view.name(item.preparedBy))" : nil),
      ]) + page.prose(view.item.summary ?? page("It was erased with the person.")))
  }

  private static func earlier(_ view: ItemView, on page: Page) -> HTML {
    let lines = view.item.earlier.map { decision -> HTML in
      """
      <p>\(page.day(decision.day)) · \(SessionTemplates.outcome(decision.outcome, on: page))\
      \(decision.words.reason.map { " · \(page($0.label))" as HTML })</p>\(words(decision, on: page))
      """
    }
    let appeal: HTML =
      view.item.appeal.map { appeal in
        "<h3>\(page("Appeal of \(appeal.receivedOn)"))</h3>"
          + page.prose(appeal.words ?? page("It was erased with the person."))
      } ?? .empty
    guard !lines.isEmpty || !appeal.isEmpty else { return .empty }
    return page.section(page("What was decided before"), id: "earlier", "\(lines)\(appeal)")
  }

  static func words(_ decision: Decision, on page: Page) -> HTML {
    "\([decision.words.conditions, decision.words.text].compactMap(\.self).map { page.prose($0) })"
  }

  private static func decided(_ view: ItemView, on page: Page) -> HTML {
    guard let decision = view.item.decision else { return .empty }
    let counted = page(
      "\(decision.agreed) for the decision, of \(decision.counted) members there and free of conflict")
    return page.section(
      page("Decision"), id: "decided",
      page.facts([
        (page("Decision"), SessionTemplates.outcome(decision.outcome, on: page)),
        (page("Granted"), decision.amount.map { "\(page.reader.money($0))" }),
        (page("Reason"), decision.words.reason.map { "\(page($0.label))" }),
        (page("Votes that count"), "\(counted)"),
        (page("Recorded"), page.time(decision.decidedAt)),
      ]) + words(decision, on: page))
  }

  private static func scoring(_ view: ItemView, on page: Page) -> HTML {
    let (opened, item) = (view.opened, view.item.item)
    guard opened.awaitsScore(item) else { return .empty }
    guard let grid = opened.grid else {
      return page.alert(.attention, "<p>\(page("The grid of this session is not loaded."))</p>")
    }
    let fields = FormFields(page, typed: view.typed, errors: view.errors)
    let criteria = grid.criteria(for: item.track).map { criterion in
      fields.text(
        "points-\(criterion.code)", criterion.name[page.reader.language] ?? criterion.code,
        hint: page("from 0 to \(criterion.most)"), kind: .number, required: true)
    }
    return page.section(
      page("Your score"), id: "score",
      "<p>\(page("You see what others gave once you have given yours; it does not change afterwards."))</p>"
        + page.form(
          CommitteePaths.act("score", on: item.id, in: view.session), submit: page("Give these points"),
          errors: errors(view) { $0.hasPrefix("points-") }, "\(criteria)"))
  }

  private static func errors(_ view: ItemView, _ isOwn: (String) -> Bool) -> [FieldError] {
    view.errors.filter { isOwn($0.field) }
  }

  private static func scores(_ view: ItemView, on page: Page) -> HTML {
    let (opened, item) = (view.opened, view.item.item)
    let given = opened.scores[item.id, default: [:]].sorted { $0.key < $1.key }
    guard opened.mayCompare(item), !given.isEmpty else { return .empty }
    let criteria = opened.grid?.criteria(for: item.track) ?? []
    let counting = opened.scorers(item)
    let columns =
      [page("Name")] + criteria.map { $0.name[page.reader.language] ?? $0.code } + [page("Total")]
    let rows = given.map { account, score -> [HTML] in
      let mark: HTML =
        counting.contains(account) ? .empty : " \(page.badge(page("does not count"), .plain))"
      return ["\(view.name(account))\(mark)"]
        + criteria.map { "\(score.points.values[$0.code].map(String.init) ?? "—")" }
        + ["\(page.bdi("\(score.total) / \(score.most)"))"]
    }
    return page.section(
      page("Scores"), id: "scores",
      page.table(page("Scores"), columns: columns, rows: rows, empty: .empty))
  }

  private static func votes(_ view: ItemView, on page: Page) -> HTML {
    let (opened, item) = (view.opened, view.item.item)
    guard !opened.awaitsScore(item) else { return .empty }
    let given = opened.votes[item.id, default: [:]].sorted { $0.key < $1.key }
    let counted = opened.counted(item)
    let rows = given.map { account, outcome -> [HTML] in
      let mark: HTML =
        counted.contains(account) ? .empty : " \(page.badge(page("does not count"), .plain))"
      return ["\(view.name(account))\(mark)", "\(page(outcome.label))"]
    }
    let quorum = page(
      "Members there, with a vote and free of conflict: \(counted.count); needed: \(opened.session.quorum).")
    return page.section(
      page("Votes"), id: "votes",
      "<p>\(quorum)</p>"
        + page.table(
          page("Votes"), columns: [page("Name"), page("Vote")], rows: rows,
          empty: page.emptyState(page("Nobody has voted yet."))) + voting(view, on: page))
  }

  private static func voting(_ view: ItemView, on page: Page) -> HTML {
    let (opened, item) = (view.opened, view.item.item)
    guard opened.counted(item).contains(opened.reader.id), opened.decisions[item.id] == nil,
      opened.session.state == .convened, opened.session.day <= page.today
    else { return .empty }
    var typed = view.typed
    if typed["vote"].isEmpty { typed["vote"] = opened.votes[item.id]?[opened.reader.id]?.rawValue ?? "" }
    return page.form(
      CommitteePaths.act("vote", on: item.id, in: view.session), submit: page("Vote"),
      errors: errors(view) { $0 == "vote" },
      FormFields(page, typed: typed, errors: view.errors).radios(
        "vote", page("Your vote"), options: outcomes(on: page), required: true))
  }

  private static func outcomes(on page: Page) -> [Choice] {
    Decision.Outcome.allCases.map { Choice($0.rawValue, page($0.label)) }
  }

  private static func deciding(_ view: ItemView, on page: Page) -> HTML {
    let (opened, item) = (view.opened, view.item.item)
    guard opened.isRun, opened.decisions[item.id] == nil, opened.session.state == .convened,
      opened.session.day <= page.today, !opened.keepsOut(opened.reader.id, of: item)
    else { return .empty }
    let fields = FormFields(page, typed: view.typed, errors: view.errors)
    let own = errors(view) { ["outcome", "amount", "conditions", "reason", "text"].contains($0) }
    let reasons = Decision.Reason.allCases.map { Choice($0.rawValue, page($0.label)) }
    return page.section(
      page("Record the decision"), id: "decision",
      "<p>\(page("It stands on the votes: a quorum, two at least who agree, more than half of the votes cast."))</p>"
        + page.form(
          CommitteePaths.act("decision", on: item.id, in: view.session), submit: page("Record the decision"),
          errors: own,
          """
          \(fields.radios("outcome", page("Decision"), options: outcomes(on: page), required: true))
          \(fields.text("amount", page("Amount granted"), hint: page("With conditions it may be less than what was asked. Empty: what was asked."), direction: .ltr))
          \(fields.paragraph("conditions", page("Conditions"), hint: page("The person reads them.")))
          \(fields.select("reason", page("Reason"), options: reasons, hint: page("For what is refused or postponed.")))
          \(fields.paragraph("text", page("Reason as the person reads it"), hint: page("For what is refused or postponed.")))
          """))
  }

  private static func conflict(_ view: ItemView, on page: Page) -> HTML {
    let (opened, item) = (view.opened, view.item.item)
    guard opened.isVoter, opened.session.state == .convened, opened.decisions[item.id] == nil,
      item.preparedBy != opened.reader.id
    else { return .empty }
    let own = errors(view) { $0 == "kind" }
    return page.disclosure(
      page("I keep out of it"), isOpen: !own.isEmpty, id: "conflict",
      page.form(
        CommitteePaths.act("conflict", on: item.id, in: view.session), submit: page("I keep out of it"),
        errors: own, weight: .secondary,
        FormFields(page, typed: view.typed, errors: own).radios(
          "kind", page("Why you keep out of it"),
          options: ConflictKind.allCases.map { Choice($0.rawValue, page($0.label)) },
          hint: page("You neither read it nor score it nor vote on it any more."), required: true)))
  }

  private static func off(_ view: ItemView, on page: Page) -> HTML {
    let (opened, item) = (view.opened, view.item.item)
    guard CommitteeRules.convenes(opened.reader), opened.session.state == .convened,
      opened.decisions[item.id] == nil
    else { return .empty }
    return page.form(
      CommitteePaths.act("off", on: item.id, in: view.session), submit: page("Take it off the agenda"),
      weight: .quiet)
  }
}
