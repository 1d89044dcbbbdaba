import Antennas
import Basics
import Foundation
import Pages
import People
import Storage

/// The form of consent, to be read aloud; and with whom data were shared, once a consent is withdrawn.
enum RightsConsentTemplates {
  /// The form stands in the person's language, whatever that of the page: plain text under headings, in its direction.
  static func form(_ person: Person, in language: Language, on page: Page) -> HTML {
    let reader = Reader(language)
    let languages = Language.allCases.map {
      (label: $0.ownName, path: RightsPaths.consent(person.id, $0), isCurrent: $0 == language)
    }
    let purposes = Consent.Purpose.allCases.map { purpose -> HTML in
      "<h3>\(reader(purpose.label))</h3><p>\(reader(purpose.explanation))</p><p>☐ \(reader("Yes")) &#160; ☐ \(reader("No"))</p>"
    }
    let rights = Self.rights.map { "<p>\(reader($0))</p>" as HTML }
    return page.layout(
      page("The form of consent"),
      """
      \(page.title(page("The form of consent"), under: "<p><a href=\"\(PersonPaths.show(person.id))\">\(page("Back to the person"))</a></p>"))
      \(page.filters(page("Language in which it is read"), languages))
      <section class="card" lang="\(language.rawValue)" dir="\(language.isRightToLeft ? "rtl" : "ltr")">
      <div class="head"><h2>\(reader("My consent"))</h2></div>
      <p><bdi>\(person.label.text(for: reader))</bdi></p>
      \(purposes)
      <h3>\(reader("My rights"))</h3>
      \(rights)
      <p>\(reader("Name, date and signature"))</p>
      </section>
      <p class="faint">\(page("Version of the text"))\(page.reader.colon) <bdi>\(Consent.currentTextVersion)</bdi></p>
      """)
  }

  static let rights: [Phrase] = [
    say("You may say yes or no to each of these."),
    say("You may take back each yes at any time. Nobody asks you why."),
    say("You may ask for a copy of all we keep about you."),
    say("You may ask us to correct what is wrong."),
    say("You may ask who has seen your file."),
    say("You may ask us to erase it when your file is closed."),
  ]

  /// - Parameter back: the page where a consent was withdrawn.
  static func sharing(
    _ found: Sharing, _ told: CopyWords, back: String?, words: (String) -> Phrase, on page: Page
  ) -> HTML {
    let readers = found.readers.sorted { $0.key.rawValue < $1.key.rawValue }.map { code, reader -> [HTML] in
      [
        "\(told.territory.name(of: code, in: page.reader.language))", "\(page.reader.number(reader.times))",
        page.time(reader.last),
      ]
    }
    let given = found.given.prefix(50).map { entry -> [HTML] in
      [page.time(entry.at), "\(page(words(entry.act)))", "\(told.post(entry.actor, found.posts))"]
    }
    let back: HTML =
      back.map { "<a href=\"\($0)\">\(page("Back to where you were"))</a>" }
      ?? "<a href=\"\(PersonPaths.show(found.person.id))\">\(page("Back to the person"))</a>"
    let others: HTML =
      found.purpose.isRead
      ? "<p>\(page("Tell each of them that the consent is withdrawn. What they have outside of this program only they can destroy."))</p>"
      : .empty
    let nothing: HTML =
      found.isEmpty
      ? page.section(
        page("With whom data were shared"),
        page.emptyState(page("Nothing was shared under this consent, as far as the journal knows."))) : .empty
    return page.layout(
      page("With whom data were shared"),
      """
      \(page.title(page("With whom data were shared"), under: "<p><bdi>\(found.person.label.text(for: page.reader))</bdi> · \(page(found.purpose.label)) · \(back)</p>"))
      \(others)\(nothing)
      \(RightsSharedTemplates.part(found.shared, on: page))
      \(readers.isEmpty ? .empty : page.section(page("Institutions whose staff read the file"), page.table(
        page("Institutions whose staff read the file"), columns: [page("Institution"), page("Times"), page("The last time")], rows: readers, empty: .empty)))
      \(given.isEmpty ? .empty : page.section(page("Papers, copies and documents taken away, and transfers"), page.table(
        page("Papers, copies and documents taken away, and transfers"), columns: [page("When"), page("What was done"), page("By")], rows: Array(given), empty: .empty)))
      \(found.isCut ? "<p>\(page("More was done before that is not counted here."))</p>" : .empty)
      """)
  }
}

extension RightsPaper {
  /// The form of consent in a person's language, to sign.
  static func consent(_ person: Person, at now: Date, in language: Language) -> RightsPaper {
    let reader = Reader(language)
    let purposes = Consent.Purpose.allCases.map { purpose in
      Part(
        title: reader(purpose.label),
        paragraphs: [reader(purpose.explanation), "☐ \(reader("Yes"))     ☐ \(reader("No"))"])
    }
    let rights = Part(
      title: reader("My rights"), paragraphs: RightsConsentTemplates.rights.map { reader($0) })
    return RightsPaper(
      reader("My consent"), Consent.currentTextVersion,
      facts: facts(person, reader, at: now), parts: purposes + [rights],
      boxes: [reader("The person"), reader("For the service")], reader)
  }
}
