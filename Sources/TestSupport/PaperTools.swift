import Foundation

/// Programs that look at a PDF.
package enum PaperTools {
  package static func run(_ program: String, _ arguments: [String], _ input: [UInt8]) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "paper-\(UUID()).pdf")
    try Data(input).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: file)
    process.standardOutput = pipe
    try process.run()
    let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: said, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// What page-validation says: `2a True ua1 True`.
  package static func conformance(of pdf: [UInt8]) throws -> String {
    let script = """
      import sys, page
      pdf = sys.stdin.buffer.read()
      found = [(profile, page.validate_pdf_bytes(pdf, profile=profile)) for profile in ("2a", "ua1")]
      print(*[f"{profile} {report.is_compliant}" for profile, report in found])
      """
    return try run("var/python/bin/python", ["-c", script], pdf)
  }
}
