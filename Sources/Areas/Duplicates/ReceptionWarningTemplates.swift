import Antennas
import Basics
import Cases
import Linkage
import Pages
import People

/// What stands at the top of the reception form when others are alike.
enum ReceptionWarningTemplates {
  static func warning(
    _ warning: Duplicates.Warning, _ form: ApartForm, _ typed: Typed, _ territory: Territory, on page: Page
  ) -> HTML {
    let errors =
      form.wasAsked && form.reason == nil
      ? [FieldError("apart-reason", say("Say why it is somebody else, or open the file that is there."))] : []
    let fields = FormFields(page, typed: typed, errors: errors)
    let shown =
      warning.alike.map { page.hidden("apart-from", $0.person.id.text) }
      + warning.elsewhere.map { page.hidden("apart-at", $0.rawValue) }
    return fields.group(
      page("Is this person here already?"),
      """
      <div class="wide" role="alert">\(list(warning, territory, on: page))\(elsewhere(warning, territory, on: page))</div>
      \(shown)\(fields.paragraph("apart-reason", page("It is somebody else: why?"), hint: page("For example: another date of birth, a cousin of the same name. It is kept in the journal; then send the form again."), required: true, rows: 2))
      """)
  }

  private static func list(_ warning: Duplicates.Warning, _ territory: Territory, on page: Page) -> HTML {
    guard !warning.alike.isEmpty else { return .empty }
    return """
      <p>\(page(warning.alike.count, one: "One file is alike. If it is the same person, go on there:", many: "\(warning.alike.count) files are alike. If it is the same person, go on there:"))</p>
      <ul class="records">\(warning.alike.map { item($0, territory, on: page) })</ul>
      """
  }

  private static func item(_ alike: Duplicates.Alike, _ territory: Territory, on page: Page) -> HTML {
    let identity = alike.person.identity
    let comma = page.reader.language == .arabic ? "، " : ", "
    let born = identity.birthDate.map { page.day($0) } ?? identity.birthYear.map { page.bdi(String($0)) }
    let again =
      alike.hasOpenCase
      ? HTML.empty
      : page.button(
        page("Receive this person again"), to: CasePaths.reception(of: alike.person.id), weight: .quiet)
    let likelihood = Likelihood(score: Int(alike.verdict.total * 100))
    return """
      <li><p><strong><a href="\(PersonPaths.show(alike.person.id))">\(page.name(latin: identity.latinName, arabic: identity.arabicName))</a></strong> \
      \(page.badge(page(likelihood.label), likelihood == .nearlyCertain ? .attention : .plain))</p>
      <p class="faint">\(born.map { "\(page("Born")) \($0) · " as HTML })\(territory.name(of: alike.person.antenna, in: page.reader.language)) · \
      \(reasons(alike, on: page).joined(separator: comma))</p>
      <div class="acts">\(page.button(page("It is this person: open the file"), to: PersonPaths.show(alike.person.id), weight: .secondary))\(again)</div></li>
      """
  }

  /// What led to her, and what else agrees.
  private static func reasons(_ alike: Duplicates.Alike, on page: Page) -> [String] {
    // Of the birth the finding says more than the year.
    let strong = alike.reasons.filter { ![.sameBirthYear, .birthYearDiffers].contains($0) }.map {
      page($0.label)
    }
    let named: Set<String> = [LinkField.given.rawValue, LinkField.family.rawValue]
    let led: [LinkField: [MatchReason]] = [
      .cin: [.sameCIN], .passport: [.samePassport], .phones: [.samePhone], .email: [.sameEmail],
      .born: [.sameBirthDate],
    ]
    let others = alike.verdict.findings.compactMap { finding -> String? in
      guard !named.contains(finding.field),
        finding.agreement > .distant || finding.field == LinkField.born.rawValue,
        let field = LinkField(rawValue: finding.field), let words = finding.agreement.label,
        !led[field, default: []].contains(where: alike.reasons.contains)
      else { return nil }
      return "\(page(field.label))\(page.reader.colon) \(page(words))"
    }
    return strong + others
  }

  private static func elsewhere(_ warning: Duplicates.Warning, _ territory: Territory, on page: Page) -> HTML
  {
    guard !warning.elsewhere.isEmpty else { return .empty }
    let comma = page.reader.language == .arabic ? "، " : ", "
    let antennas = warning.elsewhere.map { territory.name(of: $0, in: page.reader.language) }.joined(
      separator: comma)
    return """
      <p>\(page("A file that is alike exists at: \(antennas). You may not see it: ask there whether it is the same person."))</p>
      """
  }
}
