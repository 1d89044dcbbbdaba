import Basics
import Foundation
import Imports
import TestSupport

@testable import Server

extension Story {
  static func sendFiles(_ thread: Thread, _ house: Installation, by actor: Actor) async throws {
    let kept = try KeptMapping(text: "partner: OFII\ncolumns: { family-latin: Nom, phones: Tel }")
    try await TestDatabase.withFolder { folder in
      let file = URL(filePath: "\(folder)/list.csv")
      try Data("Nom;Tel\nZitouni;x\nGharbi;+21620333444\nZitouni;+21620111222\n".utf8).write(to: file)
      for id in [thread.waiting, thread.reported] {
        try await house.imports.read(file.path, kept, as: id, by: actor)
      }
      try await house.imports.bringIn(thread.reported, by: actor)
    }
  }
}
