"""A power cut in the middle of a thousand receptions: what was acknowledged is there, once, and the journal holds."""

import http.client
import sqlite3
import threading
from collections import Counter
from urllib.parse import urlencode
from random import Random

from client import Client
from postgres import ask
from program import Program

RECEPTIONS = 1_000
AT_ONCE = 16
# So many are acknowledged when the power goes.
CUT = 200

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def somebody(case: str) -> dict[str, str]:
    """Another person for each case: of two who are alike the second would be asked about."""
    random = Random(case)
    given = "".join(random.choice("bdfgklmnrstz") + random.choice("aiou") for _ in range(5))
    return {"given-latin": given.capitalize(), "phones": f"2{random.randint(0, 9_999_999):07}"}


class Desk(threading.Thread):
    """Receives persons one after the other until nobody answers any more."""

    def __init__(self, client: Client, form: dict, ids: list[tuple[str, str]], reception: "Reception"):
        super().__init__()
        self.client, self.form, self.ids, self.reception = client, form, ids, reception

    def run(self):
        try:
            for case, person in self.ids:
                self.reception.tried.add(case)
                fields = self.form | {"once": case, "person-once": person} | somebody(case)
                answer = self.client.send("POST", "/cases", urlencode(fields))
                self.reception.note(case, answer.status)
        except (OSError, http.client.HTTPException):
            pass


class Reception:
    """A thousand persons waiting, sixteen desks."""

    def __init__(self, program: Program):
        self.program = program
        self.tried: set[str] = set()
        self.acknowledged: set[str] = set()
        self.refused: list[int] = []
        self.enough = threading.Event()
        counsellor = Client(program).sign_in(program.accounts["conseil.tun"])
        form = counsellor.form("/cases", "/cases/new")
        form |= {"family-latin": "Zitouni", "channel": "walk-in"}
        random = Random(1)
        self.ids = [(self._id(random), self._id(random)) for _ in range(RECEPTIONS)]
        self.desks = []
        for number in range(AT_ONCE):
            client = Client(program)
            client.cookies = dict(counsellor.cookies)
            self.desks.append(Desk(client, form, self.ids[number::AT_ONCE], self))

    @staticmethod
    def _id(random: Random) -> str:
        return random.choice(ALPHABET[:8]) + "".join(random.choice(ALPHABET) for _ in range(25))

    def note(self, case: str, status: int):
        if status == 303:
            self.acknowledged.add(case)
        else:
            self.refused.append(status)
        if len(self.acknowledged) >= CUT:
            self.enough.set()

    def cut_short(self):
        for desk in self.desks:
            desk.start()
        assert self.enough.wait(timeout=180), f"{len(self.acknowledged)} received, {Counter(self.refused)}"
        self.program.kill()
        for desk in self.desks:
            desk.join(timeout=60)


def rows(program: Program, statement: str) -> list[tuple[str, ...]]:
    if "://" in program.database:
        return [tuple(line.split("|")) for line in ask(program.database, statement).splitlines()]
    with sqlite3.connect(program.database) as database:
        return [tuple(str(value) for value in row) for row in database.execute(statement)]


def check_records(program: Program) -> Counter:
    """Every case has its person, its number without gaps and its one entry in the journal. Returns the cases."""
    cases = rows(program, "SELECT id, person, number FROM case_file")
    entries = Counter(
        record for (record,) in rows(program, "SELECT record_id FROM journal_entry WHERE act = 'case.receive'"))
    assert entries == Counter(case for case, _, _ in cases)
    persons = {person for (person,) in rows(program, "SELECT id FROM person")}
    assert persons == {person for _, person, _ in cases}
    numbers = [number for _, _, number in cases if number.startswith("TUN-")]
    years = {number.split("-")[1] for number in numbers}
    for year in years:
        counts = sorted(int(number.split("-")[2]) for number in numbers if number.split("-")[1] == year)
        assert counts == list(range(1, len(counts) + 1)), year
    return Counter(case for case, _, _ in cases)


def test_power_cut(tmp_path, database):
    program = Program(tmp_path, persons=0, database=database)
    program.start()
    reception = Reception(program)
    reception.cut_short()
    assert not reception.refused
    unsure = reception.tried - reception.acknowledged
    assert CUT <= len(reception.acknowledged) < RECEPTIONS
    assert unsure, "the cut was to be in the middle"

    cases = check_records(program)
    assert reception.acknowledged <= set(cases) <= reception.tried
    with program:
        counsellor = Client(program).sign_in(program.accounts["conseil.tun"])
        for case in sorted(reception.acknowledged)[::20]:
            page = counsellor.get(f"/cases/{case}")
            assert page.status == 200 and "Zitouni" in page.text
        # Whoever got no answer sends the form again: it is one record, whether the first came through or not.
        form = reception.desks[0].form | {"csrf": counsellor.form("/cases", "/cases/new")["csrf"]}
        for case, person in reception.ids:
            if case in unsure or case in sorted(reception.acknowledged)[:3]:
                again = counsellor.post("/cases", form | {"once": case, "person-once": person} | somebody(case))
                assert again.status == 303 and again.place == f"/cases/{case}"
        assert program.faults() == []
    assert set(check_records(program)) == reception.tried
    assert "The journal is sound" in program.command("audit", "verify")
