"""A member of a household becomes a person of her own, in French, then in Arabic."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor


@pytest.mark.parametrize(
    "language, antenna, script, person, spouse, phone",
    [
        ("fr", "mon", "latin", ("Bechir", "Hamrouni"), "Olfa Hamrouni", "20 999 101"),
        ("ar", "kef", "arabic", ("رشيد", "الحمروني"), "ألفة الحمروني", "20 999 202"),
    ],
)
def test_a_member_becomes_a_person(workplace, account, visit, language, antenna, script, person, spouse, phone):
    counsellor = Counsellor(visit(workplace, language))
    page = counsellor.page
    counsellor.visitor.sign_in(account(f"conseil.{antenna}"))
    counsellor.receive(*person, phone, return_country="IT")
    case = urlsplit(page.url).path.rsplit("/", 1)[1]
    page.goto(f"/households/{case}")
    counsellor.fill(
        {"relation": "spouse", f"name_{script}": spouse, "birth_year": "1991", "sex": "female", "living": "together"})
    counsellor.visitor.submit("main form.sheet")
    counsellor.visitor.check("household")
    page.click("main a[href$='/reception']")
    page.wait_for_url("**/cases/new*")
    # What is known of her stands in the form already; no name stands in the address.
    given, family = spouse.split(" ", 1)
    for field, value in {f"given-{script}": given, f"family-{script}": family, "birth-year": "1991"}.items():
        expect(page.locator(f"[name={field}]")).to_have_value(value)
    expect(page.locator("[name=phones]")).to_have_value("+216" + phone.replace(" ", ""))
    assert given not in page.url
    counsellor.visitor.check("reception of a member")
    counsellor.fill({"channel": "walk-in"})
    counsellor.visitor.submit("main > form")
    page.wait_for_load_state()
    if page.locator("[name=apart-reason]").count():
        page.fill("[name=apart-reason]", "Son épouse.")
        counsellor.visitor.submit("main > form")
    expect(page.locator("main .stages")).to_be_visible()
    own = urlsplit(page.url).path
    page.goto(f"/households/{case}")
    counsellor.visitor.check("household with a person of her own")
    link = page.locator("main .records a").first
    expect(link).to_have_text(counsellor.words("File of her own"))
    assert link.get_attribute("href") == own
    counsellor.visitor.finish()
