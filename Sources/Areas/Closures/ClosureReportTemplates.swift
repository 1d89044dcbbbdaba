import Basics
import Cases
import Pages
import People
import Visits

/// What was typed and could not be kept; without a closure it is a later contact.
struct ClosureAttempt {
  var closure: RecordID<Closure>?
  var typed = Typed()
  var errors: [FieldError] = []
  /// Typed on top of the newest version, so that sending it again is a decision.
  var isNewest = false
}

/// How a case ended, and what was heard afterwards.
enum ClosureReportTemplates {
  static func show(
    _ ending: CaseEnding, _ names: [AccountID: String], _ attempt: ClosureAttempt, on page: Page
  ) -> HTML {
    let file = ending.opened.file
    let title = page("Closing and after")
    let none = page.section(
      page("Closing"),
      page.emptyState(
        page(
          "This case is not closed yet. When it is, how the person stands and what she thinks of the help is kept here."
        )))
    return page.layout(
      "\(title) · \(file.number)",
      """
      \(page.title(title, under: "<p>\(page.bdi(file.number)) · <a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a></p>"))
      \(ending.opened.closures.isEmpty ? none : papers(file.id, on: page))
      \(ending.opened.closures.map { closure($0, ending, attempt, on: page) })
      \(ending.opened.closures.isEmpty ? .empty : contacts(ending, names, attempt, on: page))
      """)
  }

  private static func papers(_ id: RecordID<CaseFile>, on page: Page) -> HTML {
    page.section(
      page("Final report"),
      """
      <p><a href="\(ClosurePaths.pdf(id, .french))" download>\(page("PDF in French"))</a> · \
      <a href="\(ClosurePaths.pdf(id, .arabic))" download>\(page("PDF in Arabic"))</a></p>
      """)
  }

  private static func closure(
    _ closure: Closure, _ ending: CaseEnding, _ attempt: ClosureAttempt, on page: Page
  ) -> HTML {
    let kept = ending.reports[closure.id]
    let facts = page.facts([
      (page("Closed on"), page.day(closure.closedOn)), (page("Outcome"), "\(page(closure.outcome.label))"),
      (page("Why"), page.prose(closure.reason)),
      (page("Opened again:"), closure.reopenedOn.map { page.day($0) }),
    ])
    let answered = kept.map { answers($0.report, on: page) } ?? .empty
    let isTried = attempt.closure == closure.id
    let form = self.form(closure.id, ending.opened.file.id, kept, isTried ? attempt : nil, on: page)
    var act = HTML.empty
    if page.may(.closeCases) {
      act =
        isTried
        ? form
        : page.disclosure(
          kept == nil ? page("Record how the person stands") : page("Correct"), icon: .done, form)
    }
    return page.section(page("Closing"), facts + answered + act)
  }

  private static func answers(_ report: ClosureReport, on page: Page) -> HTML {
    let facts = ClosureReport.Question.allCases.map { question in
      (label: page(question.label), value: "\(page(question.label(of: report[question])))" as HTML?)
    }
    let remark = report.remark.map { page.facts([(page("What the person adds"), page.prose($0))]) } ?? .empty
    return page.facts(facts) + remark
  }

  private static func form(
    _ closure: RecordID<Closure>, _ id: RecordID<CaseFile>, _ kept: KeptReport?, _ attempt: ClosureAttempt?,
    on page: Page
  ) -> HTML {
    var typed = attempt?.typed ?? Typed((kept?.report ?? ClosureReport()).fields)
    if attempt == nil || attempt?.isNewest == true {
      typed["version"] = kept.map { String($0.version) } ?? ""
    }
    let fields = FormFields(page, typed: typed, errors: attempt?.errors ?? [], about: closure.text)
    func questions(_ isSituation: Bool) -> [HTML] {
      ClosureReport.Question.allCases.filter { $0.isSituation == isSituation }.map { question in
        fields.select(
          question.rawValue, page(question.label),
          options: ClosureReport.Answer.allCases.map { Choice($0.rawValue, page(question.label(of: $0))) })
      }
    }
    return page.form(
      ClosurePaths.report(id, closure), submit: page("Save"), errors: attempt?.errors ?? [],
      about: closure.text,
      """
      \(page.hidden("version", typed["version"]))
      \(fields.group(page("How the person stands"), "\(questions(true))"))
      \(fields.group(page("What the person thinks of the help"), "\(questions(false))"))
      \(fields.paragraph("remark", page("What the person adds"), rows: 3))
      """)
  }

  private static func contacts(
    _ ending: CaseEnding, _ names: [AccountID: String], _ attempt: ClosureAttempt, on page: Page
  ) -> HTML {
    let items = ending.contacts.map { contact -> HTML in
      """
      <li><p><strong>\(page.day(contact.on))</strong> <span class="faint">\(page(contact.way.label)) · \(names[contact.by] ?? "—")</span>\
      \(contact.activity.map { " \(page.badge(page($0.label)))" as HTML })</p>\(page.prose(contact.heard))</li>
      """
    }
    let list: HTML =
      items.isEmpty
      ? page.emptyState(page("Nobody has spoken with the person since the closing."))
      : "<ul class=\"records\">\(items)</ul>"
    var form = HTML.empty
    if ending.opened.file.stage == .closed, page.may(.recordVisits) {
      let isTried = attempt.closure == nil && !attempt.errors.isEmpty
      let act = contactForm(
        ending.opened.file.id, isTried ? attempt : ClosureAttempt(), on: page)
      form = isTried ? act : page.disclosure(page("Record a contact"), icon: .plus, act)
    }
    return page.section(page("Contacts after the closing"), id: "contacts", list + form)
  }

  private static func contactForm(
    _ id: RecordID<CaseFile>, _ attempt: ClosureAttempt, on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: attempt.typed, errors: attempt.errors)
    return page.form(
      ClosurePaths.contacts(id), submit: page("Record the contact"), errors: attempt.errors,
      """
      \(page.once(attempt.typed))
      \(fields.select("way", page("How you spoke"), options: Visit.Way.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.select("activity", page("The activity"), options: Visit.Activity.allCases.map { Choice($0.rawValue, page($0.label)) }))
      \(fields.paragraph("heard", page("What was heard"), required: true, rows: 3))
      \(fields.text("on", page("Day"), hint: page("Leave empty for today."), kind: .date))
      """)
  }

  /// An answer, as it is read.
  static func shown(_ field: String, _ value: String, on page: Page) -> String {
    guard let question = ClosureReport.Question(rawValue: field),
      let answer = ClosureReport.Answer(rawValue: value)
    else { return value }
    return page(question.label(of: answer))
  }
}
