"""A partner's file from sending it up to the report, as a counsellor does it."""

import re

import pytest
from playwright.sync_api import expect

from program import ROOT
from words import Words

TITLES = "N° dossier;Nom;Prénom;Nom (arabe);Prénom (arabe);Sexe;Date de naissance;CIN;Passeport;Téléphone en Tunisie;" \
    "Courriel;Adresse;Délégation;Gouvernorat;Langues;Pays de retour;Date de départ;Type de retour;Programme\n"


def line(number: int, phone: str, **changes: str) -> str:
    fields = {"nom": "Jlassi", "prenom": "Wafa", "cin": "", "pays": "France"} | changes
    return f"RV-{number};{fields['nom']};{fields['prenom']};الجلاصي;وفاء;F;14/03/1991;{fields['cin']};;{phone};;;;Tunis;;" \
        f"{fields['pays']};05/11/2025;Volontaire;\n"


@pytest.mark.parametrize(
    "language, antenna, phones, script", [
        ("fr", "gaf", ("22 000 111", "22 000 112", "22 000 113"), True),
        ("ar", "kef", ("22 000 221", "22 000 222", "22 000 223"), True),
        ("fr", "mon", ("22 000 331", "22 000 332", "22 000 333"), False),
    ], ids=["fr", "ar", "fr-without-script"])
def test_a_file_with_corrections(workplace, account, visit, tmp_path, language, antenna, phones, script):
    file = tmp_path / "liste.csv"
    file.write_text(
        TITLES + line(1, phones[0]) + line(2, phones[1], cin="123", pays="Atlantide", prenom="Sonia")
        + line(3, phones[0]) + line(4, phones[2], prenom="Mouna"))
    visitor = visit(workplace, language, java_script_enabled=script)
    page, words = visitor.page, Words(language)
    visitor.sign_in(account(f"conseil.{antenna}"))

    page.click("nav.side a[href='/imports']")
    expect(page.locator("h1")).to_have_text(words("Partners' files"))
    visitor.check("imports: empty")
    page.click(".title .actions a.button")
    visitor.check("imports: send")
    visitor.submit("main form.sheet")
    expect(page.locator(".summary li")).to_have_count(2)
    visitor.check("imports: nothing chosen")
    page.select_option("[name=partner]", "État membre (liste RIAT)")
    page.set_input_files("[name=file]", file)
    visitor.submit("main form.sheet")

    rows = page.locator("table.list tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.nth(0)).to_contain_text(words("new"))
    expect(rows.nth(1)).to_contain_text(words("A CIN has 8 digits."))
    # In Arabic a number that is put in stands between marks that keep its direction.
    number = "2" if language == "fr" else "\u20682\u2069"
    expect(rows.nth(2)).to_contain_text(words("the same person as in row {1} of this file", number))
    visitor.check("imports: preview")

    page.locator(".filters a", has_text=words("refused")).click()
    expect(rows).to_have_count(1)
    rows.nth(0).locator("th a").click()
    visitor.check("imports: row")
    expect(page.locator(".field.wrong [name=return-country]")).to_be_visible()
    page.select_option("[name=return-country]", "IT")
    page.fill("[name=cin]", "12")
    visitor.submit("main form.sheet")
    expect(page.locator(".field.wrong [name=cin]")).to_have_value("12")
    expect(page.locator("[name=return-country]")).to_have_value("IT")
    visitor.check("imports: row still wrong")
    page.fill("[name=cin]", "")
    visitor.submit("main form.sheet")
    expect(page.locator(".notice")).to_have_text(words("Saved."))
    expect(rows.nth(0)).to_contain_text(words("new"))

    rows.nth(2).locator("th a").click()
    page.get_by_role("button", name=words("Leave this row out"), exact=True).click()
    expect(rows.nth(0)).to_contain_text(words("left out"))
    visitor.check("imports: row left out")
    page.click(".title .actions form button")
    expect(page.locator(".notice")).to_have_text(words("Brought in. This is the report."))
    expect(rows).to_have_count(4)
    assert "Jlassi" not in page.inner_text("main table")
    visitor.check("imports: report")

    with page.expect_download() as download:
        page.click(".title .actions a.button")
    report = download.value.path().read_text(encoding="utf-8-sig")
    assert [cells.split(";")[:3] for cells in report.splitlines()[1:]] == [
        ['"2"', '"RV-1"', f'"{words("taken")}"'], ['"3"', '"RV-2"', f'"{words("taken")}"'],
        ['"4"', '"RV-3"', f'"{words("already there")}"'], ['"5"', '"RV-4"', f'"{words("left out")}"']]
    assert not re.search(r"Jlassi|Wafa|الجلاصي|22 ?000", report)

    page.locator("table.list tbody td a").first.click()
    expect(page.locator("h1")).to_contain_text("Jlassi")
    visitor.go("/imports")
    visitor.check("imports: list")
    visitor.finish()


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_a_file_that_cannot_be_read_says_why(workplace, account, visit, tmp_path, language):
    visitor = visit(workplace, language)
    page, words = visitor.page, Words(language)
    visitor.sign_in(account("conseil.tat"))
    files = {
        "Windows-1256": "اللقب;الاسم\nالزيتوني;سلمى\n".encode("cp1256"), "N° dossier": b"Autre;Titre\nA;B\n",
        "Excel": (ROOT / "docs/samples/ofii.xlsx").read_bytes()[:2_000],
    }
    for said, content in files.items():
        (tmp_path / "file").write_bytes(content)
        visitor.go("/imports/new")
        page.select_option("[name=partner]", "État membre (liste RIAT)")
        page.set_input_files("[name=file]", tmp_path / "file")
        visitor.submit("main form.sheet")
        expect(page.locator("#e-file")).to_contain_text(said if said != "N° dossier" else "Autre, Titre")
        visitor.check(f"imports: {said}")
    visitor.go("/imports/mappings")
    visitor.check("imports: mappings")
    page.fill("[name=mapping]", "partner: X\ncolumns: { shoe: x }")
    page.set_input_files("[name=sample]", tmp_path / "file")
    visitor.submit("main form.sheet")
    expect(page.locator("#e-mapping")).to_contain_text("shoe")
    assert words("Keep a mapping") in page.inner_text("main")
    visitor.check("imports: mapping refused")
    visitor.finish()
