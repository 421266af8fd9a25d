"""Which paths the files of a site may have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from briefing.model.addresses import fold, folders_of
from briefing.problems import Finding, Problem
from briefing.write.manifest import MANIFEST

_LONGEST_NAME = 255
"""Bytes that common file systems allow for one name."""
OUTSIDE = Finding(
    "outside-output",
    "this file would be written outside the output folder",
    "choose another id; if the folder contains links, replace them by folders",
)
_HINT = "choose another id, file name or redirect_from"
_DEVICE = re.compile(
    r"(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])[ .]*(?:\..*)?", re.IGNORECASE | re.DOTALL
)
"""Names that mean a device on Windows, with any ending."""
_CONTROL = re.compile(r"[\0-\x1f\x7f]")
_SHORT = re.compile(r"[^.]{1,6}~[0-9]{1,6}(?:\.[^.]{0,3})?")
"""Names as Windows makes them up for files whose names are longer: `briefi~1.htm` may be another file."""
_PART = r"(?!(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./]|$))[a-z0-9_-]+(?:\.[a-z0-9_-]+)*"
_PLAIN = re.compile(rf"{_PART}(?:/{_PART})*")
"""Most paths: small letters, digits, hyphens and dots between them, and no device. None of them is refused."""
_SIGNS = str.maketrans("\u2010\u2011\u2019\u02bc", "--''")
"""Hyphens and apostrophes that look like those of a keyboard."""
_SELECTORS = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0x180B, 0x1810), *range(0xE0100, 0xE01F0))))
"""Characters that select a form of the one before them."""


def check_paths(paths: Iterable[str], folder: str) -> Iterator[Problem]:
    """Yield a problem for each path that cannot be written, or not beside another one on every disk.

    A path stays inside the output folder, and each part of it is a name on every system. Two paths clash if only case,
    accents, invisible characters or letters of another script that look alike distinguish them, and if one is a folder
    of the other. `folder` is the name of the output folder, for the places of the problems.
    """
    files = {fold(MANIFEST): MANIFEST}
    shapes = dict(files)
    for path in paths:
        shown = f"{folder}/{path[:120]}".replace("\0", "?")
        is_plain = len(path) <= _LONGEST_NAME and _PLAIN.fullmatch(path)
        if not is_plain and (finding := _check_path(path)):
            yield finding.at(shown)
            continue
        key = fold(path)
        shape = key if path.isascii() else _shape(path)
        if other := files.get(key):
            same = (
                "two files of the site have this path"
                if other == path
                else f"only case or accents distinguish this path from {other}"
            )
            yield Finding("address-clash", same, _HINT).at(shown)
        elif (other := shapes.get(shape)) and _mixes_scripts(path, other):
            message = f"only characters that look alike or that nobody sees distinguish this path from {other}"
            yield Finding("address-clash", message, _HINT).at(shown)
        else:
            files[key] = path
            shapes.setdefault(shape, path)
    for key, path in files.items():
        for parent in folders_of(key):
            if parent in files:
                message = f"{files[parent]} is a file of the site, so it cannot be a folder that contains {path}"
                yield Finding("address-clash", message, _HINT).at(f"{folder}/{files[parent]}")


def _check_path(path: str) -> Finding | None:
    parts = path.split("/")
    if "\0" in path or any(len(part.encode()) > _LONGEST_NAME for part in parts):
        message = f"a file name can have at most {_LONGEST_NAME} bytes, and no null byte"
        return Finding("impossible-name", message, "choose a shorter id")
    if not all(map(is_name, parts)):
        return OUTSIDE
    if any(part.startswith(".") or part.endswith((".", " ")) for part in parts):
        message = "no part of a published path can start with a dot, or end with a dot or a space"
        return Finding("impossible-name", message, _HINT)
    if any(_DEVICE.fullmatch(part) or _SHORT.fullmatch(part) for part in parts):
        return Finding("impossible-name", "on Windows, this name means a device or another file", _HINT)
    if _CONTROL.search(path):
        return Finding("impossible-name", "a published path has a control character, such as a tab", _HINT)
    return None if path.isascii() else _check_hidden(path)


def _check_hidden(path: str) -> Finding | None:
    from briefing.text.hidden import refuse_hidden  # which few builds need

    for _, finding in refuse_hidden(path)[1]:
        return Finding("impossible-name", f"in a published path, {finding.message}", _HINT)
    return None


def _shape(path: str) -> str:
    """Return the same text for paths that look alike: other scripts in Latin letters, without invisible characters."""
    from briefing.text.letters import latin

    return "".join(sign if _script(sign) == "LATIN" else latin(sign) for sign in _visible(path)).casefold()


def _visible(path: str) -> str:
    """Return a folded path in plain forms of its letters, without joiners, direction marks and selectors of a form."""
    plain = fold(unicodedata.normalize("NFKC", path)).translate(_SIGNS)
    return "".join(sign for sign in plain if not (sign in _SELECTORS or unicodedata.category(sign) == "Cf"))


def _mixes_scripts(path: str, other: str) -> bool:
    """Whether two paths of one shape are not just different words of one script."""
    one, two = _visible(path), _visible(other)
    return one == two or any(_script(left) != _script(right) for left, right in zip(one, two, strict=True))


def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]


def is_name(part: str) -> bool:
    """Whether one part of a path is a plain name on any system."""
    return part not in ("", ".", "..") and "\\" not in part and ":" not in part and "\0" not in part
