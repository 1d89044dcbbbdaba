"""Somebody who uses the pages without a browser: keeps cookies, fills in forms as they stand in pages."""

import http.client
import ssl
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urlencode

from program import Account, Program


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def place(self) -> str:
        """Where a redirect leads, without what it says there once."""
        return self.headers["location"].split("#")[0].split("?notice=")[0].split("&notice=")[0]

    @property
    def forms(self) -> list["Form"]:
        return FormReader.read(self.text)


class Form(dict):
    """The fields of a form with what stands in them."""

    def __init__(self, action: str):
        super().__init__()
        self.action = action


class FormReader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms: list[Form] = []
        self.form: Form | None = None
        self.area: str | None = None
        self.select: str | None = None

    @classmethod
    def read(cls, html: str) -> list[Form]:
        reader = cls()
        reader.feed(html)
        return reader.forms

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        name, value = attributes.get("name"), attributes.get("value") or ""
        if tag == "form":
            self.form = Form(attributes.get("action", ""))
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "input" and name:
            if attributes.get("type") not in ("radio", "checkbox") or "checked" in attributes:
                self.form[name] = value
        elif tag == "textarea":
            self.area = name
            self.form[name] = ""
        elif tag == "select":
            self.select = name
            self.form[name] = ""
        elif tag == "option" and "selected" in attributes:
            self.form[self.select] = value

    def handle_data(self, data):
        if self.form is not None and self.area:
            self.form[self.area] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.form = None
        elif tag == "textarea":
            self.area = None


class Client:
    def __init__(self, program: Program, context: ssl.SSLContext | None = None, language: str = "en"):
        self.program = program
        self.context = context
        self.cookies = {"language": language}
        # Every address asked for or led to.
        self.addresses: list[str] = []
        self.connection = self._connect()

    def _connect(self):
        if self.context:
            return http.client.HTTPSConnection("127.0.0.1", self.program.port, timeout=60, context=self.context)
        return http.client.HTTPConnection("127.0.0.1", self.program.port, timeout=60)

    def send(self, method: str, path: str, body: str | bytes | None = None, headers: dict | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} | (headers or {})
        if body is not None:
            headers.setdefault("Content-Type", "application/x-www-form-urlencoded")
        self.addresses.append(path)
        self.connection.request(method, path.split("#")[0], body, headers)
        response = self.connection.getresponse()
        answer = Answer(response.status, response.headers, response.read().decode())
        for cookie in response.headers.get_all("set-cookie", []):
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value
        if answer.headers["location"]:
            self.addresses.append(answer.headers["location"])
        return answer

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def post(self, path: str, fields: dict) -> Answer:
        return self.send("POST", path, urlencode(fields))

    def form(self, action: str, on: str) -> Form:
        """The first form on a page whose action ends in `action`."""
        page = self.get(on)
        found = [form for form in page.forms if form.action.endswith(action)]
        assert found, f"{on} ({page.status}) holds no form {action}"
        return found[0]

    def fill(self, action: str, on: str, fields: dict | None = None) -> str:
        """Fills in the form on a page, and says where that leads."""
        form = self.form(action, on)
        answer = self.post(form.action, form | (fields or {}))
        assert answer.status == 303, f"{form.action} answers {answer.status}: {answer.text}"
        return answer.place

    def send_file(self, path: str, fields: dict, name: str, content: bytes) -> Answer:
        """Sends a form that brings a file, as a browser does."""
        parts = [
            f'--mark\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in fields.items() if field != "file"]
        head = f'--mark\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        return self.send(
            "POST", path, b"".join([*parts, head, content, b"\r\n--mark--\r\n"]),
            {"Content-Type": "multipart/form-data; boundary=mark"})

    def sign_in(self, account: Account) -> "Client":
        place = self.fill("/sign-in", "/sign-in", {"name": account.name, "password": account.password})
        if account.secret:
            place = self.fill("/sign-in/code", place, {"code": account.code()})
        assert place == "/", f"{account.name} is led to {place}"
        return self
