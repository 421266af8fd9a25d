"""Templates and style sheets that a site has of its own, in place of those of the generator."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from briefing import __version__
from briefing.disk import read_file, replace_file
from briefing.project import THEME
from briefing.scaffold.errors import CannotCreate
from briefing.suggestions import Names
from briefing.values import dataclass

_COMMENTS = {"templates": "{#- %s -#}", "assets": "/* %s */"}
"""How a comment is written in the files that can be copied, by their folders."""
_TEXTS = {"templates": ("",), "assets": (".css", ".js")}
"""How the names of these files end."""
_COPIED = re.compile(r"Copied from briefing (\S+), ([0-9a-f]{16})\b")


@dataclass(frozen=True, slots=True)
class Override:
    """A file of a site that replaces one of the theme."""

    path: str
    """`templates/brief.html`"""
    copied_from: str
    """The version that it was copied from; empty if it does not say."""
    is_current: bool
    """Whether the file of the theme is still the one that was copied."""


def copy_file(root: Path, name: str) -> str:
    """Copy a template or a style sheet of the theme into a site, to be changed there; return its path.

    `name` is its path with or without the first folder: `brief.html`. Raises CannotCreate if there is no such file, if
    it is no text, or if the site has it already.
    """
    paths = list_theme()
    short = {path.partition("/")[2]: path for path in paths}
    path = name if name in paths else short.get(name)
    if path is None:
        raise CannotCreate(f"the theme has no file “{name}”{_advise(name, short)}")
    if read_file(root, path) is not None:
        raise CannotCreate(f"{path} is there already")
    data = (THEME / path).read_bytes()
    comment = _COMMENTS[path.partition("/")[0]] % f"Copied from briefing {__version__}, {_digest(data)}"
    replace_file(root, path, f"{comment}\n".encode() + data)
    return path


def _advise(name: str, short: dict[str, str]) -> str:
    """Return what was meant by a name that no file has: a file with a part of this name, or one with a similar name."""
    stem = Path(name).stem
    parts = re.compile(rf"{{%-? *(?:macro|block) +{re.escape(stem)}\b")
    found = [one for one, path in short.items() if parts.search((THEME / path).read_text("utf-8"))]
    if found:
        return f"; “{stem}” is a part of {found[0]}"
    stems = {Path(one).stem: one for one in sorted(short, key=len, reverse=True)}
    close = Names(stems).nearest(stem, 1)
    return f"; did you mean {stems[close[0]]}?" if close else ""


def list_theme() -> list[str]:
    """Return the paths of the templates, style sheets and scripts of the theme."""
    files = [path for name, ends in _TEXTS.items() for path in (THEME / name).rglob("*") if path.name.endswith(ends)]
    return sorted(path.relative_to(THEME).as_posix() for path in files if path.is_file())


def list_overrides(root: Path) -> list[Override]:
    """Return the files of a site that replace files of the theme."""
    if root == THEME:
        return []
    found = []
    for path in list_theme():
        data = read_file(root, path)
        if data is not None:
            copied = _COPIED.search(data[:200].decode("utf-8", "replace"))
            version, digest = copied.groups() if copied else ("", "")
            found.append(Override(path, version, digest == _digest((THEME / path).read_bytes())))
    return found


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
