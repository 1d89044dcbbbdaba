"""The main pages as they look, kept in var/screenshots; on narrow and wide screens, in light and dark."""

import pytest

from program import ROOT

SCREENSHOTS = ROOT / "var/screenshots"
SCREENS = {"desktop": {"width": 1280, "height": 800}, "mobile": {"width": 390, "height": 844}}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_screens(program, visit, language, screen):
    visitor = visit(program, language, viewport=SCREENS[screen])
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)

    def show(name: str, path: str = ""):
        if path:
            assert visitor.go(path) == 200
        visitor.check(f"{screen} {name}")
        visitor.page.screenshot(path=SCREENSHOTS / f"{name}-{language}-{screen}.png", full_page=True)

    def show_dark(name: str):
        visitor.page.emulate_media(color_scheme="dark")
        show(f"{name}-dark")
        visitor.page.emulate_media(color_scheme="light")

    show("sign-in", "/sign-in")
    show_dark("sign-in")
    visitor.sign_in(program.accounts["conseil.tun"])
    show("home")
    show_dark("home")
    show("cases", "/cases?stage=in-progress")
    show("case", visitor.page.locator("table.list tbody th a").first.get_attribute("href"))
    visitor.open_all_forms()
    show("case-open")
    show_dark("case-open")
    show("person", visitor.page.locator(".aside a[href^='/persons/']").first.get_attribute("href").split("/edit")[0])
    visitor.search("Ben")
    show("search")
    visitor.search("Mona Trabelsi")
    show("search-empty")
    visitor.page.click("main .button")
    show("reception")
    show("reception-quick", "/cases/new")
    visitor.submit("main form.sheet")
    visitor.page.wait_for_selector(".summary")
    show("reception-wrong")
    show("cases-closed", "/cases?stage=closed")
    case = visitor.page.locator("table.list tbody th a").first.get_attribute("href").split("/")[-1]
    for area in ("households", "closures", "pieces"):
        show(area, f"/{area}/{case}")
        visitor.open_all_forms()
        show(f"{area}-open")
    show("openings", "/openings")
    show("duplicates", "/duplicates")
    for link in visitor.page.locator("table.list tbody th a").all()[:1]:
        show("comparison", link.get_attribute("href"))
        visitor.open_all_forms()
        show("comparison-open")
    show("documents", "/documents")
    show("antennas", "/antennas")
    show("antenna", "/antennas/TUN")
    show("style", "/style")
    show_dark("style")
    visitor.sign_out()
    visitor.sign_in(program.accounts["admin"])
    show("accounts", "/accounts")
    show("account-new", "/accounts/new")
    visitor.finish()
