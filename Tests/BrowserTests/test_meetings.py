"""The head of an antenna writes the minutes of the weekly meeting; a decision becomes a task, and the next meeting begins
with what is open. The board shows it."""

import re
import subprocess
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today

SPOKEN = {"fr": "La permanence du jeudi manque de place.", "ar": "ضيق المكان يوم الخميس"}
DECIDED = {"fr": "Demander la salle de la délégation.", "ar": "طلب قاعة المعتمدية"}
ADDED = {"fr": "La date de la visite était fausse.", "ar": "كان تاريخ الزيارة خاطئًا"}


@pytest.mark.parametrize("language, antenna", [("fr", "kef"), ("ar", "gaf")])
def test_minutes(workplace, account, visit, language, antenna):
    day = today()
    head = Counsellor(visit(workplace, language))
    head.visitor.sign_in(account(f"chef.{antenna}"))
    head.visitor.go("/meetings")
    head.visitor.check("meetings")
    head.page.locator("main a[href='/meetings/new']").click()
    head.visitor.submit("main form[action='/meetings']")
    head.visitor.check("minutes: what is missing")
    head.page.locator("[name=present]").first.check()
    head.visitor.submit("main form[action='/meetings']")
    head.page.wait_for_url("**/meetings/*")
    head.visitor.check("minutes: begun")
    head.fill(
        {
            "words": SPOKEN[language], "decision": DECIDED[language], "to": f"antenna:{antenna.upper()}",
            "due": (day + timedelta(days=5)).isoformat(),
        },
        within="#adding",
    )
    head.visitor.submit("#adding form")
    expect(head.page.locator("#items")).to_contain_text(DECIDED[language])
    head.visitor.check("minutes: draft")
    head.visitor.submit("#closing form")
    expect(head.page.locator("#closing")).to_have_count(0)
    head.page.locator("#adding summary").click()
    head.fill({"words": ADDED[language]}, within="#adding")
    head.visitor.submit("#adding form")
    expect(head.page.locator("#addenda")).to_contain_text(ADDED[language])
    head.visitor.check("minutes: closed, with an addendum")
    path = "/meetings/" + head.page.url.split("?")[0].rsplit("/", 1)[1]

    counsellor = Counsellor(visit(workplace, language))
    counsellor.visitor.sign_in(account(f"conseil.{antenna}"))
    counsellor.visitor.go(path)
    expect(counsellor.page.locator("main form")).to_have_count(0)
    counsellor.visitor.go("/tasks")
    expect(counsellor.page.locator("main table")).to_contain_text(DECIDED[language])

    head.visitor.go("/meetings/new")
    head.page.locator("[name=present]").first.check()
    head.visitor.submit("main form[action='/meetings']")
    expect(head.page.locator("#earlier")).to_contain_text(DECIDED[language])
    head.visitor.go("/board")
    figure = head.page.locator("main a[href='/meetings/decisions']")
    expect(figure).to_have_count(1)
    head.visitor.check("board of an antenna")
    figure.click()
    expect(head.page.locator("main table")).to_contain_text(DECIDED[language])
    head.visitor.check("decisions")
    head.visitor.finish()
    counsellor.visitor.finish()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_board(program, visit, language, tmp_path):
    centre = visit(program, language)
    centre.sign_in(program.accounts["centre"])
    centre.go("/board")
    assert centre.page.locator(".board.wide thead th").count() == 12
    centre.check("board of the centre")
    # Nothing is wider than the window at 1280, and all stands on paper that lies on its side.
    assert centre.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    paper = tmp_path / "board.pdf"
    centre.page.pdf(path=paper, prefer_css_page_size=True)
    told = subprocess.run(["pdfinfo", paper], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Page size:\s+84[12](\.\d+)? x 59[456]", told), told
    assert int(re.search(r"Pages:\s+(\d+)", told)[1]) <= 2, told
    link = centre.page.locator(".board a").first
    path = link.get_attribute("href")
    link.focus()
    centre.page.keyboard.press("Enter")
    centre.page.wait_for_url(f"**{path}")
    centre.finish()
