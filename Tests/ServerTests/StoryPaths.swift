import Assessments
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
    if let query = assessmentQuery(of: route) {
      return [open, closed, followed].map {
        route.path.replacing(":case", with: $0.file.text) + query
      }
    }
    let all = [(open, account), (closed, closedAccount), (followed, account)].map { thread, account in
      let kind = route.path.split(separator: "/").first ?? ""
      let steps = route.path.split(separator: "/").map { step -> String in
        switch step {
        case ":id" where kind == "persons": thread.person.text
        case ":id" where kind == "duplicates": thread.pair.text
        case ":provider" where kind == "referrals": thread.referral.provider.text
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
        case ":agreement": thread.funding.agreement.text
        case ":line" where kind == "funding": thread.funding.line.text
        case ":instalment": thread.funding.instalment.text
        case ":movement": thread.funding.movement.text
        case ":rate": thread.funding.rate.text
        case ":kind": "housing"
        case ":goal": thread.goal.text
        case ":line": thread.line.text
        case ":id", ":case": thread.file.text
        case ":need": thread.need.text
        case ":action": thread.action.text
        case ":visit": thread.visit.text
        case ":member": thread.member.text
        case ":letter": thread.letter.text
        case ":referral": thread.referral.id.text
        case ":token": thread.referral.token
        case ":act": "decline"
        case ":message": thread.message.text
        case ":document": thread.document.text
        case ":transfer": thread.transfer.text
        case ":opening": thread.opening.text
        case ":aid", ":part", ":order", ":proof", ":file": thread.aids.step(String(step), of: route.path)
        case ":complaint": thread.complaint.text
        case ":task": thread.task.text
        case ":circular": thread.circular.text
        case ":question": thread.question.text
        case ":rules": thread.rules.text
        case ":session" where route.path.hasSuffix("minutes.pdf"): closed.committee.session.text
        case ":session" where kind == "committees": thread.committee.session.text
        case ":asked": thread.committee.asked.text
        case ":item" where kind == "committees": thread.committee.item.text
        case ":decision": thread.committee.decision.text
        case ":entry": thread.entry.text
        case ":round": thread.round.text
        case ":meeting": thread.meeting.text
        case ":item": thread.item.text
        case ":ticket": thread.ticket
        case ":skill": thread.skill.text
        case ":reception": thread.reception.text
        case ":survey": thread.survey.text
        case ":assessment": thread.assessment.text
        case ":instrument": thread.instrument.rawValue
        case ":piece": "cin"
        case ":handover": thread.handover.text
        case ":consent": thread.consent.text
        case ":person": (route.path.contains(":hold") ? followed : thread).person.text
        case ":request": thread.request.text
        case ":hold": followed.hold.text
        case ":rule": rule.text
        case ":erasure": closed.erasure.text
        case ":code": kind == "antennas" ? "TUN" : "fr"
        default: thread.agenda.step(String(step)) ?? String(step)
        }
      }
      return "/" + steps.joined(separator: "/")
    }
    // One that a service declined: nobody has taken note of it.
    let declined = all[0].replacing(open.referral.id.text, with: open.referral.declined.text)
    if route.path == "/aids/:aid" { return all + open.aids.further }
    return route.path.hasPrefix("/referrals/:referral") ? all + [declined] : all
  }

  /// A form for a questionnaire that is in force, and the drawing of one that was given.
  private func assessmentQuery(of route: Routes.Route) -> String? {
    switch route.path {
    case "/assessments/:case/new": "?instrument=\(closed.instrument)"
    case "/assessments/:case/trajectory": "?instrument=follow-up"
    default: nil
    }
  }
}

extension [Routes.Route] {
  /// The route that a form is sent to.
  func posted(_ action: String) -> Routes.Route? {
    first { $0.method == .post && [$0].methods(of: action) == [.post] }
  }

  var got: [Routes.Route] { filter { $0.method == .get } }
}
