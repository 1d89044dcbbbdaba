"""A session with one place and who came; weekly hours; a time that the person takes, moves and calls off herself."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today
from program import Account, Program

PERSONS = [
    ("fr", "med", ("Hajer", "Ouerghemmi", "20 666 111"), ("Latifa", "Dhaoui", "20 666 222")),
    ("ar", "tat", ("سميحة", "القلعي", "20 666 333"), ("زكية", "الحمروني", "20 666 444")),
]
ALONE = [("fr", "med", ("Naziha", "Chebbi", "20 667 111")), ("ar", "tat", ("حبيبة", "المسعودي", "20 667 333"))]
PLACE = {"fr": "Maison de la culture", "ar": "دار الثقافة"}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    program = Program(tmp_path_factory.mktemp("sessions"), persons=10)
    program.settings["http.public-url"] = program.url
    with program:
        yield program


def begin(house, visit, language, antenna) -> Counsellor:
    counsellor = Counsellor(visit(house, language))
    counsellor.visitor.sign_in(Account(f"conseil.{antenna}", house.accounts["centre"].password))
    return counsellor


def receive(counsellor, someone) -> str:
    counsellor.receive(*someone)
    page = counsellor.page
    case = page.url.split("?")[0].split("#")[0].rsplit("/", 1)[1]
    page.locator(f"a[href='/agenda/of/{case}']").first.click()
    return case


@pytest.mark.parametrize("language, antenna, person, other", PERSONS)
def test_session(house, visit, language, antenna, person, other):
    counsellor = begin(house, visit, language, antenna)
    page, visitor = counsellor.page, counsellor.visitor
    visitor.go("/agenda/sessions")
    visitor.check("sessions: list")
    page.click("main a[href='/agenda/sessions/new']")
    visitor.submit("main form.sheet")
    expect(page.locator(".summary")).to_be_visible()
    visitor.check("sessions: refused")
    day = today() + timedelta(days=90)
    counsellor.fill({"day": day.isoformat(), "begins": "10:00", "place": PLACE[language], "seats": "1"})
    visitor.submit("main form.sheet")
    session = page.url.split("?")[0]
    visitor.check("session: nobody yet")

    receive(counsellor, person)
    page.locator("#sessions [name=session]").select_option(value=session.rsplit("/", 1)[1])
    visitor.check("case: session")
    visitor.submit("#sessions form:last-of-type")
    expect(page.locator("#sessions table tbody tr")).to_have_count(1)

    receive(counsellor, other)
    choice = page.locator(f"#sessions option[value='{session.rsplit('/', 1)[1]}']")
    expect(choice).to_contain_text(counsellor.words("full"))
    page.locator("#sessions [name=session]").select_option(value=session.rsplit("/", 1)[1])
    visitor.submit("#sessions form:last-of-type")
    expect(page.locator(".summary a[href='#f-session']")).to_be_visible()
    visitor.check("case: session is full")
    page.locator("#sessions [name=wait]").check()
    visitor.submit("#sessions form:last-of-type")
    expect(page.locator("#sessions table tbody tr")).to_contain_text(counsellor.words("waits for a place"))

    # The first one is taken off: the other one gets her place.
    visitor.go(session)
    visitor.check("session: one waits")
    page.locator("#people form").first.locator("button").click()
    expect(page.locator("#people tbody tr")).to_have_count(1)
    expect(page.locator("#people tbody tr")).to_contain_text(counsellor.words("put down"))
    visitor.go(f"{session}/list")
    expect(page.locator("main")).to_contain_text(other[1])
    visitor.check("session: list to print")
    visitor.go(f"/agenda?from={day}&span=day&with=all")
    expect(page.locator(f"#d{day}")).to_contain_text(counsellor.words("Information session"))
    visitor.check("session: day")

    # One of the demonstration that was held.
    visitor.go("/agenda/sessions")
    page.locator("section").last.locator("tbody a").last.click()
    visitor.check("session: who came")
    came = page.locator("#presence [type=radio][value=came]")
    if came.count():
        came.first.check()
        visitor.submit("#presence form")
        expect(page.locator("#people")).to_contain_text(counsellor.words("came"))
    visitor.finish()


@pytest.mark.parametrize("language, antenna, person", ALONE)
def test_time_of_her_own(house, visit, language, antenna, person):
    counsellor = begin(house, visit, language, antenna)
    page, visitor = counsellor.page, counsellor.visitor
    visitor.go("/agenda/hours")
    visitor.check("hours")
    own = {f"day-{day}": "8:00-18:00" for day in range(7)}
    counsellor.fill(own | {"from": today().isoformat()})
    visitor.submit("main form.sheet")
    expect(page.locator("table.list tbody tr").first).to_contain_text("8:00–18:00")

    receive(counsellor, person)
    expect(page.locator("#f-free option").nth(1)).to_be_attached()
    visitor.check("case: free times")
    page.locator("#f-free").select_option(index=3)
    chosen = page.locator("#f-free option").nth(3).inner_text()
    visitor.submit("#new form")
    expect(page.locator("main > table tbody tr")).to_contain_text(chosen.rsplit(" ", 1)[1])
    visitor.submit("#links form")
    link = page.locator("#links code").first.inner_text()
    visitor.check("case: links")

    outside = visit(house, language)
    person_page = outside.page
    assert outside.go(link) == 200
    expect(person_page.locator("main")).not_to_contain_text(person[1])
    outside.check("times: free")
    person_page.locator("[name=time]").last.check()
    outside.submit("main form")
    expect(person_page.locator("h1")).to_have_text(counsellor.words("Your time"))
    outside.check("times: taken")
    person_page.locator("#move summary").click()
    person_page.locator("#move [name=time]").nth(20).check()
    outside.submit("#move form")
    outside.check("times: moved")
    person_page.locator("#call-off summary").click()
    outside.submit("#call-off form")
    expect(person_page.locator("h1")).to_have_text(counsellor.words("Choose a time"))
    assert outside.go(link[:-1] + ("a" if link[-1] != "a" else "b")) == 404
    outside.check("times: altered")

    page.reload()
    expect(page.locator("main > table")).to_contain_text(counsellor.words("excused"))
    page.locator("#links a[href^='/agenda/links/']").first.click()
    expect(page.locator("main code")).to_have_text(link)
    visitor.check("link: sheet")
    outside.finish()
    visitor.finish()
