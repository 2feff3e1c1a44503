"""A real Chromium for the tests, from a locked npm package; it looks for nothing on the machine.

The package carries a build for Linux on x86-64. Elsewhere the variable CHROMIUM names the program
of a Chromium of your own.
"""

import base64
import json
import subprocess
from pathlib import Path

import fasteners

from reports.render.fonts import font_files
from tests.node import NODE, install_once, run

HERE = Path(__file__).parent
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>{folders}<cachedir>{cache}</cachedir></fontconfig>
"""


class Chromium:
    """One browser with one page at a time."""

    def __init__(self, program=""):
        install_once(HERE)
        process = subprocess.Popen(
            [NODE, HERE / "driver.mjs"],
            cwd=HERE,
            env=_environment(program),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin
        assert process.stdout
        self.process, self.asked, self.answered = process, process.stdin, process.stdout
        self.version = self._answer()

    def close(self):
        self.process.communicate(timeout=30)

    def visit(self, url, **how):
        """Open an address in a fresh context and return the status of the answer."""
        return self.ask("visit", url=url, **how)

    def axe(self):
        """Return what axe finds wrong; that it looked at the page is checked here."""
        found = self.ask("axe")
        assert {"color-contrast", "document-title"} <= set(found["passed"])
        return found["violations"]

    def evaluate(self, script):
        return self.ask("evaluate", script=script)

    def press(self, *keys):
        for key in keys:
            self.ask("press", keys=key)

    def type(self, text):
        self.ask("type", text=text)

    def pdf(self, paper):
        return base64.b64decode(self.ask("pdf", format=paper))

    def ask(self, command, **values):
        self.asked.write(json.dumps({"command": command, **values}) + "\n")
        self.asked.flush()
        return self._answer()

    def _answer(self):
        line = self.answered.readline()
        assert line, "Chromium did not start, or ended."
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["answer"]


def _environment(program):
    """Return where Chromium and its libraries are, and which fonts it sees."""
    with fasteners.InterProcessLock(HERE / ".installing"):
        folder = Path(run(HERE, HERE / "unpack.mjs"))
        fonts = folder / "fonts.conf"
        places = sorted({f"<dir>{face.parent}</dir>" for face in font_files()})
        fonts.write_text(FONTS.format(folders="".join(places), cache=folder / "font-cache"))
    return {
        "CHROMIUM": program or str(folder / "chromium"),
        "LD_LIBRARY_PATH": "" if program else str(folder / "al2023" / "lib"),
        "FONTCONFIG_FILE": str(fonts),
        "HOME": str(folder),
    }
