"""Every page that a role can reach by links is whole, valid, accessible, light and in the reader's language."""

import re
from collections import Counter
from urllib.parse import parse_qsl, urljoin, urlsplit

import pytest

# Pages that differ by their record only are looked at a few times.
ALIKE = 2
# English is the language the phrases are written in: one role that opens files and one that does not are enough.
READERS = [
    ("conseil.tun", "fr"), ("chef.tun", "fr"), ("centre", "fr"), ("admin", "fr"), ("audit", "fr"),
    ("partenaire", "fr"), ("partenaire", "ar"),
    ("conseil.tun", "ar"), ("chef.tun", "ar"), ("centre", "ar"), ("admin", "ar"), ("audit", "ar"),
    ("chef.tun", "en"), ("admin", "en"),
]


def shape(path: str) -> str:
    """`/cases/01HZ…?stage=closed` and its like: `/cases/:id?stage`."""
    parts = urlsplit(path)
    steps = [":id" if re.fullmatch(r"[A-Z]{2,3}|(?=.*\d)[\w-]{10,}", step) else step for step in parts.path.split("/")]
    return "/".join(steps) + "?" + "&".join(sorted(key for key, _ in parse_qsl(parts.query)))


@pytest.mark.parametrize("role, language", READERS)
def test_every_page(program, visit, role, language):
    visitor = visit(program, language)
    visitor.sign_in(program.accounts[role], "/desk" if role == "partenaire" else "/")
    seen, looked, waiting = set(), Counter(), ["/"]
    while waiting:
        path = waiting.pop(0)
        if path in seen or looked[shape(path)] >= ALIKE:
            continue
        seen.add(path)
        looked[shape(path)] += 1
        status = visitor.go(path)
        assert status == 200, f"{path} answers {status}"
        visitor.check(f"{role} {path}")
        for link in visitor.page.locator("a[href]:not([download])").evaluate_all("links => links.map(a => a.getAttribute('href'))"):
            target = urljoin(visitor.page.url, link).split("#")[0]
            if target.startswith(program.url) and "/language/" not in target:
                waiting.append(target.removeprefix(program.url))
    assert len(seen) > 3
    visitor.finish()


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_pages_before_signing_in(program, visit, language):
    visitor = visit(program, language)
    visitor.go("/")
    visitor.check("sign-in")
    visitor.page.click("main form button")
    visitor.check("sign-in with errors")
    account = program.accounts["centre"]
    visitor.page.fill("[name=name]", account.name)
    visitor.page.fill("[name=password]", account.password)
    visitor.page.click("main form button")
    visitor.check("one-time code")
    visitor.page.fill("[name=code]", "000000")
    visitor.page.click("main form button")
    visitor.check("one-time code refused")
    visitor.finish()


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_refusals_are_pages_too(program, visit, language):
    visitor = visit(program, language)
    visitor.sign_in(program.accounts["conseil.tun"])
    assert visitor.go("/no-such-page") == 404
    visitor.check("not found")
    assert visitor.go("/accounts") == 403
    visitor.check("not allowed")
    visitor.finish()
