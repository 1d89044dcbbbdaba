"""A guided reception: step by step to the file, in French, then in Arabic; the line drops in the middle of a step."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor

# Every entry of the store on the device, as it lies there.
KEPT = """
async () => {
  const known = (await indexedDB.databases()).map((database) => database.name);
  if (!known.includes("keeper")) return [];
  const database = await new Promise((resolve) => {
    const request = indexedDB.open("keeper");
    request.onsuccess = () => resolve(request.result);
  });
  if (!database.objectStoreNames.contains("typed")) { database.close(); return []; }
  const store = database.transaction("typed").objectStore("typed");
  const all = await new Promise((resolve) => {
    const request = store.getAll();
    request.onsuccess = () => resolve(request.result);
  });
  const names = await new Promise((resolve) => {
    const request = database.transaction("typed").objectStore("typed").getAllKeys();
    request.onsuccess = () => resolve(request.result);
  });
  database.close();
  return names.map((name, number) => name + new TextDecoder("latin1").decode(all[number].sealed));
}
"""


class Guided(Counsellor):
    def kept(self) -> list[str]:
        return self.page.evaluate(KEPT)

    def begin(self, given: str, family: str, script: str, phone: str):
        self.visitor.search(f"{given} {family}")
        self.page.click("main a.button[href^='/receptions/new']")
        expect(self.page.locator(f"[name=family-{script}]")).to_have_value(family)
        self.fill({"phones": phone})
        self.visitor.check("reception: first contact")
        self.send("consent")

    def send(self, step: str):
        self.visitor.submit("form[data-device]")
        self.page.wait_for_url(f"**/{step}*")
        expect(self.page.locator("[data-says]:visible")).to_have_count(0)
        self.visitor.check(f"reception: {step}")

    def says(self, what: str):
        expect(self.page.locator(f"[data-says={what}]")).to_be_visible()

    def keeps(self, count: int):
        for _ in range(50):
            if len(self.kept()) == count:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError(f"{len(self.kept())} steps are kept on the device")

    def forgive_the_line(self):
        """A browser reports what it could not send."""
        for problem in [problem for problem in self.visitor.wrong if "ERR_INTERNET" in problem]:
            del self.visitor.wrong[problem]

    def lose_the_line(self):
        self.visitor.context.set_offline(True)

    def find_the_line(self):
        self.visitor.context.set_offline(False)


def test_a_guided_reception_in_french(workplace, account, visit):
    counsellor = Guided(visit(workplace, "fr"))
    page = counsellor.page
    counsellor.visitor.sign_in(account("conseil.med"))
    counsellor.begin("Nizar", "Guesmi", "latin", "20 555 901")
    assert counsellor.kept() == []
    counsellor.fill({"consent_way": "signed", "consent_language": "fr"})
    page.check("[name=consents][value=accompaniment]")
    counsellor.send("return")
    counsellor.fill({"return_country": "IT", "return_organiser": "OIM"})
    counsellor.send("household")
    counsellor.fill({"household_size": "4"})
    counsellor.send("wishes")

    # What was typed is there after a reload, unreadable on the device.
    page.fill("[name=wants-told]", "Un atelier de soudure")
    page.check("[name=sign-debt][value=refused]")
    counsellor.keeps(1)
    assert "soudure" not in counsellor.kept()[0] and "soudure" not in counsellor.visitor.kept()
    page.reload()
    counsellor.says("kept")
    counsellor.visitor.check("reception: kept on the device")
    expect(page.locator("[name=wants-told]")).to_have_value("")
    expect(page.locator("[data-says=offline]")).to_be_hidden()
    page.click("[data-act=take]")
    expect(page.locator("[data-says=kept]")).to_be_hidden()
    expect(page.locator("[name=wants-told]")).to_have_value("Un atelier de soudure")
    expect(page.locator("[name=sign-debt][value=refused]")).to_be_checked()

    # The line drops: it is said, and sent again when it is back.
    counsellor.lose_the_line()
    counsellor.visitor.submit("form[data-device]")
    counsellor.says("offline")
    counsellor.find_the_line()
    page.wait_for_url("**/needs*")
    assert counsellor.kept() == []
    counsellor.forgive_the_line()
    counsellor.fill({"need_1": "housing", "urgency_1": "today"})
    counsellor.visitor.submit("form[data-device]")
    expect(page.locator("main")).to_contain_text("Un atelier de soudure")
    counsellor.visitor.check("reception: read back")
    reception = urlsplit(page.url).path.rsplit("/", 1)[1]
    counsellor.visitor.submit("#opening form")
    page.wait_for_url(f"**/cases/{reception}*")
    counsellor.visitor.check("case")
    page.click(f"a[href='/receptions/of/{reception}']")
    expect(page.locator("main")).to_contain_text("Un atelier de soudure")
    counsellor.visitor.check("reception of a case")
    counsellor.visitor.finish()


def test_a_guided_reception_in_arabic(workplace, account, visit):
    counsellor = Guided(visit(workplace, "ar"))
    page = counsellor.page
    counsellor.visitor.sign_in(account("conseil.kai"))
    counsellor.begin("ستار", "الورغمي", "arabic", "20 555 902")
    reception = urlsplit(page.url).path.split("/")[2]
    # The line drops while a step is sent, and the page is opened again.
    page.goto(f"/receptions/{reception}/household")
    counsellor.fill({"household_size": "5"})
    counsellor.lose_the_line()
    counsellor.visitor.submit("form[data-device]")
    counsellor.says("offline")
    counsellor.find_the_line()
    page.wait_for_url("**/wishes*")
    counsellor.visitor.check("reception: wishes")
    expect(page.locator(".notice")).to_have_text(counsellor.words("Saved."))

    # Signing in again in another window of the same browser: the step that is open here is not lost.
    page.fill("[name=wants-told]", "مخبزة صغيرة")
    counsellor.keeps(1)
    other = counsellor.visitor.context.new_page()
    other.goto("/")
    other.click("form[action='/sign-out'] button")
    other.wait_for_url("**/sign-in*")
    counsellor.visitor.submit("form[data-device]")
    counsellor.says("signed-out")
    other.goto("/sign-in?to=/account")
    other.fill("[name=name]", account("conseil.kai").name)
    other.fill("[name=password]", account("conseil.kai").password)
    other.click("main form button")
    other.wait_for_url("**/account*")
    other.close()
    counsellor.visitor.submit("form[data-device]")
    page.wait_for_url("**/needs*")
    page.goto(f"/receptions/{reception}")
    expect(page.locator("main")).to_contain_text("مخبزة صغيرة")
    counsellor.visitor.check("reception: read back")

    # Whoever signs out leaves nothing on the device.
    page.goto(f"/receptions/{reception}/needs")
    page.fill("[name=details-1]", "سقف")
    counsellor.keeps(1)
    counsellor.visitor.sign_out()
    page.wait_for_url("**/sign-in*")
    counsellor.keeps(0)
    # The reception itself is there for who began it.
    counsellor.visitor.sign_in(account("conseil.kai"), "/receptions")
    expect(page.locator("main table")).to_contain_text("الورغمي")
    counsellor.visitor.check("receptions begun")
    page.goto(f"/receptions/{reception}/needs")
    expect(page.locator("[data-says=kept]")).to_be_hidden()
    page.goto(f"/receptions/{reception}")
    page.check("[name=discarding][value=not-wished]")
    counsellor.visitor.submit("#discarding form")
    expect(page.locator(".notice")).to_be_visible()
    assert urlsplit(page.url).path == "/receptions"
    counsellor.forgive_the_line()
    counsellor.visitor.finish()


def lose_the_visit(account, visit, workplace, language: str):
    """Every visit of the account ends, as it does by the clock; the window that is open knows nothing of it."""
    other = visit(workplace, language)
    other.sign_in(account, "/account")
    other.submit("form[action='/account/sign-out-everywhere']")
    other.page.wait_for_url("**/sign-in*")
    other.finish()


@pytest.mark.parametrize(
    "language, name, given, family, script, phone, wish",
    [
        ("fr", "conseil.gaf", "Rached", "Ouerghemmi", "latin", "20 555 903", "Reprendre l’épicerie du père"),
        ("ar", "conseil.kef", "نجوى", "الجريدي", "arabic", "20 555 904", "ورشة خياطة في الحي"),
    ],
)
def test_a_visit_that_ends_loses_nothing(
    workplace, account, visit, language, name, given, family, script, phone, wish
):
    counsellor = Guided(visit(workplace, language))
    page = counsellor.page
    counsellor.visitor.sign_in(account(name))
    counsellor.begin(given, family, script, phone)
    reception = urlsplit(page.url).path.split("/")[2]
    page.goto(f"/receptions/{reception}/wishes")
    page.fill("[name=wants-told]", wish)
    lose_the_visit(account(name), visit, workplace, language)
    # A visit that was found a moment ago counts for some seconds.
    page.wait_for_timeout(6_000)
    counsellor.visitor.submit("form[data-device]")
    counsellor.says("signed-out")
    counsellor.keeps(1)
    assert wish not in counsellor.kept()[0]
    page.click("[data-says=signed-out] a")
    page.wait_for_url("**/sign-in*")

    # She signs in again in the same window, and the step is there with the question.
    page.fill("[name=name]", name)
    page.fill("[name=password]", account(name).password)
    counsellor.visitor.submit("main form")
    page.wait_for_url(f"**/receptions/{reception}/wishes*")
    counsellor.says("kept")
    counsellor.visitor.check("reception: kept over a new visit")
    page.click("[data-act=take]")
    expect(page.locator("[name=wants-told]")).to_have_value(wish)
    counsellor.send("needs")
    assert counsellor.kept() == []
    page.goto(f"/receptions/{reception}")
    expect(page.locator("main")).to_contain_text(wish)

    # What she leaves when a visit ends is nothing to the next person at the same machine.
    page.goto(f"/receptions/{reception}/household")
    page.fill("[name=household-size]", "9")
    counsellor.keeps(1)
    lose_the_visit(account(name), visit, workplace, language)
    page.wait_for_timeout(6_000)
    counsellor.visitor.sign_in(account("conseil.med"), "/receptions/new")
    counsellor.keeps(0)
    expect(page.locator("[data-says=kept]")).to_be_hidden()
    counsellor.visitor.finish()
