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

    show("sign-in", "/sign-in")
    visitor.sign_in(program.accounts["conseil.tun"])
    show("home")
    show("cases", "/cases?stage=in-progress")
    case = visitor.page.locator("table.list tbody th a").first.get_attribute("href")
    show("case", case)
    for summary in visitor.page.locator("details:not([open]) > summary").all():
        summary.click()
    show("case-open")
    visitor.page.emulate_media(color_scheme="dark")
    show("case-dark", case)
    visitor.page.emulate_media(color_scheme="light")
    show("search", "/persons?q=ben")
    show("reception", "/cases/new?q=Mona+Trabelsi")
    show("antennas", "/antennas")
    show("antenna", "/antennas/TUN")
    visitor.finish()
