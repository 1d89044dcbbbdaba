import Basics
import Pages
import Testing

@Suite struct `A form` {
  private let page = Page.sample()

  @Test func `carries the token of the session, escaped, and is sent`() throws {
    let form = Markup(page.form("/persons", submit: "Save"))
    let attributes = try #require(form.all("form").first).attributes
    #expect(attributes["method"] == "post" && attributes["action"] == "/persons")
    let token = form.all("input").first { $0.attributes["name"] == "csrf" }
    #expect(token?.attributes["type"] == "hidden" && token?.attributes["value"] == "c5rf&quot;t")
    #expect(form.unbalanced == [])
  }

  @Test func `makes one record however often it is sent`() throws {
    let id = RecordID<Never>()
    #expect(page.once(id).string.contains("value=\"\(id)\""))
    #expect(page.once(Typed(["once": [id.text]])).string.contains("value=\"\(id)\""))
    let other = page.once(Typed(["once": ["\"><script>"]])).string
    #expect(other.contains(/name="once" value="[0-9a-z]{26}"/))
    #expect(other != page.once(Typed()).string)
  }

  @Test func `lists on top what is wrong, each a link to its field`() throws {
    let errors = [
      FieldError("name", say("Write the name.")), FieldError("sex", say("Write a number.")),
    ]
    let fields = FormFields(page, errors: errors)
    let html = page.form(
      "/x", submit: "Save", errors: errors,
      "\(fields.text("name", "Name"))\(fields.radios("sex", "Sex", options: [Choice("f", "Woman"), Choice("m", "Man")]))"
    )
    let form = Markup(html)
    #expect(form.brokenLinks == [] && form.unbalanced == [])
    #expect(form.all("a").compactMap { $0.attributes["href"] } == ["#f-name", "#f-sex"])
    #expect(form.elements.contains { $0.attributes["role"] == "alert" })
    #expect(html.string.contains("2 things need mending:"))
    #expect(
      page.form("/x", submit: "Save", errors: [errors[0]]).string.contains(
        "One thing needs mending:"))
    #expect(!page.form("/x", submit: "Save").string.contains("alert"))
  }

  @Test func `stands several times on one page without an id twice`() {
    let html = ["a1", "b2"].map { id -> HTML in
      let errors = [FieldError("seen", say("Write the name."))]
      let fields = FormFields(page, errors: errors, about: id)
      return page.form(
        "/x", submit: "Save", errors: errors, about: id,
        "\(fields.text("seen", "Seen", hint: "What was seen"))\(fields.checkbox("late", "Late"))")
    }
    let markup = Markup("\(html)")
    #expect(markup.brokenLinks == [] && markup.unlabelled == [])
    #expect(markup.all("a").compactMap { $0.attributes["href"] } == ["#f-seen-a1", "#f-seen-b2"])
  }
}

@Suite struct `A field of a form` {
  private let typed = Typed([
    "name": ["Salma \"<b>\" & 'Co'"], "note": ["one\n<two>"], "country": ["FR"], "sex": ["f"],
    "language": ["fr", "ar"], "password": ["secret"], "agreed": ["yes"],
  ])
  private let errors = ["name", "note", "country", "sex", "language"].map {
    FieldError($0, say("Write the name."))
  }
  private let options = [Choice("FR", "France"), Choice("IT", "Italy <i>"), Choice("\"", "Quote")]

  private func all(_ fields: FormFields) -> HTML {
    """
    \(fields.text("name", "Name <x>", hint: "As in the passport <x>", required: true))\(fields.paragraph("note", "Note"))\
    \(fields.select("country", "Country", options: options, hint: "Where from", required: true))\
    \(fields.radios("sex", "Sex", options: [Choice("f", "Woman"), Choice("m", "Man")], hint: "As she says"))\
    \(fields.checkboxes("language", "Languages", options: [Choice("fr", "French"), Choice("ar", "Arabic"), Choice("it", "Italian")]))
    \(fields.checkbox("agreed", "Agreed"))\(fields.text("password", "Password", kind: .password))
    """
  }

