import Basics
import Cases
import Pages

/// The assessments of a case, and one of them, as they are read.
enum AssessmentTemplates {
  static func list(_ found: OpenedAssessments, _ errors: [FieldError] = [], on page: Page) -> HTML {
    let file = found.opened.file
    let groups = Dictionary(grouping: found.assessments, by: \.instrument.code)
    let given = groups.keys.sorted().map { group($0, groups[$0] ?? [], found, on: page) }
    let mayWrite = page.may(.recordAssessments) && file.stage != .closed
    let none: HTML =
      given.isEmpty
      ? page.emptyState(
        page(
          "No questionnaire was filled in yet. Each tells how the person stands, in the same words each time."
        ))
      : .empty
    let title = page("Assessments")
    return page.layout(
      "\(title) · \(file.number)",
      """
      \(self.title(title, file, on: page))\(page.errorSummary(errors))\(none)\(given)
      \(mayWrite ? start(found, on: page) : .empty)
      """)
  }

  private static func group(
    _ code: String, _ assessments: [Assessment], _ found: OpenedAssessments, on page: Page
  ) -> HTML {
    guard let kept = assessments.first.flatMap({ found.instruments[$0.instrument] }) else { return .empty }
    let name = page(kept.instrument.name)
    let columns = [page("Day"), page("Which time"), page("Score"), page("State")]
    let rows = assessments.map { row($0, found, on: page) }
    let scored = assessments.contains { $0.isConcluded && $0.counts }
    let link: HTML =
      scored
      ? "<p><a href=\"\(AssessmentPaths.trajectory(found.opened.file.id, code))\">\(page("How it went over time"))</a></p>"
      : .empty
    return page.section(
      name, id: "given-\(code)", page.table(name, columns: columns, rows: rows, empty: .empty) + link)
  }

  private static func row(_ assessment: Assessment, _ found: OpenedAssessments, on page: Page) -> [HTML] {
    let day = assessment.givenOn.map(page.reader.date) ?? "—"
    let wave = assessment.wave.map { page(AssessmentWords.label($0)) } ?? "—"
    var score: HTML = "—"
    if assessment.isConcluded, !found.isBlind(assessment.id),
      let kept = found.instruments[assessment.instrument]
    {
      let scoring = AssessmentScoring.scoring(kept.instrument, assessment.answers)
      score = short(scoring, kept.instrument, on: page)
    }
    return [
      "<a href=\"\(AssessmentPaths.show(found.opened.file.id, assessment.id))\">\(day)</a>",
      assessment.secondOf == nil ? "\(wave)" : "\(page("second assessor"))", score,
      badge(assessment, on: page),
    ]
  }

  /// The score with its band, or a word for why there is none.
  static func short(_ scoring: Scoring, _ instrument: Instrument, on page: Page) -> HTML {
    switch scoring.composite {
    case .score(let score):
      let band = instrument.bands.first { $0.code == scoring.band }.map { " · \(page($0.name))" } ?? ""
      return "\(page.bdi(score.text(for: page.reader.language)))\(band)"
    case .withheld(.weightsNotLoaded): return "\(page(AssessmentWords.label(Instrument.Weights.none)))"
    case .withheld: return "\(page("no score"))"
    }
  }

  static func badge(_ assessment: Assessment, on page: Page) -> HTML {
    if assessment.withdrawn != nil { return page.badge(page("set aside")) }
    guard let last = assessment.editions.last else { return page.badge(page("draft"), .attention) }
    return last.number == 1
      ? page.badge(page("answers concluded"), .good)
      : page.badge(page("answers corrected, version \(last.number)"), .good)
  }

