/// Reads the files of `Knowledge/`: lines of cells with tabs between; `#` begins a remark.
struct KnowledgeReader {
  let files: [String: String]
  let kinds: [NameKnowledge.SoundKind]
  private let numbers: [String: Sound]

  struct Row {
    let file: String
    let number: Int
    let cells: [String]

    func fault(_ problem: String) -> NameKnowledge.Fault { .init(file: file, line: number, problem: problem) }
  }

  init(files: [String: String]) throws(NameKnowledge.Fault) {
    self.files = files
    kinds = try Self.rows("sounds", files, cells: 3).map {
      .init(code: $0.cells[0], group: $0.cells[1], key: $0.cells[2] == "-" ? nil : $0.cells[2].first)
    }
    guard kinds.count <= SoundCosts.size else {
      throw .init(file: "sounds", line: 0, problem: "has more than \(SoundCosts.size) sounds")
    }
    let codes = kinds.enumerated().map { ($1.code, Sound($0)) }
    numbers = Dictionary(codes, uniquingKeysWith: { first, _ in first })
  }

  func sound(_ code: String) throws(NameKnowledge.Fault) -> Sound {
    guard let sound = numbers[code] else {
      throw .init(file: "sounds", line: 0, problem: "“\(code)” is missing")
    }
    return sound
  }

  func spellings() throws(NameKnowledge.Fault) -> Spellings {
    var spellings = Spellings()
    for row in try rows("spellings", cells: 2) { spellings.add(row.cells[0], try sounds(row.cells[1], row)) }
    return spellings
  }

  func particles() throws(NameKnowledge.Fault) -> [String: NameKnowledge.Particle] {
    var particles: [String: NameKnowledge.Particle] = [:]
    for row in try rows("particles", cells: 2) {
      guard let kind = NameKnowledge.Particle(rawValue: row.cells[0]) else {
        throw row.fault("no such kind of word")
      }
      for form in forms(row) { particles[form] = kind }
    }
    return particles
  }

  func variants() throws(NameKnowledge.Fault) -> [String: NameKnowledge.Variant] {
    var variants: [String: NameKnowledge.Variant] = [:]
    for row in try rows("variants", cells: 2) {
      guard let common = Int(row.cells[0]) else { throw row.fault("a number comes first") }
      let forms = forms(row)
      guard let name = forms.first else { throw row.fault("the forms are missing") }
      for form in forms {
        var variant = variants[form] ?? .init()
        variant.names.insert(name)
        variant.common = max(variant.common, common)
        variants[form] = variant
      }
    }
    return variants
  }

  func likeness() throws(NameKnowledge.Fault) -> [NameWeights.Likeness] {
    var likeness: [NameWeights.Likeness] = []
    for row in try rows("likeness", cells: 3) {
      guard let level = NameWeights.Level(rawValue: row.cells[0]) else { throw row.fault("no such level") }
      for first in try sounds(row.cells[1], row) {
        for second in try sounds(row.cells[2], row) {
          likeness.append(.init(level: level, first: first, second: second))
        }
      }
    }
    return likeness
  }

  func values() throws(NameKnowledge.Fault) -> [String: Float] {
    var values: [String: Float] = [:]
    for row in try rows("weights", cells: 2) {
      guard let value = Float(row.cells[1]), value.isFinite else { throw row.fault("a number comes second") }
      values[row.cells[0]] = value
    }
    return values
  }

  private func sounds(_ codes: String, _ row: Row) throws(NameKnowledge.Fault) -> [Sound] {
    var sounds: [Sound] = []
    for code in codes.split(separator: " ") {
      guard let sound = numbers[String(code)] else { throw row.fault("there is no sound “\(code)”") }
      sounds.append(sound)
    }
    return sounds
  }

  private func forms(_ row: Row) -> [String] {
    row.cells[1].split(separator: ",").map { NameFolding.text(String($0)) }.filter { !$0.isEmpty }
  }

  private func rows(_ name: String, cells: Int) throws(NameKnowledge.Fault) -> [Row] {
    try Self.rows(name, files, cells: cells)
  }

  private static func rows(
    _ name: String, _ files: [String: String], cells: Int
  ) throws(NameKnowledge.Fault) -> [Row] {
    guard let text = files[name] else { throw .init(file: name, line: 0, problem: "the file is missing") }
    let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    let rows = lines.enumerated().compactMap { index, line -> Row? in
      if line.hasPrefix("#") || line.allSatisfy(\.isWhitespace) { return nil }
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      return Row(file: name, number: index + 1, cells: cells)
    }
    if let short = rows.first(where: { $0.cells.count < cells }) {
      throw short.fault("has fewer than \(cells) columns")
    }
    return rows
  }
}
