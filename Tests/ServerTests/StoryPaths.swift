import Basics
import HTTPTypes
import Web

@testable import Server

extension Story {
  /// A route's paths with the ids of this story: one for each of its threads and accounts.
  func paths(of route: Routes.Route) -> [String] {
    // A list that is narrowed may be kept as a view; the second one is.
    if route.path == "/cases", route.method == .get { return ["/cases?late=yes", Self.keptView, "/cases"] }
    if route.path == "/referrals/of/:case/new" { return open.referral.formPaths(open) }
    let all = [(open, account), (closed, closedAccount), (followed, account)].map { thread, account in
      let kind = route.path.split(separator: "/").first ?? ""
      let steps = route.path.split(separator: "/").map { step -> String in
        switch step {
        case ":id" where kind == "persons": thread.person.text
        case ":id" where kind == "duplicates": thread.pair.text
        case ":provider", ":service", ":place", ":link", ":own", ":answer", ":uuid", ":services":
          thread.directory.step(String(step), of: route.path)
        case ":merge": merge.text
        case ":draw": draw.text
        case ":look": look.text
        case ":id" where kind == "accounts": account.text
        case ":id" where kind == "imports":
          route.path.hasSuffix("report") ? thread.reported.text : thread.waiting.text
        case ":number": kind == "plans" ? "1" : "2"
        case ":case" where kind == "closures": closed.file.text
        case ":closure": closed.closure.text
        case ":goal": thread.goal.text
        case ":line": thread.line.text
        case ":id", ":case": thread.file.text
        case ":need": thread.need.text
        case ":action": thread.action.text
        case ":visit": thread.visit.text
        case ":member": thread.member.text
        case ":appointment": thread.agenda.appointment.text
        case ":feed": thread.agenda.feed
        case ":absence": thread.agenda.absence.text
        case ":letter": thread.letter.text
        case ":referral": thread.referral.id.text
        case ":token": thread.referral.token
        case ":act": "decline"
        case ":message": thread.message.text
        case ":document": thread.document.text
        case ":transfer": thread.transfer.text
        case ":opening": thread.opening.text
        case ":complaint": thread.complaint.text
        case ":task": thread.task.text
        case ":circular": thread.circular.text
        case ":question": thread.question.text
        case ":ticket": thread.ticket
        case ":skill": thread.skill.text
        case ":reception": thread.reception.text
        case ":survey": thread.survey.text
        case ":piece": "cin"
        case ":handover": thread.handover.text
        case ":consent": thread.consent.text
        case ":person": (route.path.contains(":hold") ? followed : thread).person.text
        case ":request": thread.request.text
        case ":hold": followed.hold.text
        case ":rule": rule.text
        case ":erasure": closed.erasure.text
        case ":code": kind == "antennas" ? "TUN" : "fr"
        default: String(step)
        }
      }
      return "/" + steps.joined(separator: "/")
    }
    // One that a service declined: nobody has taken note of it.
    let declined = all[0].replacing(open.referral.id.text, with: open.referral.declined.text)
    return route.path.hasPrefix("/referrals/:referral") ? all + [declined] : all
  }
}

extension [Routes.Route] {
  /// The route that a form is sent to.
  func posted(_ action: String) -> Routes.Route? {
    first { $0.method == .post && [$0].methods(of: action) == [.post] }
  }

  var got: [Routes.Route] { filter { $0.method == .get } }
}
