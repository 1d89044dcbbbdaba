import Basics
import Cases
import Pages
import People

extension ReceptionDraft {
  static let apartNames = ["apart-reason", "apart-from", "apart-at"]
}

extension ReceptionDraft.Step {
  var label: Phrase {
    switch self {
    case .who: say("First contact")
    case .consent: say("Information and consent")
    case .returning: say("The return")
    case .household: say("Household")
    case .wishes: say("Wishes and worries")
    case .needs: say("Immediate needs")
    }
  }

  /// The questions of a step that are no other room's. The signs are plain words of our own, no official list.
  var questions: [StepQuestion] {
    switch self {
    case .who, .needs: []
    case .consent:
      [
        StepQuestion(
          name: "informed", label: say("The scheme was explained: what it can do and what not"), kind: .yes),
        StepQuestion(
          name: "consents", label: say("What the person agrees to"),
          kind: .many(Consent.Purpose.allCases.map(\.rawValue))),
      ]
    case .returning:
      [
        StepQuestion(name: "return-organiser", label: say("Who organised the return"), kind: .line),
        StepQuestion(name: "return-partner", label: say("Partner who follows it"), kind: .line),
      ]
    case .household:
      [
        StepQuestion(
          name: "household-size", label: say("People in the household, the person included"),
          kind: .number(1...40)),
        StepQuestion(
          name: "school-children", label: say("Of them, children of school age"), kind: .number(0...30)),
        StepQuestion(
          name: "returned-with", label: say("Family members who came back too"), kind: .number(0...30)),
      ]
    case .wishes: Self.wishQuestions
    }
  }

  private static let wishQuestions =
    [
      StepQuestion(
        name: "wants", label: say("What the person wishes for"),
        kind: .many(["work", "training", "business", "housing", "health", "school", "papers", "other"])),
      StepQuestion(name: "wants-told", label: say("In the person’s own words"), kind: .paragraph),
    ]
    + ReceptionWords.signs.map { sign, label in
      StepQuestion(name: sign, label: label, kind: .one(["yes", "no", "refused", "not-asked"]))
    }

  /// Every field that belongs to the step.
  var names: [String] {
    let own = questions.map(\.name)
    switch self {
    case .who: return Identity.Field.allCases.map(\.rawValue) + ["channel"] + ReceptionDraft.apartNames
    case .consent: return own + ["consent-way", "consent-language", "given-on"]
    case .returning: return ReturnFacts.Field.allCases.map(\.rawValue) + own
    case .household, .wishes: return own
    case .needs:
      return (1...ReceptionRules.mostNeeds).flatMap { number in
        ["need", "urgency", "details", "done", "done-on"].map { "\($0)-\(number)" }
      }
    }
  }
}

extension ReceptionDraft.Discarding {
  var label: Phrase {
    switch self {
    case .notWished: say("The person does not wish to go on")
    case .known: say("The person has a file already")
    case .left: say("The person left and did not come back")
    case .mistake: say("Begun by mistake")
    }
  }
}

/// The words of the area: for its acts and its answers.
enum ReceptionWords {
  static let signs: [(name: String, label: Phrase)] = [
    ("sign-shelter", say("Nowhere safe to sleep")),
    ("sign-alone", say("Nobody to count on")),
    ("sign-health", say("Ill, pregnant or in need of care")),
    ("sign-disability", say("Lives with a disability")),
    ("sign-child", say("Under 18, or alone with children")),
    ("sign-threat", say("Afraid of somebody")),
    ("sign-debt", say("A debt that cannot wait")),
    ("sign-journey", say("Suffered violence on the way or abroad")),
  ]

  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "reception.begin": say("Began the reception")
    case "reception.save": say("Saved a step of the reception")
    case "reception.open": say("Opened a colleague’s reception")
    case "reception.take-over": say("Took the reception over")
    case "reception.discard": say("Discarded a reception")
    case "reception.expire": say("A reception left for too long was destroyed")
    case "reception.finish": say("Finished the reception")
    default: nil
    }
  }

  static func label(_ code: String) -> Phrase {
    switch code {
    case "work": say("Work")
    case "training": say("Training")
    case "business": say("A business of one’s own")
    case "housing": say("A roof")
    case "health": say("Health")
    case "school": say("School for the children")
    case "papers": say("Papers")
    case "yes": say("Yes")
    case "no": say("No")
    case "refused": say("Did not wish to answer")
    case "not-asked": say("Not asked")
    default: Consent.Purpose(rawValue: code)?.label ?? say("Something else")
    }
  }

  /// An answer to a question that other rooms ask too.
  static func shown(_ field: String, _ value: String, on page: Page) -> String {
    // The needs are numbered: `urgency-2`.
    let kind = field.last?.isNumber == true ? String(field.dropLast(2)) : field
    switch kind {
    case "channel": return CaseFile.Channel(rawValue: value).map { page($0.label) } ?? value
    case "consent-way": return Consent.Way(rawValue: value).map { page($0.label) } ?? value
    case "consent-language": return Language(rawValue: value)?.ownName ?? value
    case "need": return Need.Kind(rawValue: value).map { page($0.label) } ?? value
    case "urgency": return Need.Urgency(rawValue: value).map { page($0.label) } ?? value
    case "given-on", "done-on": return Day(value).map { page.reader.date($0) } ?? value
    default: return value
    }
  }

  /// An answer as the reader knows it.
  static func shown(_ question: StepQuestion, _ value: String, on page: Page) -> String {
    switch question.kind {
    case .line, .paragraph, .number: value
    case .yes: page(say("Yes"))
    case .one, .many:
      value.split(separator: " ").map { page(label(String($0))) }.joined(separator: page.reader.comma + " ")
    }
  }
}
