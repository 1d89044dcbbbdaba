import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Pages
import People

/// What the pages of group sessions look like. Values in, markup out.
enum SessionTemplates {
  /// What the form of a session offers, and what stands in it.
  struct Form {
    let colleagues: [Account]
    let rooms: [Room]
    let typed: Typed
    let errors: [FieldError]
  }

  static func list(
    _ found: SessionsFound, _ names: [AccountID: String], _ antenna: AntennaCode, _ territory: Territory,
    on page: Page
  ) -> HTML {
    let language = page.reader.language
    let antennas =
      page.actor?.antenna == nil
      ? page.filters(
        page("Antenna"),
        territory.antennas.map { other in
          (
            label: territory.name(of: other.id, in: language), path: AgendaPaths.sessions(at: other.id),
            isCurrent: other.id == antenna
          )
        }) : .empty
    let coming = found.sessions.filter { page.now < $0.session.time.end }
    let over = found.sessions.filter { $0.session.time.end <= page.now }
    let past = Array(over.reversed()) + found.past
    let cut = found.isCut ? onlyTheFirst(on: page) : .empty
    let mayMake = page.may(.receivePersons) && page.actor?.antenna != nil
    return page.layout(
      page("Group sessions"),
      """
      \(page.title(page("Group sessions"), under: "<p><a href=\"\(AgendaPaths.list)\">\(page("Agenda"))</a> · \(territory.name(of: antenna, in: language))</p>", actions: mayMake ? page.button(page("New session"), to: AgendaPaths.newSession, icon: .plus) : .empty))
      \(antennas)
      \(page.section(page("To come"), table(page("To come"), coming, names, on: page)))
      \(page.pager(next: found.next.map { AgendaPaths.sessions(at: antenna, after: $0) }))
      \(past.isEmpty ? .empty : page.section(page("Past"), "\(table(page("Past"), past, names, on: page))\(cut)"))
      """)
  }

  /// That a list holds no more than it may.
  static func onlyTheFirst(on page: Page) -> HTML {
    page.alert(.info, "<p>\(page("Only the first are shown: \(SessionStore.most)."))</p>")
  }

  private static func table(
    _ caption: String, _ sessions: [KeptSession], _ names: [AccountID: String], on page: Page
  ) -> HTML {
    page.table(
      caption,
      columns: [
        page("Day"), page("Time"), page("Session"), page("Led by"), page("Places taken"), page("State"),
      ],
      rows: sessions.map { kept in
        [
          page.day(kept.session.time.day), AgendaTemplates.hours(kept.session.time, on: page),
          link(kept, on: page),
          "\(names[kept.session.leader] ?? "—")", seats(kept, on: page), badge(kept, on: page),
        ]
      }, empty: page.emptyState(page("No session is planned.")))
  }

  static func link(_ kept: KeptSession, on page: Page) -> HTML {
    "<a href=\"\(AgendaPaths.session(kept.session.id))\"><span dir=\"auto\">\(kept.session.title(for: page.reader))</span></a>"
  }

  static func seats(_ kept: KeptSession, on page: Page) -> HTML {
    page.bdi("\(kept.taken) / \(kept.session.seats)")
  }

  static func badge(_ kept: KeptSession, on page: Page) -> HTML {
    switch kept.state {
    case .cancelled: page.badge(page("called off"), icon: .stop)
    case .planned where kept.session.time.end <= page.now: page.badge(page("over"))
    case .planned where kept.free == 0: page.badge(page("full"), .attention)
    case .planned: page.badge(page("planned"), .info)
    }
  }

  static func place(_ session: GroupSession, _ rooms: [Room], on page: Page) -> HTML {
    let room = rooms.first { $0.id == session.room }?.name
    let parts = [room, session.place].compactMap(\.self).map { "<bdi>\($0)</bdi>" as HTML }
    return parts.dropFirst().reduce(parts.first ?? .empty) { "\($0) · \($1)" }
  }

  static func new(_ form: Form, on page: Page) -> HTML {
    page.layout(
      page("New session"),
      """
      \(page.title(page("New session"), under: "<p><a href=\"\(AgendaPaths.sessions)\">\(page("Group sessions"))</a></p>"))
      \(page.section(page("New session"), page.form(AgendaPaths.sessions, submit: page("Make the session"), errors: form.errors, "\(page.once(form.typed))\(fields(form, on: page))")))
      """)
  }

