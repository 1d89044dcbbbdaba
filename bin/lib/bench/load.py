"""Load by wrk, and what a request costs under it."""

import re
import statistics
import subprocess
import tempfile
from dataclasses import dataclass, field

from bench import process

# Goes round the paths, one request after the other.
LUA = """
local paths = { %s }
local next = 0
request = function()
  next = next %% #paths + 1
  return wrk.format("GET", paths[next])
end
"""


@dataclass
class Page:
    """Pages of one kind as one reader sees them; `costs` are the seconds of CPU a request, one value a round."""

    port: int
    pids: list[int]
    paths: list[str]
    cookie: str = ""
    connections: int = 4
    costs: list[float] = field(default_factory=list)

    @property
    def cost(self) -> float:
        return statistics.median(self.costs)

    def load(self, seconds: float) -> int:
        """Asks for the pages for so long; returns how many came."""
        with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
            script.write(LUA % ", ".join(f'"{path}"' for path in self.paths))
            script.flush()
            words = ["wrk", "-t1", f"-c{self.connections}", f"-d{seconds}s", "--timeout", "30s", "-s", script.name]
            if self.cookie:
                words += ["-H", f"Cookie: {self.cookie}"]
            output = subprocess.run(
                [*words, f"http://127.0.0.1:{self.port}/"], capture_output=True, text=True, check=True).stdout
        if "Non-2xx" in output or "Socket errors" in output:
            raise SystemExit(f"bench: {self.paths[0]} failed under load: {output}")
        return int(re.search(r"(\d+) requests in", output).group(1))

    def measure(self, seconds: float):
        before = process.cpu(*self.pids)
        count = self.load(seconds)
        self.costs.append((process.cpu(*self.pids) - before) / count)


def interleave(pages: list[Page], rounds: int, seconds: int):
    """One after the other, again and again: what disturbs the machine disturbs all of them."""
    for page in pages:
        page.load(1)
    for _ in range(rounds):
        for page in pages:
            page.measure(seconds)
