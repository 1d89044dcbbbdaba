"""Makes PDFs for the program that started it: a line of JSON asks, a line of JSON answers, one after the other.

    worker.py ROOT FONTS     ROOT holds what templates import, FONTS the font files

It says {"ready": true} first, and ends when nobody listens any more. What is put into a paper comes as data
(`sys.inputs.data`) and is never evaluated; templates come with the program.
"""
import base64
import json
import os
import shutil
import sys
import tempfile

FONTS = ["NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSansArabic-Regular.ttf", "NotoSansArabic-Bold.ttf"]
STANDARDS = ["a-2a", "ua-1"]


def answer(words):
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


class Shown:
    """What the fonts can show. Archived papers may hold nothing else."""

    def __init__(self, files):
        from fontTools.ttLib import TTFont

        self.known = set()
        for file in files:
            self.known |= set(TTFont(file, lazy=True).getBestCmap())

    def of(self, value):
        if isinstance(value, str):
            return "".join(self.letter(letter) for letter in value)
        if isinstance(value, list):
            return [self.of(item) for item in value]
        if isinstance(value, dict):
            return {name: self.of(item) for name, item in value.items()}
        return value

    def letter(self, letter):
        code = ord(letter)
        is_private = 0xE000 <= code <= 0xF8FF or code >= 0xF0000
        if letter in "\n\t\u2068\u2069" or code in self.known and not is_private:
            return letter
        return "" if code < 32 or 0x200B <= code <= 0x206F else "\u25a1" if 0x25A1 in self.known else "?"


def main():
    root, fonts = sys.argv[1:]
    files = [os.path.join(fonts, name) for name in FONTS]
    missing = [file for file in files if not os.path.exists(file)]
    if missing:
        return answer({"error": f"{missing[0]} is not there"})
    try:
        import typst
    except ImportError as error:
        return answer({"error": str(error)})
    with tempfile.TemporaryDirectory(prefix="tounesna-papers.") as folder:
        serve(typst, root, files, folder)


def serve(typst, root, files, folder):
    # Of a folder all fonts are read, and Debian's holds hundreds.
    os.mkdir(os.path.join(folder, "fonts"))
    for file in files:
        os.symlink(os.path.abspath(file), os.path.join(folder, "fonts", os.path.basename(file)))
    known = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[os.path.join(folder, "fonts")])
    for name in os.listdir(root):
        if name.endswith(".typ"):
            shutil.copy(os.path.join(root, name), folder)
    compilers, shown = {}, None
    answer({"ready": True})
    for line in sys.stdin:
        request = json.loads(line)
        template = request["template"]
        try:
            if template not in compilers:
                path = os.path.join(folder, f"template-{len(compilers)}.typ")
                with open(path, "w", encoding="utf-8") as file:
                    file.write(template)
                compilers[template] = typst.Compiler(path, root=folder, font_paths=known)

            def make(data):
                return compilers[template].compile(
                    format="pdf", pdf_standards=STANDARDS, sys_inputs={"data": json.dumps(data)})

            try:
                pdf = make(request["data"])
            except typst.TypstError:
                # A letter that no font has: a box stands for it. Anything else fails again.
                shown = shown or Shown(files)
                pdf = make(shown.of(request["data"]))
            answer({"pdf": base64.b64encode(pdf).decode()})
        except Exception as error:
            answer({"error": str(error)})


main()
