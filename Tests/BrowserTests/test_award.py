"""From the assessment to the last proof: a person is asked, the rules answer, a committee grants two aids and refuses a third,
another grants it upon her appeal, and each is paid and proven. The money of the line is counted before and after."""

import csv
import re

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today
from test_aids import Office, add_paper, digits, show
from test_committees import Committee

RIB = "10 006 0351835984788 31"
FRAGILE = {
    "q-lone-parent": "yes", "q-cared-for": "yes", "q-lodging": "street", "q-meals": "often", "q-income": "none",
    "q-debts": "all", "q-alone": "nobody", "q-return": "mixed", "q-read-write": "no",
}
# Kind, track, most by the rules, asked, parts, how they are given.
AIDS = [
    ("education", "social", "1500", "1200,250", 2, "supplier"),
    ("salary-share", "employment", "2400", "2400", 1, "cash"),
    ("business-creation", "business", "9000", "9000", 2, "in-kind"),
]
RULES = """
rules: award-{kind}-{language}
version: "1"
aid: {kind}
track: {track}
title: {{fr: Règles de l’essai {kind}, ar: قواعد التجربة {kind}, en: Rules of the trial {kind}}}
source: {{fr: Un exemple, ar: مثال, en: An example}}
from: {today}
conditions:
  - code: fragile
    says: {{fr: La vulnérabilité est moyenne ou élevée., ar: الهشاشة متوسطة أو مرتفعة., en: Vulnerability is middle or high.}}
    when: {{fact: vulnerability, one-of: [middle, high]}}
    otherwise: no
amount: {{currency: TND, fixed: {most}}}
"""
NAMES = {"fr": ("Henda", "Jlassi", "20 555 911"), "ar": ("هندة", "الجلاصي", "20 555 922")}
WORDS = {"fr": "Selon le devis joint.", "ar": "حسب التقدير المرفق."}
APPEAL = {"fr": "Un local est trouvé.", "ar": "وُجد محل."}


def load_rules(centre: Counsellor, language: str):
    for kind, track, most, *_ in AIDS:
        centre.visitor.go("/eligibility/new")
        centre.fill({"file": RULES.format(kind=kind, track=track, most=most, language=language, today=today().isoformat())})
        centre.visitor.submit("main form[action='/eligibility']")
        centre.visitor.submit("form[action$='/decision']")
        expect(centre.page.locator(".notice")).to_be_visible()


def assess(social: Counsellor, file: str):
    social.visitor.go(f"/assessments/{file}/new?instrument=vulnerability.1")
    social.page.locator("[name=on]").fill(today().isoformat())
    social.page.locator("[name='q-dependants']").fill("3")
    for name, value in {"wave": "baseline", "way": "screen", **FRAGILE}.items():
        choice = social.page.locator(f"[name='{name}'][value='{value}']")
        if choice.count():
            choice.check()
    social.visitor.submit("main > form")
    assert social.page.locator(".summary").count() == 0, social.page.locator(".summary").inner_text()
    social.visitor.check("award: assessed")
    social.visitor.submit("#draft form")
    expect(social.page.locator("#score strong")).to_be_visible()


def answers(counsellor: Counsellor, file: str, words: str):
    counsellor.visitor.go(f"/eligibility/cases/{file}")
    parts = counsellor.page.locator("section[id^='rules-']", has_text=re.compile("essai|التجربة"))
    for part in parts.all():
        expect(part.locator(".badge").first).to_have_text(counsellor.words(words))
    assert parts.count() >= len(AIDS)


def request(office: Office, file: str, kind: str, asked: str, too_much: str, names: dict) -> str:
    """Prepares an aid: more than the rules let one give is refused, and the words say how much they do."""
    counsellor = office.counsellor
    counsellor.visitor.go(f"/cases/{file}")
    counsellor.section("aids").locator("a.button").click()
    fields = {"kind": kind, "purpose": WORDS[counsellor.visitor.language], "currency": "TND"}
    counsellor.fill(fields | {"cost": too_much, "asked": too_much})
    counsellor.visitor.submit("main form")
    counsellor.page.wait_for_url("**/aids/*")
    office.path = "/aids/" + counsellor.page.url.split("?")[0].rsplit("/", 1)[1]
    show(counsellor, "award-prepared")
    chosen = {"committee": "here", "line": line(counsellor, "#decision", names)}
    counsellor.fill(chosen, "#decision")
    counsellor.visitor.submit("form[action$='/submission']")
    assert counsellor.visitor.last.status == 409
    counsellor.visitor.go(f"{office.path}/edit")
    counsellor.fill({"cost": asked, "asked": asked})
    counsellor.visitor.submit("main form")
    office.send(counsellor, "submission", chosen, check="award: submitted")
    return office.path


