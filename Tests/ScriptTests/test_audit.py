"""`tounesna audit verify` proves an export and a database, and names what was done to them."""

import base64
import copy
import hashlib
import json
import re
import shutil
import sqlite3
import subprocess

import pytest

from program import BINARY, Program


@pytest.fixture(scope="module")
def audited(tmp_path_factory):
    """A demonstration under several heads, and its export."""
    folder = tmp_path_factory.mktemp("audited")
    program = Program(folder, persons=4)
    program.command("audit", "export")
    for name in ("mouna", "samia"):
        program.command(
            "account", "create", "--sign-in-name", name, "--name", name, "--role", "counsellor", "--antenna", "TUN",
            input="un jardin de figuiers\n")
        export = program.command("audit", "export")
    lines = [json.loads(line) for line in export.splitlines()]
    heads = [line["head"] for line in lines if "head" in line]
    assert len(heads) >= 3 and heads[-1]["size"] == sum("entry" in line for line in lines)
    return program, lines


def verify(folder, lines, *words) -> subprocess.CompletedProcess:
    file = folder / "export.jsonl"
    file.write_text("".join(json.dumps(line, separators=(",", ":"), ensure_ascii=False) + "\n" for line in lines))
    return subprocess.run([BINARY, "audit", "verify", file, *words], capture_output=True, text=True)


def place(lines, position) -> int:
    return next(index for index, line in enumerate(lines) if line.get("entry", {}).get("position") == position)


def test_an_untouched_export_is_sound_without_database_and_key(audited, tmp_path):
    _, lines = audited
    done = verify(tmp_path, lines, "--public-key", lines[0]["opening"]["publicKey"])
    assert done.returncode == 0, done.stdout
    summary = r"The journal is sound: \d+ entries under \d+ signed heads, 0 waiting for the next.\n"
    assert re.fullmatch(summary, done.stdout)
    head = [line["head"] for line in lines if "head" in line][-1]
    assert verify(tmp_path, lines, "--head", f"{head['size']}:{head['root']}").returncode == 0


def alter(field, value):
    def change(lines):
        lines[place(lines, 7)]["entry"]["entry"][field] = value
    return change


def alter_with_hash(lines):
    """Also the hash beside it, which anyone can compute."""
    line = lines[place(lines, 7)]["entry"]
    line["entry"]["act"] = "person.forget"
    line["hash"] = base64.b64encode(hashlib.sha256(b"whatever").digest()).decode()


def remove(lines):
    del lines[place(lines, 7)]


def remove_several(lines):
    for position in (7, 8, 9):
        del lines[place(lines, position)]


def remove_and_close_up(lines):
    """The gap closed by counting the rest down."""
    del lines[place(lines, 7)]
    for line in lines:
        if line.get("entry", {}).get("position", 0) > 7:
            line["entry"]["position"] -= 1


def insert(lines):
    copied = copy.deepcopy(lines[place(lines, 7)])
    copied["entry"]["entry"]["id"] = "0" * 26
    lines.insert(place(lines, 8), copied)


def swap_lines(lines):
    a, b = place(lines, 7), place(lines, 8)
    lines[a], lines[b] = lines[b], lines[a]


def swap_contents(lines):
    a, b = lines[place(lines, 7)]["entry"], lines[place(lines, 12)]["entry"]
    a["entry"], b["entry"] = b["entry"], a["entry"]


def append_unsigned(lines):
    last = copy.deepcopy([line for line in lines if "entry" in line][-1])
    last["entry"]["position"] += 1
    lines.append(last)


def forge_head(lines):
    head = [line["head"] for line in lines if "head" in line][-1]
    head["root"] = head["root"][:-4] + "AAA="


