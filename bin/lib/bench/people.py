"""How well and how fast records of one person are found: ours, Splink and recordlinkage, in turns on the same files."""

import csv
import itertools
import os
import subprocess
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from bench import returnees
from bench.admin import install
from bench.report import Report

TITLE = "Records of one person"
# Names of real persons: they lie beside the project and are never part of it.
PAIRS = Path(__file__).resolve().parents[4] / "shared/reference/names_pairs.tsv"
WHEELS = ["recordlinkage==0.16", "splink==5.0.0"]
OTHERS = {"splink": "Splink 5.0.0", "recordlinkage": "recordlinkage 0.16, ECM"}

# Files, and what F1 must be at least: the best that was published of the other two on the FEBRL files.
FEBRL = {"FEBRL 1": (["1"], 1.0), "FEBRL 2": (["2"], 0.996), "FEBRL 3": (["3"], 0.997), "FEBRL 4": (["4a", "4b"], 0.9997)}
# Seconds of CPU from the start of the program to its end.
MOST_CPU = {"FEBRL 3": 1, "FEBRL 4": 1, "10 000 returnees": 1, "100 000 returnees": 20}

FEBRL_MAPPING = """\
id: rec_id
fields:
  given_name: given-name
  surname: family-name
  street_number: text
  address_1: text
  address_2: text
  suburb: text
  postcode: text
  state: text
  date_of_birth: date
  soc_sec_id: number
"""
RETURNEES_MAPPING = """\
id: rec_id
fields:
  given: {kind: given-name, columns: [given, given_ar]}
  family: {kind: family-name, columns: [family, family_ar]}
  father: relative
  birth: date
  birth_place: place
  governorate: place
  phone: phone
  email: email
  cin: number
  passport: number
"""


@dataclass
class Found:
    """What a program found, its CPU in seconds and its largest resident memory in megabytes."""

    pairs: set[frozenset]
    cpu: float
    memory: float
    note: str

    def f1(self, truth: set[frozenset]) -> float:
        return 2 * len(self.pairs & truth) / (len(self.pairs) + len(truth))


def measure(report: Report, program: Path, venv: Path, machine: dict[str, str]):
    install(venv, WHEELS)
    python = venv / "bin/python"
    febrl = next(venv.glob("lib/python*/site-packages/recordlinkage/datasets/febrl"))
    report.chapter(TITLE)
    report.say("Measured", f"{machine['Day']}, {machine['Processor']}, load {machine['Load when it began']} at the start")
    if PAIRS.exists():
        compare_names(report, program)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, (parts, least) in FEBRL.items():
            files = [febrl / f"dataset{part}.csv" for part in parts]
            compare(report, title, files, least, FEBRL_MAPPING, [program], python, "febrl", OTHERS)
        for count in (10_000, 100_000):
            file = folder / f"{count}.csv"
            returnees.write(count, 2026, file)
            title = f"{count:,} returnees".replace(",", " ")
            others = OTHERS if count == 10_000 else {}
            compare(report, title, [file], 0.97, RETURNEES_MAPPING, [program], python, "returnees", others)


def compare_names(report: Report, program: Path):
    """Pairs of names across scripts and spellings: F1, and of each kind how many are judged wrongly."""
    with PAIRS.open(newline="", encoding="utf-8") as source:
        pairs = list(csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE))
    typed = "".join(f"{pair['left']}\t{pair['right']}\n" for pair in pairs)
    output = subprocess.run([program, "names", "compare"], input=typed, capture_output=True, text=True, check=True).stdout
    wrong, count, hits, found = defaultdict(int), defaultdict(int), 0, 0
    for pair, line in zip(pairs, output.splitlines(), strict=True):
        is_same, is_found = pair["label"] == "1", line.split("\t")[1] == "same"
        count[pair["kind"]] += 1
        wrong[pair["kind"]] += is_same != is_found
        hits, found = hits + (is_same and is_found), found + is_found
    f1 = 2 * hits / (found + sum(pair["label"] == "1" for pair in pairs))
    report.say(f"Names: F1 of {len(pairs):,} pairs".replace(",", " "), f"{f1:.4f}", "at least 0.96", f1 >= 0.96)
    for kind in sorted(count):
        report.say(f"— {kind.replace('_', ' ')}: judged wrongly", f"{wrong[kind]} of {count[kind]}")


def compare(report, title, files, least, mapping, program, python, kind, others):
    truth = true_pairs(files)
    with tempfile.NamedTemporaryFile("w", suffix=".yaml") as file:
        file.write(mapping)
        file.flush()
        ours = run([*program, "people", "link", *files, "--mapping", file.name])
    f1 = ours.f1(truth)
    report.say(f"{title}: F1 of {len(truth):,} pairs".replace(",", " "), f"{f1:.4f}", f"at least {least}", f1 >= least)
    if limit := MOST_CPU.get(title):
        report.most("— CPU, start to end", ours.cpu, limit, " s")
    if title.startswith("100"):
        report.most("— memory", ours.memory, 500, " MB")
    for name, label in others.items():
        theirs = run([python, Path(__file__).parent / "linkers.py", name, kind, *files])
        cpu = f"{theirs.cpu:.1f} s of CPU, {float(theirs.note):.1f} s of it after its libraries were loaded"
        report.say(f"— {label}", f"{theirs.f1(truth):.4f}; {cpu}")


def true_pairs(files: list[Path]) -> set[frozenset]:
    """Of one file all pairs of a person, of two files those between them; the person is the number in `rec-7-dup-0`."""
    records = defaultdict(list)
    for number, file in enumerate(files):
        with file.open(newline="", encoding="utf-8") as source:
            for row in csv.reader(itertools.islice(source, 1, None)):
                records[row[0].split("-")[1]].append((number, row[0]))
    return {
        frozenset((one, other)) for person in records.values()
        for (first, one), (second, other) in itertools.combinations(person, 2) if len(files) == 1 or first != second}


def run(words: list) -> Found:
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen([str(word) for word in words], stdout=out, stderr=log, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), log.seek(0)
        if process.returncode:
            raise SystemExit(f"bench: {words[0]} failed: {log.read()[-2000:]}")
        pairs = {frozenset(line.rstrip("\n").split("\t")[:2]) for line in out}
        note = (log.read().split() or [""])[-1]
    return Found(pairs, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, note)
