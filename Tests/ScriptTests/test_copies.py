"""Backup and export: what was acknowledged comes back, into either engine, and nothing is taken that is not whole."""

import base64
import csv
import json
import shutil
import subprocess
import threading
import time
import uuid
from pathlib import Path
from random import Random
from urllib.parse import urlencode, urlsplit, urlunsplit

import pytest

from client import Client
from postgres import SERVER, ask
from program import BINARY, Program

needs_postgres = pytest.mark.skipif(not SERVER, reason="no PostgreSQL: bin/test starts one")
ENGINES = ["sqlite", pytest.param("postgres", marks=needs_postgres)]
LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"


@pytest.fixture
def databases(tmp_path):
    """Makes addresses of empty databases of an engine; `pg_dump` needs one of its own, not a schema."""
    made = []

    def make(engine: str) -> str:
        name = f"c{uuid.uuid4().hex}"
        if engine == "sqlite":
            return str(tmp_path / f"{name}.db")
        ask(SERVER, f"CREATE DATABASE {name} TEMPLATE template0 LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8'")
        made.append(name)
        return urlunsplit(urlsplit(SERVER)._replace(path=f"/{name}"))

    yield make
    for name in made:
        ask(SERVER, f"DROP DATABASE {name} WITH (FORCE)")


def tounesna(program: Program, database: str, *words) -> subprocess.CompletedProcess:
    """A command of the program on another database, with its key."""
    place = ["--database", database, "--key-file", str(program.folder / "master.key")]
    return subprocess.run([BINARY, *words, *place], capture_output=True, text=True)


def succeeds(program: Program, database: str, *words) -> str:
    done = tounesna(program, database, *words)
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


def tables(folder: Path) -> dict[str, str]:
    return {file.name: file.read_text() for file in folder.glob("*.jsonl")}


class Desk(threading.Thread):
    """Receives one person after another until it is told to stop; knows the numbers that were acknowledged."""

    def __init__(self, program: Program):
        super().__init__()
        self.client = Client(program).sign_in(program.accounts["conseil.tun"])
        self.form = self.client.form("/cases", "/cases/new") | {"channel": "walk-in"}
        self.acknowledged: list[str] = []
        self.is_open = threading.Event()
        self.is_open.set()

    def run(self):
        random = Random(7)
        while self.is_open.is_set():
            case, person = ("0" + "".join(random.choice(LETTERS) for _ in range(25)) for _ in range(2))
            given, family = ("".join(random.choice("bdfgklmnrstz") + random.choice("aiou") for _ in range(5)) for _ in range(2))
            fields = self.form | {
                "once": case, "person-once": person, "given-latin": given.capitalize(), "family-latin": family.capitalize(),
                "phones": f"2{random.randint(0, 9_999_999):07}"}
            status = self.client.send("POST", "/cases", urlencode(fields)).status
            assert status == 303
            self.acknowledged.append(case)


# Longer than a piece of a document as it is sealed.
PAPER = "Une facture, ligne par ligne.\n" * 10_000


def bring(client: Client, case: str) -> str:
    """Brings a paper into a case, and says where it stands."""
    form = client.form(f"/documents/{case}", f"/cases/{case}")
    answer = client.send_file(f"/documents/{case}", form | {"kind": "other", "title": "Facture"}, "f.txt", PAPER.encode())
    assert answer.status == 303, answer.text
    return f"/documents/{case}/{form['once']}"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_backup_made_while_serving_brings_back_what_was_acknowledged(engine, databases, tmp_path):
    folder = tmp_path / "office"
    folder.mkdir()
    with Program(folder, persons=6, database=databases(engine)) as program:
        desk = Desk(program)
        desk.start()
        try:
            while len(desk.acknowledged) < 5:
                assert desk.is_alive()
                time.sleep(0.01)
            before = list(desk.acknowledged)
            paper = bring(Client(program).sign_in(program.accounts["conseil.tun"]), before[0])
            program.command("backup", str(tmp_path / "backup"))
        finally:
            desk.is_open.clear()
            desk.join()
        assert not program.faults()
    key = (folder / "master.key").read_bytes().strip()
    for file in (tmp_path / "backup").iterdir():
        assert key not in file.read_bytes() and base64.b64decode(key) not in file.read_bytes()

    target = databases(engine)
    (tmp_path / "stranger").mkdir()
    stranger = Program(tmp_path / "stranger")
    done = tounesna(stranger, target, "restore", str(tmp_path / "backup"))
    assert done.returncode == 1 and "The master key is not the one" in done.stderr
    # Nothing of it was kept: the right key finds the place empty.
    assert "is back" in succeeds(program, target, "restore", str(tmp_path / "backup"))
    assert "The journal is sound" in succeeds(program, target, "audit", "verify")
    succeeds(program, target, "export", str(tmp_path / "read"))
    cases = {json.loads(line)["id"] for line in tables(tmp_path / "read")["case_file.jsonl"].splitlines()}
    assert set(before) <= cases
    assert tounesna(program, target, "restore", str(tmp_path / "backup")).returncode == 1

    back = Program.__new__(Program)
    back.__dict__ |= program.__dict__ | {
        "database": target, "place": ["--database", target, "--key-file", str(folder / "master.key")]}
    with back:
        client = Client(back).sign_in(back.accounts["conseil.tun"])
        assert client.get(f"/cases/{before[0]}").status == 200
        assert client.get(paper).text == PAPER


