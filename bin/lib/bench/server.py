"""Tounesna itself: a database of invented persons, the running server, and somebody signed in."""

import base64
import copy
import hashlib
import hmac
import http.client
import re
import shutil
import socket
import struct
import subprocess
import time
from pathlib import Path
from urllib.parse import urlencode

from bench import process


class Installation:
    """A database in a folder of its own, made by the program's own demonstration."""

    def __init__(self, program: Path, folder: Path, persons: int, receptions_only: bool = True):
        self.program, self.folder, self.persons = program, folder, persons
        folder.mkdir(parents=True)
        self.place = ["--database", str(folder / "tounesna.db"), "--key-file", str(folder / "master.key")]
        process.timed([program, "key", "create", *self.place], folder / "key.log")
        words = [program, "demo", "--persons", str(persons), *self.place]
        if receptions_only:
            words.append("--receptions-only")
        self.seconds, self.peak = process.timed(words, folder / "demo.log")
        text = (folder / "demo.log").read_text()
        self.password = re.search(r"password (\S+?):$", text, re.MULTILINE).group(1)
        self.secrets = dict(re.findall(r"^  (\S+) \(.*secret (\w+)$", text, re.MULTILINE))

    def copied(self, folder: Path) -> "Installation":
        """The same once more, in another folder."""
        other = copy.copy(self)
        other.folder = Path(shutil.copytree(self.folder, folder))
        other.place = ["--database", str(folder / "tounesna.db"), "--key-file", str(folder / "master.key")]
        return other


class Server:
    """The program, serving an installation on a free port of this machine."""

    def __init__(self, installation: Installation, assets: Path):
        self.installation = installation
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        settings = {
            "http.port": self.port, "http.requests-a-minute": 0, "assets": assets, "bench": "yes", "log.level": "warning",
            "papers.python": assets.parent / "var/python/bin/python",
            # It would be counted with whatever is measured.
            "duplicates.search": "no",
        }
        self.words = [installation.program, "serve", *installation.place]
        self.words += [word for key, value in settings.items() for word in ("--set", f"{key}={value}")]

    def __enter__(self):
        start = time.monotonic()
        log = (self.installation.folder / "server.log").open("w")
        self.process = subprocess.Popen(self.words, stdout=log, stderr=subprocess.STDOUT)
        self.pid = self.process.pid
        while True:
            try:
                if Visitor(self).get("/sign-in").status == 200:
                    self.seconds_to_first_page = time.monotonic() - start
                    return self
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() - start > 30:
                raise SystemExit(f"bench: the server does not answer; see {log.name}")
            time.sleep(0.01)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)


class Visitor:
    """Somebody on one connection that stays open, with cookies."""

    def __init__(self, server: Server):
        self.server = server
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.cookies: dict[str, str] = {}
        self.csrf = ""

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def get(self, path: str):
        return self._send("GET", path)

    def post(self, path: str, **fields: str | list[str]):
        body = urlencode({"csrf": self.csrf, **fields}, doseq=True)
        return self._send("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _send(self, method: str, path: str, body: str | None = None, headers: dict[str, str] = {}):
        self.connection.request(method, path, body, {"Cookie": self.cookie, **headers})
        answer = self.connection.getresponse()
        answer.body = answer.read()
        answer.text = answer.body.decode(errors="replace")
        for line in answer.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        if token := re.search(r'name="csrf" value="(\w+)"', answer.text):
            self.csrf = token.group(1)
        return answer

    def sign_in(self, name: str):
        self.get("/sign-in")
        self.post("/sign-in", name=name, password=self.server.installation.password)
        if secret := self.server.installation.secrets.get(name):
            self.get("/sign-in/code")
            self.post("/sign-in/code", code=one_time_code(secret))
            if self.get("/cases").status != 200:
                # A code is taken once: the next one comes within half a minute.
                time.sleep(31)
                self.post("/sign-in/code", code=one_time_code(secret))
        if self.get("/cases").status != 200:
            raise SystemExit(f"bench: {name} cannot sign in")
        return self


def one_time_code(secret: str) -> str:
    """RFC 6238, 30 seconds, six digits."""
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start:start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
