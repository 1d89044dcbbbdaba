import Antennas
import Basics
import Hummingbird
import Pages
import Storage
import Web

/// The pages of the area: one's own account, and everyone's for those who manage them.
package struct AccountPages: Area {
  let accounts: Accounts
  let antennas: Antennas
  let signIn: SignInPages

  package init(
    _ accounts: Accounts, antennas: Antennas, isSecure: Bool,
    demoAccounts: @escaping @Sendable () -> [DemoAccount] = { [] }
  ) {
    self.accounts = accounts
    self.antennas = antennas
    signIn = SignInPages(
      accounts: accounts, antennas: antennas, isSecure: isSecure, demoAccounts: demoAccounts)
  }

  package var migrations: [Migration] { Accounts.migrations }

  package var navigation: [NavigationItem] {
    [
      NavigationItem(
        say("Accounts"), path: AccountPaths.list, icon: .accounts, in: .house, duty: .manageAccounts)
    ]
  }

  package func addRoutes(to routes: Routes) {
    signIn.addRoutes(to: routes)
    routes.get("/account", use: own)
    routes.post("/account/language", use: saveLanguage)
    routes.get("/account/password", use: editPassword)
    routes.post("/account/password", use: savePassword)
    routes.get("/account/second-factor", use: editSecondFactor)
    routes.post("/account/second-factor", use: saveSecondFactor)
    routes.post("/account/sign-out-everywhere", use: signOutEverywhere)
    routes.get("/accounts", use: list)
    routes.get("/accounts/new", use: editNew)
    routes.post("/accounts", use: create)
    routes.get("/accounts/:id", use: show)
    routes.post("/accounts/:id", use: change)
    routes.post("/accounts/:id/password", use: resetPassword)
    routes.post("/accounts/:id/disabling", use: disable)
    routes.post("/accounts/:id/enabling", use: enable)
  }

  @Sendable func own(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.anyActor
    let account = try await accounts.find(actor.id, by: actor)
    return AccountTemplates.own(
      account, sessions: try await accounts.sessionCount(of: actor), on: try context.page)
  }

  @Sendable func saveLanguage(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.anyActor
    guard let language = Language(rawValue: context.typed["language"]) else { throw Refusal.notFound }
    try await accounts.setLanguage(of: actor, language)
    return .seeOther(AccountPaths.chooseLanguage(language))
  }

  @Sendable func editPassword(_ request: Request, _ context: AppContext) async throws -> HTML {
    _ = try context.anyActor
    return AccountTemplates.password([], on: try context.page)
  }

  @Sendable func savePassword(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.anyActor
    func raw(_ name: String) -> String { context.typed.values[name]?.first ?? "" }
    do {
      try await accounts.changePassword(of: actor, from: raw("password"), to: raw("new-password"))
      return .seeOther(AccountPaths.signIn, .changed)
    } catch Refusal.invalid(let errors) {
      return AccountTemplates.password(errors, on: try context.page).response(.unprocessableContent)
    }
  }

  @Sendable func editSecondFactor(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.anyActor
    let account = try await accounts.find(actor.id, by: actor)
    return AccountTemplates.secondFactor(account, OneTimeCode.newSecret(), [], on: try context.page)
  }

  @Sendable func saveSecondFactor(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.anyActor
    let account = try await accounts.find(actor.id, by: actor)
    guard let secret = OneTimeCode.base32Decoded(context.typed["secret"]), secret.count == 20 else {
      throw Refusal.conflict(say("Open the page again and scan the new square."))
    }
    do {
      let codes = try await accounts.enrol(
        actor, secret: secret, code: context.typed["code"],
        password: context.typed.values["password"]?.first ?? "")
      return AccountTemplates.recoveryCodes(codes, on: try context.page).response()
    } catch Refusal.invalid(let errors) {
      return AccountTemplates.secondFactor(account, secret, errors, on: try context.page).response(
        .unprocessableContent)
    }
  }

  @Sendable func signOutEverywhere(_ request: Request, _ context: AppContext) async throws -> Response {
    try await accounts.signOutEverywhere(context.anyActor)
    return .seeOther(AccountPaths.signIn)
  }

  @Sendable func list(_ request: Request, _ context: AppContext) async throws -> HTML {
    let found = try await accounts.list(after: request.query("after"), for: context.actor)
    return AccountTemplates.list(found, try await antennas.territory(), on: try context.page)
  }

  @Sendable func editNew(_ request: Request, _ context: AppContext) async throws -> HTML {
    try context.actor.must(.manageAccounts)
    return AccountTemplates.new(Typed(), [], try await antennas.territory(), on: try context.page)
  }

  @Sendable func create(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.manageAccounts)
    let (typed, territory) = (context.typed, try await antennas.territory())
    do {
      let form = try AccountForm.checked(typed, isNew: true, in: territory)
      let id = AccountID(typed["once"]) ?? AccountID()
      try await accounts.create(
        NewAccount(
          id: id, signInName: form.signInName, name: form.facts.name, institution: form.facts.institution,
          antenna: form.facts.antenna, roles: form.facts.roles, duties: form.facts.duties,
          password: typed.values["new-password"]?.first ?? ""), by: actor)
      return .seeOther(AccountPaths.show(id), .saved)
    } catch Refusal.invalid(let errors) {
      return AccountTemplates.new(typed, errors, territory, on: try context.page)
        .response(.unprocessableContent)
    }
  }

  @Sendable func show(_ request: Request, _ context: AppContext) async throws -> HTML {
    let actor = try context.actor
    try actor.must(.manageAccounts)
    let account = try await accounts.find(context.id(), by: actor)
    return AccountTemplates.show(account, nil, [], try await antennas.territory(), on: try context.page)
  }

  @Sendable func change(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.manageAccounts)
    let account = try await accounts.find(context.id(), by: actor)
    let territory = try await antennas.territory()
    do {
      let form = try AccountForm.checked(context.typed, isNew: false, in: territory)
      try await accounts.change(account.id, to: form.facts, from: form.version, by: actor)
      return .seeOther(AccountPaths.show(account.id), .saved)
    } catch Refusal.invalid(let errors) {
      return AccountTemplates.show(account, context.typed, errors, territory, on: try context.page)
        .response(.unprocessableContent)
    } catch Refusal.changedMeanwhile(let conflicts, let draft) {
      let page = try context.page
      // On the newest version, so that sending it again is a decision.
      let newest = try await accounts.find(account.id, by: actor)
      let errors = try await context.told(conflicts) { AccountTemplates.shown($0, $1, territory, on: page) }
      let typed = AccountTemplates.typed(AccountFacts(draft), version: newest.version)
      return AccountTemplates.show(newest, typed, errors, territory, on: page).response(.conflict)
    }
  }

  @Sendable func resetPassword(_ request: Request, _ context: AppContext) async throws -> Response {
    let actor = try context.actor
    try actor.must(.manageAccounts)
    let account = try await accounts.find(context.id(), by: actor)
    do {
      try await accounts.resetPassword(
        of: account.id, to: context.typed.values["new-password"]?.first ?? "", by: actor)
      return .seeOther(AccountPaths.show(account.id), .changed)
    } catch Refusal.invalid(let errors) {
      let territory = try await antennas.territory()
      return AccountTemplates.show(account, nil, errors, territory, on: try context.page).response(
        .unprocessableContent)
    }
  }

  @Sendable func disable(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: AccountID = try context.id()
    try await accounts.setDisabled(id, true, by: context.actor)
    return .seeOther(AccountPaths.show(id), .changed)
  }

  @Sendable func enable(_ request: Request, _ context: AppContext) async throws -> Response {
    let id: AccountID = try context.id()
    try await accounts.setDisabled(id, false, by: context.actor)
    return .seeOther(AccountPaths.show(id), .changed)
  }
}

/// Links into the area.
package enum AccountPaths {
  package static let signIn = "/sign-in"
  package static func signIn(to path: String) -> String { "\(signIn)?to=\(Page.queryEscaped(path))" }
  static let day = "/"
  package static let own = "/account"
  static let language = "/account/language"
  static let password = "/account/password"
  static let secondFactor = "/account/second-factor"
  static let everywhere = "/account/sign-out-everywhere"
  package static let list = "/accounts"
  static let new = "/accounts/new"
  static let signInCode = "/sign-in/code"
  static func code(to path: String) -> String { "/sign-in/code?to=\(Page.queryEscaped(path))" }
  static func chooseLanguage(_ language: Language) -> String {
    "/language/\(language.rawValue)?to=%2Faccount%3Fnotice%3Dsaved"
  }
  package static func show(_ id: AccountID) -> String { "/accounts/\(id)" }
  static func reset(_ id: AccountID) -> String { "/accounts/\(id)/password" }
  static func disabling(_ id: AccountID) -> String { "/accounts/\(id)/disabling" }
  static func enabling(_ id: AccountID) -> String { "/accounts/\(id)/enabling" }
  static func list(after name: String) -> String { "/accounts?after=\(Page.queryEscaped(name))" }
}
