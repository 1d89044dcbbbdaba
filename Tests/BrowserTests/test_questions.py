"""A counsellor asks the centre about nothing secret; her head finds it, and the answer of the centre to an older one."""

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor

WORDS = {"fr": "Peut-on recevoir un samedi ?", "ar": "هل يمكن الاستقبال يوم السبت؟"}


@pytest.mark.parametrize("language, antenna", [("fr", "kef"), ("ar", "gaf")])
def test_question(workplace, account, visit, language, antenna):
    counsellor = Counsellor(visit(workplace, language))
    counsellor.visitor.sign_in(account(f"conseil.{antenna}"))
    counsellor.visitor.go("/questions")
    counsellor.visitor.check("questions: waiting")
    counsellor.page.locator("main a[href='/questions/new']").click()
    counsellor.visitor.check("question: new")
    counsellor.fill({"kind": "advice", "words": WORDS[language]})
    counsellor.visitor.submit("main form[action='/questions']")
    counsellor.page.wait_for_url("**/questions/*")
    path = "/questions/" + counsellor.page.url.split("?")[0].rsplit("/", 1)[1]
    expect(counsellor.page.locator("#question")).to_contain_text(WORDS[language])
    # The centre answers, not the antenna.
    expect(counsellor.page.locator("form[action$='/answer']")).to_have_count(0)
    counsellor.visitor.check("question: asked")

    head = Counsellor(visit(workplace, language))
    head.visitor.sign_in(account(f"chef.{antenna}"))
    head.visitor.go("/")
    head.page.locator("#questions a").first.click()
    head.page.locator(f"main a[href='{path}']").click()
    expect(head.page.locator("#question")).to_contain_text(WORDS[language])
    head.visitor.finish()
    counsellor.visitor.finish()
