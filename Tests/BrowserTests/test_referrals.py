"""From the plan to an association without an account and back, the mail through a real SMTP server."""

import re
import time
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today
from gateways import MailServer
from program import Account, Program

PERSONS = {"fr": ("Rafika", "Hammami", "20 888 111"), "ar": ("رفيقة", "الهمامي", "20 888 333")}


@pytest.fixture(scope="module")
def mail():
    with MailServer() as server:
        yield server


@pytest.fixture(scope="module")
def house(tmp_path_factory, mail):
    program = Program(tmp_path_factory.mktemp("referrals"), persons=10, settings=mail.settings)
    program.settings["http.public-url"] = program.url
    with program:
        yield program


@pytest.mark.parametrize("language, antenna", [("fr", "gaf"), ("ar", "kai")])
def test_from_a_plan_to_an_association_and_back(house, mail, visit, language, antenna):
    counsellor = Counsellor(visit(house, language))
    words, page = counsellor.words, counsellor.page
    counsellor.visitor.sign_in(Account(f"conseil.{antenna}", house.accounts["centre"].password))
    given, family, phone = PERSONS[language]
    counsellor.receive(given, family, phone)
    counsellor.act("Plan", "Add a goal", {"track": "project", "goal": "Une pâtisserie"}, "Saved.")
    goal = page.locator("[name=goal-of-action] option").last.get_attribute("value")
    counsellor.act(
        "Plan", "Add an action", {"goal_of_action": goal, "action": "Un cours de pâtisserie", "who": "Association"}, "Saved.")

    before = len(mail.mails)
    page.get_by_role("link", name=words("Referrals"), exact=True).last.click()
    counsellor.visitor.check("referrals: none yet")
    page.get_by_role("link", name=words("Refer to a service")).click()
    counsellor.visitor.check("referral: for what")
    page.get_by_role("link", name="Un cours de pâtisserie").click()
    page.fill("[name=q]", "atelier couture" if language == "fr" else "ورشة")
    page.get_by_role("button", name=words("Search")).last.click()
    counsellor.visitor.check("referral: to which service")
    page.locator("table.list a").first.click()
    counsellor.fill({"ground": "agreed", "ground_words": "À l’entretien", "urgency": "week", "channel": "email", "language": language})
    page.locator("[name=sections][value=name]").check()
    counsellor.visitor.check("referral: the form")
    page.get_by_role("button", name=words("See it as the service will")).click()
    expect(page.locator("#preview")).to_contain_text(given)
    expect(page.locator("#preview")).not_to_contain_text("20")
    counsellor.visitor.check("referral: as the service sees it")
    page.get_by_role("button", name=words("Send the referral")).click()
    expect(page.locator("main")).to_contain_text(words("sent, no answer yet"))
    counsellor.visitor.check("referral: sent")
    referral = page.url.split("?")[0]

    letter = wait(lambda: mail.mails[before:] and mail.mails[before])
    text = letter.get_content()
    assert letter["Subject"] == words("A request waits for your answer")
    assert given not in text and family not in text and "pâtisserie" not in text
    link = re.search(r"http://\S+/answers/\S+", text).group()

    outside = visit(house, language)
    association = outside.page
    outside.go(link)
    expect(association.locator("h1")).to_have_text(words("A request waits for your answer"))
    expect(association.locator("main")).not_to_contain_text(given)
    outside.check("answer: closed")
    association.get_by_role("button", name=words("Open the request")).click()
    expect(association.locator("main")).to_contain_text(given)
    outside.check("answer: open")
    association.locator("summary", has_text=words("Accept")).click()
    association.fill("details[open] [name=accepted-on]", (today() + timedelta(days=4)).isoformat())
    association.fill("details[open] [name=contact]", "Mme Leïla, 71 000 000")
    outside.submit("details[open] form")
    expect(association.locator("main")).to_contain_text(words("accepted"))
    outside.check("answer: accepted")
    association.get_by_role("button", name=words("The person came, and is taken on")).click()
    association.locator("summary", has_text=words("Tell what came of it")).click()
    association.check("details[open] [name=outcome][value=helped]")
    outside.submit("details[open] form")
    expect(association.locator("main")).to_contain_text(words("Thank you. There is nothing more for you to do."))
    outside.check("answer: done")

    # Forwarded to somebody else, who sees nothing.
    forwarded = visit(house, language)
    assert forwarded.go(link) == 410
    expect(forwarded.page.locator("main")).not_to_contain_text(given)
    forwarded.check("answer: elsewhere")

    counsellor.visitor.go("/")
    expect(counsellor.section("referrals")).to_contain_text(words("outcome told"))
    counsellor.visitor.check("home: a referral needs me")
    counsellor.visitor.go(referral.removeprefix(house.url))
    page.check("[name=effect][value=done]")
    page.get_by_role("button", name=words("Take note")).click()
    expect(page.locator("main")).to_contain_text(words("ended"))
    counsellor.visitor.check("referral: ended")
    page.get_by_role("link", name=words("Referrals of the case")).click()
    page.get_by_role("link", name=words("Back to the case")).click()
    expect(page.locator("main")).to_contain_text(words("done"))
    for visitor in (counsellor.visitor, outside, forwarded):
        visitor.finish()


def wait(what, seconds=20):
    for _ in range(seconds * 10):
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError("never came")
