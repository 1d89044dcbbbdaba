import Accounts
import Basics
import Cases
import Foundation
import Messages
import People
import Storage

/// Times that persons take themselves, behind a signed link.
extension Agenda {
  /// What a link that is shown nothing came to.
  package enum BadLink: String, Error, Sendable {
    /// Never made by us, or altered on its way.
    case unknown
    case expired
    /// Taken back by staff, or the case is elsewhere now.
    case revoked
    /// Its appointment has taken place, or staff have changed it.
    case used
  }

  /// The links of a case, with what stands in their addresses.
  package func links(of file: RecordID<CaseFile>, in db: Connection) throws -> [(
    link: BookingLink, url: String
  )] {
    let key = try InstallationKeys.key(for: .links, in: db)
    return try BookingStore.links(of: file, in: db).map {
      ($0, publicURL + BookingPaths.show(key.linkToken($0.id, of: BookingLink.kind)))
    }
  }

  /// The links of a case, each with whether it still shows something to whoever has it.
  func links(of file: CaseFile, at now: Date, in db: Connection) throws -> [(
    link: BookingLink, url: String, isGood: Bool
  )] {
    let found = try links(of: file.id, in: db)
    let taken = try AppointmentStore.find(found.compactMap(\.link.appointment), of: file.id, in: db)
    let named = Dictionary(uniqueKeysWithValues: taken.map { ($0.id, $0) })
    return found.map { link, url in
      let appointment = link.appointment.flatMap { named[$0] }
      return (link, url, AgendaRules.fault(of: link, appointment, in: file, at: now) == nil)
    }
  }

  /// Makes a link for the person of a case, and sends it where she agreed to be written to; the same id a second time is
  /// the same link.
  /// - Throws: `Refusal.sentBefore` when the id came with something else.
  package func makeLink(_ draft: BookingDraft, in id: RecordID<CaseFile>, by actor: Actor) async throws {
    try actor.must(.receivePersons)
    let now = now()
    try await database.write { db in
      let (file, subject) = try cases.hold(id, for: actor, in: db)
      if try isKept(draft, in: id, in: db) { return }
      guard file.stage != .closed else { throw Refusal.conflict(say("This case is closed.")) }
      guard !publicURL.isEmpty else {
        throw Refusal.conflict(
          say("Nobody has said how this program is reached from outside: no link can be made."))
      }
      let colleague = try accounts.active(draft.account, in: db)
      guard colleague?.antenna == file.antenna, colleague?.actor.may(.receivePersons) == true else {
        throw Refusal.invalid([FieldError("link-with", say("Choose a colleague of this antenna."))])
      }
      guard try !WorkWeekStore.weeks(of: draft.account, from: Day(of: now), in: db).isEmpty else {
        throw Refusal.invalid([
          FieldError("link-with", say("Her weekly hours are not known: no time can be offered."))
        ])
      }
      let person = try cases.people.read(subject, in: db)
      let link = BookingLink(
        id: draft.id, file: id, antenna: file.antenna, account: draft.account, way: draft.way,
        minutes: draft.minutes, language: Messages.language(of: person.person.identity[.languages]),
        until: now.addingTimeInterval(Double(BookingLink.daysValid) * 86_400), revokedAt: nil, uses: 0,
        appointment: nil)
      guard try BookingStore.insert(link, by: actor, at: now, in: db) else {
        // Asked again: the same id may have come at the same moment with something else.
        _ = try isKept(draft, in: id, in: db)
        return
      }
      try Journal.append(
        "booking.make-link", on: BookingLink.reference(link.id), of: subject, by: actor, at: now, in: db)
      if draft.isSent { try send(link, to: person, by: actor, in: db) }
    }
  }

  /// Whether the link of a draft is there already.
  /// - Throws: `Refusal.sentBefore` when it is another case's, or for other times than those of the draft.
  private func isKept(_ draft: BookingDraft, in file: RecordID<CaseFile>, in db: Connection) throws -> Bool {
    guard let kept = try BookingStore.find(draft.id, in: db) else { return false }
    guard kept.file == file, kept.isFrom(draft) else { throw Refusal.sentBefore("link-minutes") }
    return true
  }

