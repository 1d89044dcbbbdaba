import Basics
import Foundation

extension Page {
  /// The whole document, with header, navigation and search.
  package func layout(_ title: String, _ body: HTML) -> HTML {
    document(
      title,
      """
      \(header)
      <div class="frame">
      \(navigationBar)
      <main id="main" tabindex="-1">
      \(noticeLine)
      \(leaveLine)
      \(body)
      </main>
      </div>
      """)
  }

  /// A document with nothing around it: signing in, refusals.
  package func bareLayout(_ title: String, _ body: HTML) -> HTML {
    document(
      title,
      """
      <header class="top bare">\(mark)\(languages)</header>
      <main id="main" class="bare" tabindex="-1">
      \(body)
      </main>
      """)
  }

  private func document(_ title: String, _ body: HTML) -> HTML {
    """
    <!DOCTYPE html>
    <html lang="\(reader.language.rawValue)" dir="\(direction)">
    <head>
    <meta charset="utf-8">
    <title>\(title) · \(self("Tounesna"))</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <link rel="stylesheet" href="\(assets.stylesheetPath)">
    <link rel="icon" href="\(assets.markPath)">
    <script src="\(assets.scriptPath)" defer></script>
    </head>
    <body>
    <a class="skip" href="#main">\(self("To the content"))</a>
    \(demoBanner)
    \(body)
    </body>
    </html>
    """
  }

  package var direction: String { reader.language.isRightToLeft ? "rtl" : "ltr" }

  private var demoBanner: HTML {
    guard isDemo else { return .empty }
    return
      "<aside class=\"demo\"><p>\(self("This is a demonstration: every person here is invented."))</p></aside>"
  }

  private var header: HTML {
    """
    <header class="top">
    \(mark)
    \(search)
    \(languages)
    \(signedIn)
    </header>
    """
  }

  /// Sent, not asked for: a name must not stand in a URL.
  private var search: HTML {
    guard may(.openFiles) else { return .empty }
    return """
      <form class="search" role="search" action="/persons/search" method="post">\(hidden("csrf", csrf))
      <label for="q" class="hidden">\(self("Find a person"))</label>
      \(assets.svg(.search))
      <input id="q" name="q" type="search" autocomplete="off" maxlength="200" placeholder="\(self("Name, phone, CIN or case number"))">
      <button class="hidden">\(self("Search"))</button>
      </form>
      """
  }

  private var mark: HTML {
    """
    <a class="mark" href="/"><span class="flag" aria-hidden="true"></span>\
    <span><small>\(self("Republic of Tunisia"))</small><strong>\(self("Tounesna"))</strong></span></a>
    """
  }

  private var languages: HTML {
    let links = Language.allCases.filter { $0 != reader.language }.map { language -> HTML in
      """
      <a href="/language/\(language.rawValue)?to=\(Page.queryEscaped(path))" hreflang="\(language.rawValue)" \
      lang="\(language.rawValue)" dir="\(language.isRightToLeft ? "rtl" : "ltr")" rel="nofollow">\(language.ownName)</a>
      """
    }
    return "<nav class=\"languages\" aria-label=\"\(self("Language"))\">\(links)</nav>"
  }

  private var signedIn: HTML {
    guard let actor else { return .empty }
    return """
      <div class="who"><a href="/account">\(actor.name)</a>
      <form method="post" action="/sign-out">\(hidden("csrf", csrf))\
      <button class="quiet">\(assets.svg(.signOut))<span>\(self("Sign out"))</span></button></form></div>
      """
  }

  private var navigationBar: HTML {
    let items = navigation.bar(at: path, for: actor, in: reader.language)
    return "<nav class=\"side\" aria-label=\"\(self("Main navigation"))\"><ul>\(items)</ul></nav>"
  }

  /// Whoever reads a file outside her scope is told so on every page of it.
  private var leaveLine: HTML {
    guard let leave = actor?.leaveNote?.leave else { return .empty }
    let words = self(
      "Opened outside your scope until \(reader.time(leave.until)), for this reason: \(self(leave.reason)). Every page that you read is in the journal."
    )
    return alert(.attention, "<p role=\"status\">\(words)</p>")
  }

  private var noticeLine: HTML {
    guard let notice else { return .empty }
    return "<p class=\"notice\" role=\"status\">\(assets.svg(.done))<span>\(self(notice))</span></p>"
  }

  /// Everything but letters and digits as `%XX`.
  package static func queryEscaped(_ text: String) -> String {
    text.utf8.reduce(into: "") { escaped, byte in
      switch byte {
      case 48...57, 65...90, 97...122: escaped.unicodeScalars.append(Unicode.Scalar(byte))
      default: escaped += (byte < 16 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
      }
    }
  }
}
