"""Adds up the results of a test run: prints "N passed, N failed" and ends with 1 when anything failed.

A run that ended badly without a failed test (it did not build, it crashed) counts as one failure.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree


def tally(folder: Path, run: str) -> tuple[int, int]:
    passed = failed = 0
    for report in folder.glob(f"{run}*.xml"):
        for case in ElementTree.parse(report).iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                failed += 1
            elif case.find("skipped") is None:
                passed += 1
    if not failed and (folder / f"{run}.failed").exists():
        failed = 1
    return passed, failed


results = [tally(Path(sys.argv[1]), run) for run in sys.argv[2:]]
passed, failed = (sum(column) for column in zip(*results))
print(f"{passed} passed, {failed} failed")
sys.exit(1 if failed else 0)
