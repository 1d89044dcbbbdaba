import Basics
import Cases
import Households
import Pages

/// The surveys of a case, and one of them, as they are read.
enum SurveyTemplates {
  static func list(_ surveys: [Survey], _ file: CaseFile, on page: Page) -> HTML {
    let mayWrite = page.may(.writeSocialSection) && file.stage != .closed
    let act: HTML =
      mayWrite
      ? "<p class=\"buttons\">\(page.button(page("Write a survey"), to: SurveyPaths.new(file.id), icon: .plus))</p>"
      : .empty
    let items = surveys.map { item($0, file.id, on: page) }
    let list: HTML =
      items.isEmpty
      ? page.emptyState(
        page("No survey was written yet. It tells how the person lives, and what would help."))
      : "<ul class=\"records\">\(items)</ul>"
    let title = page("Social surveys")
    return page.layout(
      "\(title) · \(file.number)",
      "\(self.title(title, file, on: page))\(page.section(page("Surveys of this case"), list + act))")
  }

  private static func item(_ survey: Survey, _ file: RecordID<CaseFile>, on page: Page) -> HTML {
    let opinion = survey.answers["opinion"].map { page.prose(String($0.prefix(240))) } ?? .empty
    return """
      <li><p><strong><a href="\(SurveyPaths.show(file, survey.id))">\(name(survey, on: page))</a></strong> \
      \(badge(survey, on: page))</p>\(opinion)</li>
      """
  }

  /// Its day and how one spoke: what one survey is told from another by.
  static func name(_ survey: Survey, on page: Page) -> String {
    let way = survey.way.map { page(SurveyWords.way($0.rawValue)) } ?? ""
    return "\(survey.metOn.map(page.reader.date) ?? "") · \(way)"
  }

  private static func badge(_ survey: Survey, on page: Page) -> HTML {
    guard let last = survey.editions.last else { return page.badge(page("draft"), .attention) }
    return last.number == 1
      ? page.badge(page("concluded"), .good)
      : page.badge(page("corrected, version \(last.number)"), .good)
  }

  static func show(_ found: OpenedSurvey, _ names: [AccountID: String], on page: Page) -> HTML {
    let (file, survey) = (found.opened.file, found.survey)
    let parts = SurveyPart.allCases.map { part($0, found, on: page) }
    let mayWrite = page.may(.writeSocialSection) && file.stage != .closed && found.edition == nil
    let old: HTML =
      found.edition.map {
        page.alert(
          .info,
          "<p>\(page("You read version \($0.number), which was corrected since.")) <a href=\"\(SurveyPaths.show(file.id, survey.id))\">\(page("Read what holds now"))</a></p>"
        )
      } ?? .empty
    return page.layout(
      "\(page("Social survey")) · \(file.number)",
      """
      \(title(page("Social survey"), file, back: (SurveyPaths.list(file.id), page("All surveys of this case")), on: page))
      <p>\(name(survey, on: page)) \(badge(survey, on: page)) <span class="faint">\(names[survey.begunBy] ?? "—")</span></p>
      \(old)\(mayWrite ? acts(found, on: page) : .empty)\(parts)\(unasked(found, on: page))\(changes(found, on: page))
      \(survey.isConcluded ? editions(found, names, on: page) : .empty)\(papers(found, on: page))
      """)
  }

  private static func acts(_ found: OpenedSurvey, on page: Page) -> HTML {
    let (file, survey) = (found.opened.file.id, found.survey)
    if survey.isConcluded {
      return """
        <p class="buttons">\(page.button(page("Correct with a reason"), to: SurveyPaths.correction(file, survey.id), weight: .secondary))</p>
        """
    }
    let missing = SurveyRules.missing(in: survey.answers).map { "<li>\(page($0.label))</li>" as HTML }
    let conclusion: HTML =
      missing.isEmpty
      ? page.form(
        SurveyPaths.conclusion(file, survey.id), submit: page("Conclude"), weight: .secondary,
        "<p>\(page("Once concluded, the survey is kept as it is; a correction needs a reason."))</p>\(page.once(RecordID<Survey.Edition>()))\(page.hidden("version", String(survey.versions.told)))"
      )
      : "<p>\(page("Still to be written before it is concluded:"))</p><ul>\(missing)</ul>"
    return page.section(
      page("Draft"), id: "draft",
      """
      <p class="buttons">\(page.button(page("Go on writing"), to: SurveyPaths.answers(file, survey.id)))</p>\(conclusion)
      """)
  }

