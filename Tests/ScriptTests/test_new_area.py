"""`bin/new-area` writes a room whole: its files, its place in the map, its words. That it compiles, a build shows."""

import re
import shutil
import subprocess

import pytest

from program import ROOT


@pytest.fixture
def tree(tmp_path):
    """A copy of the house to build in."""
    for name in ("Sources", "Tests", "bin"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Package.swift", "README.md", ".swift-format"):
        shutil.copy2(ROOT / name, tmp_path / name)
    return tmp_path


def run(tree, script, *words) -> subprocess.CompletedProcess:
    return subprocess.run([tree / "bin" / script, *words], capture_output=True, text=True, cwd=tree)


def test_a_new_room(tree):
    done = run(tree, "new-area", "FieldTrips")
    assert done.returncode == 0, done.stderr
    room = {path.name for path in (tree / "Sources/Areas/FieldTrips").iterdir()}
    assert {"README.md", "FieldTrip.swift"} < room
    for kind in ("Rules", "Store", "Migrations", "Forms", "Pages", "Templates"):
        assert f"FieldTrip{kind}.swift" in room
    assert len((tree / "Sources/Areas/FieldTrips/README.md").read_text().splitlines()) <= 30
    assert any((tree / "Tests/FieldTripsTests").iterdir())
    assert (tree / "Package.swift").read_text().count('area("FieldTrips")') == 1
    wired = (tree / "Sources/Server/Installation.swift").read_text()
    lines = ["import FieldTrips", "let fieldTrips: FieldTrips", "FieldTrips.migrations", "FieldTripPages(fieldTrips)"]
    for line in lines:
        assert wired.count(line) == 1, line
    # Nothing of the pattern is left, and every phrase has its words.
    written = [*(tree / "Sources/Areas/FieldTrips").iterdir(), *(tree / "Tests/FieldTripsTests").iterdir()]
    assert not [path for path in written if re.search(r"\b(MANY|ONE|TODAY|PATH|VALUE|EVENT)\b", path.read_text())]
    words = run(tree, "words")
    assert words.returncode == 0, words.stdout + words.stderr
    lint = subprocess.run(
        ["swift", "format", "lint", "--strict", "--recursive", "Sources/Areas/FieldTrips", "Tests/FieldTripsTests",
         "Sources/Server/Installation.swift", "Package.swift"], capture_output=True, text=True, cwd=tree)
    assert lint.returncode == 0, lint.stderr
    assert run(tree, "new-area", "FieldTrips").returncode == 1


@pytest.mark.parametrize("words", [[], ["cases"], ["Cases"], ["Field Trips"], ["Fields", "Fields"], ["A", "B", "C"]])
def test_a_name_that_cannot_be_is_refused(tree, words):
    before = {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}
    done = run(tree, "new-area", *words)
    assert done.returncode == 1 and done.stderr.startswith("new-area: "), done.stderr
    assert {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()} == before
