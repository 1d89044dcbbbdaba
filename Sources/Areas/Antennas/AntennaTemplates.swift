import Basics
import Pages

/// What the area's pages look like.
enum AntennaTemplates {
  static func list(_ territory: Territory, on page: Page) -> HTML {
    let language = page.reader.language
    let rows = territory.antennas.map { antenna -> [HTML] in
      let covered = territory.coverage.filter { $0.antenna == antenna.id && $0.isInForce(on: page.today) }
      let names = covered.map { territory.name(of: $0.governorate, in: language) }
      return [
        "<a href=\"\(AntennaPaths.show(antenna.id))\">\(antenna.name.text(in: language))</a>",
        page.bdi(antenna.id.rawValue), opened(antenna, on: page),
        names.isEmpty
          ? "<span class=\"faint\">\(page("not entered"))</span>" : "\(names.joined(separator: " · "))",
      ]
    }
    return page.layout(
      page("Antennas"),
      """
      \(page.title(page("Antennas")))
      \(page.table(page("Antennas"), columns: [page("Antenna"), page("Code"), page("Opened"), page("Governorates covered")], rows: rows, empty: .empty))
      """)
  }

  static func show(
    _ antenna: Antenna, _ territory: Territory, typed: Typed, errors: [FieldError], on page: Page
  ) -> HTML {
    let name = antenna.name.text(in: page.reader.language)
    return page.layout(
      name,
      """
      \(page.title(name, under: "<p>\(page("Opened")) · \(opened(antenna, on: page))</p>"))
      \(page.section(page("Governorates covered"), coverage(antenna, territory, on: page)))
      \(page.may(.manageAntennas) ? edit(antenna, territory, typed, errors, on: page) : .empty)
      """)
  }

  private static func opened(_ antenna: Antenna, on page: Page) -> HTML {
    antenna.openedOn.map { page.day($0) }
      ?? "<span class=\"faint\">\(page("planned, or day not entered"))</span>"
  }

  private static func coverage(_ antenna: Antenna, _ territory: Territory, on page: Page) -> HTML {
    let rows = territory.coverage.filter { $0.antenna == antenna.id }.map { coverage -> [HTML] in
      let end = page.form(
        AntennaPaths.endCoverage(antenna.id), submit: page("End today"), weight: .quiet,
        page.hidden("governorate", coverage.governorate.rawValue)
          + page.hidden("from", coverage.from.description))
      return [
        "\(territory.name(of: coverage.governorate, in: page.reader.language))", page.day(coverage.from),
        coverage.until.map { page.day($0) } ?? (page.may(.manageAntennas) ? end : "\(page("lasts"))"),
      ]
    }
    return page.table(
      page("Governorates covered"), columns: [page("Governorate"), page("From"), page("Until")], rows: rows,
      empty: page.emptyState(page("Which governorates this antenna covers has not been entered yet.")))
  }

  private static func edit(
    _ antenna: Antenna, _ territory: Territory, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let governorates = territory.governorates.map {
      Choice($0.id.rawValue, $0.name.text(in: page.reader.language))
    }
    let cover = page.form(
      AntennaPaths.coverage(antenna.id), submit: page("Cover this governorate"),
      errors: errors.filter { $0.field != "opened-on" },
      """
      \(fields.select("governorate", page("Governorate"), options: governorates, required: true))
      \(fields.text("from", page("From"), kind: .date, required: true))
      \(fields.text("until", page("Until"), hint: page("Leave empty while it lasts."), kind: .date))
      """)
    let opening = page.form(
      AntennaPaths.opening(antenna.id), submit: page("Save the day"),
      errors: errors.filter { $0.field == "opened-on" },
      fields.text("opened-on", page("Day of opening"), kind: .date))
    return page.disclosure(
      page("Add a governorate"), icon: .antenna, isOpen: errors.contains { $0.field != "opened-on" }, cover)
      + page.disclosure(
        page("Enter the day of opening"), icon: .calendar,
        isOpen: errors.contains { $0.field == "opened-on" }, opening)
  }
}
