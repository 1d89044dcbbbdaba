import Aids
import Basics
import Cases
import Documents
import Foundation
import Funding
import Plans
import Storage

/// Aids at every step at the first antennas: a social aid, an employment aid and a business grant to the last proof, one
/// refused, others that wait for somebody. Those of everybody else are in `DemoGrants`. Funder and most amounts are
/// invented.
struct DemoAids {
  let installation: Installation
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  private var aids: Aids { installation.aids }

  /// How far an aid has come.
  enum Step: Int, Comparable {
    case prepared, submitted, decided, contracted, ordered, approved, paid, brought, proven, ended
    static func < (one: Step, other: Step) -> Bool { one.rawValue < other.rawValue }
  }

  struct Scene {
    let kind: AidKindCode
    let track: AidKind.Track
    let purpose: String
    /// In dinars: asked for, the person's own part, what others give.
    let asked: Int64
    let own: Int64
    let other: Int64
    var outcome = Aid.Decision.Outcome.granted
    var words: String?
    let parts: [(way: AidInstalment.Way, words: String)]
    let step: Step
    var daysAgo = 0
  }

  private static let scenes = [
    Scene(
      kind: .housing, track: .social, purpose: "Réparer le toit et loger la famille avant l’hiver.",
      asked: 3_600,
      own: 200, other: 0, words: "Sur présentation de deux devis.",
      parts: [(.supplier, "Matériaux du toit"), (.supplier, "Main-d’œuvre")], step: .ended, daysAgo: 240),
    Scene(
      kind: .training, track: .employment, purpose: "تكوين في كهرباء البناء مدة ستة أشهر.", asked: 2_400,
      own: 0,
      other: 600, parts: [(.supplier, "مصاريف التكوين"), (.cash, "التنقل")], step: .ended, daysAgo: 220),
    Scene(
      kind: .businessCreation, track: .business, purpose: "Un atelier de menuiserie avec deux machines.",
      asked: 15_600, own: 3_745, other: 2_000, words: "L’étude de faisabilité est jointe.",
      parts: [(.kind, "Scie à ruban et dégauchisseuse"), (.supplier, "Outillage"), (.cash, "Premier loyer")],
      step: .ended, daysAgo: 260),
    Scene(
      kind: .businessCreation, track: .business, purpose: "Un café au bord de la route.", asked: 16_000,
      own: 500,
      other: 0, outcome: .refused,
      words: "L’étude ne montre pas de quoi vivre ; un autre projet peut être présenté.",
      parts: [], step: .decided, daysAgo: 60),
    Scene(
      kind: .health, track: .social, purpose: "مواصلة العلاج في المستشفى الجهوي.", asked: 1_200, own: 0,
      other: 0,
      parts: [(.cash, "الدواء"), (.cash, "التنقل")], step: .brought, daysAgo: 90),
    Scene(
      kind: .salaryShare, track: .employment, purpose: "Six mois de salaire partagé chez un garagiste.",
      asked: 3_000,
      own: 0, other: 3_000,
      parts: [(.supplier, "Part du salaire, trois mois"), (.supplier, "Part du salaire, trois mois")],
      step: .paid, daysAgo: 120),
    Scene(
      kind: .education, track: .social, purpose: "Inscription et fournitures des deux enfants.", asked: 900,
      own: 100,
      other: 0, parts: [(.cash, "Fournitures")], step: .approved, daysAgo: 25),
    Scene(
      kind: .businessCreation, track: .business, purpose: "ورشة خياطة في البيت.", asked: 8_500, own: 700,
      other: 0,
      parts: [(.kind, "آلتا خياطة"), (.supplier, "قماش")], step: .ordered, daysAgo: 35),
    Scene(
      kind: .housing, track: .social, purpose: "Deux mois de loyer en attendant un logement.", asked: 1_400,
      own: 0,
      other: 0, outcome: .postponed, words: "Le contrat de location manque.", parts: [], step: .decided,
      daysAgo: 20),
    Scene(
      kind: .businessCreation, track: .business, purpose: "Élevage de douze brebis.", asked: 12_000,
      own: 1_500,
      other: 1_000, parts: [(.kind, "Brebis"), (.supplier, "Aliments")], step: .contracted, daysAgo: 45),
    Scene(
      kind: .training, track: .employment, purpose: "Permis de conduire professionnel.", asked: 1_800,
      own: 200,
      other: 0, parts: [], step: .submitted, daysAgo: 8),
    Scene(
      kind: .specialNeeds, track: .social, purpose: "كرسي متحرك وتهيئة مدخل البيت.", asked: 2_750, own: 0,
      other: 0,
      parts: [], step: .prepared, daysAgo: 3),
  ]