  /// What may be filled in today, and versions of before for what was given on paper then.
  private static func start(_ found: OpenedAssessments, on page: Page) -> HTML {
    let file = found.opened.file.id
    let all = Array(found.instruments.values)
    let current = InstrumentRules.current(all, on: page.today)
    let items = current.map { kept -> HTML in
      let instrument = kept.instrument
      return """
        <li><p><strong>\(page(instrument.name))</strong></p><p class="faint">\(page(instrument.purpose))</p>\
        <p class="buttons">\(page.button(page("Fill in"), to: AssessmentPaths.new(file, instrument.id), weight: .secondary))</p>\
        <p>\(InstrumentTemplates.papers(instrument.id, on: page)) · \
        <a href="\(InstrumentPaths.show(instrument.id))">\(page("What it asks, and how it is counted"))</a></p></li>
        """
    }
    let older = all.filter { kept in
      kept.forcedOn != nil && !current.contains { $0.instrument.id == kept.instrument.id }
    }
    .sorted { $0.instrument.id.rawValue < $1.instrument.id.rawValue }
    let links = older.map { kept -> HTML in
      let (name, id) = (page(kept.instrument.name), kept.instrument.id)
      return
        "<li><a href=\"\(AssessmentPaths.new(file, id))\">\(name)\(page.reader.comma) \(page("version \(id.version)"))</a></li>"
    }
    let before: HTML =
      links.isEmpty
      ? .empty
      : page.disclosure(
        page("Enter answers on paper of an earlier version"), "<ul class=\"records\">\(links)</ul>")
    return page.section(
      page("Questionnaires in force"), id: "start",
      "<ul class=\"records\" id=\"f-instrument\">\(items)</ul>\(before)")
  }

  static func show(
    _ found: OpenedAssessment, _ names: [AccountID: String], withdrawal: AssessmentAttempt? = nil,
    on page: Page
  ) -> HTML {
    let (file, assessment, instrument) = (found.opened.file, found.assessment, found.kept.instrument)
    let isCurrent = found.edition == nil && assessment.withdrawn == nil
    let mayWrite = page.may(.recordAssessments) && file.stage != .closed && isCurrent && !found.isBlind
    let title = page(instrument.name)
    let body: HTML =
      found.isBlind
      ? page.alert(
        .info,
        "<p>\(page("You are giving this a second time: these answers are shown to you when yours are concluded."))</p>"
      )
      : """
      \(mayWrite ? acts(found, on: page) : .empty)\(ScoreTemplates.score(found.scoring, instrument, on: page))\
      \(ScoreTemplates.answers(assessment.answers, instrument, on: page))\
      \(changes(found, on: page))\(assessment.isConcluded ? editions(found, names, on: page) : .empty)\
      \(mayWrite ? more(found, withdrawal, on: page) : .empty)
      """
    return page.layout(
      "\(title) · \(file.number)",
      """
      \(self.title(title, file, back: true, on: page))\(notices(found, on: page))
      \(page.section(page("How the answers were given"), id: "given", facts(found, names, on: page)))\(body)
      """)
  }

  private static func notices(_ found: OpenedAssessment, on page: Page) -> HTML {
    let (file, assessment) = (found.opened.file.id, found.assessment)
    if let gone = assessment.withdrawn {
      return page.alert(
        .info,
        "<p>\(page("Set aside on \(Day(of: gone.at)): it counts no more, and is only kept."))</p>\(page.prose(gone.reason))"
      )
    }
    guard let edition = found.edition else { return .empty }
    return page.alert(
      .info,
      "<p>\(page("You read version \(edition.number), which was corrected since.")) <a href=\"\(AssessmentPaths.show(file, assessment.id))\">\(page("Read what holds now"))</a></p>"
    )
  }

  private static func facts(_ found: OpenedAssessment, _ names: [AccountID: String], on page: Page) -> HTML {
    let (assessment, instrument) = (found.assessment, found.kept.instrument)
    let file = found.opened.file.id
    let first: HTML? = assessment.secondOf.map {
      "<a href=\"\(AssessmentPaths.show(file, $0))\">\(page("the first answers"))</a>"
    }
    let second: HTML? = found.second.map {
      "<a href=\"\(AssessmentPaths.show(file, $0.id))\">\(page("the answers of the second assessor"))</a>"
    }
    return page.facts([
      (page("Day"), assessment.givenOn.map { page.day($0) }),
      (page("Which time"), assessment.wave.map { "\(page(AssessmentWords.label($0)))" }),
      (page("In which way"), assessment.way.map { "\(page(AssessmentWords.label($0)))" }),
      (
        page("Who asked the questions"),
        assessment.fields["asked-by"].map { "<span dir=\"auto\">\($0)</span>" }
      ),
      (page("Written down by"), "\(names[assessment.begunBy] ?? "—")"),
      (page("State"), badge(assessment, on: page)),
      (
        page("Questionnaire"),
        "<a href=\"\(InstrumentPaths.show(instrument.id))\">\(page(instrument.name))\(page.reader.comma) \(page("version \(instrument.version)"))</a>"
      ),
      (page("For comparison with"), first ?? second),
    ])
  }

