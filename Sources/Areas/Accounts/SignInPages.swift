import Antennas
import Basics
import Foundation
import Hummingbird
import Pages
import Web

/// Signing in and out.
struct SignInPages: Sendable {
  let accounts: Accounts
  let antennas: Antennas
  let isSecure: Bool
  let demoAccounts: @Sendable () -> [DemoAccount]

  func addRoutes(to routes: Routes) {
    routes.get("/sign-in", use: ask)
    routes.post("/sign-in", use: signIn)
    routes.get("/sign-in/code", use: askCode)
    routes.post("/sign-in/code", use: enterCode)
    routes.post("/sign-out", use: signOut)
  }

  @Sendable func ask(_ request: Request, _ context: AppContext) async throws -> Response {
    var typed = Typed()
    typed["to"] = LocalPath.checked(request.query("to"))
    var page = try context.page
    guard request.cookies[VisitCookie.name] == nil, context.token == nil else {
      return try await SignInTemplates.ask(typed, [], demo(), on: page).response()
    }
    // The form's token derives from this cookie.
    let visit = SessionCookie.newToken()
    page.csrf = SessionCookie.csrf(visit)
    var response = try await SignInTemplates.ask(typed, [], demo(), on: page).response()
    response.setCookie(cookie(VisitCookie.name, visit))
    return response
  }

  @Sendable func signIn(_ request: Request, _ context: AppContext) async throws -> Response {
    let typed = context.typed
    do {
      var check = FormCheck(typed)
      let name = check.required("name", say("Write your sign-in name."))
      if typed["password"].isEmpty { check.refuse("password", say("Write your password.")) }
      try check.finish()
      let password = typed.values["password"]?.first ?? ""
      let to = LocalPath.checked(typed["to"])
      switch try await accounts.signIn(name, password, address: context.address) {
      case .yes(let token): return enter(token, to)
      case .needsCode(let token): return enter(token, AccountPaths.code(to: to))
      }
    } catch Refusal.invalid(let errors) {
      return try await SignInTemplates.ask(typed, errors, demo(), on: context.page).response(
        .unprocessableContent)
    }
  }

  @Sendable func askCode(_ request: Request, _ context: AppContext) async throws -> HTML {
    var typed = Typed()
    typed["to"] = LocalPath.checked(request.query("to"))
    return SignInTemplates.askCode(typed, [], demoAccounts(), on: try context.page)
  }

  @Sendable func enterCode(_ request: Request, _ context: AppContext) async throws -> Response {
    let typed = context.typed
    do {
      var check = FormCheck(typed)
      let code = check.required(
        "code", say("Write the six digits of your authenticator, or a recovery code."))
      try check.finish()
      let token = try await accounts.enterCode(code, halfToken: context.token, address: context.address)
      return enter(token, LocalPath.checked(typed["to"]))
    } catch Refusal.invalid(let errors) {
      return SignInTemplates.askCode(typed, errors, demoAccounts(), on: try context.page).response(
        .unprocessableContent)
    }
  }

  @Sendable func signOut(_ request: Request, _ context: AppContext) async throws -> Response {
    if let token = context.token { try await accounts.signOut(token) }
    var response = Response.seeOther(AccountPaths.signIn)
    response.setCookie(cookie(SessionCookie.name, "", maxAge: 0))
    return response
  }

  /// What the page shows of the demonstration; nothing anywhere else.
  private func demo() async throws -> SignInTemplates.Demo? {
    let accounts = demoAccounts()
    guard !accounts.isEmpty else { return nil }
    return SignInTemplates.Demo(accounts: accounts, territory: try await antennas.territory())
  }

  private func enter(_ token: String, _ path: String) -> Response {
    var response = Response.seeOther(path)
    response.setCookie(cookie(SessionCookie.name, token))
    return response
  }

  private func cookie(_ name: String, _ value: String, maxAge: Int? = nil) -> Cookie {
    Cookie(
      name: name, value: value, maxAge: maxAge, path: "/", secure: isSecure, httpOnly: true, sameSite: .lax)
  }
}
