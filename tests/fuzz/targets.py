"""What is held of every text: it is read or refused with problems, in its place, and no page that it gives can run it."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import Memo
from briefing.model.files import ContentFile, Snapshot
from briefing.model.kinds import KINDS
from briefing.model.steps import Source
from briefing.parse.document import parse
from briefing.parse.yaml_tree import load
from briefing.pipeline.build import build_site
from briefing.problems import Problem
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.text.source_text import Lines, ReadError, decode
from tests.hostile import dangers
from tests.sites import Site, brief

LIBRARY = f"""
-- content/briefs/hours.md --
{brief("Opening hours", "## When we open {#when}" + chr(10) + chr(10) + "At nine [@minutes#roof, p. 3].")}
-- content/people.yaml --
- {{id: ada, name: Ada Reed, summary: Keeps the books., aka: [The keeper]}}
-- content/numbers.yaml --
- {{id: visits, value: "1,240", label: Visits, definition: In a week., as_of: 2025, source: minutes}}
-- content/glossary.yaml --
- {{id: loan, term: Loan, meaning: A book taken home.}}
-- content/sources.yaml --
- id: minutes
  type: report
  title: Minutes
  issued: 2025
  tier: primary
  publisher: The Board
  passages: [{{id: roof, locator: p. 7, says: It leaks.}}]
-- assets/map.svg --
<svg viewBox="0 0 40 30"></svg>
"""
"""A small site, which a text is put into."""
PATH = "content/briefs/found.md"
_WAYS = (
    "[[{}]]", "[[hours|{}]]", "[[hours#{}]]", "[[={}]]", "[x]({})", "[x](<{}>)", "[{}](hours.md)", "![{}](map.svg)",
    "![x]({})", "[x][r]\n\n[r]: {}", "[x](https://a.example/{})", "[x](hours.md){: href={} }", "<{}>", "## {}\n\n[x](#{})",
)  # fmt: skip
"""Ways to write a link."""
_KEPT = 200
"""Builds after which a new memo is started."""


def read_yaml(text: str) -> None:
    """A YAML text gives a tree or one fault, with every problem inside the text."""
    lines = Lines.of(text)
    try:
        lines = Lines.of(decode(PATH, text.encode("utf-8", "surrogatepass")))
        _, problems = load(PATH, lines.text, lines)
    except ReadError as fault:
        problems = [fault.problem]
    _are_in_place(problems, lines.text)


def read_record(text: str) -> None:
    """A record of any kind, chosen by the first character, is read or refused."""
    names = [*(kind.name for kind in KINDS), "site", "never-publish"]
    kind = names[ord(text[0]) % len(names)] if text else "person"
    _read("content/found.yaml", kind, text[1:])


def read_front_matter(text: str) -> None:
    """A brief whose front matter is any text is read or refused."""
    _read(PATH, "brief", f"---\n{text}\n---\nThe text.\n")


def read_markdown(text: str) -> None:
    """A brief whose body is any text gives nothing that could run."""
    _read(PATH, "brief", brief(body=text))


def follow_citation(text: str) -> None:
    """Whatever is cited, in the text, in a field and in a footnote: the build says what is wrong, or its pages are safe."""
    fields = {"sensitivity": text, "in_brief": [f"It is so [@minutes, {text}]."]}
    front = "".join(f"{name}: {json.dumps(value)}\n" for name, value in fields.items())
    body = f"It is so [@{text}]. And [see @minutes, {text}; {text} @minutes#roof].[^1]\n\n[^1]: [@minutes#{text}]\n"
    _build(f"---\ntitle: Found\nsummary: Found.\nas_of: 2026\n{front}---\n{body}")


def follow_link(text: str) -> None:
    """A link to any address, in the form that the first character chooses: the build reports it, or its pages are safe."""
    way = _WAYS[ord(text[0]) % len(_WAYS)] if text else "{}"
    _build(brief("Found", way.replace("{}", text[1:])))


TARGETS: dict[str, Callable[[str], None]] = {
    "yaml": read_yaml,
    "record": read_record,
    "front-matter": read_front_matter,
    "markdown": read_markdown,
    "citation": follow_citation,
    "link": follow_link,
}
"""What can be fuzzed, by the name of the folder that holds its seeds."""


def _read(path: str, kind: str, text: str) -> None:
    document = parse(Source(path, kind, Hashed.of(text.encode("utf-8", "surrogatepass"))))
    _are_in_place(document.problems, text)
    assert [] == dangers(document.body.value), "a body holds something that runs"
    proses = [prose for record in document.outline.value.records for prose in _proses(record)]
    for prose in proses:
        assert [] == dangers(prose), "a field holds something that runs"
    for placeholder in re.findall("<placeholder[^>]*>", "".join([document.body.value, *proses])):
        assert re.fullmatch('<placeholder n="\\d+">', placeholder), "a hole that nothing fills"


def _proses(value: object) -> Iterator[str]:
    """Return the HTML of every text within a value."""
    if isinstance(value, tuple):
        for one in value:
            yield from _proses(one)
    elif hasattr(value, "__dataclass_fields__"):
        if type(value).__name__ == "Prose":
            yield value.html  # type: ignore[attr-defined]
        else:
            for name in value.__dataclass_fields__:
                yield from _proses(getattr(value, name))


def _are_in_place(problems: Iterable[Problem], text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff").split("\n")
    for problem in problems:
        assert problem.line <= len(lines), f"{problem} is below the text"
        assert not problem.line or 1 <= problem.column, f"{problem} is before its line"


@cache
def _library() -> tuple[Project, Snapshot]:
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder), LIBRARY)
        return site.project(), read(site.project())


class _Answers:
    """A memo that is emptied now and then, since a fuzzer never ends."""

    def __init__(self) -> None:
        self.memo, self.asked = Memo(), 0

    def __call__(self) -> Memo:
        self.asked += 1
        if self.asked % _KEPT == 0:
            self.memo.close()
            self.memo = Memo()
        return self.memo


_answers = _Answers()


def _build(text: str) -> None:
    """Build the small site with one brief more, in memory, and hold its pages."""
    project, snapshot = _library()
    found = ContentFile(PATH, Hashed.of(text.encode("utf-8", "surrogatepass")))
    result, _ = build_site(project, replace(snapshot, sources=(*snapshot.sources, found)), _answers())
    _are_in_place([one for one in result.summary.problems if one.path == PATH], text)
    assert bool(result.files) != any(one.level == "error" for one in result.summary.problems)
    for file in result.files:
        assert not file.path.startswith("/") and ".." not in file.path.split("/")
        if file.path.endswith(".html"):
            assert [] == dangers(file.data.value.decode(), file.path == "briefing.html"), file.path
