"""Large files, many at the same moment, in little memory; and a real clamd behind the whole program."""

import hashlib
import os
import random
import re
import socket
import threading

import pytest

from client import Client
from program import Program

SIZE = 10 << 20
AT_ONCE = 64
CLAMD = os.environ.get("TOUNESNA_TEST_CLAMD")
VIRUS = b"tounesna harmless virus"


def paper(number: int) -> bytes:
    head = b"%PDF-1.4\n"
    return head + random.Random(number).randbytes(SIZE - len(head))


def memory(program: Program, what: str) -> int:
    """In kB."""
    with open(f"/proc/{program.process.pid}/status") as status:
        return int(re.search(rf"{what}:\s+(\d+) kB", status.read()).group(1))


def case(program: Program, counsellor: Client) -> str:
    link = re.search(r'href="(/cases/new\?q=[^"]+)"', counsellor.get(
        counsellor.fill("/persons/search", "/persons", {"q": "Zohra Mathlouthi"})).text).group(1)
    return counsellor.fill(
        "/cases", link, {"given-latin": "Zohra", "family-latin": "Mathlouthi", "phones": "98761234", "channel": "walk-in"})


def all_at_once(work, count: int = AT_ONCE):
    """Does it for every number at the same moment; says what went wrong."""
    wrong = []

    def attempt(number):
        try:
            work(number)
        except Exception as error:  # noqa: BLE001 - told below
            wrong.append(f"{number}: {error}")

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong, wrong[:3]


def send(program: Program, counsellor: Client, page: str, csrf: str, number: int):
    sender = Client(program)
    sender.cookies = dict(counsellor.cookies)
    sender.connection.timeout = 300
    form = {"csrf": csrf, "once": f"{number:026}", "kind": "other", "title": f"Paper {number}"}
    answer = sender.send_file(f"/documents/{page.removeprefix('/cases/')}", form, "paper.pdf", paper(number))
    assert answer.status == 303, answer.text


def fetch(program: Program, counsellor: Client, page: str, number: int):
    reader = Client(program)
    reader.connection.timeout = 300
    cookies = "; ".join(f"{name}={value}" for name, value in counsellor.cookies.items())
    reader.connection.request(
        "GET", f"/documents/{page.removeprefix('/cases/')}/{number:026}", headers={"Cookie": cookies})
    response = reader.connection.getresponse()
    assert response.status == 200 and int(response.headers["content-length"]) == SIZE
    digest = hashlib.sha256()
    while part := response.read(1 << 16):
        digest.update(part)
    assert digest.digest() == hashlib.sha256(paper(number)).digest()


def test_many_large_files_in_little_memory(tmp_path, staff):
    with Program(tmp_path, like=staff) as program:
        counsellor = Client(program).sign_in(program.accounts["conseil.tun"])
        page = case(program, counsellor)
        csrf = counsellor.form(f"/documents/{page.removeprefix('/cases/')}", page)["csrf"]
        send(program, counsellor, page, csrf, AT_ONCE)
        fetch(program, counsellor, page, AT_ONCE)
        before = memory(program, "VmRSS")
        all_at_once(lambda number: send(program, counsellor, page, csrf, number))
        sent = memory(program, "VmHWM")
        all_at_once(lambda number: fetch(program, counsellor, page, number))
        fetched = memory(program, "VmHWM")
        print(f"{AT_ONCE} files of {SIZE >> 20} MB at once: {before} kB before, {sent} kB sending, {fetched} kB fetching")
        # Of each file some pieces of 64 KiB and its connection; all of them at once would be 655,360.
        assert sent - before < 120_000
        assert fetched - before < 327_680
        assert not program.faults()


@pytest.mark.skipif(not CLAMD, reason="no ClamAV: bin/test starts one")
def test_a_virus_is_refused_and_without_clamd_nothing_is_taken(tmp_path, staff):
    with Program(tmp_path, like=staff, settings={"documents.clamd": CLAMD}) as program:
        counsellor = Client(program).sign_in(program.accounts["conseil.tun"])
        page = case(program, counsellor)
        place = f"/documents/{page.removeprefix('/cases/')}"
        form = counsellor.form(place, page) | {"kind": "other", "title": "Kept"}
        answer = counsellor.send_file(place, form, "paper.pdf", b"%PDF-1.4\n" + VIRUS)
        assert answer.status == 422 and "Tounesna.Test.Harmless" in answer.text and 'value="Kept"' in answer.text
        assert counsellor.send_file(place, form, "paper.pdf", b"%PDF-1.4\n").status == 303
        text = counsellor.get(page).text
        assert "A file with a virus was refused" in text and "not checked for viruses" not in text
    # A daemon that went away leaves its socket behind.
    with socket.socket(socket.AF_UNIX) as dead:
        dead.bind(str(tmp_path / "dead"))
        program.settings["documents.clamd"] = tmp_path / "dead"
        with program:
            counsellor = Client(program).sign_in(program.accounts["conseil.tun"])
            form = counsellor.form(place, page) | {"kind": "other", "title": "Kept"}
            answer = counsellor.send_file(place, form, "paper.pdf", b"%PDF-1.4\n")
            assert answer.status == 503 and "could not be checked for viruses" in answer.text
            assert any("could not be checked for viruses" in fault for fault in program.faults())
