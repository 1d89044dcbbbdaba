"""Assessments: a counsellor fills in the follow-up in French, from a paper too, concludes and corrects it and sees how it
went; the centre loads a questionnaire with a fault in it, mends it, tries it and puts it in force; in Arabic it is read."""

import pathlib

from playwright.sync_api import expect

from counsellor import Counsellor
from days import today

GOOD = {
    "q-work": "regular", "q-needs": "often", "q-debts": "never", "q-home": "yes", "q-care": "always",
    "q-place": "often", "q-support": "several", "q-worry": "never", "q-has-pupils": "no",
}


def choose(page, answers):
    for name, value in answers.items():
        page.locator(f"[name='{name}'][value='{value}']").check()


def test_assessments(workplace, account, visit):
    counsellor = Counsellor(visit(workplace, "fr"))
    page, words = counsellor.page, counsellor.words
    counsellor.visitor.sign_in(account("conseil.kai"))
    counsellor.receive("Sabiha", "Ouerghi", "20 555 777")
    case = page.url.split("?")[0].split("#")[0].rsplit("/", 1)[1]
    page.locator(f"a[href='/assessments/{case}']").first.click()
    counsellor.visitor.check("assessments: none")
    page.locator("a[href*='instrument=follow-up.1']").click()
    counsellor.visitor.check("assessment: form")
    # Nothing but an answer to what is not to be asked, and a paper that nobody gave.
    choose(page, {"q-school": "all", "way": "paper"})
    counsellor.visitor.submit("main > form")
    expect(page.locator(".summary li")).to_have_count(2)
    page.locator("[name=on]").fill(today().isoformat())
    choose(page, {"wave": "baseline", **GOOD})
    counsellor.visitor.submit("main > form")
    expect(page.locator(".summary li")).to_have_count(2)
    counsellor.visitor.check("assessment: refused")
    page.locator("[name='q-school'][value='']").check()
    page.locator("[name='asked-by']").fill("Monia, stagiaire")
    page.locator("[name='q-said']").fill("Cherche un local")
    counsellor.visitor.submit("main > form")
    expect(page.locator(".notice")).to_have_text(words("Saved."))
    counsellor.visitor.check("assessment: draft")
    counsellor.visitor.submit("#draft form")
    expect(page.locator("#score strong")).to_have_text("0,926")
    page.get_by_role("link", name=words("Correct with a reason")).click()
    counsellor.visitor.check("assessment: correction")
    choose(page, {"q-work": "now-and-then"})
    page.locator("[name=reason]").fill("Mal compris")
    counsellor.visitor.submit("main > form")
    expect(counsellor.section("versions")).to_contain_text("Mal compris")
    counsellor.visitor.check("assessment")
    path = page.url.split("?")[0].split("#")[0]
    path = path[path.index("/assessments/"):]
    counsellor.visitor.go(f"/assessments/{case}")
    counsellor.visitor.check("assessments")
    page.get_by_role("link", name=words("How it went over time")).click()
    expect(page.locator("figure svg circle").first).to_be_visible()
    counsellor.visitor.check("assessment: over time")
    counsellor.visitor.finish()
    read_in_arabic(visit(workplace, "ar"), account("conseil.kai"), path, case)
    load(visit(workplace, "fr"), workplace.accounts["centre"])
    see_no_social(visit(workplace, "fr"), account("conseil.kai"), case)


def read_in_arabic(visitor, account, path: str, case: str):
    visitor.sign_in(account, path)
    words = Counsellor(visitor).words
    main = visitor.page.locator("main")
    for text in ("من حين إلى آخر", "المتابعة في ثلاثة محاور", words("on paper, entered later"), "Cherche un local"):
        expect(main).to_contain_text(text)
    visitor.check("assessment")
    visitor.go(f"/assessments/{case}/trajectory?instrument=follow-up")
    visitor.check("assessment: over time")
    visitor.go(f"/assessments/{case}")
    visitor.check("assessments")
    with visitor.page.expect_download() as saved:
        visitor.page.locator("a[download][href*='follow-up.1/form.pdf?language=ar']").click()
    assert saved.value.suggested_filename == "follow-up.1-ar.pdf"
    assert open(saved.value.path(), "rb").read().startswith(b"%PDF")
    visitor.go(f"/assessments/{case}/new?instrument=follow-up.1")
    visitor.check("assessment: form")
    visitor.finish()


def load(visitor, account):
    visitor.sign_in(account, "/instruments")
    page, words = visitor.page, Counsellor(visitor).words
    visitor.check("questionnaires")
    page.get_by_role("link", name=words("Load a questionnaire")).click()
    text = (pathlib.Path(__file__).parents[2] / "docs/assessments.md").read_text().split("```yaml")[1].split("```")[0]
    page.locator("#f-text").fill(text.replace("weight: 0.6", "weight: 0.5"))
    visitor.submit("main > form")
    expect(page.locator(".summary li")).to_have_count(1)
    expect(page.locator(".summary")).to_contain_text("0.9")
    visitor.check("questionnaire: refused")
    page.locator("#f-text").fill(text)
    visitor.submit("main > form")
    visitor.check("questionnaire: loaded")
    page.get_by_role("link", name=words("Try it on sample answers")).click()
    choose(page, {"q-income": "some", "q-housed": "no"})
    page.locator("[name='q-debts']").fill("0")
    visitor.submit("main > form")
    expect(page.locator("#score strong")).to_have_text("0,625")
    visitor.check("questionnaire: tried")
    visitor.go("/instruments/example.1")
    visitor.submit("#acts > form")
    expect(page.locator("#facts")).to_contain_text(words("in force"))
    page.locator("#acts details summary").click()
    page.locator("[name=why]").fill("Un exemple seulement")
    visitor.submit("#acts details form")
    expect(page.locator("#facts")).to_contain_text("Un exemple seulement")
    visitor.check("questionnaire: retired")
    for place in ("rss-frame.1", "vulnerability.1", "follow-up.1/agreement"):
        visitor.go(f"/instruments/{place}")
        visitor.check(f"questionnaire: {place}")
    visitor.finish()


def see_no_social(visitor, account, case: str):
    visitor.sign_in(account)
    assert visitor.go(f"/assessments/{case}/new?instrument=vulnerability.1") == 404
    visitor.finish()
