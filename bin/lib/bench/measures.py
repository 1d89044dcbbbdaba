"""Each promise of the design, measured."""

import csv
import html
import random
import re
import statistics
import subprocess
import tempfile
import threading
import time
from pathlib import Path

from bench import process
from bench.admin import Admin
from bench.load import Page, interleave
from bench.report import Report, number
from bench.server import Installation, Server, Visitor

COUNSELLOR, CENTRE = "conseil.tun", "centre"
# Whose home is measured beside the centre's: one account of each other role that has cases before it.
HOMES = {
    "a counsellor": COUNSELLOR, "the head of an antenna": "chef.tun", "a social counsellor": "social.tun",
    "an employment counsellor": "emploi.tun",
}
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
SYLLABLES = [
    ("ba", "با"), ("di", "دي"), ("fou", "فو"), ("ha", "ها"), ("ja", "جا"), ("ki", "كي"), ("lou", "لو"), ("ma", "ما"),
    ("ni", "ني"), ("ra", "را"), ("sou", "سو"), ("ta", "تا"), ("wi", "وي"), ("za", "زا"),
]


def micro(page: Page) -> str:
    return f"{number(page.cost * 1e6)} µs"


def rows(visitor: Visitor, path: str) -> int:
    return visitor.get(path).text.count("<tr>") - 1


def list_page(server: Server, name: str) -> Page:
    visitor = Visitor(server).sign_in(name)
    if rows(visitor, "/cases") != 50:
        raise SystemExit(f"bench: the list of {name} has {rows(visitor, '/cases')} cases instead of 50")
    return Page(server.port, [server.pid], ["/cases"], visitor.cookie)


def case_page(server: Server) -> Page:
    """Cases with a whole story: plan, visits, notes, and a history that is full."""
    visitor = Visitor(server).sign_in(COUNSELLOR)
    lists = [visitor.get(f"/cases?stage={stage}").text for stage in ("follow-up", "closed", "in-progress", "planned")]
    paths = re.findall(r'href="(/cases/\w{26})"', "".join(lists))[:20]
    if len(paths) < 10:
        raise SystemExit(f"bench: only {len(paths)} cases with a story to open")
    for path in paths:
        if visitor.get(path).status != 200:
            raise SystemExit(f"bench: {path} does not open")
    return Page(server.port, [server.pid], paths, visitor.cookie)


def home_page(server: Server) -> Page:
    """Where the cases of the whole country stand; counted anew when a minute has passed, and that is measured too."""
    visitor = Visitor(server).sign_in(CENTRE)
    if (antennas := visitor.get("/").text.count('<th scope="row"')) < 9:
        raise SystemExit(f"bench: the centre's home shows {antennas} antennas")
    return Page(server.port, [server.pid], ["/"], visitor.cookie)


def other_homes(server: Server) -> dict[str, Page]:
    found = {}
    for role, name in HOMES.items():
        visitor = Visitor(server).sign_in(name)
        if (status := visitor.get("/").status) != 200:
            raise SystemExit(f"bench: the home of {name} answers {status}")
        found[role] = Page(server.port, [server.pid], ["/"], visitor.cookie)
    return found


def plans(report: Report, server: Server):
    """One after the other: from the request for a plan on paper to its last byte."""
    page = case_page(server)
    visitor = Visitor(server).sign_in(COUNSELLOR)
    paths = [path for path in page.paths if visitor.get(f"{path}/plan.pdf").status == 200][:10]
    if len(paths) < 10:
        raise SystemExit(f"bench: only {len(paths)} plans to print")

    def ask(path: str):
        if not (answer := visitor.get(path)).body.startswith(b"%PDF"):
            raise SystemExit(f"bench: {path} is no PDF but {answer.status}")

    report.chapter("Papers")
    for language, words in (("fr", "French"), ("ar", "Arabic")):
        times = each(server, [f"{path}/plan.pdf?language={language}" for path in paths], ask)[1]
        report.most(f"A plan as PDF in {words}, the slowest of {len(paths)}", max(times) / 1e3, 0.5, " s")


