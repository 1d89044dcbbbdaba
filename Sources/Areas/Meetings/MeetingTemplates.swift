import Accounts
import Antennas
import Basics
import Cases
import Pages
import Tasks

/// Everything the page of minutes shows.
struct MeetingView {
  let shown: MeetingShown
  /// Who may be named as present; nobody where the reader does not write.
  let people: [Account]
  let names: [AccountID: String]
  let territory: Territory
  let receivers: [Choice]
  let head: (typed: Typed, errors: [FieldError])
  let item: (typed: Typed, errors: [FieldError])

  /// What the form of the head shows before anyone has typed.
  static func typed(_ meeting: Meeting) -> Typed {
    Typed([
      "day": [meeting.day.description], "present": meeting.present.map(\.text),
      "guests": [meeting.guests ?? ""], "version": [String(meeting.version)],
    ])
  }
}

extension MeetingView {
  /// What the form of an item shows before anyone has typed.
  static func typed(_ item: MeetingItem, _ number: String?) -> Typed {
    Typed([
      "words": [item.words ?? ""], "case-number": [number ?? ""],
      "decision": [item.decision?.words ?? ""], "to": [item.decision?.to.code ?? ""],
      "due": [item.decision?.due.description ?? ""], "version": [String(item.version)],
    ])
  }
}

/// Minutes of meetings. Values in, markup out.
enum MeetingTemplates {
  private static func antennas(
    _ territory: Territory, at antenna: AntennaCode?, on page: Page, _ path: (AntennaCode?) -> String
  )
    -> HTML
  {
    guard page.actor?.scope == .nation else { return .empty }
    let all = [(label: page("All of them"), path: path(nil), isCurrent: antenna == nil)]
    return page.filters(
      page("Antenna"),
      all
        + territory.antennas.map {
          (
            label: territory.name(of: $0.id, in: page.reader.language), path: path($0.id),
            isCurrent: $0.id == antenna
          )
        })
  }

  static func list(_ found: MeetingsFound, at antenna: AntennaCode?, _ territory: Territory, on page: Page)
    -> HTML
  {
    let rows = found.meetings.map { meeting -> [HTML] in
      [
        "<a href=\"\(MeetingPaths.show(meeting.id))\">\(page.reader.date(meeting.day))</a>",
        "\(MeetingWords.place(meeting.antenna, territory, page.reader))", state(meeting, on: page),
      ]
    }
    let action =
      page.may(.keepMeetings)
      ? page.button(page("Write minutes"), to: MeetingPaths.new, icon: .plus) : HTML.empty
    return page.layout(
      page("Meetings"),
      """
      \(page.title(page("Meetings"), under: "<p><a href=\"\(MeetingPaths.decisions)\">\(page("Decisions and what became of them"))</a></p>", actions: action))
      \(antennas(territory, at: antenna, on: page) { MeetingPaths.list(at: $0) })
      \(page.table(
        page("Meetings"), columns: [page("Day of the meeting"), page("Place of the meeting"), page("State")], rows: rows,
        empty: page.emptyState(page("No minutes are here."))))
      \(page.pager(next: found.next.map { MeetingPaths.list(at: antenna, after: $0) }))
      """)
  }

  private static func state(_ meeting: Meeting, on page: Page) -> HTML {
    meeting.closed.map { page.badge(page("closed on \(page.reader.date(Day(of: $0.at)))"), .good) }
      ?? page.badge(page("draft"), .info)
  }

  static func decisions(
    _ found: DecisionsFound, isOpen: Bool, at antenna: AntennaCode?, _ names: [AccountID: String],
    _ territory: Territory, on page: Page
  ) -> HTML {
    let filters = [(page("Decisions that are open"), true), (page("Decisions done or refused"), false)].map {
      (label: $0.0, path: MeetingPaths.decisions(isOpen: $0.1, at: antenna), isCurrent: $0.1 == isOpen)
    }
    let rows = found.items.compactMap { item -> [HTML]? in
      guard let decision = item.decision else { return nil }
      let place = found.meetings[item.meeting]
      return [
        words(decision.words, item, on: page), file(item, found.numbers, on: page),
        "\(MeetingWords.name(of: decision.to, names, territory, page.reader))", state(decision, on: page),
        place.map { place in
          "<a href=\"\(MeetingPaths.show(item.meeting))\">\(page.reader.date(place.day))</a> \(MeetingWords.place(place.antenna, territory, page.reader))"
        } ?? "—",
      ]
    }
    return page.layout(
      page("Decisions of meetings"),
      """
      \(page.title(page("Decisions of meetings"), under: back(on: page)))
      \(antennas(territory, at: antenna, on: page) { MeetingPaths.decisions(isOpen: isOpen, at: $0) })
      \(page.filters(page("Which decisions"), filters))
      \(page.table(
        page("Decisions of meetings"),
        columns: [page("Decision"), page("Case"), page("For whom"), page("State"), page("Meeting")], rows: rows,
        empty: page.emptyState(page("No decision is here."))))
      \(page.pager(next: found.next.map { MeetingPaths.decisions(isOpen: isOpen, at: antenna, after: $0) }))
      """)
  }

