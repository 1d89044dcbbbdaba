import Antennas
import Basics
import Cases
import Pages

/// Rounds of reviews, findings and figures. Values in, markup out.
enum ReviewTemplates {
  static func back(on page: Page) -> HTML {
    "<p><a href=\"\(ReviewPaths.list)\">\(page("All reviews"))</a></p>"
  }

  static func list(
    _ rounds: [ReviewRound], next: RecordID<ReviewRound>?, _ open: [OpenFindings],
    _ names: [AccountID: String], _ territory: Territory, on page: Page
  ) -> HTML {
    let language = page.reader.language
    let rows = rounds.map { round -> [HTML] in
      [
        "<a href=\"\(ReviewPaths.round(round.id))\">\(territory.name(of: round.criteria.antenna, in: language))</a>",
        "\(page.reader.date(round.criteria.days.lowerBound)) – \(page.reader.date(round.criteria.days.upperBound))",
        "\(page("\(round.count) of \(round.size)"))", page.time(round.at),
        "\(round.by == Actor.program.id ? page("the program") : names[round.by] ?? "—")",
      ]
    }
    return page.layout(
      page("Reviews"),
      """
      \(page.title(page("Reviews"), under: "<p><a href=\"\(ReviewPaths.findings(isOpen: true, at: nil))\">\(page("Findings"))</a> · <a href=\"\(ReviewPaths.figures(at: nil))\">\(page("Figures of reviews"))</a></p>", actions: page.button(page("Draw files"), to: ReviewPaths.new, icon: .plus)))
      \(page.section(page("Open findings by antenna"), id: "open", openTable(open, territory, on: page)))
      \(page.table(
        page("Reviews"),
        columns: [page("Antenna"), page("Period"), page("Files drawn"), page("Drawn"), page("Drawn by")],
        rows: rows, empty: page.emptyState(page("No file was drawn yet. Draw some of an antenna to read them again."))))
      \(page.pager(next: next.map { ReviewPaths.list(after: $0) }))
      """)
  }

  private static func openTable(_ open: [OpenFindings], _ territory: Territory, on page: Page) -> HTML {
    let rows = open.map { line -> [HTML] in
      [
        "\(territory.name(of: line.antenna, in: page.reader.language))",
        "<a href=\"\(ReviewPaths.findings(isOpen: true, at: line.antenna))\">\(page.reader.number(line.waiting.count))</a>",
        page.day(line.waiting.since),
      ]
    }
    return page.table(
      page("Open findings by antenna"), columns: [page("Antenna"), page("Open findings"), page("Since")],
      rows: rows, empty: page.emptyState(page("No finding is open.")))
  }

  static func new(_ territory: Territory, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let antennas = territory.antennas.map {
      Choice($0.id.rawValue, territory.name(of: $0.id, in: page.reader.language))
    }
    let bases = ReviewRound.Basis.allCases.map { Choice($0.rawValue, page($0.label)) }
    let raters = [Choice("1", page("one")), Choice("2", page("two, who do not see each other's answers"))]
    return page.layout(
      page("Draw files"),
      """
      \(page.title(page("Draw files"), under: back(on: page)))
      \(page.section(page("Files to be read again"), "<p>\(page("They are drawn by lot. The seed and the list from which they are drawn are kept, so that anybody can draw again and get the same files."))</p>" + page.form(ReviewPaths.list, submit: page("Draw them"), errors: errors, """
        \(page.once(typed))
        \(fields.select("antenna", page("Antenna"), options: antennas, required: true))
        \(fields.radios("basis", page("Which files"), options: bases, required: true))
        \(fields.text("from", page("From the day"), kind: .date, required: true))
        \(fields.text("until", page("Until the day"), kind: .date, required: true))
        \(fields.text("count", page("How many files"), hint: page("At most \(ReviewRound.most)."), kind: .number, required: true))
        \(fields.radios("raters", page("How many review each file"), options: raters, required: true))
        """)))
      """)
  }

