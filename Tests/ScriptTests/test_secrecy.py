"""Nobody's identity stands in the database files, a dump, the log, the journal's export or an address."""

import base64
import json
import re
import subprocess
from html import unescape
from urllib.parse import unquote_plus

from client import Client
from program import BINARY, ROOT, Program

# A person like no other, so that nothing here can be found by chance.
PERSON = {
    "given-latin": "Xylophania", "family-latin": "Quetzalbury", "given-arabic": "زخرفثضة", "family-arabic": "قطظضبشذغ",
    "phones": "98761234", "cin": "73190264", "passport": "QZ748159", "email": "xylo.quetzal@example.tn",
    "address": "17 impasse du Hibou Violet", "delegation": "Oued Zarzis Nord", "safe-way": "Siffler trois fois au balcon",
    "languages": "volapuk", "birth-date": "1987-09-23", "programme-reference": "REF-8812-QK",
}
WRITTEN = {
    "details": "Cherche un toit pour son iguane", "how": "Logée chez la marraine Philomène",
    "text": "Raconte la traversée en pédalo", "goal": "Ouvrir une fabrique de kazoos", "action": "Peindre les kazoos",
    "who": "le cousin Anselme", "signed-by": "Conseiller Balthazar", "seen": "Onze kazoos vendus",
    "next-step": "Commander des pailles", "why-moved-told": "Concert de kazoo à Zarzis",
    "other-difficulty": "Les pailles sont trop molles", "wish-why": "Son neveu joue du kazoo là-bas", "reason": "Vit de ses kazoos", "why-abandoned": "Plus de peinture",
    "reopen-reason": "Revenue avec son pédalo", "payer": "La tante Cunégonde", "witness": "Le facteur Hippolyte",
    "summary": "Veut rejoindre la fanfare de Sfax", "why-withdrawn": "La fanfare est dissoute",
}
PAPER = "Certificat de pilotage de pédalo, mention passable"
PAPER_NAME = "Pédalo de Xylophania.txt"


def use(program: Program) -> tuple[list[str], list[str]]:
    """A day's work. Returns every text of an identity, and every address that was seen."""
    counsellor = Client(program).sign_in(program.accounts["conseil.tun"])
    head = Client(program).sign_in(program.accounts["chef.tun"])
    centre = Client(program).sign_in(program.accounts["centre"])
    name = f"{PERSON['given-latin']} {PERSON['family-latin']}"
    found = counsellor.get(counsellor.fill("/persons/search", "/persons", {"q": name}))
    link = re.search(r'href="(/cases/new\?q=[^"]+)"', found.text).group(1)
    page = counsellor.fill("/cases", link, PERSON | {"channel": "walk-in"})
    tell(counsellor, head, page)
    for query in (name, PERSON["family-arabic"], PERSON["phones"], PERSON["cin"], PERSON["passport"], PERSON["email"]):
        for client in (counsellor, centre):
            assert PERSON["family-latin"] in client.get(client.fill("/persons/search", "/persons", {"q": query})).text
    go_wrong(counsellor, page)
    papers = [PAPER, PAPER_NAME, "Brevet de pédaliste"]
    texts = list(PERSON.values()) + list(WRITTEN.values()) + papers + [name] + everyone(centre)
    return texts, [address for client in (counsellor, head, centre) for address in client.addresses]


def tell(counsellor: Client, head: Client, page: str):
    case = page.removeprefix("/cases/")
    consents = re.search(r'href="(/persons/[0-9a-z]{26}/consents[^"]*)"', counsellor.get(page).text).group(1)
    counsellor.fill("/consents", consents, {"purpose": "accompaniment", "way": "signed"})
    counsellor.fill("/needs", page, {"need": "housing", "urgency": "today"} | WRITTEN)
    counsellor.fill("/meeting", page, WRITTEN)
    counsellor.fill("/notes", page, {"section": "return"} | WRITTEN)
    counsellor.fill("/goals", page, {"track": "project"} | WRITTEN)
    goal = re.search(r'<option value="([0-9a-z]{26})">Ouvrir', counsellor.get(page).text).group(1)
    counsellor.fill("/actions", page, {"goal-of-action": goal} | WRITTEN)
    # Not all that was written: in this form `seen` is what of the plan was seen.
    counsellor.fill("/agreement", page, {name: WRITTEN[name] for name in ("signed-by", "witness")})
    action = re.search(rf'href="(/plans/{case}/actions/[0-9a-z]{{26}})"', counsellor.get(page).text).group(1)
    counsellor.fill("/budget", action, {"amount": "73,500", "currency": "TND", "way": "cash"} | WRITTEN)
    counsellor.fill("/abandonment", action, WRITTEN)
    offer = counsellor.fill(f"/transfers/of/{case}", f"/transfers/of/{case}", {"to": "SFA"} | WRITTEN)
    counsellor.fill("/withdrawal", offer, WRITTEN)
    counsellor.fill(f"/visits/{case}", page, {"planned-on": "2026-01-15"})
    form = counsellor.form(f"/documents/{case}", page)
    fields = form | {"kind": "diploma", "title": "Brevet de pédaliste"}
    assert counsellor.send_file(form.action, fields, PAPER_NAME, PAPER.encode()).status == 303
    paper = re.search(rf'href="(/documents/{case}/[0-9a-z]{{26}})"', counsellor.get(page).text).group(1)
    assert counsellor.get(paper).text == PAPER
    visit = re.search(rf'href="(/visits/{case}/[0-9a-z]{{26}})"', counsellor.get(page).text).group(1)
    counsellor.fill("/move", visit, {"moved-to": "2026-01-20", "why-moved": "other"} | WRITTEN)
    counsellor.fill("/report", visit, {"activity": "going-on", "difficulties": "other", "wish": "thinks"} | WRITTEN)
    counsellor.fill("/closure", page, {"outcome": "standing"} | WRITTEN)
    head.fill("/reopening", page, WRITTEN)


