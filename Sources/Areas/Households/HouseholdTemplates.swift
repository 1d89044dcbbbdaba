import Basics
import Cases
import Pages
import People

/// The household of a case: who belongs to it, who was removed and why, a form for one more.
enum HouseholdTemplates {
  static func list(
    _ members: [HouseholdMember], isAlone: Bool, _ file: CaseFile, _ attempt: HouseholdAttempt,
    on page: Page
  ) -> HTML {
    let mayChange = page.may(.editPersons) && file.stage != .closed
    let present = members.filter { $0.removedBecause == nil }
    // Who was removed meanwhile has no form any more; the answer to what was typed stands with the members all the same.
    let items = present.map { item($0, file.id, mayChange ? attempt : nil, on: page) }
    let removed = members.filter { $0.removedBecause != nil }.map { gone($0, on: page) }
    // Where somebody lives with the person it is not asked; what was asked before that was known is answered.
    let isAsked = isAlone || attempt.form == .alone || !present.contains { $0.living == .together }
    let title = page("Household")
    return page.layout(
      "\(title) · \(file.number)",
      """
      \(page.title(title, under: "<p>\(page.bdi(file.number)) · <a href=\"\(CasePaths.show(file.id))\">\(page("Back to the case"))</a></p>"))
      \(page.section(page("Members of the household"), self.members(items, members, isAlone: isAlone, on: page)))
      \(mayChange && isAsked ? page.section(page("Household of one"), alone(isAlone, file.id, attempt, on: page)) : .empty)
      \(mayChange ? page.section(page("Add a member"), form(file.id, attempt, on: page)) : .empty)
      \(removed.isEmpty ? .empty : page.section(page("Removed members"), "<ul class=\"records\">\(removed)</ul>"))
      """)
  }

  private static func members(
    _ items: [HTML], _ members: [HouseholdMember], isAlone: Bool, on page: Page
  ) -> HTML {
    let alone: HTML = isAlone ? "<p>\(page("The person lives alone."))</p>" : .empty
    guard items.isEmpty else {
      return "\(alone)\(counts(members, on: page))<ul class=\"records\">\(items)</ul>"
    }
    return isAlone ? alone : page.emptyState(page("Nobody was recorded yet."))
  }

  private static func counts(_ members: [HouseholdMember], on page: Page) -> HTML {
    """
    <ul><li>\(page("Persons known to live there, the person herself counted: \(HouseholdRules.size(members))"))</li>\
    <li>\(page("Known to depend on the person: \(HouseholdRules.dependants(members))"))</li>\
    <li>\(page("Children known not to go to school: \(HouseholdRules.notAtSchool(members, on: page.today))"))</li></ul>
    """
  }

  private static func item(
    _ member: HouseholdMember, _ file: RecordID<CaseFile>, _ attempt: HouseholdAttempt?, on page: Page
  ) -> HTML {
    let facts: [String?] = [
      member.birthYear.map { page("Born in \(String($0))") }, member.sex.map { page($0.label) },
      member.living.map { page($0.label) }, member.dependent.map { page($0.dependentLabel) },
      member.school.map { page($0.schoolLabel) },
    ]
    let line = facts.compactMap { $0 }.joined(separator: " · ")
    let correction: HTML? = attempt.map { _ in
      "<a href=\"\(HouseholdPaths.correction(file, member.id))\">\(page("Correct this member"))</a>"
    }
    let links = [own(member, file, on: page), correction].compactMap { $0 }
    let ways = links.dropFirst().reduce(links.first) { one, next in one.map { "\($0) · \(next)" } }
    return """
      <li><p>\(heading(member, on: page))</p><p class="faint">\(line)</p>
      \(ways.map { "<p>\($0)</p>" as HTML })\(attempt.map { removal(member, file, $0, on: page) })</li>
      """
  }

  /// The file she has as a person of her own, or the way to one.
  private static func own(_ member: HouseholdMember, _ file: RecordID<CaseFile>, on page: Page) -> HTML? {
    if let own = member.ownCase { return "<a href=\"\(CasePaths.show(own))\">\(page("File of her own"))</a>" }
    guard page.may(.receivePersons) else { return nil }
    return
      "<a href=\"\(HouseholdPaths.reception(file, member.id))\">\(page("Receive as a person of her own"))</a>"
  }

  private static func heading(_ member: HouseholdMember, on page: Page) -> HTML {
    let names = page.reader.ordered(latin: member.latinName, arabic: member.arabicName)
    return """
      <strong dir="auto">\(names.first)</strong>\(names.second.map { " <span dir=\"auto\">\($0)</span>" as HTML }) · \(page(member.relation.label))
      """
  }

