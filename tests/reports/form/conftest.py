"""Reports that are not among the usual editions, most of them from a broken template."""

import pytest

from reports.render import pdf as renderer
from reports.render.pdf import render_pdf
from tests.reports.form.editions import described


@pytest.fixture
def broken_template(monkeypatch, template):
    """Change one passage of the template for what is drawn from here on, or add to its end."""

    def change(passage="", replacement="", *, added=""):
        assert passage in template
        changed = template.replace(passage, replacement) if passage else template + added
        monkeypatch.setattr(renderer, "_template", lambda: changed)

    return change


@pytest.fixture
def drawn_with(broken_template):
    """Draw the usual diary with a broken template."""

    def draw(passage="", replacement="", *, added=""):
        broken_template(passage, replacement, added=added)
        return render_pdf(*described("usual"))

    return draw
