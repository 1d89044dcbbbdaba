import Aids
import Basics
import Cases
import Foundation
import Funding

/// Aids that were paid while cases went on: with those of `DemoAids` one person in four has one, as in the scheme, where
/// of 253 received 59 were aided: 42 projects, 15 social aids, 2 for a job. Amounts of projects and social aids are those
/// that the press named.
struct DemoGrants {
  let aids: DemoAids
  let money: RecordID<BudgetLine>

  /// Whether her aid is told here: drawn from her alone, so that whoever asks gets the same answer.
  static func isAided(_ story: DemoPersons.Story) -> Bool {
    guard [.inProgress, .followUp, .closed].contains(story.stage) else { return false }
    var dice = dice(story)
    return dice.chance(30)
  }

  private static func dice(_ story: DemoPersons.Story) -> DemoGenerator {
    DemoGenerator(seed: UInt64(bitPattern: story.reception.id.shortNumber) &* 2_003)
  }

  /// - Parameters:
  ///   - first: when her plan was agreed.
  ///   - last: beyond which nothing of it happens; before the closing of a case that is to be closed.
  func tell(_ story: DemoPersons.Story, from first: Day, until last: Day) async throws {
    guard Self.isAided(story) else { return }
    var dice = Self.dice(story)
    _ = dice.chance(30)
    // What was given long ago is proven; only what is young waits for somebody.
    let isOld = last - first > 200 || story.stage == .closed
    let step: DemoAids.Step = isOld ? .ended : dice.pick([.paid, .paid, .brought, .proven])
    let scene = Self.scene(step, &dice)
    try await aids.tell(scene, of: story, from: first, until: last, money, &dice)
  }

  private static func scene(_ step: DemoAids.Step, _ dice: inout DemoGenerator) -> DemoAids.Scene {
    switch dice.number(1...59) {
    case ...42:
      let (purpose, goods) = dice.pick(projects)
      let asked = dice.pick([15_600, 15_600, 16_000] as [Int64])
      return DemoAids.Scene(
        kind: .businessCreation, track: .business, purpose: purpose, asked: asked, own: asked / 10, other: 0,
        parts: [(.kind, goods), (.supplier, "Outillage")], step: step)
    case ...57:
      let (kind, purpose, part) = dice.pick(needs)
      return DemoAids.Scene(
        kind: kind, track: .social, purpose: purpose, asked: Int64(dice.number(30...52)) * 100, own: 0,
        other: 0, parts: [(.supplier, part)], step: step)
    default:
      return DemoAids.Scene(
        kind: .salaryShare, track: .employment, purpose: "Six mois de salaire partagé chez un artisan.",
        asked: 3_000, own: 0, other: 3_000, parts: [(.supplier, "Part du salaire")], step: step)
    }
  }

  private static let projects = [
    ("Un atelier de soudure au village.", "Poste à souder et établi"),
    ("ورشة نجارة ألمنيوم.", "منشار وآلة ثقب"),
    ("Élevage de poules pondeuses.", "Poules et batteries"),
    ("محل لبيع الخضر والغلال.", "ثلاجة وميزان"),
    ("Un salon de coiffure.", "Fauteuils et bacs"),
    ("Réparation de téléphones.", "Station de soudage et pièces"),
    ("مخبزة صغيرة.", "فرن وعجانة"),
    ("Transport de marchandises légères.", "Triporteur"),
  ]

  private static let needs: [(AidKindCode, String, String)] = [
    (.housing, "Réparer le logement de la famille.", "Matériaux"),
    (.housing, "كراء مسكن مدة ستة أشهر.", "الكراء"),
    (.health, "مواصلة علاج مزمن.", "الدواء والتحاليل"),
    (.education, "Scolarité des enfants.", "Inscription et fournitures"),
    (.specialNeeds, "Équipement pour un enfant porteur de handicap.", "Équipement"),
  ]
}
