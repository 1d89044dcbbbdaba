import Basics
import Pages

/// The list of rules and the form that loads some. Values in, markup out.
enum EligibilityTemplates {
  static func list(_ sets: [KeptRuleSet], on page: Page) -> HTML {
    let rows = sets.map { kept -> [HTML] in
      [
        "<a href=\"\(EligibilityPaths.show(kept.id))\">\(words(kept.set.title, on: page))</a>",
        page.bdi(kept.set.version), state(kept, on: page), page.day(kept.set.from),
        kept.until.map(page.day) ?? "\(page("no end is set"))",
      ]
    }
    let action =
      page.may(.keepEligibility)
      ? page.button(page("Load rules"), to: EligibilityPaths.new, icon: .plus) : HTML.empty
    return page.layout(
      page("Rules of aids"),
      """
      \(page.title(page("Rules of aids"), actions: action))
      <p>\(page("By these rules an aid is given, each with the text it comes from. What was answered once stays as it was answered."))</p>
      \(page.table(
        page("Rules of aids"),
        columns: [page("Rules"), page("Version"), page("State"), page("From"), page("Until")],
        rows: rows, empty: page.emptyState(page("No rules are loaded. Nobody can say yet which aids a person may get."))))
      """)
  }

  static func state(_ kept: KeptRuleSet, on page: Page) -> HTML {
    let tone: Page.Tone = kept.state == .draft ? .attention : kept.isInForce(on: page.today) ? .good : .plain
    return page.badge(page(EligibilityWords.label(kept, on: page.today)), tone)
  }

  static func words(_ words: RuleSet.Words, on page: Page) -> String { words[page.reader.language] ?? "" }

  static func new(_ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.layout(
      page("Load rules"),
      """
      \(page.title(page("Load rules"), under: "<p><a href=\"\(EligibilityPaths.list)\">\(page("Rules of aids"))</a></p>"))
      \(page.section(page("File of rules"), page.form(EligibilityPaths.list, submit: page("Load as a draft"), errors: errors, """
        \(page.once(typed))
        \(fields.paragraph("file", page("File of rules"), hint: page("In YAML, as docs/eligibility.md describes it. Nothing is in force before somebody puts it in force."), required: true, rows: 20, limit: RuleFile.longest))
        """)))
      """)
  }
}
