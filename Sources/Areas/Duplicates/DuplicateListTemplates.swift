import Antennas
import Basics
import Pages
import People

/// The queue, and what stands on the pages of others. Values in, markup out.
enum DuplicateListTemplates {
  static func list(
    _ found: DuplicatePage, _ state: DuplicatePair.State, _ territory: Territory, on page: Page
  ) -> HTML {
    let rows = found.pairs.map { row($0, found, territory, on: page) }
    let filters = DuplicatePair.State.allCases.map {
      (label: page($0.label), path: DuplicatePaths.list($0), isCurrent: $0 == state)
    }
    return page.layout(
      page("Duplicates"),
      """
      \(page.title(page("Duplicates"), under: "<p class=\"lead\">\(page("Files that may be of one person, the likeliest first. The program proposes, people decide."))</p>"))
      <div class="views">\(page.filters(page("State"), filters))</div>
      \(page.table(
        page("Duplicates"), columns: [page("File"), page("And file"), page("One person?"), page("Found")], rows: rows,
        empty: page.emptyState(page(empty(state)))))
      \(page.pager(next: found.next.map { DuplicatePaths.list(state, after: $0) }))
      """)
  }

  private static func empty(_ state: DuplicatePair.State) -> Phrase {
    switch state {
    case .open:
      say("No two files are alike that you may see. New persons are compared with all others by themselves.")
    case .unsure: say("Nobody was in doubt.")
    case .proposed: say("Nothing waits for a second person.")
    case .different: say("Nobody was told apart yet.")
    case .joined: say("No files are joined.")
    }
  }

  private static func row(
    _ pair: DuplicatePair, _ found: DuplicatePage, _ territory: Territory, on page: Page
  ) -> [HTML] {
    // Whoever is in sight comes first: hers is the link.
    let isSecond = found.labels[pair.first] == nil
    let (one, other) = isSecond ? (pair.second, pair.first) : (pair.first, pair.second)
    let place = isSecond ? pair.places.first : pair.places.second
    let isWhole = found.labels[other] != nil
    let likelihood = Likelihood(score: pair.score)
    return [
      "<a href=\"\(DuplicatePaths.show(pair.id))\">\(name(found.labels[one], on: page))</a>",
      isWhole ? name(found.labels[other], on: page) : outOfSight(place.antenna, territory, on: page),
      isWhole
        ? page.badge(page(likelihood.label), likelihood == .nearlyCertain ? .attention : .plain) : "—",
      page.time(pair.foundAt),
    ]
  }

  static func outOfSight(_ antenna: AntennaCode, _ territory: Territory, on page: Page) -> HTML {
    "\(page("a file at: \(territory.name(of: antenna, in: page.reader.language))"))"
  }

  static func name(_ label: PersonLabel?, on page: Page) -> HTML {
    label.map { page.name(latin: $0.latin, arabic: $0.arabic) } ?? "—"
  }

  /// On a person's page.
  static func ofPerson(
    _ found: Duplicates.OfPerson, _ names: [AccountID: String], _ territory: Territory, on page: Page
  ) -> HTML {
    let pairs = found.pairs.map { pair -> HTML in
      let isFirst = pair.first == found.person
      let other = isFirst ? pair.second : pair.first
      let place = isFirst ? pair.places.second : pair.places.first
      let named =
        found.labels[other].map { name($0, on: page) } ?? outOfSight(place.antenna, territory, on: page)
      return """
        <li><p>\(page.badge(page(pair.state.label), .attention)) \(page("May be the same person:")) \
        <a href="\(DuplicatePaths.show(pair.id))">\(named)</a></p></li>
        """
    }
    let known: HTML =
      pairs.isEmpty && found.merges.isEmpty
      ? .empty
      : "<ul class=\"records\">\(pairs)\(found.merges.map { merge($0.merge, $0.pair, names, on: page) })</ul>"
    return page.section(
      page("Other files of this person"), id: "duplicates",
      known
        + page.disclosure(
          page("I know of another file"), icon: .people, suggestionForm(found.person, Typed(), [], on: page)))
  }

  private static func suggestionForm(
    _ person: PersonID, _ typed: Typed, _ errors: [FieldError], on page: Page
  )
    -> HTML
  {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.form(
      DuplicatePaths.of(person), submit: page("Compare the two files"), errors: errors,
      fields.text(
        "number", page("Number of a case in the other file"),
        hint: page("Nothing is joined yet: you will see both side by side."), required: true, direction: .ltr,
        limit: 30))
  }

  static func suggestion(_ person: PersonID, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    page.layout(
      page("Another file of this person"),
      """
      \(page.title(page("Another file of this person"), under: "<p><a href=\"\(PersonPaths.show(person))\">\(page("Back to the file"))</a></p>"))
      \(page.section(page("Which one?"), suggestionForm(person, typed, errors, on: page)))
      """)
  }

  private static func merge(
    _ merge: PersonMerge, _ pair: RecordID<DuplicatePair>?, _ names: [AccountID: String], on page: Page
  ) -> HTML {
    let state =
      merge.isInForce ? page.badge(page("Joined"), .good) : page.badge(page("Parted"), .plain)
    let told =
      merge.isInForce
      ? page("joined with another file by \(names[merge.mergedBy] ?? "—")")
      : page(
        "was joined with another file by \(names[merge.mergedBy] ?? "—"), parted by \(merge.undoneBy.flatMap { names[$0] } ?? "—")"
      )
    let link = pair.map { "<a href=\"\(DuplicatePaths.show($0))\">\(page("What was decided"))</a>" as HTML }
    return "<li><p>\(state) \(page.time(merge.undoneAt ?? merge.mergedAt)) · \(told). \(link)</p></li>"
  }

  /// On a case.
  static func otherCases(_ numbers: [String], on page: Page) -> HTML {
    guard !numbers.isEmpty else { return .empty }
    return page.alert(
      .attention,
      "<p>\(page("The files of this person were joined, and another case is open: \(numbers.joined(separator: page.reader.comma + " ")). Agree who goes on, and close one of them."))</p>"
    )
  }
}
