import Accounts
import Basics
import Circulars
import Foundation

/// Two circulars of the centre, invented: one is over and was read by most, one waits.
struct DemoCirculars {
  let circulars: Circulars
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private static let scenes:
    [(daysAgo: Int, days: Int, roles: Set<Role>, words: [Language: Circular.Words])] = [
      (
        20, 7, [],
        [
          .french: Circular.Words(
            title: "Horaires d’hiver",
            text: "Les permanences ouvrent une heure plus tard. Affichez l’horaire à l’entrée de l’antenne."),
          .arabic: Circular.Words(
            title: "التوقيت الشتوي",
            text: "تفتح المكاتب بعد ساعة من الموعد المعتاد. يعلق التوقيت عند مدخل الفرع."),
        ]
      ),
      (
        2, 10, [.counsellor, .antennaHead],
        [
          .french: Circular.Words(
            title: "Numéro de dossier sur chaque courrier",
            text:
              "Chaque courrier porte le numéro du dossier, et jamais le nom de la personne sur l’enveloppe."),
          .arabic: Circular.Words(
            title: "رقم الملف على كل مراسلة",
            text: "يكتب رقم الملف على كل مراسلة ولا يكتب اسم الشخص على الظرف."),
          .english: Circular.Words(
            title: "The number of the file on every letter",
            text: "Every letter bears the number of the file, and the envelope never the name of the person."),
        ]
      ),
    ]

  func tell(seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed &+ 37)
    for (index, scene) in Self.scenes.enumerated() {
      set(today + -scene.daysAgo)
      let moment = Date(timeIntervalSince1970: Double((today + -scene.daysAgo).number) * 86_400)
      let new = NewCircular(
        id: RecordID(at: moment, using: &dice), readBy: today + (scene.days - scene.daysAgo),
        words: scene.words, roles: scene.roles)
      try await circulars.send(new, by: .program)
      set(today + (1 - scene.daysAgo))
      // Of the second one the counsellor of the first antenna alone has read it.
      for (number, team) in teams.enumerated() where index == 0 || number == 0 {
        try await circulars.read(new.id, by: team.counsellor)
        if index == 0, number % 3 != 2 { try await circulars.read(new.id, by: team.head) }
        if index == 0 { try await circulars.read(new.id, by: team.social) }
      }
    }
  }
}