def prove(office: Office, aid: tuple, language: str):
    """From the contract to the end, between three who may each do one half."""
    kind, track, _, asked, parts, way = aid
    counsellor, head, centre = office.counsellor, office.head, office.centre
    day = today().isoformat()
    split = {"count": str(parts), "apart": "1", "way": way, "words": WORDS[language], "due-on": day}
    office.send(counsellor, "split", split)
    office.send(counsellor, "contract", {"signed-on": day, "signed-by": "Chef", "months": "12"})
    for link in counsellor.page.locator("#contract a[href*='language=']").all():
        answer = counsellor.page.request.get(link.get_attribute("href"))
        assert answer.status == 200 and answer.body().startswith(b"%PDF")
    paper = counsellor.page.locator("#contract [name=scan] option").nth(1).get_attribute("value")
    for part in range(1, parts + 1):
        office.send(counsellor, "order", {"payee": "Salem", "rib": RIB}, part)
        office.send(head, "approval", {}, part)
        office.send(centre, "payment", {"paid-on": day, "reference": "VIR 12"}, part)
        if way == "in-kind":
            office.send(counsellor, "handover", {"handed-on": day, "certificate": paper}, part)
        counsellor.visitor.go(office.path)
        left = counsellor.page.locator(f"#part-{part} form[action$='/proofs'] .hint").first.text_content()
        proof = {
            "proof-way": "expense", "amount": digits(left), "proven-on": day, "proof-words": "Salem", "document": paper}
        office.send(counsellor, "proofs", proof, part)
        office.send(head, "check", {"outcome": "accepted"}, part)
    office.send(head, "end", {"outcome-words": WORDS[language]})


def funds(centre: Counsellor) -> dict[str, list[int]]:
    """Of each budget line in dinars: reserved, committed, paid, in millimes."""
    text = centre.page.request.get("/funding/sheet").text()
    rows = list(csv.reader(text.lstrip("\ufeff").splitlines(), delimiter=";"))[1:]
    return {row[2]: [round(float(cell.replace(",", ".")) * 1000) for cell in row[10:13]] for row in rows if row[7] == "TND"}


def line(counsellor: Counsellor, where: str, names: dict) -> str:
    """A budget line in dinars among those that a form offers."""
    for option in counsellor.page.locator(f"{where} [name=line] option").all():
        if any(f" {name} " in option.text_content() for name in names):
            return option.get_attribute("value")
    raise AssertionError("no line in dinars serves this aid")


@pytest.mark.parametrize("language, antenna", [("fr", "kef"), ("ar", "tat")])
def test_award(workplace, account, visit, tmp_path, language, antenna):
    first, second = ("chef.biz", "social.gaf"), ("chef.mon", "emploi.kai")
    room = Committee(workplace, account, visit, language, antenna, [*first, *second])
    office = Office(workplace, account, visit, language, antenna)
    social = Counsellor(visit(workplace, language))
    social.visitor.sign_in(account(f"social.{antenna}"))
    counsellor = office.counsellor
    load_rules(office.centre, language)
    counsellor.receive(*NAMES[language])
    add_paper(counsellor, tmp_path)
    file = counsellor.page.url.split("?")[0].split("#")[0].rsplit("/", 1)[1]
    number = counsellor.page.locator(".title .number").inner_text()

    answers(counsellor, file, "Not yet")
    counsellor.visitor.check("award: what is missing")
    assess(social, file)
    answers(counsellor, file, "Yes")
    show(counsellor, "award-rules")

    before = funds(office.centre)
    paths = [request(office, file, kind, asked, "10000", before) for kind, _, _, asked, *_ in AIDS]
    path = room.convene(number, *first)
    for row in range(3):
        for name in first:
            room.vote(name, path, row, "refused" if row == 2 else "granted")
    chair = room.people[first[0]]
    chair.visitor.go(f"{path}/ranking")
    expect(chair.page.locator("#money")).to_be_visible()
    show(chair, "award-ranking")
    for row in range(2):
        room.decide(first[0], path, row, {"outcome": "granted"})
    room.decide(first[0], path, 2, {"outcome": "refused", "reason": "criteria", "text": WORDS[language]})
    room.sign(path, *first)

    counsellor.visitor.go(f"/committees/of/{file}")
    counsellor.visitor.open_all_forms()
    appeal = counsellor.page.locator("form[action$='/appeal']")
    expect(appeal).to_have_count(1)
    appeal.locator("[name=words]").fill(APPEAL[language])
    counsellor.visitor.submit("form[action$='/appeal']")
    path = room.convene(number, *second)
    for name in second:
        room.vote(name, path, 0, "granted")
    room.decide(second[0], path, 0, {"outcome": "granted"})
    room.sign(path, *second)

    for office.path, aid in zip(paths, AIDS):
        counsellor.visitor.go(office.path)
        if counsellor.page.locator("#money [name=line]").count():
            # What was set aside went back to its line with the refusal.
            office.send(counsellor, "money", {"line": line(counsellor, "#money", before)})
        prove(office, aid, language)
        office.head.visitor.check("award: ended")
    counsellor.visitor.go(f"/cases/{file}")
    expect(counsellor.section("aids").locator("ol.records > li")).to_have_count(3)
    show(counsellor, "award-case")
    after = funds(office.centre)
    changes = [[now - then for now, then in zip(after[name], before[name])] for name in before]
    given = sum(round(float(asked.replace(",", ".")) * 1000) for _, _, _, asked, *_ in AIDS)
    assert [sum(column) for column in zip(*changes)] == [0, 0, given]
    for who in (room, office):
        who.finish()
    social.visitor.finish()
