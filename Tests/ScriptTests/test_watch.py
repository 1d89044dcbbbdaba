"""What those who watch over the program see of it: is it alive, can it work, how much does it do."""

import re
import socket
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

import pytest

from client import Client
from postgres import SERVER
from program import Program, free_port


def fetch(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def test_health(program):
    assert fetch(f"{program.url}/health/live") == (200, "alive")
    assert fetch(f"{program.url}/health/ready") == (200, "ready")


def test_metrics_stand_on_their_own_port_of_this_machine_alone(tmp_path, staff):
    port = free_port()
    with Program(tmp_path, like=staff, settings={"metrics.port": port, "http.host": "0.0.0.0"}) as program:
        client = Client(program)
        for path in ("/sign-in", "/nowhere", "/metrics"):
            client.get(path)
        # On the pages' own port there is nothing to see.
        assert client.get("/metrics").status == 404
        status, text = fetch(f"http://127.0.0.1:{port}/metrics")
        assert status == 200
        samples = dict(re.findall(r"^([a-z_]+(?:\{[^}]*\})?) (\S+)$", text, re.MULTILINE))
        assert float(samples['tounesna_requests_total{status="200"}']) >= 2
        assert float(samples['tounesna_requests_total{status="404"}']) == 3
        assert float(samples["process_resident_memory_bytes"]) > 10e6
        assert fetch(f"http://127.0.0.1:{port}/sign-in")[0] == 404
        # The pages are told to listen everywhere, and do; the figures do not.
        socket.create_connection(("127.0.0.2", program.port), timeout=5).close()
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.2", port), timeout=5)


def test_metrics_are_off_unless_asked_for(program):
    assert "metrics" not in program.settings
    assert Client(program).get("/metrics").status == 404


def test_log_has_a_number_for_each_request_that_failed(tmp_path, staff):
    """The number a reader quotes leads to the cause."""
    with Program(tmp_path, like=staff) as program:
        counsellor = Client(program).sign_in(program.accounts["conseil.tun"])
        # The table is gone under the program's feet.
        program_database(program, "ALTER TABLE case_file RENAME TO lost")
        answer = counsellor.get("/cases")
        assert answer.status == 500
        assert "case_file" not in answer.text
        number = re.search(r"quote ([0-9A-V]+) when", answer.text).group(1)
        lines = [line for line in program.faults() if number in line]
        assert len(lines) == 1 and "case_file" in lines[0] and "/cases" in lines[0]
        program_database(program, "ALTER TABLE lost RENAME TO case_file")
        assert counsellor.get("/cases").status == 200


def program_database(program, statement):
    with sqlite3.connect(program.database, timeout=20) as database:
        database.execute(statement)


class Wire:
    """A line to PostgreSQL that can be cut and mended."""

    def __init__(self, address: str):
        parts = urlsplit(address)
        self.target = (parts.hostname, parts.port)
        self.port = free_port()
        self.ends: list[socket.socket] = []
        self.mend()

    def mend(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._accept, args=(self.listener,), daemon=True).start()

    def cut(self):
        # Closing alone leaves a listener that another thread waits on.
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for end in self.ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.ends.clear()

    def _accept(self, listener):
        while True:
            try:
                here, _ = listener.accept()
            except OSError:
                return
            there = socket.create_connection(self.target)
            self.ends += [here, there]
            for a, b in ((here, there), (there, here)):
                threading.Thread(target=self._carry, args=(a, b), daemon=True).start()

    @staticmethod
    def _carry(a, b):
        try:
            while data := a.recv(65_536):
                b.sendall(data)
        except OSError:
            pass
        finally:
            for end in (a, b):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass


def eventually(wanted, get, seconds: float = 30):
    end = time.monotonic() + seconds
    while (found := get()) != wanted:
        assert time.monotonic() < end, found
        time.sleep(0.2)


@pytest.mark.skipif(not SERVER, reason="no PostgreSQL: bin/test starts one")
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_a_database_that_goes_away_and_comes_back(tmp_path, database):
    wire = Wire(SERVER)
    through = database.replace(f":{urlsplit(SERVER).port}/", f":{wire.port}/")
    with Program(tmp_path, database=through) as program:
        counsellor = Client(program).sign_in(program.accounts["conseil.tun"])
        form = counsellor.form("/cases", "/cases/new")
        form |= {"given-latin": "Salma", "family-latin": "Zitouni", "phones": "20111222", "channel": "walk-in"}
        assert fetch(f"{program.url}/health/ready") == (200, "ready")

        wire.cut()
        eventually((503, "not ready"), lambda: fetch(f"{program.url}/health/ready"))
        assert fetch(f"{program.url}/health/live") == (200, "alive")
        answer = counsellor.post("/cases", form)
        assert answer.status == 503
        assert "connection" not in answer.text
        number = re.search(r"quote ([0-9A-V]+) when", answer.text).group(1)
        assert any(number in line and "cannot be reached" in line for line in program.faults())

        wire.mend()
        eventually((200, "ready"), lambda: fetch(f"{program.url}/health/ready"))
        # Nothing was half-made, and sending it again makes it whole.
        assert counsellor.post("/cases", form).status == 303
        assert counsellor.post("/cases", form).status == 303
        assert counsellor.get("/cases").text.count(">Salma Zitouni<") == 1
    wire.cut()
