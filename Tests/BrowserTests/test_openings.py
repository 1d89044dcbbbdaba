"""A file of another antenna is opened for a pressing reason, read under a banner, and judged; then it is shut."""

import re

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor

PERSONS = {"fr": ("Mbarka", "Chaouch", "20 777 111"), "ar": ("مباركة", "الشاوش", "20 777 333")}
REASON = "La personne est à notre porte, sans papiers ni téléphone."


@pytest.mark.parametrize("language, antenna, other", [("fr", "mon", "kai"), ("ar", "gaf", "med")])
def test_opening(workplace, account, visit, language, antenna, other):
    holder = Counsellor(visit(workplace, language))
    holder.visitor.sign_in(account(f"conseil.{antenna}"))
    given, family, phone = PERSONS[language]
    holder.receive(given, family, phone)
    number = holder.page.locator(".number").inner_text()
    holder.visitor.finish()

    stranger = Counsellor(visit(workplace, language))
    stranger.visitor.sign_in(account(f"conseil.{other}"))
    case = open_file(stranger, f"{given} {family}", family)

    head = Counsellor(visit(workplace, language))
    head.visitor.sign_in(account(f"chef.{antenna}"))
    judge(head, number)
    head.visitor.finish()

    assert stranger.visitor.go(case) == 404
    stranger.visitor.go("/openings")
    stranger.visitor.check("openings: mine")
    stranger.page.get_by_role("link", name=number).first.click()
    expect(stranger.section("judgement")).to_contain_text("Rien ne pressait.")
    stranger.visitor.check("opening: judged")
    stranger.visitor.finish()


def open_file(stranger: Counsellor, name: str, family: str) -> str:
    """From the search to the file; nothing on the way says whose it is."""
    stranger.visitor.search(name)
    link = stranger.page.locator("main .alert a").first
    expect(link).to_have_attribute("href", re.compile("^/openings/of/[A-Za-z0-9_-]+$"))
    stranger.visitor.check("opening: search")
    link.click()
    expect(stranger.page.locator("main")).not_to_contain_text(family)
    stranger.visitor.check("opening: why")
    stranger.fill({"why": "present", "words": "Trop court"})
    stranger.visitor.submit("main form.sheet")
    stranger.page.wait_for_load_state()
    expect(stranger.page.locator("[name=words]")).to_have_value("Trop court")
    stranger.visitor.check("opening: too short")
    stranger.fill({"words": REASON})
    stranger.visitor.submit("main form.sheet")
    stranger.page.wait_for_url("**/cases/*")
    expect(stranger.page.locator("h1")).to_contain_text(family)
    expect(stranger.page.locator("main .alert").first).to_contain_text(stranger.words("the person stands here"))
    expect(stranger.page.locator("main form[action$='/closure']")).to_have_count(0)
    stranger.visitor.check("opening: the file")
    return stranger.page.url.removeprefix(stranger.visitor.program.url).split("?")[0]


def judge(head: Counsellor, number: str):
    head.visitor.go("/")
    head.visitor.check("opening: home")
    head.section("openings").get_by_role("link", name=number).click()
    expect(head.page.locator("main")).to_contain_text(REASON)
    expect(head.section("read")).to_contain_text(head.words("Read the file from outside"))
    head.visitor.check("opening: to judge")
    head.fill({"verdict": "unjustified", "judgement": "Rien ne pressait."})
    head.visitor.submit("#judgement form")
    head.page.wait_for_load_state()
    expect(head.section("judgement")).to_contain_text(head.words("not justified"))
