import Antennas
import Basics
import Pages

/// Providers and their places. Values in, markup out.
enum ProviderTemplates {
  static func list(_ providers: [Provider], _ next: RecordID<Provider>?, on page: Page) -> HTML {
    let add =
      page.may(.keepDirectory)
      ? page.button(page("Add a provider"), to: DirectoryPaths.newProvider, icon: .plus) : .empty
    return page.layout(
      page("Providers"),
      """
      \(page.title(page("Providers"), under: "<p><a href=\"\(DirectoryPaths.list)\">\(page("Services"))</a></p>", actions: add))
      \(page.table(page("Providers"), columns: [page("Provider"), page("What it is"), page("State")], rows: providers.map { provider in
        ["<a href=\"\(DirectoryPaths.provider(provider.id))\">\(DirectoryTemplates.name(provider.name, on: page))</a>",
         "\(page(DirectoryWords.kind(provider.kind)))", state(provider, on: page)]
      }, empty: page.emptyState(page("No provider is entered yet."))))
      \(page.pager(next: next.map { DirectoryPaths.providers(after: $0) }))
      """)
  }

  private static func state(_ provider: Provider, on page: Page) -> HTML {
    if provider.state == .ended { return page.badge(page("Offers nothing any more")) }
    return provider.isUnconfirmed
      ? page.badge(page("To be confirmed"), .attention, icon: .late)
      : page.badge(page("Entered"), .good, icon: .done)
  }

  static func show(
    _ opened: Directory.OpenedProvider, _ territory: Territory, _ accounts: String?, _ typed: Typed,
    _ errors: [FieldError], on page: Page
  ) -> HTML {
    let provider = opened.provider
    let mayKeep = page.actor.map { DirectoryRules.mayKeep(provider.antenna, $0) } ?? false
    let title = provider.name.text(in: page.reader.language)
    var actions = HTML.empty
    if mayKeep {
      actions += page.button(page("Change"), to: DirectoryPaths.editProvider(provider.id), weight: .secondary)
    }
    if page.may(.keepDirectory), provider.state == .active {
      actions += page.button(page("Add a service"), to: DirectoryPaths.newService(provider.id), icon: .plus)
    }
    if let accounts, page.may(.manageAccounts) {
      actions += page.button(page("Accounts of this provider"), to: accounts, weight: .secondary)
    }
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p>\(page(DirectoryWords.kind(provider.kind))) · <a href=\"\(DirectoryPaths.providers)\">\(page("Providers"))</a></p>", actions: actions))
      \(provider.isUnconfirmed ? page.alert(.attention, "<p>\(page("Entered from what is generally known: nobody of this provider has confirmed it yet."))</p>") : .empty)
      \(page.facts([
        (page("About"), DirectoryTemplates.prose(provider.about, on: page)), (page("Website"), provider.url.map { page.bdi($0) }),
        (page("E-mail"), provider.email.map { page.bdi($0) }), (page("Phone"), provider.phone.map { page.bdi($0) }),
        (page("Kept by"), "\(provider.antenna.map { territory.name(of: $0, in: page.reader.language) } ?? page("Central office"))"),
      ]))
      \(page.section(page("Services"), DirectoryTemplates.table(opened.services.map(\.line), on: page)))
      \(page.section(page("Places"), places(opened, territory, mayKeep, typed, errors, on: page)))
      """)
  }

  private static func places(
    _ opened: Directory.OpenedProvider, _ territory: Territory, _ mayKeep: Bool, _ typed: Typed,
    _ errors: [FieldError], on page: Page
  ) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let table = page.table(
      page("Places"),
      columns: [page("Place"), page("Governorate"), page("Address"), page("Phone"), page("State")],
      rows: opened.places.map { place in
        let close =
          mayKeep && !place.isClosed
          ? page.form(DirectoryPaths.closePlace(place.id), submit: page("Closed for good"), weight: .quiet)
          : .empty
        return [
          "<bdi>\(place.name)</bdi>", "\(territory.name(of: place.governorate, in: page.reader.language))",
          place.address.map { "<bdi>\($0)</bdi>" } ?? "<span class=\"faint\">\(page("not known"))</span>",
          place.phone.map { page.bdi($0) } ?? "—", place.isClosed ? "\(page("closed"))" : close,
        ]
      }, empty: page.emptyState(page("No place is entered yet.")))
    guard mayKeep else { return table }
    return table
      + page.disclosure(
        page("Add a place"), icon: .antenna, isOpen: !errors.isEmpty,
        page.form(
          DirectoryPaths.places(opened.provider.id), submit: page("Save"), errors: errors,
          """
          \(page.once(typed))\(fields.text("name", page("How the place is called"), required: true))
          \(fields.select("governorate", page("Governorate"), options: DirectoryTemplates.governorates(territory, on: page), required: true))
          \(fields.text("delegation", page("Delegation")))\(fields.text("address", page("Address"), limit: 500))
          \(fields.text("phone", page("Phone"), kind: .tel, direction: .ltr, limit: 100))
          \(fields.checkboxes("access", page("How it can be reached"), options: ServiceFormTemplates.accesses(on: page)))
          """))
  }

  static func form(_ provider: Provider?, _ typed: Typed, _ errors: [FieldError], on page: Page) -> HTML {
    let fields = FormFields(page, typed: typed, errors: errors)
    let title = provider?.name.text(in: page.reader.language) ?? page("Add a provider")
    let kinds = Provider.Kind.allCases.map { Choice($0.rawValue, page(DirectoryWords.kind($0))) }
    let states = [
      Choice(Provider.State.active.rawValue, page("Offers services")),
      Choice(Provider.State.ended.rawValue, page("Offers nothing any more")),
    ]
    let path = provider.map { DirectoryPaths.editProvider($0.id) } ?? DirectoryPaths.providers
    let key = provider == nil ? page.once(typed) : page.hidden("version", typed["version"])
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(DirectoryPaths.providers)\">\(page("Providers"))</a></p>"))
      \(page.form(path, submit: page("Save"), errors: errors, """
      \(key)\(fields.select("kind", page("What it is"), options: kinds, required: true))
      \(ServiceFormTemplates.texts("name", page("Name"), fields, on: page))
      \(ServiceFormTemplates.paragraphs("about", page("About"), fields, on: page))
      \(fields.text("url", page("Website"), direction: .ltr, limit: 500))\(fields.text("email", page("E-mail"), kind: .email, direction: .ltr))
      \(fields.text("phone", page("Phone"), kind: .tel, direction: .ltr, limit: 100))
      \(provider == nil ? .empty : fields.radios("state", page("State"), options: states))
      """))
      """)
  }
}
