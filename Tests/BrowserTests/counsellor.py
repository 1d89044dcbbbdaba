"""A counsellor at work: what she does on the pages, and what she reads there."""

import base64
import re

from playwright.sync_api import Locator, expect

from program import Account
from visitor import Visitor
from words import Words


class Counsellor:
    def __init__(self, visitor: Visitor):
        self.visitor = visitor
        self.page = visitor.page
        self.words = Words(visitor.language)

    def turn_on_second_factor(self, account: Account) -> list[str]:
        """Reads the secret from the page as one does without a camera. Returns the recovery codes."""
        self.visitor.go("/account/second-factor")
        self.visitor.check("second factor")
        secret = re.sub(r"\s", "", self.page.locator("main code").inner_text())
        assert len(base64.b32decode(secret)) == 20
        account.secret = secret
        self.page.fill("[name=code]", account.code())
        self.page.fill("[name=password]", account.password)
        self.visitor.submit("main form.sheet")
        expect(self.page.locator("h1")).to_have_text(self.words("Recovery codes"))
        self.visitor.check("recovery codes")
        return self.page.locator(".codes code").all_inner_texts()

    def receive(self, given: str, family: str, phone: str, **fields: str) -> bool:
        """From the search to the file; `fields` by their names, with _ for -. Whether others were alike."""
        self.visitor.search(f"{given} {family}")
        expect(self.page.locator("main .empty")).to_contain_text(f"{given} {family}")
        self.visitor.check("nobody found")
        self.page.click("main a.button[href^='/cases/new']")
        expect(self.page.locator("h1")).to_have_text(self.words("Receive a person"))
        self.fill({"phones": phone, "channel": "walk-in"} | fields)
        self.visitor.check("reception")
        self.visitor.submit("main > form")
        self.page.wait_for_load_state()
        is_asked = self.page.locator("[name=apart-reason]").count() > 0
        if is_asked:
            # Somebody of the same name is at another antenna.
            self.visitor.check("reception: others are alike")
            self.page.fill("[name=apart-reason]", "Une autre personne, née ailleurs.")
            self.visitor.submit("main > form")
        return is_asked

    def fill(self, fields: dict[str, str], within: str = "main"):
        for name, value in fields.items():
            field = self.page.locator(f"{within} [name='{name.replace('_', '-')}']")
            if field.first.get_attribute("type") == "radio":
                field.and_(self.page.locator(f"[value='{value}']")).check()
            elif field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(value)
            else:
                field.fill(value)

    def act(self, section: str, opener: str | None, fields: dict[str, str], notice: str, **check):
        """Opens a form of a section by its words, fills it in, sends it, and reads what the page says then."""
        place = f"section:has(> .head > h2:text-is('{self.words(section)}'))"
        if opener:
            self.page.locator(f"{place} summary", has_text=self.words(opener)).first.click()
        form = f"{place} details[open] form"
        self.fill(fields, form)
        self.visitor.submit(form)
        self.sees(notice)

    def agree(self, fields: dict[str, str]):
        """Records a consent on the page to which the section leads."""
        self.section("consent").locator("a", has_text=self.words("Record a consent")).click()
        self.fill(fields, "section#consent form")
        self.visitor.submit("section#consent form")
        self.sees("Saved.")

    def press(self, label: str, notice: str):
        self.page.get_by_role("button", name=self.words(label), exact=True).first.click()
        self.sees(notice)

    def sees(self, notice: str):
        expect(self.page.locator(".notice")).to_have_text(self.words(notice))
        self.visitor.check(f"case: {notice} {self.stage.inner_text()}")

    def section(self, id: str) -> Locator:
        return self.page.locator(f"section#{id}")

    @property
    def stage(self) -> Locator:
        return self.page.locator(".stages [aria-current=step]")

    def expect_stage(self, stage: str):
        expect(self.stage).to_have_text(self.words(stage))

    def expect_last_act(self, act: str):
        """The newest entry of the history that is no reading."""
        entries = self.page.locator("#history li", has_not_text=self.words("Opened the file"))
        expect(entries.first).to_contain_text(self.words(act))
