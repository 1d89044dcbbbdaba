import Basics

/// Passwords: long rather than complicated, and none that everyone tries first.
/// Source: NIST SP 800-63B, section 5.1.1.2.
enum PasswordRules {
  static let length = 12...200

  static func check(_ password: String, signInName: String) throws(Refusal) {
    guard password.count >= length.lowerBound else {
      throw .invalid([
        FieldError(
          "new-password",
          say("Write at least \(length.lowerBound) characters: a short sentence is easy to remember."))
      ])
    }
    guard password.count <= length.upperBound else {
      throw .invalid([FieldError("new-password", say("Write at most \(length.upperBound) characters."))])
    }
    let core = core(password)
    // A name of three letters stands in many a good sentence by chance.
    let name = signInName.prefix { $0 != "@" }
    let holdsName = name.count > 3 && password.lowercased().contains(name)
    if isCommon(core) || holdsName || Set(password).count < 5 {
      throw .invalid([FieldError("new-password", say("Many people would guess this one. Choose another."))])
    }
  }

  /// Lower case, without the digits and signs that people add at the end.
  private static func core(_ password: String) -> String {
    var core = password.lowercased().filter { !$0.isWhitespace }
    while let last = core.last, !last.isLetter { core.removeLast() }
    return core
  }

  private static func isCommon(_ core: String) -> Bool {
    core.isEmpty || common.contains(core)
      || common.contains { word in
        !word.isEmpty && core.count % word.count == 0
          && core == String(repeating: word, count: core.count / word.count)
      }
  }

  /// Words that begin the lists of leaked passwords, and those that this house would suggest.
  private static let common: Set<String> = [
    "password", "passwords", "passw0rd", "motdepasse", "monmotdepasse", "administrateur", "administrator",
    "admin",
    "azerty", "azertyuiop", "azertyuiopqsdfghjklm", "qwerty", "qwertyuiop", "qwertyuiopasdfghjkl",
    "qsdfghjklm",
    "asdfghjkl", "letmein", "welcome", "welcometounesna", "bienvenue", "bonjour", "bonjourtunisie", "marhaba",
    "marhababikom", "tunisie", "tunisia", "tounes", "tounesna", "dispositiftounesna", "tounesnatounesna",
    "tunis",
    "sfax", "medenine", "bizerte", "lekef", "tataouine", "monastir", "kairouan", "gafsa", "antenne",
    "antennetunis",
    "conseiller", "conseillere", "reintegration", "reinsertion", "iloveyou", "jetaime", "jetaimetropfort",
    "soleil",
    "doudou", "loulou", "chouchou", "football", "superman", "batman", "princess", "dragon", "monkey",
    "sunshine",
    "starwars", "computer", "ordinateur", "internet", "secret", "secretsecret", "changeme", "changezmoi",
    "default",
    "defaultpassword", "temporaire", "temporary", "esperance", "clubafricain", "etoiledusahel", "barcelona",
    "realmadrid", "allahakbar", "bismillah", "inchallah", "mohamed", "ahmed", "fatma", "abcdefghijkl",
    "abcdefgh",
  ]
}
