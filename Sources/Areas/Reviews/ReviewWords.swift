import Basics
import Foundation

enum ReviewWords {
  @Sendable static func phrase(_ act: String) -> Phrase? {
    switch act {
    case "review.begin": say("Began to review the quality of the file")
    case "review.done": say("Reviewed the quality of the file")
    case "review.finding": say("Found what is to be mended in the file")
    case "review.follow": say("A finding of a review went with the case to its new antenna")
    default: nil
    }
  }

  /// Two decimals, as the reader's language writes them.
  static func decimal(_ value: Double, _ reader: Reader) -> String {
    let hundredths = Int((value * 100).rounded())
    let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    let mark = reader.language == .english ? "." : ","
    return "\(hundredths < 0 ? "−" : "")\(whole)\(mark)\(rest < 10 ? "0" : "")\(rest)"
  }

  /// Share and kappa with their number, or that it is not enough to tell.
  static func told(_ agreement: Agreement, _ reader: Reader) -> String {
    let pairs = reader.number(agreement.pairs)
    guard agreement.isEnough else { return reader("not enough to tell (\(pairs) pairs)") }
    let share = reader.number(agreement.share)
    guard let kappa = agreement.kappa else {
      return reader("\(share)% alike (\(pairs) pairs); kappa cannot be told: all answers are the same")
    }
    return reader("\(share)% alike, kappa \(decimal(kappa, reader)) (\(pairs) pairs)")
  }
}

extension ReviewRound.Basis {
  var label: Phrase {
    switch self {
    case .received: say("received in the period")
    case .closed: say("closed in the period")
    }
  }
}

extension ReviewReading.Answer {
  var label: Phrase {
    switch self {
    case .yes: say("yes")
    case .no: say("no")
    case .apart: say("not applicable")
    }
  }
}

extension ReviewFinding.Receiver {
  var label: Phrase {
    switch self {
    case .contact: say("the contact person")
    case .antenna: say("the antenna")
    }
  }
}
