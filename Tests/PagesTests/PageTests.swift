import Basics
import Foundation
import Pages
import Testing

@Suite struct `The page around everything` {
  @Test(arguments: zip(Language.allCases, ["ltr", "rtl", "ltr"]))
  func `says its language and its direction`(language: Language, direction: String) throws {
    for html in [
      Page.sample(language).layout("T", "<p>x</p>"),
      Page.sample(language).bareLayout("T", "<p>x</p>"),
    ] {
      #expect(html.string.hasPrefix("<!DOCTYPE html>"))
      let root = try #require(Markup(html).all("html").first)
      #expect(root.attributes["lang"] == language.rawValue && root.attributes["dir"] == direction)
    }
  }

  @Test(arguments: Language.allCases)
  func `is well formed, and what it points to is there`(language: Language) {
    let page = Page.sample(
      language, duties: Set(Duty.allCases), isDemo: true, notice: say("Saved."))
    for html in [page.layout("T", "<p>x</p>"), page.bareLayout("T", "<p>x</p>"), page.styleGuide()] {
      let markup = Markup(html)
      #expect(markup.unbalanced == [])
      #expect(markup.brokenLinks == [])
      #expect(markup.unlabelled == [])
      // The policy of the site forbids all of these.
      #expect(
        !markup.elements.contains {
          $0.attributes.keys.contains { $0.hasPrefix("on") || $0 == "style" }
        })
      #expect(!markup.elements.contains { $0.tag == "style" })
      #expect(
        markup.all("script").allSatisfy { $0.attributes["src"]?.hasPrefix("/assets/") == true })
      #expect(markup.all("form").allSatisfy { $0.attributes["method"] == "post" })
    }
  }

  @Test func `puts the title and the name of who is signed in as text`() {
    let html = Page.sample().layout("<i>Case</i>", "").string
    #expect(html.contains("<title>&lt;i&gt;Case&lt;/i&gt; · "))
    #expect(html.contains("Amel &lt;b&gt;") && !html.contains("Amel <b>"))
  }

  @Test func `every form of it carries the token`() {
    let markup = Markup(Page.sample().layout("T", ""))
    let tokens = markup.all("input").filter { $0.attributes["name"] == "csrf" }
    #expect(tokens.count == markup.all("form").count && tokens.count == 2)
    #expect(tokens.allSatisfy { $0.attributes["value"] == "c5rf&quot;t" })
  }

  @Test func `offers what one may do, and shows where one is`() {
    func links(_ page: Page) -> [Markup.Element] {
      Markup(page.layout("T", "")).all("a").filter {
        ["/", "/cases", "/accounts"].contains($0.attributes["href"])
          && $0.attributes["class"] == nil
      }
    }
    #expect(links(.sample()).map { $0.attributes["href"] } == ["/", "/cases"])
    #expect(
      links(.sample(duties: [.manageAccounts])).map { $0.attributes["href"] } == ["/", "/accounts"])
    for (path, here) in [
      ("/cases?stage=plan", "/cases"), ("/cases/1/plan", "/cases"), ("/", "/"), ("/casesx", nil),
    ] {
      let current = links(.sample(path: path)).filter { $0.attributes["aria-current"] == "page" }
      #expect(current.map { $0.attributes["href"] } == (here.map { [$0] } ?? []), "\(path)")
    }
  }

  @Test func `lets only those search who may open files, and nobody who is not signed in`() {
    #expect(
      Page.sample().layout("T", "").string.contains("action=\"/persons/search\" method=\"post\""))
    #expect(
      !Page.sample(duties: [.manageAccounts]).layout("T", "").string.contains("/persons/search"))
    let visitor = Page.sample(isSignedIn: false).layout("T", "").string
    #expect(!visitor.contains("/persons/search") && !visitor.contains("/sign-out"))
  }

  @Test(arguments: Language.allCases)
  func `leads to the same place in the other languages`(language: Language) {
    let page = Page.sample(language, path: "/cases?q=\"><script>&stage=plan")
    let links = Markup(page.layout("T", "")).all("a").filter { $0.attributes["hreflang"] != nil }
    #expect(links.count == 2 && !links.contains { $0.attributes["lang"] == language.rawValue })
    for link in links {
      #expect(
        link.attributes["href"]?.hasSuffix("?to=%2Fcases%3Fq%3D%22%3E%3Cscript%3E%26stage%3Dplan")
          == true)
      #expect(link.attributes["dir"] == (link.attributes["lang"] == "ar" ? "rtl" : "ltr"))
    }
  }

  @Test func `says once what was done, and always that it is a demonstration`() {
    let page = Page.sample(isDemo: true, notice: say("Saved <\("<x>")>"))
    let html = page.layout("T", "").string
    #expect(html.contains("role=\"status\"") && html.contains("Saved &lt;&lt;x&gt;&gt;"))
    #expect(
      html.contains("class=\"demo\"") && page.bareLayout("T", "").string.contains("class=\"demo\""))
    let plain = Page.sample().layout("T", "").string
    #expect(!plain.contains("role=\"status\"") && !plain.contains("class=\"demo\""))
  }
}

