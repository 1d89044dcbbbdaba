import Accounts
import Antennas
import Basics
import Pages

/// What the centre tells the antennas. Values in, markup out.
enum CircularTemplates {
  static func home(_ day: CircularDay, on page: Page) -> HTML {
    var lines = HTML.empty
    if day.unread > 0 {
      let text = page(
        day.unread, one: "One circular waits to be read.", many: "\(day.unread) circulars wait to be read.")
      let late = day.late > 0 ? page.badge(page("Late: \(day.late)"), .attention, icon: .late) : HTML.empty
      lines += "<p><a href=\"\(CircularPaths.list(.waiting))\">\(text)</a> \(late)</p>"
    }
    if day.lateReaders > 0 {
      let list = page.may(.writeCirculars) ? CircularPaths.list(.sent) : CircularPaths.list
      let text = page("Receipts of circulars that are late: \(day.lateReaders)")
      lines += "<p><a href=\"\(list)\">\(text)</a></p>"
    }
    return page.section(page("Circulars"), id: "circulars", lines)
  }

  static func list(_ found: CircularsFound, _ list: CircularList, on page: Page) -> HTML {
    let lists = CircularList.allCases.filter { $0 != .sent || page.may(.writeCirculars) }
    let filters = lists.map { item in
      (label: page(item.label), path: CircularPaths.list(item), isCurrent: item == list)
    }
    let rows = found.lines.map { line -> [HTML] in
      [
        "<a href=\"\(CircularPaths.show(line.circular.id))\">\(title(line.circular, on: page))</a>",
        page.time(line.circular.sentAt), page.day(line.circular.readBy), state(line, list, on: page),
      ]
    }
    let action =
      page.may(.writeCirculars)
      ? page.button(page("Write a circular"), to: CircularPaths.new, icon: .plus) : HTML.empty
    return page.layout(
      page("Circulars"),
      """
      \(page.title(page("Circulars"), actions: action))
      \(page.filters(page("Which circulars"), filters))
      \(page.table(
        page(list.label), columns: [page("Circular"), page("Sent on"), page("To be read by"), page("State")],
        rows: rows, empty: page.emptyState(page("No circular is here."))))
      \(page.pager(next: found.next.map { CircularPaths.list(list, after: $0) }))
      """)
  }

  private static func title(_ circular: Circular, on page: Page) -> HTML {
    guard let (language, words) = circular.words(for: page.reader.language) else { return "—" }
    let direction = language.isRightToLeft ? "rtl" : "ltr"
    return "<bdi lang=\"\(language.rawValue)\" dir=\"\(direction)\">\(words.title)</bdi>"
  }

  private static func state(_ line: CircularLine, _ list: CircularList, on page: Page) -> HTML {
    if list == .sent { return page.badge(page("sent"), .info) }
    if let readAt = line.readAt { return page.badge(page("read on \(page.reader.time(readAt))"), .good) }
    return CircularRules.isLate(line.readAt, by: line.circular.readBy, on: page.today)
      ? page.badge(page("late"), .attention, icon: .late) : page.badge(page("to be read"), .info)
  }

  private static func back(on page: Page) -> HTML {
    "<p><a href=\"\(CircularPaths.list)\">\(page("All circulars"))</a></p>"
  }

  static func new(_ territory: Territory, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let texts = Language.allCases.map { language -> HTML in
      fields.group(
        language.ownName,
        fields.text("title-\(language.rawValue)", page("Title of the circular"), direction: .auto)
          + fields.paragraph("text-\(language.rawValue)", page("Text of the circular"), rows: 8))
    }
    let roles = CircularRules.roles.map { Choice($0.rawValue, page($0.label)) }
    let antennas = territory.antennas.map {
      Choice($0.id.rawValue, territory.name(of: $0.id, in: page.reader.language))
    }
    return page.layout(
      page("Write a circular"),
      """
      \(page.title(page("Write a circular"), under: back(on: page)))
      \(page.section(page("Circular"), "<p>\(page("Whoever reads it sees her own language, or the first that is filled."))</p>" + page.form(CircularPaths.list, submit: page("Send it"), errors: errors, """
        \(page.once(typed))
        \(texts)
        \(fields.checkboxes("roles", page("To whom"), options: roles, hint: page("None chosen: to all of them.")))
        \(fields.checkboxes("antennas", page("At which antennas"), options: antennas, hint: page("None chosen: to all of them.")))
        \(fields.text("read-by", page("To be read by"), kind: .date, required: true))
        \(fields.text("until", page("It holds until"), hint: page("Empty: until another one says otherwise. Whoever joins the antenna meanwhile gets it, too."), kind: .date))
        """)))
      """)
  }