  private static func fields(_ form: Form, on page: Page) -> HTML {
    let fields = FormFields(page, typed: form.typed, errors: form.errors)
    let kinds = GroupSession.Kind.allCases.map { Choice($0.rawValue, page($0.label)) }
    let titles = fields.more(
      page("A title of its own"), names: ["title-fr", "title-ar", "title-en"],
      """
      \(fields.text("title-fr", page("Title in French"), hint: page("Only for another session; it stands in the reminder, where others may read it."), limit: 80))
      \(fields.text("title-ar", page("Title in Arabic"), direction: .rtl, limit: 80))
      \(fields.text("title-en", page("Title in English"), direction: .ltr, limit: 80))
      """)
    let rooms: HTML =
      form.rooms.isEmpty
      ? .empty : fields.select("room", page("Room"), options: form.rooms.map { Choice($0.id.text, $0.name) })
    return """
      \(fields.select("kind", page("What it is about"), options: kinds, required: true))
      \(titles)
      \(fields.text("day", page("Day"), kind: .date, required: true))
      \(fields.text("begins", page("Time"), hint: page("For example 9:30"), required: true, direction: .ltr, limit: 5))
      \(fields.select("minutes", page("How long"), options: SessionRules.lengths.map { Choice(String($0), page("\($0) minutes")) }, required: true))
      \(rooms)
      \(fields.text("place", page("Or where it is, in words"), hint: page("It stands in the reminder, where others may read it."), limit: 120))
      \(fields.select("language", page("Held in"), options: Language.allCases.map { Choice($0.rawValue, $0.ownName) }, required: true))
      \(fields.text("seats", page("How many may come"), kind: .number, required: true))
      \(fields.checkbox("waits", page("Whoever comes too late may wait for a place")))
      \(fields.select("with", page("Led by"), options: form.colleagues.map { Choice($0.id.text, $0.name) }, required: true))
      """
  }

