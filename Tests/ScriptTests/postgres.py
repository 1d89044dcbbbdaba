"""The PostgreSQL that `bin/test` started."""

import os
import subprocess

SERVER = os.environ.get("TOUNESNA_TEST_POSTGRES")


def ask(address: str, statement: str) -> str:
    """What PostgreSQL answers, unadorned."""
    done = subprocess.run(
        ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--dbname", address, "--command", statement],
        capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
