import Accounts
import Basics
import Cases
import Foundation
import Pages
import People

/// What came with one of the forms on the page of a case.
struct CaseAgendaForm {
  enum Kind { case appointment, seat, link }

  let colleagues: [Account]
  /// Which of them.
  let kind: Kind
  let typed: Typed
  let errors: [FieldError]

  /// What stands in a form: what was typed into it, and `new` before.
  func typed(_ kind: Kind, _ new: [String: String] = [:]) -> Typed {
    kind == self.kind && !typed.values.isEmpty ? typed : Typed(new.mapValues { [$0] })
  }

  func errors(_ kind: Kind) -> [FieldError] { kind == self.kind ? errors : [] }
}

/// What the agenda shows of one case. Values in, markup out.
enum AgendaCaseTemplates {
  static func show(
    _ found: CaseAgenda, _ names: [AccountID: String], _ form: CaseAgendaForm, on page: Page
  ) -> HTML {
    let file = found.opened.file
    let rows = found.appointments.map { appointment -> [HTML] in
      [
        "<a href=\"\(AgendaPaths.show(appointment.id))\">\(page.day(appointment.time.day))</a>",
        AgendaTemplates.hours(appointment.time, on: page), "\(names[appointment.with] ?? "—")",
        AgendaTemplates.place(appointment, found.rooms, on: page),
        AgendaTemplates.badge(appointment, on: page),
      ]
    }
    return page.layout(
      page("Appointments"),
      """
      \(page.title(page("Appointments"), under: "<p><a href=\"\(CasePaths.show(file.id))\">\(page.bdi(file.number))</a></p>"))
      \(page.table(page("Appointments"), columns: [page("Day"), page("Time"), page("With"), page("How"), page("State")], rows: rows, empty: page.emptyState(page("No appointment was made yet."))))
      \(page.pager(next: found.next.map { AgendaPaths.ofCase(file.id, after: $0) }))
      \(found.mayAct ? new(found, names, form, on: page) : .empty)
      \(sessions(found, form, on: page))
      \(found.mayAct && found.isReached ? links(found, names, form, on: page) : .empty)
      """)
  }

  private static func new(
    _ found: CaseAgenda, _ names: [AccountID: String], _ form: CaseAgendaForm, on page: Page
  ) -> HTML {
    let (file, ask) = (found.opened.file, found.ask)
    let typed = form.typed(
      .appointment, ["with": ask.account.text, "minutes": String(ask.minutes), "way": "antenna"])
    let shown = AppointmentForm(
      colleagues: form.colleagues, rooms: found.rooms, typed: typed, errors: form.errors(.appointment),
      free: found.free ?? [])
    let whose = page.filters(
      page("Whose free times"),
      form.colleagues.map {
        (
          label: $0.name, path: AgendaPaths.free(file.id, with: $0.id, minutes: ask.minutes),
          isCurrent: $0.id == ask.account
        )
      })
    let lengths = page.filters(
      page("How long"),
      AgendaRules.lengths.map {
        (
          label: page("\($0) minutes"), path: AgendaPaths.free(file.id, with: ask.account, minutes: $0),
          isCurrent: $0 == ask.minutes
        )
      })
    let name = names[ask.account] ?? "—"
    let note: HTML =
      switch found.free {
      case nil:
        "<p class=\"faint\">\(page("The weekly hours of \(name) are not known: no free time can be offered.")) <a href=\"\(AgendaPaths.hours)\">\(page("Weekly hours"))</a></p>"
      case .some(let free) where free.isEmpty:
        "<p class=\"faint\">\(page("\(name) has no free time in the coming two weeks."))</p>"
      case .some: "<p class=\"faint\">\(page("The free times are those of \(name)."))</p>"
      }
    return page.section(
      page("New appointment"), id: "new",
      """
      \(page.facts([(page("A safe way to reach the person"), found.opened.person.person.identity[.safeWay].map { page.prose($0) })]))
      \(whose)\(lengths)\(note)
      \(page.form(AgendaPaths.ofCase(file.id), submit: page("Make the appointment"), errors: shown.errors, "\(page.once(typed))\(AgendaTemplates.fields(shown, on: page))"))
      """)
  }