def pages(report: Report, server: Server, admin: Admin, rounds: int, seconds: int):
    report.chapter(f"Pages, {number(server.installation.persons)} cases")
    bare = Page(server.port, [server.pid], ["/bare"])
    centre, antenna = list_page(server, CENTRE), list_page(server, COUNSELLOR)
    case, home, others = case_page(server), home_page(server), other_homes(server)
    with admin as django:
        interleave([bare, centre, antenna, case, home, *others.values(), django], rounds, seconds)
    report.say("Bare route: “hello” by the same server", micro(bare))
    report.say("List of 50 cases, whole country", micro(centre))
    report.most("— against the bare route", centre.cost / bare.cost, 12, " ×")
    report.say("List of 50 cases, one antenna", micro(antenna))
    report.most("— against the bare route", antenna.cost / bare.cost, 12, " ×")
    report.say("Opening a case (the journal notes each time)", micro(case))
    report.most("— against the bare route", case.cost / bare.cost, 16, " ×")
    report.say("Home of the centre: where the cases of all antennas stand", micro(home))
    report.most("— against the bare route", home.cost / bare.cost, 30, " ×")
    for role, page in others.items():
        report.say(f"Home of {role}", micro(page))
        report.most("— against the bare route", page.cost / bare.cost, 30, " ×")
    report.say("The same list in Django admin, with filters by stage and antenna, gunicorn with 2 workers", f"{number(django.cost * 1e3)} ms")
    report.least("— against ours of the whole country", django.cost / centre.cost, 50, " ×")


