"""Two of the centre read a file that was drawn, apart from each other; what is to be mended goes to its contact person."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today

MISSING = {"fr": "Aucun numéro n’est noté.", "ar": "لا يوجد رقم هاتف"}
WORDS = {"fr": "Noter un moyen de joindre la personne.", "ar": "تدوين وسيلة للاتصال"}


def answer(rater: Counsellor, path: str, language: str, missing: int):
    rater.visitor.go(path)
    for index, field in enumerate(rater.page.locator("#reading fieldset").all()):
        field.locator(f"[value={'no' if index < missing else 'yes'}]").check()
    for index in range(missing):
        rater.page.locator("#reading input[name^='words-']").nth(index).fill(MISSING[language])
    rater.page.locator("#reading [name=done]").check()
    rater.visitor.check("review: answers")
    rater.visitor.submit("#reading form")


def read_by_both(first: Counsellor, second: Counsellor) -> str:
    """A drawn file that neither had in hand: whoever wrote in a file does not review it."""
    for link in [link.get_attribute("href") for link in first.page.locator("#files a").all()]:
        for rater in first, second:
            rater.visitor.go(link)
        if all(rater.page.locator("#reading").count() for rater in (first, second)):
            return link
    raise AssertionError("both had all the drawn files in hand")


@pytest.mark.parametrize("language, antenna", [("fr", "TUN"), ("ar", "SFA")])
def test_review(workplace, account, visit, language, antenna):
    day = today()
    first, second = (Counsellor(visit(workplace, language)) for _ in range(2))
    first.visitor.sign_in(workplace.accounts["centre"])
    second.visitor.sign_in(workplace.accounts["qualite"])
    first.visitor.go("/reviews")
    first.visitor.check("reviews")
    first.page.locator("main a[href='/reviews/new']").click()
    first.visitor.submit("main form[action='/reviews']")
    first.visitor.check("review: what is missing")
    first.fill(
        {
            "antenna": antenna, "basis": "received", "from": (day - timedelta(days=900)).isoformat(),
            "until": day.isoformat(), "count": "3", "raters": "2",
        }
    )
    first.visitor.submit("main form[action='/reviews']")
    first.page.wait_for_url("**/reviews/rounds/*")
    expect(first.page.locator("#frame .badge.good")).to_have_count(1)
    first.visitor.check("review: drawn files")
    path = read_by_both(first, second)

    answer(first, path, language, missing=2)
    expect(first.page.locator("#findings")).to_have_count(0)
    second.visitor.go(path)
    expect(second.page.locator("main")).not_to_contain_text(MISSING[language])
    second.visitor.check("review: the other one is blind")
    answer(second, path, language, missing=1)
    expect(second.page.locator("#answers")).to_contain_text(MISSING[language])
    second.visitor.check("review: both have answered")

    first.visitor.go(path)
    first.page.locator("#giving summary").click()
    first.fill(
        {"item": "reachable", "words": WORDS[language], "to": "antenna", "due": (day + timedelta(days=5)).isoformat()},
        within="#giving",
    )
    first.visitor.submit("#giving form")
    expect(first.page.locator("#findings tbody tr")).to_have_count(1)
    for page in ["/reviews/findings", "/reviews/figures"]:
        first.visitor.go(page)
        first.visitor.check(f"reviews: {page}")

    head = Counsellor(visit(workplace, language))
    head.visitor.sign_in(account(f"chef.{antenna.lower()}"))
    head.visitor.go("/reviews/findings")
    expect(head.page.locator("main")).to_contain_text(WORDS[language])
    head.visitor.check("reviews: findings of the antenna")
    assert head.visitor.go(path) == 403
    head.visitor.go("/tasks?show=antenna")
    head.page.locator("main table a", has_text=WORDS[language]).click()
    head.visitor.submit("form[action$='/doing']")
    first.visitor.go("/reviews/findings?show=closed")
    expect(first.page.locator("main")).to_contain_text(WORDS[language])
    first.visitor.check("reviews: mended")
    for visitor in (first, second, head):
        visitor.visitor.finish()