def go_wrong(counsellor: Client, page: str):
    """Refusals and errors with names in what was sent."""
    form = counsellor.form("/cases", "/cases/new")
    assert counsellor.post("/cases", form | PERSON | {"cin": "12"}).status == 422
    assert counsellor.post("/cases", PERSON).status == 409
    assert counsellor.post("/persons/search", {"q": PERSON["family-latin"]}).status == 409
    assert counsellor.send("POST", "/cases", "given-latin=Xylophania%FF").status == 400
    assert counsellor.send("DELETE", "/cases", "given-latin=Xylophania").status == 405
    person = re.search(r'href="(/persons/[0-9a-z]{26})', counsellor.get(page).text).group(1)
    edit = counsellor.form(person, f"{person}/edit")
    assert counsellor.post(edit.action, edit | {"address": PERSON["address"] + " bis"}).status == 303
    # Changed by someone else meanwhile: both values come back.
    assert counsellor.post(edit.action, edit | {"address": PERSON["address"] + " ter"}).status == 409


def everyone(centre: Client) -> list[str]:
    """Names in both scripts, phones, e-mails and numbers of all persons of the demonstration."""
    texts, path = [], "/cases"
    while path:
        page = centre.get(path).text
        for case in sorted(set(re.findall(r'href="(/cases/[0-9a-z]{26})"', page))):
            texts += identity(centre.get(case).text)
        following = re.search(r'href="([^"]*after=[^"]*)"', page)
        path = unescape(following.group(1)) if following else None
    return texts


def identity(page: str) -> list[str]:
    heading = re.search(r"<h1>(.*?)</h1>", page, re.DOTALL).group(1)
    names = [unescape(name).strip() for name in re.sub(r"<[^>]+>", "\n", heading).splitlines()]
    text = unescape(re.sub(r"<[^>]+>", " ", page))
    digits = [re.sub(r"\D", "", phone)[-8:] for phone in re.findall(r"\+216[\s\d]{8,}", text)]
    return (
        [name for name in names if len(name.split()) > 1] + digits + re.findall(r"\b\d{6}\.demo@example\.tn", text)
        + re.findall(r"\b\d{8}\b", text) + re.findall(r"\b[ABFZ]\d{6}\b", text))


def demo_families() -> list[str]:
    """Names of the demonstration, in both scripts, that are long enough not to turn up by chance."""
    source = (ROOT / "Sources/Server/Demo/DemoNames.swift").read_text()
    pairs = re.findall(r'\("([^"]+)", "([^"]+)"\)', source)
    assert len(pairs) > 100
    return [name for pair in pairs for name in pair if len(name) >= 7]


