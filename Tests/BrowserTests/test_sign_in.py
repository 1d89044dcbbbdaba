"""Signing in with a second factor, and what is left after signing out."""

from playwright.sync_api import expect

from counsellor import Counsellor


def test_a_national_role_is_asked_for_a_code(workplace, visit):
    visitor = visit(workplace, "fr")
    centre = workplace.accounts["centre"]
    visitor.sign_in(centre)
    used = visitor.last_code
    visitor.sign_out()
    # The same code a second time is refused.
    visitor.enter_password(centre)
    visitor.enter_code(used)
    expect(visitor.page.locator(".summary")).to_be_visible()
    visitor.check("code refused")
    visitor.go("/cases")
    assert visitor.page.url.startswith(f"{workplace.url}/sign-in"), "the password alone lets nobody in"
    visitor.finish()


def test_a_counsellor_turns_on_a_second_factor(workplace, account, visit):
    visitor = visit(workplace, "fr")
    counsellor = Counsellor(visitor)
    own = account("conseil.mon")
    visitor.sign_in(own)
    codes = counsellor.turn_on_second_factor(own)
    assert len(set(codes)) == len(codes) >= 8
    visitor.sign_out()
    visitor.sign_in(own)
    visitor.sign_out()
    # A recovery code opens once.
    visitor.enter_password(own)
    visitor.enter_code(codes[0])
    expect(visitor.page.locator("h1")).to_have_text(counsellor.words("My day"))
    visitor.sign_out()
    visitor.enter_password(own)
    visitor.enter_code(codes[0])
    expect(visitor.page.locator(".summary")).to_be_visible()
    visitor.finish()


def test_nothing_is_left_after_signing_out(workplace, account, visit):
    visitor = visit(workplace, "fr")
    page = visitor.page
    visitor.sign_in(account("chef.tun"))
    visitor.go("/cases")
    page.click("table.list tbody th a")
    name = page.inner_text("h1 > bdi")
    page.locator("#notes summary").click()
    page.fill("#notes [name=text]", "Ne pas appeler le soir.")
    assert "Ne pas appeler" in visitor.kept()
    visitor.sign_out()
    assert "Ne pas appeler" not in visitor.kept()
    page.go_back()
    assert name not in page.content(), "the browser shows a file to whoever comes next"
    visitor.finish()
