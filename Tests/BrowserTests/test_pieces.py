"""The papers that a file needs: asked for and settled in French; in Arabic read, and printed for the person."""

import datetime

from playwright.sync_api import expect

from counsellor import Counsellor
from days import today

PAPER = b"%PDF-1.4\n% invented\n"


def test_pieces(workplace, account, visit, tmp_path):
    counsellor = Counsellor(visit(workplace, "fr"))
    page, words = counsellor.page, counsellor.words
    counsellor.visitor.sign_in(account("conseil.tat"))
    counsellor.receive("Monia", "Jebali", "20 555 999")
    url = page.url.split("?")[0].split("#")[0]
    case = url.rsplit("/", 1)[1]
    page.locator(f"a[href='/pieces/{case}']").first.click()
    counsellor.visitor.check("pieces: none looked at")
    untouched = counsellor.section("untouched")
    untouched.locator("summary").click()
    for code in ("cin", "birth", "bank"):
        page.locator(f"[name=ask][value={code}]").check()
    counsellor.visitor.submit("#untouched form")
    expect(page.locator(".notice")).to_have_text(words("Saved."))
    opened = counsellor.section("open").locator("ul.records > li")
    expect(opened).to_have_count(3)
    counsellor.visitor.check("pieces: asked for")
    page.locator(f"a[href='/pieces/{case}/licence']").click()
    counsellor.visitor.check("piece: form")
    counsellor.fill({"state": "not-applicable"})
    counsellor.visitor.submit("main > form")
    expect(page.locator("#e-note")).to_be_visible()
    counsellor.visitor.check("piece: refused")
    counsellor.fill({"note": "Elle ne conduit pas"})
    counsellor.visitor.submit("main > form")
    expect(counsellor.section("settled")).to_contain_text("Elle ne conduit pas")
    page.locator(f"a[href='/pieces/{case}/birth']").click()
    due = today() + datetime.timedelta(days=9)
    counsellor.fill({"state": "missing", "due_on": due.isoformat()})
    counsellor.visitor.submit("main > form")
    expect(opened.first).to_contain_text(words("missing"))
    upload_card(counsellor, url, tmp_path)
    page.goto(f"{url.replace('/cases/', '/pieces/')}")
    expect(opened).to_have_count(2)
    expect(counsellor.section("settled")).to_contain_text(words("The document on file"))
    counsellor.visitor.check("pieces")
    page.locator("main a[href='/pieces']").click()
    rows = page.locator("table.list tbody tr", has_text="Jebali")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("Extrait d’acte de naissance")
    counsellor.visitor.check("pieces that I follow")
    counsellor.visitor.finish()
    print_in_arabic(visit(workplace, "ar"), account("conseil.tat"), case)


def upload_card(counsellor: Counsellor, url: str, folder):
    card = folder / "carte.pdf"
    card.write_bytes(PAPER)
    counsellor.page.goto(url)
    counsellor.section("documents").locator("summary").click()
    counsellor.fill({"kind": "identity-card"}, "section#documents")
    counsellor.page.set_input_files("[name=file]", card)
    counsellor.visitor.submit("section#documents form")
    counsellor.sees("Saved.")


def print_in_arabic(visitor, account, case: str):
    visitor.sign_in(account, f"/pieces/{case}")
    words = Counsellor(visitor).words
    section = visitor.page.locator("#open")
    expect(section).to_contain_text(words("missing"))
    expect(section).to_contain_text("مضمون ولادة")
    visitor.check("pieces")
    visitor.page.locator(f"a[href='/pieces/{case}/sheet?language=ar']").click()
    sheet = visitor.page.locator("section.certificate")
    expect(sheet).to_have_attribute("dir", "rtl")
    expect(sheet.locator("li")).to_have_count(2)
    visitor.check("pieces: sheet")
    visitor.go(f"/pieces/{case}")
    with visitor.page.expect_download() as saved:
        visitor.page.locator(f"a[href='/pieces/{case}/sheet.pdf?language=ar']").click()
    assert saved.value.suggested_filename.endswith("-ar.pdf")
    assert open(saved.value.path(), "rb").read().startswith(b"%PDF")
    visitor.finish()