  private static func acts(_ found: OpenedAssessment, on page: Page) -> HTML {
    let (file, assessment) = (found.opened.file.id, found.assessment)
    if assessment.isConcluded {
      return """
        <p class="buttons">\(page.button(page("Correct with a reason"), to: AssessmentPaths.correction(file, assessment.id), weight: .secondary))</p>
        """
    }
    let conclusion = page.form(
      AssessmentPaths.conclusion(file, assessment.id), submit: page("Conclude the answers"),
      weight: .secondary,
      "<p>\(page("Once concluded, the answers are kept as they are; a correction needs a reason."))</p>\(page.once(RecordID<Assessment.Edition>()))\(page.hidden("version", String(assessment.version)))"
    )
    return page.section(
      page("Draft"), id: "draft",
      """
      <p class="buttons">\(page.button(page("Go on filling in"), to: AssessmentPaths.answers(file, assessment.id)))</p>\(conclusion)
      """)
  }

  /// What is not the same as the time before; words are never twice the same.
  private static func changes(_ found: OpenedAssessment, on page: Page) -> HTML {
    guard let earlier = found.earlier, let day = earlier.givenOn else { return .empty }
    let (before, after, file) = (earlier.answers, found.assessment.answers, found.opened.file.id)
    let rows = found.kept.instrument.items.compactMap { item -> (label: String, value: HTML?)? in
      guard item.kind != .text, before[item.code] != after[item.code] else { return nil }
      let (one, other) = (
        AssessmentWords.shown(after[item.code], item, page.reader),
        AssessmentWords.shown(before[item.code], item, page.reader)
      )
      return (page(item.text), "\(page("\(one) (before: \(other))"))")
    }
    let body: HTML =
      rows.isEmpty
      ? "<p class=\"faint\">\(page("Nothing that can be compared has changed."))</p>" : page.facts(rows)
    return page.section(
      page("What has changed since \(day)"), id: "changes",
      """
      \(body)<p><a href="\(AssessmentPaths.show(file, earlier.id))">\(page("Read those answers"))</a></p>
      """)
  }

  private static func editions(
    _ found: OpenedAssessment, _ names: [AccountID: String], on page: Page
  ) -> HTML {
    let assessment = found.assessment
    let items = assessment.editions.reversed().map { edition -> HTML in
      let title = page("Version \(edition.number)")
      let link: HTML =
        edition.number == assessment.editions.count
        ? "\(title)"
        : "<a href=\"\(AssessmentPaths.edition(found.opened.file.id, assessment.id, edition.number))\">\(title)</a>"
      return """
        <li><p><strong>\(link)</strong> <span class="faint">\(page.time(edition.concludedAt)) · \(names[edition.concludedBy] ?? "—")</span></p>\
        \(edition.reason.map { page.prose($0) })</li>
        """
    }
    return page.section(page("Versions"), id: "versions", "<ul class=\"records\">\(items)</ul>")
  }

  /// A second assessor, and setting aside.
  private static func more(
    _ found: OpenedAssessment, _ withdrawal: AssessmentAttempt?, on page: Page
  ) -> HTML {
    let (file, assessment) = (found.opened.file.id, found.assessment)
    let mayCompare =
      assessment.isConcluded && assessment.secondOf == nil && found.second == nil
      && assessment.begunBy != page.actor?.id
    let compare: HTML =
      mayCompare
      ? "<p>\(page("A colleague may give it a second time on her own, so that it is seen how far two assessors agree.")) <a href=\"\(AssessmentPaths.second(file, assessment.instrument, assessment.id))\">\(page("Give it a second time"))</a></p>"
      : .empty
    let fields = FormFields(page, typed: withdrawal?.typed ?? Typed(), errors: withdrawal?.errors ?? [])
    let form = page.form(
      AssessmentPaths.withdrawal(file, assessment.id), submit: page("Set aside"),
      errors: withdrawal?.errors ?? [], weight: .secondary,
      fields.text("why", page("Why it is set aside"), required: true, direction: .auto, limit: 1_000))
    return page.section(
      page("What else may be done"), id: "more",
      compare
        + page.disclosure(
          page("Set it aside: it counts no more, and stays to be read"), isOpen: withdrawal != nil, form))
  }

  static func title(_ text: String, _ file: CaseFile, back: Bool = false, on page: Page) -> HTML {
    let list: HTML =
      back
      ? " · <a href=\"\(AssessmentPaths.list(file.id))\">\(page("All assessments of this case"))</a>" : .empty
    return page.title(
      text,
      under:
        "<p>\(page.bdi(file.number)) · <a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a>\(list)</p>"
    )
  }
}
