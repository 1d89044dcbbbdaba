"""E-mail through a real SMTP server, SMS through Debian's kannel; the program killed between sending and recording."""

import re
import threading
import time

from client import Client
from gateways import Kannel, MailServer, Relay
from program import Program

ARABIC = "موعدكم غدا على الساعة 9:30، إلى اللقاء & شكرا"
QUICK = {"messages.retry-seconds": 1, "messages.timeout-seconds": 1}


def eventually(what, seconds=30):
    for _ in range(seconds * 10):
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError(f"never came: {what}")


def queue(program, kind, to, text, key=None) -> str:
    """By the command; without the settings of a gateway it would say that there is none."""
    settings = [
        word for name, value in program.settings.items() if name.startswith(("mail.", "sms."))
        for word in ("--set", f"{name}={value}")]
    words = ["message", "--kind", kind, "--to", to, "--text", text, "--language", "ar", *settings]
    return program.command(*words, *(["--key", key] if key else [])).strip()


class Centre:
    """The list as the central office sees it; signed in once, for its second factor takes its time."""

    def __init__(self, program):
        self.client = Client(program).sign_in(program.accounts["centre"])

    def failed(self) -> str:
        """The list of what did not go, and the first message of it."""
        text = self.client.get("/messages?show=failed").text
        found = re.search(r'href="(/messages/[0-9a-z]{26})"', text)
        return text + (self.client.get(found.group(1)).text if found else "")


def test_mail_goes_through_a_mail_server(tmp_path, staff):
    with MailServer() as server, Program(tmp_path, like=staff, settings=server.settings | QUICK) as program:
        identity = queue(program, "email", "ong@example.org", f"{ARABIC}\n.\nà bientôt", key="one")
        assert queue(program, "email", "ong@example.org", f"{ARABIC}\n.\nà bientôt", key="one") == identity
        mail = eventually(lambda: server.mails and server.mails[0])
        assert mail["Message-ID"] == f"<{identity}@example.tn>"
        assert mail["Subject"] == "تجربة الرسائل" and mail.receivers == ["ong@example.org"]
        assert mail.get_content().splitlines() == [ARABIC, ".", "à bientôt"]
        assert mail["From"] == "Tounesna <tounesna@example.tn>" and not mail.defects
        time.sleep(2)
        assert len(server.mails) == 1


def test_mail_waits_for_a_server_that_is_down_and_is_refused_by_one_that_refuses(tmp_path, staff):
    server = MailServer()
    with Program(tmp_path, like=staff, settings=server.settings | QUICK) as program:
        queue(program, "email", "ong@example.org", "un")
        time.sleep(2)
        server.answers = ["451 later", "250 OK", "554 never"]
        server.start()
        try:
            eventually(lambda: server.mails)
            queue(program, "email", "ong@example.org", "deux")
            eventually(lambda: not server.answers)
            centre = Centre(program)
            eventually(lambda: "smtp 554" in centre.failed())
        finally:
            server.stop()
    assert len(server.mails) == 1
    assert not program.faults()


def test_mail_goes_again_under_the_same_name_after_a_crash(tmp_path, database):
    """Killed after the server has the e-mail and before it said so: at least once, and known as the same."""
    with MailServer() as server:
        program = Program(tmp_path, database=database, settings=server.settings | QUICK)
        program.start()
        server.before_answer = lambda: (setattr(server, "before_answer", lambda: None), program.kill())
        identity = queue(program, "email", "ong@example.org", ARABIC)
        eventually(lambda: len(server.mails) == 1 and program.process is None)
        with program:
            eventually(lambda: len(server.mails) == 2)
            assert {mail["Message-ID"] for mail in server.mails} == {f"<{identity}@example.tn>"}
            time.sleep(3)
            assert len(server.mails) == 2


def test_sms_goes_through_kannel(tmp_path, staff):
    with Kannel(tmp_path / "kannel") as kannel:
        folder = tmp_path / "program"
        folder.mkdir()
        with Program(folder, like=staff, settings=kannel.settings() | QUICK) as program:
            queue(program, "sms", "+216 20 123 456", ARABIC)
            assert eventually(kannel.received) == [("+21620123456", ARABIC)]
            queue(program, "sms", "+33612345678", ARABIC * 3)
            eventually(lambda: len(kannel.received()) >= 3)
            parts = [text for number, text in kannel.received() if number == "+33612345678"]
            assert "".join(parts) == ARABIC * 3


def test_sms_is_never_sent_twice_after_a_crash(tmp_path, database):
    """Killed after kannel has the SMS and before the program knows: it is not sent again, and a person is told so."""
    with Kannel(tmp_path / "kannel") as kannel:
        relay = Relay(kannel.port)
        folder = tmp_path / "program"
        folder.mkdir()
        program = Program(folder, database=database, settings=kannel.settings(through=relay.port) | QUICK)
        program.start()
        killed = threading.Event()
        relay.before_answer = lambda: (program.kill(), killed.set())
        queue(program, "sms", "+21620123456", ARABIC)
        assert killed.wait(30)
        relay.before_answer = lambda: None
        assert eventually(kannel.received) == [("+21620123456", ARABIC)]
        with program:
            centre = Centre(program)
            eventually(lambda: re.search("ne sait pas|Not known whether it went", centre.failed()))
            time.sleep(3)
            assert len(kannel.received()) == 1
        relay.close()


def test_without_a_gateway_nothing_waits(tmp_path, staff):
    with Program(tmp_path, like=staff) as program:
        assert "no gateway" in queue(program, "sms", "+21620123456", "x")
        assert program.run("message", "--kind", "sms", "--to", "20123456").returncode == 1
        assert program.run("message", "--kind", "email", "--to", "a@b.org\r\nBcc: c@d.org").returncode == 1
