"""Papers of a person: added, seen, saved, expired, withdrawn, as a counsellor does it."""

import datetime

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today
from program import ROOT
from words import Words

PAPER = b"%PDF-1.4\n% invented\n"


def day(days: int) -> str:
    return (today() + datetime.timedelta(days=days)).isoformat()


@pytest.mark.parametrize(
    "language, antenna, script", [("fr", "kai", True), ("ar", "med", True), ("fr", "tat", False)],
    ids=["fr", "ar", "fr-without-script"])
def test_a_paper(workplace, account, visit, tmp_path, language, antenna, script):
    names = {"fr": ("Zohra", "Mathlouthi"), "ar": ("زهرة", "المثلوثي")}[language]
    passport = tmp_path / "Passeport de Zohra.pdf"
    passport.write_bytes(PAPER)
    visitor = visit(workplace, language, java_script_enabled=script, viewport={"width": 1280, "height": 900})
    page, words = visitor.page, Words(language)
    counsellor = Counsellor(visitor)
    visitor.sign_in(account(f"conseil.{antenna}"))
    counsellor.receive(*names, f"+21623{len(antenna + language) * 1000 + ord(antenna[0]):06}")
    section = counsellor.section("documents")
    expect(section.locator(".empty")).to_have_count(1)

    def add(file, **fields):
        section.locator("summary").click()
        counsellor.fill(fields, "section#documents")
        if file:
            page.set_input_files("[name=file]", file)
        visitor.submit("section#documents form")

    # Nothing filled in; a file that is no paper.
    add(None)
    expect(page.locator(".summary li")).to_have_count(2)
    visitor.check("documents: nothing chosen")
    (tmp_path / "programme.pdf").write_text("#!/bin/sh\necho\n")
    counsellor.fill({"kind": "passport", "title": "Passeport", "valid_until": day(-3)})
    page.set_input_files("[name=file]", tmp_path / "programme.pdf")
    visitor.submit("main form.sheet")
    expect(page.locator("#e-file")).to_contain_text("DOCX")
    expect(page.locator("[name=title]")).to_have_value("Passeport")
    visitor.check("documents: refused")
    keep(page, f"documents-refused-{language}", script)
    page.set_input_files("[name=file]", passport)
    visitor.submit("main form.sheet")
    counsellor.sees("Saved.")

    first = section.locator("ul.records li").first
    expect(first).to_contain_text(words("expired"))
    expect(first).to_contain_text(words("not checked for viruses"))
    counsellor.expect_last_act("Added a document")
    add(passport, kind="identity-card", valid_until=day(20))
    counsellor.sees("Saved.")
    expect(section.locator("ul.records li")).to_have_count(2)
    expect(section.locator("ul.records li").first).to_contain_text("Passeport de Zohra.pdf")
    section.locator("summary").click()
    keep(page, f"documents-case-{language}", script)

    with page.expect_download() as saved:
        section.locator("a[download]", has_text="Passeport").last.click()
    assert saved.value.suggested_filename == "Passeport de Zohra.pdf"
    assert open(saved.value.path(), "rb").read() == PAPER
    case = page.url.split("?")[0].split("#")[0]
    page.goto(case)
    counsellor.expect_last_act("Opened a document")

    page.click("nav.side a[href='/documents']")
    expect(page.locator("h1")).to_have_text(words("Documents that expire"))
    row = page.locator("table.list tbody tr", has_text=names[1])
    expect(row).to_have_count(2)
    expect(row.first).to_contain_text(words("expired"))
    visitor.check("documents: list")
    keep(page, f"documents-list-{language}", script)
    page.locator(".filters a", has_text=words("Expiring")).last.click()
    expect(page.locator("table.list tbody tr", has_text=names[1])).to_have_count(1)
    visitor.check("documents: expiring")
    page.locator("table.list tbody tr", has_text=names[1]).locator("a").click()
    withdraw(visitor, counsellor, language, script)
    visitor.finish()


def withdraw(visitor, counsellor, language, script):
    page, section = visitor.page, counsellor.section("documents")
    section.locator("li a", has_text=counsellor.words("Withdraw the document")).first.click()
    visitor.submit("main form.sheet")
    expect(page.locator(".field.wrong [name=reason]")).to_be_visible()
    visitor.check("documents: withdrawal without a reason")
    keep(page, f"documents-withdrawal-{language}", script)
    page.fill("[name=reason]", "Carte d’une autre personne.")
    visitor.submit("main form.sheet")
    counsellor.sees("Saved.")
    expect(section.locator("a[download]")).to_have_count(1)
    expect(section.locator("ul.records li").first).to_contain_text("Carte d’une autre personne.")
    counsellor.expect_last_act("Withdrew a document")


def keep(page, name: str, script: bool):
    folder = ROOT / "var/screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    if script:
        page.screenshot(path=folder / f"{name}.png", full_page=True)
