"""A request goes from the case to a session, is scored, voted on and refused; minutes are signed; upon the person's appeal
others decide anew. Another request is granted with conditions in the same session."""

import re

import pytest
from playwright.sync_api import expect

from counsellor import Counsellor

NAMES = {"fr": ("Rania", "Bouzidi", "+21620556677"), "ar": ("رانية", "البوزيدي", "+21620556688")}
SUMMARY = {
    "fr": "Le logement prend l’eau ; le devis est joint.",
    "ar": "المسكن غير صالح للسكن والتقدير مرفق بالملف.",
}
REASON = {"fr": "Une aide de la commune couvre déjà les travaux.", "ar": "تغطي مساعدة البلدية الأشغال."}
APPEAL = {"fr": "L’aide de la commune a été retirée.", "ar": "سُحبت مساعدة البلدية."}


class Committee:
    def __init__(self, workplace, account, visit, language, antenna, others):
        self.language = language
        self.people = {}
        for name in [f"conseil.{antenna}", "centre", *others]:
            person = Counsellor(visit(workplace, language))
            person.visitor.sign_in(workplace.accounts["centre"] if name == "centre" else account(name))
            self.people[name] = person
        self.counsellor = self.people[f"conseil.{antenna}"]
        self.centre = self.people["centre"]

    def convene(self, number, chair, member):
        """Of the whole scheme, with two members, and the requests of one case on its agenda."""
        page = self.centre.page
        self.centre.visitor.go("/committees/new")
        self.centre.visitor.check("committee: new")
        self.centre.visitor.submit("main form[action='/committees']")
        self.centre.visitor.check("committee: what is missing")
        self.centre.fill({"day": self.today(), "place": "Tunis", "quorum": "2"})
        self.centre.visitor.submit("main form[action='/committees']")
        page.wait_for_url(re.compile(r"/committees/[0-9a-z]{26}"))
        path = "/committees/" + page.url.split("?")[0].rsplit("/", 1)[1]
        page.locator("main a[href$='/edit']").click()
        self.centre.visitor.check("committee: its terms")
        self.centre.fill({"place": "Sfax"})
        self.centre.visitor.submit("main form.sheet")
        expect(page.locator("main .facts").first).to_contain_text("Sfax")
        page.locator("#members a[href$='/members']").click()
        self.centre.visitor.check("committee: seats")
        for name, role in [(chair, "chair"), (member, "member")]:
            label = self.name(name)
            page.locator("#members select[name=account]").select_option(label=label)
            page.locator(f"#members input[name=role][value={role}]").check()
            self.centre.visitor.submit("form[action$='/members']")
            expect(page.locator("#members table")).to_contain_text(label)
        page.locator(f"main a[href='{path}']").first.click()
        page.locator("#agenda a[href$='/agenda']").click()
        self.centre.visitor.check("committee: what waits")
        for option in page.locator("#waiting label.option", has_text=number).all():
            option.locator("input").check()
        self.centre.visitor.submit("form[action$='/agenda']")
        expect(page.locator("#agenda")).to_contain_text(number)
        self.centre.visitor.check("committee: convened")
        leader = self.people[chair]
        leader.visitor.go(path)
        for box in leader.page.locator("input[name=present]").all():
            box.check()
        leader.visitor.submit("form[action$='/presence']")
        leader.visitor.check("committee: members are there")
        return path

    def today(self):
        return self.centre.page.evaluate(
            "new Date().toLocaleDateString('en-CA', {timeZone: 'Africa/Tunis'})")

    @staticmethod
    def name(account):
        name, antenna = account.split(".")
        return f"{name.capitalize()} {antenna.upper()}"

    def vote(self, name, path, row, outcome):
        """Scores a file, sees then what others gave, and votes."""
        member = self.people[name]
        member.visitor.go(path)
        member.page.locator("#agenda tbody tr").nth(row).locator("a").click()
        expect(member.page.locator("#scores")).to_have_count(0)
        member.visitor.check("committee: to be scored")
        for index, field in enumerate(member.page.locator("#score input[name^='points-']").all()):
            field.fill(str(8 - index))
        member.visitor.submit("#score form")
        expect(member.page.locator("#scores")).to_contain_text(self.name(name))
        member.fill({"vote": outcome}, "#votes")
        member.visitor.submit("#votes form")
        expect(member.page.locator("#votes table")).to_contain_text(self.name(name))
        member.visitor.check("committee: voted")

    def decide(self, name, path, row, fields):
        chair = self.people[name]
        chair.visitor.go(path)
        chair.page.locator("#agenda tbody tr").nth(row).locator("a").click()
        chair.fill(fields, "#decision")
        chair.visitor.submit("#decision form")
        expect(chair.page.locator("#decided")).to_be_visible()
        chair.visitor.check("committee: decided")

    def sign(self, path, chair, member):
        leader, second = self.people[chair], self.people[member]
        leader.visitor.go(path)
        leader.visitor.submit("form[action$='/closing']")
        leader.visitor.check("committee: closed")
        second.visitor.go(path)
        second.visitor.submit("form[action$='/confirmation']")
        expect(second.page.locator("#minutes a[download]")).to_have_count(2)
        second.visitor.check("committee: signed")
        for link in second.page.locator("#minutes a[download]").all():
            answer = second.page.request.get(link.get_attribute("href"))
            assert answer.status == 200 and answer.body().startswith(b"%PDF")

    def submit(self, file, purpose, amount):
        self.counsellor.visitor.go(f"/committees/of/{file}")
        self.counsellor.visitor.check("committee: of a case")
        self.counsellor.fill(
            {"purpose": purpose, "amount": amount, "currency": "TND", "summary": SUMMARY[self.language]}, "#submit")
        self.counsellor.visitor.submit("#submit form")
        expect(self.counsellor.page.locator(".notice")).to_be_visible()

    def finish(self):
        for person in self.people.values():
            person.visitor.finish()


