"""The directory: a head enters a service in French, its owner confirms it without an account, a counsellor finds it in Arabic."""

from playwright.sync_api import expect

from counsellor import Counsellor


def test_directory(workplace, account, visit):
    head = Counsellor(visit(workplace, "fr"))
    page, words = head.page, head.words
    head.visitor.sign_in(account("chef.kef"), "/directory")
    head.visitor.check("directory")
    head.visitor.go("/directory/providers/new")
    head.fill({"kind": "ngo", "name_fr": "Maison des jeunes", "name_ar": "دار الشباب"})
    head.visitor.submit("main > form")
    expect(page.locator("h1")).to_have_text("Maison des jeunes")
    head.visitor.check("provider")
    page.locator("main a[href$='/services/new']").click()
    head.visitor.submit("main > form")
    expect(page.locator("#e-needs")).to_be_visible()
    head.visitor.check("service: refused")
    head.fill({
        "name_fr": "Cours de cuisine", "name_ar": "دروس في الطبخ", "age_from": "18", "opens": "08:30", "closes": "12:00",
        "cost": "free", "capacity": "3"})
    for name, value in [("needs", "training"), ("governorates", "TN-33"), ("days", "MO"), ("languages", "ar")]:
        page.locator(f"[name={name}][value={value}]").check()
    head.visitor.submit("main > form")
    expect(page.locator("h1")).to_have_text("Cours de cuisine")
    expect(page.locator("main")).to_contain_text("3 sur 3")
    service = page.url.split("?")[0].rsplit("/", 1)[1]
    head.visitor.submit(f"form[action='/directory/services/{service}/links']")
    link = page.locator("#confirmations a[href*='/directory/confirm/']").get_attribute("href")
    assert service not in link
    head.visitor.check("service")
    head.visitor.go("/directory/map?need=training")
    head.visitor.check("map")
    confirm(visit(workplace, "ar"), link)
    head.visitor.go(f"/directory/services/{service}")
    expect(page.locator("#confirmations")).to_contain_text(words("All is right"))
    head.visitor.finish()
    find(visit(workplace, "ar"), account("conseil.kef"), service)


def confirm(visitor, link: str):
    """The owner, who has no account and reads Arabic."""
    words = Counsellor(visitor).words
    assert visitor.go(link[:-1] + ("0" if link[-1] != "0" else "1")) == 404
    expect(visitor.page.locator("h1")).to_have_text(words("This link opens nothing"))
    visitor.check("confirmation: altered")
    assert visitor.go(link) == 200
    expect(visitor.page.locator("h1")).to_have_text("دروس في الطبخ")
    visitor.check("confirmation")
    visitor.page.locator("[name=answer][value=changed]").check()
    visitor.submit("main form.sheet")
    expect(visitor.page.locator("#e-words")).to_be_visible()
    visitor.page.locator("[name=answer][value=right]").check()
    visitor.submit("main form.sheet")
    expect(visitor.page.locator("h1")).to_have_text(words("Thank you"))
    visitor.check("confirmation: thanks")
    visitor.finish()


def find(visitor, account, service: str):
    counsellor = Counsellor(visitor)
    page, words = counsellor.page, counsellor.words
    visitor.sign_in(account)
    counsellor.receive("Rania", "Hechmi", "20 555 321", governorate="TN-33", birth_date="1995-05-05")
    case = page.url.split("?")[0].rsplit("/", 1)[1]
    page.locator(f"a[href='/directory/of/{case}']").first.click()
    visitor.check("services for a person")
    page.locator(f"a[href='/directory/of/{case}?need=training']").click()
    found = page.locator("table.list tbody tr").filter(has_text="دروس في الطبخ")
    expect(found).to_contain_text(words("It fits"))
    page.click("main form button")
    expect(page.locator("main .alert")).to_contain_text(words("Choose at least one."))
    page.locator(f"[name=service][value='{service}']").check()
    with page.expect_download() as download:
        page.click("main form button")
    assert download.value.suggested_filename == "addresses-ar.pdf"
    assert open(download.value.path(), "rb").read(5) == b"%PDF-"
    visitor.finish()
