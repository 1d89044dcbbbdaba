import Antennas
import Basics
import Pages
import People

/// What may be decided of a pair.
enum DecisionTemplates {
  static func decisions(_ view: PairView, on page: Page) -> HTML {
    let forms: HTML
    switch view.pair.state {
    case .open: forms = undecided(view, on: page)
    case .unsure: forms = page.may(.settleFiles) ? undecided(view, on: page) : .empty
    case .proposed: forms = proposed(view, on: page)
    case .different: return .empty
    case .joined: return joined(view, on: page)
    }
    let text =
      view.pair.state == .unsure && !page.may(.settleFiles)
      ? "<p>\(page("Somebody was in doubt: the head of the antenna decides."))</p>" : HTML.empty
    return page.section(page("Your decision"), id: "decision", text + forms)
  }

  /// The forms of a page; what came back with errors is one of them.
  private enum Kind: String { case joining, apart, doubt, confirmation }

  /// What was wrong with this form.
  private static func errors(_ view: PairView, _ kind: Kind) -> [FieldError] {
    view.typed["form"] == kind.rawValue ? view.errors : []
  }

  private static func undecided(_ view: PairView, on page: Page) -> HTML {
    let seesBoth = view.opened.first != nil && view.opened.second != nil
    let id = view.pair.id
    let apart =
      seesBoth
      ? page.disclosure(
        page("They are two persons"), icon: .people,
        isOpen: !errors(view, .apart).isEmpty,
        simple(DuplicatePaths.difference(id), page("Tell them apart"), .apart, view, on: page)) : HTML.empty
    let doubt =
      view.pair.state == .open
      ? page.disclosure(
        page("I cannot tell"), icon: .info,
        isOpen: !errors(view, .doubt).isEmpty,
        simple(DuplicatePaths.doubt(id), page("Leave it to the head"), .doubt, view, on: page)) : HTML.empty
    return """
      <div class="acts">\(page.disclosure(page("They are one person"), icon: .done, isOpen: !errors(view, .joining).isEmpty, joining(view, on: page)))\
      \(apart)\(doubt)</div>
      """
  }

  private static func simple(
    _ path: String, _ label: String, _ kind: Kind, _ view: PairView, on page: Page
  ) -> HTML {
    let errors = errors(view, kind)
    let fields = FormFields(
      page, typed: errors.isEmpty ? Typed() : view.typed, errors: errors, about: kind.rawValue)
    return page.form(
      path, submit: label, errors: errors, about: kind.rawValue,
      "\(common(view, kind, on: page))\(fields.paragraph("reason", page("Why"), hint: page("So that others understand it later."), rows: 2))"
    )
  }

  private static func common(_ view: PairView, _ kind: Kind, on page: Page) -> HTML {
    "\(page.once(errors(view, kind).isEmpty ? Typed() : view.typed))\(page.hidden("form", kind.rawValue))\(page.hidden("version", String(view.pair.version)))"
  }

  /// Whose file stands, whose value of each field that differs.
  private static func joining(_ view: PairView, on page: Page) -> HTML {
    let errors = errors(view, .joining)
    let fields = FormFields(
      page, typed: errors.isEmpty ? proposal(view) : view.typed, errors: errors, about: Kind.joining.rawValue)
    let second =
      DuplicateRules.needsSecond(view.pair)
      ? "<p>\(page("The files are of two antennas: a second person, of the other antenna or of the central office, confirms it."))</p>"
      : HTML.empty
    let open =
      view.opened.openCases > 1
      ? page.alert(
        .attention,
        "<p>\(page("Both have an open case. Both stay open: agree who goes on, and close one of them."))</p>")
      : HTML.empty
    let fieldsToChoose = view.opened.first.flatMap { first in
      view.opened.second.map { choices(first, $0, fields, view, on: page) }
    }
    return page.form(
      DuplicatePaths.joining(view.pair.id),
      submit: DuplicateRules.needsSecond(view.pair) ? page("Propose to join them") : page("Join the files"),
      errors: errors, about: Kind.joining.rawValue,
      """
      \(common(view, .joining, on: page))\(second)\(open)\(fieldsToChoose)
      \(fields.paragraph("reason", page("Why"), hint: page("So that others understand it later."), rows: 2))
      """)
  }

