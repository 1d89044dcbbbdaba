import Linkage
import Testing

@Suite struct `Reading a mapping` {
  @Test func `columns, kinds and the names of the second file`() throws {
    let mapping = try LinkMapping(
      yaml: """
        id: Nr
        fields:
          Nom: family-name
          given: {kind: given-name, columns: [Prénom, Prénom (arabe)]}
        second: {Nr: Nummer, Nom: Nachname}
        """)
    #expect(mapping.id == "Nr")
    #expect(mapping.fields.map(\.kind) == [.familyName, .givenName])
    #expect(mapping.fields[1].columns == ["Prénom", "Prénom (arabe)"])
    #expect(mapping.second == ["Nr": "Nummer", "Nom": "Nachname"])
  }

  @Test(arguments: [
    ("a: [", "not YAML"), ("", "`id`"), ("id: Nr", "`fields`"),
    ("id: Nr\nfields: {Nom: shoe}", "unknown kind"),
    ("id: Nr\nfields: {Nom: name}\nsize: 4", "size"), ("id: Nr\nfields: {Nom: {columns: [a]}}", "no kind"),
    ("id: Nr\nfields: {Nom: {kind: name, column: a}}", "column"),
    ("id: Nr\nfields: {Nom: {kind: name, columns: []}}", "columns"),
    ("id: Nr\nfields: {a: given-name, b: given-name}", "two fields"),
    ("id: Nr\nfields: {Nom: name}\nsecond: 3", "`second`"),
    ("id: Nr\nfields: {Nom: name}\nsecond: {Vorname: b}", "Vorname"), ("- a", "`id`"),
    ("id: Nr\nfields: {" + (0...16).map { "f\($0): text" }.joined(separator: ", ") + "}", "16 at most"),
  ])
  func `what is wrong is said in one sentence`(text: String, words: String) {
    let fault = #expect(throws: LinkFault.self) { try LinkMapping(yaml: text) }
    #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
  }

  @Test func `a column that is not there, or there twice, is named`() {
    let mapping = LinkMapping(id: "Nr", fields: [.init("Nom", .familyName)])
    for (header, words) in [(["Nr"], "“Nom” is not in"), (["Nr", "Nom", "nom"], "stands 2 times")] {
      let fault = #expect(throws: LinkFault.self) {
        try LinkColumns(mapping, header: header, of: "a.csv", isSecond: false)
      }
      #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
    }
  }
}