@pytest.mark.parametrize("tamper, words", [
    (alter("act", "person.forget"), "The entry at position 7 was altered"),
    (alter("at", 0), "The entry at position 7 was altered"),
    (alter("actor", "1" * 26), "The entry at position 7 was altered"),
    (alter("recordID", "x"), "The entry at position 7 was altered"),
    (alter("changes", ""), "The entry at position 7 was altered"),
    (alter_with_hash, "position 7"),
    (remove, "Entry at position 7 was removed"),
    (remove_several, "Entries at positions 7 to 9 were removed"),
    (remove_and_close_up, "are not those the signed head covers|removed"),
    (insert, "Entry 0{26} was inserted or moved: position 7 is taken already"),
    (swap_lines, "inserted or moved: position 7"),
    (swap_contents, "position 7 belongs at position 12: the order was changed"),
    (append_unsigned, "stand under no signed head: they were inserted"),
    (forge_head, "is not signed by the key"),
], ids=lambda value: getattr(value, "__name__", None))
def test_tampering_with_an_export_is_named(audited, tmp_path, tamper, words):
    lines = copy.deepcopy(audited[1])
    tamper(lines)
    done = verify(tmp_path, lines)
    assert done.returncode == 1, done.stdout
    assert re.search(words, done.stdout), done.stdout
    assert "The journal is NOT sound" in done.stdout


def test_a_tail_cut_off_with_its_head_is_found_by_the_head_that_was_handed_over(audited, tmp_path):
    _, lines = audited
    last = max(index for index, line in enumerate(lines) if "head" in line)
    head = lines[last]["head"]
    before = max(index for index, line in enumerate(lines[:last]) if "head" in line)
    done = verify(tmp_path, lines[: before + 1], "--head", f"{head['size']}:{head['root']}")
    assert done.returncode == 1
    assert f"The trusted head over {head['size']} entries is not in this journal" in done.stdout


def test_another_key_is_found_by_the_key_that_was_handed_over(audited, tmp_path):
    done = verify(tmp_path, audited[1], "--public-key", "A" * 43 + "=")
    assert done.returncode == 1
    assert "another public key" in done.stdout


@pytest.mark.parametrize("text", ["", "hello\n", "{}\n", '{"entry": 1}\n'])
def test_what_is_no_export_is_not_sound(tmp_path, text):
    (tmp_path / "x.jsonl").write_text(text)
    done = subprocess.run([BINARY, "audit", "verify", tmp_path / "x.jsonl"], capture_output=True, text=True)
    assert done.returncode == 1, done.stdout
    missing = subprocess.run([BINARY, "audit", "verify", tmp_path / "none"], capture_output=True, text=True)
    assert missing.returncode == 1 and "cannot be read" in missing.stderr


@pytest.mark.parametrize("statement, words", [
    ("UPDATE journal_entry SET act = 'person.forget' WHERE position = 5", "The entry at position 5 was altered"),
    ("UPDATE journal_entry SET changes = x'' WHERE position = 5", "The entry at position 5 was altered"),
    ("DELETE FROM journal_entry WHERE position = 5", "Entry at position 5 was removed"),
    ("DELETE FROM journal_entry WHERE position = (SELECT MAX(position) FROM journal_entry)", "removed"),
    ("DELETE FROM journal_head WHERE size = (SELECT MAX(size) FROM journal_head)", "under no signed head"),
    ("UPDATE journal_head SET root = zeroblob(32) WHERE size = (SELECT MIN(size) FROM journal_head)", "not signed"),
    ("UPDATE journal_entry SET position = CASE position WHEN 5 THEN -6 ELSE -5 END WHERE position IN (5, 6);"
     "UPDATE journal_entry SET position = -position WHERE position < 0", "signed head covers|order was changed"),
])
def test_tampering_with_the_database_is_named(audited, tmp_path, statement, words):
    program, _ = audited
    for suffix in ("tounesna.db", "master.key"):
        shutil.copy2(program.folder / suffix, tmp_path / suffix)
    words_of_place = ["--database", tmp_path / "tounesna.db", "--key-file", tmp_path / "master.key"]

    def verified():
        return subprocess.run([BINARY, "audit", "verify", *words_of_place], capture_output=True, text=True)

    assert verified().returncode == 0
    with sqlite3.connect(tmp_path / "tounesna.db") as database:
        database.executescript(statement)
    done = verified()
    assert done.returncode == 1, done.stdout
    assert re.search(words, done.stdout), done.stdout