  static func show(
    _ shown: CircularShown, _ names: [AccountID: String], _ territory: Territory, on page: Page
  ) -> HTML {
    let circular = shown.circular
    guard let (language, words) = circular.words(for: page.reader.language) else {
      return page.layout(page("Circular"), page.title(page("Circular"), under: back(on: page)))
    }
    let direction = language.isRightToLeft ? "rtl" : "ltr"
    let note: HTML =
      language == page.reader.language
      ? .empty
      : "<p class=\"faint\">\(page("It was not written in your language."))</p>"
    let facts: [(label: String, value: HTML?)] = [
      (page("Sent on"), page.time(circular.sentAt)),
      (
        page("Sent by"),
        "\(circular.sentBy == Actor.program.id ? page("the program") : names[circular.sentBy] ?? "—")"
      ),
      (page("To be read by"), page.day(circular.readBy)),
      (page("It holds until"), circular.until.map { page.day($0) }),
      (page("You read it on"), shown.own?.readAt.map { page.time($0) }),
    ]
    return page.layout(
      words.title,
      """
      \(page.title(page("Circular"), under: back(on: page)))
      \(page.section(words.title, id: "circular", """
        \(note)<div lang="\(language.rawValue)" dir="\(direction)">\(page.prose(words.text))</div>
        \(page.facts(facts))\(reading(shown, on: page))
        """))
      \(readers(shown, names, territory, on: page))
      """)
  }

  private static func reading(_ shown: CircularShown, on page: Page) -> HTML {
    guard let own = shown.own, own.readAt == nil else { return .empty }
    return page.form(CircularPaths.reading(shown.circular.id), submit: page("I have read it"))
  }

  private static func readers(
    _ shown: CircularShown, _ names: [AccountID: String], _ territory: Territory, on page: Page
  ) -> HTML {
    guard !shown.counts.isEmpty else { return .empty }
    let language = page.reader.language
    let isLate = shown.circular.readBy < page.today
    let counts = shown.counts.map { count -> [HTML] in
      [
        "\(territory.name(of: count.antenna, in: language))", "\(page.reader.number(count.read))",
        "\(page.reader.number(count.sent - count.read))",
      ]
    }
    func table(_ title: String, _ readers: [CircularReader], _ empty: String) -> HTML {
      let rows = readers.prefix(CircularStore.mostReaders).map { reader -> [HTML] in
        let state =
          reader.readAt.map { page.time($0) }
          ?? (isLate
            ? page.badge(page("late"), .attention, icon: .late) : page.badge(page("to be read"), .info))
        return [
          "\(names[reader.account] ?? "—")", "\(territory.name(of: reader.antenna, in: language))", state,
        ]
      }
      let more: HTML =
        readers.count > CircularStore.mostReaders
        ? "<p class=\"faint\">\(page("The first \(CircularStore.mostReaders) are shown."))</p>" : .empty
      return page.table(
        title, columns: [page("Name"), page("Antenna"), page("State")], rows: Array(rows),
        empty: page.emptyState(empty)) + more
    }
    let missing = page("Who has not read it")
    let read = page("Who has read it")
    return """
      \(page.section(page("Readers"), id: "counts", page.table(page("Readers"), columns: [page("Antenna"), page("Have read it"), page("Have not")], rows: counts, empty: .empty)))
      \(page.section(missing, id: "missing", table(missing, shown.missing, page("Everybody has read it."))))
      \(page.section(read, id: "readers", table(read, shown.readers, page("Nobody has read it yet."))))
      """
  }
}
