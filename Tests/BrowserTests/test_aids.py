"""A social aid, an employment aid and a business grant from the request to the last proof, and one that is refused."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today
from program import ROOT

SCREENSHOTS = ROOT / "var/screenshots"
RIB = "10 006 0351835984788 31"
PERSONS = {"fr": ("Olfa", "Mansouri", "20 555 811"), "ar": ("ألفة", "المنصوري", "20 555 822")}
WORDS = {
    "fr": {"social": "Réparer le toit", "employment": "Une formation de soudeur", "business": "Un atelier de couture", "no": "Un café"},
    "ar": {"social": "إصلاح السقف", "employment": "تكوين في اللحام", "business": "ورشة خياطة", "no": "مقهى"},
}
# Kind, asked, own part, parts, how they are given.
AIDS = {
    "social": ("housing", "3000,001", "299,999", 2, "supplier"),
    "employment": ("training", "1 200", "", 1, "cash"),
    "business": ("business-creation", "15600", "400", 3, "in-kind"),
}


class Office:
    """Those between whom an aid goes to and fro: nobody does both halves of anything."""

    def __init__(self, workplace, account, visit, language, antenna):
        self.counsellor = Counsellor(visit(workplace, language))
        self.head = Counsellor(visit(workplace, language))
        self.centre = Counsellor(visit(workplace, language))
        self.counsellor.visitor.sign_in(account(f"conseil.{antenna}"))
        self.head.visitor.sign_in(account(f"chef.{antenna}"))
        self.centre.visitor.sign_in(workplace.accounts["centre"])
        self.path = ""

    def send(self, who: Counsellor, act: str, fields: dict, part: int | None = None, check: str = ""):
        """A form of the aid's page, by the end of its address."""
        who.visitor.go(self.path)
        who.visitor.open_all_forms()
        form = f"{f'#part-{part} ' if part else ''}form[action$='/{act}']"
        who.fill(fields, form)
        if check:
            who.visitor.check(check)
        who.visitor.submit(form)
        expect(who.page.locator(".notice")).to_have_text(who.words("Saved."))

    def finish(self):
        for who in self.counsellor, self.head, self.centre:
            who.visitor.finish()


def show(who: Counsellor, name: str):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    who.visitor.check(name)
    who.page.screenshot(path=SCREENSHOTS / f"{name}-{who.visitor.language}.png", full_page=True)


@pytest.mark.parametrize("language, antenna", [("fr", "biz"), ("ar", "kai")])
def test_aids(workplace, account, visit, tmp_path, language, antenna):
    office = Office(workplace, account, visit, language, antenna)
    counsellor, say = office.counsellor, WORDS[language]
    counsellor.receive(*PERSONS[language])
    case = counsellor.page.url.split("?")[0].split("#")[0]
    add_paper(counsellor, tmp_path)
    for track in AIDS:
        whole(office, case, track, say[track], language)
    refused(office, case, say["no"], language)

    counsellor.page.goto(case)
    section = counsellor.section("aids")
    expect(section.locator("ol.records > li")).to_have_count(4)
    show(counsellor, "aids-case")
    for path, name in ("/aids?show=ended", "aids-list"), ("/aids/figures", "aids-figures"), ("/aids?show=late", "aids-late"):
        office.centre.visitor.go(path)
        show(office.centre, name)
    # Every figure opens its list.
    office.centre.visitor.go("/aids/figures")
    office.centre.page.locator("main table a[href*='show=refused']").first.click()
    expect(office.centre.page.locator("h1")).to_have_text(office.centre.words("Aids"))
    office.finish()


def add_paper(counsellor: Counsellor, folder: Path):
    paper = folder / "invoice.pdf"
    paper.write_bytes(b"%PDF-1.4\n% an invoice\n")
    counsellor.section("documents").locator("summary").click()
    counsellor.fill({"kind": "expense", "title": "F-1"}, "section#documents")
    counsellor.page.set_input_files("[name=file]", paper)
    counsellor.visitor.submit("section#documents form")
    counsellor.sees("Saved.")


