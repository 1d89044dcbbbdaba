"""`tounesna people link`: pairs on standard output, one sentence when something is wrong."""

import subprocess

import pytest

from program import BINARY

MAPPING = "id: id\nfields:\n  given: given-name\n  family: family-name\n  born: date\n  phone: phone\n  cin: number\n"
COLUMNS = ["id", "given", "family", "born", "phone", "cin"]
GIVEN = "Salma Karim Leila Moncef Rania Hatem Imen Zied Olfa Nabil Sonia Fethi Dorra".split()
FAMILY = "Trabelsi Mejri Jebali Hammami Dridi Zouari Ayari Kefi Tlili Ouerghi Sassi".split()


def person(number: int, id: str, **changes) -> dict:
    mixed = number * 2_654_435_761 % 99_999_989
    return dict(zip(COLUMNS, [
        id, GIVEN[number % 13], FAMILY[number // 3 % 11], f"{1950 + number % 50}-0{1 + number % 9}-{10 + mixed % 18}",
        f"2{1_000_000 + mixed % 8_999_999}", f"{10_000_000 + mixed % 89_999_999}"])) | changes


def write(path, rows, separator=",", start="", end="\n"):
    lines = [COLUMNS, *(row.values() for row in rows)]
    path.write_bytes((start + end.join(separator.join(f'"{cell}"' for cell in line) for line in lines) + end).encode())
    return path.name


@pytest.fixture
def link(tmp_path):
    (tmp_path / "m.yaml").write_text(MAPPING)

    def run(*words):
        return subprocess.run(
            [BINARY, "people", "link", *words], capture_output=True, text=True, cwd=tmp_path, timeout=120)

    return run


def register(count: int) -> tuple[list[dict], list[dict]]:
    """Persons, and each second of them once more: with another spelling and another phone."""
    again = [person(number, f"b{number}", phone=f"9{number:07}") for number in range(0, count, 2)]
    return [person(number, f"a{number}") for number in range(count)], again


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_pairs_of_two_files_and_of_one(link, tmp_path, separator, start, end):
    first, second = register(100)
    files = [write(tmp_path / name, rows, separator, start, end) for name, rows in [("a.csv", first), ("b.csv", second)]]
    expected = {(f"a{number}", f"b{number}") for number in range(0, 100, 2)}
    done = link(*files, "--mapping", "m.yaml")
    assert done.returncode == 0 and done.stderr == "", done.stderr
    lines = [line.split("\t") for line in done.stdout.splitlines()]
    assert {(one, other) for one, other, _ in lines} == expected
    assert all(0.5 <= float(score) <= 1 for _, _, score in lines)
    both = link(write(tmp_path / "c.csv", first + second, separator, start, end), "--mapping", "m.yaml")
    assert {tuple(line.split("\t")[:2]) for line in both.stdout.splitlines()} == expected
    why = link(*files, "--mapping", "m.yaml", "--why").stdout.splitlines()
    assert len(why) == 50 and all("cin equal +" in line.split("\t")[3] for line in why)


def test_a_second_file_with_other_titles(link, tmp_path):
    first, second = register(60)
    files = [write(tmp_path / "a.csv", first), write(tmp_path / "b.csv", second)]
    (tmp_path / "b.csv").write_text((tmp_path / "b.csv").read_text().replace('"family"', '"Nachname"', 1))
    (tmp_path / "m.yaml").write_text(MAPPING + "second: {family: Nachname}\n")
    assert len(link(*files, "--mapping", "m.yaml").stdout.splitlines()) == 30


@pytest.mark.parametrize("data, words", [
    (b"", "is empty"), (b"PK\x03\x04 a workbook", "a.csv: "), ("id;given\n".encode("utf-16"), "UTF-16"),
    (b"id,given\nA,B\n", "is not in"), (b"id,id,given,family,born,phone,cin\n", "2 times"),
    (b"id,given,family,born,phone,cin\nA,b\nA,c\n", "Row 3 has the id"), (b"id,given,family,born,phone,cin\n,b\n", "no id"),
    (b"id,given,family,born,phone,cin\nA,\xff\xfe\n", "UTF-8"), (b'id,given,family,born,phone,cin\n"A,b\n', "does not end"),
])
def test_a_file_that_is_none_is_refused_in_a_sentence(link, tmp_path, data, words):
    (tmp_path / "a.csv").write_bytes(data)
    done = link("a.csv", "--mapping", "m.yaml")
    assert done.returncode == 1 and done.stdout == ""
    assert words in done.stderr and len(done.stderr.splitlines()) == 1, done.stderr


@pytest.mark.parametrize("mapping", ["", "a: [", "id: id\n", "id: id\nfields: {given: shoe}\n", "id: id\nfields: 3\n"])
def test_a_mapping_that_is_none_is_refused_in_a_sentence(link, tmp_path, mapping):
    (tmp_path / "m.yaml").write_text(mapping)
    done = link(write(tmp_path / "a.csv", register(4)[0]), "--mapping", "m.yaml")
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1, done.stderr


@pytest.mark.parametrize("rows", [0, 1, 2])
def test_hardly_any_rows_are_answered_with_nothing(link, tmp_path, rows):
    done = link(write(tmp_path / "a.csv", register(rows)[0]), "--mapping", "m.yaml")
    assert done.returncode == 0 and done.stdout == "" and done.stderr == ""


def test_what_is_asked_wrongly(link, tmp_path):
    file = write(tmp_path / "a.csv", register(4)[0])
    assert link(file, "--mapping", "m.yaml", "--threshold", "2").returncode == 64
    assert link(file).returncode == 64
    done = link("nowhere.csv", "--mapping", "m.yaml")
    assert done.returncode == 1 and "cannot be read" in done.stderr
    assert link(file, "--mapping", "nowhere.yaml").returncode == 1