  static func show(
    _ opened: OpenedSession, _ names: [AccountID: String], _ form: Form, at now: Date, on page: Page
  ) -> HTML {
    let (kept, session) = (opened.kept, opened.kept.session)
    let title = session.title(for: page.reader)
    let facts: [(label: String, value: HTML?)] = [
      (page("Day"), page.day(session.time.day)),
      (page("Time"), AgendaTemplates.hours(session.time, on: page)),
      (page("Where it is"), place(session, opened.rooms, on: page)),
      (page("Led by"), "\(names[session.leader] ?? "—")"),
      (page("Held in"), "\(session.language.ownName)"), (page("Places taken"), seats(kept, on: page)),
      (page("State"), badge(kept, on: page)), (page("Why"), kept.why.map(page.prose)),
    ]
    let mayAct = page.may(.receivePersons)
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(AgendaPaths.sessions(at: session.antenna))\">\(page("Group sessions"))</a></p>", actions: page.button(page("List to print"), to: AgendaPaths.sessionPaper(session.id), icon: .paper, weight: .secondary)))
      \(page.section(page("Group session"), page.facts(facts)))
      \(mayAct && SessionRules.mayRecordPresence(kept, at: now) ? presence(opened, on: page) : .empty)
      \(people(opened, mayAct: mayAct, at: now, on: page))
      \(mayAct ? acts(opened, form, at: now, on: page) : .empty)
      """)
  }

  private static func name(_ seat: SessionSeat, _ opened: OpenedSession, on page: Page) -> HTML {
    guard let line = opened.lines[seat.file] else { return "\(page("A person of another file"))" }
    let shown = opened.name(of: seat).map { page.name(latin: $0.latin, arabic: $0.arabic) }
    return "<a href=\"\(AgendaPaths.ofCase(seat.file))\">\(shown ?? "\(line.number)")</a>"
  }

  private static func people(_ opened: OpenedSession, mayAct: Bool, at now: Date, on page: Page) -> HTML {
    let mayLeave = mayAct && SessionRules.mayTakeOff(opened.kept, at: now)
    let rows = opened.seats.map { seat -> [HTML] in
      let isSeen = opened.lines[seat.file] != nil
      return [name(seat, opened, on: page), badge(seat, on: page)]
        + (mayLeave
          ? [
            isSeen && SessionRules.mayLeave(seat)
              ? page.form(AgendaPaths.seatRemoval(seat.id), submit: page("Take off"), weight: .secondary)
              : .empty
          ] : [])
    }
    return page.section(
      page("Put down"), id: "people",
      page.table(
        page("Put down"),
        columns: [page("Person"), page("State")] + (mayLeave ? [page("Take off")] : []), rows: rows,
        empty: page.emptyState(
          page("Nobody is put down yet: do it from the page of a case, or here by its number."))
      ))
  }

  static func badge(_ seat: SessionSeat, on page: Page) -> HTML {
    switch seat.state {
    case .booked: page.badge(page(seat.state.label), .info)
    case .waiting, .missed: page.badge(page(seat.state.label), .attention)
    case .came: page.badge(page(seat.state.label), .good, icon: .done)
    case .excused, .off: page.badge(page(seat.state.label), icon: .stop)
    }
  }

  /// Who came, of those whose cases the reader sees, on one page.
  private static func presence(_ opened: OpenedSession, on page: Page) -> HTML {
    let seats = opened.seats.filter { $0.state.hasSeat && opened.lines[$0.file] != nil }
    guard !seats.isEmpty else { return .empty }
    let choices = SessionRules.outcomes.map { Choice($0.rawValue, page($0.label)) }
    let rows = seats.map { seat -> HTML in
      let label = opened.name(of: seat).map { page.reader.ordered(latin: $0.latin, arabic: $0.arabic).first }
      let field = "seat-\(seat.id)"
      let fields = FormFields(page, typed: Typed([field: [seat.state.rawValue]]))
      return fields.radios(field, label ?? opened.lines[seat.file]?.number ?? "", options: choices)
    }
    return page.section(
      page("Who came"), id: "presence",
      page.form(
        AgendaPaths.sessionPresence(opened.kept.session.id), submit: page("Record who came"), "\(rows)"))
  }

  private static func acts(_ opened: OpenedSession, _ form: Form, at now: Date, on page: Page) -> HTML {
    let (kept, id) = (opened.kept, opened.kept.session.id)
    let wrong = Set(form.errors.map(\.field))
    let isSeat = wrong.contains("case-number")
    let isCancel = wrong.contains("why-cancelled")
    let isChange = !wrong.isEmpty && !isSeat && !isCancel
    let fields = FormFields(page, typed: form.typed, errors: form.errors)
    let version = page.hidden("version", String(kept.version))
    let put: HTML =
      SessionRules.mayTakeSeats(kept, at: now)
      ? page.section(
        page("Put somebody down"), id: "put",
        page.form(
          AgendaPaths.sessionSeats(id), submit: page("Put her down"), errors: isSeat ? form.errors : [],
          """
          \(fields.text("case-number", page("Case number"), required: true, direction: .ltr, limit: 40))
          \(kept.session.hasWaitingList ? fields.checkbox("wait", page("If all places are taken, she waits for one")) : .empty)
          """)) : .empty
    guard SessionRules.mayChange(kept, at: now) else { return put }
    return """
      \(put)
      \(page.disclosure(page("Change the session"), icon: .calendar, isOpen: isChange, id: "change", page.form(AgendaPaths.sessionChange(id), submit: page("Save the session"), errors: isChange ? form.errors : [], "\(version)\(self.fields(form, on: page))\(fields.text("why", page("Why"), limit: 300))")))
      \(page.disclosure(page("Call it off"), icon: .stop, isOpen: isCancel, id: "cancel", page.form(AgendaPaths.sessionCancellation(id), submit: page("Call the session off"), errors: isCancel ? form.errors : [], weight: .secondary, "\(version)\(fields.text("why-cancelled", page("Why"), required: true, limit: 300))")))
      """
  }

  /// Who is expected, with room to sign.
  static func paper(_ opened: OpenedSession, _ names: [AccountID: String], on page: Page) -> HTML {
    let session = opened.kept.session
    let title = session.title(for: page.reader)
    let seats = opened.seats.filter(\.state.hasSeat)
    let rows = seats.enumerated().map { index, seat -> [HTML] in
      let shown = opened.name(of: seat).map { page.name(latin: $0.latin, arabic: $0.arabic) }
      return [
        "\(index + 1)", shown ?? "\(opened.lines[seat.file]?.number ?? page("A person of another file"))",
        "<br>",
      ]
    }
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(AgendaPaths.session(session.id))\">\(page("Back to the session"))</a></p>"))
      <p>\(page.day(session.time.day)) · \(AgendaTemplates.hours(session.time, on: page)) · \(place(session, opened.rooms, on: page)) · \(names[session.leader] ?? "—")</p>
      \(page.section(page("Expected"), page.table(page("Expected"), columns: [page("Number"), page("Person"), page("Signature")], rows: rows, empty: page.emptyState(page("Nobody is expected.")))))
      """)
  }

  /// What stands in the form that changes a session.
  static func typed(_ session: GroupSession) -> Typed {
    Typed([
      "kind": [session.kind.rawValue], "title-fr": [session.titles?.french ?? ""],
      "title-ar": [session.titles?.arabic ?? ""], "title-en": [session.titles?.english ?? ""],
      "day": [session.time.day.description], "begins": [AgendaWords.hour(session.time.from)],
      "minutes": [String(session.time.minutes)], "room": [session.room?.text ?? ""],
      "place": [session.place ?? ""], "language": [session.language.rawValue],
      "seats": [String(session.seats)], "waits": session.hasWaitingList ? ["yes"] : [],
      "with": [session.leader.text],
    ])
  }
}
