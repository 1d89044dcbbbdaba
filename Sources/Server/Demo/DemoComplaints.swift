import Basics
import Complaints
import Foundation

/// Complaints at the first antenna: one waits, one without a name was answered, one of those went on to an appeal; days
/// to answer that are invented for the demonstration.
struct DemoComplaints {
  let complaints: Complaints
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private struct Scene {
    let daysAgo: Int
    let kind: Complaint.Kind
    let channel: Complaint.Channel
    let language: Language
    let words: String
    let answer: Complaint.Answer?
    let appeal: String?
  }

  private static let scenes = [
    Scene(
      daysAgo: 40, kind: .delay, channel: .letter, language: .french,
      words: "J’attends depuis deux mois une réponse pour mon projet, et personne ne me rappelle.",
      answer: Complaint.Answer(
        outcome: .partly, reason: "Le rappel promis n’a pas été fait ; le comité, lui, a tenu son délai.",
        words:
          "Nous aurions dû vous rappeler, et nous vous prions de nous en excuser. Votre demande sera vue."),
      appeal: "On me dit encore d’attendre : je demande que quelqu’un d’autre regarde."),
    Scene(
      daysAgo: 20, kind: .welcome, channel: .box, language: .arabic, words: "انتظرت ساعتين ولم يستقبلني أحد.",
      answer: Complaint.Answer(
        outcome: .upheld, reason: "Deux agents absents le même matin.",
        words: "نعتذر عن ذلك. ستعلق مواعيد الاستقبال عند المدخل."), appeal: nil),
    Scene(
      daysAgo: 4, kind: .information, channel: .spoken, language: .arabic,
      words: "قيل لي إن ملفي كامل ثم طلبت مني وثيقة أخرى.", answer: nil, appeal: nil),
  ]

  func tell(seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed &+ 29)
    guard let team = teams.first, let antenna = team.head.antenna else { return }
    set(today + -60)
    try await complaints.set(ComplaintTerm(from: today + -60, days: 15), by: .program)
    for scene in Self.scenes {
      let day = today + -scene.daysAgo
      set(day)
      let draft = ComplaintDraft(
        id: id(day, &dice), kind: scene.kind, channel: scene.channel, language: scene.language,
        receivedOn: day, about: nil, decidedBy: nil, words: scene.words)
      try await complaints.record(draft, about: nil, at: antenna, by: team.counsellor)
      guard let answer = scene.answer else { continue }
      set(day + 9)
      try await complaints.answer(draft.id, answer, by: team.head)
      guard let appeal = scene.appeal else { continue }
      set(day + 15)
      try await complaints.appeal(
        draft.id, as: id(day + 15, &dice), appeal, on: day + 15, by: team.counsellor)
    }
  }

  private func id<Record>(_ day: Day, _ dice: inout DemoGenerator) -> RecordID<Record> {
    RecordID(at: Date(timeIntervalSince1970: Double(day.number) * 86_400), using: &dice)
  }
}
