import Basics
import Pages

/// The instruments, and one of them: what it asks and how it is counted.
enum InstrumentTemplates {
  static func list(_ all: [KeptInstrument], on page: Page) -> HTML {
    let title = page("Questionnaires")
    let mayKeep = page.may(.keepInstruments)
    let rows = all.map { row($0, on: page) }
    let columns = [
      page("Questionnaire"), page("Version"), page("State"), page("Weights"), page("Checked by"),
    ]
    return page.layout(
      title,
      """
      \(page.title(
        title, under: "<p class=\"lead\">\(page("What is asked in assessments: data that are loaded, tried, put in force and retired, and never deleted."))</p>",
        actions: mayKeep ? page.button(page("Load a questionnaire"), to: InstrumentPaths.new, icon: .plus) : .empty))
      \(page.table(title, columns: columns, rows: rows, empty: page.emptyState(page("There is no questionnaire."))))
      """)
  }

  private static func row(_ kept: KeptInstrument, on page: Page) -> [HTML] {
    let instrument = kept.instrument
    return [
      "<a href=\"\(InstrumentPaths.show(instrument.id))\">\(page(instrument.name))</a>",
      "\(page.reader.number(instrument.version))", state(kept, on: page),
      "\(page(AssessmentWords.label(instrument.weights)))", "\(instrument.checkedBy ?? page("nobody yet"))",
    ]
  }

  static func state(_ kept: KeptInstrument, on page: Page) -> HTML {
    if kept.instrument.isFrame { return page.badge(page("frame only"), .attention) }
    return page.badge(page(AssessmentWords.label(kept.state)), AssessmentWords.tone(kept.state))
  }

  static func new(_ text: String, _ errors: [FieldError], on page: Page) -> HTML {
    let title = page("Load a questionnaire")
    let faults = errors.map { "<li>\(page($0.message))</li>" as HTML }
    let wrong: HTML =
      faults.isEmpty
      ? .empty : "<div class=\"error\" id=\"e-text\"><ul>\(faults)</ul></div>"
    let form = page.form(
      InstrumentPaths.list, submit: page("Read it"), errors: errors, bringsFile: true,
      """
      <div class="field"><label for="f-file">\(page("File of the questionnaire"))</label>\
      <input id="f-file" name="file" type="file" accept=".yaml,.yml"></div>
      <div class="field\(faults.isEmpty ? "" : " wrong")"><label for="f-text">\(page("Or its text"))</label>\
      <p class="hint" id="h-text">\(page("The file, when one is chosen, goes before the text."))</p>\(wrong)\
      <textarea id="f-text" name="text" rows="20" dir="ltr" spellcheck="false"\
      \(attribute: "aria-describedby", faults.isEmpty ? "h-text" : "h-text e-text")\(attribute: "aria-invalid", faults.isEmpty ? nil : "true")>\(text)</textarea></div>
      """)
    return page.layout(
      title,
      """
      \(page.title(title, under: back(on: page)))
      <p>\(page("A questionnaire is a file that is edited like words. It is read, shown and tried before it is put in force; what is wrong in it is told with its line."))</p>
      \(form)
      """)
  }

  private static func back(on page: Page) -> HTML {
    "<p><a href=\"\(InstrumentPaths.list)\">\(page("All questionnaires"))</a></p>"
  }

  static func papers(_ id: InstrumentID, on page: Page) -> HTML {
    """
    \(page("Blank form")) <a href="\(InstrumentPaths.pdf(id, .french))" download>\(page("PDF in French"))</a> · \
    <a href="\(InstrumentPaths.pdf(id, .arabic))" download>\(page("PDF in Arabic"))</a>
    """
  }

  static func show(_ kept: KeptInstrument, _ attempt: AssessmentAttempt, on page: Page) -> HTML {
    let instrument = kept.instrument
    let title = page(instrument.name)
    let links: HTML =
      instrument.isFrame
      ? "<p><a href=\"\(InstrumentPaths.file(instrument.id))\" download>\(page("Its file"))</a></p>"
      : """
      <p>\(papers(instrument.id, on: page))</p><p><a href="\(InstrumentPaths.trial(instrument.id))">\(page("Try it on sample answers"))</a> · \
      <a href="\(InstrumentPaths.agreement(instrument.id))">\(page("How far two assessors agree"))</a> · \
      <a href="\(InstrumentPaths.file(instrument.id))" download>\(page("Its file"))</a></p>
      """
    return page.layout(
      title,
      """
      \(page.title(title, under: back(on: page)))<p class="lead">\(page(instrument.purpose))</p>
      \(instrument.isFrame ? frame(instrument, on: page) : .empty)
      \(page.section(page("What it is"), id: "facts", facts(kept, on: page) + links))
      \(page.may(.keepInstruments) ? acts(kept, attempt, on: page) : .empty)
      \(instrument.weights == .none ? .empty : counting(instrument, on: page))
      \(page.section(page("What it asks"), id: "items", items(instrument, on: page)))
      """)
  }

  private static func frame(_ instrument: Instrument, on page: Page) -> HTML {
    let worded = instrument.items.filter { !$0.text.isEmpty }.count
    return page.alert(
      .attention,
      "<p>\(page("This is a frame only, and cannot be filled in: of its \(instrument.items.count) indicators \(worded) have words, and no weight is loaded. Nothing was invented for it: load the file with the official words and weights as the next version."))</p>"
    )
  }

