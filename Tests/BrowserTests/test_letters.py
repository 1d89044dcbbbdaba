"""A counsellor writes to a person: a letter that she looks at first, prints and hands over, and an SMS that she sends by hand."""

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from program import ROOT

SCREENSHOTS = ROOT / "var/screenshots"
SCREENS = {"desk": {"width": 1280, "height": 800}, "phone": {"width": 390, "height": 844}}
PERSONS = [
    ("fr", "desk", "med", ("Mabrouka", "Hamdi", "20 888 111")),
    ("fr", "phone", "gaf", ("Zohra", "Kefi", "20 888 222")),
    ("ar", "desk", "kai", ("نزيهة", "المرزوقي", "20 888 333")),
    ("ar", "phone", "kef", ("صالحة", "العياري", "20 888 444")),
]
PAPER = {"fr": "un extrait de naissance", "ar": "مضمون ولادة"}
SUBJECT = {"fr": "Document à fournir", "ar": "وثيقة مطلوبة"}


@pytest.mark.parametrize("language, screen, antenna, person", PERSONS)
def test_letters(workplace, account, visit, language, screen, antenna, person):
    counsellor = Counsellor(visit(workplace, language, viewport=SCREENS[screen]))
    counsellor.visitor.sign_in(account(f"conseil.{antenna}"))
    counsellor.receive(*person, address="Centre de retour, Tunis")
    page, words = counsellor.page, counsellor.words

    def show(name: str):
        counsellor.visitor.check(f"letters: {name}")
        SCREENSHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SCREENSHOTS / f"letters-{name}-{language}-{screen}.png", full_page=True)

    case = page.url.split("?")[0].split("#")[0].rsplit("/", 1)[1]
    page.locator(f"a[href='/letters/{case}']").first.click()
    show("none")
    page.get_by_role("link", name=words("Write a letter"), exact=True).click()
    page.locator(f"a[href='/letters/{case}/new?model=missing-paper']").click()
    counsellor.fill({"language": language, "paper": PAPER[language], "day": "2030-04-01", "recipient": "address"})
    page.get_by_role("button", name=words("Show it first")).click()
    expect(page.locator(".summary")).to_contain_text("retour")
    show("telling")
    counsellor.fill({"recipient": "name"})
    page.get_by_role("button", name=words("Show it first")).click()
    expect(page.locator("main")).to_contain_text(SUBJECT[language])
    show("preview")
    page.get_by_role("button", name=words("Write and keep it")).click()
    expect(page.locator(".notice")).to_have_text(words("Saved."))
    show("kept")
    letter = page.url.split("?")[0]
    with page.expect_download() as download:
        page.get_by_role("link", name=words("Open the PDF")).click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    assert person[1] not in download.value.suggested_filename
    download.value.save_as(SCREENSHOTS / f"letter-{language}.pdf")
    counsellor.fill({"way": "handed"})
    counsellor.visitor.submit("form[action$='/sent']")
    expect(page.locator("main")).to_contain_text(words("Printed and handed over"))
    show("sent")

    page.goto(f"/letters/{case}/new?model=appointment-sms")
    expect(page.locator(".alert.attention")).to_be_visible()
    show("no-consent")
    page.goto(f"/cases/{case}")
    consent = {"purpose": "sms", "way": "signed", "consent_language": "ar"}
    counsellor.agree(consent)
    page.goto(f"/letters/{case}/new?model=appointment-sms")
    counsellor.fill({"language": language, "day": "2030-04-01", "hour": "9:30"})
    page.get_by_role("button", name=words("Write and keep it")).click()
    expect(page.locator(".alert.info")).to_contain_text("UCS-2" if language == "ar" else "GSM-7")
    show("sms")
    page.goto(letter)
    page.fill("[name=why]", "Plus utile")
    counsellor.visitor.submit("form[action$='/withdrawal']")
    page.goto(f"/letters/{case}")
    expect(page.locator("main")).to_contain_text(words("withdrawn"))
    show("list")
    counsellor.visitor.finish()
