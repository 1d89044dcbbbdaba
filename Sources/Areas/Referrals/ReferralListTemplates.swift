import Basics
import Cases
import Directory
import Pages

/// Lists of referrals, figures, clocks. Values in, markup out.
enum ReferralListTemplates {
  static func list(_ found: ReferralPage, _ list: ReferralList, on page: Page) -> HTML {
    let filters = ReferralList.allCases.map {
      (label: page($0.label), path: ReferralPaths.list($0), isCurrent: $0 == list)
    }
    return page.layout(
      page("Referrals"),
      """
      \(page.title(page("Referrals"), under: "<p class=\"lead\">\(page("Every referral ends: somebody must act on each that is open. Clocks remind, and end nothing."))</p><p><a href=\"\(ReferralPaths.figures)\">\(page("Figures by provider"))</a> · <a href=\"\(ReferralPaths.terms)\">\(page("The clocks"))</a></p>"))
      \(page.filters(page("Which referrals"), filters))
      \(table(page(list.label), found, on: page))
      \(page.pager(next: found.next.map { ReferralPaths.list(list, after: $0) }))
      """)
  }

  static func day(_ found: ReferralPage, on page: Page) -> HTML {
    page.section(
      page("Referrals that need you"), id: "referrals",
      table(page("Referrals that need you"), found, on: page))
  }

  static func ofCase(_ opened: OpenedCase, _ found: ReferralPage, on page: Page) -> HTML {
    let file = opened.file
    let new: HTML =
      opened.reader.may(.agreePlans) && file.stage != .closed
      ? page.button(page("Refer to a service"), to: ReferralPaths.new(file.id), icon: .referral) : .empty
    return page.layout(
      "\(page("Referrals")) · \(file.number)",
      """
      \(page.title(page("Referrals"), under: "<p>\(page.bdi(file.number)) · <a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a></p>", actions: new))
      \(table(page("Referrals"), found, on: page))
      """)
  }

  private static func table(_ title: String, _ found: ReferralPage, on page: Page) -> HTML {
    // Fifty lines stand in few states.
    var states: [[String]: [HTML]] = [:]
    let rows = found.referrals.map { referral -> [HTML] in
      let standing = [referral.stage.rawValue, String(referral.clock)]
      let last =
        states[standing] ?? [
          state(referral.stage, clock: referral.clock, on: page),
          "\(referral.stage.next.map { page($0) } ?? "—")",
        ]
      states[standing] = last
      let service = found.services[referral.service]?.text(in: page.reader.language) ?? "—"
      return [
        "<a href=\"\(ReferralPaths.show(referral.id))\"><span dir=\"auto\">\(service)</span></a>",
        page.bdi(found.numbers[referral.file] ?? "—"), page.time(referral.sentAt),
      ] + last
    }
    return page.table(
      title, columns: [page("Service"), page("Case"), page("Sent"), page("State"), page("Next")], rows: rows,
      empty: page.emptyState(page("No referral is here.")))
  }

  static func state(_ stage: Referral.Stage, clock: Int, on page: Page) -> HTML {
    let late: HTML =
      switch clock {
      case 1: " \(page.badge(page("late"), .attention, icon: .late))"
      case 2: " \(page.badge(page("late: the head of the antenna is told"), .attention, icon: .late))"
      case 3: " \(page.badge(page("late: the centre is told"), .attention, icon: .late))"
      default: .empty
      }
    return "\(page.badge(page(stage.label), stage.tone))\(late)"
  }

  static func figures(_ found: [(name: Texts, figures: ReferralListStore.Figures)], on page: Page) -> HTML {
    let rows = found.sorted { $1.figures.sent < $0.figures.sent }.map { line -> [HTML] in
      let figures = line.figures
      return [
        "<span dir=\"auto\">\(line.name.text(in: page.reader.language))</span>",
        "\(page.reader.number(figures.sent))", "\(page.reader.number(figures.answered))",
        "\(figures.days.map { page.reader.number($0) } ?? "—")", "\(page.reader.number(figures.accepted))",
        "\(page.reader.number(figures.declined))", "\(page.reader.number(figures.takenOn))",
        "\(page.reader.number(figures.helped))",
      ]
    }
    return page.layout(
      page("Figures by provider"),
      """
      \(page.title(page("Figures by provider"), under: "<p class=\"lead\">\(page("Referrals of the last twelve months. Days to the answer are the mean of those that were answered."))</p><p><a href=\"\(ReferralPaths.list)\">\(page("All referrals"))</a></p>"))
      \(page.table(page("Figures by provider"), columns: [page("Provider"), page("Referrals sent"), page("Answered"), page("Days to the answer"), page("Accepted"), page("Declined"), page("Taken on"), page("Helped")], rows: rows, empty: page.emptyState(page("No referral is here."))))
      """)
  }

  static func terms(
    _ found: [(kind: Provider.Kind, terms: ReferralRules.Terms)], _ typed: Typed, _ errors: [FieldError],
    on page: Page
  ) -> HTML {
    let columns = [
      page("Kind of provider"), page("Answer"), page("Outcome"), page("Next step"), page("Head"),
      page("Centre"),
    ]
    let rows = found.map { line -> [HTML] in
      let terms = line.terms
      return ["\(page(DirectoryWords.kind(line.kind)))"]
        + [terms.answer, terms.outcome, terms.step, terms.head, terms.centre].map {
          "\(page.reader.number($0))"
        }
    }
    let form: HTML =
      page.may(.manageFollowUp)
      ? page.section(page("Set the days"), self.form(typed, errors, on: page)) : .empty
    return page.layout(
      page("The clocks of referrals"),
      """
      \(page.title(page("The clocks of referrals"), under: "<p class=\"lead\">\(page("Days. The numbers that came with the program are ours: the office confirms them or sets others."))</p>"))
      \(page.table(page("The clocks of referrals"), columns: columns, rows: rows, empty: .empty))
      \(form)
      """)
  }

  private static func form(_ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let kinds = Provider.Kind.allCases.map { Choice($0.rawValue, page(DirectoryWords.kind($0))) }
    return page.form(
      ReferralPaths.terms, submit: page("Set these days"), errors: errors,
      """
      \(fields.select("kind", page("Kind of provider"), options: kinds, required: true))
      \(fields.text("answer", page("Until the answer"), kind: .number, required: true))
      \(fields.text("outcome", page("Until the outcome is told"), kind: .number, required: true))
      \(fields.text("step", page("For the next step of the antenna"), kind: .number, required: true))
      \(fields.text("head", page("From the reminder until the head of the antenna is told"), kind: .number, required: true))
      \(fields.text("centre", page("From there until the centre is told"), kind: .number, required: true))
      """)
  }
}

extension ReferralListStore.Figures {
  /// Whole days to the answer, on average.
  var days: Int? { answered == 0 ? nil : Int((Double(waited) / Double(answered) / 86_400_000).rounded()) }
}
