"""A case ends: how the person stands, the final report on paper, and a call some time later."""

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor

PERSONS = {"fr": ("Wassila", "Trabelsi", "20 777 111"), "ar": ("وسيلة", "الطرابلسي", "20 777 333")}
REMARK = {"fr": "On m’a toujours répondu.", "ar": "شكرا لكم"}


@pytest.mark.parametrize("language, antenna", [("fr", "gaf"), ("ar", "kai")])
def test_closing(workplace, account, visit, language, antenna):
    counsellor = Counsellor(visit(workplace, language))
    counsellor.visitor.sign_in(account(f"conseil.{antenna}"))
    counsellor.receive(*PERSONS[language])
    counsellor.act(
        "Closing", "Close the case", {"outcome": "standing", "reason": "L’atelier marche."}, "The case is closed.")
    counsellor.page.get_by_role("link", name=counsellor.words("Closing and after")).click()
    counsellor.visitor.check("closing: empty")
    record(
        counsellor, "Record how the person stands",
        {"economic": "4", "social": "refused", "reception": "5", "remark": REMARK[language]})
    main = counsellor.page.locator("main")
    for text in ("Very content", "Does not wish to say", "Not asked"):
        expect(main).to_contain_text(counsellor.words(text))
    expect(main).to_contain_text(REMARK[language])

    with counsellor.page.expect_download() as download:
        counsellor.page.get_by_role("link", name=counsellor.words("PDF in Arabic")).click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    assert PERSONS[language][1] not in download.value.suggested_filename

    record(counsellor, "Record a contact", {"way": "phone", "heard": "Elle a embauché sa sœur."})
    expect(counsellor.section("contacts")).to_contain_text("Elle a embauché sa sœur.")
    counsellor.visitor.check("closing: contacts")
    counsellor.visitor.finish()


def record(counsellor: Counsellor, opener: str, fields: dict[str, str]):
    counsellor.page.locator("main summary", has_text=counsellor.words(opener)).click()
    counsellor.fill(fields, "details[open] form")
    counsellor.visitor.submit("details[open] form")
    expect(counsellor.page.locator(".notice")).to_have_text(counsellor.words("Saved."))
