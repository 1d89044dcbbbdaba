"""A plan in full, as a counsellor writes it: paid for, agreed, revised, agreed again, printed, signed, completed."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from program import ROOT

SCREENSHOTS = ROOT / "var/screenshots"
PERSONS = {"fr": ("Wided", "Trabelsi", "20 555 711"), "ar": ("وداد", "الطرابلسي", "20 555 733")}
WORDS = {
    "fr": {"goal": "Une pâtisserie à Ksar Hellal", "action": "Acheter un four", "payer": "OFII", "other": "Louer un local"},
    "ar": {"goal": "فتح محل حلويات", "action": "شراء فرن", "payer": "صندوق الدعم", "other": "كراء محل"},
}


def show(counsellor: Counsellor, name: str):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    counsellor.visitor.check(name)
    path = SCREENSHOTS / f"{name}-{counsellor.visitor.language}.png"
    counsellor.page.screenshot(path=path, full_page=True)


@pytest.mark.parametrize("language, antenna", [("fr", "mon"), ("ar", "gaf")])
def test_plan(workplace, account, visit, tmp_path, language, antenna):
    visitor = visit(workplace, language)
    counsellor = Counsellor(visitor)
    page, words, say = visitor.page, counsellor.words, WORDS[language]
    visitor.sign_in(account(f"conseil.{antenna}"))
    counsellor.receive(*PERSONS[language])
    case = page.url.split("?")[0].split("#")[0]
    plan = counsellor.section("plan")
    expect(plan.locator(".head")).to_contain_text(words("to be agreed by"))
    add_action(counsellor, say["goal"], say["action"])
    pay(counsellor, say)

    page.goto(case)
    expect(plan).to_contain_text(words("Budget in all:"))
    expect(plan.locator(".totals strong")).to_have_count(2)
    counsellor.act("Plan", "Agree the plan", {"signed_by": "Wided", "witness": "Sa sœur"}, "The plan is agreed.")
    add_action(counsellor, None, say["other"])
    expect(plan.locator(".head")).to_contain_text(words("revised, not agreed again yet"))
    show(counsellor, "plan")
    counsellor.act("Plan", "Agree the plan again", {"signed_by": "Wided"}, "The plan is agreed.")

    add_paper(counsellor, tmp_path)
    versions(counsellor, say)
    page.goto(case)
    print_plan(counsellor, language, tmp_path)
    complete(counsellor, plan)
    visitor.finish()


def add_action(counsellor: Counsellor, goal: str | None, action: str):
    if goal:
        counsellor.act("Plan", "Add a goal", {"track": "project", "goal": goal}, "Saved.")
    chosen = counsellor.page.locator("[name=goal-of-action] option").last.get_attribute("value")
    fields = {"goal_of_action": chosen, "action": action, "who": "Wided"}
    counsellor.act("Plan", "Add an action", fields, "Saved.")


def pay(counsellor: Counsellor, say: dict):
    page, words = counsellor.page, counsellor.words
    counsellor.section("plan").locator("a", has_text=words("Change, budget")).click()
    counsellor.visitor.submit("section#budget form")
    expect(page.locator(".summary li")).to_have_count(4)
    show(counsellor, "plan-budget-wrong")
    for amount, currency, way in ("4 500,5", "TND", "in-kind"), ("600", "EUR", "cash"):
        fields = {"amount": amount, "currency": currency, "payer": say["payer"], "way": way}
        counsellor.fill(fields, "section#budget")
        counsellor.visitor.submit("section#budget form")
        expect(page.locator(".notice")).to_have_text(words("Saved."))
    expect(page.locator("section#budget .records li")).to_have_count(2)
    show(counsellor, "plan-action")
    page.locator("section#budget .records a").last.click()
    expect(page.locator("[name=amount]")).to_have_value("600,00")
    counsellor.fill({"amount": "650"})
    counsellor.visitor.submit("main section form >> nth=0")
    counsellor.sees("Saved.")
    counsellor.expect_last_act("Corrected a budget line of the plan")


def add_paper(counsellor: Counsellor, folder: Path):
    paper = folder / "plan.pdf"
    paper.write_bytes(b"%PDF-1.4\n% signed\n")
    counsellor.section("documents").locator("summary").click()
    counsellor.fill({"kind": "signed-plan"}, "section#documents")
    counsellor.page.set_input_files("[name=file]", paper)
    counsellor.visitor.submit("section#documents form")
    counsellor.sees("Saved.")


def versions(counsellor: Counsellor, say: dict):
    page, words = counsellor.page, counsellor.words
    counsellor.section("plan").locator("a", has_text=words("Versions and what changed")).click()
    expect(counsellor.section("versions").locator("ol > li")).to_have_count(2)
    page.locator(".filters a").nth(1).click()
    changes = counsellor.section("changes")
    expect(changes.locator(".changes li")).to_have_count(1)
    expect(changes).to_contain_text(say["other"])
    newest = page.locator("#version-2")
    newest.locator("summary").click()
    newest.locator("select").select_option(index=1)
    show(counsellor, "plan-versions")
    counsellor.visitor.submit("#version-2 form")
    expect(page.locator(".notice")).to_have_text(words("Saved."))
    expect(page.locator("#version-2 a[download]")).to_have_count(1)


def print_plan(counsellor: Counsellor, language: str, folder: Path):
    page, words = counsellor.page, counsellor.words
    for label, mark in ("PDF in French", "fr"), ("PDF in Arabic", "ar"):
        with page.expect_download() as saved:
            counsellor.section("plan").locator("a", has_text=words(label)).click()
        assert saved.value.suggested_filename.startswith("plan-") and saved.value.suggested_filename.endswith(f"-{mark}.pdf")
        pdf = Path(saved.value.path()).read_bytes()
        assert pdf.startswith(b"%PDF-")
        (SCREENSHOTS / f"plan-{language}-{mark}.pdf").write_bytes(pdf)


def complete(counsellor: Counsellor, plan):
    page, words = counsellor.page, counsellor.words
    for _ in range(2):
        counsellor.press("It is done", "Saved.")
    counsellor.act("Plan", "Complete the plan", {}, "Saved.")
    expect(plan.locator(".head")).to_contain_text(words("completed"))
    counsellor.expect_last_act("Completed the plan")
    show(counsellor, "plan-completed")
