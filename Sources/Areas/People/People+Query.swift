import Basics
import Foundation
import Storage

/// A search that can be sent to a colleague: what is searched for is mostly a name, and no name stands in a URL.
extension People {
  /// The query, sealed, as it may stand in a URL.
  package func sealed(query: String) async throws -> String {
    let bytes = try await database.read { db in
      try InstallationKeys.key(for: .search, in: db).seal(query, as: Self.context)
    }
    return Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
  }

  /// What a form is to be filled with, sealed in the same way.
  package func sealed(filling fields: Fields) async throws -> String {
    try await sealed(query: Data(fields.bytes).base64EncodedString())
  }

  /// What was sealed by `sealed(filling:)`, and opened; nil for anything else.
  package static func filling(_ query: String) -> Fields? {
    Data(base64Encoded: query).flatMap { Fields(bytes: Array($0)) }.flatMap { $0.values.isEmpty ? nil : $0 }
  }

  /// What was sealed; empty for anything else.
  package func opened(query text: String) async throws -> String {
    let text = text.replacing("-", with: "+").replacing("_", with: "/")
    guard let sealed = Data(base64Encoded: text) else { return "" }
    return try await database.read { db in
      let key = try InstallationKeys.key(for: .search, in: db)
      return (try? key.openText(Array(sealed), as: Self.context)) ?? ""
    }
  }

  private static var context: String { "search.query" }
}
