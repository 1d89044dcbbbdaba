import Basics
import Foundation

/// Every component of the pages, once: what a new page is put together from. Shown in both directions at `/style`.
extension Page {
  /// The guide: the components in French, left to right, beside the same in Arabic, right to left.
  package func styleGuide() -> HTML {
    let columns = [Language.french, .arabic].map { language -> HTML in
      let page = speaking(language)
      return """
        <div lang="\(language.rawValue)" dir="\(page.direction)">\(page.samples())</div>
        """
    }
    return layout(
      self("How the pages look"),
      """
      \(title(self("How the pages look")))
      \(section(self("Colours"), swatches))
      <div class="samples">\(columns)</div>
      """)
  }

  private func speaking(_ language: Language) -> Page {
    Page(
      reader: Reader(language), actor: actor, csrf: csrf, path: path, now: now, isDemo: isDemo,
      navigation: navigation, notice: nil, assets: assets)
  }

  private var swatches: HTML {
    let names = [
      "ink", "ink-soft", "paper", "ground", "line", "accent", "accent-wash", "good", "warn", "wrong", "flag",
    ]
    let items = names.map { "<li class=\"swatch of-\($0)\"><code>\($0)</code></li>" as HTML }
    return "<ul class=\"swatches\">\(items)</ul>"
  }

  /// What a page is made of, in the order in which a page uses it.
  private func samples() -> HTML {
    """
    \(title(self("Case \("TUN-2026-0042")"), actions: button(self("Close the case"), to: "#\(mark)", weight: .secondary)))
    \(tabs(self("Details"), [(self("The return"), "#\(mark)", true), (self("Plan"), "#\(mark)", false), (self("History"), "#\(mark)", false)]))
    \(stageLine([(self("Received"), .done), (self("Plan agreed"), .current), (self("In follow-up"), .ahead)]))
    \(alert(.info, "<p>\(self("A day to come, when the return is announced; long ago is as welcome."))</p>"))
    \(alert(.attention, "<p>\(self("This case is closed. Open it again before you change it."))</p>"))
    \(facts)
    <p class="buttons">\(button(self("Receive a person"), to: "#\(mark)", icon: .add)) \(button(self("Plan a visit"), to: "#\(mark)", icon: .calendar, weight: .secondary)) \(button(self("Correct"), to: "#\(mark)", weight: .quiet))</p>
    <p class="notice">\(assets.svg(.done))<span>\(self("The plan is agreed."))</span></p>
    \(list)
    \(sheet)
    \(section(self("Plan"), actions: badge(self("agreed"), .good, icon: .done), records))
    \(section(self("History"), timeline(entries)))
    \(section(self("Notes"), emptyState(self("No note that you may read has been written."))))
    """
  }

  private var facts: HTML {
    section(
      self("Who and how to reach"), id: mark,
      facts([
        (self("Name"), name(latin: "Salma Ben Othman", arabic: "سلمى بن عثمان")),
        (self("Phones"), bdi("+216 20 123 456")), (self("Born"), day(Day(number: 9_204))),
        (
          self("State"),
          "\(badge(self("in force"), .good, icon: .done)) \(badge(self("late"), .attention, icon: .late)) \(badge(self("planned")))"
        ),
        (self("Money to get through"), "\(reader.money(Money(1_234_500, .tnd)))"),
      ])
        + dialog(
          self("Withdraw"), id: "dialog-\(mark)", title: self("Consent"), "<p>\(self("Nothing is late."))</p>"
        ))
  }

  private var list: HTML {
    filters(
      self("Stage"), [(self("Every stage"), "#\(mark)", true), (self("In progress"), "#\(mark)", false)])
      + table(
        self("Cases"), columns: [self("Name"), self("Case"), self("Next")],
        rows: [("Salma Ben Othman", "سلمى بن عثمان", "0042"), ("Anis Gharbi", "أنيس الغربي", "0043")].map {
          [
            "<a href=\"#\(mark)\">\(name(latin: $0.0, arabic: $0.1))</a>", bdi("TUN-2026-\($0.2)"),
            day(Day(number: 20_800)),
          ]
        }, empty: .empty) + pager(next: "#\(mark)")
  }

  private var sheet: HTML {
    var typed = Typed()
    typed["phones-\(mark)"] = "12 34"
    let fields = FormFields(self, typed: typed, errors: [FieldError("phones-\(mark)", Self.wrongPhone)])
    return section(
      self("Receive a person"),
      form(
        "#\(mark)", submit: self("Save"), errors: fields.errors,
        """
        \(fields.text("name-\(mark)", self("Family name, Latin letters"), required: true))
        \(fields.text("phones-\(mark)", self("Phones"), hint: self("One a line; + and the country for a foreign one."), kind: .tel))
        \(fields.select("country-\(mark)", self("Country the person returned from"), options: [Choice("FR", "France")]))
        \(fields.radios("sex-\(mark)", self("Sex"), options: [Choice("f", self("Woman")), Choice("m", self("Man"))]))
        \(fields.paragraph("note-\(mark)", self("Note")))
        """))
      + disclosure(
        self("Write a note"), icon: .note, form("#\(mark)", submit: self("Keep the note"), weight: .secondary)
      )
  }

  private var records: HTML {
    """
    <ul class="records"><li><p>\(badge(self("Employment"))) <strong>\(self("In follow-up"))</strong></p>
    <ul class="records inner"><li><p>\(self("An action of the plan")) \(badge(self("done"), .good))</p></li>
    <li><p>\(self("An action of the plan")) \(badge(self("to do"))) \(badge(self("late"), .attention, icon: .late))</p>
    <p class="faint">Amel · \(day(Day(number: 20_800)))</p></li></ul></li></ul>
    """
  }

  private var entries: [TimelineEntry] {
    [
      TimelineEntry(at: now, who: "Amel", what: self("Agreed the plan")),
      TimelineEntry(at: now.addingTimeInterval(-86_400), who: "Amel", what: self("Received as a new person")),
    ]
  }

  /// Ids and names may stand only once in a document: each column has its own.
  private var mark: String { reader.language.rawValue }

  private static var wrongPhone: Phrase {
    say("Write 8 digits, or + and the country's number for a foreign phone.")
  }
}
