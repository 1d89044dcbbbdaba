import Antennas
import Basics
import Pages

/// Links and what came of them. Values in, markup out.
enum ConfirmTemplates {
  /// What somebody without an account sees behind a link.
  static func show(
    _ behind: Directory.Behind, _ token: String, _ territory: Territory, _ typed: Typed,
    _ errors: [FieldError],
    on page: Page
  ) -> HTML {
    switch behind {
    case .open(let opened): ask(opened, token, territory, typed, errors, on: page)
    case .answered(let kind): said(kind, on: page)
    case .refused(.expired):
      over(page("This link has expired. Ask those who sent it for a new one."), on: page)
    case .refused:
      over(page("This link is not valid any more. Ask those who sent it for a new one."), on: page)
    }
  }

  /// Nothing is told of what may be behind other links.
  static func nothing(on page: Page) -> HTML {
    over(page("There is nothing behind this link. Open it as it was sent to you, whole."), on: page)
  }

  private static func over(_ words: String, on page: Page) -> HTML {
    let title = page("This link opens nothing")
    return page.bareLayout(title, "\(page.title(title))<p>\(words)</p>")
  }

  private static func said(_ kind: ServiceAnswer.Kind, on page: Page) -> HTML {
    let title = page("Thank you")
    return page.bareLayout(
      title, "\(page.title(title))<p>\(page("Your answer has arrived."))</p><p>\(page(words(kind)))</p>")
  }

  private static func ask(
    _ opened: Directory.OpenedService, _ token: String, _ territory: Territory, _ typed: Typed,
    _ errors: [FieldError], on page: Page
  ) -> HTML {
    let title = opened.service.name.text(in: page.reader.language)
    let fields = FormFields(page, typed: typed, errors: errors)
    let kinds = ServiceAnswer.Kind.allCases.map { Choice($0.rawValue, page(words($0))) }
    return page.bareLayout(
      title,
      """
      \(page.title(title, under: "<p>\(DirectoryTemplates.name(opened.provider.name, on: page))</p>"))
      <p class="lead">\(page("This is what we tell persons about your service. Is it right?"))</p>
      \(page.section(page("What, for whom, where"), page.facts(ServiceTemplates.facts(opened, territory, on: page))))
      \(page.form(ConfirmPaths.show(token), submit: page("Send"), errors: errors, """
      \(fields.radios("answer", page("Your answer"), options: kinds, required: true))
      \(fields.paragraph("words", page("What has changed"), hint: page("Write nothing about a person.")))
      """))
      """)
  }

  static func words(_ kind: ServiceAnswer.Kind) -> Phrase {
    switch kind {
    case .right: say("All is right")
    case .changed: say("Something has changed")
    case .ended: say("This service is not offered any more")
    }
  }

  /// On the page of a service, for those who keep it.
  static func section(_ found: Directory.Confirmations, _ service: Service, on page: Page) -> HTML {
    page.section(
      page("Confirmation by the provider"), id: "confirmations",
      """
      \(answers(found.answers, on: page))\(links(found, to: service[.contactEmail], on: page))
      \(page.form(ConfirmPaths.make(service.id), submit: page("Make a link for the provider"), weight: .secondary, page.once(Typed())))
      \(page.form(ConfirmPaths.confirm(service.id), submit: page("I have asked them: all is right"), weight: .secondary, page.once(Typed())))
      """)
  }

  private static func answers(_ answers: [ServiceAnswer], on page: Page) -> HTML {
    guard !answers.isEmpty else { return .empty }
    return page.table(
      page("Answers"), columns: [page("When"), page("Answer"), page("Words"), page("State")],
      rows: answers.map { answer in
        [
          page.time(answer.at), "\(page(words(answer.kind)))", answer.words.map { page.prose($0) } ?? "—",
          answer.doneAt != nil
            ? "\(page("Taken in"))"
            : page.form(ConfirmPaths.take(answer.id), submit: page("Taken in"), weight: .quiet),
        ]
      }, empty: .empty)
  }

  /// The beginning of an e-mail that holds the link, in the reader's own program.
  private static func letter(_ url: String, to address: String, on page: Page) -> HTML {
    let subject = page(ConfirmWords.subject)
    let body = page(ConfirmWords.text)
    let text = "\(body)\n\n\(url)"
    let query = "subject=\(Page.queryEscaped(subject))&body=\(Page.queryEscaped(text))"
    return " <a href=\"mailto:\(address)?\(query)\">\(page("Write it in an e-mail"))</a>"
  }

  private static func links(_ found: Directory.Confirmations, to address: String?, on page: Page) -> HTML {
    let links = found.links
    guard !links.isEmpty else { return .empty }
    let table = page.table(
      page("Links"), columns: [page("Made"), page("Link"), page("State")],
      rows: links.map { link, token in
        let refused = link.refused(at: page.now)
        let path = found.publicURL + ConfirmPaths.show(token)
        let state: HTML
        switch refused {
        case nil: state = page.form(ConfirmPaths.revoke(link.id), submit: page("Revoke"), weight: .quiet)
        case .used?: state = "\(page("answered"))"
        case .revoked?: state = "\(page("revoked"))"
        case .expired?: state = "\(page("expired"))"
        }
        return [
          page.time(link.madeAt),
          refused == nil
            ? "<a href=\"\(path)\"><bdi dir=\"ltr\">\(path)</bdi></a>\(address.map { found.publicURL.isEmpty ? .empty : letter(path, to: $0, on: page) })"
            : "—", state,
        ]
      }, empty: .empty)
    let days = page(
      "A link is good for \(ServiceLink.daysValid) days and for one answer. Send it to the provider; whoever has it sees this service and nothing else."
    )
    return "\(table)<p class=\"hint\">\(days)</p>"
  }
}
