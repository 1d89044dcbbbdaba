import Basics
import Circulars
import Questions
import Tasks
import TestSupport

@testable import Server

extension Story {
  /// Something is to be done about each of them; one thing is done.
  static func give(_ threads: [Thread], done: Thread, _ premises: Premises, _ counsellor: Actor) async throws
  {
    let tasks = premises.installation.tasks
    let due = Day(of: premises.clock.now) + 5
    for thread in threads {
      let task = NewTask(
        id: thread.task, to: counsellor.antenna.map { .antenna($0) } ?? .centre, words: "Ask for her papers",
        due: due,
        about: thread.file)
      try await tasks.give(task, by: counsellor)
    }
    try await tasks.finish(done.task, by: counsellor)
  }

  /// The centre tells those at the antennas something; one circular is read.
  static func write(_ threads: [Thread], read: Thread, _ premises: Premises, _ counsellor: Actor) async throws
  {
    let circulars = premises.installation.circulars
    let words = Circular.Words(title: "Horaires", text: "Dès lundi.")
    for thread in threads {
      let new = NewCircular(
        id: thread.circular, readBy: Day(of: premises.clock.now) + 7, words: [.french: words])
      try await circulars.send(new, by: .program)
    }
    try await circulars.read(read.circular, by: counsellor)
  }

  /// The antenna asks the centre about each of them; one question is answered.
  static func ask(_ threads: [Thread], answered: Thread, _ premises: Premises, _ counsellor: Actor)
    async throws
  {
    let questions = premises.installation.questions
    for thread in threads {
      let new = NewQuestion(id: thread.question, kind: .exception, words: "May we?", about: thread.file)
      try await questions.ask(new, by: counsellor)
    }
    let answer = Question.Answer(outcome: .granted, words: "This once")
    try await questions.answer(answered.question, answer, by: .program)
  }
}
