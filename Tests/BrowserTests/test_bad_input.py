"""What a browser shows when something goes wrong: errors at their fields, two people at one file, sending twice."""

import pytest
from playwright.sync_api import Locator, Page, expect

from counsellor import Counsellor
from words import Words


@pytest.fixture
def reception(workplace, account, visit):
    """A counsellor, in front of a person whom nobody has received."""
    def reception(language: str = "fr", **options) -> Counsellor:
        counsellor = Counsellor(visit(workplace, language, **options))
        counsellor.visitor.sign_in(account("conseil.gaf"))
        return counsellor

    return reception


@pytest.mark.parametrize("language, given, family", [("fr", "Salma", "Haddad"), ("ar", "Wafa", "Zribi")])
def test_a_form_with_errors_keeps_what_was_typed(reception, language, given, family):
    counsellor = reception(language)
    page, words = counsellor.page, counsellor.words
    typed = {"phones": "12 34", "cin": "1234567", "email": "salma", "address": "12, rue d'Alger <b>",
             "sex": "female", "return_kind": "voluntary", "return_country": "IT"}
    counsellor.receive(given, family, typed.pop("phones"), birth_year="90", **typed)
    assert counsellor.visitor.last.status == 422
    counsellor.visitor.check("reception with errors")

    summary = page.locator(".summary")
    expect(summary).to_be_focused()
    expect(summary.locator("a")).to_have_count(4)
    expect(summary).to_contain_text(words("A CIN has 8 digits."))
    for name in "phones", "cin", "email", "birth-year":
        field = page.locator(f"[name={name}]")
        assert field.get_attribute("aria-invalid") == "true"
        message = page.locator(f"#{field.get_attribute('aria-describedby').split()[-1]}")
        expect(message).to_be_visible()
        # The link of the summary leads to the field itself.
        summary.locator("a", has_text=message.inner_text()).click()
        expect(field).to_be_focused()
    values = {"given-latin": given, "family-latin": family, "phones": "12 34", "birth-year": "90",
              "return-country": "IT"} | {name: typed[name] for name in ("cin", "email", "address")}
    for name, value in values.items():
        expect(page.locator(f"[name={name}]")).to_have_value(value)
    for choice in "channel", "sex", "return-kind":
        expect(page.locator(f"[name={choice}]:checked")).to_have_count(1)

    # Mended, the same form opens the file; a number is one person's.
    phone, cin = ("20 555 111", "12345678") if language == "fr" else ("20 555 112", "87654320")
    counsellor.fill({"phones": phone, "cin": cin, "email": "salma@example.tn", "birth_year": "1990"})
    counsellor.visitor.submit("main > form")
    counsellor.sees("The file is open.")
    expect(page.locator("#identity, .aside").first).to_contain_text("12, rue d'Alger <b>")
    counsellor.visitor.finish()


def test_an_act_with_errors_says_so_at_its_own_form(reception):
    counsellor = reception()
    page = counsellor.page
    counsellor.receive("Anis", "Gharbi", "20 555 222")
    counsellor.act("Plan", "Add a goal", {"track": "social", "goal": "Reprendre l'école"}, "Saved.")
    chosen = page.locator("[name=goal-of-action] option").last.get_attribute("value")
    for name in "Inscrire", "Rencontrer le directeur":
        action = {"goal_of_action": chosen, "action": name, "who": "Anis"}
        counsellor.act("Plan", "Add an action", action, "Saved.")
    # Of two actions, the second is given up without a reason.
    page.locator("#plan .inner a").nth(1).click()
    counsellor.visitor.submit("section#give-up form")
    assert counsellor.visitor.last.status == 422
    counsellor.visitor.check("giving up without a reason")
    page.locator(".summary a").click()
    field = page.locator("[name=why-abandoned][aria-invalid=true]")
    expect(field).to_be_focused()
    expect(page.locator("#plan .inner > li").nth(1).locator("[aria-invalid=true]")).to_have_count(1)
    field.fill("Déjà inscrit.")
    page.keyboard.press("Enter")
    counsellor.sees("Saved.")
    expect(page.locator("#plan .inner > li").nth(1)).to_contain_text("Déjà inscrit.")
    # The other language is one click away from a form that came back with errors, and loses nothing either.
    page.locator("#notes summary").click()
    page.fill("#notes [name=text]", "Parle bien italien.")
    counsellor.visitor.submit("#notes form")
    assert counsellor.visitor.last.status == 422
    page.click(".languages [lang=ar]")
    assert counsellor.visitor.last.status == 200
    expect(page.locator("h2", has_text=Words("ar")("Notes")).first).to_be_visible()
    expect(page.locator("#notes [name=text]")).to_have_value("Parle bien italien.")


