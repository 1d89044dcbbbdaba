"""The rules of aids over all open files, a committee with a full agenda, a ledger of a million movements."""

import random
import re
import statistics
import subprocess
from datetime import date
from pathlib import Path

from bench import measures
from bench.load import Page, interleave
from bench.report import Report, number
from bench.server import Server, Visitor

FILES_OF_A_COMMITTEE = 60
RULES = """
rules: bench
version: "{version}"
aid: housing
track: social
title: {{fr: Essai, ar: تجربة, en: Trial}}
source: {{fr: Essai, ar: تجربة, en: Trial}}
from: {today}
conditions:
  - {{code: open, {says}, when: {{fact: case-open, is: yes}}, otherwise: no}}
  - {{code: country, {says}, when: {{fact: return-country, one-of: [IT, FR, DE, LY]}}, otherwise: no}}
  - {{code: recent, {says}, when: {{fact: days-since-return, at-most: {days}}}, otherwise: no}}
  - {{code: kind, {says}, when: {{any: [{{fact: return-kind, is: voluntary}}, {{fact: return-kind, is: forced}}]}}, otherwise: no}}
  - {{code: age, {says}, when: {{fact: age, at-least: 18}}, otherwise: no}}
  - {{code: first, {says}, when: {{fact: earlier-aids, at-most: 1}}, otherwise: no}}
  - {{code: house, {says}, when: {{not: {{fact: household-size, at-least: 12}}}}, otherwise: not-yet}}
  - {{code: weak, {says}, when: {{any: [{{fact: vulnerability, one-of: [middle, high]}}, {{fact: children, at-least: 0}}, {{fact: papers, has: [passport]}}]}}, otherwise: not-yet}}
amount: {{currency: TND, fixed: {amount}, ceilings: {{person: 20000, kind: 9000}}}}
"""
SAYS = "says: {fr: Essai, ar: تجربة, en: Trial}"


def measure(report: Report, server: Server, program: Path, folder: Path, rounds: int, seconds: int):
    report.chapter(f"Rules, committees and the ledger, {number(server.installation.persons)} cases")
    what_if(report, server, rounds)
    committee(report, server, rounds, seconds)
    ledger(report, program, folder)


def what_if(report: Report, server: Server, rounds: int):
    """Of two versions of eight rules each, over every open file: the whole page, with its list."""
    centre = Visitor(server).sign_in(measures.CENTRE)
    load(centre, version=1, days=2000, amount=1500)
    centre.post(f"{rules(centre)}/decision")
    load(centre, version=2, days=400, amount=1800)
    path = f"{rules(centre)}/what-if"
    counted = []

    def ask(_):
        answer = centre.get(path)
        counted.append(re.findall(r"(?:\d{1,3}(?:[\u00a0\u202f]\d{3})+)", answer.text))

    costs, times = measures.each(server, list(range(rounds)), ask)
    files = max((int(re.sub(r"\D", "", text)) for text in counted[0]), default=0)
    if len(set(map(tuple, counted))) != 1 or files < server.installation.persons / 3:
        raise SystemExit(f"bench: what would change is told of {files} files, or otherwise each time")
    report.say("Open files that other rules were asked of", number(files))
    report.most("What would change for all of them: CPU", statistics.median(costs) / 1e3, 2, " s")
    report.say("— until the page is there", f"{number(statistics.median(times) / 1e3)} s")


def load(centre: Visitor, **words):
    centre.get("/eligibility/new")
    file = RULES.format(says=SAYS, today=date.today().isoformat(), **words)
    answer = centre.post("/eligibility", once=measures.record_id(random.Random()), file=file)
    if answer.status != 303:
        raise SystemExit(f"bench: rules were refused with {answer.status}: {answer.text}")


def rules(centre: Visitor) -> str:
    """The newest, which stand first."""
    return re.search(r'href="(/eligibility/\w{26})"', centre.get("/eligibility").text).group(1)


def committee(report: Report, server: Server, rounds: int, seconds: int):
    """A session whose agenda is full, as the centre opens it."""
    counsellor, centre = (Visitor(server).sign_in(name) for name in (measures.COUNSELLOR, measures.CENTRE))
    lists = [counsellor.get(f"/cases?stage={stage}").text for stage in ("in-progress", "planned", "follow-up", "received")]
    files = list(dict.fromkeys(re.findall(r'href="/cases/(\w{26})"', "".join(lists))))[:FILES_OF_A_COMMITTEE]
    for file in files:
        counsellor.get(f"/committees/of/{file}")
        answer = counsellor.post(
            f"/committees/of/{file}", once=measures.record_id(random.Random()), purpose="housing", track="social",
            amount="1500", currency="TND", summary="A roof")
        if answer.status != 303:
            raise SystemExit(f"bench: a request was refused with {answer.status}: {answer.text[:2000]}")
    centre.get("/committees/new")
    answer = centre.post(
        "/committees", once=measures.record_id(random.Random()), day=date.today().isoformat(), place="Tunis", quorum="2")
    path = answer.headers["location"].partition("?")[0]
    listed = 0
    while listed < FILES_OF_A_COMMITTEE:
        waiting = re.findall(r'name="item"[^>]* value="(\w{26})"', centre.get(f"{path}/agenda").text)
        items = waiting[: FILES_OF_A_COMMITTEE - listed]
        if not items or centre.post(f"{path}/agenda", item=items).status != 303:
            raise SystemExit(f"bench: {listed} files are listed, and no more can be")
        listed += len(items)
    page = Page(server.port, [server.pid], [path], centre.cookie)
    found = len(set(re.findall(rf'href="{path}/items/(\w{{26}})"', centre.get(path).text)))
    if found != FILES_OF_A_COMMITTEE:
        raise SystemExit(f"bench: the agenda has {found} files")
    bare = Page(server.port, [server.pid], ["/bare"])
    interleave([bare, page], rounds, seconds)
    report.say(f"Opening a committee with {found} files", measures.micro(page))
    report.most("— against the bare route", page.cost / bare.cost, 12, " ×")


def ledger(report: Report, program: Path, folder: Path):
    lines = subprocess.run([program, "ledger", folder], capture_output=True, text=True, check=True).stdout.split("\n")
    found = dict(line.split() for line in lines if line)
    report.say("Movements in the ledger", number(float(found["movements"])))
    report.most("Balance of a budget line, by running totals", float(found["balance_ms"]), 20, " ms")
    report.say("— the same as a sum over its entries", f"{number(float(found['sum_ms']))} ms")
    report.most("Which of its lines can pay an aid", float(found["serving_ms"]), 20, " ms")