def within_base64(text: bytes, before: int) -> bytes:
    """The characters that stand for nothing but the text when so many bytes stand before it."""
    code = base64.b64encode(b"\0" * before + text)
    return code[(before * 8 + 5) // 6 : (before + len(text)) * 8 // 6]


def search(texts: list[str], places: dict[str, bytes]) -> list[str]:
    """Where a text stands: as it is, in UTF-16, or in base 64 at any of its three offsets."""
    found = []
    for text in sorted(set(texts)):
        plain = text.encode()
        forms = [text.encode("utf-16-le")]
        if len(plain) >= 8:
            forms += [within_base64(plain, before) for before in range(3)]
        found += [
            f"{text} in {name}" for name, data in places.items()
            if stands(plain, data) or any(form in data for form in forms)]
    return found


def stands(plain: bytes, data: bytes) -> bool:
    """Eight digits turn up by chance in the hexadecimal of some thousand seals: a number within longer digits only."""
    if not plain.isdigit() or plain not in data:
        return plain in data
    runs = re.finditer(rb"[0-9A-Za-z]*" + plain + rb"[0-9A-Za-z]*", data)
    return any(run.group().isdigit() or not re.fullmatch(rb"x?[0-9a-f]{24,}", run.group()) for run in runs)


def dumped(database: str) -> bytes:
    schema = database.rsplit("%3D", 1)[1]
    done = subprocess.run(
        ["pg_dump", "--dbname", database, "--schema", schema, "--inserts"], capture_output=True)
    assert done.returncode == 0, done.stderr
    # Bytes are dumped as hexadecimal digits.
    binary = b"".join(bytes.fromhex(run.decode()) for run in re.findall(rb"\\x((?:[0-9a-f]{2})+)", done.stdout))
    assert b"INSERT INTO" in done.stdout and binary
    return done.stdout + binary


def test_nobody_is_named_outside_the_pages(tmp_path, database):
    with Program(tmp_path, persons=25, database=database, settings={"log.level": "debug"}) as program:
        texts, addresses = use(program)
        assert len(set(texts)) > 100
        # As a thief finds them, while the program runs.
        places = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    places |= {f"{path.name} at rest": path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    if database:
        places["dump"] = dumped(database)
    else:
        assert {"tounesna.db", "tounesna.db-wal", "server.log"} <= set(places)
    export = program.command("audit", "export")
    places["export"] = export.encode() + b"".join(
        base64.b64decode(data) for data in re.findall(r'"changes":"([^"]*)"', export))
    places["addresses"] = "\n".join(unquote_plus(address) for address in addresses).encode()
    # What is not secret is found, in plain and sealed under base 64: the search itself works.
    assert search(["conseil.tun"], places)
    assert search(["counsellor"], {"export": places["export"]})
    assert not search(texts, places)
    families = [name for name in demo_families() if name not in ("Ben Ali",)]
    assert not search(families, {name: data for name, data in places.items() if name != "addresses"})

    # Only an export that is asked to open it holds what was sealed, and the journal tells of that one.
    program.command("export", str(tmp_path / "closed"))
    program.command("export", str(tmp_path / "opened"), "--opened")
    closed = {path.name: path.read_bytes() for path in (tmp_path / "closed").iterdir()}
    assert not search(texts, closed)
    assert "export.opened" not in closed["journal_entry.jsonl"].decode()
    assert "export.opened" in (tmp_path / "opened" / "journal_entry.jsonl").read_text()
    lines = [json.loads(line) for line in (tmp_path / "opened" / "opened.jsonl").read_text().splitlines()]
    told = {value for line in lines for value in line["values"].values()}
    missing = {text for text in [*PERSON.values(), *WRITTEN.values()] if not any(text in value for value in told)}
    assert missing == set()
    for line in lines:
        assert f'"{line["id"]}"' in (tmp_path / "opened" / f"{line['table']}.jsonl").read_text()
    files = [path.read_text() for path in (tmp_path / "opened" / "documents").iterdir() if path.suffix == ".txt"]
    assert PAPER in files
    place = ["--database", str(tmp_path / "back.db"), "--key-file", str(tmp_path / "master.key")]
    assert "is back" in subprocess.run(
        [BINARY, "restore", str(tmp_path / "opened"), *place], capture_output=True, text=True, check=True).stdout


def test_import_names_nobody_either(tmp_path, staff):
    """Refused rows are told by number, column and what is wrong."""
    columns = ["family-latin", "given-latin", "cin", "phones"]
    (tmp_path / "m.yaml").write_text("antenna: TUN\ncolumns:\n" + "".join(f"  {name}: {name}\n" for name in columns))
    program = Program(tmp_path, like=staff)
    rows = [";".join(columns), "Quetzalbury;Xylophania;73190264;98761234", "Quetzalbury;Xylophania;123;98761234"]
    (tmp_path / "f.csv").write_text("\n".join(rows) + "\n")
    words = ["import", "persons", "f.csv", "--mapping", "m.yaml", "--account", "conseil.tun"]
    done = program.run(*words)
    assert done.returncode == 1
    assert "row 3" in done.stdout and "cin" in done.stdout
    for text in ("Quetzalbury", "Xylophania", "73190264", "98761234"):
        assert text not in done.stdout + done.stderr
    (tmp_path / "f.csv").write_text("\n".join(rows[:2]) + "\n")
    assert program.run(*words).returncode == 0
    places = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.name.startswith("tounesna.db")}
    assert places and not search(["Quetzalbury", "Xylophania", "73190264", "98761234"], places)

