import Basics
import Cases
import People
import Storage

/// What the area keeps of persons, once a partner's file is brought in.
extension Imports {
  package static let kept = Kept(
    [
      KeptTable(
        "import_row", say("Rows of partners’ files"), by: .caseFile(), id: "file",
        KeptColumn.all(
          [
            .plain("number", say("Row"), .number),
            // The sender's own, under a key of the installation.
            .sealed("reference", .withheld),
            .sealed("content", .withheld),
          ], inner: ["file", "result", "reasons", "same_as", "case_file"]))
    ], erase: { files, _, db in try ImportErasureStore.forget(files, in: db) })
}
