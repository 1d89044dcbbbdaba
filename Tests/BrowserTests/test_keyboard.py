"""Without a mouse: to the search, through a list, into a file, past the header; and drafts, which outlive a slip."""

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor


@pytest.fixture
def head(workplace, account, visit) -> Counsellor:
    head = Counsellor(visit(workplace, "fr"))
    head.visitor.sign_in(account("chef.tun"))
    yield head
    head.visitor.finish()



def test_slash_goes_to_the_search(head):
    page = head.page
    # A page whose script has run: that of the sign-in may still be on its way.
    head.visitor.go("/cases")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("12/34")
    expect(page.locator("#q")).to_have_value("12/34")
    # In a field, a slash is a slash.
    head.visitor.go("/persons")
    page.focus("#f-q")
    page.keyboard.type("a/b")
    expect(page.locator("#f-q")).to_have_value("a/b")


def test_arrows_go_through_a_list_and_enter_opens(head):
    page = head.page
    head.visitor.go("/cases")
    links = page.locator("table.list tbody th a")
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    case = links.nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{case}")


def test_the_skip_link_comes_first(head):
    page = head.page
    head.visitor.go("/cases")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_focus_is_always_seen(head):
    """Every stop of the tabulator on a case, its forms open, has an outline and lies clear of the header."""
    page = head.page
    head.visitor.go("/cases")
    page.locator("table.list tbody th a").first.click()
    head.visitor.open_all_forms()
    stops = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate("""() => {
            const here = document.activeElement
            if (here === document.body) return null
            const box = here.getBoundingClientRect(), style = getComputedStyle(here)
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
            return { html: here.outerHTML.slice(0, 120), outline: parseFloat(style.outlineWidth), line: style.outlineStyle,
              isSeen: here.contains(top) || top?.contains(here) }
        }""")
        if stop is None:
            break
        assert stop["line"] != "none" and stop["outline"] >= 2, f"no outline: {stop['html']}"
        assert stop["isSeen"], f"covered: {stop['html']}"
        stops.add(stop["html"])
    assert len(stops) > 30


def test_a_form_left_by_mistake_is_still_there(head):
    page = head.page
    head.receive("Olfa", "Sassi", "20 666 222")
    case = page.url
    page.locator("#needs summary").first.click()
    head.fill({"need": "food", "urgency": "week", "details": "Trois enfants."}, "#needs")
    page.click(".side a[href='/']")
    head.visitor.go(case)
    form = page.locator("#needs form")
    expect(form.locator("[name=details]")).to_have_value("Trois enfants.")
    expect(form.locator("[name=details]")).to_be_visible()
    expect(form.locator("[name=need]")).to_have_value("food")
    expect(form.locator("[name=urgency]:checked")).to_have_value("week")
    head.visitor.submit("#needs form:has([name=details])")
    head.sees("Saved.")
    # Saved, it is no draft any more.
    assert "Trois enfants" not in head.visitor.kept()
    head.visitor.go(case)
    expect(page.locator("#needs [name=details]")).to_have_value("")


def test_a_correction_left_by_mistake_does_not_undo_anothers(head, workplace, account, visit):
    """The draft goes on from the version that was read, so that what was saved meanwhile is seen."""
    head.receive("Nour", "Mejri", "20 666 111", address="Rue 1")
    edit = head.page.locator("a[href*='/edit']").first.get_attribute("href")
    head.visitor.go(edit)
    head.fill({"address": "Rue 2"})
    head.visitor.go("/")

    other = Counsellor(visit(workplace, "fr"))
    other.visitor.sign_in(account("social.tun"))
    other.visitor.go(edit)
    other.fill({"address": "Rue 3", "email": "nour@example.tn"})
    other.visitor.submit("main form.sheet")

    head.visitor.go(edit)
    expect(head.page.locator("[name=address]")).to_have_value("Rue 2")
    head.visitor.submit("main form.sheet")
    assert head.visitor.last.status == 409
    expect(head.page.locator(".summary")).to_contain_text("Rue 3")
    expect(head.page.locator("[name=email]")).to_have_value("nour@example.tn")
    head.visitor.submit("main form.sheet")
    expect(head.page.locator("main")).to_contain_text("Rue 2")
    other.visitor.finish()


def test_when_the_session_has_ended_one_goes_on_where_one_was(head, workplace, account, visit):
    page, own = head.page, account("chef.tun")
    head.visitor.go("/cases")
    page.locator("table.list tbody th a").first.click()
    case = page.url
    page.locator("#notes summary").click()
    head.fill({"section": "return", "text": "Revient mardi."}, "#notes")
    elsewhere = visit(workplace, "fr")
    elsewhere.sign_in(own)
    elsewhere.go("/account")
    elsewhere.submit("form[action$=sign-out-everywhere]")
    elsewhere.finish()
    head.visitor.submit("#notes form")
    assert page.url.startswith(f"{workplace.url}/sign-in")
    page.fill("[name=name]", own.name)
    page.fill("[name=password]", own.password)
    page.click("main form button")
    page.wait_for_url(case)
    expect(page.locator("#notes [name=text]")).to_have_value("Revient mardi.")
    head.visitor.submit("#notes form")
    head.sees("Saved.")


def test_another_at_the_same_machine_finds_no_draft(head, account):
    page = head.page
    head.visitor.go("/cases")
    page.locator("table.list tbody th a").first.click()
    page.locator("#notes summary").click()
    head.fill({"section": "return", "text": "Pour moi seul."}, "#notes")
    assert "Pour moi seul" in head.visitor.kept()
    page.context.clear_cookies(name="tounesna")
    head.visitor.sign_in(account("social.tun"))
    assert "Pour moi seul" not in head.visitor.kept()
