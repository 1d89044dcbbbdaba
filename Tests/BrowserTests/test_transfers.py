"""A case goes to another antenna: offered, read there without a name, accepted; what the old antenna keeps of it."""

import re

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor

PERSONS = {"fr": ("Rawdha", "Belhassen", "20 666 111"), "ar": ("روضة", "بلحسن", "20 666 333")}


@pytest.mark.parametrize("language, antenna, other", [("fr", "med", "gaf"), ("ar", "kef", "tat")])
def test_transfer(workplace, account, visit, language, antenna, other):
    counsellor = Counsellor(visit(workplace, language))
    counsellor.visitor.sign_in(account(f"conseil.{antenna}"))
    given, family, phone = PERSONS[language]
    counsellor.receive(given, family, phone)
    number = counsellor.page.locator(".number").inner_text()
    offer(counsellor, other.upper())

    head = Counsellor(visit(workplace, language))
    head.visitor.sign_in(account(f"chef.{other}"))
    accept(head, number, family)
    head.visitor.finish()

    keep(counsellor, number, family)
    counsellor.visitor.finish()


def offer(counsellor: Counsellor, other: str):
    counsellor.page.get_by_role("link", name=counsellor.words("Offer to another antenna")).click()
    counsellor.visitor.check("transfer: offer")
    counsellor.fill({"to": other, "summary": "Accueil fait, un atelier est prévu.", "reason": "Elle a déménagé."})
    counsellor.visitor.submit("main form.sheet")
    counsellor.page.wait_for_load_state()
    expect(counsellor.page.locator(".notice")).to_have_text(
        counsellor.words("Offered. Until it is answered the case stays with you."))
    counsellor.visitor.check("transfer: offered")


def accept(head: Counsellor, number: str, family: str):
    head.visitor.go("/")
    line = head.section("offers").get_by_role("link", name=number)
    expect(line).to_be_visible()
    head.visitor.check("transfer: home")
    line.click()
    expect(head.page.locator("main")).not_to_contain_text(family)
    head.visitor.check("transfer: to decide")
    choice = head.page.locator("[name=contact] option").last.get_attribute("value")
    head.fill({"contact": choice}, "#accept")
    head.visitor.submit("#accept form")
    head.page.wait_for_load_state()
    head.page.get_by_role("link", name=head.words("Back to the case")).click()
    expect(head.page.locator("h1")).to_contain_text(family)


def keep(counsellor: Counsellor, number: str, family: str):
    """By its number the old antenna comes to the page that says where the case went."""
    counsellor.visitor.search(number)
    expect(counsellor.page).to_have_url(re.compile("/transfers/"))
    expect(counsellor.page.locator("main")).to_contain_text(counsellor.words("Whom to ask"))
    expect(counsellor.page.locator("main")).not_to_contain_text(family)
    counsellor.visitor.check("transfer: what is kept")
