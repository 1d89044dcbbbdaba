"""Follow-up as a counsellor does it: a plan is agreed, its schedule appears, a visit is moved, made, corrected, missed."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today
from program import ROOT

SCREENSHOTS = ROOT / "var/screenshots"
PERSONS = {"fr": ("Najoua", "Ferchichi", "20 555 111"), "ar": ("سهام", "الفرشيشي", "20 555 333")}


def show(counsellor: Counsellor, name: str):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    counsellor.visitor.check(name)
    path = SCREENSHOTS / f"{name}-{counsellor.visitor.language}.png"
    counsellor.page.screenshot(path=path, full_page=True)


@pytest.mark.parametrize("language, antenna", [("fr", "mon"), ("ar", "kai")])
def test_follow_up(workplace, account, visit, language, antenna):
    visitor = visit(workplace, language)
    counsellor = Counsellor(visitor)
    visitor.sign_in(account(f"conseil.{antenna}"))
    given, family, phone = PERSONS[language]
    counsellor.receive(given, family, phone)
    agree(counsellor)
    plan_the_schedule(counsellor)
    move(counsellor)
    report(counsellor)
    correct(counsellor)
    miss(counsellor)
    show(counsellor, "follow-up")
    hand_over(counsellor)
    visitor.finish()


def agree(counsellor: Counsellor):
    counsellor.act("Plan", "Add a goal", {"track": "project", "goal": "Une pâtisserie"}, "Saved.")
    chosen = counsellor.page.locator("[name=goal-of-action] option").last.get_attribute("value")
    action = {"goal_of_action": chosen, "action": "Trois devis", "who": "Najoua"}
    counsellor.act("Plan", "Add an action", action, "Saved.")
    counsellor.act("Plan", "Agree the plan", {"signed_by": "Najoua"}, "The plan is agreed.")


def plan_the_schedule(counsellor: Counsellor):
    visits = counsellor.section("visits")
    expect(visits.locator(".slots li")).to_have_count(5)
    show(counsellor, "follow-up-proposed")
    counsellor.press("Plan these visits", "Saved.")
    counsellor.expect_last_act("Planned the visits of the schedule")
    expect(visits.locator(".slots")).to_have_count(0)
    expect(visits.locator(".visits > li")).to_have_count(5)
    expect(visits.locator(".visits > li").first).to_contain_text(counsellor.words("Next visit"))
    expect(counsellor.page.locator(".alert").first).to_contain_text(counsellor.words("A visit"))


def move(counsellor: Counsellor):
    page, words = counsellor.page, counsellor.words
    for days, why in (12, {"why_moved": "road"}), (3, {"why_moved": "other", "why_moved_told": "Mariage de sa sœur"}):
        counsellor.section("visits").locator("a", has_text=words("Put it on another day")).click()
        counsellor.fill({"moved_to": str(today() + timedelta(days=days))} | why, "section#move")
        counsellor.visitor.submit("section#move form")
        counsellor.sees("Saved.")
    counsellor.expect_last_act("Put a visit on another day")
    first = page.locator("#visits .next")
    expect(first.locator(f"time[datetime='{today() + timedelta(days=3)}']")).to_be_visible()
    expect(first).to_contain_text("Mariage de sa sœur")
    expect(first).to_contain_text(words("at first planned for"))


def report(counsellor: Counsellor):
    page, words = counsellor.page, counsellor.words
    counsellor.section("visits").locator("a.button", has_text=words("What was seen")).click()
    show(counsellor, "visit-form")
    counsellor.visitor.submit("section#report form")
    assert counsellor.visitor.last.status == 422
    show(counsellor, "visit-form-wrong")
    counsellor.fill(
        {"way": "home", "activity": "going-on", "seen": "Deux commandes par semaine.", "income": "300-600",
         "jobs_kept_women": "1", "wish": "no", "next_step": "Un four plus grand.",
         "next_on": str(today() + timedelta(days=20))}, "section#report")
    page.locator("section#report [name=difficulties][value=suppliers]").check()
    counsellor.visitor.submit("section#report form")
    counsellor.sees("Saved.")
    counsellor.expect_last_act("Recorded a visit")
    counsellor.expect_stage("In follow-up")
    expect(page.locator("#visits .done")).to_contain_text("Deux commandes par semaine.")


def correct(counsellor: Counsellor):
    page, words = counsellor.page, counsellor.words
    page.locator("#visits .done a").first.click()
    seen = page.locator("section#report")
    for text in words("Suppliers"), words("not asked"), words("No"):
        expect(seen).to_contain_text(text)
    show(counsellor, "visit-report")
    seen.locator("summary", has_text=words("Correct the report")).click()
    expect(seen.locator("[name=income]")).to_have_value("300-600")
    expect(seen.locator("[name=difficulties][value=suppliers]")).to_be_checked()
    counsellor.fill({"seen": "Trois commandes par semaine."}, "section#report")
    counsellor.visitor.submit("section#report form")
    counsellor.sees("Saved.")
    counsellor.expect_last_act("Corrected the report of a visit")
    expect(page.locator("#visits .done")).to_contain_text("Trois commandes par semaine.")


def miss(counsellor: Counsellor):
    page, words = counsellor.page, counsellor.words
    counsellor.section("visits").locator("a", has_text=words("It did not take place")).click()
    again = page.locator("[name=again-on]").input_value()
    assert again == str(today() + timedelta(days=7))
    counsellor.fill({"why_missed": "not-reachable"}, "section#missing")
    counsellor.visitor.submit("section#missing form")
    counsellor.sees("Saved.")
    expect(page.locator("#visits .missed")).to_contain_text(words("The person could not be reached"))
    expect(page.locator("#visits .next").locator(f"time[datetime='{again}']")).to_be_visible()


def hand_over(counsellor: Counsellor):
    page, words = counsellor.page, counsellor.words
    counsellor.section("visits").locator("a", has_text=words("Goods handed over")).click()
    show(counsellor, "handovers")
    counsellor.fill({"goods": "Un four, n° 4471\nDeux plaques", "giver": "Coopérative El Amal", "value": "4500"})
    counsellor.visitor.submit("main form.sheet")
    page.locator("main .records a").first.click()
    expect(page.locator(".certificate")).to_have_count(2)
    expect(page.locator(".certificate .goods li")).to_have_count(4)
    show(counsellor, "certificate")
    page.emulate_media(media="print")
    page.screenshot(path=SCREENSHOTS / f"certificate-print-{counsellor.visitor.language}.png", full_page=True)
    page.emulate_media(media="screen")


def draw(head: Counsellor) -> bool:
    """Some month of the demonstration has visits of this antenna."""
    show(head, "draws")
    for month in range(6):
        head.visitor.go("/visits/draws")
        head.page.locator("[name=month]").select_option(index=month + 1)
        head.page.fill("[name=count]", "3")
        head.visitor.submit("main section form")
        if head.visitor.last.status == 200:
            return True
    return False


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_files_are_drawn_for_a_second_look(workplace, account, visit, language):
    visitor = visit(workplace, language)
    head = Counsellor(visitor)
    words = head.words
    antennas = ["sfa", "med", "tun"] if language == "fr" else ["biz", "kef", "tat", "gaf", "mon", "kai"]
    for antenna in antennas:
        visitor.sign_in(account(f"chef.{antenna}"), "/visits/draws")
        if draw(head):
            break
        visitor.go("/")
        visitor.sign_out()
    assert re.search(r"/visits/draws/\w{26}", head.page.url)
    expect(head.page.locator(".badge.good")).to_have_text(words("drawn again now, it gives the same files"))
    head.page.locator("summary", has_text=words("Record the second look")).first.click()
    head.fill({"outcome": "differs", "differs": "Pas de four sur place."}, "details[open]")
    show(head, "draw")
    visitor.submit("details[open] form")
    head.page.wait_for_load_state()
    expect(head.page.locator(".badge.attention")).to_have_text(words("Differs from the report"))
    visitor.check("draw with a result")
    visitor.finish()
