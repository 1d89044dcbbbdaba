"""A mail server and an SMS gateway as they stand in the world: aiosmtpd, and kannel with its fake message centre."""

import email
import email.policy
import re
import socket
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import unquote_to_bytes

from aiosmtpd.controller import Controller

from program import free_port

FAKE_CENTRE = "/usr/lib/kannel/test/fakesmsc"


class MailServer:
    """Takes every e-mail and keeps it; `before_answer` is called when one came and nothing was said yet."""

    def __init__(self):
        self.mails: list[email.message.EmailMessage] = []
        self.answers: list[str] = []
        self.before_answer = lambda: None
        self.port = free_port()
        self.controller = None

    async def handle_DATA(self, server, session, envelope):
        mail = email.message_from_bytes(envelope.content, policy=email.policy.default)
        mail.receivers = envelope.rcpt_tos
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("2"):
            self.mails.append(mail)
        self.before_answer()
        return answer

    def start(self):
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self):
        if self.controller:
            self.controller.stop()
            self.controller = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    @property
    def settings(self) -> dict:
        return {
            "mail.server": f"smtp://127.0.0.1:{self.port}", "mail.from": "tounesna@example.tn", "mail.tls": "no"}


CONFIGURATION = """
group = core
admin-port = {admin}
admin-password = admin
smsbox-port = {boxes}
log-file = {folder}/bearerbox.log
log-level = 0
box-allow-ip = 127.0.0.1
store-file = {folder}/store

group = smsc
smsc = fake
smsc-id = fake
port = {centre}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {port}
sendsms-interface = 127.0.0.1
log-file = {folder}/smsbox.log
log-level = 0

group = sendsms-user
username = tounesna
password = {password}
max-messages = 10
concatenation = true
default-sender = 99999
"""


class Kannel:
    """`bearerbox`, `smsbox` and the fake centre, on ports of their own."""

    password = "pass & word"

    def __init__(self, folder: Path):
        self.folder = folder
        self.folder.mkdir(exist_ok=True)
        self.port = free_port()
        self.centre = free_port()
        self.ports = {"admin": free_port(), "boxes": free_port()}
        self.processes: list[subprocess.Popen] = []

    def run(self, name: str, *words: str):
        log = (self.folder / f"{name}.out").open("w")
        self.processes.append(subprocess.Popen(words, stdout=log, stderr=subprocess.STDOUT, cwd=self.folder))

    @staticmethod
    def wait(port: int):
        for _ in range(200):
            try:
                return socket.create_connection(("127.0.0.1", port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
        raise AssertionError(f"nothing listens on port {port}")

    def __enter__(self):
        conf = self.folder / "kannel.conf"
        conf.write_text(CONFIGURATION.format(
            folder=self.folder, centre=self.centre, port=self.port, password=self.password, **self.ports))
        self.run("bearerbox", "/usr/sbin/bearerbox", str(conf))
        self.wait(self.ports["boxes"])
        # The fake centre listens to what comes and sends nothing itself.
        self.run(
            "fakesmsc", FAKE_CENTRE, "-H", "127.0.0.1", "-r", str(self.centre), "-m", "0", "-v", "0", "123 234 text nop")
        self.run("smsbox", "/usr/sbin/smsbox", str(conf))
        self.wait(self.port)
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def settings(self, through: int | None = None) -> dict:
        """With the port of a line between, where there is one."""
        secret = self.folder / "password"
        secret.write_text(f"{self.password}\n")
        secret.chmod(0o600)
        return {
            "sms.url": f"http://127.0.0.1:{through or self.port}/cgi-bin/sendsms?username=tounesna"
            "&password={password}&to={to}&text={text}&coding=2&charset=UTF-8",
            "sms.password-file": secret}

    def received(self) -> list[tuple[str, str]]:
        """Number and text of the messages that reached the centre, joined ones in their parts; UCS-2 as it is."""
        log = (self.folder / "fakesmsc.out").read_text(errors="replace")
        found = re.findall(r"Got message \d+: <\S+ (\S+) (?:udh \S+ )?(?:data|ucs-2) (\S*)>", log)
        return [(number, unquote_to_bytes(text.replace("+", " ")).decode("utf-16-be")) for number, text in found]


class Relay:
    """A line to the gateway; `before_answer` is called when the gateway has answered and the answer was not passed on."""

    def __init__(self, target: int):
        self.target = target
        self.before_answer = lambda: None
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                client, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client):
        with client, socket.create_connection(("127.0.0.1", self.target)) as gateway:
            gateway.sendall(client.recv(65536))
            answer = gateway.recv(65536)
            self.before_answer()
            try:
                client.sendall(answer)
            except OSError:
                pass

    def close(self):
        self.socket.close()
