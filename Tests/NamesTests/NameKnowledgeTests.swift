import Testing

@testable import Names

@Suite struct `What is known of names` {
  @Test func `names its version and its source in every file`() throws {
    for name in NameKnowledge.fileNames {
      let text = try #require(NameKnowledge.ownFiles[name])
      #expect(text.contains(/# .*Version \d/), "\(name)")
      #expect(text.contains("# Source: ") || text.contains("# How: "), "\(name)")
    }
    let versions = try Names().version.split(separator: "/")
    #expect(versions.count == NameKnowledge.fileNames.count && !versions.contains("0"))
  }

  @Test func `can be edited: a new way of writing a name counts at once`() throws {
    #expect(!(try Names().compare("Bouba Ayari", "أبو بكر العياري").isSame))
    var files = NameKnowledge.ownFiles
    files["variants", default: ""] += "\n3\tأبو بكر, bouba\n"
    #expect(
      Names(knowledge: try NameKnowledge(files: files)).compare("Bouba Ayari", "أبو بكر العياري").isSame)
  }

  @Test(arguments: [
    ("variants", "many\tمحمد", "a number comes first"), ("particles", "uncle\tammi", "no such kind of word"),
    ("spellings", "ch\tsch", "there is no sound “sch”"), ("likeness", "alike\tk", "has fewer than 3 columns"),
    ("likeness", "cousin\tk\tq", "no such level"), ("weights", "name.left\tnan", "a number comes second"),
  ])
  func `a line that cannot be understood is refused with its number`(
    file: String, line: String, problem: String
  ) throws {
    var files = NameKnowledge.ownFiles
    files[file] = "# remark\n\(line)\n"
    #expect(throws: NameKnowledge.Fault(file: file, line: 2, problem: problem)) {
      try NameKnowledge(files: files)
    }
  }

  @Test func `a missing weight or file is named`() {
    var files = NameKnowledge.ownFiles
    files["weights"] = ""
    #expect(throws: NameKnowledge.Fault(file: "weights", line: 0, problem: "“same.far” is missing")) {
      try NameKnowledge(files: files)
    }
    files["weights"] = nil
    #expect(throws: NameKnowledge.Fault(file: "weights", line: 0, problem: "the file is missing")) {
      try NameKnowledge(files: files)
    }
  }

  @Test func `every likeness names sounds, every form is known under its name`() throws {
    let knowledge = try NameKnowledge.own.get()
    for (form, variant) in knowledge.variants {
      #expect(!variant.names.isEmpty, "\(form)")
      #expect(variant.names.allSatisfy { knowledge.variants[$0]?.names.contains($0) ?? false }, "\(form)")
    }
  }
}
