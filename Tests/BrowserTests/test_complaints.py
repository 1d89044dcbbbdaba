"""Somebody who does not say who she is complains; the head answers in her language; an appeal waits for the centre."""

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor

TOLD = {"fr": "On ne m’a pas rappelé, et personne ne sait pourquoi.", "ar": "لم يتصل بي أحد ولا أحد يعرف السبب."}
ANSWER = {"fr": "Nous vous prions de nous en excuser.", "ar": "نعتذر لكم عن ذلك."}


@pytest.mark.parametrize("language, antenna", [("fr", "kef"), ("ar", "gaf")])
def test_complaint(workplace, account, visit, language, antenna):
    counsellor = Counsellor(visit(workplace, language))
    counsellor.visitor.sign_in(account(f"conseil.{antenna}"))
    counsellor.visitor.go("/complaints")
    counsellor.visitor.check("complaints: mine")
    counsellor.page.locator("main a[href='/complaints/new']").click()
    counsellor.visitor.check("complaint: new")
    counsellor.fill({"kind": "delay", "channel": "box", "language": language, "words": TOLD[language]})
    counsellor.visitor.submit("main form[action='/complaints']")
    counsellor.page.wait_for_url("**/complaints/*")
    path = "/complaints/" + counsellor.page.url.split("?")[0].rsplit("/", 1)[1]
    expect(counsellor.page.locator("main")).to_contain_text(TOLD[language])
    assert counsellor.page.locator("#answer").count() == 0
    counsellor.visitor.check("complaint: recorded")

    head = Counsellor(visit(workplace, language))
    head.visitor.sign_in(account(f"chef.{antenna}"))
    head.visitor.go("/complaints")
    head.page.locator(f"main a[href='{path}']").first.click()
    head.visitor.check("complaint: to be answered")
    head.fill({"outcome": "upheld", "reason": "Constaté.", "answer": ANSWER[language]})
    head.visitor.submit("#answer form")
    expect(head.page.locator("#answer")).to_contain_text(ANSWER[language])
    # Whoever answered does not record the appeal against it.
    assert head.page.locator("#appeal").count() == 0
    head.visitor.check("complaint: answered")

    counsellor.visitor.go(path)
    expect(counsellor.page.locator("#answer")).to_contain_text(ANSWER[language])
    counsellor.fill({"words": TOLD[language]}, within="#appeal")
    counsellor.visitor.submit("#appeal form")
    counsellor.page.wait_for_load_state()
    counsellor.visitor.check("complaint: appeal")
    appeal = "/complaints/" + counsellor.page.url.split("?")[0].rsplit("/", 1)[1]
    assert appeal != path
    assert head.visitor.go(appeal) == 404
    head.visitor.finish()
    counsellor.visitor.finish()
