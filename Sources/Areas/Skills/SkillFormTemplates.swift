import Basics
import Cases
import Pages

/// The forms of the section, one a page; an entry has up to three.
enum SkillFormTemplates {
  static func page(
    _ kind: Skill.Kind, _ current: Skill?, _ attempt: SkillAttempt, _ file: CaseFile, on page: Page
  ) -> HTML {
    let title = page(SkillWords.title(kind))
    let form = page.form(
      SkillPaths.form(kind, file.id), submit: page("Save"), errors: attempt.errors,
      "\(page.once(attempt.typed))\(version(current, attempt, on: page))\(fields(kind.questions, attempt, on: page))"
    )
    return page.layout(
      "\(title) · \(file.number)",
      "\(SkillTemplates.title(title, file, on: page))\(back(file, on: page))\(form)")
  }

  static func entry(_ skill: Skill, _ attempt: SkillAttempt?, _ file: CaseFile, on page: Page) -> HTML {
    let title = page(SkillWords.title(skill.kind))
    let forms: HTML =
      skill.withdrawn == nil && file.stage != .closed
      ? changes(skill, attempt, file, on: page) : SkillTemplates.facts(skill, on: page)
    return page.layout(
      "\(title) · \(file.number)",
      "\(SkillTemplates.title(title, file, on: page))\(back(file, on: page))\(forms)")
  }

  private static func changes(_ skill: Skill, _ attempt: SkillAttempt?, _ file: CaseFile, on page: Page)
    -> HTML
  {
    let stored = SkillAttempt(Typed(skill.fields))
    let words = attempt?.form == .correction ? attempt ?? stored : stored
    let correction = page.form(
      SkillPaths.correction(file.id, skill.id), submit: page("Save"), errors: words.errors,
      "\(version(skill, words, on: page))\(fields(skill.kind.questions, words, on: page))")
    let step = attempt?.form == .recognition ? attempt ?? stored : stored
    let recognition: HTML =
      skill.kind == .certificate
      ? page.section(
        page("Recognition of the certificate"), id: "recognition",
        page.form(
          SkillPaths.recognition(file.id, skill.id), submit: page("Record the recognition"),
          errors: step.errors, weight: .secondary,
          "\(version(skill, step, on: page))\(fields(Skill.Kind.recognitionQuestions, step, on: page))"))
      : .empty
    let reason = attempt?.form == .withdrawal ? attempt ?? SkillAttempt(Typed()) : SkillAttempt(Typed())
    let inputs = FormFields(page, typed: reason.typed, errors: reason.errors)
    let withdrawal = page.form(
      SkillPaths.withdrawal(file.id, skill.id), submit: page("Withdraw"), errors: reason.errors,
      weight: .secondary, inputs.paragraph("reason", page("Why it does not count any more"), required: true))
    return """
      \(page.section(page("Correct"), id: "correction", correction))\(recognition)\
      \(page.section(page("Withdraw"), id: "withdrawal", withdrawal))
      """
  }

  /// What was typed goes on from the version that was read; once both are shown, from the newest.
  private static func version(_ skill: Skill?, _ attempt: SkillAttempt, on page: Page) -> HTML {
    let newest = String(skill?.version ?? 0)
    let typed = attempt.typed["version"]
    return page.hidden("version", attempt.isNewest || typed.isEmpty ? newest : typed)
  }

  private static func back(_ file: CaseFile, on page: Page) -> HTML {
    "<p><a href=\"\(SkillPaths.show(file.id))\">\(page("Back to the skills"))</a></p>"
  }

  private static func fields(_ questions: [SkillField], _ attempt: SkillAttempt, on page: Page) -> HTML {
    let fields = FormFields(page, typed: attempt.typed, errors: attempt.errors)
    let list = questions.map { question -> HTML in
      let (name, label, isNeeded) = (question.name, page(question.label), question.needed != nil)
      switch question.kind {
      case .line: return fields.text(name, label, required: isNeeded, direction: .auto)
      case .paragraph: return fields.paragraph(name, label, required: isNeeded)
      case .day: return fields.text(name, label, kind: .date, required: isNeeded)
      case .number, .dinars: return fields.text(name, label, kind: .number, required: isNeeded)
      case .choice(let codes):
        let options = codes.map { Choice($0, page(SkillWords.label($0))) }
        return fields.select(name, label, options: options, required: isNeeded)
      }
    }
    return "\(list)"
  }
}
