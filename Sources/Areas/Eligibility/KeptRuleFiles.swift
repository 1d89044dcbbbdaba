import NIOConcurrencyHelpers

/// Files of rules that were read lately: the same text is the same rules, and to read one costs as much as a page.
final class KeptRuleFiles: Sendable {
  static let shared = KeptRuleFiles()

  private static let most = 200
  private let kept = NIOLockedValueBox<[String: RuleSet]>([:])

  /// Nil for what is no file of rules.
  func set(of file: String) -> RuleSet? {
    if let known = kept.withLockedValue({ $0[file] }) { return known }
    guard let set = try? RuleFile.read(file) else { return nil }
    kept.withLockedValue { files in
      if files.count >= Self.most { files.removeAll() }
      files[file] = set
    }
    return set
  }
}