  func tell(_ stories: [DemoPersons.Story], from money: RecordID<BudgetLine>, seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed &+ 61)
    for (index, team) in teams.prefix(3).enumerated() {
      let own = try await seen(
        stories.filter {
          $0.team.antenna == team.antenna && $0.stage != .closed && !DemoGrants.isAided($0)
        }, by: team.counsellor)
      // The first antenna has them all, the others a few.
      let scenes =
        index == 0 ? Self.scenes : Self.scenes.enumerated().filter { $0.offset % 3 == index }.map(\.element)
      for (scene, story) in zip(scenes, own) {
        let day = max(today + -scene.daysAgo, Day(of: story.reception.receivedAt))
        try await tell(scene, of: story, from: day, until: today, money, &dice)
      }
    }
    set(today)
  }

  /// Some went to another antenna since.
  private func seen(_ stories: [DemoPersons.Story], by counsellor: Actor) async throws -> [DemoPersons.Story]
  {
    let cases = installation.cases
    return try await installation.database.read { db in
      try stories.filter { try cases.findUnerased($0.reception.id, for: counsellor, in: db) != nil }
    }
  }

  private func id<Record>(_ day: Day, _ dice: inout DemoGenerator) -> RecordID<Record> {
    RecordID(at: Date(timeIntervalSince1970: Double(day.number) * 86_400), using: &dice)
  }

  /// The money of all aids that were paid; there before the first person comes.
  /// - Parameter persons: so many there are to be; each could be given 5 000 DT.
  func fund(for persons: Int, seed: UInt64) async throws -> RecordID<BudgetLine> {
    var dice = DemoGenerator(seed: seed &+ 67)
    let first = today + -DemoPersons.span
    // No agreement holds more than a thousand million dinars; one person in four has an aid.
    let amount = Int64(min(max(400, persons), 160_000)) * 5_000_000
    set(first)
    let funder = Funder(id: id(first, &dice), name: "Fonds de démonstration (exemple)")
    try await installation.funding.add(funder, by: .program)
    let agreement = Agreement(
      id: id(first, &dice), funder: funder.id, title: "Convention de démonstration",
      amount: Money(amount / 5 * 6, .tnd), from: first, until: today + 300)
    try await installation.funding.add(agreement, by: .program)
    let line = BudgetLine(
      id: id(first, &dice), agreement: agreement.id, name: "Aides aux personnes",
      amount: Money(amount, .tnd))
    try await installation.funding.add(line, by: .program)
    return line.id
  }

  /// - Parameters:
  ///   - first: the day on which it is prepared.
  ///   - last: beyond which nothing of it happens.
  func tell(
    _ scene: Scene, of story: DemoPersons.Story, from first: Day, until last: Day,
    _ money: RecordID<BudgetLine>, _ dice: inout DemoGenerator
  ) async throws {
    let (file, team) = (story.reception.id, story.team)
    var day = min(first, last)
    /// Goes on by some days.
    func pass(_ days: Int) {
      day = min(last, day + days)
      set(day)
    }
    pass(0)
    let aid: RecordID<Aid> = id(day, &dice)
    func tnd(_ dinars: Int64) -> Money { Money(dinars * 1_000, .tnd) }
    let request = Aid.Request(
      kind: scene.kind, track: scene.track, purpose: scene.purpose,
      cost: tnd(scene.asked + scene.own + scene.other), asked: tnd(scene.asked), own: tnd(scene.own),
      other: tnd(scene.other), otherWords: scene.other > 0 ? "La famille" : nil)
    try await aids.prepare(request, as: aid, in: file, by: team.counsellor)
    guard scene.step > .prepared else { return }
    pass(4)
    // What only waits is before a committee whose session is kept here.
    try await aids.submit(aid, outside: scene.step > .submitted, from: money, by: team.counsellor)
    guard scene.step > .submitted else { return }
    pass(12)
    let decision = Aid.Decision(
      id: id(day, &dice), outcome: scene.outcome, amount: scene.outcome == .granted ? tnd(scene.asked) : nil,
      on: day,
      body: "Comité d’octroi (exemple)", words: scene.words)
    try await aids.decide(decision, on: aid, from: nil, by: team.head)
    guard scene.step > .decided else { return }
    let parts = try await plan(scene, of: aid, from: day, by: team.counsellor, &dice)
    pass(5)
    let contract = AidContract(
      signedOn: day, signedBy: team.head.name, followMonths: 12, clauses: AidClauses.own.version)
    try await aids.sign(contract, of: aid, by: team.counsellor)
    let copy = try await paper(.other, "Contrat signé", in: file, day, by: team.counsellor, &dice)
    try await aids.attach(copy, to: aid, by: team.counsellor)
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      // The last part stands where the scene ends; those before it are over.
      let step = isLast || scene.step < .proven ? scene.step : .ended
      guard step > .contracted else { return }
      pass(9)
      try await pay(part, scene.parts[index].way, of: aid, in: file, team, to: step, on: { day }, pass, &dice)
      guard step >= .proven else { return }
    }
    guard scene.step == .ended else { return }
    pass(3)
    try await aids.end(aid, with: "Ce qui était prévu est fait, et tout est justifié.", by: team.head)
  }

  private func plan(
    _ scene: Scene, of aid: RecordID<Aid>, from day: Day, by counsellor: Actor, _ dice: inout DemoGenerator
  ) async throws -> [NewInstalment] {
    let each = scene.asked * 1_000 / Int64(scene.parts.count)
    var parts: [NewInstalment] = []
    for (index, part) in scene.parts.enumerated() {
      let isLast = index == scene.parts.count - 1
      let amount = isLast ? scene.asked * 1_000 - each * Int64(index) : each
      let new = NewInstalment(
        id: id(day, &dice), way: part.way, amount: Money(amount, .tnd), dueOn: day + 20 + 30 * index,
        conditions: index == 0 ? [] : [.proof], words: part.words)
      try await aids.plan(new, of: aid, by: counsellor)
      parts.append(new)
    }
    return parts
  }

  private func pay(
    _ part: NewInstalment, _ way: AidInstalment.Way, of aid: RecordID<Aid>, in file: RecordID<CaseFile>,
    _ team: DemoStaff.Team, to step: Step, on day: () -> Day,
    _ pass: (Int) -> Void, _ dice: inout DemoGenerator
  ) async throws {
    let account = (0..<18).map { _ in String(dice.number(0...9)) }.joined()
    let order = NewOrder(
      id: id(day(), &dice),
      payee: way == .cash ? "La personne elle-même" : "Établissements Ben Salah (exemple)",
      rib: try? RIB(typed: account + RIB.key(of: account)))
    try await aids.order(order, for: part.id, of: aid, by: team.counsellor)
    guard step > .ordered else { return }
    pass(2)
    try await aids.approve(order.id, by: team.head)
    guard step > .approved else { return }
    pass(3)
    try await aids.pay(order.id, on: day(), reference: "VIR-\(dice.number(10_000...99_999))", by: .program)
    if way == .kind {
      pass(2)
      let signed = try await paper(
        .other, "Attestation de remise", in: file, day(), by: team.counsellor, &dice)
      try await aids.handOver(
        AidInstalment.Handover(on: day(), scan: signed), part.id, of: aid, by: team.counsellor)
    }
    guard step > .paid else { return }
    pass(8)
    let invoice = try await paper(.expense, "Facture", in: file, day(), by: team.counsellor, &dice)
    let proof = NewProof(
      id: id(day(), &dice), way: .expense, amount: part.amount, on: day(),
      words: "Établissements Ben Salah (exemple)",
      document: invoice)
    try await aids.prove(proof, part.id, of: aid, by: team.counsellor)
    guard step > .brought else { return }
    pass(2)
    try await aids.check(proof.id, .accepted, because: nil, by: team.head)
  }

  private func paper(
    _ kind: Document.Kind, _ title: String, in file: RecordID<CaseFile>, _ day: Day, by actor: Actor,
    _ dice: inout DemoGenerator
  ) async throws -> RecordID<Document> {
    let document = NewDocument(id: id(day, &dice), kind: kind, title: title, fileName: "\(kind.rawValue).pdf")
    let bytes = DemoPapers.page(saying: "Demonstration \(dice.number(100_000...999_999))")
    try await installation.documents.add(document, DocumentContent(bytes), to: file, by: actor)
    return document.id
  }
}
