"""The centre loads rules of an aid, sees what they would change, puts them in force; a counsellor reads the answer."""

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today

FILE = """
rules: browser-{language}
version: "1"
aid: health
track: social
title: {{fr: Aide du test {antenna}, ar: مساعدة الاختبار {antenna}, en: Aid of the test {language}}}
source: {{fr: Un exemple, ar: مثال, en: An example}}
from: {today}
conditions:
  - code: open
    says: {{fr: Le dossier est ouvert., ar: الملف مفتوح., en: The case is open.}}
    when: {{fact: case-open, is: yes}}
    otherwise: no
  - code: papers
    says: {{fr: Une photo est là., ar: توجد صورة., en: A photo is there.}}
    change: {{fr: Ajouter une photo., ar: إضافة صورة., en: Add a photo.}}
    when: {{fact: papers, has: [photo]}}
    otherwise: not-yet
amount: {{currency: TND, fixed: "1200,500"}}
"""
TITLE = {"fr": "Aide du test kef", "ar": "مساعدة الاختبار gaf"}
NAMES = {"fr": ("Zohra", "Ayari", "20 555 101"), "ar": ("زهرة", "العياري", "20 555 102")}
TO_DO = {"fr": "Ajouter une photo.", "ar": "إضافة صورة."}
LINE = {"fr": "Ligne 1", "ar": "السطر"}


@pytest.mark.parametrize("language, antenna", [("fr", "kef"), ("ar", "gaf")])
def test_rules(workplace, account, visit, language, antenna):
    centre = Counsellor(visit(workplace, language))
    centre.visitor.sign_in(workplace.accounts["centre"])
    centre.visitor.go("/eligibility/new")
    centre.visitor.check("rules: new")
    centre.fill({"file": "rules: x"})
    centre.visitor.submit("main form[action='/eligibility']")
    expect(centre.page.locator("main")).to_contain_text(LINE[language])
    centre.visitor.check("rules: refused")
    centre.fill({"file": FILE.format(language=language, antenna=antenna, today=today().isoformat())})
    centre.visitor.submit("main form[action='/eligibility']")
    expect(centre.page.locator("h1")).to_have_text(TITLE[language])
    centre.visitor.check("rules: draft")
    centre.page.locator("main a[href$='/what-if']").click()
    centre.visitor.check("rules: what if")
    centre.page.go_back()
    centre.visitor.submit("form[action$='/decision']")
    centre.visitor.check("rules: in force")
    centre.visitor.go("/eligibility")
    centre.visitor.check("rules: list")

    counsellor = Counsellor(visit(workplace, language))
    counsellor.visitor.sign_in(account(f"conseil.{antenna}"))
    counsellor.receive(*NAMES[language])
    counsellor.page.locator("main a[href^='/eligibility/cases/']").click()
    part = counsellor.page.locator("section", has_text=TITLE[language])
    expect(part).to_contain_text(TO_DO[language])
    counsellor.visitor.check("eligibility: a person")
    part.locator("form button").click()
    expect(counsellor.page.locator("#kept")).to_contain_text(TITLE[language])
    counsellor.visitor.check("eligibility: kept")
    centre.visitor.finish()
    counsellor.visitor.finish()
