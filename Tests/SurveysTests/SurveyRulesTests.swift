import Basics
import Testing

@testable import Surveys

@Suite struct `Surveys by their rules` {
  private func fields(refusedIn answers: [String: String]) -> [String] {
    do throws(Refusal) {
      try SurveyRules.mustBeSound(Fields(answers), on: Day(number: 20_000))
    } catch .invalid(let errors) {
      return errors.map(\.field)
    } catch {
      return ["another refusal"]
    }
    return []
  }

  @Test func `an amount stands beside no reason why there is none`() {
    #expect(fields(refusedIn: ["income-wage": "400,000"]).isEmpty)
    #expect(fields(refusedIn: ["income-wage-why": "refused"]).isEmpty)
    #expect(
      fields(refusedIn: ["income-wage": "400,000", "income-wage-why": "refused"]) == ["income-wage-why"])
    #expect(fields(refusedIn: ["debts": "no", "debts-amount": "10,000"]) == ["debts"])
    #expect(fields(refusedIn: ["cover": "cnss none"]) == ["cover"])
    #expect(fields(refusedIn: ["on": Day(number: 20_001).description]) == ["on"])
  }

  @Test func `a sum says of how many kinds nothing is known, and of none there is no sum`() {
    #expect(SurveyRules.income(in: Fields(["income-wage-why": "refused"])) == nil)
    let answers = Fields([
      "income-wage": "400,500", "income-pension-why": "none", "income-aid": "200,000",
      "income-family-why": "refused",
    ])
    let known = SurveyRules.income(in: answers)
    #expect(known?.sum == Money(600_500, .tnd) && known?.unknown == 2)
  }

  @Test func `an income has one line: the amount, why there is none, or that it was not asked`() {
    let answers = Fields(["income-wage": "400,500", "income-aid-why": "refused"])
    let rows = SurveyReading.rows(.income, answers, Reader(.english))
    #expect(rows.map(\.value).filter { $0 == "Not asked." }.count == 3 && rows.count == 5)
    #expect(rows[0].value == "400.500\u{A0}DT" && rows[2].value == "Not answered")
    #expect(SurveyReading.rows(.debts, answers, Reader(.english)).isEmpty)
  }

  @Test func `two surveys are compared by what is no text`() {
    let earlier = Fields(["tenure": "tenant", "rooms": "2", "opinion": "Quiet", "on": "2026-01-02"])
    let later = Fields([
      "tenure": "family", "rooms": "2", "opinion": "Loud", "debts": "no", "on": "2026-05-02",
    ])
    let rows = SurveyReading.changes(since: earlier, in: later, Reader(.english))
    #expect(rows.map(\.question.name) == ["tenure", "debts"])
    #expect(rows.map(\.value) == ["With the family (before: As a tenant)", "No (before: —)"])
  }

  @Test func `it is concluded with an opinion and with proposals`() throws {
    #expect(SurveyRules.missing(in: Fields(["opinion": "A quiet home"])).map(\.name) == ["proposals"])
    try SurveyRules.mayConclude(Fields(["opinion": "A quiet home", "proposals": "Rent"]))
    #expect(throws: Refusal.self) { try SurveyRules.mayConclude(Fields(["proposals": "Rent"])) }
  }

  @Test func `what is typed is kept in one shape, and comes back as it was chosen`() throws {
    let typed = Typed([
      "on": ["12/03/2026"], "way": ["home"], "income-wage": ["٤٠٠"], "cover": ["amg2", "cnam"],
      "health": ["Asthma"],
    ])
    let today = try #require(Day("2026-03-12"))
    let form = try SurveyForm.checked(typed, today: today, mayHealth: false)
    #expect(form.answers["income-wage"] == "400,000" && form.answers["cover"] == "cnam amg2")
    #expect(form.answers["health"] == nil)
    #expect(SurveyForm.typed(form.answers).all("cover") == ["cnam", "amg2"])
  }
}
