"""`bin/setup` says in one clear sentence why it cannot go on, and leaves nothing half-done. It never installs here."""

import os
import re
import shutil
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest

from program import ROOT

# What the scripts call before they know whether they can go on.
TOOLS = ["bash", "dirname", "sed", "sort", "head", "grep", "mkdir", "id", "cat", "env", "uname", "tail"]
GOOD_SWIFT = 'echo "Swift version 6.3.1 (swift-6.3.1-RELEASE)"'


@pytest.fixture
def machine():
    """A copy of bin/ and a PATH of its own, open to every user."""
    folder = Path(tempfile.mkdtemp(prefix="tounesna-machine."))
    folder.chmod(0o755)
    shutil.copytree(ROOT / "bin", folder / "root/bin")
    tools = folder / "tools"
    tools.mkdir()
    for tool in TOOLS:
        (tools / tool).symlink_to(shutil.which(tool))
    yield Machine(folder)
    shutil.rmtree(folder)


class Machine:
    def __init__(self, folder: Path):
        self.folder = folder
        self.root = folder / "root"
        # Whatever would change the machine writes its name here instead.
        self.calls = folder / "calls"
        self.calls.touch()
        self.calls.chmod(0o666)

    def has(self, name: str, script: str = ""):
        tool = self.folder / "tools" / name
        tool.write_text(f'#!/bin/bash\n{script or f"echo {name} >> {self.calls}; exit 1"}\n')
        tool.chmod(0o755)

    def run(self, script: str, *words: str, user: str | None = None) -> subprocess.CompletedProcess:
        command = [str(self.root / "bin" / script), *words]
        if user:
            command = ["/usr/sbin/runuser", "-u", user, "--", *command]
        return subprocess.run(
            command, capture_output=True, text=True, cwd="/", timeout=60,
            env={"PATH": str(self.folder / "tools"), "HOME": "/nonexistent", "LANG": "C.UTF-8"})

    def refuses(self, *arguments, **options) -> str:
        done = self.run(*arguments, **options)
        assert done.returncode == 1, done.stderr
        assert done.stdout == ""
        lines = done.stderr.splitlines()
        assert len(lines) == 1 and re.fullmatch(r"setup: .*(\.|[a-z0-9-])", lines[0]), done.stderr
        assert not (self.root / "var").exists()
        assert not (self.root / ".build").exists()
        assert self.calls.read_text() == ""
        return lines[0]


@pytest.mark.parametrize("script", ["setup", "run", "test"])
def test_without_swift(machine, script):
    sentence = machine.refuses(script)
    assert "Swift 6.1 or newer is needed" in sentence and "swift.org" in sentence


@pytest.mark.parametrize("version", ["5.9.2", "6.0", "6.0.3", "4.2"])
def test_with_an_old_swift(machine, version):
    machine.has("swift", f'echo "Swift version {version} (swift-{version}-RELEASE)"')
    sentence = machine.refuses("setup")
    assert "Swift 6.1 or newer is needed" in sentence
    assert f"this is {'.'.join(version.split('.')[:2])};" in sentence


def test_with_a_swift_that_does_not_start(machine):
    machine.has("swift", "exit 127")
    assert "Swift 6.1 or newer" in machine.refuses("setup")


@pytest.mark.parametrize("version", ["6.1", "6.3.1", "6.10", "7.0"])
def test_a_newer_swift_will_do(machine, version):
    machine.has("swift", f'echo "Apple Swift version {version} (x)"')
    machine.has("dpkg-query", "exit 1")
    assert "Swift" not in machine.refuses("setup")


@pytest.mark.parametrize("dpkg", ["exit 127", "exit 1", "echo 'installed git'; echo 'config-files libpq-dev'; exit 1"])
def test_without_apt(machine, dpkg):
    machine.has("swift", GOOD_SWIFT)
    machine.has("dpkg-query", dpkg)
    sentence = machine.refuses("setup")
    assert "apt-get is not here" in sentence and "libpq-dev" in sentence
    assert ("git" in sentence.split()) == ("installed git" not in dpkg)


def test_for_running_alone_less_is_needed(machine):
    machine.has("swift", GOOD_SWIFT)
    machine.has("dpkg-query", "exit 1")
    assert "chromium" in machine.refuses("setup")
    sentence = machine.refuses("setup", "--run")
    assert "libpq-dev" in sentence and "chromium" not in sentence


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
@pytest.mark.parametrize("sudo", [None, "exit 1"])
def test_without_the_right_to_install(machine, sudo):
    machine.has("swift", GOOD_SWIFT)
    machine.has("dpkg-query", "exit 1")
    machine.has("apt-get")
    if sudo:
        machine.has("sudo", sudo)
    sentence = machine.refuses("setup", user="nobody")
    assert "only root can install packages" in sentence and "libpq-dev" in sentence


def test_with_an_argument_that_is_none(machine):
    assert "unknown argument --fast" in machine.refuses("setup", "--fast")


def test_when_nothing_is_missing_nothing_is_done():
    """On this machine, which is set up: the package managers are not even asked."""
    with tempfile.TemporaryDirectory() as folder:
        calls = Path(folder) / "calls"
        calls.touch()
        for name in ("apt-get", "sudo", "curl", "wget", "pip", "git"):
            tool = Path(folder) / name
            tool.write_text(f"#!/bin/bash\necho {name} >> {calls}; exit 1\n")
            tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
        before = sorted((ROOT / "var").iterdir())
        path = f"{folder}:{os.environ['PATH']}"
        for words in ([], ["--run"], []):
            done = subprocess.run(
                [ROOT / "bin/setup", *words], capture_output=True, text=True, env=os.environ | {"PATH": path})
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
        assert calls.read_text() == ""
        assert sorted((ROOT / "var").iterdir()) == before
