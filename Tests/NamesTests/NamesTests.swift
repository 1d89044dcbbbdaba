import Foundation
import Testing

@testable import Names

@Suite struct `Comparing names` {
  let names: Names

  init() throws { names = try Names() }

  @Test(arguments: OwnPairs.same) func `one name in two spellings is the same`(pair: [String]) throws {
    try #require(pair.count == 2)
    #expect(names.compare(pair[0], pair[1]).isSame)
  }

  @Test func `brothers, sisters and neighbours stay apart`() {
    let wrong = OwnPairs.different.filter { names.compare($0[0], $0[1]).isSame }
    // Known limits: a long vowel elsewhere, one consonant more in a long word.
    #expect(wrong == [["Karim Ayari", "كارم العياري"], ["Ridha Hammami", "رضا الحمامصي"]])
  }

  @Test func `the four writings of the issue are one name, each with each`() {
    let writings = ["Mohamed Ben Salah", "Muhammad Bin Saleh", "محمد بن صالح", "med ben sala7"]
    for first in writings {
      for second in writings { #expect(names.compare(first, second).score > 0.9, "\(first), \(second)") }
    }
  }

  @Test(arguments: [
    ("Ahmed Trabelsi", "Trabelsi Ahmed"), ("Ahmed Trabelsi", "الطرابلسي أحمد"),
    ("BEN ROMDHANE Walid", "وليد بن رمضان"),
  ])
  func `the order of the parts does not matter much`(first: String, second: String) {
    let turned = names.compare(first, second)
    #expect(turned.isSame)
    #expect(turned.features.turned == 1)
  }

  @Test func `a particle may be missing or stuck to its word`() {
    for other in ["Ali Nasser", "Ali Bennaceur", "Ali Ben Naceur", "علي بن ناصر", "علي بناصر"] {
      #expect(names.compare("Ali Ben Nasser", other).isSame, "\(other)")
    }
    for other in ["El Ayari Noureddine", "Nour Eddine Ayari", "نور الدين العياري", "نورالدين عياري"] {
      #expect(names.compare("Noureddine Ayari", other).isSame, "\(other)")
    }
  }

  @Test func `a missing middle name lowers the score and does not part`() {
    let whole = names.compare("Ahmed Trabelsi", "أحمد الطرابلسي").score
    let less = names.compare("Ahmed Trabelsi", "أحمد الحبيب الطرابلسي")
    #expect(less.isSame)
    #expect(less.score < whole)
  }

  @Test func `one word is not a whole name`() {
    #expect(!names.compare("Trabelsi", "محمد الطرابلسي").isSame)
    #expect(!names.compare("Mohamed", "محمد بن صالح").isSame)
    #expect(names.compare("Latifa", "لطيفة").isSame)
  }

  @Test func `a title may be missing`() {
    #expect(names.compare("Dr Hadj Ali Maaloul", "علي معلول").isSame)
    #expect(names.compare("السيد الحاج علي معلول", "Ali Maaloul").isSame)
  }

  @Test func `agreeing in names that many bear says less`() {
    let common = names.compare("Mohamed Trabelsi", "محمد الطرابلسي").score
    let rare = names.compare("Zoubeir Boughnia", "زبير بوغنية").score
    #expect(common < rare)
  }

  @Test func `the reasons are said word by word`() {
    let reasons = names.compare("Mohamed Ben Salah", "صالح محمد علي").agreements.map(\.words)
    #expect(reasons == ["mohamed sounds alike محمد", "ben salah sounds alike صالح", "علي has no partner"])
  }
}

@Suite struct `Whatever is written as a name` {
  let names: Names
  static let odd = [
    "", " ", "a", "ع", "7", "12345", "😀", "😀😀 🇹🇳", "\u{202B}\u{200F}", "'", "''''", "3'", "l'", "ال", "ben",
    "بن", "بن بن بن",
    "abd el", "El El El El El El El El El El", "Иван Петров", "Γιώργος", "山田太郎", "محمد Trabelsi",
    "Moh محمد amed", "\u{0000}",
    "\u{0301}\u{0301}", "ﷺ", "ــــ", "\u{FDFD}", "Dr", "الحاج", "a b c d e f g h i j k l m n o p",
    "ali ali ali ali ali ali ali ali ali", "Robert'); DROP TABLE person", "\u{FFFD}\u{FFFF}",
    "1 2 3 4 5 6 7 8 9",
    String(repeating: "m", count: 10_000), String(repeating: "محمد ", count: 2_000),
    String(repeating: "\u{064B}", count: 10_000), String(repeating: "👨‍👩‍👧‍👦", count: 1_000),
  ]

  init() throws { names = try Names() }

  @Test func `gets an answer from 0 to 1, the same from both sides`() {
    for first in Self.odd {
      for second in Self.odd {
        let (there, back) = (names.compare(first, second).score, names.compare(second, first).score)
        #expect((0...1).contains(there), "\(first.prefix(20)), \(second.prefix(20))")
        #expect(there == back, "\(first.prefix(20)), \(second.prefix(20))")
      }
    }
  }

  @Test func `is itself, when it is anything`() {
    for text in Self.odd where text.contains(where: { !$0.isWhitespace }) {
      #expect(names.compare(text, text).score == 1, "\(text.prefix(20))")
    }
    #expect(names.compare("", "").score == 0)
    #expect(names.compare("", "Ali").score == 0)
  }

  @Test func `long texts take no time worth naming`() {
    let long = (0..<2).map { index in String(repeating: index == 0 ? "khadija " : "خديجة ", count: 1_250) }
    let start = ContinuousClock.now
    for _ in 0..<100 { _ = names.compare(long[0], long[1]) }
    #expect(ContinuousClock.now - start < .seconds(30))
  }

  @Test func `keys too`() {
    for text in Self.odd {
      let keys = names.keys(of: text)
      #expect(keys.words.count <= Name.mostParts)
      #expect(keys.words.allSatisfy { (1...8).contains($0.count) && $0.allSatisfy { $0.count <= 32 } })
    }
  }
}

@Suite struct `The keys of a name` {
  let names: Names

  init() throws { names = try Names() }

  @Test(arguments: [
    ("Mohamed", "محمد"), ("med", "محمد"), ("Ben Salah", "بن صالح"), ("Gabsi", "قابسي"), ("Guesmi", "القاسمي"),
    ("Labidi", "العبيدي"), ("Mongi", "منجي"), ("Belhadj", "بن الحاج"), ("Bennaceur", "بن ناصر"),
    ("Yahia", "يحيى"),
    ("Ali", "علي"), ("Abdelaziz", "عبد العزيز"), ("Khaoula", "خولة"), ("5aoula", "خولة"),
  ])
  func `are shared by both scripts`(latin: String, arabic: String) {
    #expect(!names.keys(of: latin).all.isDisjoint(with: names.keys(of: arabic).all))
  }

  @Test func `part names that differ in a consonant`() {
    #expect(names.keys(of: "Trabelsi").all.isDisjoint(with: names.keys(of: "الطرهوني").all))
  }

  @Test func `are few`() {
    #expect(names.keys(of: "Mohamed Ben Salah").words == [["mmd"], ["bnsl", "sl"]])
  }
}
