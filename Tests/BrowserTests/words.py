"""The translations, as the pages say them."""

import ast
import re

from program import ROOT


class Words:
    def __init__(self, language: str):
        text = (ROOT / f"Sources/Basics/Words/{language}.po").read_text()
        entries = re.findall(r'^msgid (.*(?:\n".*)*)\nmsgstr (.*(?:\n".*)*)', text, re.MULTILINE)
        self.phrases = {self._joined(key): self._joined(value) for key, value in entries}

    @staticmethod
    def _joined(lines: str) -> str:
        return "".join(ast.literal_eval(line) for line in lines.splitlines())

    def __call__(self, phrase: str, *values: str) -> str:
        translated = self.phrases[phrase]
        for number, value in enumerate(values, 1):
            translated = translated.replace(f"{{{number}}}", value)
        return translated