  @Test func `keeps what was typed, as text`() throws {
    let html = all(FormFields(.sample(), typed: typed))
    let markup = Markup(html)
    #expect(
      try markup.field("name").attributes["value"]
        == "Salma &quot;&lt;b&gt;&quot; &amp; &#39;Co&#39;")
    #expect(html.string.contains(">one\n&lt;two&gt;</textarea>"))
    #expect(
      markup.all("option").filter { $0.attributes["selected"] != nil }.map {
        $0.attributes["value"]
      } == ["FR"])
    func checked(_ name: String) -> [String?] {
      markup.elements.filter { $0.attributes["name"] == name && $0.attributes["checked"] != nil }
        .map { $0.attributes["value"] }
    }
    #expect(
      checked("sex") == ["f"] && checked("language") == ["fr", "ar"] && checked("agreed") == ["yes"]
    )
  }

  @Test func `never shows a password again`() throws {
    let html = all(FormFields(.sample(), typed: typed))
    #expect(try Markup(html).field("password").attributes["value"] == "")
    #expect(!html.string.contains("secret"))
  }

  @Test(arguments: Language.allCases)
  func `says beside it what is wrong, and to a screen reader too`(language: Language) throws {
    let markup = Markup(all(FormFields(.sample(language), typed: typed, errors: errors)))
    #expect(markup.brokenLinks == [] && markup.unlabelled == [] && markup.unbalanced == [])
    for error in errors {
      let message = try #require(
        markup.elements.first { $0.attributes["id"] == "e-\(error.field)" })
      #expect(message.attributes["class"] == "error")
      let describing = markup.elements.filter {
        $0.attributes["aria-describedby"]?.split(separator: " ").contains("e-\(error.field)")
          == true
      }
      #expect(describing.count == 1, "\(error.field)")
    }
    #expect(try markup.field("name").attributes["aria-describedby"] == "h-name e-name")
    for name in ["name", "note", "country"] {
      #expect(try markup.field(name).attributes["aria-invalid"] == "true", "\(name)")
    }
  }

  @Test func `that is right says nothing of errors`() throws {
    let markup = Markup(all(FormFields(.sample(), typed: typed)))
    #expect(markup.brokenLinks == [] && markup.unlabelled == [] && markup.unbalanced == [])
    #expect(!markup.elements.contains { $0.attributes["aria-invalid"] != nil })
    #expect(try markup.field("name").attributes["aria-describedby"] == "h-name")
    #expect(try markup.field("note").attributes["aria-describedby"] == nil)
    let choices = try #require(markup.all("fieldset").first)
    #expect(choices.attributes["aria-describedby"] == "h-sex")
  }

  @Test func `that is compulsory says so in words and in markup`() throws {
    let html = all(FormFields(.sample(), typed: typed))
    let markup = Markup(html)
    #expect(try markup.field("name").attributes["required"] == "")
    #expect(try markup.field("note").attributes["required"] == nil)
    #expect(html.string.ranges(of: "(needed)").count == 2)
  }

  @Test func `names and hints are text`() {
    let html = all(FormFields(.sample(), errors: errors)).string
    #expect(html.contains("Name &lt;x&gt;") && html.contains("As in the passport &lt;x&gt;"))
    #expect(html.contains("Italy &lt;i&gt;") && html.contains("value=\"&quot;\""))
  }

  @Test func `of a code asks for digits and is filled in by the phone`() throws {
    let field = try Markup(FormFields(.sample()).text("code", "Code", kind: .code, limit: 6)).field(
      "code")
    #expect(field.attributes["type"] == "text" && field.attributes["inputmode"] == "numeric")
    #expect(
      field.attributes["autocomplete"] == "one-time-code" && field.attributes["maxlength"] == "6")
  }

  @Test func `that few need is open when it is filled or wrong`() {
    func isOpen(_ fields: FormFields) -> Bool {
      fields.more("More", names: ["passport"], fields.text("passport", "Passport")).string.contains(
        "<details class=\"more\" open>")
    }
    #expect(!isOpen(FormFields(.sample())))
    #expect(!isOpen(FormFields(.sample(), typed: typed)))
    #expect(isOpen(FormFields(.sample(), typed: Typed(["passport": ["X1"]]))))
    #expect(isOpen(FormFields(.sample(), errors: [FieldError("passport", say("Write the name."))])))
  }
}