  private static func back(on page: Page) -> HTML {
    "<p><a href=\"\(MeetingPaths.list)\">\(page("All meetings"))</a></p>"
  }

  private static func words(_ words: String?, _ item: MeetingItem, on page: Page) -> HTML {
    words.map { page.prose($0) } ?? "<p class=\"faint\">\(page("About a case that you do not see."))</p>"
  }

  private static func file(_ item: MeetingItem, _ numbers: [RecordID<CaseFile>: String], on page: Page)
    -> HTML
  {
    guard let file = item.file, let number = numbers[file] else { return "—" }
    return "<a href=\"\(CasePaths.show(file))\">\(page.bdi(number))</a>"
  }

  private static func state(_ decision: MeetingItem.Decision, on page: Page) -> HTML {
    let text = MeetingWords.state(decision, on: page.today, page.reader)
    if let ended = decision.ended { return page.badge(text, ended.isDone ? .good : .attention) }
    return decision.givenAt != nil && decision.isLate(on: page.today)
      ? page.badge(text, .attention, icon: .late) : page.badge(text, .info)
  }

  static func new(_ people: [Account], _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    page.layout(
      page("Write minutes"),
      """
      \(page.title(page("Write minutes"), under: back(on: page)))
      \(page.section(page("The meeting"), page.form(MeetingPaths.list, submit: page("Begin the minutes"), errors: errors, page.once(typed) + head(people, typed, errors, on: page))))
      """)
  }

