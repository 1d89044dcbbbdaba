import uuid

import pytest

from postgres import SERVER, ask
from program import Program


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


@pytest.fixture(scope="session")
def staff(tmp_path_factory):
    """A demonstration of accounts alone: the tests that change something copy it."""
    return Program(tmp_path_factory.mktemp("staff"))


@pytest.fixture(scope="session")
def program(tmp_path_factory):
    """One demonstration for the tests that change nothing in it."""
    with Program(tmp_path_factory.mktemp("demonstration"), persons=5) as program:
        yield program
