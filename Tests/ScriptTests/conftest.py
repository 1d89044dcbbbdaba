import os
import subprocess
import uuid

import pytest

from program import Program

SERVER = os.environ.get("TOUNESNA_TEST_POSTGRES")


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.skipif(
    not SERVER, reason="no PostgreSQL: bin/test starts one"))])
def database(request) -> str | None:
    """The address of an empty database for `Program`: none for SQLite, a schema of its own on PostgreSQL."""
    if request.param == "sqlite":
        yield None
        return
    schema = f"s{uuid.uuid4().hex}"
    ask(SERVER, f"CREATE SCHEMA {schema}")
    yield f"{SERVER}?options=-csearch_path%3D{schema}"
    ask(SERVER, f"DROP SCHEMA {schema} CASCADE")


def ask(address: str, statement: str) -> str:
    """What PostgreSQL answers, unadorned."""
    done = subprocess.run(
        ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--dbname", address, "--command", statement],
        capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="session")
def staff(tmp_path_factory):
    """A demonstration of accounts alone: the tests that change something copy it."""
    return Program(tmp_path_factory.mktemp("staff"))


@pytest.fixture(scope="session")
def program(tmp_path_factory):
    """One demonstration for the tests that change nothing in it."""
    with Program(tmp_path_factory.mktemp("demonstration"), persons=5) as program:
        yield program
