import Basics
import Foundation

/// What every page knows of its request: who reads it, in which language, where it stands.
package struct Page: Sendable {
  package let reader: Reader
  package let actor: Actor?
  /// The token every form carries.
  package var csrf: String
  /// Path and query of this page; of the answer to a form, of the page the form stood on.
  package var path: String
  /// Set in the answer to a form: its forms carry `path` on, however often they come back.
  package var isAnswer = false
  package let now: Date
  package let isDemo: Bool
  package let navigation: Navigation
  /// Said once, after something was done.
  package let notice: Phrase?
  package let assets: Assets

  package init(
    reader: Reader, actor: Actor?, csrf: String, path: String, now: Date, isDemo: Bool,
    navigation: Navigation,
    notice: Phrase?, assets: Assets
  ) {
    self.reader = reader
    self.actor = actor
    self.csrf = csrf
    self.path = path
    self.now = now
    self.isDemo = isDemo
    self.navigation = navigation
    self.notice = notice
    self.assets = assets
  }

  package var today: Day { Day(of: now) }

  package func callAsFunction(_ template: Phrase.Template) -> String { reader(template) }
  package func callAsFunction(_ phrase: Phrase) -> String { reader(phrase) }
  package func callAsFunction(_ count: Int, one: Phrase.Template, many: Phrase.Template) -> String {
    reader(count, one: one, many: many)
  }

  /// Whether the reader has a duty; on the page of a file that she reads by leave, whether it reaches that far.
  package func may(_ duty: Duty) -> Bool {
    guard let actor, actor.may(duty) else { return false }
    return actor.leaveNote?.leave == nil || Duty.byLeave.contains(duty)
  }
}
