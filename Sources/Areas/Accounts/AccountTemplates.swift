import Antennas
import Basics
import Pages

/// What the area's pages look like.
enum AccountTemplates {
  static func own(_ account: Account, sessions: Int, on page: Page) -> HTML {
    let fields = FormFields(page, typed: Typed(["language": [account.language.rawValue]]))
    let beyond = account.duties.map { page($0.label) }.sorted().joined(separator: " · ")
    let languages = Language.allCases.map { Choice($0.rawValue, $0.ownName) }
    let factor =
      account.hasSecondFactor ? page("Your second factor is on.") : page("Your second factor is off.")
    return page.layout(
      page("My account"),
      """
      \(page.title(account.name, under: "<p>\(account.roles.map { page($0.label) }.sorted().joined(separator: " · "))</p>"))
      \(beyond.isEmpty ? "" : page.section(page("Duties beyond the roles"), "<p>\(beyond)</p>"))
      \(page.section(page("Language"), page.form(AccountPaths.language, submit: page("Save"), fields.select("language", page("Language of my pages"), options: languages))))
      \(page.section(page("Password and second factor"), """
        <p>\(factor)</p><p class="buttons">\(page.button(page("Change my password"), to: AccountPaths.password, icon: .lock, weight: .secondary))
        \(page.button(page("Set up a second factor"), to: AccountPaths.secondFactor, icon: .lock, weight: .secondary))</p>
        """))
      \(page.section(page("Where I am signed in"), """
        <p>\(page(sessions, one: "You are signed in once.", many: "You are signed in in \(sessions) places."))</p>
        \(page.form(AccountPaths.everywhere, submit: page("Sign out everywhere"), weight: .secondary))
        """))
      """)
  }

