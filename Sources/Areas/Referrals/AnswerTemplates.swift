import Antennas
import Basics
import Directory
import Pages
import People

/// What a service sees behind its link, and when there is nothing to see. Values in, markup out.
enum AnswerTemplates {
  /// What was chosen to be shown, in the order of a conversation.
  static func shown(_ shared: Fields, _ territory: Territory, on page: Page) -> HTML {
    let facts = ReferralShown.order.compactMap { name -> (label: String, value: HTML?)? in
      guard let label = ReferralShown.label(name), let value = shared[name] else { return nil }
      let shown: HTML =
        switch name {
        case "sex": "\(Person.Sex(rawValue: value).map { page($0.label) } ?? "")"
        case "governorate":
          "\(territory.name(of: GovernorateCode(rawValue: value), in: page.reader.language))"
        case "phones": "\(value.split(separator: "\n").map { "<p>\(page.bdi(String($0)))</p>" as HTML })"
        default: "<span dir=\"auto\">\(value)</span>"
        }
      return (page(label), shown)
    }
    return page.facts(facts)
  }

  /// Before it is opened: nothing of anybody.
  static func closed(_ token: String, on page: Page) -> HTML {
    bare(
      page("A request waits for your answer"),
      """
      <p>\(page("It opens in this browser only, and tells of a person: read it alone."))</p>
      \(page.form(AnswerPaths.open(token), submit: page("Open the request")))
      """, on: page)
  }

  static func show(
    _ found: Referrals.Answering, _ token: String, _ territory: Territory, _ typed: Typed,
    _ errors: [FieldError],
    on page: Page
  ) -> HTML {
    let ways = Ways(
      act: { AnswerPaths.act(token, $0) }, document: AnswerPaths.document(token))
    let (title, body) = body(found, ways, territory, typed, errors, on: page)
    return bare(title, body, on: page)
  }

  /// Where the forms of an answer go: behind a link, or at the desk of an account.
  struct Ways {
    let act: (Referral.Act) -> String
    let document: String
  }

