"""Somebody with a browser, who notices everything that is wrong with the pages shown."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response

from markup import Markup
from program import Account, Program

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Source: docs/decisions; what a slow line carries in about a second.
HEAVIEST_PAGE = 50_000


class Visitor:
    def __init__(self, browser: Browser, program: Program, markup: Markup, language: str, **options):
        self.program = program
        self.markup = markup
        self.language = language
        self.has_javascript = options.get("java_script_enabled", True)
        # Without motion, a colour that is judged is never half-way to another.
        self.context = browser.new_context(
            base_url=program.url, locale=language, reduced_motion="reduce", **options)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        # What was wrong, and where.
        self.wrong: dict[str, list[str]] = {}
        self.page.on("pageerror", lambda error: self._note(f"script: {error}"))
        self.page.on("console", self._hear)
        self.page.on("request", self._watch)
        self.last: Response | None = None
        self.page.on("response", self._keep)
        self.context.request.get(f"/language/{language}?to=/sign-in")

    def _hear(self, message):
        # A browser reports every answer that is not 200; refused forms answer 422 and are looked at by the tests.
        if message.type == "error" and "status of 4" not in message.text:
            self._note(f"console: {message.text}")

    def _watch(self, request):
        if urlsplit(request.url).scheme in ("http", "https") and not request.url.startswith(self.program.url):
            self._note(f"asks another host: {request.url}")

    def _keep(self, response: Response):
        if response.request.is_navigation_request() and response.status not in (301, 302, 303, 307):
            self.last = response

    def go(self, path: str) -> int:
        self.page.goto(path)
        return self.last.status

    def enter_password(self, account: Account, to: str = "/"):
        self.go(f"/sign-in?to={to}")
        self.page.fill("[name=name]", account.name)
        self.page.fill("[name=password]", account.password)
        self.page.click("main form button")

    def enter_code(self, code: str):
        self.last_code = code
        self.page.fill("[name=code]", code)
        self.page.click("main form button")

    def sign_in(self, account: Account, to: str = "/"):
        self.enter_password(account, to)
        if account.secret:
            self.enter_code(account.code())
        assert urlsplit(self.page.url).path == to, f"{account.name} is not signed in: {self.page.inner_text('main')}"

    def sign_out(self):
        self.page.click("form[action='/sign-out'] button")

    def kept(self) -> str:
        """What the browser keeps of what was typed."""
        return self.page.evaluate("JSON.stringify(sessionStorage) + JSON.stringify(localStorage)")

    def search(self, text: str):
        """With the box that stands at the top of every page."""
        self.page.fill("#q", text)
        self.page.press("#q", "Enter")

    def submit(self, form: str):
        self.page.locator(form).locator("button:not([type=button])").last.click()

    def open_all_forms(self):
        for form in self.page.locator("details:not([open])").element_handles():
            form.evaluate("form => { form.open = true }")

    def check(self, name: str = ""):
        """Looks closely at the page that is shown."""
        place = f"{self.language} {name or urlsplit(self.page.url).path}"
        body = self.last.body()
        self.markup.add(place, body)
        if len(body) > HEAVIEST_PAGE:
            self._note(f"weighs more than {HEAVIEST_PAGE} bytes: {len(body)}", place)
        html = self.page.locator("html")
        direction = "rtl" if self.language == "ar" else "ltr"
        if (html.get_attribute("lang"), html.get_attribute("dir")) != (self.language, direction):
            self._note("is in another language", place)
        if self.has_javascript:
            for problem in self._accessibility():
                self._note(problem, place)
            self._check_width(place)

    def _note(self, problem: str, place: str = ""):
        self.wrong.setdefault(problem, []).append(place or self.page.url)

    def _accessibility(self) -> list[str]:
        # Scrolled, the header that stays in sight would hide parts of what is judged.
        self.page.evaluate("scrollTo(0, 0)")
        found = Axe().run(self.page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
        return [
            f"{violation['id']}: {violation['help']}: {' '.join(node['html'].split())[:200]}"
            for violation in found.response["violations"]
            for node in violation["nodes"][:3]
        ]

    def _check_width(self, place: str):
        too_wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if too_wide > 0:
            self._note(f"scrolls sideways at {self.page.viewport_size['width']} pixels", place)

    def finish(self):
        """Everything that was wrong, at once."""
        self.context.close()
        for fault in self.program.faults():
            self._note(f"the program's log: {fault}", "server")
        found = [f"{problem}\n      {len(places)} times, first at {places[0]}" for problem, places in self.wrong.items()]
        assert not found, "\n" + "\n".join(found)
