import Foundation
import TestSupport
import Testing

@testable import Papers

@Suite(.serialized) struct `Papers made of data` {
  static let template = """
    #import "/house.typ": free, paper
    #let data = json(bytes(sys.inputs.data))
    #show: paper.with(data)
    #free(data, data.told)
    """

  struct Told: Encodable {
    struct Free: Encodable {
      var text: String
      var isArabic = false
    }

    var language = "fr"
    var title = "A paper"
    var number = "1"
    var told: Free
    var words = ["page": "{1}/{2}"]

    init(_ text: String) { told = Free(text: text) }
  }

  static let papers = Papers(python: Papers.standardPython)

  private func read(_ pdf: [UInt8]) throws -> String {
    try PaperTools.run("/usr/bin/pdftotext", ["-", "-"], pdf)
  }

  @Test func `say what they are given, and evaluate none of it`() async throws {
    let hostile = #"#panic("no") $x$ *b* \u{41} "quoted" <label> @ref // not a comment"#
    let text = try await read(Self.papers.pdf(Self.template, Told(hostile)))
    #expect(text.contains(#"#panic("no") $x$ *b* \u{41} "quoted" <label> @ref // not a comment"#))
  }

  @Test func `put a box for a letter that no font has`() async throws {
    let pdf = try await Self.papers.pdf(Self.template, Told("before \u{1F600}\u{E000} after\u{1}"))
    #expect(try read(pdf).contains(/before .. after/))
    #expect(try PaperTools.conformance(of: pdf) == "2a True ua1 True")
  }

  @Test func `are PDF/A-2a and PDF/UA-1, and the check would tell`() async throws {
    let pdf = try await Self.papers.pdf(Self.template, Told("Some words"))
    #expect(try PaperTools.conformance(of: pdf) == "2a True ua1 True")
    // The same file, no longer marked as tagged: the validator has to notice.
    var bytes = pdf
    let mark = Array("/Marked true".utf8)
    let place = try #require(bytes.firstRange(of: mark))
    bytes.replaceSubrange(place, with: Array("/Marked null".utf8))
    #expect(try PaperTools.conformance(of: bytes) == "2a False ua1 False")
  }

  @Test func `say of a template that is wrong that it is, and go on`() async throws {
    await #expect {
      _ = try await Self.papers.pdf("#nothing", Told("x"))
    } throws: { error in
      guard case PapersFault.failed(let why) = error else { return false }
      return why.contains("nothing")
    }
    #expect(try await read(Self.papers.pdf(Self.template, Told("Still here"))).contains("Still here"))
  }

  @Test func `are made again after their worker was killed`() async throws {
    let papers = Papers(python: Papers.standardPython)
    _ = try await papers.pdf(Self.template, Told("x"))
    let worker = try #require(papers.workerID)
    kill(worker, SIGKILL)
    while papers.workerID == worker { try await Task.sleep(for: .milliseconds(5)) }
    #expect(try await read(papers.pdf(Self.template, Told("Again"))).contains("Again"))
    #expect(papers.workerID != worker)
  }

  @Test(arguments: ["/nowhere/python", "/usr/bin/python3", "/bin/true", "/etc/passwd"])
  func `are not to be had where what makes them is not installed`(python: String) async throws {
    await #expect {
      _ = try await Papers(python: python).pdf(Self.template, Told("x"))
    } throws: { error in
      guard case PapersFault.notHere = error else { return false }
      return true
    }
  }

  @Test func `many at once come out each with its own words`() async throws {
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<20 {
        group.addTask {
          let text = try await read(Self.papers.pdf(Self.template, Told("Number \(number) of them")))
          #expect(text.contains("Number \(number) of them"))
        }
      }
      try await group.waitForAll()
    }
  }
}