@pytest.mark.parametrize("language, antenna", [("fr", "sfa"), ("ar", "med")])
def test_committee(workplace, account, visit, language, antenna):
    first, second = ("chef.biz", "social.kef"), ("chef.mon", "emploi.kai")
    room = Committee(workplace, account, visit, language, antenna, [*first, *second])
    counsellor = room.counsellor
    given, family, phone = NAMES[language]
    counsellor.receive(given, family, phone)
    counsellor.page.wait_for_url(re.compile(r"/cases/[0-9a-z]{26}"))
    file = counsellor.page.url.split("?")[0].rsplit("/", 1)[1]
    expect(counsellor.page.locator(f"a[href='/committees/of/{file}']")).to_be_visible()
    counsellor.visitor.go(f"/committees/of/{file}")
    number = counsellor.page.locator("main h1 + p bdi, .title bdi").first.inner_text()
    room.submit(file, "housing", "3200,500")
    room.submit(file, "health", "1500")

    path = room.convene(number, *first)
    # In the middle of it nobody sees what others gave.
    room.vote(first[0], path, 0, "refused")
    ranking = room.people[first[1]]
    ranking.visitor.go(f"{path}/ranking")
    expect(ranking.page.locator("table")).to_have_count(0)
    ranking.visitor.check("committee: ranking before one's scores")
    # A chair alone decides nothing.
    chair = room.people[first[0]]
    chair.visitor.go(path)
    chair.page.locator("#agenda tbody tr").nth(0).locator("a").click()
    chair.fill({"outcome": "refused", "reason": "other-help", "text": REASON[language]}, "#decision")
    chair.visitor.submit("#decision form")
    chair.page.wait_for_load_state()
    assert chair.visitor.last.status == 409
    room.vote(first[1], path, 0, "refused")
    for name in first:
        room.vote(name, path, 1, "conditions")
    ranking.visitor.go(f"{path}/ranking")
    expect(ranking.page.locator("table.list tbody tr")).to_have_count(2)
    ranking.visitor.check("committee: ranking")
    room.decide(
        first[0], path, 0, {"outcome": "refused", "reason": "other-help", "text": REASON[language]})
    room.decide(
        first[0], path, 1, {"outcome": "conditions", "amount": "1200", "conditions": REASON[language]})
    room.sign(path, *first)

    counsellor.visitor.go(f"/committees/of/{file}")
    expect(counsellor.page.locator("main")).to_contain_text(REASON[language])
    for link in counsellor.page.locator("a[href*='notice.pdf']").all():
        answer = counsellor.page.request.get(link.get_attribute("href"))
        assert answer.status == 200 and answer.body().startswith(b"%PDF")
    counsellor.visitor.open_all_forms()
    counsellor.fill({"words": APPEAL[language]}, "section:nth-of-type(1)")
    counsellor.visitor.submit("form[action$='/appeal'] >> nth=0")
    expect(counsellor.page.locator("main")).to_contain_text(APPEAL[language])
    counsellor.visitor.check("committee: an appeal waits")

    path = room.convene(number, *second)
    for name in second:
        room.vote(name, path, 0, "granted")
    room.decide(second[0], path, 0, {"outcome": "granted"})
    room.sign(path, *second)
    counsellor.visitor.go(f"/committees/of/{file}")
    expect(counsellor.page.locator("main")).to_contain_text(counsellor.words("Decision upon the appeal"))
    counsellor.visitor.check("committee: decided upon the appeal")
    room.finish()
