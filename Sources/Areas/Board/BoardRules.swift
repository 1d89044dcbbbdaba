import Basics

/// Decisions only: no database, no clock, no request.
enum BoardRules {
  /// What somebody sees: the centre all antennas and itself, or the one she chose; the head of an antenna her own.
  static func places(_ chosen: AntennaCode?, of antennas: [AntennaCode], for actor: Actor) throws(Refusal)
    -> [AntennaCode?]
  {
    try actor.must(.openFiles)
    try actor.must(.assignCases)
    switch (actor.scope, actor.antenna) {
    case (.nation, _):
      guard let chosen else { return antennas + [nil] }
      guard antennas.contains(chosen) else { throw .notFound }
      return [chosen]
    case (.antenna, let antenna?): return [antenna]
    case (.antenna, nil), (.assigned, _): throw .notAllowed(.assignCases)
    }
  }
}
