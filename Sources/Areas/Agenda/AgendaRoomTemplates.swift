import Accounts
import Basics
import Pages

/// Rooms, absences and closed days. Values in, markup out.
enum AgendaRoomTemplates {
  private static func head(_ title: String, on page: Page) -> HTML {
    page.title(title, under: "<p><a href=\"\(AgendaPaths.list)\">\(page("Agenda"))</a></p>")
  }

  static func rooms(
    _ rooms: [(room: Room, planned: Int)], _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let form: HTML =
      page.may(.assignCases)
      ? page.section(
        page("New room"),
        page.form(
          AgendaPaths.rooms, submit: page("Add the room"), errors: errors,
          "\(page.once(typed))\(fields.text("name", page("Name"), required: true, limit: 60))")) : .empty
    let maySet = page.may(.assignCases)
    let rows = rooms.map { room, planned -> [HTML] in
      let act =
        room.isClosed
        ? page.form(AgendaPaths.reopening(room.id), submit: page("Open it again"), weight: .secondary)
        : page.form(AgendaPaths.closing(room.id), submit: page("Close the room"), weight: .secondary)
      return [
        "<bdi>\(room.name)</bdi>",
        page.badge(room.isClosed ? page("closed") : page("open"), room.isClosed ? .plain : .good),
        planned == 0
          ? "—" : room.isClosed ? page.badge(page("to be moved: \(planned)"), .attention) : "\(planned)",
      ] + (maySet ? [act] : [])
    }
    return page.layout(
      page("Meeting rooms"),
      """
      \(head(page("Meeting rooms"), on: page))
      \(page.table(page("Meeting rooms"), columns: [page("Name"), page("State"), page("Still planned")] + (maySet ? [page("What can be done")] : []), rows: rows, empty: page.emptyState(page("No room is here yet."))))
      \(form)
      """)
  }

  static func absences(
    _ absences: [Absence], _ names: [AccountID: String], _ colleagues: [Account], _ typed: Typed,
    _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let rows = absences.map { absence -> [HTML] in
      let mayEnd = absence.account == page.actor?.id || page.may(.assignCases)
      return [
        "\(names[absence.account] ?? "—")", page.day(absence.from), page.day(absence.until),
        mayEnd
          ? page.form(AgendaPaths.ending(absence.id), submit: page("Take it back"), weight: .secondary)
          : .empty,
      ]
    }
    let form: HTML =
      colleagues.isEmpty
      ? .empty
      : page.section(
        page("New absence"),
        page.form(
          AgendaPaths.absences, submit: page("Record it"), errors: errors,
          """
          \(page.once(typed))
          \(fields.select("account", page("Who"), options: colleagues.map { Choice($0.id.text, $0.name) }, required: true))
          \(fields.text("from", page("From the day"), kind: .date, required: true))
          \(fields.text("until", page("Until the day"), hint: page("Empty: that day alone."), kind: .date))
          """))
    return page.layout(
      page("Absences"),
      """
      \(head(page("Absences"), on: page))
      \(page.table(page("Absences"), columns: [page("Who"), page("From the day"), page("Until the day"), page("Take it back")], rows: rows, empty: page.emptyState(page("Nobody is absent."))))
      \(form)
      """)
  }

  /// - Parameter isReached: whether it is known how the program is reached from outside; else the address is not whole.
  static func feed(_ link: String?, isReached: Bool, on page: Page) -> HTML {
    let id = RecordID<AgendaFeed>()
    let present: HTML =
      link.map { link in
        """
        <p>\(page("Give this address to your calendar program; it reads your appointments and changes nothing."))</p>
        <p><code>\(page.bdi(link))</code></p>
        \(isReached ? QRCode.svg(link, title: page("The same address, for the camera of a phone")) : page.alert(.attention, "<p>\(page("Nobody has said how this program is reached from outside: write before it what stands before the first stroke in the address of this page."))</p>"))
        <p class="faint">\(page("It tells when and how, and nothing of whom. Whoever has the address reads it: take it back when it went to others."))</p>
        \(page.form(AgendaPaths.revocation, submit: page("Take the address back"), weight: .secondary))
        """
      } ?? "<p>\(page("You have no address for a calendar."))</p>"
    let make = page.form(
      AgendaPaths.feed, submit: link == nil ? page("Make an address") : page("Make a new address"),
      weight: .secondary,
      page.once(id))
    return page.layout(
      page("For my calendar"),
      "\(head(page("For my calendar"), on: page))\(page.section(page("Address"), "\(present)\(make)"))")
  }

  static func holidays(_ holidays: [Holiday], _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let maySet = page.may(.manageFollowUp)
    let rows = holidays.map { holiday -> [HTML] in
      [
        page.day(holiday.day), "<span dir=\"auto\">\(holiday.name)</span>",
        "<span dir=\"auto\">\(holiday.source)</span>",
        holiday.isToConfirm
          ? page.badge(page("to be confirmed"), .attention) : page.badge(page("sure"), .good),
      ]
        + (maySet
          ? [
            page.form(
              AgendaPaths.removal, submit: page("Take it back"), weight: .secondary,
              page.hidden("day", holiday.day.description))
          ] : [])
    }
    let form: HTML =
      maySet
      ? page.section(
        page("New closed day"),
        page.form(
          AgendaPaths.holidays, submit: page("Record it"), errors: errors,
          """
          \(fields.text("day", page("Day"), kind: .date, required: true))
          \(fields.text("name", page("What is celebrated"), required: true, limit: 100))
          \(fields.text("source", page("Which text or announcement says so"), required: true, limit: 300))
          \(fields.checkbox("to-confirm", page("Still to be confirmed, as those that follow the moon")))
          """)) : .empty
    return page.layout(
      page("Days when all is closed"),
      """
      \(head(page("Days when all is closed"), on: page))
      \(page.table(page("Days when all is closed"), columns: [page("Day"), page("Name"), page("Source"), page("State")] + (maySet ? [page("Take it back")] : []), rows: rows, empty: page.emptyState(page("Nobody has entered any: the program knows no holiday by itself."))))
      \(form)
      """)
  }
}
