"""What the kernel knows of a running program: its CPU time and its memory."""

import os
import subprocess
import time
from pathlib import Path

TICK = 1 / os.sysconf("SC_CLK_TCK")


def cpu(*pids: int) -> float:
    """Seconds of CPU that the programs have used since they began, in user space and in the kernel."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total * TICK


def fine_cpu(pid: int) -> float:
    """The same to the nanosecond, of the threads that run now: `cpu` counts in hundredths of a second."""
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9


def memory(pid: int) -> float:
    """Resident megabytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"process {pid} has no memory")


def timed(words: list[str], log: Path) -> tuple[float, float]:
    """Runs a command to its end: the seconds it took, and its largest resident memory in megabytes."""
    start = time.monotonic()
    with log.open("w") as output:
        process = subprocess.Popen(words, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"bench: {' '.join(map(str, words))} failed: {log.read_text()[-2000:]}")
    return time.monotonic() - start, usage.ru_maxrss / 1024
