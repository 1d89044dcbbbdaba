"""The employment section: a counsellor of ANETI fills it in French and reads it in Arabic; others see no tab."""

from playwright.sync_api import expect

from counsellor import Counsellor


def test_skills(workplace, account, visit):
    counsellor = Counsellor(visit(workplace, "fr"))
    counsellor.visitor.sign_in(account("emploi.mon"))
    counsellor.receive("Rafika", "Mejri", "20 555 777")
    case = counsellor.page.url.split("?")[0].split("#")[0].rsplit("/", 1)[1]
    counsellor.page.locator(f"a[href='/skills/{case}']").first.click()
    counsellor.visitor.check("skills: empty")
    write(counsellor, case, "profile", {"level": "vocational", "trades": "Couturière, 6 ans", "spoken_it": "b2"})
    write(counsellor, case, "idea", {"sector": "crafts", "what": "Un atelier de couture"})
    missing = counsellor.section("idea")
    expect(missing).to_contain_text(counsellor.words("Still missing for a feasibility study"))
    write(counsellor, case, "certificate", {"title": "CAP couture", "country": "Italie"})
    counsellor.page.get_by_role("link", name="CAP couture").click()
    counsellor.visitor.check("skills: certificate")
    counsellor.fill({"recognition": "asked", "recognition_on": "2026-01-12"}, "#recognition")
    counsellor.visitor.submit("#recognition form")
    expect(counsellor.section("certificate")).to_contain_text(counsellor.words("Asked for"))
    counsellor.visitor.check("skills")
    counsellor.visitor.finish()
    read_in_arabic(visit(workplace, "ar"), account("emploi.mon"), case)
    see_no_tab(visit(workplace, "fr"), account("social.mon"), case)


def write(counsellor: Counsellor, case: str, part: str, fields: dict[str, str]):
    counsellor.page.locator(f"#{part} a.button, #{part} .buttons a").last.click()
    counsellor.visitor.check(f"skills: {part}")
    counsellor.fill(fields)
    counsellor.visitor.submit("main > form")
    counsellor.page.wait_for_url(f"**/skills/{case}*")
    expect(counsellor.page.locator(".notice")).to_have_text(counsellor.words("Saved."))


def read_in_arabic(visitor, account, case: str):
    visitor.sign_in(account, f"/skills/{case}")
    words = Counsellor(visitor).words
    main = visitor.page.locator("main")
    for text in ("Business idea", "Crafts", "Vocational training", "Asked for"):
        expect(main).to_contain_text(words(text))
    expect(main).to_contain_text("Couturière, 6 ans")
    visitor.check("skills")
    visitor.finish()


def see_no_tab(visitor, account, case: str):
    visitor.sign_in(account)
    visitor.go(f"/cases/{case}")
    expect(visitor.page.locator(f"a[href='/skills/{case}']")).to_have_count(0)
    assert visitor.go(f"/skills/{case}") == 403
    visitor.finish()
