import Basics

/// Decisions only: no database, no clock, no request.
enum AntennaRules {
  /// A governorate is served by one antenna at a time: two periods may not overlap.
  static func mayCover(_ new: Coverage, in territory: Territory) throws(Refusal) {
    if let until = new.until, until < new.from {
      throw .invalid([FieldError("until", say("The last day lies before the first."))])
    }
    let clash = territory.coverage.first { old in
      old.governorate == new.governorate && (new.until.map { old.from <= $0 } ?? true)
        && (old.until.map { new.from <= $0 } ?? true)
    }
    if let clash {
      throw .invalid([
        FieldError(
          "governorate",
          say(
            "The antenna \(territory.words(of: clash.antenna)) covers this governorate in that time. End that first."
          ))
      ])
    }
  }
}
