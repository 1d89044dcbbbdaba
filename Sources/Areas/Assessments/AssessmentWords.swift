import Basics
import Pages

/// The words of the area: for its acts and for what instruments do not say themselves.
enum AssessmentWords {
  static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "assessment.begin": say("Wrote down the answers of a questionnaire")
    case "assessment.change": say("Changed the answers of a questionnaire")
    case "assessment.conclude": say("Concluded a questionnaire")
    case "assessment.correct": say("Corrected the answers of a questionnaire")
    case "assessment.withdraw": say("Set a questionnaire aside")
    case "instrument.load": say("Loaded a questionnaire")
    case "instrument.force": say("Put a questionnaire in force")
    case "instrument.retire": say("Retired a questionnaire")
    default: nil
    }
  }

  static func label(_ wave: Assessment.Wave) -> Phrase {
    switch wave {
    case .baseline: say("first time")
    case .middle: say("on the way")
    case .end: say("last time")
    }
  }

  static func label(_ way: Assessment.Way) -> Phrase {
    switch way {
    case .screen: say("asked and written down at once")
    case .paper: say("on paper, entered later")
    }
  }

  static func label(_ section: Instrument.Section) -> Phrase {
    switch section {
    case .none: say("whoever may open the file")
    case .social: say("whoever may read the social section")
    case .employment: say("whoever may read the employment section")
    case .health: say("whoever may read the health section")
    }
  }

  static func label(_ weights: Instrument.Weights) -> Phrase {
    switch weights {
    case .none: say("weights not loaded")
    case .equal: say("all weigh the same")
    case .loaded: say("weights as in the file")
    }
  }

  static func label(_ state: KeptInstrument.State) -> Phrase {
    switch state {
    case .loaded: say("loaded, not in force")
    case .inForce: say("in force")
    case .retired: say("retired")
    }
  }

  static func tone(_ state: KeptInstrument.State) -> Page.Tone {
    switch state {
    case .loaded: .attention
    case .inForce: .good
    case .retired: .plain
    }
  }

  static func label(_ kind: Item.Kind) -> Phrase {
    switch kind {
    case .oneOf: say("one answer")
    case .severalOf: say("any number of answers")
    case .yesNo: say("yes or no")
    case .number: say("a whole number")
    case .text: say("words")
    case .date: say("a day")
    }
  }

  static func text(_ option: Item.Option, _ item: Item) -> Phrase {
    guard case .yesNo = item.kind else { return say("\(option.text)") }
    return option.code == "yes" ? say("Yes") : say("No")
  }

  static let refused = say("does not want to answer")
  static let notApplicable = say("does not concern the person")
  static let notAsked = say("not asked")

  /// An answer as the reader knows it.
  static func shown(_ answer: Answer?, _ item: Item, _ reader: Reader) -> String {
    switch answer {
    case nil: return reader(notAsked)
    case .refused: return reader(refused)
    case .notApplicable: return reader(notApplicable)
    case .value(let value):
      switch item.kind {
      case .oneOf, .severalOf, .yesNo:
        let options = value.split(separator: " ").map { code in
          item.option(String(code)).map { reader(text($0, item)) } ?? String(code)
        }
        return options.joined(separator: "\(reader.comma) ")
      case .number: return Int(value).map(reader.number) ?? value
      case .date: return Day(value).map(reader.date) ?? value
      case .text: return value
      }
    }
  }

  /// A value of any field, for what two changed at once.
  static func shown(_ field: String, _ value: String, _ instrument: Instrument, _ reader: Reader) -> String {
    switch field {
    case "on": return Day(value).map(reader.date) ?? value
    case "wave": return Assessment.Wave(rawValue: value).map { reader(label($0)) } ?? value
    case "way": return Assessment.Way(rawValue: value).map { reader(label($0)) } ?? value
    default:
      let code = String(field.dropFirst(AnswerField.mark.count))
      return instrument.item(code).map { shown(Answer(text: value), $0, reader) } ?? value
    }
  }

  static func reason(_ reason: Scoring.Reason, _ instrument: Instrument) -> Phrase {
    switch reason {
    case .weightsNotLoaded: say("No score: the weights are not loaded.")
    case .tooFew(let answered, let needed):
      say("No score: it rests on \(answered) answers, and \(needed) are needed.")
    case .dimension(let code):
      say("No score: too little was answered in “\(instrument.dimension(code)?.name ?? [:])”.")
    case .notConcerned: say("Does not concern the person.")
    }
  }

  /// When an item is asked, in words; nil: always.
  static func condition(_ item: Item, _ instrument: Instrument, _ reader: Reader) -> String? {
    item.condition.map { reader("Asked only if: \(told($0, instrument, reader))") }
  }

  private static func told(_ condition: Condition, _ instrument: Instrument, _ reader: Reader) -> String {
    func name(_ code: String) -> String { instrument.item(code)?.text[reader.language] ?? code }
    switch condition {
    case .isOneOf(let code, let codes):
      let item = instrument.item(code)
      let answers = codes.map { code in
        item.flatMap { item in item.option(code).map { reader(text($0, item)) } } ?? code
      }
      return reader("“\(name(code))” is “\(answers.joined(separator: reader(" or ")))”")
    case .atLeast(let code, let least): return reader("“\(name(code))” is at least \(reader.number(least))")
    case .atMost(let code, let most): return reader("“\(name(code))” is at most \(reader.number(most))")
    case .all(let parts): return parts.map { told($0, instrument, reader) }.joined(separator: reader(" and "))
    case .any(let parts): return parts.map { told($0, instrument, reader) }.joined(separator: reader(" or "))
    }
  }
}

extension Page {
  /// Words of an instrument, in the reader's language.
  func callAsFunction(_ words: Instrument.Words) -> String {
    words[reader.language] ?? words[.french] ?? ""
  }
}

extension Reader {
  func callAsFunction(_ words: Instrument.Words) -> String { words[language] ?? words[.french] ?? "" }
}
