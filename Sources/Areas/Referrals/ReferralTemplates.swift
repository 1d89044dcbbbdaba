import Antennas
import Basics
import Cases
import Directory
import Pages

/// One referral: how it stands, who must act, what may be done. Values in, markup out.
enum ReferralTemplates {
  static func show(
    _ opened: OpenedReferral, _ names: [AccountID: String], _ territory: Territory, _ typed: Typed,
    _ errors: [FieldError], on page: Page
  ) -> HTML {
    let referral = opened.referral
    let language = page.reader.language
    let progress = referral.progress
    let facts: [(label: String, value: HTML?)] = [
      (page("Service"), "<span dir=\"auto\">\(opened.service.name.text(in: language))</span>"),
      (page("Provider"), "<span dir=\"auto\">\(opened.provider.name.text(in: language))</span>"),
      (page("Sent"), page.time(referral.sentAt)), (page("By"), names[referral.sentBy].map { "\($0)" }),
      (page("How it was sent"), "\(page(referral.channel.label))"),
      (page("Urgency"), "\(page(referral.urgency.label))"),
      (
        page("On which ground"),
        "\(page(referral.ground.label))\(opened.words.ground.map { "\(page.reader.colon) <span dir=\"auto\">\($0)</span>" as HTML })"
      ),
      (page("A document that goes along"), referral.document == nil ? nil : "\(page("yes"))"),
      (page("Answer expected by"), page.day(referral.answerBy)),
      (page("Contact person"), names[referral.contact].map { "\($0)" }),
    ]
    let news: [(label: String, value: HTML?)] = [
      (page("Received by the service on"), referral.acceptedOn.map { page.day($0) }),
      (page("Whom to ask for"), opened.words.contact.map { "<span dir=\"auto\">\($0)</span>" }),
      (
        page("Why it was declined"),
        referral.decline.map { words(page($0.label), opened.words.declined, on: page) }
      ),
      (page("Taken on"), progress.isTakenOn ? "\(page("yes"))" : nil),
      (
        page("What came of it"),
        referral.outcome.map { words(page($0.label), opened.words.outcome, on: page) }
      ),
      (page("Ended by us"), opened.words.lapsed.map { "<span dir=\"auto\">\($0)</span>" }),
      (
        page("Consent taken back"),
        progress.isRevoked
          ? "\(page(progress.isAcknowledged ? say("confirmed by the service, or never read there") : say("not confirmed yet")))"
          : nil
      ),
      (page("For the plan"), referral.effect.map { "\(page($0.label))" }),
    ]
    let talk: HTML =
      opened.talk.isEmpty
      ? .empty
      : page.section(
        page("Questions"),
        "<ul class=\"records\">\(opened.talk.map { "<li><p class=\"faint\">\(page.time($0.at)) · \(page($0.isFromReceiver ? say("The service") : say("We")))</p>\(page.prose($0.words))</li>" as HTML })</ul>"
      )
    return page.layout(
      "\(page("Referral")) · \(opened.file.number)",
      """
      \(page.title(page("Referral"), under: "<p>\(page.bdi(opened.file.number)) · <a href=\"\(ReferralPaths.ofCase(referral.file))\">\(page("Referrals of the case"))</a></p>"))
      <p>\(ReferralListTemplates.state(referral.stage, clock: referral.clock, on: page)) \(referral.stage.next.map { page($0) } ?? "")</p>
      \(channelAdvice(opened, on: page))
      \(page.section(page("The referral"), page.facts(facts)))
      \(news.contains { $0.value != nil } ? page.section(page("What was answered"), page.facts(news)) : .empty)
      \(talk)
      \(ReferralActTemplates.acts(opened, typed, errors, on: page))
      \(page.section(page("What the service sees"), AnswerTemplates.shown(opened.words.shared, territory, on: page)))
      """)
  }

  private static func words(_ label: String, _ words: String?, on page: Page) -> HTML {
    "\(label)\(words.map { "\(page.reader.colon) <span dir=\"auto\">\($0)</span>" as HTML })"
  }

  /// Whoever may not be written to is told in another way.
  private static func channelAdvice(_ opened: OpenedReferral, on page: Page) -> HTML {
    let stage = opened.referral.stage
    guard [.accepted, .declined, .reported].contains(stage), opened.agreesTo == nil else { return .empty }
    return page.alert(
      .attention,
      "<p>\(page("The person has not agreed to messages: call her, or tell her when she comes."))</p>")
  }
}