def test_two_people_at_one_file_lose_nothing(reception, workplace, account, visit):
    first = reception()
    first.receive("Hatem", "Jaziri", "20 555 333", address="Rue de Sfax")
    edit = first.page.locator("a[href*='/edit']").first.get_attribute("href")
    second = Counsellor(visit(workplace, "fr"))
    second.visitor.sign_in(account("chef.gaf"))

    # Different fields: both are kept.
    for who in first, second:
        who.visitor.go(edit)
    first.fill({"address": "Rue de Bizerte"})
    first.visitor.submit("main form.sheet")
    second.fill({"email": "hatem@example.tn"})
    second.visitor.submit("main form.sheet")
    assert second.visitor.last.status == 200
    for text in "Rue de Bizerte", "hatem@example.tn":
        expect(second.page.locator("main")).to_contain_text(text)

    # The same field: the later one sees both and decides.
    for who in first, second:
        who.visitor.go(edit)
    first.fill({"address": "Rue de Gabès"})
    first.visitor.submit("main form.sheet")
    second.fill({"address": "Rue de Tozeur", "delegation": "Métlaoui"})
    second.visitor.submit("main form.sheet")
    assert second.visitor.last.status == 409
    second.visitor.check("saved meanwhile")
    expect(second.page.locator("[name=address]")).to_have_value("Rue de Tozeur")
    expect(second.page.locator("[name=delegation]")).to_have_value("Métlaoui")
    for text in "Rue de Gabès", "Rue de Tozeur":
        expect(second.page.locator(".summary")).to_contain_text(text)
    second.visitor.submit("main form.sheet")
    for text in "Rue de Tozeur", "Métlaoui", "hatem@example.tn":
        expect(second.page.locator("main")).to_contain_text(text)
    first.visitor.finish()
    second.visitor.finish()


@pytest.mark.parametrize(
    "script, given, family, phone", [(True, "Rim", "Ayari", "20 555 444"), (False, "Hela", "Chebbi", "20 555 445")],
    ids=["", "without-script"])
def test_a_double_click_makes_one_record(reception, script, given, family, phone):
    counsellor = reception(java_script_enabled=script)
    page = counsellor.page
    counsellor.receive(given, family, phone)
    write_note(counsellor, "Une seule fois.", lambda button: button.dblclick())
    counsellor.sees("Saved.")
    # Reloading the answer sends nothing again, and going back shows an empty form.
    page.reload()
    expect(note(page, "Une seule fois.")).to_have_count(1)
    page.go_back()
    page.reload()
    expect(note(page, "Une seule fois.")).to_have_count(1)
    expect(page.locator("#notes [name=text]")).to_have_value("")
    counsellor.visitor.finish()


def test_an_answer_lost_on_the_way_makes_one_record(reception):
    counsellor = reception()
    page = counsellor.page
    counsellor.receive("Lotfi", "Dridi", "20 555 446")

    def lose(route):
        assert route.fetch(max_redirects=0).status == 303
        route.abort()

    page.route("**/notes", lose)
    write_note(counsellor, "Le train de 8 heures.", lambda button: button.click())
    page.wait_for_url("chrome-error://**")
    page.unroute("**/notes")
    page.go_back()
    expect(page.locator("#notes [name=text]")).to_have_value("Le train de 8 heures.")
    counsellor.visitor.submit("#notes form")
    counsellor.sees("Saved.")
    expect(note(page, "Le train de 8 heures.")).to_have_count(1)
    assert "train" not in counsellor.visitor.kept()


def write_note(counsellor: Counsellor, text: str, send):
    counsellor.page.locator("#notes summary").click()
    counsellor.fill({"section": "return", "text": text}, "#notes")
    send(counsellor.page.locator("#notes form button"))


def note(page: Page, text: str) -> Locator:
    return page.locator("#notes .prose", has_text=text)
