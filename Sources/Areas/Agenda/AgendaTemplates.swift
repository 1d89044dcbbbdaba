import Accounts
import Antennas
import Basics
import Cases
import Foundation
import Pages
import People

/// What a form of an appointment offers, and what stands in it.
struct AppointmentForm {
  let colleagues: [Account]
  /// With the closed ones: those are shown, and not offered.
  let rooms: [Room]
  let typed: Typed
  let errors: [FieldError]
  /// Times that can be chosen instead of typing one.
  var free: [FreeTime] = []
}

/// What the area's pages look like. Values in, markup out.
enum AgendaTemplates {
  static func days(
    _ found: AgendaDays, _ view: AgendaView, _ colleagues: [Account], _ territory: Territory, on page: Page
  ) -> HTML {
    let antenna = territory.name(of: view.antenna, in: page.reader.language)
    let spans = AgendaView.Span.allCases.map { span in
      (
        label: span == .day ? page("One day") : page("One week"), path: AgendaPaths.days(view.showing(span)),
        isCurrent: span == view.span
      )
    }
    let isFree = page.actor?.scope != .assigned
    let whose =
      !isFree
      ? []
      : [
        (
          label: page("All of the antenna"), path: AgendaPaths.days(view.with(nil)),
          isCurrent: view.with == nil
        )
      ]
        + colleagues.map {
          (label: $0.name, path: AgendaPaths.days(view.with($0.id)), isCurrent: view.with == $0.id)
        }
    let names = Dictionary(uniqueKeysWithValues: colleagues.map { ($0.id, $0.name) })
    let days = (view.days.lowerBound.number...view.days.upperBound.number).map { Day(number: $0) }
    let antennas =
      page.actor?.antenna == nil
      ? page.filters(
        page("Antenna"),
        territory.antennas.map { other in
          (
            label: territory.name(of: other.id, in: page.reader.language),
            path: AgendaPaths.days(
              AgendaView(antenna: other.id, from: view.from, span: view.span, with: nil)),
            isCurrent: other.id == view.antenna
          )
        }) : .empty
    let more = [
      page.actor?.antenna == nil ? nil : (AgendaPaths.rooms, page("Meeting rooms")),
      page.actor?.antenna == nil ? nil : (AgendaPaths.absences, page("Absences")),
      (AgendaPaths.sessions(at: view.antenna), page("Group sessions")),
      page.actor?.antenna == nil ? nil : (AgendaPaths.hours, page("Weekly hours")),
      (AgendaPaths.holidays, page("Days when all is closed")),
      page.may(.receivePersons) ? (AgendaPaths.feed, page("For my calendar")) : nil,
    ].compactMap(\.self).map { path, label -> HTML in " · <a href=\"\(path)\">\(label)</a>" }
    return page.layout(
      page("Agenda"),
      """
      \(page.title(page("Agenda"), under: "<p>\(antenna)\(more)</p>"))
      \(antennas)\(page.filters(page("How long"), spans))\(whose.isEmpty ? .empty : page.filters(page("Whose"), whose))
      <p class="buttons"><a href="\(AgendaPaths.days(view.moved(-1)))">\(page("Earlier"))</a>
      <a href="\(AgendaPaths.days(AgendaView(antenna: view.antenna, from: page.today, span: view.span, with: view.with)))">\(page("Today"))</a>
      <a href="\(AgendaPaths.days(view.moved(1)))">\(page("Later"))</a></p>
      \(found.isCut ? page.alert(.info, "<p>\(page("Only the first are shown: \(AppointmentStore.most)."))</p>") : .empty)
      \(days.map { day(of: $0, found, names, isEveryone: view.with == nil, on: page) })
      """)
  }

  private static func day(
    of day: Day, _ found: AgendaDays, _ names: [AccountID: String], isEveryone: Bool, on page: Page
  ) -> HTML {
    let appointments = found.appointments.filter { $0.time.day == day }
    let sessions = found.sessions.filter { $0.session.time.day == day }
    let notes =
      found.holidays.filter { $0.day == day }.map { holiday -> HTML in
        page.alert(
          .info,
          "<p><span dir=\"auto\">\(holiday.name)</span>: \(holiday.isToConfirm ? page("closed, to be confirmed") : page("closed"))</p>"
        )
      }
      + found.absences.filter { $0.from <= day && day <= $0.until }.map { absence -> HTML in
        "<p class=\"faint\">\(page("Absent:")) \(names[absence.account] ?? "—")</p>"
      }
    // An empty day of a week needs one line only.
    let body: HTML =
      appointments.isEmpty && sessions.isEmpty
      ? "<p class=\"faint\">\(page("Nothing is planned."))</p>"
      : table(appointments, sessions, found, names, isEveryone: isEveryone, on: page)
    return page.section(title(day, on: page), id: "d\(day)", "\(notes)\(body)")
  }