  static func password(_ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, errors: errors)
    return page.layout(
      page("Change my password"),
      """
      \(page.title(page("Change my password")))
      \(page.section(page("A new password"), page.form(AccountPaths.password, submit: page("Change it"), errors: errors, """
        \(presentPassword(fields, page))
        \(newPassword(fields, page))
        """)))
      """)
  }

  private static func presentPassword(_ fields: FormFields, _ page: Page) -> HTML {
    fields.text(
      "password", page("Present password"), kind: .password, required: true, direction: .ltr,
      autocomplete: "current-password")
  }

  private static func newPassword(_ fields: FormFields, _ page: Page) -> HTML {
    fields.text(
      "new-password", page("New password"),
      hint: page("At least 12 characters; a short sentence is easy to remember."),
      kind: .password, required: true, direction: .ltr, autocomplete: "new-password")
  }

  static func secondFactor(_ account: Account, _ secret: [UInt8], _ errors: [FieldError], on page: Page)
    -> HTML
  {
    let fields = FormFields(page, errors: errors)
    let text = OneTimeCode.base32(secret)
    return page.layout(
      page("Second factor"),
      """
      \(page.title(page("Second factor"), under: "<p>\(page("Whoever sees the whole country signs in with a code beside the password."))</p>"))
      \(page.section(page("Scan, then write the code"), """
        \(QRCode.svg(OneTimeCode.uri(secret, account: account.signInName), title: page("Square for the authenticator")))
        <p>\(page("Without a camera, write this into the authenticator:")) <code>\(page.bdi(grouped(text)))</code></p>
        \(page.form(AccountPaths.secondFactor, submit: page("Turn it on"), errors: errors, """
          \(page.hidden("secret", text))
          \(fields.text("code", page("Code of your authenticator"), kind: .code, required: true, direction: .ltr))
          \(presentPassword(fields, page))
          """))
        """))
      """)
  }

  static func recoveryCodes(_ codes: [String], on page: Page) -> HTML {
    let list = codes.map { "<li><code>\(page.bdi($0))</code></li>" as HTML }
    return page.layout(
      page("Recovery codes"),
      """
      \(page.title(page("Recovery codes")))
      \(page.section(page("Print or write these down now"), """
        <p>\(page("Each opens once, should your phone be lost. They are not shown again."))</p>
        <ul class="codes">\(list)</ul>\(page.button(page("Go to my day"), to: AccountPaths.day))
        """))
      """)
  }

  static func list(_ accounts: [Account], _ territory: Territory, on page: Page) -> HTML {
    let shown = accounts.prefix(Accounts.pageSize)
    let rows = shown.map { account -> [HTML] in
      [
        "<a href=\"\(AccountPaths.show(account.id))\">\(account.name)</a>", page.bdi(account.signInName),
        "\(account.roles.map { page($0.label) }.sorted().joined(separator: " · "))",
        "\(account.antenna.map { territory.name(of: $0, in: page.reader.language) } ?? page("the centre"))",
        account.disabledAt == nil
          ? page.badge(page("open"), .good, icon: .done) : page.badge(page("closed"), icon: .stop),
      ]
    }
    let next =
      accounts.count > Accounts.pageSize ? shown.last.map { AccountPaths.list(after: $0.signInName) } : nil
    return page.layout(
      page("Accounts"),
      """
      \(page.title(page("Accounts"), actions: page.button(page("New account"), to: AccountPaths.new, icon: .add)))
      \(page.table(page("Accounts"), columns: [page("Name"), page("Sign-in name"), page("Roles"), page("Antenna"), page("State")], rows: Array(rows), empty: page.emptyState(page("No account stands here."))))
      \(page.pager(next: next))
      """)
  }

  static func new(_ typed: Typed, _ errors: [FieldError], _ territory: Territory, on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.layout(
      page("New account"),
      """
      \(page.title(page("New account")))
      \(page.section(page("Who it is for"), page.form(AccountPaths.list, submit: page("Make the account"), errors: errors, """
        \(page.once(typed))
        \(fields.text("sign-in-name", page("Sign-in name"), required: true, direction: .ltr))
        \(common(fields, territory, page))
        \(fields.text("new-password", page("First password"), hint: page("It is changed at the first sign-in."), kind: .password, required: true, direction: .ltr, autocomplete: "new-password"))
        """)))
      """)
  }

  static func show(
    _ account: Account, _ typed: Typed?, _ errors: [FieldError], _ territory: Territory, on page: Page
  ) -> HTML {
    let typed = typed ?? self.typed(account.facts, version: account.version)
    let fields = FormFields(page, typed: typed, errors: errors)
    let isClosed = account.disabledAt != nil
    let isAboutPassword = errors.contains { $0.field == "new-password" }
    return page.layout(
      account.name,
      """
      \(page.title(account.name, under: "<p>\(page.bdi(account.signInName))</p><p><a href=\"\(AccountPaths.list)\">\(page("All accounts"))</a></p>"))
      \(page.section(page("What the account may do"), page.form(AccountPaths.show(account.id), submit: page("Save"), errors: isAboutPassword ? [] : errors, """
        \(page.hidden("version", typed["version"]))\(common(fields, territory, page))
        """)))
      \(page.disclosure(page("Give a new first password"), icon: .lock, isOpen: isAboutPassword, page.form(AccountPaths.reset(account.id), submit: page("Give it"), errors: isAboutPassword ? errors : [], newPassword(fields, page))))
      \(page.form(isClosed ? AccountPaths.enabling(account.id) : AccountPaths.disabling(account.id), submit: isClosed ? page("Open the account again") : page("Close the account"), weight: .secondary))
      """)
  }

  private static func common(_ fields: FormFields, _ territory: Territory, _ page: Page) -> HTML {
    let language = page.reader.language
    let antennas = territory.antennas.map { Choice($0.id.rawValue, $0.name.text(in: language)) }
    let institutions = territory.institutions.map { Choice($0.id.rawValue, $0.name.text(in: language)) }
    return """
      \(fields.text("name", page("Name"), required: true))
      \(fields.select("institution", page("Institution"), options: institutions))
      \(fields.select("antenna", page("Antenna"), options: antennas, hint: page("Leave empty for the centre.")))
      \(fields.checkboxes("roles", page("Roles"), options: Role.allCases.map { Choice($0.rawValue, page($0.label)) }))
      \(fields.more(page("More than the roles give"), names: ["duties"], fields.checkboxes("duties", page("Duties beyond the roles"), options: DutyRules.givable.map { Choice($0.rawValue, page($0.label)) }, hint: page("For this account alone; the journal keeps who gave it and when."))))
      \(fields.checkbox("assigned-only", page("Sees only the files of which this is the contact person")))
      """
  }

  /// What stands in the form of an account.
  static func typed(_ facts: AccountFacts, version: Int) -> Typed {
    Typed([
      "name": [facts.name], "institution": [facts.institution.rawValue],
      "antenna": [facts.antenna?.rawValue ?? ""], "roles": facts.roles.map(\.rawValue),
      "duties": facts.duties.map(\.rawValue),
      "assigned-only": facts.seesAssignedOnly ? ["yes"] : [], "version": [String(version)],
    ])
  }

  /// What stands in a field, as it is read.
  static func shown(_ field: String, _ value: String, _ territory: Territory, on page: Page) -> String {
    let language = page.reader.language
    switch field {
    case "institution": return territory.name(of: InstitutionCode(rawValue: value), in: language)
    case "antenna": return territory.name(of: AntennaCode(rawValue: value), in: language)
    case "roles":
      return Role.listed(in: value).map { page($0.label) }.sorted().joined(separator: " · ")
    case "duties": return Duty.listed(in: value).map { page($0.label) }.sorted().joined(separator: " · ")
    case "assigned-only": return page("yes")
    default: return value
    }
  }

  private static func grouped(_ secret: String) -> String {
    stride(from: 0, to: secret.count, by: 4).map { String(secret.dropFirst($0).prefix(4)) }.joined(
      separator: " ")
  }
}