  static func show(
    _ opened: OpenedRound, _ knowledge: ReviewKnowledge, _ names: [AccountID: String], _ territory: Territory,
    on page: Page
  ) -> HTML {
    let round = opened.round
    let language = page.reader.language
    let title = page("Review: \(territory.name(of: round.criteria.antenna, in: language))")
    let papers: [HTML] = [Language.french, .arabic].map { language in
      page.button(
        page("Summary as PDF: \(language.ownName)"), to: ReviewPaths.paper(round.id, language), icon: .paper,
        weight: .secondary, isFile: true)
    }
    return page.layout(
      title,
      """
      \(page.title(title, under: back(on: page), actions: "\(papers)"))
      \(page.section(page("How they were drawn"), id: "frame", page.facts(facts(opened, names, on: page)) + soundness(opened, on: page)))
      \(page.section(page("Files"), id: "files", files(opened, names, on: page)))
      \(page.section(page("What it came to"), id: "summary", summary(opened, knowledge, on: page)))
      """)
  }

  private static func facts(_ opened: OpenedRound, _ names: [AccountID: String], on page: Page) -> [(
    label: String, value: HTML?
  )] {
    let round = opened.round
    let days = round.criteria.days
    return [
      (page("Which files"), "\(page(round.criteria.basis.label))"),
      (page("Period"), "\(page.reader.date(days.lowerBound)) – \(page.reader.date(days.upperBound))"),
      (page("Files from which they were drawn"), "\(page.reader.number(round.size))"),
      (page("Files drawn"), "\(page.reader.number(round.count))"), (page("Seed"), page.bdi("\(round.seed)")),
      (page("Checklist"), "\(page("version \(round.checklist)"))"),
      (page("Reviewers of each file"), "\(page.reader.number(round.raters))"),
      (page("Drawn"), page.time(round.at)),
      (
        page("Drawn by"),
        "\(round.by == Actor.program.id ? page("the program") : names[round.by] ?? "—")"
      ),
    ]
  }

  private static func soundness(_ opened: OpenedRound, on page: Page) -> HTML {
    opened.isSound
      ? "<p>\(page.badge(page("The seed and the kept list give these files."), .good, icon: .done))</p>"
      : page.alert(.attention, "<p>\(page("The seed and the kept list give other files."))</p>")
  }

  private static func files(_ opened: OpenedRound, _ names: [AccountID: String], on page: Page) -> HTML {
    let rows = opened.entries.map { entry -> [HTML] in
      let readings = opened.readings[entry.id] ?? []
      let done = readings.count { $0.doneAt != nil }
      let state =
        done >= opened.round.raters
        ? page.badge(page("reviewed"), .good, icon: .done)
        : readings.isEmpty
          ? page.badge(page("not begun"))
          : page.badge(page("\(done) of \(opened.round.raters) done"), .info)
      let findings = opened.findings[entry.id] ?? []
      let open = findings.count { $0.closed == nil }
      return [
        "<a href=\"\(ReviewPaths.entry(entry.id))\">\(page.bdi(opened.numbers[entry.file] ?? "—"))</a>",
        state,
        "\(readings.map { names[$0.rater] ?? "—" }.joined(separator: "\(page.reader.comma) "))",
        "\(findings.isEmpty ? "—" : page("\(open) of \(findings.count) open"))",
      ]
    }
    return page.table(
      page("Files"), columns: [page("Case"), page("State"), page("Reviewed by"), page("Findings")],
      rows: rows, empty: page.emptyState(page("No file was drawn.")))
  }

  private static func summary(_ opened: OpenedRound, _ knowledge: ReviewKnowledge, on page: Page) -> HTML {
    let summary = opened.summary
    let isDouble = opened.round.raters > 1
    let rows = summary.lines.map { line -> [HTML] in
      let name = knowledge.name(of: line.item, in: opened.round.checklist, page.reader.language)
      let counts = ReviewReading.Answer.allCases.map { answer -> HTML in
        "\(page.reader.number(line.counts[answer] ?? 0))"
      }
      return ["\(name)"] + counts + (isDouble ? ["\(ReviewWords.told(line.agreement, page.reader))"] : [])
    }
    let columns =
      [page("Question")] + ReviewReading.Answer.allCases.map { page($0.label) }
      + (isDouble ? [page("Agreement")] : [])
    let whole: HTML =
      isDouble
      ? "<p>\(page("Agreement of the two reviewers over all questions: \(ReviewWords.told(summary.agreement, page.reader))"))</p>"
      : .empty
    return """
      <p>\(page("Files reviewed: \(summary.settled) of \(opened.round.count)"))</p>\(whole)
      \(page.table(page("What it came to"), columns: columns, rows: rows, empty: .empty))
      """
  }

