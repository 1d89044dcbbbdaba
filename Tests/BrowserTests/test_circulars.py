"""A counsellor reads a circular of the centre and confirms it; the head sees who has not."""

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor


@pytest.mark.parametrize("language, antenna", [("fr", "kef"), ("ar", "gaf")])
def test_circular(workplace, account, visit, language, antenna):
    counsellor = Counsellor(visit(workplace, language))
    counsellor.visitor.sign_in(account(f"conseil.{antenna}"))
    counsellor.visitor.go("/")
    counsellor.page.locator("#circulars a").first.click()
    counsellor.visitor.check("circulars: waiting")
    # The demonstration has one that waits for her.
    link = counsellor.page.locator("main table a[href^='/circulars/']").first
    path = link.get_attribute("href")
    link.click()
    counsellor.visitor.check("circular: to be read")
    counsellor.visitor.submit("form[action$='/reading']")
    expect(counsellor.page.locator("form[action$='/reading']")).to_have_count(0)
    expect(counsellor.page.locator("#missing")).to_have_count(0)
    counsellor.visitor.check("circular: read")
    counsellor.visitor.go("/circulars?show=read")
    expect(counsellor.page.locator(f"main a[href='{path}']")).to_have_count(1)

    head = Counsellor(visit(workplace, language))
    head.visitor.sign_in(account(f"chef.{antenna}"))
    head.visitor.go(path)
    expect(head.page.locator("#readers tbody tr")).to_have_count(1)
    expect(head.page.locator("#missing tbody tr")).not_to_have_count(0)
    head.visitor.check("circular: receipts of the antenna")
    assert head.visitor.go("/circulars/new") == 403
    head.visitor.finish()
    counsellor.visitor.finish()