  static func body(
    _ found: Referrals.Answering, _ ways: Ways, _ territory: Territory, _ typed: Typed,
    _ errors: [FieldError], on page: Page
  ) -> (title: String, HTML) {
    let opened = found.opened
    let referral = opened.referral
    if referral.stage == .revoked {
      return (
        page("The request was taken back"),
        """
        <p>\(page("The person has taken back her consent. Please delete what you noted, and confirm it here."))</p>
        \(page.form(ways.act(.acknowledge), submit: page("We keep nothing of it")))
        """
      )
    }
    let fields = FormFields(page, typed: typed, errors: errors)
    let acts: [Referral.Act] = [.accept, .decline, .ask, .takeOn, .report]
    let forms = acts.filter(referral.progress.permitted.contains).map { act in
      form(act, ways.act(act), fields, errors, on: page)
    }
    let talk: HTML =
      opened.talk.isEmpty
      ? .empty
      : page.section(
        page("Questions"),
        "<ul class=\"records\">\(opened.talk.map { "<li><p class=\"faint\">\(page.time($0.at)) · \(page($0.isFromReceiver ? say("You") : say("Our office")))</p>\(page.prose($0.words))</li>" as HTML })</ul>"
      )
    let state: [(label: String, value: HTML?)] = [
      (page("Our number"), opened.words.shared["number"].map { page.bdi($0) }),
      (page("State"), page.badge(page(referral.stage.label), referral.stage.tone)),
      (page("Answer expected by"), referral.stage == .sent ? page.day(referral.answerBy) : nil),
      (page("Received by the service on"), referral.acceptedOn.map { page.day($0) }),
    ]
    let paper: HTML =
      referral.document == nil
      ? .empty
      : "<p>\(page.button(page("The document that goes along"), to: ways.document, icon: .file, weight: .secondary, isFile: true))</p>"
    let thanks: HTML =
      forms.isEmpty
      ? page.alert(.good, "<p>\(page("Thank you. There is nothing more for you to do."))</p>") : .empty
    return (
      page("A request waits for your answer"),
      """
      \(page.section(page("The request"), page.facts(state) + shown(opened.words.shared, territory, on: page) + paper))
      \(talk)
      \(forms.isEmpty ? thanks : page.section(page("Your answer"), forms.reduce(.empty, +)))
      \(figures(found.figures, on: page))
      """
    )
  }

  /// A provider sees its own.
  static func figures(_ figures: ReferralListStore.Figures?, on page: Page) -> HTML {
    guard let figures, figures.sent > 1 else { return .empty }
    let facts: [(label: String, value: HTML?)] = [
      (page("Referrals sent"), "\(page.reader.number(figures.sent))"),
      (page("Answered"), "\(page.reader.number(figures.answered))"),
      (page("Days to the answer"), figures.days.map { "\(page.reader.number($0))" }),
      (page("Taken on"), "\(page.reader.number(figures.takenOn))"),
      (page("Helped"), "\(page.reader.number(figures.helped))"),
    ]
    return page.section(page("Your last twelve months"), page.facts(facts))
  }

  /// One act, as a form that waits; for staff who heard it, too.
  static func form(
    _ act: Referral.Act, _ path: String, _ fields: FormFields, _ errors: [FieldError], on page: Page
  ) -> HTML {
    func part(_ title: String, _ submit: String, _ names: [String], _ body: HTML) -> HTML {
      let mine = errors.filter { names.contains($0.field) }
      return page.disclosure(
        title, isOpen: !mine.isEmpty, page.form(path, submit: submit, errors: mine, body))
    }
    switch act {
    case .accept:
      return part(
        page("Accept"), page("Accept the request"), ["accepted-on", "contact"],
        fields.text("accepted-on", page("Day on which the person is received"), kind: .date, required: true)
          + fields.text("contact", page("Whom she asks for, with a phone number"), required: true, limit: 300)
      )
    case .decline:
      return part(
        page("Decline"), page("Decline the request"), ["why", "words"],
        fields.radios(
          "why", page("Why"), options: Referral.Decline.allCases.map { Choice($0.rawValue, page($0.label)) },
          required: true)
          + fields.paragraph("words", page("In words"), rows: 2))
    case .ask:
      return part(
        page("Ask a question"), page("Send the question"), ["question"],
        fields.paragraph("question", page("Your question"), required: true, rows: 3))
    case .takeOn:
      return page.form(path, submit: page("The person came, and is taken on"), weight: .secondary)
    case .report:
      return part(
        page("Tell what came of it"), page("Send"), ["outcome", "report"],
        fields.radios(
          "outcome", page("What came of it"),
          options: Referral.Outcome.allCases.map { Choice($0.rawValue, page($0.label)) },
          required: true) + fields.paragraph("report", page("In words"), rows: 3))
    case .acknowledge:
      return page.form(path, submit: page("The service confirmed that it keeps nothing"), weight: .secondary)
    case .reply, .lapse, .settle, .revoke: return .empty
    }
  }

  static func bad(_ why: Referrals.BadLink, _ token: String, on page: Page) -> HTML {
    let words =
      switch why {
      case .unknown:
        page("This link is not one of ours, or a letter of it is missing. Open it again from the message.")
      case .expired: page("This link is older than eight days.")
      case .replaced: page("This link is of no more use: a newer one was sent, or the request is over.")
      case .elsewhere: page("This link was opened in another browser before, and shows nothing here.")
      }
    // Only to the address that the directory has: whoever holds an old link learns nothing.
    let renewal: HTML =
      why == .unknown || page.csrf.isEmpty
      ? .empty
      : page.form(
        AnswerPaths.renewal(token), submit: page("Send a new link to the address of the service"),
        weight: .secondary)
    return bare(page("This link shows nothing"), "<p>\(words)</p>\(renewal)", on: page)
  }

  static func renewed(on page: Page) -> HTML {
    bare(
      page("A new link is on its way"),
      "<p>\(page("It goes to the address of the service that we know. Older links show nothing any more."))</p>",
      on: page)
  }

  static func thanks(on page: Page) -> HTML {
    bare(page("Thank you"), "<p>\(page("It is noted. This link shows nothing any more."))</p>", on: page)
  }

  /// To be printed and handed over; the link is good for eight days.
  static func paper(_ opened: OpenedReferral, _ url: String?, _ territory: Territory, on page: Page) -> HTML {
    let referral = opened.referral
    let language = page.reader.language
    let link: HTML =
      url.map {
        "<p>\(page("Answer here, within \(ReferralLink.days) days, in one browser:"))</p><p>\(page.bdi($0))</p>\(QRCode.svg($0, title: page("The same address, for the camera of a phone")))"
      } ?? "<p>\(page("Please answer by phone to the office that sends this."))</p>"
    let facts: [(label: String, value: HTML?)] = [
      (page("Service"), "<span dir=\"auto\">\(opened.service.name.text(in: language))</span>"),
      (page("Provider"), "<span dir=\"auto\">\(opened.provider.name.text(in: language))</span>"),
      (page("Our number"), opened.words.shared["number"].map { page.bdi($0) }),
      (page("Answer expected by"), page.day(referral.answerBy)),
    ]
    return page.layout(
      page("A request to a service"),
      """
      \(page.title(page("A request to a service"), under: "<p><a href=\"\(ReferralPaths.show(referral.id))\">\(page("Back to the referral"))</a></p>"))
      \(page.section(page("The request"), page.facts(facts) + shown(opened.words.shared, territory, on: page)))
      \(page.section(page("Your answer"), link))
      """)
  }

  private static func bare(_ title: String, _ body: HTML, on page: Page) -> HTML {
    page.bareLayout(title, "<h1>\(title)</h1>\(body)")
  }
}
