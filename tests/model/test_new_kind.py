"""A new kind of record: what it takes, and what it gets."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from briefing.cli.arguments import REPOSITORY
from tests.sites import NOW, MakeSite, Site, brief

ENTRY = """\
    Kind(
        name="vehicle",
        singular="Vehicle",
        plural="Vehicles",
        about="What the library drives.",
        home="vehicles",
        has_body=True,
        title_field="name",
        address="/vehicles/{id}/",
        page_template="record.html",
        listing="/vehicles/",
        dated=True,
        must_be_used=True,
        carries_support=True,
    ),
"""
CONTENT = f"""\
-- content/briefs/hours.md --
{brief(body="The [[book-bus]] stops at nine.")}
-- content/vehicles.yaml --
- id: book-bus
  name: Book bus
  summary: Brings books to the villages.
  text: "It is [[van|not the van]]."
  as_of: 2026-01
  redirect_from: [/bus/]
- id: van
  name: Van
  summary: Brings everything else.
-- content/support.yaml --
- {{id: desk, name: The desk, who_for: Readers, number: "999", checked: not-yet}}
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a copy of the generator with one kind more: an entry and a schema, and nothing else."""
    folder = tmp_path_factory.mktemp("program")
    for part in ("briefing", "templates", "assets"):
        shutil.copytree(REPOSITORY / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "build.py", folder)
    kinds = folder / "briefing/model/kinds.py"
    before, end, after = kinds.read_text(encoding="utf-8").partition(")\nBY_NAME")
    kinds.write_text(before + ENTRY + end + after, encoding="utf-8")
    schema = json.loads((folder / "briefing/schema/place.json").read_text(encoding="utf-8"))
    del schema["properties"]["region"], schema["properties"]["dates"]
    schema |= {"$id": "vehicle.json", "title": "Vehicle", "description": "Something that drives."}
    (folder / "briefing/schema/vehicle.json").write_text(json.dumps(schema), encoding="utf-8")
    return folder


def run(program: Path, one: Site, *arguments: str) -> str:
    """Run a command of the changed generator on a site; return what it says."""
    command = [sys.executable, str(program / "build.py"), *arguments, "--site", str(one.root)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert 0 == done.returncode, done.stderr
    return done.stdout + done.stderr


def test_an_entry_and_a_schema_make_a_kind(program: Path, site: MakeSite) -> None:
    """Its records have pages, a list, links, mentions, redirects and entries in the indexes; all checks look at them."""
    one = site(CONTENT)
    run(program, one, "build", "--now", NOW, "--no-search")
    output = {path: data.decode() for path, data in one.output().items() if path.endswith((".html", ".xml", ".txt"))}
    page, listing = output["vehicles/book-bus/index.html"], output["vehicles/index.html"]
    assert "Brings books to the villages." in page
    assert "Opening hours" in page, "the brief that mentions it"
    assert 'href="../van/"' in page
    assert "The desk" in page, "the support box"
    assert ["Book bus", "Van"] == [name for name in ("Book bus", "Van") if name in listing]
    assert "What the library drives." in listing
    assert "vehicles/book-bus/" in output["bus/index.html"]
    assert "../vehicles/book-bus/" in output["a-z/index.html"]
    assert "/vehicles/van/" in output["sitemap.xml"]
    assert "What the library drives." in output["llms.txt"]
    notes = run(program, one, "todo", "--now", NOW)
    assert "undated  content/vehicles.yaml:7:7" in notes


def test_a_new_record_and_the_editors_files_know_it(program: Path, site: MakeSite) -> None:
    """A draft of it is made from its schema, and editors complete its fields."""
    one = site(CONTENT)
    assert "content/vehicles.yaml:11" in run(program, one, "new", "vehicle", "Tractor")
    assert "content/vehicles.yaml" in one.read(".vscode/settings.json")
    assert "Something that drives." in one.read(".vscode/schema/vehicles.json")
    run(program, one, "check", "--now", NOW)
    assert '- id: tractor\n  name: "Tractor"\n' in one.read("content/vehicles.yaml")
