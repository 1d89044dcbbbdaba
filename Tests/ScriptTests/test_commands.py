"""The program at the console: what it says of itself, and when it refuses to go on."""

import re
import sqlite3
import stat
import subprocess

import pytest

from program import BINARY, ROOT, free_port

COMMANDS = [
    [], ["serve"], ["migrate"], ["demo"], ["account"], ["account", "create"], ["import"], ["import", "persons"],
    ["audit"], ["audit", "verify"], ["audit", "export"], ["key"], ["key", "create"], ["key", "rotate"],
    ["key", "check"], ["names"], ["names", "compare"], ["people"], ["people", "link"], ["settings"],
]


def tounesna(*words, **options) -> subprocess.CompletedProcess:
    return subprocess.run([BINARY, *map(str, words)], capture_output=True, text=True, timeout=60, **options)


def refusal(done: subprocess.CompletedProcess) -> str:
    """The one clear sentence of a command that refuses."""
    assert done.returncode == 1, f"exit {done.returncode}: {done.stdout}{done.stderr}"
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1 and lines[0].startswith("Error: "), done.stderr
    assert not re.search(r"Fault|\w+Error\b|\(\"|Optional", lines[0]), lines[0]
    return lines[0]


@pytest.fixture
def place(tmp_path):
    """An empty database and its key."""
    place = ["--database", tmp_path / "t.db", "--key-file", tmp_path / "t.key"]
    assert tounesna("key", "create", *place).returncode == 0
    assert tounesna("migrate", *place).returncode == 0
    return place


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_reads_well(words):
    done = tounesna(*words, "--help")
    assert done.returncode == 0
    assert done.stderr == ""
    assert done.stdout.startswith("OVERVIEW: ")
    assert f"USAGE: {' '.join(['tounesna', *words])}" in done.stdout
    # Every option, argument and sub-command says what it is for: an undescribed one ends its line with its name.
    described = done.stdout.split("ARGUMENTS:")[-1].split("OPTIONS:", 1)[-1]
    bare = re.findall(r"^  (-\S+(?: <[^>]+>)?|<\S+>|[a-z-]+)$(?!\n {10})", described, re.MULTILINE)
    assert not bare, bare


def test_every_setting_is_listed():
    done = tounesna("settings")
    rows = [line.split(" | ") for line in done.stdout.splitlines()[2:]]
    assert len(rows) >= 15
    for row in rows:
        assert len(row) == 5
        assert all(cell.strip(" |") for cell in row), row
    # The guide holds the table as the program prints it.
    assert done.stdout in (ROOT / "docs/operate.md").read_text()


def test_key_is_for_its_owner_alone_and_never_overwritten(tmp_path):
    key = tmp_path / "deep/in/a/folder/master.key"
    assert tounesna("key", "create", "--key-file", key).returncode == 0
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    text = key.read_text()
    assert str(key) in refusal(tounesna("key", "create", "--key-file", key))
    assert key.read_text() == text
    assert list(key.parent.iterdir()) == [key]


def test_keys_are_random(tmp_path):
    for name in "ab":
        tounesna("key", "create", "--key-file", tmp_path / name)
    assert (tmp_path / "a").read_text() != (tmp_path / "b").read_text()


@pytest.mark.parametrize("command", [["serve"], ["migrate"], ["key", "check"], ["audit", "verify"]], ids=" ".join)
class TestWithoutTheRightKey:
    def run(self, command, place, key):
        words = [*command, *place[:2], "--key-file", key]
        return tounesna(*words, *(["--set", f"http.port={free_port()}"] if command == ["serve"] else []))

    def test_no_key(self, command, place, tmp_path):
        sentence = refusal(self.run(command, place, tmp_path / "none.key"))
        assert "there is no key at" in sentence and "none.key" in sentence

    def test_another_key(self, command, place, tmp_path):
        tounesna("key", "create", "--key-file", tmp_path / "other.key")
        assert "sealed with another key" in refusal(self.run(command, place, tmp_path / "other.key"))

    def test_a_key_that_others_may_read(self, command, place):
        place[3].chmod(0o644)
        sentence = refusal(self.run(command, place, place[3]))
        assert "may be read by others" in sentence and "0600" in sentence

    def test_no_key_at_all_in_the_file(self, command, place):
        text = place[3].read_text().strip()
        place[3].write_text("not a key\n")
        sentence = refusal(self.run(command, place, place[3]))
        assert "32 bytes in base 64" in sentence
        assert text not in sentence


