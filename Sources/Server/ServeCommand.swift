import Accounts
import Aids
import ArgumentParser
import Basics
import Cases
import Duplicates
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL
import Pages
import People
import ServiceLifecycle
import Storage
import Web

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve", abstract: "Serves the pages until it is told to stop.")

  @OptionGroup var options: SettingsOptions

  func run() async throws {
    let settings = try await Settings(options)
    var logger = Logger(label: "tounesna")
    logger.logLevel = Logger.Level(rawValue: settings["log.level"]) ?? .info
    let installation = try await Installation.open(settings)
    do { try await installation.aids.mustKnow(.own) } catch let fault as AidClauseFault {
      throw Stop("The clauses of contracts cannot be used. \(fault)")
    }
    let isDemo = try await installation.isDemo()
    let metrics = Metrics()
    let router = Self.house(installation, settings, isDemo: isDemo, metrics: metrics).router
    var services: [any Service] = [
      TokenRenewal(people: installation.people, logger: logger),
      DueRenewal(cases: installation.cases, logger: logger),
    ]
    services += installation.rounds(logger)
    if settings.isOn("duplicates.search") {
      services.append(DuplicateSearch(duplicates: installation.duplicates, logger: logger))
    }
    if settings.isOn("messages.send") {
      services.append(MessageSending(messages: installation.messages, logger: logger))
    }
    if settings.number("metrics.port") > 0 {
      services.append(Self.metricsServer(metrics, port: settings.number("metrics.port"), logger: logger))
    }
    let application = Application(
      router: router, server: try Self.server(settings),
      configuration: .init(
        address: .hostname(settings["http.host"], port: settings.number("http.port")), serverName: nil),
      services: services,
      onServerRunning: { channel in
        let port = channel.localAddress?.port ?? settings.number("http.port")
        Console.say(
          "Tounesna is at \(settings["tls.key"].isEmpty ? "http" : "https")://\(settings["http.host"]):\(port)/"
        )
      },
      logger: logger)
    try await application.runService()
    try await installation.database.close()
  }

  /// The whole site, and the list of its routes.
  static func house(_ installation: Installation, _ settings: Settings, isDemo: Bool, metrics: Metrics) -> (
    router: Router<AppContext>, routes: [Routes.Route]
  ) {
    var site = Site(assets: Assets(folder: settings["assets"]))
    site.isDemo = isDemo
    site.isSecure = settings.isOn("http.secure") || !settings["tls.key"].isEmpty
    site.proxies = Set(settings.list("http.proxies"))
    site.requestsAMinute = settings.number("http.requests-a-minute")
    site.formLimit = settings.number("http.form-limit")
    site.uploadLimit = settings.number("http.upload-limit")
    site.now = installation.now
    let accounts = installation.accounts
    site.staffNames = { try await accounts.names(of: $0) }
    let areas = installation.areas(isSecure: site.isSecure, demoAccounts: { isDemo ? DemoStaff.shown : [] })
    let isBench = settings.isOn("bench")
    return House.router(
      site: site, areas: areas, metrics: metrics,
      findSession: { token, now in try await accounts.session(token, at: now) },
      beforeTheDoor: { router in
        addHealth(of: installation.database, to: router)
        if isBench { router.get("bare") { _, _ in "hello" } }
      })
  }

  /// For those who watch over the program: is it alive, can it work?
  private static func addHealth(of database: Database, to router: Router<AppContext>) {
    router.get("health/live") { _, _ in "alive" }
    router.get("health/ready") { _, context -> Response in
      do {
        _ = try await database.read { db in try db.exists("SELECT 1") }
        return Response(status: .ok, body: .init(byteBuffer: ByteBuffer(string: "ready")))
      } catch {
        context.logger.error("not ready", metadata: ["error": "\(error)"])
        return Response(status: .serviceUnavailable, body: .init(byteBuffer: ByteBuffer(string: "not ready")))
      }
    }
  }

  private static func metricsServer(_ metrics: Metrics, port: Int, logger: Logger) -> some Service {
    let router = Router()
    router.get("metrics") { _, _ in metrics.text }
    return Application(
      router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)), logger: logger)
  }

  /// Idle connections are closed after a minute; TLS where a certificate is given.
  private static func server(_ settings: Settings) throws -> HTTPServerBuilder {
    let plain = HTTPServerBuilder.http1(configuration: .init(idleTimeout: .seconds(60)))
    guard !settings["tls.key"].isEmpty || !settings["tls.certificate"].isEmpty else { return plain }
    let certificates = try pem("tls.certificate", settings, NIOSSLCertificate.fromPEMFile)
    let key = try pem("tls.key", settings) { try NIOSSLPrivateKey(file: $0, format: .pem) }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    return try .tls(plain, tlsConfiguration: configuration)
  }

  /// - Throws: `Stop` naming the setting whose file is not what it should be.
  private static func pem<Value>(_ name: String, _ settings: Settings, _ load: (String) throws -> Value)
    throws
    -> Value
  {
    do {
      return try load(settings[name])
    } catch {
      throw Stop("\(name) is “\(settings[name])”, which cannot be read as a PEM file: \(error)")
    }
  }
}

/// After an edit of the knowledge of names: persons are found by it as soon as their tokens are made anew.
struct TokenRenewal: Service {
  let people: People
  let logger: Logger

  func run() async throws {
    do {
      try await people.renewTokens()
    } catch {
      logger.error("the tokens of names could not be renewed", metadata: ["error": "\(error)"])
    }
    try await gracefulShutdown()
  }
}

/// After another number of days to the plan was set: cases that wait for theirs are due on another day.
struct DueRenewal: Service {
  let cases: Cases
  let logger: Logger

  func run() async throws {
    do {
      try await cases.renewDueDays()
    } catch {
      logger.error("the days by which plans are due could not be renewed", metadata: ["error": "\(error)"])
    }
    try await gracefulShutdown()
  }
}

/// Compares new and corrected persons with all others soon after, in small steps.
struct DuplicateSearch: Service {
  let duplicates: Duplicates
  let logger: Logger

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while !Task.isCancelled {
        var found = 0
        do {
          found = try await duplicates.searchNext()
        } catch {
          logger.error("duplicates could not be searched for", metadata: ["error": "\(error)"])
        }
        // Between two steps the others come first.
        try await Task.sleep(for: found > 0 ? .milliseconds(50) : .seconds(5))
      }
    }
  }
}
