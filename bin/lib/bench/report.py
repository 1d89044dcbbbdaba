"""What was measured, and docs/benchmarks.md."""

import os
import platform
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

HEAD = """\
# How fast it is

Written by `bin/bench`; do not edit. Times are CPU of the server (user and kernel) for one request, ratios are of one and the
same run: the pages compared are loaded by `wrk` in turns, and each value is the median of the rounds.

Run it again, on a machine that does nothing else: `bin/bench`. Shorter, with fewer cases in the largest list:
`bin/bench --quick`. `bin/bench --help` tells the rest.
"""


@dataclass
class Report:
    chapters: list[tuple[str, list[str]]] = field(default_factory=list)
    over: list[str] = field(default_factory=list)

    def chapter(self, title: str):
        self.chapters.append((title, []))

    def say(self, what: str, measured: str, budget: str = "", ok: bool | None = None):
        """A line of the table; `ok` is nil for what has no budget."""
        verdict = {None: "", True: "ok", False: "**over**"}[ok]
        self.chapters[-1][1].append(f"| {what} | {budget or '—'} | {measured} | {verdict} |")
        print(f"{what}: {measured}{f' ({budget})' if budget else ''} {verdict}".rstrip(), flush=True)
        if ok is False:
            self.over.append(what)

    def most(self, what: str, value: float, limit: float, unit: str = "", note: str = ""):
        """A value that may be at most `limit`."""
        self.say(what, f"{number(value)}{unit}{note}", f"at most {number(limit)}{unit}", value <= limit)

    def least(self, what: str, value: float, limit: float, unit: str = "", note: str = ""):
        self.say(what, f"{number(value)}{unit}{note}", f"at least {number(limit)}{unit}", value >= limit)

    def text(self, machine: dict[str, str]) -> str:
        tables = [table("The machine", ["", ""], [f"| {name} | {value} |" for name, value in machine.items()])]
        return "\n".join([HEAD, *tables, *(self.chapter_text(title) for title, _ in self.chapters)])

    def chapter_text(self, title: str) -> str:
        return table(title, ["what", "budget", "measured", ""], dict(self.chapters)[title])


def chapters(text: str) -> dict[str, str]:
    """The chapters of a report by their titles; what stands before the first has the title ""."""
    parts = ("\n" + text).split("\n## ")
    return {"": parts[0].lstrip("\n")} | {part.partition("\n")[0]: f"## {part.rstrip()}\n" for part in parts[1:]}


def keep(old: Path, new: str, title: str) -> str:
    """`new`, with the chapter of that title as it stands in the old report, if it does."""
    found = chapters(old.read_text()).get(title) if old.exists() else None
    return f"{new.rstrip()}\n\n{found}" if found else new


def replace(old: Path, new: str, title: str) -> str:
    """The old report with `new` for its chapter of that title."""
    kept = chapters(old.read_text()) if old.exists() else {"": HEAD}
    return "\n\n".join(text.rstrip() for text in (kept | {title: new}).values()) + "\n"


def table(title: str, columns: list[str], lines: list[str]) -> str:
    head = [f"| {' | '.join(columns)} |", f"|{' --- |' * len(columns)}"]
    return "\n".join([f"## {title}", "", *head, *lines, ""])


def number(value: float) -> str:
    """Three figures are enough to compare by."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}".replace(",", "\u202f")
    return f"{value:.2f}" if value < 10 else f"{value:.1f}"


def machine() -> dict[str, str]:
    def first(path: str, start: str) -> str:
        lines = (line for line in Path(path).read_text().splitlines() if line.startswith(start))
        return next(lines, ":?").replace("=", ":", 1).partition(":")[2].strip(' "\t')

    swift = subprocess.run(["swift", "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    memory = int(first("/proc/meminfo", "MemTotal").split()[0]) / 1024 / 1024
    return {
        "Day": time.strftime("%Y-%m-%d"),
        "Processor": f"{first('/proc/cpuinfo', 'model name')}, {os.cpu_count()} cores",
        "Memory": f"{memory:.0f} GB",
        "System": f"{first('/etc/os-release', 'PRETTY_NAME')}, Linux {platform.release()}",
        "Swift": swift.partition(" version ")[2].partition(" (")[0],
        "Load when it began": f"{os.getloadavg()[0]:.2f}",
    }
