import Foundation
import TestSupport
import Testing

@testable import Storage

@Suite struct `The file of the master key` {
  @Test func `is written for its owner alone and read again`() async throws {
    try await TestDatabase.withFolder { folder in
      let path = "\(folder)/master.key"
      let ring = KeyRing([MasterKey(), MasterKey()])
      try ring.write(to: path)
      #expect(try mode(of: path) == 0o600)
      #expect(try KeyRing(file: path).keys.map(\.name) == ring.keys.map(\.name))
      #expect(try KeyRing(file: path).text == ring.text)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["master.key"])
    }
  }

  @Test func `is replaced whole, whatever an interrupted attempt left behind`() async throws {
    try await TestDatabase.withFolder { folder in
      let path = "\(folder)/master.key"
      let (old, new) = (KeyRing([MasterKey()]), KeyRing([MasterKey()]))
      try old.write(to: path)
      try Data("half".utf8).write(to: URL(filePath: "\(path).new"))
      chmod("\(path).new", 0o644)
      try new.write(to: path)
      #expect(try KeyRing(file: path).text == new.text)
      #expect(try mode(of: path) == 0o600)
      #expect(throws: KeyFault.unwritable("\(folder)/nowhere/master.key")) {
        try old.write(to: "\(folder)/nowhere/master.key")
      }
    }
  }

  @Test(arguments: [0o644, 0o640, 0o604, 0o660, 0o610, 0o601])
  func `is refused when others could read it`(mode: mode_t) async throws {
    try await TestDatabase.withFolder { folder in
      let path = "\(folder)/master.key"
      let ring = KeyRing([MasterKey()])
      try ring.write(to: path)
      chmod(path, mode)
      let fault = #expect(throws: KeyFault.readableByOthers(path)) { try KeyRing(file: path) }
      #expect(fault?.description.contains("0600") == true)
      #expect(!"\(String(describing: fault))".contains(ring.text.prefix(8)))
      chmod(path, 0o400)
      #expect(try KeyRing(file: path).text == ring.text)
    }
  }

  @Test func `that is missing is named`() {
    let fault = KeyFault.missing("/nowhere/master.key")
    #expect(throws: fault) { try KeyRing(file: "/nowhere/master.key") }
    #expect(fault.description.contains("/nowhere/master.key"))
  }

  @Test(arguments: [
    "", "\n", "not base 64!", Data(count: 31).base64EncodedString(), Data(count: 33).base64EncodedString(),
    Data(count: 32).base64EncodedString() + "\n" + Data(count: 16).base64EncodedString(),
    Data(count: 32).base64EncodedString() + "x",
  ])
  func `that holds no key is refused without showing what it holds`(text: String) async throws {
    #expect(throws: KeyFault.malformed) { try KeyRing(text: text) }
    try await TestDatabase.withFolder { folder in
      let path = "\(folder)/master.key"
      try Data(text.utf8).write(to: URL(filePath: path))
      chmod(path, 0o600)
      #expect(throws: KeyFault.malformed) { try KeyRing(file: path) }
    }
  }

  @Test func `may end its lines as Windows does, or not at all`() throws {
    let (a, b) = (MasterKey(), MasterKey())
    #expect(try KeyRing(text: "\(a.text)\r\n\(b.text)\r\n").keys.map(\.name) == [a.name, b.name])
    #expect(try KeyRing(text: a.text).keys.map(\.name) == [a.name])
  }

  private func mode(of path: String) throws -> Int? {
    try (FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
  }
}
