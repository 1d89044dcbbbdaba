import Basics
import Foundation

extension Page {
  /// A part of a page with its heading.
  package func section(_ title: String, id: String? = nil, actions: HTML = .empty, _ body: HTML) -> HTML {
    """
    <section class="card"\(attribute: "id", id)><div class="head"><h2>\(title)</h2>\(actions.isEmpty ? .empty : "<div>\(actions)</div>" as HTML)</div>\(body)</section>
    """
  }

  /// The title of a page, with what may be done on it.
  package func title(_ text: String, under: HTML = .empty, actions: HTML = .empty) -> HTML {
    "<div class=\"title\"><div><h1>\(text)</h1>\(under)</div><div class=\"actions\">\(actions)</div></div>"
  }

  package func button(
    _ label: String, to path: String, icon: Icon? = nil, weight: Weight = .primary, isFile: Bool = false
  ) -> HTML {
    "<a class=\"button \(weight.rawValue)\" href=\"\(path)\"\(attribute: "download", if: isFile)>\(icon.map(assets.svg))<span>\(label)</span></a>"
  }

  /// A list as a table; cards on a narrow screen, where each cell says its column.
  package func table(_ caption: String, columns: [String], rows: [[HTML]], empty: HTML) -> HTML {
    table(caption, columns: columns, of: rows, empty: empty) { cells, row in
      for cell in cells { row.cell(cell) }
    }
  }

  /// The same, with each row written where it will stand: for lists of many rows.
  package func table<Line>(
    _ caption: String, columns: [String], of lines: [Line], empty: HTML,
    write: (Line, inout TableRows) -> Void
  ) -> HTML {
    guard !lines.isEmpty else { return empty }
    let head = columns.map { "<th scope=\"col\">\($0)</th>" as HTML }
    var rows = TableRows(columns: columns, count: lines.count)
    for line in lines {
      write(line, &rows)
      rows.end()
    }
    return """
      <table class="list"><caption class="hidden">\(caption)</caption><thead><tr>\(head)</tr></thead><tbody>\(rows.body)</tbody></table>
      """
  }

  /// What an empty place will hold, and the first thing to do about it.
  package func emptyState(_ text: String, action: HTML = .empty) -> HTML {
    "<div class=\"empty\"><p>\(text)</p>\(action)</div>"
  }

  /// The way on through a list that is paged by key.
  package func pager(next: String?) -> HTML {
    guard let next else { return .empty }
    return
      "<nav class=\"pager\" aria-label=\"\(self("Pages of the list"))\"><a class=\"button secondary\" rel=\"next\" href=\"\(next)\">\(self("Next page"))</a></nav>"
  }

  /// A choice among views of a list, each a link that can be sent to a colleague.
  package func filters(_ label: String, _ links: [(label: String, path: String, isCurrent: Bool)]) -> HTML {
    let items = links.map { link -> HTML in
      "<li><a href=\"\(link.path)\"\(attribute: "aria-current", link.isCurrent ? "true" : nil)>\(link.label)</a></li>"
    }
    return "<nav class=\"filters\" aria-label=\"\(label)\"><ul>\(items)</ul></nav>"
  }

  /// The parts of one thing, each a link: to a place on the page or to a page of its own.
  package func tabs(_ label: String, _ links: [(label: String, path: String, isCurrent: Bool)]) -> HTML {
    let items = links.map { link -> HTML in
      "<li><a href=\"\(link.path)\"\(attribute: "aria-current", link.isCurrent ? "true" : nil)>\(link.label)</a></li>"
    }
    return "<nav class=\"tabs\" aria-label=\"\(label)\"><ul>\(items)</ul></nav>"
  }

  /// A question over the page, opened by its button and closed by Escape: a popover, so that it needs no script.
  package func dialog(_ label: String, id: String, title: String, _ body: HTML) -> HTML {
    """
    <p><button type="button" class="secondary" popovertarget="\(id)">\(label)</button></p>
    <div id="\(id)" popover class="dialog" role="dialog" aria-labelledby="\(id)-title"><h2 id="\(id)-title">\(title)</h2>\(body)\
    <p class="buttons"><button type="button" class="quiet" popovertarget="\(id)" popovertargetaction="hide">\(self("Leave it"))</button></p></div>
    """
  }

  /// Facts by name; those without a value are left out.
  package func facts(_ facts: [(label: String, value: HTML?)]) -> HTML {
    let items = facts.compactMap { fact in
      fact.value.map { "<div><dt>\(fact.label)</dt><dd>\($0)</dd></div>" as HTML }
    }
    return items.isEmpty ? .empty : "<dl class=\"facts\">\(items)</dl>"
  }

  /// The line of stages of a case.
  package func stageLine(_ stages: [(label: String, state: StageState)]) -> HTML {
    let items = stages.map { stage -> HTML in
      let icon: Icon =
        switch stage.state {
        case .done: .done
        case .current: .current
        case .ahead: .ahead
        }
      return """
        <li class="\(stage.state.rawValue)"\(attribute: "aria-current", stage.state == .current ? "step" : nil)>\
        \(assets.svg(icon))<span>\(stage.label)</span></li>
        """
    }
    return "<ol class=\"stages\" aria-label=\"\(self("Stages of the case"))\">\(items)</ol>"
  }

