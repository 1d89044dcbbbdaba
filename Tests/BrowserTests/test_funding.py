"""The centre enters an agreement with a line, money arrives, a rate is entered; a head asks which money serves."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today

NAMES = {
    "fr": {"funder": "Bailleur du test", "title": "Convention du test", "line": "Logement à Gafsa", "source": "Banque (exemple)"},
    "ar": {"funder": "ممول التجربة", "title": "اتفاقية التجربة", "line": "السكن بقفصة", "source": "بنك (مثال)"},
}


@pytest.mark.parametrize("language, antenna", [("fr", "gaf"), ("ar", "tat")])
def test_funding(workplace, account, visit, language, antenna):
    day = today()
    names = NAMES[language]
    code = antenna.upper()
    centre = Counsellor(visit(workplace, language))
    centre.visitor.sign_in(workplace.accounts["centre"])
    centre.visitor.go("/funding")
    centre.visitor.check("funding: list")
    centre.page.locator("main a[href='/funding/agreements/new']").click()
    centre.visitor.check("funding: new agreement")
    centre.page.locator("details.act summary").first.click()
    centre.fill({"name": names["funder"]}, within="form[action='/funding/funders']")
    centre.visitor.submit("form[action='/funding/funders']")
    form = "form[action='/funding/agreements']"
    centre.page.locator(f"{form} [name=funder]").select_option(label=names["funder"])
    for field, value in [("purpose", "transfers"), ("currency", "TND"), ("basis", "received"), ("antennas", code)]:
        centre.page.locator(f"{form} [name={field}][value='{value}']").check()
    dates = {"from": day.isoformat(), "last-day": (day + timedelta(days=300)).isoformat()}
    # Arabic digits are digits; 1e9 is no amount.
    centre.fill({"title": names["title"], "amount": "1e9", **dates}, within=form)
    centre.visitor.submit(form)
    expect(centre.page.locator(".summary a[href='#f-amount']")).to_have_count(1)
    centre.visitor.check("funding: wrong amount")
    centre.fill({"amount": "١٠٠٠٠٫٥"}, within=form)
    centre.visitor.submit(form)
    centre.page.wait_for_url("**/funding/agreements/*")
    expect(centre.page.locator("#agreement")).to_contain_text("10\u202f000,500")
    agreement = "/funding/agreements/" + centre.page.url.split("?")[0].rsplit("/", 1)[1]

    centre.page.locator(f"main a[href='{agreement}/lines/new']").click()
    form = f"form[action='{agreement}/lines']"
    centre.page.locator(f"{form} [name=antennas][value='{code}']").check()
    centre.page.locator(f"{form} [name=kinds][value='housing']").check()
    centre.fill({"name": names["line"], "amount": "10 000,501"}, within=form)
    centre.visitor.submit(form)
    expect(centre.page.locator(".summary a[href='#f-amount']")).to_have_count(1)
    centre.fill({"amount": "9000"}, within=form)
    centre.visitor.submit(form)
    expect(centre.page.locator("#lines")).to_contain_text(names["line"])
    centre.page.locator("#receipts details summary").first.click()
    centre.fill({"on": day.isoformat(), "amount": "5 000,250"}, within="#receipts form.sheet")
    centre.visitor.submit(f"form[action='{agreement}/receipts']")
    expect(centre.page.locator("#receipts tbody tr")).to_have_count(1)
    centre.visitor.check("funding: agreement")

    centre.visitor.go("/funding/rates")
    centre.fill({
        "rate": "3,3845", "from": day.isoformat(), "last-day": (day + timedelta(days=60)).isoformat(),
        "source": names["source"],
    })
    centre.visitor.submit("form[action='/funding/rates']")
    expect(centre.page.locator("main table")).to_contain_text(names["source"])
    centre.visitor.check("funding: rates")
    for path in ["/funding/outlook", "/funding/risks", "/funding/kinds", "/funding/kinds/housing", f"{agreement}/edit"]:
        centre.visitor.go(path)
        centre.visitor.check(f"funding: {path.replace(agreement, 'agreement')}")

    head = Counsellor(visit(workplace, language))
    head.visitor.sign_in(account(f"chef.{antenna}"))
    head.visitor.go("/funding/serving")
    head.visitor.check("funding: serving")
    head.page.locator("[name=kind]").select_option("housing")
    head.page.locator("[name=currency][value='TND']").check()
    head.fill({"amount": "5000,250"})
    head.page.locator("form[action='/funding/serving'] button.primary").click()
    answer = head.page.locator("#answer tr", has_text=names["line"])
    expect(answer.locator(".badge.good")).to_have_count(1)
    head.visitor.check("funding: answer")
    answer.locator("a").first.click()
    expect(head.page.locator("#ledger tbody tr")).to_have_count(1)
    head.visitor.check("funding: ledger")
    # Only the centre keeps what there is.
    expect(head.page.locator("main a[href$='/edit']")).to_have_count(0)
    head.visitor.finish()
    centre.visitor.finish()
