import Basics
import Pages

/// Files of services. Values in, markup out.
enum ServiceImportTemplates {
  static func new(_ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let title = page("Bring in services from a file")
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(DirectoryPaths.list)\">\(page("Services"))</a></p>"))
      \(page.form(ServiceImportPaths.send, submit: page("Look at it"), errors: errors, bringsFile: true, """
      \(page.once(typed))\(fields.file("file", page("File"), hint: page("CSV, or JSON as HSDS 3.0 describes it; 500 services and 1 MB at most."), accept: ".csv,.json"))
      """))
      \(page.disclosure(page("The titles of a CSV file"), icon: .info, """
      <p>\(page("Nothing is entered before you have seen what the file would do."))</p>
      <p><bdi dir="ltr">\((ServiceFile.providerTexts + ServiceFile.lists + ServiceFile.texts).joined(separator: ", "))</bdi></p>
      """))
      """)
  }

  static func show(_ file: ServiceImport, _ results: [ServiceRowResult], on page: Page) -> HTML {
    let counts = Dictionary(grouping: results, by: \.outcome).mapValues(\.count)
    let sorted = results.filter { $0.outcome == .refused } + results.filter { $0.outcome != .refused }
    let shown = sorted.prefix(100)
    let rows = shown.map { result -> [HTML] in
      let name =
        (result.row.service["name-fr"] ?? result.row.service["name-ar"] ?? result.row.service["name-en"])?[0]
      let owner = result.row.provider["name-fr"] ?? result.row.provider["name-ar"] ?? "—"
      return [
        page.bdi(String(result.row.line)), "<bdi>\(name ?? "—")</bdi>", "<bdi>\(owner)</bdi>",
        outcome(result, on: page),
      ]
    }
    let cut: HTML =
      results.count > shown.count
      ? page.alert(
        .info, "<p>\(page("The first 100 lines are shown, those with something wrong first."))</p>") : .empty
    return page.layout(
      file.name,
      """
      \(page.title(file.name, under: "<p><a href=\"\(ServiceImportPaths.new)\">\(page("Bring in services from a file"))</a></p>"))
      \(state(file, counts, on: page))\(cut)
      \(page.table(page("Lines of the file"), columns: [page("Line"), page("Service"), page("Provider"), page("What happens")], rows: rows, empty: .empty))
      """)
  }

  private static func state(
    _ file: ServiceImport, _ counts: [ServiceRowResult.Outcome: Int], on page: Page
  ) -> HTML {
    if let done = file.done {
      return page.alert(
        .good, "<p>\(page("Entered: \(done.added) new services, \(done.changed) changed."))</p>")
    }
    let (added, changed) = (counts[.added, default: 0], counts[.changed, default: 0])
    let facts = page.facts([
      (page("New"), page.bdi(page.reader.number(added))),
      (page("Would change"), page.bdi(page.reader.number(changed))),
      (page("There already"), page.bdi(page.reader.number(counts[.same, default: 0]))),
      (page("Something is wrong"), page.bdi(page.reader.number(counts[.refused, default: 0]))),
    ])
    guard added + changed > 0 else { return facts }
    let enter = page.form(ServiceImportPaths.enter(file.id), submit: page("Enter what is right"))
    return "\(facts)\(enter)"
  }

  private static func outcome(_ result: ServiceRowResult, on page: Page) -> HTML {
    switch result.outcome {
    case .added: return page.badge(page("new"), .good, icon: .plus)
    case .changed: return page.badge(page("changed"), .info, icon: .info)
    case .same: return page.badge(page("there already"))
    case .refused:
      let items = result.errors.map {
        "<li>\(page.bdi($0.field))\(page.reader.colon) \(page($0.message))</li>" as HTML
      }
      return "\(page.badge(page("left out"), .attention, icon: .late))<ul>\(items)</ul>"
    }
  }
}