@Suite struct `The parts of a page` {
  private let page = Page.sample()
  private let arabic = Page.sample(.arabic)

  @Test func `numbers and references run from left to right, names in their own direction`() {
    #expect(arabic.bdi("+216 <20>").string == "<bdi dir=\"ltr\">+216 &lt;20&gt;</bdi>")
    let name = arabic.name(latin: "Salma & Co", arabic: "سلمى").string
    #expect(
      name == """
        <bdi lang="ar" dir="rtl">سلمى</bdi> <small class="other"><bdi lang="fr" dir="ltr">Salma &amp; Co</bdi></small>
        """)
    #expect(
      page.name(latin: "Salma", arabic: nil).string == "<bdi lang=\"fr\" dir=\"ltr\">Salma</bdi>")
    #expect(
      page.name(latin: nil, arabic: "سلمى").string == "<bdi lang=\"ar\" dir=\"rtl\">سلمى</bdi>")
    #expect(page.prose("<b>\nx").string == "<p class=\"prose\" dir=\"auto\">&lt;b&gt;\nx</p>")
  }

  @Test func `times are told to machines as well`() {
    let nine = Date(timeIntervalSince1970: 1_773_302_400)
    #expect(
      page.time(nine).string
        == "<time datetime=\"2026-03-12T09:00\">12\u{A0}March\u{A0}2026, 09:00</time>")
    #expect(
      arabic.day(Day(of: nine)).string
        == "<time datetime=\"2026-03-12\">12\u{A0}مارس\u{A0}2026</time>")
    #expect(page.today.description == "2026-03-12")
  }

  @Test func `a table says the column in every cell and what it holds when it is empty`() {
    let table = page.table(
      "Cases <x>", columns: ["Name", "A \"b\""],
      rows: [["<b>\("<Salma>")</b>", "1"], ["x", "2"]], empty: "none")
    let markup = Markup(table)
    #expect(markup.unbalanced == [])
    #expect(
      markup.all("th").filter { $0.attributes["scope"] == "row" }.map {
        $0.attributes["data-label"]
      } == ["Name", "Name"])
    #expect(
      markup.all("td").map { $0.attributes["data-label"] } == [
        "A &quot;b&quot;", "A &quot;b&quot;",
      ])
    #expect(
      table.string.contains("Cases &lt;x&gt;") && table.string.contains("<b>&lt;Salma&gt;</b>"))
    #expect(
      page.table("Cases", columns: ["Name"], rows: [], empty: "<p>none</p>").string == "<p>none</p>"
    )
  }

  @Test func `a list goes on by a link, or ends`() {
    #expect(
      Markup(page.pager(next: "/cases?after=1&x=2")).all("a").first?.attributes["href"]
        == "/cases?after=1&amp;x=2")
    #expect(page.pager(next: nil).isEmpty)
  }

  @Test func `facts without a value are left out`() {
    let facts = page.facts([("Name", "<b>x</b>"), ("Phone", nil)]).string
    #expect(facts.contains("<dt>Name</dt><dd><b>x</b></dd>") && !facts.contains("Phone"))
    #expect(page.facts([("Phone", nil)]).isEmpty)
  }

  @Test func `the line of stages marks the one that is now`() {
    let line = Markup(
      page.stageLine([("Received", .done), ("Plan", .current), ("Closed", .ahead)]))
    #expect(line.all("li").map { $0.attributes["class"] } == ["done", "current", "ahead"])
    #expect(line.all("li").map { $0.attributes["aria-current"] } == [nil, "step", nil])
  }

  @Test func `a question is opened and closed by buttons that name it`() {
    let dialog = Markup(page.dialog("Withdraw", id: "d1", title: "Sure?", "<p>x</p>"))
    #expect(dialog.brokenLinks == [] && dialog.unbalanced == [])
    #expect(
      dialog.all("button").allSatisfy {
        $0.attributes["type"] == "button" && $0.attributes["popovertarget"] == "d1"
      })
  }

  @Test func `what happened is told as text`() {
    let entry = TimelineEntry(
      at: page.now, who: "<Amel>", what: "Wrote & closed", detail: "<em>ok</em>")
    let html = page.timeline([entry]).string
    #expect(
      html.contains("&lt;Amel&gt;") && html.contains("Wrote &amp; closed")
        && html.contains("<em>ok</em>"))
  }
}

