import Basics
import Cases
import Eligibility
import Foundation

/// Rules that nobody decided: they show what rules can say, and every text tells that they are an example.
struct DemoEligibility {
  let eligibility: Eligibility
  let today: Day
  let teams: [DemoStaff.Team]
  /// Sets the day at which the doors believe to be.
  let set: (Day) -> Void

  func tell(_ stories: [DemoPersons.Story], seed: UInt64) async throws {
    var dice = DemoGenerator(seed: seed &+ 61)
    var loaded: [RecordID<KeptRuleSet>] = []
    set(today + -400)
    for file in [Self.business, Self.housing] {
      let id = RecordID<KeptRuleSet>(at: moment(400), using: &dice)
      try await eligibility.load(
        file.replacing("FROM", with: (today + -400).description), as: id, by: .program)
      try await eligibility.decide(id, by: .program)
      loaded.append(id)
    }
    set(today + -3)
    let draft = Self.business.replacing("FROM", with: (today + 30).description)
      .replacing("version: \"1\"", with: "version: \"2\"").replacing("at-most: 365", with: "at-most: 180")
    try await eligibility.load(draft, as: RecordID(at: moment(3), using: &dice), by: .program)
    let open = stories.filter { $0.stage != .closed && $0.stage != .received }
    for (index, story) in open.prefix(12).enumerated() {
      try await eligibility.judge(
        story.reception.id, by: loaded[index % 2], on: today + -3, as: RecordID(at: moment(3), using: &dice),
        by: story.team.counsellor)
    }
  }

  private func moment(_ daysAgo: Int) -> Date {
    Date(timeIntervalSince1970: Double((today + -daysAgo).number) * 86_400 + 9 * 3_600)
  }

  private static let business = """
    rules: business-example
    version: "1"
    aid: business-creation
    track: business
    funder: Bailleur A (exemple)
    title: {fr: "Création d’activité (exemple)", ar: "إحداث نشاط (مثال)", en: "Starting a business (example)"}
    source:
      fr: "Exemple de démonstration, tiré d’aucune convention"
      ar: "مثال للعرض، غير مأخوذ من أي اتفاقية"
      en: "Example for the demonstration, from no agreement"
    from: FROM
    conditions:
      - code: adult
        says: {fr: "La personne est majeure.", ar: "الشخص راشد.", en: "The person is of age."}
        when: {fact: age, at-least: 18}
        otherwise: no
      - code: country
        says:
          fr: "Le pays de retour est couvert par ce bailleur."
          ar: "بلد العودة مشمول بهذا الممول."
          en: "This funder covers the country of the return."
        when: {fact: return-country, one-of: [IT, FR, DE, BE]}
        otherwise: no
      - code: time
        says:
          fr: "Le retour date de moins d’un an."
          ar: "العودة منذ أقل من سنة."
          en: "The return was less than a year ago."
        change: {fr: "Demander une exception au centre.", ar: "طلب استثناء من المركز.", en: "Ask the centre for an exception."}
        when: {fact: days-since-return, at-most: 365}
        otherwise: not-yet
      - code: plan
        says:
          fr: "Le plan individuel est signé."
          ar: "المخطط الفردي ممضى."
          en: "The individual plan is signed."
        change: {fr: "Convenir du plan avec la personne.", ar: "الاتفاق على المخطط مع الشخص.", en: "Agree the plan with the person."}
        when: {fact: plan-agreed, is: yes}
        otherwise: not-yet
    amount: {currency: TND, fixed: 12000, ceilings: {person: 15000}}
    """

  private static let housing = """
    rules: housing-example
    version: "1"
    aid: housing
    track: social
    funder: Bailleur A (exemple)
    title: {fr: "Aide au logement (exemple)", ar: "مساعدة على السكن (مثال)", en: "Housing aid (example)"}
    source:
      fr: "Exemple de démonstration, tiré d’aucune convention"
      ar: "مثال للعرض، غير مأخوذ من أي اتفاقية"
      en: "Example for the demonstration, from no agreement"
    from: FROM
    conditions:
      - code: returned
        says: {fr: "La date du retour est connue.", ar: "تاريخ العودة معروف.", en: "The day of the return is known."}
        when: {fact: days-since-return, at-least: 0}
        otherwise: not-yet
      - code: vulnerable
        says:
          fr: "Le repérage montre une vulnérabilité moyenne ou élevée."
          ar: "يُظهر الفرز هشاشة متوسطة أو مرتفعة."
          en: "The screening shows a medium or high vulnerability."
        when: {fact: vulnerability, one-of: [middle, high]}
        otherwise: no
    amount:
      currency: TND
      table:
        - {vulnerability: middle, household: {1: 1000, 3: 1400}}
        - {vulnerability: high, household: {1: 1800, 3: 2400, 5: 3000}}
      ceilings: {kind: 3000}
    """
}
