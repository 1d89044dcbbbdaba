import Basics
import Cases
import Foundation
import Storage
import TestSupport
import Testing

@testable import Openings

@Suite struct `Whatever is opened and judged` {
  private struct Grant {
    let id: RecordID<Opening>
    let until: Date
    var isEnded = false
  }

  /// A file is seen from outside exactly by those whose opening runs, as a model of a few lines says.
  @Test(arguments: [(Database.Engine.sqlite, 6), (.postgres, 3)])
  func `nobody without an opening sees anything`(engine: Database.Engine, seeds: Int) async throws {
    guard TestDatabase.engines.contains(engine) else { return }
    try await OpeningRoom.with(engine) { room, first in
      let files = [first, try await room.receive(by: Staff.amel, "Mabrouk")]
      let outside = [Staff.emna, Staff.ghazi, Staff.bilel]
      var grants: [String: [Grant]] = [:]
      for seed in 1...seeds {
        var dice = Dice(seed: UInt64(seed))
        for step in 0..<25 {
          let actor = try #require(outside.randomElement(using: &dice))
          let file = try #require(files.randomElement(using: &dice))
          let place = "\(actor.name) \(file)"
          room.clock.advance(seconds: Double(Int.random(in: 60...30_000, using: &dice)))
          let now = room.clock.now
          if Bool.random(using: &dice) {
            let id = RecordID<Opening>()
            let last = grants[place]?.last
            do {
              try await room.open(file, id: id, by: actor)
              #expect(last.map { !$0.isEnded || now >= $0.until } ?? true)
              if last.map({ now >= $0.until }) ?? true {
                grants[place, default: []].append(Grant(id: id, until: now.addingTimeInterval(86_400)))
              }
            } catch is Refusal {
              #expect(last?.isEnded == true && now < (last?.until ?? now))
            }
          } else if var last = grants[place]?.last, !last.isEnded {
            let verdict = Opening.Verdict.allCases.randomElement(using: &dice) ?? .justified
            do {
              try await room.openings.judge(last.id, verdict, because: "Because \(step)", by: Staff.chokri)
              last.isEnded = verdict == .unjustified
              grants[place]?.removeLast()
              grants[place]?.append(last)
            } catch is Refusal {
              // Judged before.
            }
          }
          for actor in outside {
            for file in files {
              let last = grants["\(actor.name) \(file)"]?.last
              let isOpen = last.map { !$0.isEnded && now < $0.until } ?? false
              #expect(try await room.sees(file, actor) == isOpen, "seed \(seed), step \(step), \(actor.name)")
            }
          }
        }
      }
      #expect(grants.values.map(\.count).reduce(0, +) > 10)
    }
  }
}
