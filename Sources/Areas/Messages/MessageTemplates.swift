import Basics
import Cases
import Pages

/// What the outbox looks like. Values in, markup out.
enum MessageTemplates {
  static func list(
    _ found: Messages.Listed, _ shelf: Message.Shelf, _ gateways: MessageGateways, on page: Page
  ) -> HTML {
    let filters = Message.Shelf.allCases.map {
      (label: page($0.label), path: MessagePaths.list($0), isCurrent: $0 == shelf)
    }
    return page.layout(
      page("Messages"),
      """
      \(page.title(page("Messages"), under: "<p class=\"lead\">\(page("E-mail and SMS that the program sends, and what became of each."))</p>"))
      \(missing(gateways, on: page))
      \(page.filters(page("Which messages"), filters))
      \(table(page(shelf.label), found, page(shelf.empty), on: page))
      \(page.pager(next: found.next.map { MessagePaths.list(shelf, after: $0) }))
      """)
  }

  /// Nothing waits in silence: what cannot be sent here is said first.
  private static func missing(_ gateways: MessageGateways, on page: Page) -> HTML {
    let words = [
      gateways.mail == nil
        ? page("No mail server is configured: e-mail does not go out. Print or call.") : nil,
      gateways.sms == nil ? page("No SMS gateway is configured: SMS do not go out. Print or call.") : nil,
    ].compactMap { $0 }
    return words.isEmpty ? .empty : page.alert(.attention, "\(words.map { "<p>\($0)</p>" as HTML })")
  }

  static func ofCase(_ file: CaseFile, _ found: Messages.Listed, on page: Page) -> HTML {
    page.layout(
      "\(page("Messages")) · \(file.number)",
      """
      \(page.title(page("Messages"), under: "<p>\(page.bdi(file.number)) · <a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a></p>"))
      \(table(page("Messages"), found, page("No message was sent about this case."), on: page))
      \(page.pager(next: found.next.map { MessagePaths.ofCase(file.id, after: $0) }))
      """)
  }

  static func day(_ found: Messages.Listed, on page: Page) -> HTML {
    page.section(
      page("Messages that did not go"), id: "messages",
      table(page("Messages that did not go"), found, "", on: page))
  }

  private static func table(_ title: String, _ found: Messages.Listed, _ empty: String, on page: Page) -> HTML
  {
    let rows = found.messages.map { message -> [HTML] in
      [
        "<a href=\"\(MessagePaths.show(message.id))\">\(page(message.what))</a>",
        "\(page(message.kind.label))", "\(page(message.recipient.label))",
        message.file.flatMap { file in
          found.numbers[file].map { "<a href=\"\(CasePaths.show(file))\">\(page.bdi($0))</a>" as HTML }
        } ?? "—",
        page.time(message.changedAt), state(message, on: page),
      ]
    }
    return page.table(
      title,
      columns: [
        page("Message"), page("Kind"), page("To whom"), page("Case"), page("Since"), page("State"),
      ], rows: rows, empty: page.emptyState(empty))
  }

  private static func state(_ message: Message, on page: Page) -> HTML {
    let badge = page.badge(page(message.state.label), message.settled == nil ? message.state.tone : .plain)
    let settled: HTML? = message.settled.map { " \(page.badge(page($0.label), .good))" }
    let next: HTML? = message.nextAt.map {
      " <span class=\"faint\">\(page(message.tries == 0 ? say("from") : say("tried again"))) \(page.time($0))</span>"
    }
    return "\(badge)\(settled)\(next)"
  }

  static func show(
    _ opened: Messages.Opened, by name: String?, isThere: Bool, _ typed: Typed, _ errors: [FieldError],
    on page: Page
  ) -> HTML {
    let message = opened.message
    let back: HTML =
      message.file.map {
        "<a href=\"\(MessagePaths.ofCase($0))\">\(page("Messages of the case"))</a>" as HTML
      }
      ?? "<a href=\"\(MessagePaths.list)\">\(page("All messages"))</a>"
    let facts: [(label: String, value: HTML?)] = [
      (page("Kind"), "\(page(message.kind.label))"), (page("To whom"), "\(page(message.recipient.label))"),
      (page("Address"), opened.text.address.isEmpty ? nil : page.bdi(opened.text.address)),
      (page("Queued"), page.time(message.queuedAt)), (page("By"), name.map { "\($0)" }),
      (page("State"), state(message, on: page)),
      (page("Tries"), message.tries == 0 ? nil : "\(message.tries)"),
      (page("Answer of the gateway"), message.problem.map { page.bdi($0) }),
    ]
    let subject: HTML =
      opened.text.subject.isEmpty ? .empty : "<p><strong dir=\"auto\">\(opened.text.subject)</strong></p>"
    return page.layout(
      page(message.what),
      """
      \(page.title(page(message.what), under: "<p>\(opened.number.map { "\(page.bdi($0)) · " as HTML })\(back)</p>"))
      \(advice(message, isThere, on: page))
      \(page.section(page("The message"), page.facts(facts + [(page("A safe way to reach the person"), opened.safeWay.map { page.prose($0) })])))
      \(page.section(page("What it says"), "\(subject)\(page.prose(opened.text.with(link: "[\(page("link"))]").text))"))
      \(opened.mayChange ? acts(message, isThere, typed, errors, on: page) : .empty)
      """)
  }

  private static func advice(_ message: Message, _ isThere: Bool, on page: Page) -> HTML {
    guard Message.shelf(of: message.state, settled: message.settled) == .failed else { return .empty }
    let words =
      switch message.state {
      case .unclear:
        page(
          "The program ended, or the line broke, before the gateway answered: the SMS may have gone. Ask the receiver before you send it again."
        )
      case .unavailable: page("No gateway is configured for this: print the message, or call.")
      case .unagreed:
        page(
          "The person has not agreed to be written to in this way, or it is not safe for her. Read how she is reached, then call, or speak to her."
        )
      case .late: page("It could not go out in time, and is of no more use.")
      default: page("The gateway did not take it. Check the address, or call.")
      }
    return page.alert(.attention, "<p>\(words)</p>")
  }

  private static func acts(
    _ message: Message, _ isThere: Bool, _ typed: Typed, _ errors: [FieldError], on page: Page
  ) -> HTML {
    switch Message.shelf(of: message.state, settled: message.settled) {
    case .waiting where message.state == .waiting:
      return page.section(
        page("Take it back"),
        page.form(MessagePaths.withdrawal(message.id), submit: page("Do not send it"), weight: .secondary))
    case .failed:
      let fields = FormFields(page, typed: typed, errors: errors)
      let choices = Message.Settlement.allCases.map { Choice($0.rawValue, page($0.label)) }
      let again: HTML =
        isThere && message.state != .unagreed && message.state != .late
        ? page.form(MessagePaths.again(message.id), submit: page("Send it again"), weight: .secondary)
        : .empty
      return page.section(
        page("What was done about it"),
        page.form(
          MessagePaths.settlement(message.id), submit: page("Save"), errors: errors,
          fields.radios("how", page("What was done"), options: choices, required: true)) + again)
    default: return .empty
    }
  }
}
