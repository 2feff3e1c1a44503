"""The version after this one: a copy of the code with migrations as tests/upgrade allows them."""

import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("api", "config", "diary", "reports")
CODE = """from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("diary", "{before}")]
    {body}
"""
COLUMNS = """operations = [
        migrations.AddField("episode", "later", models.TextField(null=True)),
        migrations.AddField("episode", "counted", models.IntegerField(db_default=0)),
        migrations.AddField("entryversion", "later", models.TextField(null=True)),
        migrations.CreateModel("Later", [("id", models.BigAutoField(primary_key=True))]),
    ]"""
INDEX = """atomic = False
    operations = [
        AddIndexConcurrently(
            "episode", models.Index(fields=["person", "later"], name="episode_by_later")
        ),
    ]"""


def make_next_version(folder: Path) -> Path:
    """Copy the code into the folder and add two migrations; return where its programs run."""
    place = folder / "next"
    if place.exists():
        return place
    for part in PARTS:
        shutil.copytree(ROOT / part, place / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", place)
    migrations = place / "diary" / "migrations"
    [*_, last] = sorted(path.stem for path in migrations.glob("[0-9]*.py"))
    for name, before, body in (
        ("9001_columns", last, COLUMNS),
        ("9002_index", "9001_columns", INDEX),
    ):
        (migrations / f"{name}.py").write_text(CODE.format(before=before, body=body))
    return place
