import Basics
import Pages

/// One set of rules, read as text. Values in, markup out.
enum RuleSetTemplates {
  static func show(
    _ kept: KeptRuleSet, _ words: FactWords, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let set = kept.set
    let title = EligibilityTemplates.words(set.title, on: page)
    let facts: [(label: String, value: HTML?)] = [
      (page("State"), EligibilityTemplates.state(kept, on: page)), (page("Version"), page.bdi(set.version)),
      (page("From"), page.day(set.from)),
      (page("Until"), kept.until.map(page.day) ?? "\(page("no end is set"))"),
      (page("Kind of aid"), page.bdi(words.aid(set.aid, page.reader))),
      (page("Funder"), set.funder.map { "\($0)" }),
      (page("Source"), "\(EligibilityTemplates.words(set.source, on: page))"),
      (page("Loaded"), page.time(kept.loadedAt)),
    ]
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(EligibilityPaths.list)\">\(page("Rules of aids"))</a></p>"))
      \(page.section(page("About these rules"), page.facts(facts)))
      \(page.section(page("Rules"), rules(set, on: page)))
      \(set.amount.map { page.section(page("Amount"), amount($0, words, on: page)) })
      \(acts(kept, typed, errors, on: page))
      <details class="card"><summary>\(page("The file as it was loaded"))</summary><pre dir="ltr">\(kept.file)</pre></details>
      """)
  }

  private static func rules(_ set: RuleSet, on page: Page) -> HTML {
    let items = set.rules.map { rule -> HTML in
      let otherwise =
        rule.otherwise == .no
        ? page("Where this does not hold, the answer is no.")
        : page("Where this does not hold, the answer is not yet.")
      let source = rule.source.map { " <small>(<span dir=\"auto\">\($0)</span>)</small>" as HTML } ?? .empty
      return
        "<li><p>\(EligibilityTemplates.words(rule.says, on: page))\(source)</p><p class=\"hint\">\(otherwise)</p></li>"
    }
    return "<ol>\(items)</ol>"
  }

  private static func amount(_ rule: AmountRule, _ words: FactWords, on page: Page) -> HTML {
    func money(_ amount: Int64) -> HTML { page.money(Money(amount, rule.currency)) }
    let base: HTML
    switch rule.base {
    case .fixed(let amount):
      base = "<p>\(page("The same for everybody"))\(page.reader.colon) \(money(amount))</p>"
    case .table(let rows):
      let lines = rows.sorted { $0.key < $1.key }.flatMap { band, steps in
        steps.map { step -> [HTML] in
          [
            page.bdi(words.band(band, of: .vulnerability, page.reader)),
            "\(page("from \(page.reader.number(Int(step.size))) persons"))",
            money(step.amount),
          ]
        }
      }
      base = page.table(
        page("Amount"), columns: [page("Vulnerability"), page("Household"), page("Amount")], rows: lines,
        empty: .empty)
    }
    let ceilings = AmountRule.Ceiling.allCases.compactMap { ceiling in
      rule.ceilings[ceiling].map { (label: page(EligibilityWords.label(ceiling)), value: money($0) as HTML?) }
    }
    return base + page.facts(ceilings)
  }

  private static func acts(_ kept: KeptRuleSet, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML
  {
    guard page.may(.keepEligibility) else { return .empty }
    let whatIf = page.button(
      page("What would change"), to: EligibilityPaths.whatIf(kept.id), icon: .search, weight: .secondary)
    switch kept.state {
    case .discarded: return .empty
    case .draft:
      return page.section(
        page("Decide"),
        """
        <p>\(whatIf)</p>
        \(page.form(EligibilityPaths.decision(kept.id), submit: page("Put in force")))
        \(page.form(EligibilityPaths.discarding(kept.id), submit: page("Discard"), weight: .quiet))
        """)
    case .decided:
      let fields = FormFields(page, typed: typed, errors: errors)
      let ending =
        kept.until.map { $0 < page.today } ?? false
        ? HTML.empty
        : page.form(
          EligibilityPaths.end(kept.id), submit: page("End these rules"), errors: errors, weight: .secondary,
          fields.text("until", page("Last day"), kind: .date, required: true))
      return page.section(page("Decide"), "<p>\(whatIf)</p>" + ending)
    }
  }
}
