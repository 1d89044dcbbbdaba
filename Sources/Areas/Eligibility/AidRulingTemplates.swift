import Basics
import Cases
import Pages

/// What the rules say of an aid, short, on the page of the room that gives it. Values in, markup out.
package enum AidRulingTemplates {
  package static func show(_ ruling: AidRuling, of file: RecordID<CaseFile>, on page: Page) -> HTML {
    guard ruling.isLoaded else {
      return "<p class=\"hint\">\(page("No rules are loaded for this kind of aid: nothing is compared."))</p>"
    }
    let answers = ruling.answers.map { answer -> HTML in
      let set = answer.rules.set
      let amount: HTML =
        answer.verdict.amount?.amount.map { " · \(page("at most")) \(page.money($0))" }
        ?? .empty
      return
        "<li>\(EligibilityTemplates.words(set.title, on: page)) \(badge(answer.verdict.answer, on: page))\(amount)</li>"
    }
    let way: HTML =
      "<a href=\"\(EligibilityPaths.person(file))\">\(page("Each condition, and what would change the answer"))</a>"
    return "<ul>\(answers)</ul><p>\(way)</p>"
  }

  static func badge(_ answer: Verdict.Answer, on page: Page) -> HTML {
    let tone: Page.Tone =
      switch answer {
      case .yes: .good
      case .notYet: .info
      case .no: .attention
      }
    return page.badge(page(EligibilityWords.label(answer)), tone)
  }
}
