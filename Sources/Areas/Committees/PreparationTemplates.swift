import Accounts
import Basics
import Cases
import Pages

/// What is done before a session: its terms, who gets a seat in it, what is put on its agenda. Values in, markup out.
enum PreparationTemplates {
  /// - Parameter seen: the mark of the terms that stood on the form when it was first shown.
  static func terms(
    _ session: CommitteeSession, seen: String, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    layout(
      session, page("Change the session of the committee"),
      page.section(
        page("Session of the committee"),
        page.form(
          CommitteePaths.act("edit", session.id), submit: page("Save"), errors: errors,
          page.hidden("seen", seen)
            + CommitteeTemplates.terms(FormFields(page, typed: typed, errors: errors), on: page))),
      on: page)
  }

  /// - Parameter waiting: what waits for the session, the longest first.
  static func agenda(
    _ session: CommitteeSession, _ waiting: ItemsFound, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let choices = waiting.items.map { item in
      Choice(
        item.id.text,
        "\(waiting.numbers[item.file] ?? "—") · \(item.title(for: page.reader)) · \(page.reader.money(item.amount))"
      )
    }
    let more: HTML =
      waiting.next == nil
      ? .empty
      : "<p class=\"hint\">\(page("The \(CommitteeItemStore.offered) that wait longest stand here; the next follow once these are listed."))</p>"
    return layout(
      session, page("Put on the agenda"),
      page.section(
        page("Requests that wait for a session"), id: "waiting",
        choices.isEmpty
          ? page.emptyState(page("Nothing waits for a session."))
          : page.form(
            CommitteePaths.act("agenda", session.id), submit: page("Put on the agenda"), errors: errors,
            FormFields(page, typed: typed, errors: errors)
              .checkboxes("item", page("To be put on the agenda"), options: choices) + more)),
      on: page)
  }

  /// - Parameter able: who may be given a seat; none for whoever leads the session without convening it.
  static func members(
    _ opened: OpenedSession, able: [Account], _ names: [AccountID: String], _ typed: Typed,
    _ errors: [FieldError], on page: Page
  ) -> HTML {
    layout(
      opened.session, page("Who sits in it"),
      page.section(
        page("Who sits in it"), id: "members",
        SessionTemplates.table(of: opened.members, names, on: page)
          + seating(opened, able, typed, errors, on: page) + removal(opened, names, typed, errors, on: page)),
      on: page)
  }

  private static func layout(_ session: CommitteeSession, _ title: String, _ body: HTML, on page: Page)
    -> HTML
  {
    let under: HTML =
      "<p><a href=\"\(CommitteePaths.show(session.id))\">\(page("Committee of \(session.day)"))</a></p>"
    return page.layout(title, "\(page.title(title, under: under))\(body)")
  }

  private static func seating(
    _ opened: OpenedSession, _ able: [Account], _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    guard CommitteeRules.convenes(opened.reader) else { return .empty }
    let errors = errors.filter { $0.field == "account" || $0.field == "role" }
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.disclosure(
      page("Give a seat, or another role"), isOpen: true,
      page.form(
        CommitteePaths.act("members", opened.session.id), submit: page("Give the seat"), errors: errors,
        fields.select(
          "account", page("Name"), options: able.map { Choice($0.id.text, $0.name) }, required: true)
          + fields.radios(
            "role", page("Role"),
            options: CommitteeSession.Role.allCases.map { Choice($0.rawValue, page($0.label)) },
            required: true)))
  }

  private static func removal(
    _ opened: OpenedSession, _ names: [AccountID: String], _ typed: Typed, _ errors: [FieldError],
    on page: Page
  ) -> HTML {
    let sitting = opened.members.filter(\.sits)
    guard !sitting.isEmpty else { return .empty }
    let errors = errors.filter { $0.field == "removed" }
    return page.disclosure(
      page("Remove a member"), isOpen: !errors.isEmpty,
      page.form(
        CommitteePaths.act("removal", opened.session.id), submit: page("Remove her"), errors: errors,
        weight: .secondary,
        FormFields(page, typed: typed, errors: errors).select(
          "removed", page("Name"),
          options: sitting.map { Choice($0.account.text, names[$0.account] ?? "—") },
          hint: page(
            "What she scored and voted stays recorded and does not count; the quorum is counted anew."),
          required: true)))
  }
}
