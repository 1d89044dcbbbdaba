"""A service with an account of its own: lets an account answer for it, reads what was asked of it, answers, sees its figures."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today

PERSONS = {"fr": ("Ibtissem", "Jaziri", "20 777 121"), "ar": ("ابتسام", "الجزيري", "20 777 343")}


@pytest.mark.parametrize("language, antenna", [("fr", "biz"), ("ar", "mon")])
def test_desk(workplace, account, visit, language, antenna):
    counsellor = Counsellor(visit(workplace, language))
    words, page = counsellor.words, counsellor.page
    counsellor.visitor.sign_in(account(f"conseil.{antenna}"))
    given, family, phone = PERSONS[language]
    counsellor.receive(given, family, phone)
    number = page.locator("main bdi").first.inner_text()
    counsellor.act("Plan", "Add a goal", {"track": "project", "goal": "Une pâtisserie"}, "Saved.")
    goal = page.locator("[name=goal-of-action] option").last.get_attribute("value")
    counsellor.act(
        "Plan", "Add an action", {"goal_of_action": goal, "action": "Un cours de pâtisserie", "who": "Association"}, "Saved.")
    page.get_by_role("link", name=words("Referrals"), exact=True).last.click()
    page.get_by_role("link", name=words("Refer to a service")).click()
    page.get_by_role("link", name="Un cours de pâtisserie").click()
    page.fill("[name=q]", "atelier couture" if language == "fr" else "ورشة")
    page.get_by_role("button", name=words("Search")).last.click()
    page.locator("table.list a").first.click()
    counsellor.fill({"ground": "agreed", "ground_words": "À l’entretien", "urgency": "week", "channel": "print", "language": language, "ask": "Une place"})
    page.locator("[name=sections][value=name]").check()
    page.get_by_role("button", name=words("Send the referral")).click()
    expect(page.locator("main")).to_contain_text(words("sent, no answer yet"))
    referral = page.url.split("?")[0].rsplit("/", 1)[1]
    page.locator("form[action$='/paper'] button").click()
    counsellor.visitor.check("referral: paper")

    service = visit(workplace, language)
    desk = service.page
    service.sign_in(account("partenaire"), "/desk")
    service.check("desk: waiting")
    expect(desk.locator("main")).not_to_contain_text(given)
    desk.locator(f"main a[href='/desk/{referral}']").click()
    expect(desk.locator("main")).to_contain_text(given)
    expect(desk.locator("main")).not_to_contain_text("20 777")
    service.check("desk: a request")
    desk.locator("summary", has_text=words("Accept")).click()
    desk.fill("details[open] [name=accepted-on]", (today() + timedelta(days=4)).isoformat())
    desk.fill("details[open] [name=contact]", "Mme Leïla, 71 000 000")
    service.submit("details[open] form")
    expect(desk.locator("main")).to_contain_text(words("accepted"))
    service.check("desk: accepted")
    desk.get_by_role("button", name=words("The person came, and is taken on")).click()
    desk.locator("summary", has_text=words("Tell what came of it")).click()
    desk.check("details[open] [name=outcome][value=helped]")
    service.submit("details[open] form")
    service.go("/desk?show=answered")
    expect(desk.locator("main")).to_contain_text(number)
    service.check("desk: answered")
    assert service.go("/cases") == 403 and service.go("/referrals") == 403

    page.goto(f"/referrals/{referral}")
    expect(page.locator("main")).to_contain_text(words("outcome told"))
    service.finish()
    counsellor.visitor.finish()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_who_answers(workplace, visit, language):
    administrator = visit(workplace, language)
    administrator.sign_in(workplace.accounts["admin"])
    administrator.page.locator("nav.side a[href='/directory/providers']").click()
    administrator.page.locator("main table a").first.click()
    administrator.page.locator("main a[href^='/referrals/desks/']").click()
    administrator.check("accounts of a provider: none")
    administrator.page.fill("[name=sign-in-name]", "conseil.tun")
    administrator.submit("main form")
    expect(administrator.page.locator(".summary")).to_have_count(1)
    administrator.check("accounts of a provider: no account of a service")
    administrator.finish()
