import Antennas
import Basics
import Pages

/// What signing in looks like.
enum SignInTemplates {
  struct Demo {
    let accounts: [DemoAccount]
    let territory: Territory
  }

  static func ask(_ typed: Typed, _ errors: [FieldError], _ demo: Demo?, on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.bareLayout(
      page("Sign in"),
      """
      <div class="door"><h1>\(page("Welcome to Tounesna"))</h1>
      <p class="lead">\(page("The workplace of those who receive people coming home."))</p>
      \(page.form(AccountPaths.signIn, submit: page("Sign in"), errors: errors, """
        \(page.hidden("to", typed["to"]))
        \(fields.text("name", page("Sign-in name"), required: true, direction: .ltr, autocomplete: "username"))
        \(fields.text("password", page("Password"), kind: .password, required: true, direction: .ltr, autocomplete: "current-password"))
        """))
      </div>
      \(demo.map { demoTable($0, on: page) })
      """)
  }

  static func askCode(_ typed: Typed, _ errors: [FieldError], _ demo: [DemoAccount], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.bareLayout(
      page("One more step"),
      """
      <div class="door"><h1>\(page("One more step"))</h1>
      \(page.form(AccountPaths.signInCode, submit: page("Go on"), errors: errors, """
        \(page.hidden("to", typed["to"]))
        \(fields.text("code", page("Code of your authenticator"), hint: page("Six digits, or one of your recovery codes."), kind: .code, required: true, direction: .ltr))
        """))
      \(demoCodes(demo, on: page))
      </div>
      """)
  }

  /// What is worth trying in a demonstration.
  private static let proposals: [Role: Phrase] = [
    .counsellor: say(
      "See what is late in My day. Then search for somebody in either script, receive her, and print her plan in Arabic."
    ),
    .socialCounsellor: say(
      "Open one file in two windows, here and as the employment counsellor; change the same phone number in both."
    ),
    .employmentCounsellor: say(
      "Fill in the employment section of a file, and read what a feasibility study would still ask."),
    .antennaHead: say(
      "Answer what other antennas offer, judge a file that was opened from outside, draw a second look by lot."
    ),
    .centre: say(
      "Open the list behind a figure of an antenna, and take it away as a workbook, in French and in Arabic."),
  ]

  private static func demoTable(_ demo: Demo, on page: Page) -> HTML {
    let rows = demo.accounts.map { account -> [HTML] in
      let antenna = account.antenna.map { demo.territory.name(of: $0, in: page.reader.language) }
      return [
        page.bdi(account.signInName), "\(page(account.role.label))", "\(antenna ?? page("the centre"))",
        page.bdi(account.password), "\(proposals[account.role].map { page($0) } ?? "—")",
      ]
    }
    return """
      <section class="card demo-accounts"><h2>\(page("Accounts of the demonstration"))</h2>
      <p>\(page("National roles are asked for a code: the next page shows it, because this is a demonstration."))</p>
      \(page.table(page("Accounts of the demonstration"), columns: [page("Sign-in name"), page("Role"), page("Antenna"), page("Password"), page("Worth trying")], rows: rows, empty: .empty))
      </section>
      """
  }

  private static func demoCodes(_ demo: [DemoAccount], on page: Page) -> HTML {
    let codes = demo.compactMap { account in
      account.secret.flatMap { OneTimeCode.code(base32: $0, at: page.now) }.map { code -> HTML in
        "<li>\(page.bdi(account.signInName)): <code>\(page.bdi(code))</code></li>"
      }
    }
    guard !codes.isEmpty else { return .empty }
    return page.alert(.info, "<p>\(page("Codes of the demonstration at this moment:"))</p><ul>\(codes)</ul>")
  }
}
