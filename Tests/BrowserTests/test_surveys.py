"""The social survey: a counsellor of Promotion sociale writes it in French, concludes and corrects it; the head reads it
without the health; in Arabic it is read and printed. Others see no tab."""


from playwright.sync_api import expect

from counsellor import Counsellor
from days import today


def test_surveys(workplace, account, visit, tmp_path):
    counsellor = Counsellor(visit(workplace, "fr"))
    page, words = counsellor.page, counsellor.words
    counsellor.visitor.sign_in(account("social.kai"))
    counsellor.receive("Najet", "Ouerghi", "20 555 888")
    case = page.url.split("?")[0].split("#")[0].rsplit("/", 1)[1]
    page.locator(f"a[href='/surveys/{case}']").first.click()
    counsellor.visitor.check("surveys: none")
    page.locator("main a.button").click()
    counsellor.visitor.check("survey: form")
    # Nothing filled in but an amount that could be read in two ways.
    counsellor.fill({"income_wage": "1.234"})
    counsellor.visitor.submit("main > form")
    expect(page.locator(".summary li")).to_have_count(3)
    counsellor.visitor.check("survey: refused")
    counsellor.fill({
        "on": today().isoformat(), "way": "home", "tenure": "family", "income_wage": "450,5",
        "income_aid_why": "refused", "health": "Asthme", "safety": "Un frère la menace"})
    page.locator("[name=cover][value=amg1]").check()
    counsellor.visitor.submit("main > form")
    expect(page.locator(".notice")).to_have_text(words("Saved."))
    counsellor.visitor.check("survey: draft")
    page.locator("#draft a.button").click()
    counsellor.fill({"opinion": "Une famille unie", "proposals": "Un carnet de soins"})
    counsellor.visitor.submit("main > form")
    counsellor.visitor.submit("#draft form")
    expect(page.locator(".badge.good").first).to_have_text(words("concluded"))
    page.get_by_role("link", name=words("Correct with a reason")).click()
    counsellor.visitor.check("survey: correction")
    counsellor.fill({"tenure": "tenant", "reason": "La famille loue"})
    counsellor.visitor.submit("main > form")
    expect(counsellor.section("versions")).to_contain_text("La famille loue")
    counsellor.visitor.check("survey")
    survey = page.url.split("?")[0].split("#")[0]
    counsellor.section("versions").get_by_role("link").click()
    expect(counsellor.section("housing")).to_contain_text(words("With the family"))
    counsellor.visitor.check("survey: version before")
    counsellor.visitor.finish()
    path = survey[survey.index("/surveys/"):]
    read_in_arabic(visit(workplace, "ar"), account("social.kai"), path)
    see_no_health(visit(workplace, "fr"), account("chef.kai"), path)
    see_no_tab(visit(workplace, "fr"), account("conseil.kai"), case)


def read_in_arabic(visitor, account, path: str):
    visitor.sign_in(account, path)
    words = Counsellor(visitor).words
    main = visitor.page.locator("main")
    for text in ("As a tenant", "AMG1 (free care)", "Not answered", "Health"):
        expect(main).to_contain_text(words(text))
    expect(main).to_contain_text("Un carnet de soins")
    visitor.check("survey")
    with visitor.page.expect_download() as saved:
        visitor.page.locator("#paper a[download]").nth(1).click()
    assert saved.value.suggested_filename.endswith("-ar.pdf")
    assert open(saved.value.path(), "rb").read().startswith(b"%PDF")
    visitor.finish()


def see_no_health(visitor, account, path: str):
    visitor.sign_in(account, path)
    main = visitor.page.locator("main")
    expect(main).to_contain_text("Un frère la menace")
    expect(main).not_to_contain_text("Asthme")
    visitor.finish()


def see_no_tab(visitor, account, case: str):
    visitor.sign_in(account)
    visitor.go(f"/cases/{case}")
    expect(visitor.page.locator(f"a[href='/surveys/{case}']")).to_have_count(0)
    assert visitor.go(f"/surveys/{case}") == 403
    visitor.finish()