  private static func sessions(_ found: CaseAgenda, _ form: CaseAgendaForm, on page: Page) -> HTML {
    let file = found.opened.file
    let rows = found.seats.map { seat, kept -> [HTML] in
      let mayLeave =
        found.mayAct && SessionRules.mayLeave(seat) && SessionRules.mayTakeOff(kept, at: page.now)
      return [
        SessionTemplates.link(kept, on: page), page.day(kept.session.time.day),
        AgendaTemplates.hours(kept.session.time, on: page),
        kept.state == .cancelled
          ? SessionTemplates.badge(kept, on: page) : SessionTemplates.badge(seat, on: page),
      ]
        + (found.mayAct
          ? [
            mayLeave
              ? page.form(AgendaPaths.seatRemoval(seat.id), submit: page("Take off"), weight: .secondary)
              : .empty
          ] : [])
    }
    let list: HTML =
      rows.isEmpty
      ? "<p class=\"faint\">\(page("She is put down for no session."))</p>"
      : page.table(
        page("Group sessions"),
        columns: [page("Session"), page("Day"), page("Time"), page("State")]
          + (found.mayAct ? [page("Take off")] : []),
        rows: rows, empty: .empty)
    return page.section(
      page("Group sessions"), id: "sessions",
      "\(list)\(found.mayAct ? seat(found, file.id, form, on: page) : .empty)")
  }

  private static func seat(
    _ found: CaseAgenda, _ file: RecordID<CaseFile>, _ form: CaseAgendaForm, on page: Page
  ) -> HTML {
    guard !found.offered.isEmpty else {
      return
        "<p class=\"faint\">\(page("No further session is to come.")) <a href=\"\(AgendaPaths.sessions)\">\(page("Group sessions"))</a></p>"
    }
    let typed = form.typed(.seat)
    let fields = FormFields(page, typed: typed, errors: form.errors(.seat))
    let options = found.offered.map { kept -> Choice in
      let time = kept.session.time
      let free =
        kept.free == 0 ? page("full") : page(kept.free, one: "1 place left", many: "\(kept.free) places left")
      return Choice(
        kept.session.id.text,
        "\(page.reader.date(time.day)), \(AgendaWords.hour(time.from)) · \(kept.session.title(for: page.reader)) · \(free)"
      )
    }
    let cut = found.isOfferCut ? SessionTemplates.onlyTheFirst(on: page) : .empty
    return page.form(
      AgendaPaths.seats(of: file), submit: page("Put her down"), errors: form.errors(.seat),
      weight: .secondary,
      """
      \(page.once(typed))\(cut)
      \(fields.select("session", page("Session"), options: options, required: true))
      \(fields.checkbox("wait", page("If all places are taken, she waits for one")))
      """)
  }

  private static func links(
    _ found: CaseAgenda, _ names: [AccountID: String], _ form: CaseAgendaForm, on page: Page
  ) -> HTML {
    let file = found.opened.file
    let rows = found.links.map { link, url, isGood -> [HTML] in
      let state =
        link.revokedAt != nil
        ? page("taken back")
        : link.appointment != nil ? page("a time was chosen") : isGood ? page("open") : page("expired")
      // A time that was taken can be seen, moved or called off behind it for longer than one can be chosen.
      let sheet: HTML =
        page.now < link.until
        ? page.button(
          page("Sheet to hand over"), to: AgendaPaths.slip(link.id), icon: .paper, weight: .secondary)
        : .empty
      let acts: HTML =
        isGood
        ? "\(sheet)\(page.form(AgendaPaths.slipRevocation(link.id), submit: page("Take it back"), weight: .secondary))"
        : .empty
      return [
        "<time datetime=\"\(Day(of: link.until))\">\(page.reader.date(Day(of: link.until)))</time>",
        "\(names[link.account] ?? "—")", page.badge(state),
        isGood ? "<code>\(page.bdi(url))</code>" : "—", acts,
      ]
    }
    let typed = form.typed(
      .link,
      ["link-with": file.contact.text, "link-minutes": "30", "link-way": "antenna", "send": "yes"])
    let fields = FormFields(page, typed: typed, errors: form.errors(.link))
    let make: HTML = """
      \(page.once(typed))
      \(fields.select("link-with", page("With"), options: form.colleagues.map { Choice($0.id.text, $0.name) }, required: true))
      \(fields.select("link-minutes", page("How long"), options: AgendaRules.lengths.map { Choice(String($0), page("\($0) minutes")) }, required: true))
      \(fields.radios("link-way", page("How"), options: BookingLink.ways.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.checkbox("send", page("Send it to her, where she agreed to be written to")))
      """
    return page.section(
      page("She chooses a time herself"), id: "links",
      """
      <p class="faint">\(page("A link that says nothing of her, good for \(BookingLink.daysValid) days: she takes a free time, and can move it or call it off until the day before."))</p>
      \(rows.isEmpty ? .empty : page.table(page("Links"), columns: [page("Good until"), page("With"), page("State"), page("Address"), page("What can be done")], rows: rows, empty: .empty))
      \(page.form(AgendaPaths.links(of: file.id), submit: page("Make a link"), errors: form.errors(.link), weight: .secondary, make))
      """)
  }
}