@Suite struct `The files a page draws on` {
  @Test func `are there under a name that changes with their content`() throws {
    let assets = Assets()
    for (path, type) in [
      (assets.stylesheetPath, "text/css"), (assets.scriptPath, "text/javascript"),
      (assets.markPath, "image/svg+xml"),
    ] {
      let asset = try #require(assets[path])
      #expect(asset.contentType.hasPrefix(type) && asset.bytes.count > 200)
      #expect(path.contains(/^\/assets\/[a-z]+-[0-9a-z]{8,}\.(css|js|svg)$/))
    }
    #expect(assets["/assets/../../etc/passwd"] == nil && assets[""] == nil)
    #expect(Assets().stylesheetPath == assets.stylesheetPath)
  }

  @Test func `of the set-up folder are served, those missing do no harm`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "tounesna-\(RecordID<Never>())")
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["fonts", "icons"] {
      try FileManager.default.createDirectory(
        at: folder.appending(path: name), withIntermediateDirectories: true)
    }
    try Data("font".utf8).write(to: folder.appending(path: "fonts/NotoSansArabic-600.woff2"))
    try Data("<svg xmlns=\"x\" class=\"bi\">\n<path d=\"M1\"/>\n</svg>".utf8).write(
      to: folder.appending(path: "icons/lock.svg"))
    let assets = Assets(folder: folder.path)
    #expect(assets.stylesheetPath != Assets().stylesheetPath)
    let sheet = String(decoding: try #require(assets[assets.stylesheetPath]).bytes, as: UTF8.self)
    let font = try #require(
      sheet.firstMatch(of: /url\((\/assets\/NotoSansArabic-600-[0-9a-z]+\.woff2)\)/)
    ).1
    #expect(
      assets[String(font)]?.bytes == Array("font".utf8)
        && assets[String(font)]?.contentType == "font/woff2")
    #expect(sheet.contains("font-family:\"Noto Sans Arabic\";font-weight:600"))
    // One file holds the drawings, and a page names the one it shows.
    let icon = assets.svg(.lock).string
    let icons = try #require(icon.firstMatch(of: /<use href="(\/assets\/icons-[0-9a-z]+\.svg)#lock"\/>/)).1
    let drawings = String(decoding: try #require(assets[String(icons)]).bytes, as: UTF8.self)
    #expect(icon.contains("aria-hidden=\"true\"") && assets[String(icons)]?.contentType == "image/svg+xml")
    #expect(drawings.contains("<symbol id=\"lock\" viewBox=\"0 0 16 16\"><path d=\"M1\"/></symbol>"))
    #expect(assets.svg(.home).isEmpty && Assets(folder: "/nowhere").svg(.lock).isEmpty)
  }
}
