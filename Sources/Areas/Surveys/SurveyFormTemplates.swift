import Basics
import Cases
import Households
import Pages

/// The form of a survey: a new one, a draft, a correction.
enum SurveyFormTemplates {
  static func new(
    _ file: CaseFile, _ household: HouseholdCounts, _ attempt: SurveyAttempt, on page: Page
  ) -> HTML {
    let title = page("Write a survey")
    let form = page.form(
      SurveyPaths.list(file.id), submit: page("Save"), errors: attempt.errors,
      "\(page.once(attempt.typed))\(questions(attempt, household, on: page))")
    return page.layout("\(title) · \(file.number)", "\(self.title(title, file, on: page))\(form)")
  }

  static func edit(
    _ found: OpenedSurvey, _ isCorrection: Bool, _ attempt: SurveyAttempt, on page: Page
  ) -> HTML {
    let (file, survey) = (found.opened.file, found.survey)
    let title = isCorrection ? page("Correct the survey") : page("Go on writing")
    let fields = FormFields(page, typed: attempt.typed, errors: attempt.errors)
    let reason: HTML =
      isCorrection
      ? "\(page.once(attempt.typed))\(fields.text("reason", page("Why it is corrected"), required: true, direction: .auto, limit: 1_000))"
      : .empty
    let form = page.form(
      isCorrection ? SurveyPaths.correction(file.id, survey.id) : SurveyPaths.answers(file.id, survey.id),
      submit: isCorrection ? page("Save the correction") : page("Save"), errors: attempt.errors,
      "\(versions(survey, attempt, on: page))\(reason)\(questions(attempt, found.household, on: page))")
    return page.layout("\(title) · \(file.number)", "\(self.title(title, file, on: page))\(form)")
  }

  private static func title(_ title: String, _ file: CaseFile, on page: Page) -> HTML {
    SurveyTemplates.title(
      title, file, back: (SurveyPaths.list(file.id), page("All surveys of this case")), on: page)
  }

  /// What was typed goes on from the versions that were read; once both are shown, from the newest.
  private static func versions(_ survey: Survey, _ attempt: SurveyAttempt, on page: Page) -> HTML {
    func version(_ name: String, _ newest: Int) -> HTML {
      let typed = attempt.typed[name]
      return page.hidden(name, attempt.isNewest || typed.isEmpty ? String(newest) : typed)
    }
    return version("version", survey.versions.told) + version("health-version", survey.versions.health)
  }

  private static func questions(
    _ attempt: SurveyAttempt, _ household: HouseholdCounts, on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: attempt.typed, errors: attempt.errors)
    let parts = SurveyPart.allCases.filter { $0 != .health || page.may(.writeHealthSection) }.map { part in
      let inputs = part.questions.map { input($0, fields, on: page) }
      let known = part == .schooling ? self.household(household, on: page) : .empty
      return fields.group(page(SurveyWords.title(part)), "\(known)\(inputs)")
    }
    return "<p class=\"hint\">\(page("What is left empty was not asked."))</p>\(parts)"
  }

  private static func input(_ question: SurveyQuestion, _ fields: FormFields, on page: Page) -> HTML {
    let (name, label, isNeeded) = (question.name, page(question.label), question.needed != nil)
    func options(_ codes: [String]) -> [Choice] {
      codes.map { Choice($0, page(SurveyWords.label(question, $0))) }
    }
    switch question.kind {
    case .line: return fields.text(name, label, required: isNeeded, direction: .auto)
    case .paragraph: return fields.paragraph(name, label, required: isNeeded, rows: 3)
    case .day: return fields.text(name, label, kind: .date, required: isNeeded)
    case .number: return fields.text(name, label, kind: .number, required: isNeeded)
    case .amount: return fields.text(name, label, direction: .ltr, limit: 20)
    case .choice(let codes): return fields.select(name, label, options: options(codes), required: isNeeded)
    case .choices(let codes): return fields.checkboxes(name, label, options: options(codes))
    }
  }

  /// What the household tells: it is not asked a second time.
  static func household(_ counts: HouseholdCounts, on page: Page) -> HTML {
    guard counts.members > 0 else { return .empty }
    return page.facts(
      counts.rows.map { (label: page($0.label), value: "\(page.reader.number($0.count))" as HTML?) })
  }
}
