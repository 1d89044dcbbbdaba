"""The built program, serving a demonstration of its own on a free port."""

import base64
import hashlib
import hmac
import os
import re
import socket
import struct
import subprocess
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


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


class Program:
    """Made in a folder that is empty, and gone with it."""

    def __init__(self, folder: Path, persons: int):
        self.binary = os.environ.get("TOUNESNA_PROGRAM", str(ROOT / ".build/debug/tounesna"))
        self.folder = folder
        self.place = ["--database", str(folder / "tounesna.db"), "--key-file", str(folder / "master.key")]
        self.command("key", "create")
        self.accounts = self._accounts(self.command("demo", "--persons", str(persons)))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"

    def command(self, *words: str) -> str:
        done = subprocess.run([self.binary, *words, *self.place], capture_output=True, text=True, cwd=self.folder)
        assert done.returncode == 0, f"tounesna {' '.join(words)}: {done.stdout}{done.stderr}"
        return done.stdout

    @staticmethod
    def _accounts(text: str) -> dict[str, Account]:
        password = re.search(r"password (\S+?):?$", text, re.MULTILINE).group(1)
        lines = re.findall(r"^  (\S+) \(.*?\)(?:, .* secret (\w+))?$", text, re.MULTILINE)
        return {name: Account(name, password, secret or None) for name, secret in lines}

    def __enter__(self):
        settings = {"http.port": self.port, "http.requests-a-minute": 0, "assets": ROOT / "assets"}
        words = [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]
        self.process = subprocess.Popen(
            [self.binary, "serve", *self.place, *words],
            stdout=self.log.open("w"), stderr=subprocess.STDOUT, cwd=self.folder)
        for _ in range(200):
            assert self.process.poll() is None, f"the program ended: {self.log.read_text()}"
            try:
                urllib.request.urlopen(f"{self.url}/sign-in", timeout=5)
                return self
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"the program does not answer: {self.log.read_text()}")

    def __exit__(self, *_):
        self.process.terminate()
        assert self.process.wait(timeout=20) == 0, f"the program did not stop well: {self.log.read_text()}"

    def faults(self) -> list[str]:
        """What the program itself says went wrong."""
        return [line for line in self.log.read_text().splitlines() if re.search(r" (error|critical)\b", line)]
