"""Lists of the coordination, with few records and with many: a page costs what it shows, and not what lies behind it."""

import datetime
import random
import re
import sqlite3
from pathlib import Path

from bench import measures
from bench.load import Page, interleave
from bench.report import Report, number
from bench.server import Installation, Server, Visitor

TITLE = "Lists of the coordination"
FEW, MANY, SERVICES = 1_000, 100_000, 10_000
HEAD, CENTRE = "chef.tun", "centre"
BOARD = "Board of one antenna, where hundreds wait in each line"


class Copies:
    """More records of a demonstration, like those that are there. Words are sealed for one record alone: a copy has none."""

    def __init__(self, file: Path):
        self.db = sqlite3.connect(file)
        self.db.row_factory = sqlite3.Row
        self.chance = random.Random(3)
        self.cases = self.db.execute("SELECT id, antenna, contact FROM case_file").fetchall()
        self.today = datetime.date.today()

    def day(self, first: int, last: int) -> str:
        return str(self.today + datetime.timedelta(self.chance.randint(first, last)))

    def make(self, table: str, count: int, change, where: str = "1"):
        sources = [dict(row) for row in self.db.execute(f"SELECT * FROM {table} WHERE {where}")]
        names = list(sources[0])
        words = f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        wanted = count - self.db.execute(f"SELECT COUNT(*) FROM {table}").fetchone()[0]
        while wanted > 0:
            row = dict(self.chance.choice(sources))
            old, row["id"] = row["id"], measures.record_id(self.chance)
            change(row, old)
            wanted -= self.db.execute(words, [row[name] for name in names]).rowcount

    def referral(self, row, _):
        case = self.chance.choice(self.cases)
        row.update(case_file=case["id"], antenna=case["antenna"], contact=case["contact"], action=None, need=None)
        row.update(consent=None, document=None)

    def task(self, row, _):
        row.update(given_key=f"copy:{row['id']}", words=b"", case_file=None, due=self.day(-20, 200))

    def appointment(self, row, _):
        case = self.chance.choice(self.cases)
        row.update(case_file=case["id"], antenna=case["antenna"], with_account=case["contact"], day=self.day(1, 700))
        row.update(case_antenna=case["antenna"], case_contact=case["contact"], room=None, words=b"")

    def complaint(self, row, _):
        case = self.chance.choice(self.cases)
        row.update(antenna=case["antenna"], case_file=None, about=None, decided_by=None, appeal_of=None)
        row.update(received_on=self.day(-300, 0), words=b"")

    def finding(self, row, _):
        row.update(task=measures.record_id(self.chance), words=None)

    def service(self, row, old):
        row.update(sort=f"{row['sort']} {row['id']}", outside_key=None, places=None)
        for table in ("service_reach", "service_word"):
            names = [column[1] for column in self.db.execute(f"PRAGMA table_info({table})")]
            taken = ", ".join("?" if name in ("service", "sort") else name for name in names)
            new = [row[{"service": "id"}.get(name, name)] for name in names if name in ("service", "sort")]
            self.db.execute(f"INSERT INTO {table} SELECT {taken} FROM {table} WHERE service = ?", [*new, old])

    def all(self, count: int):
        self.make("referral", count, self.referral, "stage <> 'ended'")
        self.make("task", count, self.task, "state = 'open'")
        self.make("appointment", count, self.appointment)
        self.make("complaint", count, self.complaint, "outcome IS NULL")
        self.make("review_finding", count, self.finding, "closed_at IS NULL")
        self.make("service", min(count, SERVICES), self.service)
        self.db.commit()
        self.db.close()


def pages(server: Server) -> dict[str, Page]:
    head, centre = Visitor(server).sign_in(HEAD), Visitor(server).sign_in(CENTRE)
    wanted = [
        ("Referrals that wait, one antenna", head, "/referrals?show=waiting"),
        ("Referrals that are late, whole country", centre, "/referrals?show=late"),
        ("Tasks that wait for the head of an antenna", head, "/tasks"),
        ("Agenda of an antenna, one day", head, "/agenda"),
        ("Services of a governorate", head, "/directory?governorate=TN-11&need=training"),
        ("Complaints that wait, whole country", centre, "/complaints"),
        ("Findings of reviews, whole country", centre, "/reviews/findings"),
        (BOARD, head, "/board"),
    ]
    found = {}
    for name, visitor, path in wanted:
        if visitor.get(path).status != 200:
            raise SystemExit(f"bench: {path} does not open")
        found[name] = Page(server.port, [server.pid], [path], visitor.cookie)
    return found


def named_pages(server: Server, known: set[str]) -> dict[str, Page]:
    """Every page that the navigation of the centre or of an antenna's head names, but those that are measured by name."""
    found: dict[str, Page] = {}
    for name in (CENTRE, HEAD):
        visitor = Visitor(server).sign_in(name)
        text = visitor.get("/").text
        for path in re.findall(r'href="(/[a-z][a-z/-]*)"', re.search(r'<nav class="side".*?</nav>', text, re.DOTALL).group()):
            if path not in known and path not in found and visitor.get(path).status == 200:
                found[path] = Page(server.port, [server.pid], [path], visitor.cookie)
    if len(found) < 10:
        raise SystemExit(f"bench: the navigation names {len(found)} pages")
    return found


def measure(report: Report, program: Path, folder: Path, assets: Path, rounds: int, seconds: int):
    few = Installation(program, folder / "few", 1_000, receptions_only=False)
    many = few.copied(folder / "many")
    for installation, count in ((few, FEW), (many, MANY)):
        Copies(installation.folder / "tounesna.db").all(count)
    report.chapter(TITLE)
    report.say(
        "Records of each kind behind the lists", f"{number(FEW)} and {number(MANY)}; services at most {number(SERVICES)}")
    with Server(few, assets) as small, Server(many, assets) as large:
        bare, cases = Page(large.port, [large.pid], ["/bare"]), measures.list_page(large, CENTRE)
        before, after = pages(small), pages(large)
        interleave([bare, cases, *before.values(), *after.values()], rounds, seconds)
        again = Page(large.port, [large.pid], ["/bare"])
        others = named_pages(large, {page.paths[0].partition("?")[0] for page in after.values()})
        interleave([again, *others.values()], rounds, 1)
    report.say("Bare route: “hello” by the same server", measures.micro(bare))
    report.say("For comparison: list of 50 cases, whole country", measures.micro(cases))
    report.most("— against the bare route", cases.cost / bare.cost, 12, " ×")
    for name, page in after.items():
        report.say(f"{name}, many", measures.micro(page))
        # The board counts up to a limit in each of its lines: it is held to what the home of the centre is held to.
        is_board = name == BOARD
        report.most("— against the bare route", page.cost / bare.cost, 30 if is_board else 12, " ×")
        if not is_board:
            report.most("— against few", page.cost / before[name].cost, 1.3, " ×")
    report.say("Other pages that the navigation of the centre and of a head names", number(len(others)))
    for path, page in others.items():
        report.most(f"`{path}` against the bare route", page.cost / again.cost, 12, " ×", f", {measures.micro(page)}")
