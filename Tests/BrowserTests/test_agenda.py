"""A counsellor makes an appointment, a colleague cannot take the same hour, it is moved, and the person excuses herself."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today

# Far enough ahead to meet nothing of the demonstration; a Wednesday or a Thursday.
PERSONS = [
    ("fr", "kai", ("Hayet", "Mejri", "20 777 111"), ("Samia", "Gharsalli", "20 777 222")),
    ("ar", "kef", ("منيرة", "الورغي", "20 777 333"), ("سلوى", "البوغانمي", "20 777 444")),
]
ABOUT = {"fr": "Relire le plan", "ar": "مراجعة الخطة"}
WHY = {"fr": "Elle travaille le matin", "ar": "تعمل صباحا"}


@pytest.mark.parametrize("language, antenna, person, other", PERSONS)
def test_agenda(workplace, account, visit, language, antenna, person, other):
    counsellor = Counsellor(visit(workplace, language))
    counsellor.visitor.sign_in(account(f"conseil.{antenna}"))
    page = counsellor.page
    day = today() + timedelta(days=60)
    day += timedelta(days=(2 - day.weekday()) % 7)
    hour = {"day": day.isoformat(), "hour": "10:30", "minutes": "45", "way": "antenna", "about": ABOUT[language]}

    def receive(someone) -> str:
        counsellor.receive(*someone)
        case = page.url.split("?")[0].split("#")[0].rsplit("/", 1)[1]
        page.locator(f"a[href='/agenda/of/{case}']").first.click()
        return case

    case = receive(person)
    counsellor.visitor.check("agenda: of a case")
    counsellor.visitor.submit("#new form")
    expect(page.locator(".summary")).to_be_visible()
    counsellor.visitor.check("agenda: refused")
    counsellor.fill(hour, within="#new")
    counsellor.visitor.submit("#new form")
    row = page.locator("table.list tbody tr")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("10:30–11:15")

    second = receive(other)
    counsellor.fill(hour | {"hour": "11:00"}, within="#new")
    counsellor.visitor.submit("#new form")
    expect(page.locator(".summary a[href='#f-with']")).to_be_visible()
    # What was typed is still there: only the hour is written anew.
    counsellor.fill({"hour": "11:15"}, within="#new")
    counsellor.visitor.submit("#new form")
    expect(page.locator("table.list tbody tr")).to_contain_text("11:15–12:00")

    counsellor.visitor.go(f"/agenda?span=week&from={day}")
    section = page.locator(f"#d{day}")
    expect(section.locator("tbody tr")).to_have_count(2)
    counsellor.visitor.check("agenda: week")
    section.locator("tbody tr", has_text="10:30").get_by_role("link").click()
    counsellor.visitor.check("agenda: appointment")
    page.locator("#move summary").click()
    counsellor.fill({"hour": "15:00", "why": WHY[language]}, within="#move")
    counsellor.visitor.submit("#move form")
    expect(page.locator("main")).to_contain_text("15:00–15:45")
    expect(page.locator("main")).to_contain_text(WHY[language])
    counsellor.fill({"state": "excused"}, within="#outcome")
    counsellor.visitor.submit("#outcome form")
    assert page.locator("#move").count() == 0
    counsellor.visitor.check("agenda: excused")

    # Her time is free again: the other one takes it.
    counsellor.visitor.go(f"/agenda/of/{second}")
    counsellor.fill(hour | {"hour": "15:00"}, within="#new")
    counsellor.visitor.submit("#new form")
    expect(page.locator("table.list tbody tr")).to_have_count(2)
    counsellor.visitor.go(f"/cases/{case}")
    assert page.locator("main").inner_text()
    counsellor.visitor.finish()
