import Basics
import Cases
import Pages

/// The form of an assessment: a new one, a draft, a correction; and of answers to try an instrument on.
enum AssessmentFormTemplates {
  static func new(
    _ kept: KeptInstrument, _ file: CaseFile, second: RecordID<Assessment>?, _ attempt: AssessmentAttempt,
    on page: Page
  ) -> HTML {
    let title = page(kept.instrument.name)
    let comparison: HTML =
      second.map {
        "\(page.hidden("second", $0.text))<p>\(page("For comparison: you give it on your own, without what your colleague found."))</p>"
      } ?? .empty
    let form = page.form(
      AssessmentPaths.list(file.id), submit: page("Save"), errors: attempt.errors,
      """
      \(page.once(attempt.typed))\(page.hidden("instrument", kept.instrument.id.rawValue))\(comparison)\
      \(head(attempt, isSecond: second != nil, on: page))\(items(kept.instrument, attempt, on: page))
      """)
    return page.layout(
      "\(title) · \(file.number)",
      "\(AssessmentTemplates.title(title, file, back: true, on: page))\(intro(kept, on: page))\(form)")
  }

  static func edit(
    _ found: OpenedAssessment, _ isCorrection: Bool, _ attempt: AssessmentAttempt, on page: Page
  ) -> HTML {
    let (file, assessment) = (found.opened.file, found.assessment)
    let title = isCorrection ? page("Correct the answers") : page("Go on filling in")
    let fields = FormFields(page, typed: attempt.typed, errors: attempt.errors)
    let reason: HTML =
      isCorrection
      ? "\(page.once(attempt.typed))\(fields.text("reason", page("Why it is corrected"), required: true, direction: .auto, limit: 1_000))"
      : .empty
    let typed = attempt.typed["version"]
    let version = attempt.isNewest || typed.isEmpty ? String(assessment.version) : typed
    let form = page.form(
      isCorrection
        ? AssessmentPaths.correction(file.id, assessment.id)
        : AssessmentPaths.answers(file.id, assessment.id),
      submit: isCorrection ? page("Save the correction") : page("Save"), errors: attempt.errors,
      """
      \(page.hidden("version", version))\(reason)\(head(attempt, isSecond: assessment.secondOf != nil, on: page))\
      \(items(found.kept.instrument, attempt, on: page))
      """)
    return page.layout(
      "\(title) · \(file.number)",
      "\(AssessmentTemplates.title("\(title) · \(page(found.kept.instrument.name))", file, back: true, on: page))\(intro(found.kept, on: page))\(form)"
    )
  }

  private static func intro(_ kept: KeptInstrument, on page: Page) -> HTML {
    """
    <p class="lead">\(page(kept.instrument.purpose))</p>\
    <p class="hint">\(page("What is left empty was not asked. Save at any time and go on later."))</p>
    """
  }

  private static func head(_ attempt: AssessmentAttempt, isSecond: Bool, on page: Page) -> HTML {
    let fields = FormFields(page, typed: attempt.typed, errors: attempt.errors)
    let waves = Assessment.Wave.allCases.map { Choice($0.rawValue, page(AssessmentWords.label($0))) }
    let ways = Assessment.Way.allCases.map { Choice($0.rawValue, page(AssessmentWords.label($0))) }
    let wave: HTML =
      isSecond
      ? page.hidden("wave", attempt.typed["wave"])
      : fields.radios("wave", page("Which time"), options: waves, required: true)
    return fields.group(
      page("How the answers were given"),
      """
      \(fields.text("on", page("Day on which it was given"), kind: .date, required: true))\(wave)
      \(fields.radios("way", page("In which way"), options: ways, required: true))
      \(fields.text("asked-by", page("Who asked the questions"), hint: page("Needed for answers on paper: who asked the questions then."), direction: .auto))
      """)
  }

  /// By dimensions, in the order of the file.
  static func items(_ instrument: Instrument, _ attempt: AssessmentAttempt, on page: Page) -> HTML {
    let fields = FormFields(page, typed: attempt.typed, errors: attempt.errors)
    let parts = instrument.groups.map { group in
      let title = group.dimension.map { page($0.name) } ?? page("Questions")
      return fields.group(title, "\(group.items.map { input($0, instrument, fields, on: page) })")
    }
    return "\(parts)"
  }

  private static func input(_ item: Item, _ instrument: Instrument, _ fields: FormFields, on page: Page)
    -> HTML
  {
    let (name, label) = (AnswerField.name(item.code), page(item.text))
    let hints = [page(item.hint), AssessmentWords.condition(item, instrument, page.reader) ?? ""]
      .filter { !$0.isEmpty }
    let hint = hints.isEmpty ? nil : hints.joined(separator: " ")
    let missing = [
      Choice(AssessmentForm.refused, page(AssessmentWords.refused)),
      Choice(AssessmentForm.notApplicable, page(AssessmentWords.notApplicable)),
    ]
    func options(_ options: [Item.Option]) -> [Choice] {
      options.map { Choice($0.code, page(AssessmentWords.text($0, item))) } + missing
    }
    switch item.kind {
    case .oneOf(let known), .yesNo(let known):
      return fields.radios(
        name, label, options: options(known) + [Choice("", page(AssessmentWords.notAsked))], hint: hint)
    case .severalOf(let known): return fields.checkboxes(name, label, options: options(known), hint: hint)
    case .number:
      return fields.text(name, label, hint: hint, kind: .number) + why(item, missing, fields, on: page)
    case .text:
      return fields.paragraph(name, label, hint: hint, rows: 2) + why(item, missing, fields, on: page)
    case .date:
      return fields.text(name, label, hint: hint, kind: .date) + why(item, missing, fields, on: page)
    }
  }

  private static func why(_ item: Item, _ missing: [Choice], _ fields: FormFields, on page: Page) -> HTML {
    let name = AssessmentForm.whyName(item)
    return fields.more(
      page("There is no answer to this"), names: [name],
      fields.select(name, page("Why there is no answer: \(page(item.text))"), options: missing))
  }
}