  private static func head(_ people: [Account], _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML
  {
    let fields = FormFields(page, typed: typed, errors: errors)
    return """
      \(fields.text("day", page("Day of the meeting"), kind: .date, required: true))
      \(fields.checkboxes("present", page("Who was there"), options: people.map { Choice($0.id.text, $0.name) }))
      \(fields.paragraph("guests", page("Others who were there"), hint: page("People of other services, by name and office."), rows: 2))
      """
  }

  static func show(_ view: MeetingView, on page: Page) -> HTML {
    let (shown, meeting) = (view.shown, view.shown.meeting)
    let place = MeetingWords.place(meeting.antenna, view.territory, page.reader)
    let title = page("Minutes: \(place), \(page.reader.date(meeting.day))")
    let papers: [HTML] = [Language.french, .arabic].map { language in
      page.button(
        page("Minutes as PDF: \(language.ownName)"), to: MeetingPaths.paper(meeting.id, language),
        icon: .paper,
        weight: .secondary, isFile: true)
    }
    let present = meeting.present.map { view.names[$0] ?? "—" }.joined(separator: "\(page.reader.comma) ")
    let facts: [(label: String, value: HTML?)] = [
      (page("State"), state(meeting, on: page)),
      (page("Who was there"), present.isEmpty ? nil : "\(present)"),
      (page("Others who were there"), meeting.guests.map { page.prose($0) }),
      (page("Minutes written by"), "\(view.names[meeting.begunBy] ?? "—")"),
      (page("Minutes closed by"), meeting.closed.map { "\(view.names[$0.by] ?? "—")" }),
    ]
    return page.layout(
      title,
      """
      \(page.title(title, under: back(on: page), actions: "\(papers)"))
      \(page.section(page("The meeting"), id: "meeting", page.facts(facts) + editing(view, on: page)))
      \(earlier(view, on: page))
      \(page.section(page("What was spoken of"), id: "items", items(view, shown.items.filter { !$0.isAddendum }, on: page)))
      \(addenda(view, on: page))
      \(adding(view, on: page))
      \(closing(view, on: page))
      """)
  }

  private static func editing(_ view: MeetingView, on page: Page) -> HTML {
    guard view.shown.mayWrite, view.shown.meeting.closed == nil else { return .empty }
    let (typed, errors) = view.head
    return page.disclosure(
      page("Change day or presence"), isOpen: !errors.isEmpty, id: "head",
      page.form(
        MeetingPaths.head(view.shown.meeting.id), submit: page("Save"), errors: errors, weight: .secondary,
        page.hidden("version", typed["version"]) + head(view.people, typed, errors, on: page)))
  }

  /// A draft begins with what earlier meetings decided and nobody has ended.
  private static func earlier(_ view: MeetingView, on page: Page) -> HTML {
    guard view.shown.meeting.closed == nil else { return .empty }
    let rows = view.shown.earlier.compactMap { item -> [HTML]? in
      guard let decision = item.decision else { return nil }
      return [
        words(decision.words, item, on: page), file(item, view.shown.numbers, on: page),
        "\(MeetingWords.name(of: decision.to, view.names, view.territory, page.reader))",
        state(decision, on: page),
      ]
    }
    return page.section(
      page("Open decisions of earlier meetings"), id: "earlier",
      page.table(
        page("Open decisions of earlier meetings"),
        columns: [page("Decision"), page("Case"), page("For whom"), page("State")], rows: rows,
        empty: page.emptyState(page("No decision is open."))))
  }

  private static func items(_ view: MeetingView, _ items: [MeetingItem], on page: Page) -> HTML {
    let isDraft = view.shown.meeting.closed == nil
    let parts = items.map { item -> HTML in
      let decision = item.decision.map { decision -> HTML in
        page.facts([
          (page("Decision"), words(decision.words, item, on: page)),
          (
            page("For whom"),
            "\(MeetingWords.name(of: decision.to, view.names, view.territory, page.reader))"
          ), (page("State"), state(decision, on: page)),
        ])
      }
      let number = view.shown.numbers.isEmpty ? "—" : file(item, view.shown.numbers, on: page)
      let about: HTML = item.file == nil || item.words == nil ? .empty : "<p>\(page("Case")) \(number)</p>"
      let removal: HTML =
        isDraft && view.shown.mayWrite
        ? "\(item.words == nil ? .empty : page.button(page("Write it again"), to: MeetingPaths.item(item), weight: .secondary))\(page.form(MeetingPaths.removal(item), submit: page("Take it out"), weight: .quiet))"
        : .empty
      let when: HTML = item.isAddendum ? "<p class=\"faint\">\(page.time(item.at))</p>" : .empty
      return "<li>\(when)\(about)\(words(item.words, item, on: page))\(decision ?? .empty)\(removal)</li>"
    }
    return parts.isEmpty
      ? page.emptyState(page("Nothing is written yet.")) : "<ol class=\"minutes\">\(parts)</ol>"
  }

  private static func addenda(_ view: MeetingView, on page: Page) -> HTML {
    let added = view.shown.items.filter(\.isAddendum)
    return added.isEmpty
      ? .empty : page.section(page("Added later"), id: "addenda", items(view, added, on: page))
  }

  private static func adding(_ view: MeetingView, on page: Page) -> HTML {
    guard view.shown.mayWrite else { return .empty }
    let (typed, errors) = view.item
    let isDraft = view.shown.meeting.closed == nil
    let form = page.form(
      MeetingPaths.items(view.shown.meeting.id), submit: page("Add it"), errors: errors,
      """
      \(page.once(typed))
      \(Self.fields(view.receivers, typed, errors, isDraft: isDraft, on: page))
      """)
    return isDraft
      ? page.section(page("Add an item"), id: "adding", form)
      : page.section(
        page("Add to the minutes"), id: "adding",
        page.disclosure(page("Something is missing or wrong"), icon: .plus, isOpen: !errors.isEmpty, form))
  }

  private static func fields(
    _ receivers: [Choice], _ typed: Typed, _ errors: [FieldError], isDraft: Bool, on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    return """
      \(fields.paragraph("words", page("What was spoken of"), hint: page("Without the name of a person: a case is named by its number below."), required: true))
      \(fields.text("case-number", page("Number of the case"), hint: page("Leave it empty for what is about no case."), direction: .ltr, limit: 30))
      \(fields.group(page("What was decided"), """
        \(fields.paragraph("decision", page("Decision"), hint: isDraft ? page("It becomes a task when the minutes are closed.") : page("It becomes a task at once."), rows: 2))
        \(fields.select("to", page("For whom"), options: receivers))
        \(fields.text("due", page("Due"), kind: .date))
        """))
      """
  }

  /// An item of a draft, to be written again.
  static func item(
    _ item: MeetingItem, _ receivers: [Choice], _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let title = page("Write the item again")
    let form = page.form(
      MeetingPaths.item(item), submit: page("Save"), errors: errors,
      page.hidden("version", typed["version"])
        + fields(receivers, typed, errors, isDraft: true, on: page))
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(MeetingPaths.show(item.meeting))\">\(page("Back to the minutes"))</a></p>"))
      \(page.section(page("What was spoken of"), form))
      """)
  }

  private static func closing(_ view: MeetingView, on page: Page) -> HTML {
    let meeting = view.shown.meeting
    guard view.shown.mayWrite, meeting.closed == nil, !view.shown.items.isEmpty else { return .empty }
    let count = view.shown.items.count { $0.decision != nil }
    let text = page(
      count, one: "One decision becomes a task.", many: "\(count) decisions become tasks.")
    return page.section(
      page("Close the minutes"), id: "closing",
      "<p>\(page("Closed minutes are not changed any more; what is missing is added below them.")) \(text)</p>"
        + page.form(MeetingPaths.closing(meeting.id), submit: page("Close them")))
  }
}
