"""A head gives a task to the antenna; a counsellor takes it and does it; another one is refused with a reason."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor
from days import today

WORDS = {"fr": "Rappeler la délégation pour la salle.", "ar": "الاتصال بالمعتمدية بخصوص القاعة"}
REASON = {"fr": "La salle est fermée ce mois-ci.", "ar": "القاعة مغلقة هذا الشهر"}


@pytest.mark.parametrize("language, antenna", [("fr", "kef"), ("ar", "gaf")])
def test_task(workplace, account, visit, language, antenna):
    due = (today() + timedelta(days=4)).isoformat()
    head = Counsellor(visit(workplace, language))
    head.visitor.sign_in(account(f"chef.{antenna}"))
    head.visitor.go("/tasks")
    head.visitor.check("tasks: waiting")
    paths = []
    for _ in range(2):
        head.visitor.go("/tasks")
        head.page.locator("main a[href='/tasks/new']").click()
        head.visitor.check("task: new")
        head.fill({"words": WORDS[language], "to": f"antenna:{antenna.upper()}", "due": due})
        head.visitor.submit("main form[action='/tasks']")
        head.page.wait_for_url("**/tasks/*")
        paths.append("/tasks/" + head.page.url.split("?")[0].rsplit("/", 1)[1])
    expect(head.page.locator("main")).to_contain_text(WORDS[language])

    counsellor = Counsellor(visit(workplace, language))
    counsellor.visitor.sign_in(account(f"conseil.{antenna}"))
    counsellor.visitor.go("/")
    counsellor.page.locator("#tasks a[href='/tasks']").click()
    counsellor.page.locator(f"main a[href='{paths[0]}']").click()
    counsellor.visitor.check("task: open")
    counsellor.visitor.submit("form[action$='/taking']")
    expect(counsellor.page.locator("form[action$='/taking']")).to_have_count(0)
    counsellor.visitor.submit("form[action$='/doing']")
    expect(counsellor.page.locator("#acts")).to_have_count(0)
    counsellor.visitor.check("task: done")

    counsellor.visitor.go(paths[1])
    counsellor.page.locator("#refusal summary").click()
    counsellor.fill({"reason": REASON[language]}, within="#refusal")
    counsellor.visitor.submit("#refusal form")
    expect(counsellor.page.locator("#task")).to_contain_text(REASON[language])
    counsellor.visitor.check("task: refused")

    head.visitor.go("/tasks?show=ended")
    for path in paths:
        expect(head.page.locator(f"main a[href='{path}']")).to_have_count(1)
    head.visitor.check("tasks: ended")

    counsellor.visitor.go("/tasks/digest")
    counsellor.fill({"address": "conseil@example.org", "language": language})
    counsellor.visitor.submit("#digest form")
    expect(counsellor.page.locator("#digest [name=address]")).to_have_value("conseil@example.org")
    counsellor.visitor.check("tasks: daily word")
    # The others of this accounts' tests get no mail.
    counsellor.fill({"address": ""})
    counsellor.visitor.submit("#digest form")
    head.visitor.finish()
    counsellor.visitor.finish()
