"""The built program as a process, on a database of its own."""

import base64
import hashlib
import hmac
import os
import re
import shutil
import socket
import struct
import subprocess
import time
import urllib.request
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BINARY = os.environ.get("TOUNESNA_PROGRAM", str(ROOT / ".build/debug/tounesna"))


@dataclass
class Account:
    """An account of the demonstration. `last_step` is the last one-time code used: none is taken twice."""

    name: str
    password: str
    secret: str | None = None
    last_step: int = field(default=0, compare=False)

    def code(self) -> str:
        """The next one-time code (RFC 6238, 30 seconds); waits when the program would not take it yet."""
        step = max(int(time.time()) // 30, self.last_step + 1)
        while step > int(time.time()) // 30 + 1:
            time.sleep(0.5)
        self.last_step = step
        digest = hmac.new(base64.b32decode(self.secret), struct.pack(">Q", step), hashlib.sha1).digest()
        start = digest[-1] & 15
        number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


class Program:
    """A demonstration in a folder that is empty, served while the `with` lasts.

    `database` is the address of an empty PostgreSQL database; without it there is a file in the folder. `settings`
    are those of `--set`. `like` is a demonstration to copy, which is quicker than making one.
    """

    def __init__(
        self, folder: Path, persons: int = 0, database: str | None = None, settings: dict | None = None,
        like: "Program | None" = None,
    ):
        self.folder = folder
        self.database = database or str(folder / "tounesna.db")
        self.place = ["--database", self.database, "--key-file", str(folder / "master.key")]
        if like:
            for name in ("tounesna.db", "master.key"):
                shutil.copy2(like.folder / name, folder / name)
            self.accounts = {name: replace(account) for name, account in like.accounts.items()}
        else:
            self.command("key", "create")
            self.accounts = self._accounts(self.command("demo", "--persons", str(persons)))
        self.port = free_port()
        self.settings = {
            "http.port": self.port, "http.requests-a-minute": 0, "assets": ROOT / "assets",
            "papers.python": ROOT / "var/python/bin/python"}
        self.settings |= settings or {}
        self.scheme = "https" if "tls.key" in self.settings else "http"
        self.url = f"{self.scheme}://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.process: subprocess.Popen | None = None

    def run(self, *words: str, **options) -> subprocess.CompletedProcess:
        """A command on this database, however it ends."""
        return subprocess.run(
            [BINARY, *words, *self.place], capture_output=True, text=True, cwd=self.folder, **options)

    def command(self, *words: str, **options) -> str:
        done = self.run(*words, **options)
        assert done.returncode == 0, f"tounesna {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    @staticmethod
    def _accounts(text: str) -> dict[str, Account]:
        password = re.search(r"password (\S+?):?$", text, re.MULTILINE).group(1)
        lines = re.findall(r"^  (\S+) \(.*?\)(?:, .* secret (\w+))?$", text, re.MULTILINE)
        return {name: Account(name, password, secret or None) for name, secret in lines}

    def start(self):
        words = [word for key, value in self.settings.items() for word in ("--set", f"{key}={value}")]
        self.process = subprocess.Popen(
            [BINARY, "serve", *self.place, *words],
            stdout=self.log.open("a"), stderr=subprocess.STDOUT, cwd=self.folder)
        for _ in range(400):
            assert self.process.poll() is None, f"the program ended: {self.log.read_text()}"
            try:
                if self.scheme == "http":
                    urllib.request.urlopen(f"{self.url}/sign-in", timeout=5).close()
                else:
                    socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
                return
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"the program does not answer: {self.log.read_text()}")

    def stop(self):
        """As a service manager stops it."""
        self.process.terminate()
        assert self.process.wait(timeout=20) == 0, f"the program did not stop well: {self.log.read_text()}"
        self.process = None

    def kill(self):
        """As a power cut stops it."""
        self.process.kill()
        self.process.wait()
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        if self.process:
            self.stop()

    def faults(self) -> list[str]:
        """What the program itself says went wrong."""
        return [line for line in self.log.read_text().splitlines() if re.search(r" (error|critical)\b", line)]