  private func send(_ link: BookingLink, to person: OpenedPerson, by actor: Actor, in db: Connection) throws {
    guard let way = Messages.way(to: person) else { return }
    let reader = Reader(way.language)
    let text = reader("Hello, choose here when you are received, within \(BookingLink.daysValid) days:")
    let new = NewMessage(
      key: "booking:\(link.id)", way.kind, to: .person,
      MessageText(
        address: way.address, subject: way.kind == .email ? reader("Your appointment") : "",
        text: "\(text) {link}"),
      what: say("Link to choose a time"), language: way.language, about: link.file,
      link: publicURL + BookingPaths.show(try token(of: link, in: db)), until: link.until)
    do {
      try messages.queue(new, by: actor, in: db)
    } catch Refusal.invalid {
      // An address that no gateway takes: the link stands on the page, to be printed or said.
    }
  }

  private func token(of link: BookingLink, in db: Connection) throws -> String {
    try InstallationKeys.key(for: .links, in: db).linkToken(link.id, of: BookingLink.kind)
  }

  /// From now on the link opens nothing; a time that was taken stays.
  package func revoke(_ id: RecordID<BookingLink>, by actor: Actor) async throws -> RecordID<CaseFile> {
    try actor.must(.receivePersons)
    let now = now()
    return try await database.write { db in
      guard let link = try BookingStore.find(id, in: db) else { throw Refusal.notFound }
      let subject = try cases.hold(link.file, for: actor, in: db).subject
      if try BookingStore.revoke(id, at: now, in: db) {
        try messages.withdraw(keys: ["booking:\(id)"], by: actor, in: db)
        try Journal.append(
          "booking.revoke-link", on: BookingLink.reference(id), of: subject, by: actor, at: now, in: db)
      }
      return link.file
    }
  }

  /// The link with its address and its case, for the sheet that is handed over.
  func paper(_ id: RecordID<BookingLink>, for actor: Actor) async throws -> (
    opened: OpenedCase, link: BookingLink, url: String, name: String
  ) {
    try actor.must(.receivePersons)
    let file = try await database.read { db in try BookingStore.find(id, in: db)?.file }
    guard let file else { throw Refusal.notFound }
    let (opened, found) = try await cases.open(file, for: actor) { _, db in
      try BookingStore.find(id, in: db).map { link in
        (
          link: link, url: publicURL + BookingPaths.show(try token(of: link, in: db)),
          name: try accounts.names(of: [link.account], in: db)[link.account] ?? ""
        )
      }
    }
    guard let found, found.link.revokedAt == nil else { throw Refusal.notFound }
    return (opened, found.link, found.url, found.name)
  }
}

/// Behind the link.
extension Agenda {
  /// The link of a token, its case held.
  private struct Behind {
    let link: BookingLink
    let file: CaseFile
    let subject: Subject
    let held: Held?
  }

  /// - Throws: `BadLink` for every link that is not good; `BadLink.unknown` before any row is read.
  private func behind(_ token: String, isHolding: Bool, at now: Date, in db: Connection) throws -> Behind {
    let key = try InstallationKeys.key(for: .links, in: db)
    guard let id: RecordID<BookingLink> = key.linkID(in: token, of: BookingLink.kind),
      let found = try BookingStore.find(id, in: db)
    else { throw BadLink.unknown }
    let (file, subject) =
      isHolding
      ? try cases.hold(found.file, for: .program, in: db)
      : try cases.require(found.file, for: .program, in: db)
    // Read again: whoever came first may have taken a time with it.
    guard let link = try BookingStore.find(id, in: db) else { throw BadLink.unknown }
    let appointment = try link.appointment.flatMap {
      try AppointmentStore.find($0, of: file.id, key: subject.key, in: db)
    }
    if let fault = AgendaRules.fault(of: link, appointment, in: file, at: now) { throw fault }
    let held = appointment.map { Held(appointment: $0, file: file, subject: subject) }
    return Behind(link: link, file: file, subject: subject, held: held)
  }

