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
    Kind(
        name="case",
        singular="Case",
        plural="Cases",
        home="cases",
        own_file=(".md",),
        has_body=True,
        address="/cases/{id}/",
        page_template="brief.html",
        listing="/cases/",
        article=True,
        in_single_file=8,
    ),
"""
CONTENT = f"""\
-- content/briefs/hours.md --
{brief(body="The [[book-bus]] stops at nine, see [the case](../cases/lost-book.md).")}
-- content/cases/lost-book.md --
{brief("The lost book", body="It was on the [[book-bus]].", in_brief="[It was found.]")}
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
    """Make a copy of the generator with two more kinds: an entry and a schema for each, and nothing else."""
    folder = tmp_path_factory.mktemp("program")
    for part in ("briefing", "templates", "assets"):
        shutil.copytree(REPOSITORY / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(REPOSITORY / "build.py", folder)
    kinds = folder / "briefing/model/kinds.py"
    before, end, after = kinds.read_text(encoding="utf-8").partition(")\n\n\ndef by_name")
    kinds.write_text(before + ENTRY + end + after, encoding="utf-8")
    for name, like, description in (
        ("vehicle", "place", "Something that drives."),
        ("case", "brief", "Something odd."),
    ):
        schema = json.loads((folder / f"briefing/schema/{like}.json").read_text(encoding="utf-8"))
        schema |= {"$id": f"{name}.json", "title": name.title(), "description": description}
        (folder / f"briefing/schema/{name}.json").write_text(json.dumps(schema), encoding="utf-8")
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


def test_a_kind_of_article_is_treated_as_the_briefs_are(program: Path, site: MakeSite) -> None:
    """Its texts have pages, and are on the home page, in the one-file edition, in the guide and published as Markdown."""
    one = site(CONTENT)
    one.edit(
        "content/site.yaml", "title: The Riverside Library\n", "title: The Riverside Library\nmarkdown_twins: true\n"
    )
    run(program, one, "build", "--now", NOW, "--no-search")
    output = {path: data.decode() for path, data in one.output().items() if path.endswith((".html", ".md", ".txt"))}
    page = output["cases/lost-book/index.html"]
    assert "It was found." in page
    assert 'href="index.md"' in page
    assert "# The lost book" in output["cases/lost-book/index.md"]
    assert "cases/lost-book/" in output["index.html"]
    assert "It was found." in output["briefing.html"]
    assert "The lost book" in output["llms.txt"]
    assert "The lost book" in output["vehicles/book-bus/index.html"]


def test_a_new_record_and_the_editors_files_know_it(program: Path, site: MakeSite) -> None:
    """A draft of it is made from its schema, and editors complete its fields."""
    one = site(CONTENT)
    assert "content/vehicles.yaml:11" in run(program, one, "new", "vehicle", "Tractor")
    assert "content/vehicles.yaml" in one.read(".vscode/settings.json")
    assert "Something that drives." in one.read(".vscode/schema/vehicles.json")
    run(program, one, "check", "--now", NOW)
    assert '- id: tractor\n  name: "Tractor"\n' in one.read("content/vehicles.yaml")
