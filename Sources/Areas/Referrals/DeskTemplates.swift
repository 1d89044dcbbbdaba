import Antennas
import Basics
import Directory
import Pages

/// What a service sees in its account, and which accounts answer for it. Values in, markup out.
enum DeskTemplates {
  static func list(_ desk: Referrals.Desk, _ list: Referrals.DeskList, on page: Page) -> HTML {
    let title = page("Requests to your service")
    guard let provider = desk.provider else {
      return page.layout(
        title,
        """
        \(page.title(title))
        \(page.emptyState(page("Nobody has said yet for which service this account answers. Call the office that gave it to you.")))
        """)
    }
    let filters = Referrals.DeskList.allCases.map {
      (label: page($0.label), path: DeskPaths.list($0), isCurrent: $0 == list)
    }
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p dir=\"auto\">\(provider.name.text(in: page.reader.language))</p>"))
      \(page.filters(page("Which requests"), filters))
      \(table(page(list.label), desk.page, on: page))
      \(page.pager(next: desk.page.next.map { DeskPaths.list(list, after: $0) }))
      \(AnswerTemplates.figures(desk.figures, on: page))
      """)
  }

  /// No name stands here: one reads the request itself, and the journal tells of it.
  private static func table(_ title: String, _ found: ReferralPage, on page: Page) -> HTML {
    let rows = found.referrals.map { referral -> [HTML] in
      let number = page.bdi(found.numbers[referral.file] ?? "—")
      let service = found.services[referral.service]?.text(in: page.reader.language) ?? "—"
      let isOver = referral.stage == .ended
      return [
        isOver ? number : "<a href=\"\(DeskPaths.show(referral.id))\">\(number)</a>",
        "<span dir=\"auto\">\(service)</span>", page.day(Day(of: referral.sentAt)),
        page.badge(page(referral.stage.label), referral.stage.tone),
        isOver ? "\(referral.outcome.map { page($0.label) } ?? "—")" : page.day(referral.answerBy),
      ]
    }
    return page.table(
      title,
      columns: [
        page("Our number"), page("Service"), page("Sent"), page("State"),
        page("Answer expected by, or what came of it"),
      ], rows: rows, empty: page.emptyState(page("No request is here.")))
  }

  static func show(
    _ found: Referrals.Answering, _ territory: Territory, _ typed: Typed, _ errors: [FieldError],
    on page: Page
  ) -> HTML {
    let id = found.opened.referral.id
    let ways = AnswerTemplates.Ways(
      act: { DeskPaths.act(id, $0) }, document: DeskPaths.document(id))
    let (title, body) = AnswerTemplates.body(found, ways, territory, typed, errors, on: page)
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(DeskPaths.list)\">\(page("Requests to your service"))</a></p>"))
      \(body)
      """)
  }

  static func desks(
    _ provider: Provider, _ accounts: [(id: AccountID, name: String)], _ typed: Typed,
    _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let title = page("Accounts of this provider")
    let rows = accounts.map { account -> [HTML] in
      [
        "<span dir=\"auto\">\(account.name)</span>",
        page.form(
          DeskPaths.removal(provider.id), submit: page("It answers no more"), weight: .quiet,
          page.hidden("account", account.id.text)),
      ]
    }
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(DirectoryPaths.provider(provider.id))\"><span dir=\"auto\">\(provider.name.text(in: page.reader.language))</span></a></p><p class=\"lead\">\(page("They see what was referred to this provider, answer there, and see its figures; nothing else of the program opens to them."))</p>"))
      \(page.table(title, columns: [page("Name"), page("State")], rows: rows, empty: page.emptyState(page("No account answers for this provider: it answers by links."))))
      \(page.section(page("Let an account answer"), page.form(DeskPaths.desks(provider.id), submit: page("Let it answer"), errors: errors,
        fields.text("sign-in-name", page("Sign-in name"), hint: page("Of an account with the role “Service outside, for its referrals”."), required: true, direction: .ltr, limit: 100))))
      """)
  }
}

extension Referrals.DeskList {
  var label: Phrase {
    switch self {
    case .waiting: say("To be done by you")
    case .answered: say("Answered or ended")
    }
  }
}
