import Names
import Testing

@testable import Server

@Suite struct `tounesna names compare` {
  let names: Names

  init() throws { names = try Names() }

  @Test(arguments: [
    ("Latifa\tLatifa", "1.0000\tsame"), ("Mohamed\t", "0.0000\tdifferent"), ("", "0.0000\tdifferent"),
    ("no tab", "0.0000\tdifferent"), ("Ali\tAli\tfurther", "1.0000\tsame"), ("\t\t\t", "0.0000\tdifferent"),
  ])
  func `answers each line with score, tab and verdict`(line: String, answer: String) {
    #expect(NamesCommand.Compare.answer(line, names) == answer)
  }

  @Test func `says why when asked`() {
    let answer = NamesCommand.Compare.answer("Gabsi Khaoula\tخولة القابسي", names, why: true)
    #expect(answer.hasSuffix("\tsame\tgabsi sounds alike القابسي; khaoula sounds alike خوله"))
  }
}
