import Accounts
import Basics

/// From what was typed to what is meant.
enum CircularForm {
  /// - Parameter antennas: those that there are.
  static func circular(_ typed: Typed, antennas: some Sequence<AntennaCode>, today: Day) throws(Refusal)
    -> NewCircular
  {
    var check = FormCheck(typed)
    let id: RecordID<Circular> = check.newID()
    var words: [Language: Circular.Words] = [:]
    for language in Language.allCases {
      let (titleField, textField) = ("title-\(language.rawValue)", "text-\(language.rawValue)")
      let title = check.text(titleField, limit: 200)
      let text = check.text(textField, limit: Circular.longest)
      switch (title, text) {
      case (nil, nil): break
      case (nil, _): check.refuse(titleField, say("Write a title, too."))
      case (_, nil): check.refuse(textField, say("Write the text, too."))
      case (let title?, let text?): words[language] = Circular.Words(title: title, text: text)
      }
    }
    if words.isEmpty, typed["title-fr"].isEmpty {
      check.refuse("title-fr", say("Write it in one language at least."))
    }
    let readBy = check.day("read-by", in: today...(today + 366))
    if readBy == nil, typed["read-by"].isEmpty { check.refuse("read-by", say("Choose a day.")) }
    let until = check.day("until", in: today...(today + 3_660))
    if let until, let readBy, until < readBy {
      check.refuse("until", say("It holds at least until it is to be read."))
    }
    let roles = CircularRules.roles.filter { typed.all("roles").contains($0.rawValue) }
    if roles.count != Set(typed.all("roles")).count {
      check.refuse("roles", say("Choose one of the answers offered."))
    }
    let places = antennas.filter { typed.all("antennas").contains($0.rawValue) }
    if places.count != Set(typed.all("antennas")).count {
      check.refuse("antennas", say("Choose one of the answers offered."))
    }
    try check.finish()
    guard let readBy else { throw .invalid(check.errors) }
    return NewCircular(
      id: id, readBy: readBy, words: words, roles: Set(roles), antennas: Set(places), until: until)
  }
}