  static func title(_ day: Day, on page: Page) -> String {
    "\(page(AgendaWords.weekday(day.weekday))) \(page.reader.date(day))"
  }

  private static func table(
    _ appointments: [Appointment], _ sessions: [KeptSession], _ found: AgendaDays,
    _ names: [AccountID: String],
    isEveryone: Bool, isDated: Bool = false, on page: Page
  ) -> HTML {
    var rows = appointments.map { appointment -> (from: Int, cells: [HTML]) in
      let line = found.lines[appointment.file]
      let label = line.flatMap { found.names[$0.person] }
      let who: HTML =
        line == nil
        ? "\(page("A person of another file"))"
        : "<a href=\"\(AgendaPaths.show(appointment.id))\">\(label.map { page.name(latin: $0.latin, arabic: $0.arabic) } ?? "\(line?.number ?? "")")</a>"
      return (
        appointment.time.from,
        (isDated ? [page.day(appointment.time.day)] : []) + [hours(appointment.time, on: page), who]
          + (isEveryone ? ["\(names[appointment.with] ?? "—")"] : [])
          + [place(appointment, found.rooms, on: page), badge(appointment, on: page)]
      )
    }
    rows += sessions.map { kept in
      (
        kept.session.time.from,
        [
          hours(kept.session.time, on: page),
          "\(SessionTemplates.link(kept, on: page)) (\(SessionTemplates.seats(kept, on: page)))",
        ] + (isEveryone ? ["\(names[kept.session.leader] ?? "—")"] : [])
          + [
            SessionTemplates.place(kept.session, found.rooms, on: page),
            SessionTemplates.badge(kept, on: page),
          ]
      )
    }
    return page.table(
      page("Appointments"),
      columns: (isDated ? [page("Day")] : []) + [page("Time"), page("Person")]
        + (isEveryone ? [page("With")] : [])
        + [page("How"), page("State")],
      rows: (isDated ? rows : rows.sorted { $0.from < $1.from }).map(\.cells), empty: .empty)
  }

  static func hours(_ time: AppointmentTime, on page: Page) -> HTML {
    page.bdi("\(AgendaWords.hour(time.from))–\(AgendaWords.hour(time.from + time.minutes))")
  }

  static func place(_ appointment: Appointment, _ rooms: [Room], on page: Page) -> HTML {
    let room = rooms.first { $0.id == appointment.room }?.name
    return "\(page(appointment.way.label))\(room.map { " · <bdi>\($0)</bdi>" as HTML } ?? .empty)"
  }

  static func badge(_ appointment: Appointment, on page: Page) -> HTML {
    switch appointment.state {
    case .planned: page.badge(page(appointment.state.label), .info)
    case .came: page.badge(page(appointment.state.label), .good, icon: .done)
    case .missed: page.badge(page(appointment.state.label), .attention)
    case .excused, .cancelled: page.badge(page(appointment.state.label), icon: .stop)
    }
  }

  static func home(_ found: AgendaHome, on page: Page) -> HTML {
    let (today, behind) = (found.today, found.behind)
    let own: HTML =
      today.appointments.isEmpty && today.sessions.isEmpty
      ? .empty
      : page.section(
        page("My appointments today"), id: "appointments",
        table(today.appointments, today.sessions, today, [:], isEveryone: false, on: page))
    let moved: HTML =
      behind.appointments.isEmpty
      ? .empty
      : page.section(
        page("To be moved: another antenna holds them still"), id: "to-be-moved",
        table(behind.appointments, [], behind, [:], isEveryone: false, isDated: true, on: page))
    return own + moved
  }

