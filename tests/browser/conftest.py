"""A browser, and pages served with the headers that the service sends."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files

import pytest

from config import env
from tests.browser.chromium import Chromium


@pytest.fixture(scope="session")
def browser():
    chromium = Chromium(env.env_str("CHROMIUM", default=""))
    yield chromium
    chromium.close()


class Pages(SimpleHTTPRequestHandler):
    """Serve what a test put in a folder, and the static files of the reports."""

    def translate_path(self, path):
        if path.startswith("/static/"):
            return str(files("reports") / "static" / path.removeprefix("/static/"))
        return super().translate_path(path)

    def end_headers(self):
        from api.clinician import POLICY  # needs settings, which come after this module

        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *words):
        """Keep quiet."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Return a function that puts a page up and returns its address."""
    folder = tmp_path_factory.mktemp("site")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def put(name, page):
            (folder / f"{name}.html").write_text(page, encoding="utf-8")
            return f"http://127.0.0.1:{server.server_port}/{name}.html"

        yield put
        server.shutdown()
