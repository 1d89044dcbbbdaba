import Basics
import Directory
import Foundation

/// Invented associations and firms beside the public bodies with which every installation begins.
struct DemoDirectory {
  let directory: Directory
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private struct Scene {
    let kind, french, arabic: String
    let antenna: AntennaCode
    let governorate: String
    let services: [[String: String]]
    /// Months ago that its services were confirmed; nil: never.
    let confirmed: Int?
  }

  private static func code(_ text: String) -> AntennaCode { AntennaCode(rawValue: text) }

  private static let scenes = [
    Scene(
      kind: "ngo", french: "Association Al Amal (inventée)", arabic: "جمعية الأمل (مختلقة)",
      antenna: code("KEF"),
      governorate: "TN-33",
      services: [
        [
          "name-fr": "Hébergement d’urgence", "name-ar": "إيواء عاجل", "name-en": "Emergency housing",
          "needs": "housing", "age-from": "18", "capacity": "12", "cost": "free", "languages": "ar fr",
          "days": "MO TU WE TH FR", "opens": "08:30", "closes": "17:00",
        ],
        [
          "name-fr": "Écoute et soutien psychologique", "name-ar": "الإنصات والمساندة النفسية",
          "needs": "mind",
          "returns": "forced ordered", "cost": "free", "languages": "ar", "access": "remote",
        ],
      ], confirmed: 1),
    Scene(
      kind: "legal-help", french: "Clinique juridique du Sud (inventée)",
      arabic: "العيادة القانونية للجنوب (مختلقة)",
      antenna: code("MED"), governorate: "TN-82",
      services: [
        [
          "name-fr": "Conseil juridique", "name-ar": "استشارة قانونية", "needs": "legal papers",
          "cost": "free",
          "languages": "ar fr it", "papers": "Carte d’identité\nPapiers du retour",
        ]
      ], confirmed: 8),
    Scene(
      kind: "firm", french: "Atelier Zarzis Bois (inventé)", arabic: "ورشة جرجيس للخشب (مختلقة)",
      antenna: code("MED"), governorate: "TN-82",
      services: [
        [
          "name-fr": "Apprentissage en menuiserie", "name-ar": "تكوين في النجارة",
          "needs": "training job-search",
          "age-from": "16", "age-to": "30", "capacity": "2",
        ]
      ], confirmed: 2),
    Scene(
      kind: "school", french: "École de la deuxième chance (inventée)",
      arabic: "مدرسة الفرصة الثانية (مختلقة)",
      antenna: code("TUN"), governorate: "TN-11",
      services: [
        [
          "name-fr": "Retour à l’école", "name-ar": "العودة إلى الدراسة", "needs": "school children",
          "age-to": "18", "cost": "free", "access": "wheelchair",
        ]
      ], confirmed: nil),
    Scene(
      kind: "ngo", french: "Femmes de Gafsa (inventée)", arabic: "نساء قفصة (مختلقة)", antenna: code("GAF"),
      governorate: "TN-71",
      services: [
        [
          "name-fr": "Accompagnement des femmes", "name-ar": "مرافقة النساء", "needs": "business mind legal",
          "sex": "female", "cost": "free", "access": "women-only",
        ]
      ], confirmed: 3),
  ]

  func tell(seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed)
    set(today + -260)
    let moment = Date(timeIntervalSince1970: Double((today + -260).number) * 86_400)
    for scene in Self.scenes {
      guard let head = teams.first(where: { $0.antenna == scene.antenna })?.head else { continue }
      set(today + -260)
      let provider = RecordID<Provider>(at: moment, using: &dice)
      let fields = Fields([
        "kind": scene.kind, "name-fr": scene.french, "name-ar": scene.arabic, "state": "active",
      ])
      try await directory.add(provider, fields, of: scene.antenna, by: head)
      let place = ProviderPlace(
        id: RecordID(at: moment, using: &dice), provider: provider, name: "Bureau (inventé)",
        governorate: GovernorateCode(rawValue: scene.governorate), delegation: nil,
        address: "Rue de l’Exemple", phone: nil, access: [.wheelchair])
      try await directory.add(place, by: head)
      for facts in scene.services {
        let id = RecordID<Service>(at: moment, using: &dice)
        let more = [
          "areas": scene.governorate, "places": place.id.text, "published": "yes", "state": "active",
        ]
        try await directory.add(
          id, Fields(facts.merging(more) { first, _ in first }), by: provider, of: scene.antenna, as: head)
        guard let months = scene.confirmed else { continue }
        set(today.adding(months: -months))
        try await directory.confirm(id, as: RecordID(at: moment, using: &dice), by: head)
        set(today + -260)
      }
    }
  }
}
