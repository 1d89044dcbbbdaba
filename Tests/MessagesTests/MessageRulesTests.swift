import Basics
import Foundation
import TestSupport
import Testing

@testable import Messages

@Suite struct `What a message may be` {
  private static func errors(_ new: NewMessage) throws -> [String] {
    let outside = try OutsideWords.own
    do {
      try MessageRules.mayQueue(new, outside)
      return []
    } catch {
      guard case Refusal.invalid(let errors) = error else { throw error }
      return errors.map(\.field)
    }
  }

  private static func mail(_ address: String, subject: String = "Bonjour", _ text: String = "Un mot.")
    -> NewMessage
  {
    NewMessage(
      key: "k", .email, to: .provider, MessageText(address: address, subject: subject, text: text),
      what: say("E-mail"),
      language: .french, about: nil)
  }

  private static func sms(_ number: String, _ text: String = "موعد", to: Message.Recipient = .person)
    -> NewMessage
  {
    NewMessage(
      key: "k", .sms, to: to, MessageText(address: number, text: text), what: say("SMS"), language: .arabic,
      about: nil)
  }

  @Test(arguments: [
    "a@b", "prenom.nom+tri@ong.example.org", "x@[1.2.3.4]", "a b@c.org", "a@b.org\r\nBcc: all@c.org",
    "<a@b.org>",
    "a@b.org, c@d.org", "é@b.org", "",
  ])
  func `takes an address as it stands or not at all`(address: String) throws {
    let isTaken = ["a@b", "prenom.nom+tri@ong.example.org"].contains(address)
    #expect(try Self.errors(Self.mail(address)) == (isTaken ? [] : ["address"]))
  }

  @Test(arguments: ["Bonjour\r\nBcc: x@y.org", "", "a\u{0}b", String(repeating: "é", count: 201)])
  func `has a subject of one line`(subject: String) throws {
    #expect(try Self.errors(Self.mail("a@b.org", subject: subject)) == ["subject"])
  }

  @Test func `goes to a number of the whole world`() throws {
    #expect(MessageRules.phone("+216 20-123.456") == "+21620123456")
    #expect(MessageRules.phone("+٢١٦٢٠١٢٣٤٥٦") == "+21620123456")
    for number in ["20123456", "+0123456789", "+216", "+21620123456789012", "+216&text=x", ""] {
      #expect(MessageRules.phone(number) == nil, "\(number)")
      #expect(try Self.errors(Self.sms(number)) == ["address"])
    }
  }

  @Test func `says nothing that others may not read`() throws {
    #expect(try Self.errors(Self.sms("+21620123456", "Votre dossier de retour")) == ["text"])
    #expect(try Self.errors(Self.sms("+21620123456", "ملف العودة")) == ["text"])
    #expect(try Self.errors(Self.sms("+21620123456", "Rendez-vous demain")).isEmpty)
    #expect(try Self.errors(Self.mail("a@b.org", subject: "Aide au retour")) == ["text"])
    #expect(try Self.errors(Self.mail("a@b.org", "Une personne de retour")).isEmpty)
    #expect(try Self.errors(Self.sms("+21620123456", String(repeating: "م", count: 671))) == ["text"])
  }

  @Test func `waits longer after each try, and not for ever`() {
    let delays = (1...12).map { MessageRules.delay(afterTry: $0, first: 60) }
    #expect(delays.prefix(4) == [60, 120, 240, 480])
    #expect(zip(delays, delays.dropFirst()).allSatisfy { $0 <= $1 } && delays.last == 21_600)
    let now = TestClock.start
    let last = MessageRules.outcome(
      .notNow("x"), of: .email, tries: MessageRules.mostTries, first: 60, at: now)
    #expect(last == MessageRules.Outcome(state: .failed, problem: "x"))
    let unknown = MessageRules.outcome(.unknown("x"), of: .email, tries: 1, first: 60, at: now)
    #expect(unknown.state == .waiting && unknown.nextAt == now.addingTimeInterval(60))
    #expect(MessageRules.outcome(.unknown("x"), of: .sms, tries: 1, first: 60, at: now).state == .unclear)
  }

