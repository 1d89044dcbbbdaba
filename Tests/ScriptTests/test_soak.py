"""Fifty counsellors at work at once: nothing fails, memory stays as it is, and what was acknowledged is there.

Some seconds in a usual run; `bin/test --soak` works ten minutes on each engine.
"""

import os
import re
import statistics
import threading
import time
from collections import Counter
from random import Random

from client import Client
from program import Account, Program
from test_durability import ALPHABET, check_records, rows

SECONDS = int(os.environ.get("TOUNESNA_SOAK_SECONDS", "12"))
COUNSELLORS = int(os.environ.get("TOUNESNA_SOAK_COUNSELLORS", "50"))
# Between two acts of one counsellor, in the middle.
PAUSE = 2.0 if SECONDS > 60 else 0.5

SECTIONS = {"conseil": "return", "chef": "return", "social": "social", "emploi": "employment"}


class Counsellor(threading.Thread):
    """Somebody at an antenna who reads far more than she writes."""

    def __init__(self, number: int, program: Program, account: Account):
        super().__init__()
        self.chance = Random(number)
        self.client = Client(program, language=self.chance.choice(["fr", "ar", "en"]))
        self.account, self.until = account, 0.0
        self.cases: list[str] = []
        # By table: the ids of the records that were acknowledged.
        self.acknowledged: dict[str, set[str]] = {"case_file": set(), "need": set(), "note": set(), "plan_goal": set()}
        self.done: Counter = Counter()
        self.failed: list[str] = []

    def run(self):
        acts = {
            self.home: 20, self.list: 20, self.look: 30, self.search: 10, self.note: 9, self.need: 4, self.goal: 3,
            self.receive: 3, self.take_away: 1,
        }
        try:
            self.list()
            while time.monotonic() < self.until:
                act, = self.chance.choices(list(acts), acts.values())
                act()
                self.done[act.__name__] += 1
                time.sleep(self.chance.expovariate(1 / PAUSE))
        except Exception as problem:  # Whatever it is, the test tells it: a thread would take it with it.
            self.failed.append(f"{self.account.name}: {problem!r}"[:500])

    def read(self, path: str) -> str:
        page = self.client.get(path)
        assert page.status == 200, f"{path} answers {page.status}"
        return page.text

    def home(self):
        self.read("/")

    def list(self):
        stage = self.chance.choice(["", "received", "planned", "in-progress"])
        page = self.read(f"/cases?stage={stage}" if stage else "/cases")
        found = re.findall(r'href="/cases/(\w{26})"', page)
        self.cases = list(dict.fromkeys([*self.cases, *found]))[:40]

    def look(self):
        self.read(f"/cases/{self.case()}")

    def search(self):
        place = self.client.fill("/persons/search", "/persons", {"q": self.word(2)})
        self.read(place)

    def take_away(self):
        kind = self.chance.choice(["csv", "xlsx"])
        answer = self.client.connection
        answer.request("GET", f"/cases/sheet?as={kind}", headers={
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())})
        response = answer.getresponse()
        assert response.read() and response.status == 200, f"the list as {kind} answers {response.status}"

    def receive(self):
        case = self.id()
        form = self.client.form("/cases", "/cases/new")
        answer = self.client.post("/cases", form | {
            "once": case, "given-latin": self.word(5).capitalize(), "family-latin": self.word(5).capitalize(),
            "phones": f"2{self.chance.randint(0, 9_999_999):07}", "channel": "walk-in"})
        if answer.status == 409:
            return  # She is like somebody: a counsellor would look, and perhaps say that she is another.
        assert answer.status == 303, f"a reception answers {answer.status}"
        self.acknowledged["case_file"].add(case)
        self.cases.append(case)

    def note(self):
        kind = self.account.name.split(".")[0]
        self.write("note", "/notes", {"section": SECTIONS[kind], "text": f"Seen by {self.account.name}: {self.word(8)}"})

    def need(self):
        self.write("need", "/needs", {
            "need": self.chance.choice(["housing", "food", "papers"]), "urgency": "week", "details": self.word(6)})

    def goal(self):
        self.write("plan_goal", "/goals", {"track": "social", "goal": self.word(6)})

    def write(self, table: str, form: str, fields: dict[str, str]):
        page = self.client.get(f"/cases/{self.case()}")
        found = [it for it in page.forms if it.action.endswith(form)]
        if not found:
            return  # A closed case takes nothing.
        once = self.id()
        answer = self.client.post(found[0].action, found[0] | fields | {"once": once})
        # Forty goals are all that a plan holds; a case may be closed meanwhile.
        assert answer.status in (303, 409), f"{found[0].action} answers {answer.status}"
        if answer.status == 303:
            self.acknowledged[table].add(once)

    def case(self) -> str:
        return self.chance.choice(self.cases)

    def word(self, syllables: int) -> str:
        return "".join(self.chance.choice("bdfgklmnrstz") + self.chance.choice("aiou") for _ in range(syllables))

    def id(self) -> str:
        return self.chance.choice(ALPHABET[:8]) + "".join(self.chance.choice(ALPHABET) for _ in range(25))


def memory(program: Program) -> float:
    """Resident megabytes."""
    with open(f"/proc/{program.process.pid}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS:"))


def test_fifty_counsellors(tmp_path, database):
    program = Program(tmp_path, persons=60, database=database)
    names = [name for name in program.accounts if name.split(".")[0] in SECTIONS]
    with program:
        staff = [
            Counsellor(number, program, program.accounts[names[number % len(names)]])
            for number in range(COUNSELLORS)]
        # One after the other: of two who try one password at once the second waits.
        for counsellor in staff:
            counsellor.client.sign_in(counsellor.account)
        until = time.monotonic() + SECONDS
        for counsellor in staff:
            counsellor.until = until
            counsellor.start()
        sizes = []
        while time.monotonic() < until:
            sizes.append(memory(program))
            time.sleep(0.25)
        for counsellor in staff:
            counsellor.join(timeout=120)
        assert not [it for it in staff if it.is_alive()], "somebody waits for an answer"
        assert program.faults() == []

    done = sum((it.done for it in staff), Counter())
    fifth = len(sizes) // 5
    before, after = statistics.median(sizes[fifth:2 * fifth]), statistics.median(sizes[-fifth:])
    print(f"{done.total()} acts {dict(done)}, memory {before:.0f} MB, then {after:.0f} MB")
    assert [problem for it in staff for problem in it.failed] == []
    assert all(it.done.total() for it in staff) and len(done) >= 8
    # What a short run takes is for the first of everything.
    assert after < before * 1.1 + (16 if SECONDS > 60 else 64)

    check_records(program)
    for table in staff[0].acknowledged:
        kept = {id for (id,) in rows(program, f"SELECT id FROM {table}")}
        told = Counter(record for (record,) in rows(program, "SELECT record_id FROM journal_entry"))
        acknowledged = set().union(*(it.acknowledged[table] for it in staff))
        assert acknowledged, f"nothing was written into {table}"
        assert acknowledged <= kept, f"{len(acknowledged - kept)} of {len(acknowledged)} are not in {table}"
        assert all(told[record] for record in acknowledged), f"{table}: not everything is in the journal"
    assert "The journal is sound" in program.command("audit", "verify")