def test_key_may_stand_in_the_environment(place, tmp_path):
    key = place[3].read_text()
    place[3].unlink()
    done = tounesna("key", "check", *place, env={"TOUNESNA_KEY": key})
    assert done.returncode == 0 and "opens the database" in done.stdout, done.stderr
    other = tmp_path / "other.key"
    tounesna("key", "create", "--key-file", other)
    assert "another key" in refusal(tounesna("key", "check", *place, env={"TOUNESNA_KEY": other.read_text()}))


def test_key_is_turned_over(place):
    old = place[3].read_text()
    done = tounesna("key", "rotate", *place)
    assert done.returncode == 0, done.stderr
    assert place[3].read_text() != old
    assert stat.S_IMODE(place[3].stat().st_mode) == 0o600
    assert tounesna("key", "check", *place).returncode == 0
    place[3].write_text(old)
    assert "another key" in refusal(tounesna("key", "check", *place))


def test_database_that_is_newer_is_left_alone(place):
    assert "up to date" in tounesna("migrate", *place).stdout
    with sqlite3.connect(place[1]) as database:
        database.execute("INSERT INTO migration (name, hash) VALUES ('2031-01-01 future: come', 'x')")
    for command in (["serve", "--set", f"http.port={free_port()}"], ["migrate"], ["demo"]):
        sentence = refusal(tounesna(*command, *place))
        assert "newer than this program" in sentence and "2031-01-01 future: come" in sentence


def test_migration_that_was_changed_is_named(place):
    with sqlite3.connect(place[1]) as database:
        name, = database.execute("SELECT name FROM migration ORDER BY name LIMIT 1").fetchone()
        database.execute("UPDATE migration SET hash = 'x' WHERE name = ?", (name,))
    assert name in refusal(tounesna("serve", *place))


@pytest.mark.parametrize("address", ["postgresql://nobody@127.0.0.1:1/none", "/proc/no/such/place/t.db"])
def test_database_that_cannot_be_reached_is_named(place, address):
    sentence = refusal(tounesna("serve", "--database", address, *place[2:]))
    assert "database" in sentence.lower() or "/proc/no" in sentence


def test_wrong_settings_are_named(place):
    sentence = refusal(tounesna("serve", *place, "--set", "http.port=many"))
    assert "http.port" in sentence and "“many”" in sentence and "65535" in sentence
    sentence = refusal(tounesna("serve", *place, env={"TOUNESNA_HTTP_REQUESTS_A_MINUTE": "lots"}))
    assert "http.requests-a-minute" in sentence and "“lots”" in sentence
    done = tounesna("serve", *place, "--set", "http.prot=80")
    assert done.returncode != 0 and "“http.prot”" in done.stderr


def test_account_takes_its_password_from_standard_input(place):
    words = ["account", "create", *place, "--sign-in-name", "mouna", "--name", "Mouna", "--role", "counsellor",
             "--antenna", "TUN"]
    assert "mouna is made" in tounesna(*words, input="un jardin de figuiers\n").stdout
    assert "taken" in refusal(tounesna(*words, input="un jardin de figuiers\n"))
    assert "No password" in refusal(tounesna(*words, input=""))
    other = [word if word != "mouna" else "samia" for word in words]
    refusal(tounesna(*other, input="password\n"))
    refusal(tounesna(*other, input="short\n"))
    other[other.index("counsellor")] = "king"
    assert "“king”" in refusal(tounesna(*other, input="un jardin de figuiers\n"))


def test_account_of_an_antenna_that_is_none_is_refused(place):
    words = ["account", "create", *place, "--sign-in-name", "a", "--name", "A", "--role", "counsellor"]
    for more in (["--antenna", "XXX"], ["--antenna", "TUN", "--institution", "XXX"], []):
        refusal(tounesna(*words, *more, input="un jardin de figuiers\n"))


def test_demonstration_never_enters_a_database_in_use(place):
    tounesna("account", "create", *place, "--sign-in-name", "a", "--name", "A", "--role", "counsellor", "--antenna",
             "TUN", input="un jardin de figuiers\n")
    assert "empty" in refusal(tounesna("demo", *place, "--persons", 1))


def test_port_that_is_taken_is_named(place, program):
    done = tounesna("serve", *place, "--set", f"http.port={program.port}")
    assert done.returncode == 1
    assert "in use" in done.stderr.lower()
