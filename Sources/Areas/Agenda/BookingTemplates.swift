import Antennas
import Basics
import Cases
import Foundation
import Pages

/// What a person sees behind her link: times, who meets her and where, and nothing of who she is. Values in, markup out.
enum BookingTemplates {
  static func show(
    _ behind: BookingBehind, _ token: String, _ territory: Territory, _ errors: [FieldError], on page: Page
  ) -> HTML {
    let link = behind.link
    let place = territory.name(of: link.antenna, in: page.reader.language)
    let how =
      link.way == .phone
      ? page("\(behind.name) calls you. It takes \(link.minutes) minutes.")
      : page("\(behind.name) receives you at \(place). It takes \(link.minutes) minutes.")
    switch behind.standing {
    case .open:
      return bare(
        page("Choose a time"),
        "<p>\(how)</p>\(times(behind, token, errors, submit: page("Take this time"), on: page))", on: page)
    case .calledOff:
      return bare(
        page("Your time is called off"), "<p>\(page("If you want another one, call us."))</p>", on: page)
    case .taken(let time, let mayChange):
      let last = page("It can be changed no more here: call us if you cannot come.")
      let change: HTML =
        mayChange
        ? """
        \(page.disclosure(page("Choose another time"), icon: .calendar, isOpen: !errors.isEmpty, id: "move", times(behind, token, errors, submit: page("Take this time instead"), on: page)))
        \(page.disclosure(page("Call it off"), icon: .stop, id: "call-off", page.form(BookingPaths.cancellation(token), submit: page("I cannot come"), weight: .secondary)))
        <p class="faint">\(page("You can change it here until the day before."))</p>
        """ : "<p>\(last)</p>"
      return bare(
        page("Your time"),
        """
        <p><strong>\(AgendaTemplates.title(time.day, on: page)), \(page.bdi(AgendaWords.hour(time.from)))</strong></p>
        <p>\(how)</p>\(change)
        """, on: page)
    }
  }

  private static func times(
    _ behind: BookingBehind, _ token: String, _ errors: [FieldError], submit: String, on page: Page
  ) -> HTML {
    guard !behind.free.isEmpty else {
      return "<p>\(page("No time is free in the coming two weeks: look again in some days, or call us."))</p>"
    }
    let days = Dictionary(grouping: behind.free, by: \.time.day).sorted { $0.key < $1.key }
    let groups = days.enumerated().map { index, day -> HTML in
      let options = day.value.enumerated().map { place, free -> HTML in
        """
        <label class="option"><input id="f-time\(index + place == 0 ? "" : "-\(index)-\(place)")" name="time" type="radio" \
        value="\(free.text)"><span><bdi dir="ltr">\(AgendaWords.hour(free.time.from))</bdi></span></label>
        """
      }
      return """
        <fieldset class="field choices"><legend>\(AgendaTemplates.title(day.key, on: page))</legend>\
        <div class="options">\(options)</div></fieldset>
        """
    }
    return page.form(BookingPaths.show(token), submit: submit, errors: errors, "\(groups)")
  }

  static func bad(_ why: Agenda.BadLink, on page: Page) -> HTML {
    let words =
      switch why {
      case .unknown:
        page("This link is not one of ours, or a letter of it is missing. Open it again from the message.")
      case .expired: page("This link is too old. Call us, and you get another.")
      case .revoked: page("This link is of no more use. Call us, and you get another.")
      case .used:
        page(
          "This link was used, and its time has passed or was changed by us. Call us, and you get another.")
      }
    return bare(page("This link shows nothing"), "<p>\(words)</p>", on: page)
  }

  private static func bare(_ title: String, _ body: HTML, on page: Page) -> HTML {
    page.bareLayout(title, "<h1>\(title)</h1>\(body)")
  }

  /// To be handed over, in her language; nothing of who she is stands in it.
  static func paper(_ opened: OpenedCase, _ link: BookingLink, _ url: String, _ name: String, on page: Page)
    -> HTML
  {
    let reader = page.speaking(link.language)
    let body: HTML = """
      <p>\(reader("Choose here when you are received, within \(BookingLink.daysValid) days:"))</p>
      <p><code>\(page.bdi(url))</code></p>
      \(QRCode.svg(url, title: reader("The same address, for the camera of a phone")))
      <p>\(reader("With \(name)."))</p>
      <p>\(reader("You can move it or call it off until the day before."))</p>
      """
    let title = page("Sheet to hand over")
    return page.layout(
      title,
      """
      \(page.title(title, under: "<p><a href=\"\(AgendaPaths.ofCase(opened.file.id))\">\(page.bdi(opened.file.number))</a></p>"))
      <section class="card" lang="\(link.language.rawValue)" dir="\(reader.direction)"><div class="head"><h2>\(reader("Choose a time"))</h2></div>\(body)</section>
      """)
  }
}
