import pytest
from playwright.sync_api import sync_playwright

from markup import Markup
from program import Account, Program
from visitor import Visitor


@pytest.fixture(scope="session")
def browser():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def program(tmp_path_factory):
    """One demonstration for the tests that change nothing."""
    with Program(tmp_path_factory.mktemp("demonstration"), persons=60) as program:
        yield program


@pytest.fixture(scope="session")
def workplace(tmp_path_factory):
    """One demonstration for the tests that change something: each brings persons of its own."""
    with Program(tmp_path_factory.mktemp("workplace"), persons=30) as program:
        yield program


@pytest.fixture(scope="session")
def account(workplace):
    """An account of the workplace by its name, of any antenna: those of a demonstration share one password.
    One object an account: who turned on a second factor in one test has it in the next."""
    known: dict[str, Account] = {}

    def account(name: str) -> Account:
        return known.setdefault(name, Account(name, workplace.accounts["centre"].password))

    return account


@pytest.fixture(scope="session")
def markup(tmp_path_factory):
    return Markup(tmp_path_factory.mktemp("markup"))


@pytest.fixture
def visit(browser, markup):
    """Opens a browser for somebody; what was wrong with what they saw is said by `finish`."""

    def visit(program: Program, language: str, **options) -> Visitor:
        return Visitor(browser, program, markup, language, **options)

    return visit


def pytest_collection_modifyitems(items):
    """The validator comes last, when all pages have been seen."""
    items.sort(key=lambda item: item.name == "test_markup_is_valid")