def record_id(chance: random.Random) -> str:
    """As the form brings one: its time, then chance."""
    time_letters = [LETTERS[time.time_ns() // 1_000_000 >> 5 * place & 31] for place in reversed(range(10))]
    return "".join(time_letters + chance.choices(LETTERS, k=16))


def creation(report: Report, server: Server, count: int):
    """One case after the other, each on the disk before the next is sent."""
    visitor = Visitor(server).sign_in(COUNSELLOR)
    visitor.get("/cases/new")
    chance = random.Random(2)
    asked, before, start = 0, process.cpu(server.pid), time.monotonic()
    for _ in range(count):
        answer = receive(visitor, somebody(chance) | {
            "channel": "walk-in", "sex": "female", "return-country": "FR", "returned-on": "2026-01-05",
            "return-kind": "voluntary",
        })
        asked += answer.status == 409
        if answer.status not in (303, 409):
            raise SystemExit(f"bench: a case was refused with {answer.status}")
    if asked > count / 50:
        raise SystemExit(f"bench: {asked} of {count} persons are like somebody: that is not what is measured")
    cost = (process.cpu(server.pid) - before) / count * 1e3
    wall = (time.monotonic() - start) / count * 1e3
    report.chapter("Writing")
    report.most("Receiving a person and opening her case", cost, 3, " ms", f" of CPU, {number(wall)} ms until it is on the disk")


def somebody(chance: random.Random) -> dict[str, str]:
    """A person like no other, with a given name that many bear: of two who are alike the second would be asked about."""
    family = chance.choices(SYLLABLES, k=7)
    return {
        "given-latin": "Mohamed", "given-arabic": "محمد",
        "family-latin": "".join(latin for latin, _ in family).capitalize(),
        "family-arabic": "".join(arabic for _, arabic in family),
        "birth-date": f"{chance.randint(1960, 2005)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
        "phones": f"2{chance.randint(0, 9_999_999):07}", "cin": f"{chance.randint(0, 99_999_999):08}",
    }


def memory(report: Report, installation: Installation, assets: Path, seconds: int):
    report.chapter("Memory and start")
    starts = []
    for _ in range(3):
        with Server(installation, assets) as server:
            starts.append(server.seconds_to_first_page)
    report.most("Start until the first page", statistics.median(starts), 2, " s")
    with Server(installation, assets) as server:
        list_page(server, COUNSELLOR)
        time.sleep(3)
        report.most("Idle", process.memory(server.pid), 80, " MB")
        page = case_page(server)
        page.paths.append("/cases")
        page.connections = 64
        load = threading.Thread(target=page.load, args=[seconds])
        load.start()
        most = 0.0
        while load.is_alive():
            most = max(most, process.memory(server.pid))
            time.sleep(0.1)
        report.most("64 connections that open cases and lists", most, 200, " MB")


def growth(report: Report, small: Installation, large: Installation, assets: Path, rounds: int, seconds: int):
    report.chapter("Growth")
    with Server(small, assets) as one, Server(large, assets) as other:
        few, many = list_page(one, CENTRE), list_page(other, CENTRE)
        interleave([few, many], rounds, seconds)
    counts = f"{number(large.persons)} cases"
    report.say(f"List among {number(small.persons)} cases", micro(few))
    report.say(f"List among {counts}", micro(many))
    report.most("— against the smaller", many.cost / few.cost, 1.3, " ×")
    each = f"{number(large.seconds / large.persons * 1e6)} µs each"
    report.say(f"Making {counts}", f"{number(large.seconds)} s, {each}")
    report.most(
        "— memory at most, against the smaller", large.peak / small.peak, 2, " ×",
        f" ({number(small.peak)} and {number(large.peak)} MB)")


def copies(report: Report, installation: Installation):
    report.chapter(f"Copies, {number(installation.persons)} cases")
    for word in ("export", "backup"):
        words = [installation.program, word, str(installation.folder / word), *installation.place]
        seconds, peak = process.timed(words, installation.folder / f"{word}.log")
        if word == "export":
            report.most("Export of everything as JSON Lines", seconds, 60, " s")
            report.most("— memory at most", peak, 100, " MB")
        else:
            report.say("Backup", f"{number(seconds)} s, {number(peak)} MB")


def known_names(visitor: Visitor) -> list[str]:
    """Whole names in either script, of the first pages of the list."""
    found, path = [], "/cases"
    for _ in range(10):
        text = visitor.get(path).text
        found += re.findall(r'<bdi lang="(?:fr|ar)" dir="(?:ltr|rtl)">([^<]+)</bdi>', text)
        path = html.unescape(re.search(r'rel="next" href="([^"]+)"', text).group(1))
    return found


def queries(names: list[str], chance: random.Random) -> list[str]:
    """As they are typed: whole names in either script, one word, a beginning, a slip, a number."""
    typed = []
    for name in names:
        words = name.split()
        longest = max(words, key=len)
        place = chance.randrange(1, max(2, len(longest) - 1))
        slip = longest[:place - 1] + longest[place] + longest[place - 1] + longest[place + 1:]
        typed += [chance.choice([
            name, " ".join(reversed(words)), longest, longest[:4], name.replace(longest, slip), name.upper(),
            f"2{chance.randrange(10 ** 7):07}",
        ])]
    return typed


def searches(report: Report, large: Installation, assets: Path):
    """One after the other: from the request for the page of results to its last byte."""
    chance = random.Random(3)
    with Server(large, assets) as server:
        visitor = Visitor(server).sign_in(CENTRE)
        names = known_names(visitor)
        typed = queries(names, chance)
        places = [visitor.post("/persons/search", q=text).headers["location"] for text in typed]
        found = []
        costs, times = each(server, places, lambda place: found.append("<tbody>" in visitor.get(place).text))
        questions = questions_after(server, chance.sample(names, 100), chance)
    if sum(found) < len(places) / 2:
        raise SystemExit(f"bench: only {sum(found)} of {len(places)} searches found somebody")
    report.chapter(f"Finding a person among {number(large.persons)}")
    report.say("Searches, and those that found somebody", f"{number(len(places))}, {number(sum(found))}")
    report.say("CPU of the page: half of them", f"{number(statistics.median(costs))} ms")
    report.most("— 99 of 100, on one core", last_of_a_hundred(costs), 20, " ms")
    report.say("Until the page is there: half of them", f"{number(statistics.median(times))} ms")
    report.say("— 99 of 100", f"{number(last_of_a_hundred(times))} ms")
    report.say(
        "A person received who is like somebody: CPU until the page that asks, half of them",
        f"{number(statistics.median(questions))} ms")
    report.most("— 99 of 100, on one core", last_of_a_hundred(questions), 50, " ms")


def questions_after(server: Server, names: list[str], chance: random.Random) -> list[float]:
    """Milliseconds of CPU to check persons of names that others bear, each of whom is here already."""
    visitor = Visitor(server).sign_in(COUNSELLOR)
    visitor.get("/cases/new")
    forms = []
    for name in names:
        script = "arabic" if name[0] > "\u0600" else "latin"
        given, _, family = name.partition(" ")
        person = {field: value for field, value in somebody(chance).items() if "latin" not in field and "arabic" not in field}
        forms.append(person | {f"given-{script}": given, f"family-{script}": family, "channel": "walk-in"})
        receive(visitor, forms[-1])

    def ask(form: dict[str, str]):
        if (answer := receive(visitor, form)).status != 409:
            raise SystemExit(f"bench: somebody who is here already was received with {answer.status}")

    return each(server, forms, ask)[0]


def receive(visitor: Visitor, form: dict[str, str]):
    ids = {name: record_id(random.Random()) for name in ("once", "person-once")}
    return visitor.post("/cases", **ids, **form)


def each(server: Server, things: list, act) -> tuple[list[float], list[float]]:
    """The milliseconds of CPU and of waiting that each takes."""
    costs, times = [], []
    for thing in things:
        before, start = process.fine_cpu(server.pid), time.monotonic()
        act(thing)
        times.append((time.monotonic() - start) * 1e3)
        costs.append((process.fine_cpu(server.pid) - before) * 1e3)
    return costs, times


def last_of_a_hundred(values: list[float]) -> float:
    return statistics.quantiles(values, n=100)[98]


def imports(report: Report, installation: Installation, sample: Path, count: int):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "persons.csv"
        write_persons(file, sample.with_suffix(".csv"), count)
        words = [installation.program, "import", "persons", file, "--mapping", sample, "--account", COUNSELLOR]
        seconds, _ = process.timed([str(word) for word in words + installation.place], Path(folder) / "import.log")
        text = (Path(folder) / "import.log").read_text()
        new, known, refused = map(int, re.search(r"(\d+) new, (\d+) already there, (\d+) refused", text).groups())
        # A few of the invented persons beside them have such a number by chance.
        if new + known != count or known > count / 100 or refused:
            raise SystemExit(f"bench: the import brought in others than {count} persons: {text[-500:]}")
    report.most(f"Import of {number(count)} persons beside {number(installation.persons)}", seconds, 20, " s")


def write_persons(file: Path, sample: Path, count: int):
    """A list as a member state sends it, with the columns of the sample."""
    with sample.open(encoding="utf-8-sig", newline="") as source, file.open("w", newline="") as target:
        reader = csv.DictReader(source, delimiter=";")
        example = next(reader)
        writer = csv.DictWriter(target, reader.fieldnames, delimiter=";")
        writer.writeheader()
        for index in range(count):
            writer.writerow(example | {
                "N° dossier": f"RV-2026-{index:05}", "Nom": f"Zitouni {index}", "CIN": f"{90_000_000 + index}",
                "Passeport": f"X{900_000 + index}", "Téléphone en Tunisie": f"{50_000_000 + index}",
                "Courriel": f"p{index}@example.tn",
            })


def commits(report: Report, program: Path, folder: Path) -> float:
    """Returns the milliseconds of one fsync there."""
    lines = subprocess.run([program, folder], capture_output=True, text=True, check=True).stdout.split("\n")
    found: dict[str, list[float]] = {}
    for line in filter(None, lines):
        *name, value = line.split()
        found.setdefault(" ".join(name), []).append(float(value))
    rate = {name: statistics.median(values) for name, values in found.items()}
    report.say(
        "SQLite waits for the disk (`PRAGMA synchronous` read back)", number(rate["synchronous"]), "2, which is FULL",
        rate["synchronous"] == 2)
    report.say("Commits a second, one writer", number(rate["commits 1"]))
    for writers in (16, 64):
        many = rate[f"commits {writers}"]
        report.say(f"Commits a second, {writers} writers at once", number(many))
        report.least("— against one writer", many / rate["commits 1"], 4, " ×")
    return rate["fsync_ms"]