  @Test func `is told apart by what the gateway answers`() {
    func sms(_ code: Int, _ status: Int, sent: Int) -> GatewayAnswer {
      SMSServer.judged(Curl.Answer(code: code, status: status, sent: sent))
    }
    #expect(sms(0, 202, sent: 90) == .taken)
    #expect(sms(7, 0, sent: 0) == .notNow("curl 7"))
    #expect(sms(28, 0, sent: 90) == .unknown("curl 28"))
    #expect(sms(0, 403, sent: 90) == .refused("http 403"))
    #expect(sms(0, 503, sent: 90) == .notNow("http 503"))
    #expect(sms(0, 502, sent: 90) == .unknown("http 502"))
    func mail(_ code: Int, _ status: Int) -> GatewayAnswer {
      MailServer.judged(Curl.Answer(code: code, status: status, sent: 0))
    }
    #expect(mail(0, 250) == .taken)
    #expect(mail(55, 550) == .refused("smtp 550"))
    #expect(mail(55, 451) == .notNow("smtp 451"))
    #expect(mail(67, 535) == .notNow("curl 67"))
    #expect(mail(7, 0) == .notNow("curl 7"))
  }

  @Test func `is put into the gateway's address without changing it`() {
    let server = SMSServer(template: "http://h/s?p={password}&to={to}&text={text}", password: "a&b")
    #expect(
      server.url(to: "+21620123456", "à & {to} م")
        == "http://h/s?p=a%26b&to=%2B21620123456&text=%C3%A0%20%26%20%7Bto%7D%20%D9%85")
    #expect(!SMSServer.isTemplate("http://h/s?to={to}") && !SMSServer.isTemplate("ftp://h/{to}{text}"))
    #expect(MailServer.isURL("smtp://127.0.0.1:25") && !MailServer.isURL("smtp://h/x y"))
  }
}

@Suite struct `An e-mail on its way` {
  @Test func `is plain to every mail server, whatever it says`() throws {
    let id = RecordID<Message>()
    let subject = "طلب ينتظر ردكم قبل يوم الجمعة القادم من فضلكم، وشكرا جزيلا لكم على كل شيء"
    let bytes = MailText.bytes(
      of: MessageText(address: "ong@example.org", subject: subject, text: "السلام\nعليكم\n.\nà"), id: id,
      from: "tounesna@example.tn", language: .arabic, at: TestClock.start)
    #expect(bytes.allSatisfy { $0 < 128 })
    let text = String(decoding: bytes, as: UTF8.self)
    let lines = text.components(separatedBy: "\r\n")
    #expect(lines.allSatisfy { $0.utf8.count <= 76 && !$0.contains("\n") })
    #expect(
      lines.contains("Message-ID: <\(id)@example.tn>")
        && lines.contains("Date: Thu, 12 Mar 2026 08:00:00 +0000"))
    let words = text.matches(of: /=\?UTF-8\?B\?([A-Za-z0-9+\/=]+)\?=/).compactMap {
      Data(base64Encoded: String($0.1))
    }
    // Each word is whole letters by itself.
    #expect(words.compactMap { String(data: $0, encoding: .utf8) }.joined() == subject)
    let body = try #require(text.range(of: "\r\n\r\n")).upperBound
    let data = try #require(Data(base64Encoded: text[body...].filter { !$0.isWhitespace }))
    #expect(String(decoding: data, as: UTF8.self) == "السلام\r\nعليكم\r\n.\r\nà")
  }

  @Test func `has no line that somebody else wrote`() {
    #expect(MailText.encoded("=?UTF-8?B?eA==?=") != "=?UTF-8?B?eA==?=")
    #expect(!MailText.encoded("a\r\nBcc: b").contains("Bcc"))
    #expect(MailText.encoded("Hello") == "Hello")
  }

  @Test func `the language is the first of ours that the person speaks`() {
    #expect(Messages.firstOfOurs("italien, français, arabe") == .french)
    #expect(Messages.firstOfOurs("العربية والفرنسية") == .arabic)
    #expect(Messages.firstOfOurs("Anglais") == .english && Messages.firstOfOurs("الإنكليزية") == .english)
    #expect(Messages.firstOfOurs("italien") == nil && Messages.firstOfOurs(nil) == nil)
    #expect(Messages.language(of: "italien") == .arabic)
  }
}
