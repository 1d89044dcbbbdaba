import Accounts
import Antennas
import Basics
import Cases
import Pages
import People

/// A step of the conversation as a form. Values in, markup out.
enum ReceptionStepTemplates {
  /// - Parameter device: the key of what is typed on this device.
  static func step(
    _ step: ReceptionDraft.Step, of draft: ReceptionDraft?, _ attempt: ReceptionAttempt,
    _ territory: Territory, _ usualMonths: Int?, device mark: String, on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: attempt.typed, errors: attempt.errors)
    let title = page(step.label)
    let version = attempt.typed["version"]
    let told: HTML =
      draft.map { draft in
        page.hidden("version", attempt.isNewest || version.isEmpty ? String(draft.version) : version)
      } ?? page.once(attempt.typed)
    // An answer brings what was typed itself: the script asks nothing.
    let isAnswer = !attempt.errors.isEmpty || !attempt.warning.isEmpty
    let form = page.form(
      draft.map { ReceptionPaths.step(step, $0.id) } ?? ReceptionPaths.list, submit: page("Save and go on"),
      errors: attempt.errors, attributes: isAnswer ? " data-device=\"answered\"" : " data-device",
      "\(told)\(attempt.warning)\(content(step, fields, territory, usualMonths, on: page))")
    return page.layout(
      "\(page("Reception")) · \(title)",
      """
      \(page.title(title, under: "<p class=\"lead\">\(page("Only a name and a way to reach the person are needed; every step can be left and taken up again."))</p>"))
      \(steps(step, draft, on: page))\(device(mark, on: page))\(form)
      <p><a href="\(ReceptionPaths.list)">\(page("Receptions begun"))</a></p>
      """)
  }

  /// Where one is; each step that can be gone to is a link.
  static func steps(_ current: ReceptionDraft.Step?, _ draft: ReceptionDraft?, on page: Page) -> HTML {
    guard let draft else { return .empty }
    let links = ReceptionDraft.Step.allCases.map { step in
      (label: page(step.label), path: ReceptionPaths.step(step, draft.id), isCurrent: step == current)
    }
    let last = (label: page("Read back"), path: ReceptionPaths.show(draft.id), isCurrent: current == nil)
    return page.tabs(page("Steps of the reception"), links + [last])
  }

  /// What the script of the page says, in the reader's language; hidden until it does.
  private static func device(_ mark: String, on page: Page) -> HTML {
    """
    <div class="device" data-mark="\(mark)">
    <div class="alert info" data-says="kept" hidden><div><p>\(page("What was typed here before was not saved yet. It is still on this device."))</p>\
    <p class="buttons"><button type="button" class="secondary" data-act="take">\(page("Take up what was typed"))</button> \
    <button type="button" class="quiet" data-act="drop">\(page("Forget it"))</button></p></div></div>
    <div role="status"><p class="alert attention" data-says="offline" hidden>\(page("There is no connection: nothing is lost. It is sent again as soon as there is one."))</p>\
    <p class="alert attention" data-says="signed-out" hidden>\(page("Your visit has ended. What you typed is kept on this device.")) \
    <a href="\(AccountPaths.signIn(to: page.path))">\(page("Sign in again, and take it up"))</a></p>\
    <p class="alert attention" data-says="signed-out-insecure" hidden>\(page("Your visit has ended. Sign in again in another window, then send this again."))</p>\
    <p class="alert attention" data-says="insecure" hidden>\(page("This connection is not secure: nothing is kept on this device while you type."))</p></div>
    </div>
    <script src="\(page.assets.keeperPath)" defer></script>
    """
  }

  private static func content(
    _ step: ReceptionDraft.Step, _ fields: FormFields, _ territory: Territory, _ usualMonths: Int?,
    on page: Page
  ) -> HTML {
    switch step {
    case .who: who(fields, territory, on: page)
    case .consent: consent(step, fields, on: page)
    case .returning:
      fields.group(
        page("The return"),
        ReceptionTemplates.returnFields(fields, territory, page, usualMonths: usualMonths)
          + inputs(step.questions, fields, on: page))
    case .household: fields.group(page(step.label), inputs(step.questions, fields, on: page))
    case .wishes:
      fields.group(
        page("What the person wishes for"), inputs(Array(step.questions.prefix(2)), fields, on: page))
        + fields.group(
          page("Worth asking, if the person wishes"),
          inputs(Array(step.questions.dropFirst(2)), fields, on: page))
    case .needs: "\((1...ReceptionRules.mostNeeds).map { need($0, fields, on: page) })"
    }
  }

  private static func who(_ fields: FormFields, _ territory: Territory, on page: Page) -> HTML {
    let channels = CaseFile.Channel.allCases.map { Choice($0.rawValue, page($0.label)) }
    return fields.group(
      page("How the person came"),
      fields.radios(
        "channel", page("First contact"), options: channels, hint: page("Nothing chosen: came to the office.")
      ))
      + PersonTemplates.identityFields(fields, territory, on: page)
  }

  private static func consent(_ step: ReceptionDraft.Step, _ fields: FormFields, on page: Page) -> HTML {
    fields.group(
      page(step.label),
      """
      \(inputs(step.questions, fields, on: page))
      \(fields.radios("consent-way", page("How it was given"), options: Consent.Way.allCases.map { Choice($0.rawValue, page($0.label)) }))
      \(fields.select("consent-language", page("Language in which the text was read"), options: Language.allCases.map { Choice($0.rawValue, $0.ownName) }))
      \(fields.text("given-on", page("Day"), hint: page("Leave empty for today."), kind: .date))
      """)
  }

  private static func need(_ number: Int, _ fields: FormFields, on page: Page) -> HTML {
    let names = ["need", "urgency", "details", "done", "done-on"].map { "\($0)-\(number)" }
    let inputs: HTML = """
      \(fields.select(names[0], page("What is needed"), options: Need.Kind.allCases.map { Choice($0.rawValue, page($0.label)) }))
      \(fields.radios(names[1], page("How urgent"), options: Need.Urgency.allCases.map { Choice($0.rawValue, page($0.label)) }))
      \(fields.paragraph(names[2], page("Details"), rows: 2))
      \(fields.text(names[3], page("What was done"), limit: 2_000))
      \(fields.text(names[4], page("Done on"), hint: page("Leave empty for today."), kind: .date))
      """
    let title = page("Need \(number)")
    return number == 1 ? fields.group(title, inputs) : fields.more(title, names: names, inputs)
  }

  private static func inputs(_ questions: [StepQuestion], _ fields: FormFields, on page: Page) -> HTML {
    "\(questions.map { input($0, fields, on: page) })"
  }

  private static func input(_ question: StepQuestion, _ fields: FormFields, on page: Page) -> HTML {
    let (name, label) = (question.name, page(question.label))
    func choices(_ codes: [String]) -> [Choice] { codes.map { Choice($0, page(ReceptionWords.label($0))) } }
    return switch question.kind {
    case .line: fields.text(name, label, direction: .auto)
    case .paragraph: fields.paragraph(name, label, rows: 3)
    case .yes: "<div class=\"wide\">\(fields.checkbox(name, label))</div>"
    case .number: fields.text(name, label, kind: .number)
    case .one(let codes): fields.radios(name, label, options: choices(codes))
    case .many(let codes): fields.checkboxes(name, label, options: choices(codes))
    }
  }
}
