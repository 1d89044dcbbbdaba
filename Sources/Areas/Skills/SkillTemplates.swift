import Basics
import Cases
import Pages

/// What is known of a person's work, as it is read.
enum SkillTemplates {
  static func all(_ known: [Skill], _ file: CaseFile, on page: Page) -> HTML {
    let mayChange = page.may(.writeEmploymentSection) && file.stage != .closed
    let parts = Skill.Kind.allCases.map { kind -> HTML in
      let entries = known.filter { $0.kind == kind }
      let body =
        kind.isSingle ? single(kind, entries.last, on: page) : list(entries, file, mayChange, on: page)
      let isThere = kind.isSingle && !entries.isEmpty
      let act: HTML =
        mayChange
        ? """
        <p class="buttons">\(page.button(isThere ? page("Correct") : page("Add"), to: SkillPaths.form(kind, file.id), weight: .secondary))</p>
        """ : .empty
      return page.section(page(SkillWords.title(kind)), id: kind.rawValue, body + act)
    }
    let title = page("Skills")
    return page.layout("\(title) · \(file.number)", "\(self.title(title, file, on: page))\(parts)")
  }

  static func title(_ text: String, _ file: CaseFile, on page: Page) -> HTML {
    page.title(
      text,
      under:
        "<p>\(page.bdi(file.number)) · <a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a></p>"
    )
  }

  private static func single(_ kind: Skill.Kind, _ skill: Skill?, on page: Page) -> HTML {
    let facts =
      skill.map { self.facts($0, on: page) } ?? page.emptyState(page("Nothing is written here yet."))
    guard kind == .idea else { return facts }
    let missing = SkillRules.missing(in: skill?.fields)
    guard skill != nil, !missing.isEmpty else { return facts }
    let items = missing.map { "<li>\(page($0.label))</li>" as HTML }
    return """
      \(facts)<h3>\(page("Still missing for a feasibility study"))</h3><ul>\(items)</ul>
      """
  }

  private static func list(_ entries: [Skill], _ file: CaseFile, _ mayChange: Bool, on page: Page) -> HTML {
    guard !entries.isEmpty else { return page.emptyState(page("Nothing is written here yet.")) }
    let items = entries.map { skill -> HTML in
      let name = skill.fields[skill.kind == .experience ? "trade" : "title"] ?? ""
      let isOpen = mayChange && skill.withdrawn == nil
      let heading: HTML =
        isOpen
        ? "<a href=\"\(SkillPaths.entry(file.id, skill.id))\"><bdi>\(name)</bdi></a>" : "<bdi>\(name)</bdi>"
      let withdrawn: HTML =
        skill.withdrawn.map { "<p>\(page.badge(page("withdrawn"))) <bdi>\($0)</bdi></p>" } ?? .empty
      return "<li><p><strong>\(heading)</strong></p>\(withdrawn)\(facts(skill, on: page))</li>"
    }
    return "<ul class=\"records\">\(items)</ul>"
  }

  static func facts(_ skill: Skill, on page: Page) -> HTML {
    let questions =
      skill.kind.questions + (skill.kind == .certificate ? Skill.Kind.recognitionQuestions : [])
    return page.facts(
      questions.map { question in
        (
          label: page(question.label),
          value: skill.fields[question.name].map { value in
            "<span dir=\"auto\">\(SkillWords.shown(question, value, on: page))</span>"
          }
        )
      })
  }
}
