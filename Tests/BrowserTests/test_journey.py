"""The main job as a counsellor does it: receive, open a file, agree a plan, follow, close."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today


@pytest.mark.parametrize(
    "language, antenna, phone, script",
    [("fr", "tun", "20 111 222", True), ("ar", "sfa", "20 111 333", True), ("fr", "biz", "20 111 444", False)],
    ids=["fr", "ar", "fr-without-script"])
def test_the_main_job(workplace, account, visit, language, antenna, phone, script):
    visitor = visit(workplace, language, java_script_enabled=script)
    counsellor = Counsellor(visitor)
    page, words = visitor.page, counsellor.words
    own = account(f"conseil.{antenna}")

    visitor.sign_in(own)
    counsellor.turn_on_second_factor(own)
    visitor.sign_out()
    visitor.sign_in(own)
    expect(page.locator("h1")).to_have_text(words("My day"))
    visitor.check("home")

    receive(counsellor, phone)
    meet_needs(counsellor)
    ask_consent(counsellor)
    agree_a_plan(counsellor)
    follow(counsellor)
    close(counsellor)
    find_again(counsellor, phone)

    head = Counsellor(visit(workplace, language, java_script_enabled=script))
    head.visitor.sign_in(account(f"chef.{antenna}"))
    head.visitor.search(phone)
    head.page.click("table.list tbody th a")
    head.page.click("table.list tbody th a")
    open_again(head)
    head.visitor.finish()
    visitor.finish()


def receive(counsellor: Counsellor, phone: str):
    page, words = counsellor.page, counsellor.words
    if counsellor.visitor.language == "ar":
        searched, others = ("زهرة", "المنصوري"), {"given_latin": "Zohra", "family_latin": "Mansouri"}
    else:
        searched, others = ("Zohra", "Mansouri"), {"given_arabic": "زهرة", "family_arabic": "المنصوري"}
    is_asked = counsellor.receive(
        *searched, phone, **others, sex="female", birth_date="1990-03-12", return_country="FR",
        returned_on=str(today() - timedelta(days=20)), return_kind="ordered")
    counsellor.sees("The file is open.")
    counsellor.expect_stage("Received")
    # Somebody of this name was received at another antenna before.
    counsellor.expect_last_act("Received although others are alike" if is_asked else "Received as a new person")
    names = ["Zohra Mansouri", "زهرة المنصوري"]
    first, second = names if counsellor.visitor.language == "fr" else reversed(names)
    expect(page.locator("h1 > bdi")).to_have_text(first)
    expect(page.locator("h1 .other")).to_have_text(second)
    aside = page.locator(".aside")
    expect(aside).to_contain_text(f"+216 {phone}".replace(" ", "\N{NO-BREAK SPACE}"), use_inner_text=False)
    expect(aside).to_contain_text("12 mars 1990" if counsellor.visitor.language == "fr" else "12 مارس 1990")
    expect(aside).to_contain_text("France" if counsellor.visitor.language == "fr" else "فرنسا")
    expect(aside).to_contain_text(words("Ordered to leave"))
    expect(page.locator(".alert")).to_contain_text(words("Agree a plan"))


def meet_needs(counsellor: Counsellor):
    need = {"need": "housing", "urgency": "today", "details": "Dort chez une cousine jusqu'à vendredi."}
    counsellor.act("Immediate needs", "Record a need", need, "Saved.")
    counsellor.expect_last_act("Recorded a need")
    needs = counsellor.section("needs")
    for text in counsellor.words("A roof"), counsellor.words("Today"), need["details"]:
        expect(needs).to_contain_text(text)
    counsellor.act("Immediate needs", "What was done", {"how": "Une chambre au foyer"}, "Saved.")
    counsellor.expect_last_act("Recorded what was done about a need")
    expect(needs.locator(".badge.good")).to_have_text(counsellor.words("done"))
    expect(needs).to_contain_text("Une chambre au foyer")


def ask_consent(counsellor: Counsellor):
    consent = {"purpose": "share-employment", "way": "signed", "consent_language": "ar"}
    counsellor.agree(consent)
    counsellor.expect_last_act("Recorded a consent")
    section = counsellor.section("consent")
    expect(section).to_contain_text(counsellor.words("Sharing with ANETI"))
    expect(section.locator(".badge")).to_have_text(counsellor.words("in force"))
    counsellor.page.get_by_role("button", name=counsellor.words("Withdraw"), exact=True).first.click()
    expect(counsellor.page.locator(".notice")).to_have_text(counsellor.words("The consent is withdrawn."))
    counsellor.visitor.check("with whom data were shared")
    counsellor.page.get_by_role("link", name=counsellor.words("Back to where you were")).click()
    counsellor.expect_last_act("Recorded the withdrawal of a consent")
    expect(section.locator(".badge")).to_have_text(counsellor.words("withdrawn"))


def agree_a_plan(counsellor: Counsellor):
    goal = {"track": "project", "goal": "أفتح محلا للحلويات"}
    counsellor.act("Plan", "Add a goal", goal, "Saved.")
    counsellor.expect_last_act("Wrote a goal into the plan")
    plan = counsellor.section("plan")
    expect(plan.locator("strong")).to_have_text(goal["goal"])
    chosen = counsellor.page.locator("[name=goal-of-action] option").last.get_attribute("value")
    action = {
        "goal_of_action": chosen, "action": "Suivre la formation en pâtisserie", "who": "Zohra",
        "by": str(today() + timedelta(days=60))}
    counsellor.act("Plan", "Add an action", action, "Saved.")
    counsellor.expect_last_act("Wrote an action into the plan")
    expect(plan).to_contain_text(action["action"])
    counsellor.expect_stage("Received")
    counsellor.act("Plan", "Agree the plan", {"signed_by": "Zohra Mansouri"}, "The plan is agreed.")
    counsellor.expect_last_act("Agreed the plan")
    counsellor.expect_stage("Plan agreed")
    counsellor.press("It has begun", "Saved.")
    counsellor.expect_last_act("Began an action of the plan")
    counsellor.expect_stage("In progress")
    expect(plan.locator(".inner .badge")).to_have_text(counsellor.words("under way"))


def follow(counsellor: Counsellor):
    day = today() + timedelta(days=30)
    counsellor.act("Follow-up visits", "Plan a visit", {"planned_on": str(day)}, "Saved.")
    counsellor.expect_last_act("Planned a visit")
    visits = counsellor.section("visits")
    expect(visits.locator(f"time[datetime='{day}']")).to_be_visible()
    expect(visits.locator(".visits .badge")).to_have_text(counsellor.words("planned"))
    visits.locator("a.button", has_text=counsellor.words("What was seen")).click()
    seen = {"activity": "going-on", "seen": "Deux commandes par semaine.", "next_step": "Un four plus grand."}
    counsellor.fill(seen, "section#report")
    counsellor.visitor.submit("section#report form")
    counsellor.sees("Saved.")
    counsellor.expect_last_act("Recorded a visit")
    counsellor.expect_stage("In follow-up")
    for text in counsellor.words("Goes on"), seen["seen"], seen["next_step"]:
        expect(visits).to_contain_text(text)


def close(counsellor: Counsellor):
    closing = {"outcome": "standing", "reason": "Vit de son travail."}
    counsellor.act("Closing", "Close the case", closing, "The case is closed.")
    counsellor.expect_last_act("Closed the case")
    counsellor.expect_stage("Closed")
    expect(counsellor.section("closing")).to_contain_text(counsellor.words("Stands on their own feet"))
    # Nothing can be written into a closed case.
    expect(counsellor.page.locator("#plan form, #needs form, #visits form, #notes form")).to_have_count(0)


def open_again(head: Counsellor):
    reason = {"reopen_reason": "Demande un nouveau prêt."}
    head.act("Closing", "Open the case again", reason, "The case is open again.")
    head.expect_last_act("Opened the case again")
    head.expect_stage("In follow-up")
    expect(head.section("closing")).to_contain_text(reason["reopen_reason"])


def find_again(counsellor: Counsellor, phone: str):
    """By number, by phone, by name in the other script."""
    number = counsellor.page.locator(".title .number").inner_text()
    case = counsellor.page.url.split("?")[0].split("#")[0]
    counsellor.visitor.search(number.lower().replace("-", " "))
    assert counsellor.page.url.split("?")[0] == case
    found = counsellor.page.locator("table.list tbody th", has_text="Zohra Mansouri")
    for text in phone.replace(" ", ""), "Mansouri", "المنصوري":
        counsellor.visitor.search(text)
        expect(found.first).to_be_visible()
        assert "Mansouri" not in counsellor.page.url and phone not in counsellor.page.url