  package enum StageState: String, Sendable { case done, current, ahead }

  /// What happened, newest first.
  package func timeline(_ entries: [TimelineEntry]) -> HTML {
    let items = entries.map { entry -> HTML in
      "<li><p class=\"when\">\(time(entry.at)) · \(entry.who)</p><p>\(entry.what)</p>\(entry.detail)</li>"
    }
    return "<ol class=\"timeline\">\(items)</ol>"
  }

  package enum Tone: String, Sendable { case plain, good, attention, info }

  /// A word in a frame: colour never stands alone.
  package func badge(_ text: String, _ tone: Tone = .plain, icon: Icon? = nil) -> HTML {
    "<span class=\"badge \(tone.rawValue)\">\(icon.map(assets.svg))<span>\(text)</span></span>"
  }

  package func alert(_ tone: Tone, _ text: HTML) -> HTML {
    "<div class=\"alert \(tone.rawValue)\">\(assets.svg(tone == .attention ? .late : .info))<div>\(text)</div></div>"
  }

  /// The page instead of a PDF, where the program that makes PDFs is missing.
  package func noPaper(_ number: String, back path: String, _ label: String) -> HTML {
    let title = self("No PDF can be made here")
    return layout(
      title,
      """
      \(self.title(title, under: "<p>\(bdi(number)) · <a href=\"\(path)\">\(label)</a></p>"))
      \(alert(.attention, "<p>\(self("The program that makes PDFs is not installed on this server, or does not start. Everything else works; tell whoever runs the server."))</p>"))
      """)
  }

  /// Numbers and references read from left to right, whatever stands around them.
  package func bdi(_ text: String) -> HTML { "<bdi dir=\"ltr\">\(text)</bdi>" }

  /// An amount in the order of its own script: in Arabic the number is read first, whatever stands around it.
  package func money(_ money: Money) -> HTML { "<bdi>\(reader.money(money))</bdi>" }

  /// A name, the script of the page first and the other beside it.
  package func name(latin: String?, arabic: String?) -> HTML {
    let (first, second) = reader.ordered(latin: latin, arabic: arabic)
    let firstIsArabic = first == arabic
    guard let second else { return script(first, isArabic: firstIsArabic) }
    return firstIsArabic
      ? "<bdi lang=\"ar\" dir=\"rtl\">\(first)</bdi> <small class=\"other\"><bdi lang=\"fr\" dir=\"ltr\">\(second)</bdi></small>"
      : "<bdi lang=\"fr\" dir=\"ltr\">\(first)</bdi> <small class=\"other\"><bdi lang=\"ar\" dir=\"rtl\">\(second)</bdi></small>"
  }

  private func script(_ text: String, isArabic: Bool) -> HTML {
    "<bdi lang=\"\(isArabic ? "ar" : "fr")\" dir=\"\(isArabic ? "rtl" : "ltr")\">\(text)</bdi>"
  }

  package func time(_ instant: Date) -> HTML {
    let (day, hour) = (Day(of: instant), reader.hour(instant))
    return "<time datetime=\"\(day)T\(hour)\">\(reader.date(day))\(reader.comma) \(hour)</time>"
  }

  package func day(_ day: Day) -> HTML { "<time datetime=\"\(day)\">\(reader.date(day))</time>" }

  /// Text that a person wrote: its lines are kept, its direction is its own.
  package func prose(_ text: String) -> HTML { "<p class=\"prose\" dir=\"auto\">\(text)</p>" }
}

/// The rows of a table as they are written, cell by cell.
package struct TableRows {
  fileprivate private(set) var body = HTML.empty
  /// What stands before each cell and after the last is the same in every row.
  private let before: [HTML]
  private let after: HTML
  private var column = 0

  fileprivate init(columns: [String], count: Int) {
    before = columns.enumerated().map { index, column -> HTML in
      switch index {
      case 0: "<tr><th scope=\"row\" data-label=\"\(column)\">"
      case 1: "</th><td data-label=\"\(column)\">"
      default: "</td><td data-label=\"\(column)\">"
      }
    }
    after = columns.count == 1 ? "</th></tr>" : "</td></tr>"
    body.reserve(count * columns.count * 96)
  }

  /// The next cell of the row; what is beyond the last column is left out.
  package mutating func cell(_ content: HTML) {
    guard column < before.count else { return }
    body += before[column]
    body += content
    column += 1
  }

  fileprivate mutating func end() {
    body += after
    column = 0
  }
}

/// One thing that happened, for a timeline.
package struct TimelineEntry: Sendable {
  package let at: Date
  package let who: String
  package let what: String
  package let detail: HTML

  package init(at: Date, who: String, what: String, detail: HTML = .empty) {
    self.at = at
    self.who = who
    self.what = what
    self.detail = detail
  }
}
