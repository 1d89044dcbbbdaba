import Basics
import Foundation
import Pages

/// Names of accounts by their ids.
package typealias StaffNames = @Sendable ([AccountID]) async throws -> [AccountID: String]

/// What is the same for every request: how the site is reached, what it looks like, what is in its navigation.
package struct Site: Sendable {
  package var assets: Assets
  package var navigation = Navigation.none
  /// The database holds invented persons: every page says so.
  package var isDemo = false
  /// Reached over TLS, here or at a proxy in front: cookies are secure and browsers are told to stay on TLS.
  package var isSecure = false
  /// Addresses of proxies whose `X-Forwarded-For` is believed.
  package var proxies: Set<String> = []
  /// Requests a minute that one session, or one address without a session, may make; 0 for no limit.
  package var requestsAMinute = 600
  /// The largest form, in bytes.
  package var formLimit = 1 << 20
  /// The largest form with a file, in bytes.
  package var uploadLimit = 20 << 20
  package var now: @Sendable () -> Date = { Date() }
  /// The names of members of the staff; who is missing is not known.
  package var staffNames: StaffNames = { _ in [:] }

  package init(assets: Assets) { self.assets = assets }
}