  static func findings(
    _ found: FindingsFound, isOpen: Bool, at antenna: AntennaCode?, _ knowledge: ReviewKnowledge,
    _ territory: Territory, on page: Page
  ) -> HTML {
    let language = page.reader.language
    let filters = [(page("Open"), true), (page("Closed"), false)].map { label, open in
      (
        label: label, path: ReviewPaths.findings(isOpen: open, at: antenna), isCurrent: open == isOpen
      )
    }
    let mayReview = page.actor.map(ReviewRules.mayReview) ?? false
    let rows = found.findings.map { finding -> [HTML] in
      let number = page.bdi(found.numbers[finding.file] ?? "—")
      let path = mayReview ? ReviewPaths.entry(finding.entry) : CasePaths.show(finding.file)
      return [
        "<a href=\"\(path)\">\(number)</a>",
        "\(knowledge.name(of: finding.item, in: finding.checklist, language))",
        finding.words.map { "<bdi>\($0)</bdi>" } ?? "—",
        "\(territory.name(of: finding.antenna, in: language))", page.day(Day(of: finding.at)),
        state(finding, on: page),
      ]
    }
    let back: HTML = mayReview ? back(on: page) : .empty
    let open: HTML =
      isOpen
      ? page.section(page("Open findings by antenna"), id: "open", openTable(found.open, territory, on: page))
      : .empty
    return page.layout(
      page("Findings of reviews"),
      """
      \(page.title(page("Findings of reviews"), under: back))
      \(open)
      \(page.filters(page("Which findings"), filters))
      \(page.table(
        page("Findings of reviews"),
        columns: [page("Case"), page("Question"), page("What is to be mended"), page("Antenna"), page("Given"), page("State")],
        rows: rows, empty: page.emptyState(page("No finding is here."))))
      \(page.pager(next: found.next.map { ReviewPaths.findings(isOpen: isOpen, at: antenna, after: $0) }))
      """)
  }

  static func state(_ finding: ReviewFinding, on page: Page) -> HTML {
    if let closed = finding.closed {
      let day = page.reader.date(Day(of: closed.at))
      return closed.isDone
        ? page.badge(page("mended on \(day)"), .good) : page.badge(page("refused on \(day)"), .attention)
    }
    let day = page.reader.date(finding.due)
    return finding.due < page.today
      ? page.badge(page("late since \(day)"), .attention, icon: .late)
      : page.badge(page("to be mended by \(day)"), .info)
  }

  static func figures(
    _ figures: ReviewFigures, at antenna: AntennaCode?, _ knowledge: ReviewKnowledge, _ territory: Territory,
    on page: Page
  ) -> HTML {
    let language = page.reader.language
    let all = [(label: page("All of them"), path: ReviewPaths.figures(at: nil), isCurrent: antenna == nil)]
    let filters =
      all
      + territory.antennas.map { item in
        (
          label: territory.name(of: item.id, in: language), path: ReviewPaths.figures(at: item.id),
          isCurrent: item.id == antenna
        )
      }
    let newest = knowledge.checklists.last?.version ?? 1
    let rows = figures.lines.map { line -> [HTML] in
      let name = knowledge.checklists.last { $0.item(line.item) != nil }?.version ?? newest
      let cells = line.shares.map { share -> HTML in
        share.answered == 0 ? "—" : "\(page("\(share.yes) of \(share.answered)"))"
      }
      return ["\(knowledge.name(of: line.item, in: name, language))"] + cells
    }
    let columns = [page("Question")] + figures.quarters.map { page("from \(page.reader.date($0))") }
    return page.layout(
      page("Figures of reviews"),
      """
      \(page.title(page("Figures of reviews"), under: back(on: page)))
      \(page.filters(page("Antenna"), filters))
      <p>\(page("How often each question was answered yes, of those answered yes or no, by the quarter in which the review was completed."))</p>
      \(page.table(page("Figures of reviews"), columns: columns, rows: rows, empty: page.emptyState(page("No review is complete yet."))))
      """)
  }
}