  private static func part(_ part: SurveyPart, _ found: OpenedSurvey, on page: Page) -> HTML {
    let answers = found.survey.answers
    let rows = SurveyReading.rows(part, answers, page.reader)
    let household = part == .schooling ? SurveyFormTemplates.household(found.household, on: page) : .empty
    guard !rows.isEmpty || !household.isEmpty else { return .empty }
    var more: [(label: String, value: HTML?)] = []
    if part == .income, let known = SurveyRules.income(in: answers) {
      more = [
        (page("Amounts told, together"), page.money(known.sum)),
        (page("Kinds of income of which nothing is known"), "\(page.reader.number(known.unknown))"),
      ]
    }
    return page.section(
      page(SurveyWords.title(part)), id: part.rawValue,
      page.facts(rows.map { (label: page($0.label), value: value($0)) } + more) + household)
  }

  private static func value(_ row: SurveyReading.Row) -> HTML {
    switch row.question.kind {
    case .paragraph: "<p class=\"prose\" dir=\"auto\">\(row.value)</p>"
    case .line: "<span dir=\"auto\">\(row.value)</span>"
    case .amount, .day, .number, .choice, .choices: "\(row.value)"
    }
  }

  /// Parts of which nothing was asked, in one line: of health only to whoever would read the answer.
  private static func unasked(_ found: OpenedSurvey, on page: Page) -> HTML {
    let parts = SurveyPart.allCases.filter { part in
      !SurveyReading.isAsked(part, in: found.survey.answers)
        && (part != .health || page.may(.readHealthSection))
        && (part != .schooling || found.household.members == 0)
    }
    guard !parts.isEmpty else { return .empty }
    let names = parts.map { page(SurveyWords.title($0)) }.joined(separator: " · ")
    return page.section(page("Not asked"), id: "unasked", "<p class=\"faint\">\(names)</p>")
  }

  private static func changes(_ found: OpenedSurvey, on page: Page) -> HTML {
    guard let earlier = found.earlier, let day = earlier.metOn else { return .empty }
    let rows = SurveyReading.changes(since: earlier.answers, in: found.survey.answers, page.reader)
    let body: HTML =
      rows.isEmpty
      ? "<p class=\"faint\">\(page("Nothing that can be compared has changed."))</p>"
      : page.facts(rows.map { (label: page($0.label), value: "\($0.value)" as HTML?) })
    let link: HTML =
      "<a href=\"\(SurveyPaths.show(found.opened.file.id, earlier.id))\">\(page("Read that survey"))</a>"
    return page.section(
      page("What has changed since the survey of \(day)"), id: "changes", body + "<p>\(link)</p>")
  }

  private static func editions(
    _ found: OpenedSurvey, _ names: [AccountID: String], on page: Page
  ) -> HTML {
    let survey = found.survey
    let items = survey.editions.reversed().map { edition -> HTML in
      let title = page("Version \(edition.number)")
      let isCurrent = edition.number == survey.editions.count
      let link: HTML =
        isCurrent
        ? "\(title)"
        : "<a href=\"\(SurveyPaths.edition(found.opened.file.id, survey.id, edition.number))\">\(title)</a>"
      return """
        <li><p><strong>\(link)</strong> <span class="faint">\(page.time(edition.concludedAt)) · \(names[edition.concludedBy] ?? "—")</span></p>\
        \(edition.reason.map { page.prose($0) })</li>
        """
    }
    return page.section(page("Versions"), id: "versions", "<ul class=\"records\">\(items)</ul>")
  }

  private static func papers(_ found: OpenedSurvey, on page: Page) -> HTML {
    func link(_ language: Language, _ isWhole: Bool) -> String {
      SurveyPaths.pdf(
        found.opened.file.id, found.survey.id, edition: found.edition?.number, language, isWhole: isWhole)
    }
    func links(_ isWhole: Bool) -> HTML {
      """
      <a href="\(link(.french, isWhole))" download>\(page("PDF in French"))</a> · \
      <a href="\(link(.arabic, isWhole))" download>\(page("PDF in Arabic"))</a>
      """
    }
    return page.section(
      page("On paper"), id: "paper",
      """
      <p>\(page("To be signed, without health and safety")) \(links(false))</p>
      <p>\(page("For the service's own file, with everything you may read")) \(links(true))</p>
      """)
  }

  static func title(
    _ text: String, _ file: CaseFile, back: (path: String, label: String)? = nil, on page: Page
  ) -> HTML {
    let more = back.map { " · <a href=\"\($0.path)\">\($0.label)</a>" as HTML } ?? .empty
    return page.title(
      text,
      under:
        "<p>\(page.bdi(file.number)) · <a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a>\(more)</p>"
    )
  }
}