  static func fields(_ form: AppointmentForm, on page: Page) -> HTML {
    let fields = FormFields(page, typed: form.typed, errors: form.errors)
    let lengths = AgendaRules.lengths.map { Choice(String($0), page("\($0) minutes")) }
    let ways = Appointment.Way.allCases.map { Choice($0.rawValue, page($0.label)) }
    let open = form.rooms.filter { !$0.isClosed }
    let rooms: HTML =
      open.isEmpty
      ? .empty : fields.select("room", page("Room"), options: open.map { Choice($0.id.text, $0.name) })
    let hasChoice = !form.free.isEmpty
    let free: HTML =
      hasChoice
      ? fields.select(
        "free", page("A free time"),
        options: form.free.map {
          Choice($0.text, "\(title($0.time.day, on: page)), \(AgendaWords.hour($0.time.from))")
        },
        hint: page("Or write day and time below.")) : .empty
    return """
      \(free)
      \(fields.text("day", page("Day"), kind: .date, required: !hasChoice))
      \(fields.text("hour", page("Time"), hint: page("For example 9:30"), required: !hasChoice, direction: .ltr, limit: 5))
      \(fields.select("minutes", page("How long"), options: lengths, required: true))
      \(fields.select("with", page("With"), options: form.colleagues.map { Choice($0.id.text, $0.name) }, required: true))
      \(fields.radios("way", page("How"), options: ways, required: true))
      \(rooms)
      \(fields.paragraph("about", page("What it is about"), hint: page("For the staff: the person is not told it in the reminder."), rows: 2))
      \(fields.text("bring", page("To bring"), hint: page("Stands in the reminder: nothing that others may not read.")))
      """
  }

  static func show(
    _ opened: OpenedCase, _ appointment: Appointment, _ names: [AccountID: String], _ form: AppointmentForm,
    at now: Date, on page: Page
  ) -> HTML {
    let identity = opened.person.person.identity
    let words = appointment.words
    let facts: [(label: String, value: HTML?)] = [
      (page("Person"), page.name(latin: identity.latinName, arabic: identity.arabicName)),
      (page("A safe way to reach the person"), identity[.safeWay].map { page.prose($0) }),
      (page("Day"), page.day(appointment.time.day)), (page("Time"), hours(appointment.time, on: page)),
      (page("With"), "\(names[appointment.with] ?? "—")"),
      (page("How"), place(appointment, form.rooms, on: page)),
      (page("State"), badge(appointment, on: page)), (page("What it is about"), words?.about.map(page.prose)),
      (page("To bring"), words?.bring.map(page.prose)), (page("Why"), words?.why.map(page.prose)),
    ]
    let mayAct = page.may(.receivePersons) && opened.leave == nil
    return page.layout(
      page("Appointment"),
      """
      \(page.title(page("Appointment"), under: "<p><a href=\"\(AgendaPaths.ofCase(opened.file.id))\">\(page.bdi(opened.file.number))</a></p>"))
      \(page.section(page("Appointment"), page.facts(facts)))
      \(mayAct ? acts(appointment, form, at: now, on: page) : .empty)
      """)
  }

  private static func acts(_ appointment: Appointment, _ form: AppointmentForm, at now: Date, on page: Page)
    -> HTML
  {
    let aboutOutcome: Set = ["state", "why-settled"]
    let isOutcome = form.errors.contains { aboutOutcome.contains($0.field) }
    var states = AgendaRules.outcomes(of: appointment, at: now).filter { $0 != appointment.state }
    if AgendaRules.mayCancel(appointment, at: now) { states.append(.cancelled) }
    let version = page.hidden("version", String(appointment.version))
    let fields = FormFields(page, typed: form.typed, errors: form.errors)
    let outcome: HTML =
      states.isEmpty
      ? .empty
      : page.section(
        page("What became of it"), id: "outcome",
        page.form(
          AgendaPaths.outcome(appointment.id), submit: page("Record it"),
          errors: isOutcome ? form.errors : [],
          """
          \(version)\(fields.radios("state", page("What became of it"), options: states.map { Choice($0.rawValue, page($0.label)) }, required: true))
          \(fields.text("why-settled", page("Why"), limit: 500))
          """))
    let move: HTML =
      AgendaRules.mayMove(appointment)
      ? page.disclosure(
        page("Move it"), icon: .calendar, isOpen: !isOutcome && !form.errors.isEmpty, id: "move",
        page.form(
          AgendaPaths.move(appointment.id), submit: page("Move the appointment"),
          errors: isOutcome ? [] : form.errors,
          "\(version)\(self.fields(form, on: page))\(fields.text("why", page("Why"), limit: 500))")) : .empty
    return "\(outcome)\(move)"
  }

  /// What stands in the form that moves an appointment.
  static func typed(_ appointment: Appointment) -> Typed {
    Typed([
      "day": [appointment.time.day.description], "hour": [AgendaWords.hour(appointment.time.from)],
      "minutes": [String(appointment.time.minutes)], "with": [appointment.with.text],
      "way": [appointment.way.rawValue],
      "room": [appointment.room?.text ?? ""], "about": [appointment.words?.about ?? ""],
      "bring": [appointment.words?.bring ?? ""],
    ])
  }
}
