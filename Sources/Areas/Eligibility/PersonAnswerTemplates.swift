import Basics
import Cases
import Pages

/// What the rules say of a person, in words fit to be read aloud. Values in, markup out.
enum PersonAnswerTemplates {
  static func show(_ found: OpenedEligibility, _ words: FactWords, _ errors: [FieldError], on page: Page)
    -> HTML
  {
    let file = found.opened.file
    let title = page("Which aids")
    let names = Dictionary(
      found.answers.map { ($0.rules.id, EligibilityTemplates.words($0.rules.set.title, on: page)) }
    ) { first, _ in first }
    let empty = page.emptyState(
      page("No rules are in force on this day. The person is received, oriented and followed all the same."))
    let answers = found.answers.map { answer($0, found, words, on: page) }
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(CasePaths.show(file.id))\">\(page.bdi(file.number))</a> · \(page.day(found.day))</p>"))
      \(page.errorSummary(errors))
      \(answers.isEmpty ? empty : "\(answers)" as HTML)
      \(kept(found.judgements, names, on: page))
      """)
  }

  private static func answer(
    _ answer: EligibilityAnswer, _ found: OpenedEligibility, _ words: FactWords, on page: Page
  ) -> HTML {
    let set = answer.rules.set
    let readings = answer.verdict.readings.map { reading($0, answer.facts, words, on: page) }
    let rules = "<a href=\"\(EligibilityPaths.show(answer.rules.id))\">\(page("The rules"))</a>" as HTML
    let keep: HTML =
      found.opened.file.stage != .closed && page.may(.prepareAids) && found.day <= page.today
      ? page.form(
        EligibilityPaths.person(found.opened.file.id), submit: page("Keep this answer"),
        about: answer.rules.id.text, weight: .secondary,
        "\(page.once(RecordID<Judgement>()))\(page.hidden("rules", answer.rules.id.text))\(page.hidden("day", found.day.description))"
      )
      : .empty
    return page.section(
      EligibilityTemplates.words(set.title, on: page), id: "rules-\(answer.rules.id)",
      """
      <p>\(AidRulingTemplates.badge(answer.verdict.answer, on: page)) \(conclusion(answer.verdict.answer, on: page))</p>
      \(amount(answer.verdict.amount, found.rate, on: page))
      \(page.table(
        page("Rules"), columns: [page("Condition"), page("Holds?"), page("What the file says"), page("What to do")],
        rows: readings, empty: .empty))
      <p class="hint">\(EligibilityTemplates.words(set.source, on: page)) · \(page("Version")) \(page.bdi(set.version)) · \(rules)</p>
      \(keep)
      """)
  }

  private static func conclusion(_ answer: Verdict.Answer, on page: Page) -> String {
    switch answer {
    case .yes: page("All the conditions of this aid hold.")
    case .notYet: page("Something is missing or can still be done: see below.")
    case .no:
      page(
        "One condition does not hold and cannot come to hold. The person is oriented and followed all the same."
      )
    }
  }

  private static func reading(
    _ reading: Reading, _ facts: Facts, _ words: FactWords, on page: Page
  ) -> [HTML] {
    let rule = reading.rule
    let tone: Page.Tone =
      switch reading.truth {
      case .yes: .good
      case .unknown: .info
      case .no: .attention
      }
    let seen = rule.condition.facts.map { fact -> HTML in
      let value =
        facts[fact].map { words.text($0, of: fact, page.reader) } ?? page("not known")
      return "<div>\(page(fact.label))\(page.reader.colon) <strong>\(value)</strong></div>"
    }
    let todo = steps(reading, facts, on: page).map { "<div>\($0)</div>" as HTML }
    return [
      "\(EligibilityTemplates.words(rule.says, on: page))",
      page.badge(page(EligibilityWords.label(reading.truth)), tone), "\(seen)",
      todo.isEmpty ? "—" : "\(todo)",
    ]
  }

  /// What somebody can do about a rule that does not hold, or of which too little is known; each once.
  private static func steps(_ reading: Reading, _ facts: Facts, on page: Page) -> [String] {
    switch reading.truth {
    case .yes: []
    case .no: reading.rule.change[page.reader.language].map { [$0] } ?? []
    case .unknown:
      reading.rule.condition.facts.filter { facts[$0]?.isExact != true }.map { page($0.toKnow) }
        .reduce(into: []) { steps, step in if !steps.contains(step) { steps.append(step) } }
    }
  }

  private static func amount(_ amount: AmountReading?, _ rate: EuroRate?, on page: Page) -> HTML {
    guard let amount else { return .empty }
    func money(_ money: Money) -> HTML { page.money(money) }
    if amount.lacksRate {
      return page.alert(
        .attention,
        "<p>\(page("No rate of the euro is entered for this day, so the amount cannot be told."))</p>")
    }
    if let why = EligibilityWords.untold(amount) {
      return amount.lacksRow ? page.alert(.attention, "<p>\(page(why))</p>") : "<p>\(page(why))</p>"
    }
    guard let sum = amount.amount, let base = amount.base else { return .empty }
    let dinars: HTML? =
      sum.currency == .eur
      ? rate.map {
        "\(money(Money($0.millimes(ofCents: sum.minorUnits), .tnd))) (\(page("rate of")) \(page.day($0.day)), <span dir=\"auto\">\($0.source)</span>)"
      } ?? "\(page("no rate is entered for this day"))" : nil
    let cuts = amount.cuts.map {
      (label: page(EligibilityWords.label($0.ceiling)), value: money($0.left) as HTML?)
    }
    return page.facts(
      [(page("Amount by the rules"), money(base))] + cuts
        + [(page("Amount that may be given"), money(sum)), (page("In dinars"), dinars)])
  }

  private static func kept(_ judgements: [Judgement], _ names: [RecordID<KeptRuleSet>: String], on page: Page)
    -> HTML
  {
    guard !judgements.isEmpty else { return .empty }
    let rows = judgements.map { judgement -> [HTML] in
      [
        "<a href=\"\(EligibilityPaths.show(judgement.rules))\">\(names[judgement.rules] ?? page("Earlier rules"))</a>",
        page.day(judgement.day), "\(page(EligibilityWords.label(judgement.answer)))",
        judgement.amount.map { page.money($0) } ?? "—", page.time(judgement.at),
      ]
    }
    return page.section(
      page("Answers that were kept"), id: "kept",
      page.table(
        page("Answers that were kept"),
        columns: [page("Rules"), page("Day"), page("Answer"), page("Amount"), page("Recorded")], rows: rows,
        empty: .empty))
  }
}
