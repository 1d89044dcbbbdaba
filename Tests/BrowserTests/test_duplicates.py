"""A person who has a file already: asked about at reception, found in the queue, joined, and parted again."""

import re

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor

PERSONS = {
    "fr": {"given": ("Wassila", "وسيلة"), "family": ("Chaabouni", "الشعبوني"), "phone": "20 777 111", "cin": "07111222"},
    "ar": {"given": ("Hedia", "هادية"), "family": ("Kammoun", "الكمون"), "phone": "20 777 333", "cin": "07333444"},
}


@pytest.mark.parametrize("language, antenna", [("fr", "tun"), ("ar", "sfa")])
def test_one_person_twice(workplace, account, visit, language, antenna):
    visitor = visit(workplace, language)
    counsellor = Counsellor(visitor)
    visitor.sign_in(account(f"conseil.{antenna}"))
    person = PERSONS[language]
    first = receive(counsellor, person)
    second = receive_again(counsellor, person, first)
    join(counsellor, first, second)
    correct(counsellor)

    head = Counsellor(visit(workplace, language))
    head.visitor.sign_in(account(f"chef.{antenna}"))
    part(head, first, second)
    head.visitor.finish()
    visitor.finish()


def person_of(counsellor: Counsellor) -> str:
    """The person of the case that is shown."""
    link = counsellor.page.locator("main a[href^='/persons/']").first.get_attribute("href")
    return re.search(r"/persons/(\w{26})", link).group(1)


def receive(counsellor: Counsellor, person: dict) -> str:
    counsellor.visitor.go("/cases/new")
    counsellor.fill({
        "given_latin": person["given"][0], "family_latin": person["family"][0], "phones": person["phone"],
        "cin": person["cin"], "birth_date": "1988-05-04", "sex": "female", "channel": "walk-in"})
    counsellor.visitor.submit("main > form")
    counsellor.sees("The file is open.")
    return person_of(counsellor)


def receive_again(counsellor: Counsellor, person: dict, first: str) -> str:
    """In the other script, with day and month in each other's place."""
    page, words = counsellor.page, counsellor.words
    counsellor.visitor.go("/cases/new")
    counsellor.fill({
        "given_arabic": person["given"][1], "family_arabic": person["family"][1], "cin": person["cin"],
        "phones": person["phone"], "birth_date": "1988-04-05", "address": "12 rue Ibn Khaldoun", "channel": "phone"})
    counsellor.visitor.submit("main > form")
    asked = page.locator("fieldset", has=page.locator("[name=apart-reason]"))
    expect(asked).to_contain_text(words("Is this person here already?"))
    expect(asked.locator(f"a[href='/persons/{first}']").first).to_be_visible()
    expect(asked).to_contain_text(words("same CIN"))
    # What was typed is still there.
    expect(page.locator("[name=family-arabic]")).to_have_value(person["family"][1])
    counsellor.visitor.check("reception: who is alike")
    counsellor.visitor.submit("main > form")
    expect(page.locator("#e-apart-reason")).to_be_visible()
    counsellor.visitor.check("reception: no reason")
    page.fill("[name=apart-reason]", "Deux cartes au même numéro ?")
    counsellor.visitor.submit("main > form")
    counsellor.sees("The file is open.")
    # The pair that was told apart is noted in the same moment.
    expect(page.locator("#history")).to_contain_text(words("Received although others are alike"))
    return person_of(counsellor)


def join(counsellor: Counsellor, first: str, second: str):
    page, words = counsellor.page, counsellor.words
    counsellor.visitor.go("/duplicates")
    counsellor.visitor.check("duplicates")
    name = page.locator("h1").inner_text()
    assert name == words("Duplicates")
    counsellor.visitor.go(f"/persons/{first}")
    counsellor.visitor.check("person with a file alike")
    page.click("#duplicates a[href^='/duplicates/']")
    table = page.locator("table.list")
    expect(table).to_contain_text(words("changed places"))
    expect(table).to_contain_text(words("sounds alike"))
    expect(page.locator("#history")).to_contain_text("Deux cartes au même numéro ?")
    counsellor.visitor.check("comparison")
    page.locator("#decision summary", has_text=words("They are one person")).click()
    counsellor.visitor.check("comparison: one person")
    form = "#decision details[open] form"
    page.locator(f"{form} [name=field-birth-date][value={side_of(page, first)}]").check()
    page.fill(f"{form} [name=reason]", "Une seule carte, vue.")
    counsellor.visitor.submit(form)
    expect(page.locator(".notice")).to_have_text(words("The two files are joined."))
    counsellor.visitor.check("joined")
    counsellor.visitor.go(f"/persons/{second}")
    assert page.url.split("?")[0].endswith(f"/persons/{first}")
    expect(page.locator("#identity")).to_contain_text("12 rue Ibn Khaldoun")
    expect(page.locator("#duplicates")).to_contain_text(words("Joined"))
    counsellor.visitor.check("joined person")


def side_of(page, person: str) -> str:
    links = page.locator("table.list tbody tr").first.locator("a[href^='/persons/']")
    hrefs = [link.get_attribute("href") for link in links.all()]
    return ["first", "second"][hrefs.index(f"/persons/{person}")]


def correct(counsellor: Counsellor):
    counsellor.page.locator("#identity a.button").click()
    counsellor.fill({"languages": "arabe, italien"})
    counsellor.visitor.submit("main form.sheet")
    expect(counsellor.page.locator(".notice")).to_have_text(counsellor.words("Saved."))


def part(head: Counsellor, first: str, second: str):
    page, words = head.page, head.words
    head.visitor.go("/duplicates?state=joined")
    head.visitor.check("duplicates: joined")
    head.visitor.go(f"/persons/{first}")
    page.click("#duplicates a[href^='/duplicates/']")
    page.locator("#decision a.button", has_text=words("Part them again")).click()
    expect(page.locator("main form")).to_contain_text("arabe, italien")
    head.visitor.check("parting")
    head.visitor.submit("main form.sheet")
    expect(page.locator("#e-field-languages")).to_be_visible()
    head.visitor.check("parting with errors")
    page.locator("[name=field-languages][value=other]").check()
    page.fill("main form [name=reason]", "Deux cousines.")
    head.visitor.submit("main form.sheet")
    expect(page.locator(".notice")).to_have_text(words("The two files stand by themselves again."))
    for text in "Deux cousines.", "Une seule carte, vue.", words("parted the files"):
        expect(page.locator("#history")).to_contain_text(text)
    head.visitor.check("parted")
    languages = [head.visitor.go(f"/persons/{person}") and page.locator("#identity").inner_text() for person in (first, second)]
    assert ["arabe, italien" in text for text in languages] in ([True, False], [False, True])