  private static func choices(
    _ first: Person, _ second: Person, _ fields: FormFields, _ view: PairView, on page: Page
  ) -> HTML {
    let antennas = [first, second].map { view.territory.name(of: $0.antenna, in: page.reader.language) }
    let kept = fields.radios(
      "kept", page("Which file stands for both"),
      options: [
        Choice("first", page("The first, at \(antennas[0])")),
        Choice("second", page("The second, at \(antennas[1])")),
      ], hint: page("Nothing is lost: the other file stays as it is, and both can be parted again."))
    let differing = Identity.Field.allCases.filter {
      first.identity[$0] != second.identity[$0]
        && ($0 != .birthYear || first.identity.birthDate == nil && second.identity.birthDate == nil)
    }
    return kept
      + differing.map { field in
        fields.radios(
          "field-\(field.rawValue)", page(field.label),
          options: options(field, first.identity, second.identity, view.territory, on: page))
      }.reduce(HTML.empty, +)
  }

  private static func options(
    _ field: Identity.Field, _ first: Identity, _ second: Identity, _ territory: Territory, on page: Page
  ) -> [Choice] {
    func text(_ identity: Identity) -> String {
      guard let value = identity[field] else {
        return field == .birthDate ? identity[.birthYear] ?? page("nothing") : page("nothing")
      }
      switch field {
      case .governorate: return territory.name(of: GovernorateCode(rawValue: value), in: page.reader.language)
      case .sex: return identity.sex.map { page($0.label) } ?? value
      case .birthDate: return Day(value).map { page.reader.date($0) } ?? value
      case .phones: return value.replacing("\n", with: " · ")
      default: return value
      }
    }
    let both = field == .phones ? [Choice("both", page("both"))] : []
    return [Choice("first", text(first)), Choice("second", text(second))] + both
  }

  /// What stands in the form before anybody chooses: the older file, and from the other what that does not know.
  private static func proposal(_ view: PairView) -> Typed {
    guard let first = view.opened.first?.identity, let second = view.opened.second?.identity else {
      return Typed()
    }
    let isFirst = view.opened.isFirstOlder
    let choices = isFirst ? first.choices(beside: second) : second.choices(beside: first)
    var typed = Typed(["kept": [isFirst ? "first" : "second"]])
    for (field, choice) in choices {
      typed["field-\(field.rawValue)"] =
        choice == .both ? "both" : (choice == .kept) == isFirst ? "first" : "second"
    }
    return typed
  }

  private static func proposed(_ view: PairView, on page: Page) -> HTML {
    guard view.opened.mayConfirm else {
      return
        "<p>\(page("It was proposed that they are one person. Somebody of the other antenna, or of the central office, confirms it."))</p>"
        + undecided(view, on: page, without: true)
    }
    return """
      <p>\(page("It was proposed that they are one person. When you confirm it, everyone who sees one of the files sees the person with what both files know."))</p>
      <div class="acts">\(confirmation(view, on: page))</div>
      \(undecided(view, on: page, without: true))
      """
  }

  private static func confirmation(_ view: PairView, on page: Page) -> HTML {
    let kind = Kind.confirmation
    return page.form(
      DuplicatePaths.confirmation(view.pair.id), submit: page("Confirm: one person"),
      errors: errors(view, kind),
      about: kind.rawValue, common(view, kind, on: page))
  }

  /// What else may be done while it waits.
  private static func undecided(_ view: PairView, on page: Page, without joining: Bool) -> HTML {
    let seesBoth = view.opened.first != nil && view.opened.second != nil
    let apart =
      seesBoth
      ? page.disclosure(
        page("They are two persons"), icon: .people,
        simple(DuplicatePaths.difference(view.pair.id), page("Tell them apart"), .apart, view, on: page))
      : HTML.empty
    let doubt = page.disclosure(
      page("I cannot tell"), icon: .info,
      simple(DuplicatePaths.doubt(view.pair.id), page("Leave it to the head"), .doubt, view, on: page))
    return "<div class=\"acts\">\(apart)\(doubt)</div>"
  }

  private static func joined(_ view: PairView, on page: Page) -> HTML {
    guard let merge = view.pair.merge else { return .empty }
    let act: HTML =
      !page.may(.settleFiles)
      ? "<p>\(page("The head of the antenna and the central office can part them again."))</p>"
      : view.opened.mayPart
        ? page.button(page("Part them again"), to: DuplicatePaths.joined(merge), weight: .secondary)
        : "<p>\(page("These files were joined with another one since. Part that one first."))</p>"
    return page.section(
      page("The two files are joined."), id: "decision",
      "<p>\(page("Nothing was moved or lost: one file stands for both, and both can be parted again."))</p>\(act)"
    )
  }
}
