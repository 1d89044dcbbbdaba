import Basics
import Documents

/// Decisions only: no database, no clock, no request.
enum PieceRules {
  /// What is asked for on a day, and what was recorded of others before: those stay in sight.
  static func lines(
    _ entries: [PieceEntry], _ pieces: [Piece], _ documents: [Document], on today: Day
  ) -> [PieceLine] {
    entries.compactMap { entry in
      let piece = pieces.first { $0.code == entry.code }
      guard piece != nil || entry.isAsked(on: today) else { return nil }
      let shown = documents.filter { $0.withdrawal == nil && entry.documents.contains($0.kind) }
      let valid = shown.first { $0.validUntil.map { today <= $0 } ?? true }
      return PieceLine(
        entry: entry, piece: piece, document: valid,
        expiredOn: valid == nil ? shown.compactMap(\.validUntil).max() : nil)
    }
  }

  /// Those that are still to be come by: the earliest day first, then in the order of the knowledge.
  static func open(_ lines: [PieceLine]) -> [PieceLine] {
    lines.enumerated().filter { $0.element.isOpen }.sorted { one, other in
      let (first, second) = (one.element.piece?.dueOn, other.element.piece?.dueOn)
      if first != second { return first.map { day in second.map { day < $0 } ?? true } ?? false }
      return one.offset < other.offset
    }.map(\.element)
  }

  /// What does not go together: two windows may each have brought one of it.
  static func mustBeSound(_ fields: Fields, on today: Day) throws(Refusal) {
    var errors: [FieldError] = []
    if fields["state"] == Piece.State.notApplicable.rawValue, fields["note"] == nil {
      errors.append(FieldError("note", say("Write why it does not apply.")))
    }
    if let since = fields["since"].flatMap({ Day($0) }), since > today {
      errors.append(FieldError("since", say("This day is still to come.")))
    }
    guard errors.isEmpty else { throw .invalid(errors) }
  }
}