  private static func gone(_ member: HouseholdMember, on page: Page) -> HTML {
    "<li><p>\(heading(member, on: page))</p>\(page.prose(member.removedBecause ?? ""))</li>"
  }

  /// A page of its own: so many fields for each member would make the household a heavy one.
  static func correction(
    _ member: HouseholdMember, _ file: CaseFile, _ attempt: HouseholdAttempt, on page: Page
  ) -> HTML {
    let isTried = attempt.form == .correction
    let version = isTried && !attempt.isNewest ? attempt.typed["version"] : String(member.version)
    let fields = FormFields(
      page, typed: isTried ? attempt.typed : Typed(member.fields), errors: attempt.errors)
    let title = page("Correct this member")
    return page.layout(
      "\(title) · \(file.number)",
      """
      \(page.title(title, under: "<p>\(page.bdi(file.number)) · <a href=\"\(HouseholdPaths.list(file.id))\">\(page("Household"))</a></p>"))
      \(page.form(HouseholdPaths.correction(file.id, member.id), submit: page("Save the correction"), errors: attempt.errors, page.hidden("version", version) + self.fields(fields, on: page)))
      """)
  }

  private static func removal(
    _ member: HouseholdMember, _ file: RecordID<CaseFile>, _ attempt: HouseholdAttempt, on page: Page
  ) -> HTML {
    let isTried = attempt.form == .removal(member.id)
    let errors = isTried ? attempt.errors : []
    let fields = FormFields(
      page, typed: isTried ? attempt.typed : Typed(), errors: errors, about: member.id.text)
    return page.disclosure(
      page("Remove this member"), isOpen: isTried,
      page.form(
        HouseholdPaths.removal(file, member.id), submit: page("Remove"), errors: errors,
        about: member.id.text,
        weight: .secondary,
        fields.text("reason", page("Why"), required: true, direction: .auto, limit: 500)))
  }

  private static func form(_ id: RecordID<CaseFile>, _ attempt: HouseholdAttempt, on page: Page) -> HTML {
    let isTried = attempt.form == .addition
    let (typed, errors) = isTried ? (attempt.typed, attempt.errors) : (Typed(), [])
    let fields = FormFields(page, typed: typed, errors: errors)
    return page.form(
      HouseholdPaths.list(id), submit: page("Add to the household"), errors: errors,
      page.once(typed) + self.fields(fields, on: page))
  }

  private static func alone(
    _ isAlone: Bool, _ id: RecordID<CaseFile>, _ attempt: HouseholdAttempt, on page: Page
  ) -> HTML {
    let isTried = attempt.form == .alone
    let errors = isTried ? attempt.errors : []
    let typed = isTried ? attempt.typed : isAlone ? Typed(["alone": ["yes"]]) : Typed()
    let answers = [Choice("yes", page("Yes")), Choice("no", page("No, or not known"))]
    return page.form(
      HouseholdPaths.alone(id), submit: page("Save"), errors: errors, weight: .secondary,
      FormFields(page, typed: typed, errors: errors).radios(
        "alone", page("Does the person live alone?"), options: answers,
        hint: page("Whoever depends on the person from elsewhere is recorded as a member all the same."),
        required: true))
  }

  private static func fields(_ fields: FormFields, on page: Page) -> HTML {
    let answers =
      HouseholdMember.Answer.allCases.map { Choice($0.rawValue, page($0.label)) }
      + [Choice("", page("not asked"))]
    let social: HTML =
      page.may(.writeSocialSection)
      ? """
      \(fields.radios("dependent", page("Depends on the person"), options: answers))
      \(fields.radios("school", page("Goes to school"), options: answers, hint: page("For those under 18.")))
      """ : .empty
    return """
      \(fields.select("relation", page("Relation to the person"), options: HouseholdMember.Relation.allCases.map { Choice($0.rawValue, page($0.label)) }, required: true))
      \(fields.text("name-latin", page("Name, Latin letters"), hint: page("In at least one script."), direction: .ltr))
      \(fields.text("name-arabic", page("Name, Arabic letters"), direction: .rtl))
      \(fields.text("birth-year", page("Year of birth"), kind: .number))
      \(fields.radios("sex", page("Sex"), options: Person.Sex.allCases.map { Choice($0.rawValue, page($0.label)) }))
      \(fields.radios("living", page("Where"), options: HouseholdMember.Living.allCases.map { Choice($0.rawValue, page($0.label)) }))
      \(social)
      """
  }
}
