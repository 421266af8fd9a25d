"""Each generator as it is run: where its corpus goes, the command that builds and the one that serves."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pagefind_bin import get_executable

from bench import dialects
from bench.dialects import HERE, Places, Write

Command = list[str]


@dataclass(frozen=True, slots=True)
class Tool:
    """A generator. `build` gets the file that was edited, None where none was; `serve` gets a port."""

    name: str
    write: Write
    output: str
    """The folder of the built site within the site's."""
    kept: tuple[str, ...]
    """What a build leaves beside its output, which a first build does not have."""
    build: Callable[[Path | None], Command]
    serve: Callable[[int], Command] | None = None
    modules: Path | None = None
    """Packages that its configuration imports, and that must stand beside it."""

    @property
    def is_ours(self) -> bool:
        """Whether the others are compared with it."""
        return self.name.startswith("ours")

    def prepare(self, folder: Path, count: int) -> Places:
        """Write a corpus in an empty folder."""
        places = self.write(folder, count)
        if self.modules:
            (folder / "node_modules").symlink_to(self.modules)
        return places


def all_tools(installed: Path) -> tuple[Tool, ...]:
    """Return every generator; `installed` is the folder where `make` put the others.

    MkDocs has a search of its own. With Pagefind, Hugo and Pelican make the same index that ours does, of the same texts.
    """
    node = installed / "eleventy/node_modules"
    eleventy = str(node / ".bin/eleventy")
    peers = installed / "peers/bin"

    def incremental(edited: Path | None) -> Command:
        """Build what an edit needs. Eleventy is pinned to 3.1.1: in 3.1.8 this failed for an edited brief."""
        return [eleventy, "--quiet", *([f"--incremental={edited}"] if edited else [])]

    other = installed / "python/bin/python"  # of a distribution, where there is one
    return (
        ours(),
        ours("--no-search"),
        *([ours("--no-search", python=str(other))] if other.exists() else []),
        ours("--no-search", kind="citations"),
        ours("--no-search", kind="links"),
        Tool(
            "Hugo",
            dialects.hugo,
            "public",
            ("resources", ".hugo_build.lock"),
            lambda edited: [_hugo(installed), "--quiet"],
            lambda port: [_hugo(installed), "server", "--port", str(port), "--bind", "127.0.0.1"],
        ),
        Tool(
            "Eleventy",
            dialects.eleventy,
            "_site",
            (),
            incremental,
            lambda port: [eleventy, "--serve", f"--port={port}", "--quiet"],
            node,
        ),
        Tool(
            "MkDocs",
            dialects.mkdocs,
            "site",
            (),
            lambda edited: [str(peers / "mkdocs"), "build", "--quiet"],
            lambda port: [str(peers / "mkdocs"), "serve", "--dev-addr", f"127.0.0.1:{port}", "--quiet"],
        ),
        Tool("Pelican", dialects.pelican, "output", ("cache",), lambda edited: [str(peers / "pelican"), "--quiet"]),
        Tool(
            "Hugo, Pagefind",
            dialects.hugo,
            "public",
            ("resources", ".hugo_build.lock"),
            lambda edited: _then_pagefind("public", _hugo(installed), "--quiet"),
        ),
        Tool(
            "MkDocs, search",
            dialects.mkdocs_with_search,
            "site",
            (),
            lambda edited: [str(peers / "mkdocs"), "build", "--quiet"],
        ),
        Tool(
            "Pelican, Pagefind",
            dialects.pelican,
            "output",
            ("cache",),
            lambda edited: _then_pagefind("output", str(peers / "pelican"), "--quiet"),
        ),
    )


def ours(*options: str, python: str = sys.executable, kind: str = "plain") -> Tool:
    """Return our own generator, run as anybody runs it, for texts of one kind."""

    def command(verb: str, *more: str) -> Command:
        return [python, str(HERE / "build.py"), verb, "--site", ".", *more]

    name = " ".join(("ours", *options))
    name = name if python == sys.executable else f"the system's Python, {name}"
    return Tool(
        name if kind == "plain" else f"many {kind}, {name}",
        partial(dialects.ours, kind=kind),
        "output",
        (".cache",),
        lambda edited: command("build", "--timings", *options),
        None if options else lambda port: command("preview", "--port", str(port), "--quiet"),
    )


def _then_pagefind(output: str, *command: str) -> Command:
    """Return the command that builds a site and then its search index."""
    return ["sh", "-ec", '"$@"; exec "$0" --site ' + f"{output} --silent", str(get_executable()), *command]


def _hugo(installed: Path) -> str:
    """Find Hugo's own binary: the command that PyPI's package installs starts Python first."""
    return str(next(installed.glob("peers/lib/python*/site-packages/hugo/binaries/hugo")))