  /// What the link shows: times that are free, or the one she has.
  package func look(_ token: String) async throws -> BookingBehind {
    let now = now()
    return try await database.read { db in
      let behind = try behind(token, isHolding: false, at: now, in: db)
      let standing = standing(behind, at: now)
      let mayTake = if case .taken(_, mayChange: false) = standing { false } else { standing != .calledOff }
      let free =
        try mayTake && accounts.active(behind.link.account, in: db)?.antenna == behind.link.antenna
        ? freeTimes(
          behind.link.ask, at: behind.link.antenna, person: person(behind.subject, in: db), at: now, in: db)
        : nil
      return BookingBehind(
        link: behind.link, standing: standing,
        name: try accounts.names(of: [behind.link.account], in: db)[behind.link.account] ?? "",
        free: free ?? [])
    }
  }

  private func standing(_ behind: Behind, at now: Date) -> BookingBehind.Standing {
    guard let appointment = behind.held?.appointment else { return .open }
    let mayUse = behind.link.uses < BookingLink.mostUses
    guard appointment.state == .planned else { return mayUse && now < behind.link.until ? .open : .calledOff }
    return .taken(appointment.time, mayChange: mayUse && Day(of: now) < appointment.time.day)
  }

  /// Takes a time, or puts the one she has to another; the same a second time changes nothing.
  /// - Throws: `Refusal.invalid` naming `time` when somebody else has taken it meanwhile.
  package func take(_ text: String, behind token: String) async throws {
    let now = now()
    try await database.write { db in
      let behind = try behind(token, isHolding: true, at: now, in: db)
      let link = behind.link
      if let held = behind.held, held.appointment.state == .planned,
        "\(held.appointment.time.day)!\(held.appointment.time.from)" == text
      {
        return
      }
      switch standing(behind, at: now) {
      case .open, .taken(_, mayChange: true): break
      case .taken, .calledOff: throw Refusal.conflict(say("This can be changed no more: call us."))
      }
      let free = try freeTimes(
        link.ask, at: link.antenna, person: person(behind.subject, in: db), at: now, in: db)
      guard let time = free?.first(where: { $0.text == text }) else { throw Self.takenMeanwhile }
      let old = behind.held.flatMap { $0.appointment.state == .planned ? $0 : nil }
      let draft = AppointmentDraft(
        id: old?.appointment.id ?? RecordID(), with: link.account, way: link.way, room: time.room,
        time: time.time,
        words: old?.appointment.words ?? .init())
      do {
        if let old {
          try move(old, to: draft, by: .program, at: now, in: db)
        } else {
          try make(draft, behind.file, behind.subject, by: .program, at: now, in: db)
        }
      } catch Refusal.invalid {
        throw Self.takenMeanwhile
      }
      try BookingStore.use(link.id, for: draft.id, in: db)
      try Journal.append(
        old == nil ? "booking.take" : "booking.move", on: BookingLink.reference(link.id), of: behind.subject,
        by: .program, at: now, in: db)
    }
  }

  private static var takenMeanwhile: Refusal {
    .invalid([FieldError("time", say("Somebody has just taken this time: choose another."))])
  }

  /// Calls the time off; a second time changes nothing.
  package func callOff(behind token: String) async throws {
    let now = now()
    try await database.write { db in
      let behind = try behind(token, isHolding: true, at: now, in: db)
      guard let held = behind.held, held.appointment.state == .planned else { return }
      guard case .taken(_, mayChange: true) = standing(behind, at: now) else {
        throw Refusal.conflict(say("This can be changed no more: call us."))
      }
      try settle(held, .excused, because: nil, by: .program, at: now, in: db)
      try BookingStore.use(behind.link.id, for: held.appointment.id, in: db)
      try Journal.append(
        "booking.call-off", on: BookingLink.reference(behind.link.id), of: behind.subject, by: .program,
        at: now,
        in: db)
    }
  }

  /// The journal tells of a link that showed nothing.
  package func noteBad(_ token: String, _ why: BadLink) async throws {
    let now = now()
    try await database.write { db in
      let id = token.split(separator: "-").first.flatMap { RecordID<BookingLink>($0) }
      let known = try id.flatMap { try BookingStore.find($0, in: db)?.id }
      try Journal.append(
        "booking.bad-link", on: BookingLink.reference(known ?? RecordID()), by: .program, at: now,
        changes: Fields(["why": why.rawValue]).asNew, in: db)
    }
  }
}
