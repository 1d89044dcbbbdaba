"""A day at an antenna: three institutions work on one file at once, two of them on one field; it goes to another antenna,
is closed there, and the centre sees where it stands."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today
from program import ROOT

SCREENSHOTS = ROOT / "var/screenshots"
PERSONS = {"fr": ("Mabrouka", "Ghanmi", "20 888 111"), "ar": ("مبروكة", "الغانمي", "20 888 333")}
TOLD = {
    "fr": {
        "roof": "Elle dort chez une tante.", "found": "Une chambre au foyer.", "note": "Famille présente, deux enfants.",
        "trade": "Couturière, six ans en Italie", "goal": "Un atelier de couture", "action": "Acheter une machine",
        "summary": "Le plan est agréé, une visite est faite.", "reason": "Elle rejoint sa sœur.", "seen": "L’atelier est ouvert.",
        "end": "Vit de son travail."},
    "ar": {
        "roof": "تنام عند خالتها.", "found": "غرفة في المبيت.", "note": "العائلة حاضرة، لها طفلان.",
        "trade": "خياطة، ست سنوات في إيطاليا", "goal": "ورشة خياطة", "action": "شراء آلة خياطة",
        "summary": "تم الاتفاق على المخطط وتمت زيارة.", "reason": "انتقلت إلى أختها.", "seen": "الورشة مفتوحة.",
        "end": "تعيش من عملها."},
}


@pytest.mark.parametrize("language, here, there", [("fr", "med", "kef"), ("ar", "tat", "gaf")])
def test_a_day(workplace, account, visit, language, here, there):
    told = TOLD[language]

    def at_work(name: str) -> Counsellor:
        counsellor = Counsellor(visit(workplace, language))
        counsellor.visitor.sign_in(workplace.accounts[name] if name == "centre" else account(name))
        return counsellor

    ote, social, aneti = (at_work(f"{name}.{here}") for name in ("conseil", "social", "emploi"))
    # Morning: she comes to the counter.
    given, family, phone = PERSONS[language]
    ote.receive(given, family, phone, return_country="IT", returned_on=str(today() - timedelta(days=9)))
    case = ote.page.url.split("?")[0].split("#")[0]
    number = ote.page.locator(".number").inner_text()
    ote.act(
        "Immediate needs", "Record a need", {"need": "housing", "urgency": "today", "details": told["roof"]}, "Saved.")
    ote.agree({"purpose": "share-employment", "way": "signed", "consent_language": "ar"})

    # Her colleagues find the file by its number while it is open there.
    for colleague in social, aneti:
        colleague.visitor.search(number)
        expect(colleague.page.locator("h1")).to_contain_text(family)
    social.act("Immediate needs", "What was done", {"how": told["found"]}, "Saved.")
    social.act("Notes", "Write a note", {"section": "social", "text": told["note"]}, "Saved.")
    describe_work(aneti, case, told)
    # What is of one institution another does not even see.
    aneti.page.goto(case)
    expect(aneti.page.locator("main")).not_to_contain_text(told["note"])
    ote.page.goto(case)
    expect(ote.section("needs")).to_contain_text(told["found"])

    correct_together(ote, social, aneti, case)
    plan(ote, aneti, case, told)
    follow(social, case, told)
    move(ote, at_work(f"chef.{there}"), number, family, told, there)
    close(at_work(f"conseil.{there}"), case, told)
    count(at_work("centre"), there, number)
    for counsellor in ote, social, aneti:
        counsellor.visitor.finish()


def describe_work(aneti: Counsellor, case: str, told: dict):
    id = case.rsplit("/", 1)[1]
    aneti.page.locator(f"a[href='/skills/{id}']").first.click()
    aneti.page.locator("#profile a.button, #profile .buttons a").last.click()
    aneti.fill({"level": "vocational", "trades": told["trade"]})
    aneti.visitor.submit("main > form")
    expect(aneti.page.locator("main")).to_contain_text(told["trade"])
    aneti.visitor.check("a day: skills")


def correct_together(ote: Counsellor, social: Counsellor, aneti: Counsellor, case: str):
    """Other fields merge by themselves; the same field shows both values and asks."""
    for counsellor in ote, social, aneti:
        counsellor.page.goto(case)
        counsellor.page.locator("a[href*='/persons/'][href*='/edit']").first.click()
    aneti.fill({"birth_date": "1991-04-02"})
    aneti.visitor.submit("main section form")
    aneti.sees("Saved.")
    # Another field than the one before: nobody is asked.
    social.fill({"phones": "22 111 222"})
    social.visitor.submit("main section form")
    social.sees("Saved.")
    expect(social.page.locator(".aside")).to_contain_text("1991")

    ote.fill({"phones": "22 333 444"})
    ote.visitor.submit("main section form")
    assert ote.visitor.last.status == 409
    asked = ote.page.locator(".summary li")
    expect(asked).to_have_count(1)
    expect(asked).to_contain_text("+216 22 111 222".replace(" ", "\N{NO-BREAK SPACE}"), use_inner_text=False)
    # Who saved the other value, and when.
    expect(asked).to_contain_text("Social")
    expect(asked).to_contain_text(str(today().year))
    expect(ote.page.locator("[name=phones]")).to_have_value("+21622333444")
    ote.visitor.check("a day: conflict")
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    ote.page.screenshot(path=SCREENSHOTS / f"conflict-{ote.visitor.language}.png", full_page=True)
    ote.visitor.submit("main section form")
    ote.sees("Saved.")
    expect(ote.page.locator(".aside")).to_contain_text("22 333 444".replace(" ", "\N{NO-BREAK SPACE}"), use_inner_text=False)


def plan(ote: Counsellor, aneti: Counsellor, case: str, told: dict):
    aneti.page.goto(case)
    aneti.act("Plan", "Add a goal", {"track": "project", "goal": told["goal"]}, "Saved.")
    ote.page.goto(case)
    chosen = ote.page.locator("[name=goal-of-action] option").last.get_attribute("value")
    ote.act(
        "Plan", "Add an action", {"goal_of_action": chosen, "action": told["action"], "who": "Mabrouka"}, "Saved.")
    ote.act("Plan", "Agree the plan", {"signed_by": "Mabrouka"}, "The plan is agreed.")
    aneti.page.goto(case)
    aneti.press("It has begun", "Saved.")
    aneti.expect_stage("In progress")


def follow(social: Counsellor, case: str, told: dict):
    social.page.goto(case)
    social.act("Follow-up visits", "Plan a visit", {"planned_on": str(today())}, "Saved.")
    social.section("visits").locator("a.button", has_text=social.words("What was seen")).click()
    social.fill({"activity": "going-on", "seen": told["seen"]}, "section#report")
    social.visitor.submit("section#report form")
    social.sees("Saved.")
    social.expect_stage("In follow-up")


def move(ote: Counsellor, head: Counsellor, number: str, family: str, told: dict, there: str):
    ote.page.reload()
    ote.page.get_by_role("link", name=ote.words("Offer to another antenna")).click()
    ote.fill({"to": there.upper(), "summary": told["summary"], "reason": told["reason"]})
    ote.visitor.submit("main form.sheet")
    head.visitor.go("/")
    head.section("offers").get_by_role("link", name=number).click()
    expect(head.page.locator("main")).to_contain_text(told["summary"])
    expect(head.page.locator("main")).not_to_contain_text(family)
    contact = head.page.locator("[name=contact] option", has_text="Conseil").first.get_attribute("value")
    head.fill({"contact": contact}, "#accept")
    head.visitor.submit("#accept form")
    head.page.get_by_role("link", name=head.words("Back to the case")).click()
    expect(head.page.locator("h1")).to_contain_text(family)
    # All that was done there is here.
    for text in told["found"], told["goal"], told["seen"]:
        expect(head.page.locator("main")).to_contain_text(text)
    head.visitor.finish()


def close(counsellor: Counsellor, case: str, told: dict):
    counsellor.page.goto(case)
    counsellor.act("Closing", "Close the case", {"outcome": "standing", "reason": told["end"]}, "The case is closed.")
    counsellor.expect_stage("Closed")
    counsellor.visitor.finish()


def count(centre: Counsellor, there: str, number: str):
    """From the figure of the antenna to its list, and the case stands in it."""
    centre.visitor.go("/")
    centre.visitor.check("a day: the centre")
    figure = centre.page.locator(f"#caseload a[href*='antenna={there.upper()}'][href*='stage=closed']")
    if figure.count() == 0:
        # Counted less than a minute ago, before the case was closed.
        centre.visitor.go(f"/cases?antenna={there.upper()}&stage=closed")
    else:
        figure.first.click()
    expect(centre.page.locator("table.list")).to_contain_text(number)
    centre.visitor.finish()