@needs_postgres
@pytest.mark.parametrize(("first", "second"), [("sqlite", "postgres"), ("postgres", "sqlite")])
def test_an_export_goes_into_the_other_engine_and_comes_back_equal(first, second, databases, tmp_path):
    folder = tmp_path / "office"
    folder.mkdir()
    program = Program(folder, persons=25, database=databases(first))
    program.command("export", str(tmp_path / "one"))
    target = databases(second)
    assert "is back" in succeeds(program, target, "restore", str(tmp_path / "one"))
    succeeds(program, target, "export", str(tmp_path / "two"))
    one, two = tables(tmp_path / "one"), tables(tmp_path / "two")
    assert one == two and len(one) > 30
    assert one["person.jsonl"].count("\n") >= 25
    assert "The journal is sound" in succeeds(program, target, "audit", "verify")


def test_the_export_as_csv_holds_the_same(program, tmp_path):
    program.command("export", str(tmp_path / "export"), "--csv")
    compared = 0
    for name, text in tables(tmp_path / "export").items():
        rows = [json.loads(line) for line in text.splitlines()]
        with (tmp_path / "export" / name.replace(".jsonl", ".csv")).open(newline="") as file:
            cells = list(csv.DictReader(file))
        assert len(cells) == len(rows)
        for row, line in zip(rows, cells):
            assert line == {name: "" if value is None else str(value) for name, value in row.items()}
            compared += 1
    assert compared > 100


@pytest.fixture(scope="module")
def copies(tmp_path_factory):
    """A demonstration, its backup and its export."""
    folder = tmp_path_factory.mktemp("copies")
    program = Program(folder)
    program.command("backup", str(folder / "backup"))
    program.command("export", str(folder / "export"))
    return program


@pytest.mark.parametrize("kind", ["backup", "export"])
class TestACopy:
    def refused(self, program: Program, folder: Path, tmp_path: Path, words: str):
        target = tmp_path / "target.db"
        done = tounesna(program, str(target), "restore", str(folder))
        assert done.returncode == 1 and words in done.stderr, done.stderr
        assert not (tmp_path / "target.db.part").exists()

    def copy(self, copies: Program, kind: str, tmp_path: Path) -> Path:
        return Path(shutil.copytree(copies.folder / kind, tmp_path / kind))

    def test_with_a_changed_file_is_not_taken(self, kind, copies, tmp_path):
        folder = self.copy(copies, kind, tmp_path)
        file = folder / ("tounesna.db" if kind == "backup" else "account.jsonl")
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content)
        self.refused(copies, folder, tmp_path, "is not what was written")
        file.unlink()
        self.refused(copies, folder, tmp_path, "is not what was written")

    def test_that_was_not_finished_is_not_taken(self, kind, copies, tmp_path):
        folder = self.copy(copies, kind, tmp_path)
        (folder / "manifest.json").unlink()
        self.refused(copies, folder, tmp_path, "holds no finished copy")

    def test_is_not_taken_with_another_key(self, kind, copies, tmp_path):
        (tmp_path / "other").mkdir()
        other = Program(tmp_path / "other")
        self.refused(other, copies.folder / kind, tmp_path, "The master key is not the one")

    def test_never_goes_over_what_is_there(self, kind, copies, tmp_path):
        done = copies.run("restore", str(copies.folder / kind))
        assert done.returncode == 1 and "holds something already" in done.stderr
        done = copies.run(kind, str(copies.folder / kind))
        assert done.returncode == 1 and "is there already" in done.stderr