  private static func facts(_ kept: KeptInstrument, on page: Page) -> HTML {
    let instrument = kept.instrument
    let until: HTML? = instrument.until.map { page.day($0) }
    let checked: HTML =
      instrument.checkedBy.map { name in
        "<span dir=\"auto\">\(name)</span> \(instrument.checkedOn.map { page.day($0) })"
      } ?? "\(page("nobody yet"))"
    return page.facts([
      (page("Code and version"), page.bdi("\(instrument.code), \(instrument.version)")),
      (page("State"), state(kept, on: page)),
      (page("Why it was retired"), kept.retiredBecause.map { "<span dir=\"auto\">\($0)</span>" }),
      (page("In force since"), kept.forcedOn.map { page.day($0) }),
      (page("Retired on"), kept.retiredOn.map { page.day($0) }),
      (page("Valid from"), page.day(instrument.from)), (page("Valid until"), until),
      (page("Source"), "\(page(instrument.source))"), (page("How it is counted"), "\(page(instrument.rule))"),
      (page("Checked by"), checked), (page("Weights"), "\(page(AssessmentWords.label(instrument.weights)))"),
      (page("Read by"), "\(page(AssessmentWords.label(instrument.section)))"),
    ])
  }

  private static func acts(_ kept: KeptInstrument, _ attempt: AssessmentAttempt, on page: Page) -> HTML {
    let id = kept.instrument.id
    var forms = HTML.empty
    if kept.state == .loaded, !kept.instrument.isFrame {
      forms += page.form(
        InstrumentPaths.force(id), submit: page("Put in force"),
        "<p>\(page("From today on it can be filled in; its text does not change any more."))</p>")
    }
    if kept.state != .retired {
      let fields = FormFields(page, typed: attempt.typed, errors: attempt.errors)
      let form = page.form(
        InstrumentPaths.retirement(id), submit: page("Retire"), errors: attempt.errors, weight: .secondary,
        fields.text("why", page("Why it is retired"), required: true, direction: .auto, limit: 1_000))
      forms += page.disclosure(page("Retire this version"), isOpen: !attempt.errors.isEmpty, form)
    }
    return forms.isEmpty ? .empty : page.section(page("What may be decided"), id: "acts", forms)
  }

  private static func counting(_ instrument: Instrument, on page: Page) -> HTML {
    let language = page.reader.language
    let dimensions = instrument.dimensions.map { dimension -> [HTML] in
      let items = instrument.items.filter { $0.dimension == dimension.code }.count
      return [
        "\(page(dimension.name))", weight(dimension.weight, instrument, on: page),
        "\(page.reader.number(items))",
      ]
    }
    let bands = instrument.bands.map { band -> [HTML] in
      let end = band.to.text(for: language)
      return [
        "\(page(band.name))", page.bdi(band.from.text(for: language)),
        band.to == .highest ? "\(page("\(end), with it"))" : page.bdi(end),
      ]
    }
    let table = page.table(
      page("Dimensions"), columns: [page("Dimension"), page("Weight"), page("Items")], rows: dimensions,
      empty: .empty)
    let bandTable = page.table(
      page("Bands"), columns: [page("Band"), page("From the score"), page("To, without it")], rows: bands,
      empty: .empty)
    let scale: HTML =
      instrument.scale.map { "<p>\(page("0: \(page($0.low)). 1: \(page($0.high))."))</p>" } ?? .empty
    return page.section(
      page("How it is counted"), id: "counting",
      "\(scale)<p>\(page("At least \(instrument.minimum) counted questions must be answered."))</p>\(table)\(bandTable)"
    )
  }

  static func weight(_ weight: Int, _ instrument: Instrument, on page: Page) -> HTML {
    instrument.weights == .loaded
      ? page.bdi(Decimals.text(millionths: weight)) : "\(page(AssessmentWords.label(instrument.weights)))"
  }

  private static func items(_ instrument: Instrument, on page: Page) -> HTML {
    let rows = instrument.items.map { item -> HTML in
      let words = page(item.text)
      let title: HTML =
        words.isEmpty
        ? "<strong>\(page.bdi(item.code))</strong> <span class=\"faint\">\(page("no words loaded"))</span>"
        : "<strong>\(words)</strong>"
      if words.isEmpty { return "<li><p>\(title)</p></li>" }
      let dimension = instrument.dimension(item.dimension).map { " · \(page($0.name))" } ?? ""
      let condition = AssessmentWords.condition(item, instrument, page.reader)
      return """
        <li><p>\(title)</p><p class="faint">\(page(AssessmentWords.label(item.kind)))\(dimension)</p>\
        \(condition.map { "<p class=\"faint\">\($0)</p>" as HTML })\(answers(item, on: page))</li>
        """
    }
    return "<ol class=\"records\">\(rows)</ol>"
  }

  private static func answers(_ item: Item, on page: Page) -> HTML {
    func score(_ score: Score?) -> String { score.map { " (\($0.text(for: page.reader.language)))" } ?? "" }
    if case .number(_, let steps) = item.kind {
      let list = steps.map { step -> String in
        let (from, to) = (
          page.reader.number(step.range.lowerBound), page.reader.number(step.range.upperBound)
        )
        return (from == to ? from : page("from \(from) to \(to)")) + score(step.score)
      }
      return list.isEmpty ? .empty : "<p>\(list.joined(separator: " · "))</p>"
    }
    let list = item.options.map { page(AssessmentWords.text($0, item)) + score($0.score) }
    return list.isEmpty ? .empty : "<p>\(list.joined(separator: " · "))</p>"
  }
}
