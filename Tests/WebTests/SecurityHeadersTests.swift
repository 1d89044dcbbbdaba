import Foundation
import HTTPTypes
import Pages
import TestSupport
import Testing

@testable import Web

@Suite struct `What browsers are told of every answer` {
  @Test(arguments: ["/room", "/nowhere", "/room/fault/other", "/room/refused/duty", "/language/fr", "ASSET"])
  func `no inline script, no frame, no guess of types`(path: String) async throws {
    let path = path == "ASSET" ? Assets().stylesheetPath : path
    try await Door.open { door async throws in
      let answer = try await door.get(path)
      let policy = try #require(answer.header("Content-Security-Policy"))
      #expect(policy.contains("default-src 'self'"))
      #expect(policy.contains("frame-ancestors 'none'"))
      #expect(policy.contains("form-action 'self'"))
      #expect(!policy.contains("unsafe"))
      #expect(!policy.contains("data:"))
      #expect(answer.header("X-Content-Type-Options") == "nosniff")
      #expect(answer.header("Referrer-Policy") == "same-origin")
      #expect(answer.header("Server") == nil)
    }
  }

  @Test func `pages hold no script or style that the policy would stop`() async throws {
    try await Door.open(site: { $0.isDemo = true }) { door async throws in
      let page = try await door.get("/style")
      #expect(page.status == 200)
      #expect(page.text.matches(of: /<script(?![^>]*\ssrc=)/).isEmpty)
      #expect(page.text.matches(of: /<style|\sstyle=|\son[a-z]+=|javascript:/).isEmpty)
    }
  }

  @Test func `to stay on TLS, when it is spoken`() async throws {
    try await Door.open(site: { $0.isSecure = true }) { door async throws in
      let header = try await door.get("/room").header("Strict-Transport-Security")
      #expect(try #require(header).hasPrefix("max-age=31536000"))
    }
    try await Door.open { door async throws in
      #expect(try await door.get("/room").header("Strict-Transport-Security") == nil)
    }
  }

  @Test(arguments: ["/room", "/nowhere", "/room/fault/other", "/language/fr"])
  func `to keep no page`(path: String) async throws {
    try await Door.open { door async throws in
      #expect(try await door.get(path).header("Cache-Control") == "no-store")
    }
  }

  @Test func `to keep stylesheet and script for good, under names that change with their content`()
    async throws
  {
    let assets = Assets()
    try await Door.open { door async throws in
      for (path, type) in [
        (assets.stylesheetPath, "text/css; charset=utf-8"),
        (assets.scriptPath, "text/javascript; charset=utf-8"),
        (assets.markPath, "image/svg+xml"),
      ] {
        let answer = try await door.get(path, cookies: "")
        #expect(answer.status == 200)
        #expect(answer.header("Cache-Control") == "public, max-age=31536000, immutable")
        #expect(answer.header("Content-Type") == type)
        #expect(!answer.text.isEmpty)
        #expect(answer.cookies.isEmpty)
      }
      for path in [
        "/assets/none.css", "/assets/", "/assets/../Package.swift", "/assets/%2e%2e/Package.swift",
      ] {
        #expect(try await door.get(path).status == 404)
      }
    }
  }

  @Test func `HEAD is answered like GET, without the page`() async throws {
    try await Door.open { door async throws in
      for path in ["/room", Assets().stylesheetPath] {
        let answer = try await door.send(.head, path)
        #expect(answer.status == 200)
        #expect(answer.text.isEmpty)
        let whole = try await door.get(path)
        #expect(answer.header("Content-Type") == whole.header("Content-Type"))
        #expect(answer.header("Content-Length") == String(whole.text.utf8.count))
      }
      #expect(try await door.send(.head, "/nowhere").status == 404)
    }
  }

  @Test func `the guide to the components is shown on a demonstration only`() async throws {
    try await Door.open { door async throws in #expect(try await door.get("/style").status == 404) }
  }
}

@Suite struct `The figures Prometheus collects` {
  @Test func `are in its text format`() throws {
    let metrics = Metrics()
    for seconds in [0.0005, 0.003, 0.2, 30] { metrics.count(status: 200, seconds: seconds) }
    metrics.count(status: 404, seconds: 0.001)
    let samples = try parsed(metrics.text)
    #expect(samples["tounesna_requests_total{status=\"200\"}"] == 4)
    #expect(samples["tounesna_requests_total{status=\"404\"}"] == 1)
    #expect(samples["tounesna_request_seconds_bucket{le=\"0.001\"}"] == 2)
    #expect(samples["tounesna_request_seconds_bucket{le=\"0.005\"}"] == 3)
    #expect(samples["tounesna_request_seconds_bucket{le=\"5.0\"}"] == 4)
    #expect(samples["tounesna_request_seconds_bucket{le=\"+Inf\"}"] == 5)
    #expect(samples["tounesna_request_seconds_count"] == 5)
    #expect(abs((samples["tounesna_request_seconds_sum"] ?? 0) - 30.2045) < 1e-9)
    #expect((samples["process_resident_memory_bytes"] ?? 0) > 1_000_000)
  }

  @Test func `count every answer by its status`() async throws {
    try await Door.open { door async throws in
      for path in ["/room", "/room", "/nowhere", "/room/fault/other"] { _ = try await door.get(path) }
      let samples = try parsed(door.metrics.text)
      #expect(samples["tounesna_requests_total{status=\"200\"}"] == 2)
      #expect(samples["tounesna_requests_total{status=\"404\"}"] == 1)
      #expect(samples["tounesna_requests_total{status=\"500\"}"] == 1)
    }
  }

  /// Source: Prometheus, exposition formats, text format 0.0.4: a sample is a name, labels and a number; a type stands
  /// before the samples of its family.
  private func parsed(_ text: String) throws -> [String: Double] {
    #expect(text.hasSuffix("\n"))
    var samples: [String: Double] = [:]
    var families: [String] = []
    for line in text.split(separator: "\n") {
      if let type = line.wholeMatch(of: /# TYPE ([a-z_]+) (counter|gauge|histogram)/) {
        families.append(String(type.1))
        continue
      }
      let pattern = /([a-zA-Z_:][a-zA-Z0-9_:]*)(\{[a-z]+="[^"\\]*"\})? (-?[0-9.e+-]+)/
      let sample = try #require(line.wholeMatch(of: pattern), "\(line)")
      #expect(families.last.map { sample.1.hasPrefix($0) } == true)
      let name = "\(sample.1)\(sample.2 ?? "")"
      #expect(samples[name] == nil)
      let value: Double = try #require(Double(sample.3))
      samples[name] = value
    }
    return samples
  }
}
