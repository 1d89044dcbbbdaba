"""Django admin behind gunicorn, with as many cases."""

import os
import subprocess
import time
import urllib.request
from pathlib import Path

from bench.load import Page

WHEELS = ["django==5.2.19", "gunicorn==27.0.1"]
LIST = "/admin/admin_site/case/"


def install(venv: Path, wheels: list[str] = WHEELS):
    """Installs what is missing; when nothing is, it asks nobody."""
    done = venv / "lists"
    if done.exists() and done.read_text() == "\n".join(wheels):
        return
    subprocess.run(["/usr/bin/python3", "-m", "venv", venv], check=True)
    pip = [venv / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *wheels], check=True)
    done.write_text("\n".join(wheels))


class Admin:
    """A small project with the same columns, its list with the same eight values a row and filters by stage and antenna."""

    def __init__(self, venv: Path, folder: Path, persons: int, port: int):
        self.python, self.port = venv / "bin/python", port
        install(venv)
        folder.mkdir(parents=True)
        self.folder = folder
        self.environment = os.environ | {
            "PYTHONPATH": str(Path(__file__).parent), "DJANGO_SETTINGS_MODULE": "admin_site.settings",
            "BENCH_DATABASE": str(folder / "admin.db"),
        }
        self.session = subprocess.run(
            [self.python, "-m", "admin_site.fill", str(persons)],
            env=self.environment, check=True, capture_output=True, text=True).stdout

    def __enter__(self) -> Page:
        words = [self.python, "-m", "gunicorn", "--workers", "2", "--bind", f"127.0.0.1:{self.port}"]
        log = (self.folder / "gunicorn.log").open("w")
        self.process = subprocess.Popen(
            [*words, "django.core.wsgi:get_wsgi_application()"], env=self.environment, stdout=log, stderr=log)
        self._see_list()
        workers = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return Page(
            self.port, [int(pid) for pid in workers], [LIST], cookie=f"sessionid={self.session}", connections=2)

    def _see_list(self):
        """Waits until the list comes, and looks whether it is the one that is meant."""
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{LIST}", headers={"Cookie": f"sessionid={self.session}"})
        for _ in range(100):
            try:
                rows = urllib.request.urlopen(request, timeout=30).read().decode().count('class="field-number')
                if rows != 50:
                    raise SystemExit(f"bench: Django admin shows {rows} cases instead of 50")
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"bench: Django admin does not answer; see {self.folder}/gunicorn.log")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)
