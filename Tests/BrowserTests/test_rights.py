"""A person asks about her data: her copy, who saw it, her consent read aloud; then she asks that all be destroyed."""

import json

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor

PERSONS = {"fr": ("Hayet", "Bouzid", "20 777 111"), "ar": ("حياة", "بوزيد", "20 777 333")}
ASKED = {"fr": "Elle veut tout savoir.", "ar": "تريد معرفة كل شيء"}


@pytest.mark.parametrize("language, antenna", [("fr", "med"), ("ar", "kef")])
def test_rights(workplace, account, visit, language, antenna):
    head = Counsellor(visit(workplace, language))
    head.visitor.sign_in(account(f"chef.{antenna}"))
    head.receive(*PERSONS[language])
    head.act("Closing", "Close the case", {"outcome": "standing", "reason": "Fini."}, "The case is closed.")
    case = head.page.url.split("?")[0]
    head.page.get_by_role("link", name=head.words("Rights on the data")).first.click()
    head.visitor.check("rights: empty")
    record(head, "Record a request", {"kind": "copy", "asked-by": "herself", "proof": "card", "words": ASKED[language]})
    expect(head.section("requests")).to_contain_text(ASKED[language])
    record(head, "Answer", {"outcome": "done", "answer": "Remise."})
    expect(head.section("requests")).to_contain_text("Remise.")
    take_away(head, language)
    consent(head, language)

    record(head, "Ask for the destruction", {"ground": "request", "why-erase": "Elle l’écrit."})
    expect(head.section("erasure")).to_contain_text(head.words("waits for a second person"))
    head.section("erasure").get_by_role("link").click()
    expect(head.page.locator("main form[action$='/destruction']")).to_have_count(0)
    head.visitor.check("destruction: waits")
    record_page = head.page.url

    head.visitor.go("/rights")
    head.visitor.check("rights: waiting")
    for path in "/rights/due", "/rights/rules", "/rights/erasures":
        assert head.visitor.go(path) == 200
        head.visitor.check(path)
    assert head.visitor.go(record_page) == 200
    assert head.visitor.go(case) == 200
    head.visitor.finish()


def take_away(head: Counsellor, language: str):
    """The copy as PDF and JSON; nothing of who she is in the names of the files."""
    for name in "PDF in French", "PDF in Arabic":
        with head.page.expect_download() as download:
            head.section("copy").get_by_role("link", name=head.words(name)).first.click()
        assert download.value.path().read_bytes().startswith(b"%PDF-")
    with head.page.expect_download() as download:
        head.section("copy").get_by_role("link", name="JSON").click()
    copy = json.loads(download.value.path().read_text(encoding="utf-8"))
    assert copy["format"] == "tounesna.copy/1" and copy["history"]
    told = json.dumps(copy["parts"], ensure_ascii=False)
    for text in *PERSONS[language][:2], ASKED[language], "Fini.":
        assert text in told
    back = head.page.url
    head.section("copy").get_by_role("link", name=head.words("Show")).first.click()
    expect(head.page.locator("main table")).to_contain_text(head.words("Made a copy of all data"))
    head.visitor.check("rights: who saw")
    head.visitor.go(back)


def consent(head: Counsellor, language: str):
    back = head.page.url
    head.section("copy").get_by_role("link", name=head.words("Show")).last.click()
    head.page.locator("main .filters a", has_text="العربية").click()
    text = head.page.locator("main section[lang=ar]")
    expect(text).to_have_attribute("dir", "rtl")
    head.visitor.check("rights: consent")
    head.visitor.go(back)


def record(counsellor: Counsellor, opener: str, fields: dict[str, str]):
    counsellor.page.locator("main summary", has_text=counsellor.words(opener)).first.click()
    counsellor.fill(fields, "details[open] form")
    counsellor.visitor.submit("details[open] form")
    expect(counsellor.page.locator(".notice")).to_have_text(counsellor.words("Saved."))
