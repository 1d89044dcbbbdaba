import Antennas
import Basics
import Foundation
import Pages
import Papers

/// Services as a person takes them home, in one language: everything that `sheet.typ` shows, words and all.
struct ServiceSheet: Encodable, Sendable {
  struct Item: Encodable, Sendable {
    let name: PaperText
    let facts: [PaperRow]
  }

  let language: String
  let title: String
  let number: String
  let items: [Item]
  let closing: String
  let words: [String: String]

  init(_ services: [Directory.OpenedService], _ territory: Territory, on today: Day, in language: Language) {
    let reader = Reader(language)
    self.language = language.rawValue
    title = reader("Useful addresses")
    number = reader.date(today)
    items = services.map { Item($0, territory, reader) }
    closing = reader("Ask before you go there whether anything has changed.")
    words = ["page": reader("Page {1} of {2}")]
  }
}

extension ServiceSheet.Item {
  fileprivate init(_ opened: Directory.OpenedService, _ territory: Territory, _ reader: Reader) {
    let service = opened.service
    var facts: [PaperRow] = []
    func add(_ label: Phrase, _ text: String?) {
      if let text, !text.isEmpty { facts.append(PaperRow(label: reader(label), value: PaperText(text))) }
    }
    add(say("Provider"), opened.provider.name.text(in: reader.language))
    add(say("What is done for the person"), service.about.text(in: reader.language))
    add(say("How one comes to it"), service.how.text(in: reader.language))
    for place in opened.own {
      let parts = [
        place.name, place.address, place.delegation,
        territory.name(of: place.governorate, in: reader.language),
      ]
      add(say("Place"), parts.compactMap(\.self).joined(separator: reader.comma + " "))
      add(say("Phone"), place.phone)
    }
    if opened.own.isEmpty { add(say("Phone"), opened.provider.phone) }
    let days = service.days.map { reader(DirectoryWords.day($0)) }.joined(separator: reader.comma + " ")
    add(say("Days"), days)
    let hours = [service[.opens], service[.closes]].compactMap(\.self).joined(separator: "–")
    add(say("Hours"), hours)
    add(say("More about the hours"), service[.hoursNote])
    switch service.cost {
    case .free: add(say("Cost"), reader("Free of charge"))
    case .paid: add(say("Cost"), service.amount.map { reader.money($0) } ?? reader("To be paid for"))
    case nil: break
    }
    add(say("Papers to bring"), service.papersToBring(in: reader).joined(separator: reader.comma + " "))
    add(
      say("Languages"),
      service.languages.map { reader(DirectoryWords.language($0)) }.joined(separator: reader.comma + " "))
    self.init(name: PaperText(service.name.text(in: reader.language)), facts: facts)
  }
}
