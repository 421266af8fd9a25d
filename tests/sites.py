"""Sites for tests: a small library on disk, built with the repository's own templates and assets."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from briefing.cli.arguments import REPOSITORY
from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import Memo
from briefing.model.documents import Document
from briefing.model.pages import Page
from briefing.model.steps import Source, WeaveInput
from briefing.parse.document import parse
from briefing.parse.places import place_sources, take_vocabulary
from briefing.parse.vocabulary import define
from briefing.pipeline.build import build, build_site
from briefing.pipeline.report import Report
from briefing.pipeline.result import BuildResult
from briefing.problem_codes import CODES
from briefing.problems import Problem
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.weave.weave import weave
from briefing.write.manifest import MANIFEST

INHERITED = {name: os.environ[name] for name in ("PATH", "PYTHONPYCACHEPREFIX") if name in os.environ}
"""What a process of a test gets from the one that starts it; see `conftest.py`."""
NOW = "2026-03-01"
"""The day for which test sites are built."""

DEFAULT = """\
-- content/site.yaml --
title: The Riverside Library
tagline: What the town library does, and how we know
base_url: https://library.example/guide
language: en-GB
publisher: {name: Friends of the Library}
contact: friends@library.example
licence: {name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}
navigation: [{label: A to Z, to: /a-z/}]
safety:
  exit: {url: "https://weather.example/", label: Leave}
  pictures: [{file: map.svg, reason: Shows the river.}]
-- content/pages/index.md --
---
title: The Riverside Library
summary: Everything about the library on the river.
---
Welcome to the library.
"""
"""The files of every test site that does not replace them."""

_FILE = re.compile(r"^-- (\S.*?) --\n", re.MULTILINE)


def files_in(text: str) -> dict[str, str]:
    """Return the files in one string, each below a line `-- path --`."""
    _, *parts = _FILE.split(text)
    return dict(zip(parts[::2], parts[1::2], strict=True))


def brief(title: str = "Opening hours", body: str = "The library opens at nine.\n", **fields: str) -> str:
    """Return the text of a brief; other keyword arguments become fields of its front matter."""
    more = "".join(f"{name}: {value}\n" for name, value in fields.items())
    end = "\n" if body and not body.endswith("\n") else ""
    return f"---\ntitle: {title}\nsummary: About it.\nas_of: 2026-01-10\n{more}---\n{body}{end}"


def places(problems: Iterable[Problem]) -> list[tuple[str, str, int, int]]:
    """Return the code, path, line and column of each problem."""
    return [(one.code, one.path, one.line, one.column) for one in problems]


def codes(problems: Iterable[Problem]) -> list[str]:
    """Return the code of each problem."""
    return [one.code for one in problems]


def documents(site: Site, **options: Any) -> list[Document]:
    """Parse every file of a site."""
    snapshot = read(site.project(**options))
    return [parse(source) for source in place_sources(snapshot, define(take_vocabulary(snapshot)).vocabulary)[0]]


def document(text: str | bytes, kind: str = "brief", path: str = "content/briefs/hours.md") -> Document:
    """Parse a text that is not in a file."""
    data = text if isinstance(text, bytes) else text.encode()
    return parse(Source(path, kind, Hashed.of(data)))


class Site:
    """A site in a folder of its own."""

    def __init__(self, root: Path, text: str = "", default: str = DEFAULT) -> None:
        self.root = root
        for path, content in (files_in(default) | files_in(text)).items():
            self.write(path, content)

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file, and create its folder."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())

    def read(self, path: str) -> str:
        """Return the text of a file."""
        return (self.root / path).read_bytes().decode()

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace words that are exactly once in a file."""
        text = self.read(path)
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {path}"
        self.write(path, text.replace(old, new))

    def delete(self, path: str) -> None:
        """Remove a file."""
        (self.root / path).unlink()

    def rename(self, old: str, new: str) -> None:
        """Move a file."""
        target = self.root / new
        target.parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(target)

    def project(self, **options: Any) -> Project:
        """Return the project, as the command makes it for `--site`."""
        layers = (REPOSITORY, self.root)
        given: dict[str, Any] = {
            "root": self.root,
            "output": self.root / "output",
            "templates": tuple(layer / "templates" for layer in layers),
            "assets": tuple(layer / "assets" for layer in layers),
            "now": NOW,
        }
        return Project(**(given | options))

    def build(
        self,
        memo: Memo | None = None,
        mapper: Callable[..., Any] = map,
        strict: bool = False,
        dry_run: bool = False,
        **options: Any,
    ) -> Report:
        """Build it as the command does, with its own memo or with the one given, which stays open."""
        project = self.project(**options)
        used = memo or Memo(project.memo)
        try:
            return build(project, used, mapper, strict, dry_run)
        finally:
            if memo is None:
                used.close()

    def result(self, memo: Memo | None = None, **options: Any) -> BuildResult:
        """Build it without writing, from nothing or with the memo given, and return everything that the build made."""
        project = self.project(**options)
        return build_site(project, read(project), memo or Memo())[0]

    def good(self, **options: Any) -> Report:
        """Build it; there must be no errors."""
        report = self.build(**options)
        assert [one for one in report.problems if one.level == "error"] == []
        return report

    def check(self, **options: Any) -> tuple[Problem, ...]:
        """Return its problems, from a build from nothing that writes nothing."""
        return self.build(Memo(), dry_run=True, **options).problems

    def errors(self, **options: Any) -> tuple[Problem, ...]:
        """Return its errors."""
        return tuple(one for one in self.check(**options) if one.level == "error")

    def output(self, folder: str = "output") -> dict[str, bytes]:
        """Return every file of the output folder except the manifest."""
        root = self.root / folder
        found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
        found.pop(MANIFEST, None)
        return found

    def page(self, address: str) -> str:
        """Return the text of one page of the output folder."""
        path = address.removeprefix("/")
        return self.read(f"output/{path}index.html" if address.endswith("/") else f"output/{path}")

    def run(self, *arguments: str, typed: str = "", **environment: str) -> Finished:
        """Run the real command on this site in its own process; `typed` is its standard input."""
        command = [sys.executable, str(REPOSITORY / "build.py"), *arguments, "--site", str(self.root)]
        known = INHERITED | {"SOURCE_DATE_EPOCH": "1772323200"}
        return subprocess.run(
            command,
            env=known | environment,
            cwd=self.root,
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )


Finished = subprocess.CompletedProcess[str]
MakeSite = Callable[..., Site]


def pages(site: Site, **options: Any) -> dict[str, Page]:
    """Weave a site that has no errors, and return its pages by address."""
    project = site.project(**options)
    snapshot = read(project)
    vocabulary = define(take_vocabulary(snapshot)).vocabulary
    outlines = tuple(parse(source).outline for source in place_sources(snapshot, vocabulary)[0])
    woven = weave(WeaveInput(outlines, (), project.now, project.base_url, project.drafts, vocabulary=vocabulary))
    assert [] == [one for one in woven.problems if CODES[one.finding.code].level == "error"]
    return {plan.address: plan.page.value for plan in woven.plans}