def prepare(office: Office, case: str, kind: str, words: str, asked: str, own: str, language: str):
    counsellor = office.counsellor
    counsellor.page.goto(case)
    counsellor.section("aids").locator("a.button").click()
    # What is wrong is told beside the field, and nothing has to be typed again.
    counsellor.fill({"kind": kind, "purpose": words, "currency": "TND", "cost": "1e9", "asked": "-1", "own": own})
    counsellor.visitor.submit("main form")
    expect(counsellor.page.locator(".summary li")).to_have_count(2)
    expect(counsellor.page.locator("[name=purpose]")).to_have_value(words)
    show(counsellor, "aid-wrong")
    amount = lambda text: float(text.replace(" ", "").replace(",", ".") or 0)
    cost = f"{amount(asked) + amount(own):.3f}".replace(".", ",")
    counsellor.fill({"cost": cost, "asked": asked})
    counsellor.visitor.submit("main form")
    counsellor.page.wait_for_url("**/aids/*")
    office.path = "/aids/" + counsellor.page.url.split("?")[0].rsplit("/", 1)[1]
    line = counsellor.page.locator("#decision [name=line] option").nth(1).get_attribute("value")
    chosen = {"committee": "outside", "line": line}
    # Where rules of the kind are in force they do not say yes of her yet: the committee hears why it is asked all the same.
    if counsellor.page.locator("[name=exception]").count():
        chosen["exception"] = words
    office.send(counsellor, "submission", chosen)


def whole(office: Office, case: str, track: str, words: str, language: str):
    kind, asked, own, parts, way = AIDS[track]
    counsellor, head, centre = office.counsellor, office.head, office.centre
    prepare(office, case, kind, words, asked, own, language)
    decision = {"outcome": "granted", "granted": asked, "decided-on": today().isoformat(), "body": "Comité", "words": words}
    office.send(head, "decision", decision, check="aid: to be decided")
    split = {"count": str(parts), "apart": "1", "way": way, "words": words, "due-on": today().isoformat()}
    office.send(counsellor, "split", split, check="aid: to be planned")
    office.send(counsellor, "contract", {"signed-on": today().isoformat(), "signed-by": "Chef", "months": "12"})
    for mark in "fr", "ar":
        with counsellor.page.expect_download() as saved:
            counsellor.page.locator(f"#contract a[href*='language={mark}']").click()
        pdf = Path(saved.value.path()).read_bytes()
        assert pdf.startswith(b"%PDF-")
        (SCREENSHOTS / f"aid-{track}-{language}-{mark}.pdf").write_bytes(pdf)
    paper = counsellor.page.locator("#contract [name=scan] option").nth(1).get_attribute("value")
    office.send(counsellor, "scan", {"scan": paper})
    for part in range(1, parts + 1):
        office.send(counsellor, "order", {"payee": "Salem", "rib": RIB}, part)
        office.send(head, "approval", {}, part, check="aid: to be approved")
        if part == 1:
            show(head, f"aid-approved-{track}")
        office.send(centre, "payment", {"paid-on": today().isoformat(), "reference": "VIR 12"}, part)
        if way == "in-kind":
            office.send(counsellor, "handover", {"handed-on": today().isoformat(), "certificate": paper}, part)
        counsellor.visitor.go(office.path)
        left = counsellor.page.locator(f"#part-{part} form[action$='/proofs'] .hint").first.text_content()
        proof = {
            "proof-way": "expense", "amount": digits(left), "proven-on": today().isoformat(), "proof-words": "Salem",
            "document": paper}
        office.send(counsellor, "proofs", proof, part, check="aid: to be proven")
        office.send(head, "check", {"outcome": "accepted"}, part, check="aid: to be checked")
    office.send(head, "end", {"outcome-words": words})
    expect(head.page.locator("#end")).to_contain_text(words)
    show(head, f"aid-ended-{track}")


def digits(text: str) -> str:
    """The amount in a hint: digits and the comma."""
    return "".join(letter for letter in text if letter.isdigit() or letter == ",")


def refused(office: Office, case: str, words: str, language: str):
    prepare(office, case, "business-creation", words, "16000", "", language)
    decision = {"outcome": "refused", "decided-on": today().isoformat(), "body": "Comité", "words": words}
    office.send(office.head, "decision", decision)
    expect(office.head.page.locator("#decision")).to_contain_text(words)
    # Nothing can be promised of it, and it can be put forward again.
    assert office.head.page.locator("#contract").count() == 0
    office.counsellor.visitor.go(office.path)
    expect(office.counsellor.page.locator("form[action$='/submission']")).to_have_count(1)
    show(office.counsellor, "aid-refused")
