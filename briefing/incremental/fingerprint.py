"""The fingerprint of the generator: its source, the versions of its packages, and the version of Python."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from functools import cache

_PACKAGES = ("pagefind-bin", "jinja2", "markdown", "pyyaml", "markupsafe", "jsonschema-rs")


@cache
def cache_version() -> str:
    """Return a digest of the generator and the Python version: results of other code are not reused."""
    return hashlib.sha256(f"{sys.version_info[:2]} {source_digest()}".encode()).hexdigest()


@cache
def source_digest() -> str:
    """Return a digest of our source and schemas, and of the versions of the packages."""
    here = os.path.dirname(os.path.dirname(__file__))
    ours = hashlib.sha256(f"{versions(_PACKAGES)}".encode())
    paths = [os.path.join(folder, name) for folder, _, names in os.walk(here) for name in names]
    for path in sorted(path for path in paths if path.endswith((".py", ".json"))):
        with open(path, "rb", buffering=0) as file:
            name = os.path.relpath(path, here).replace(os.sep, "/")
            ours.update(name.encode() + b"\0" + file.read() + b"\0")
    return ours.hexdigest()


def versions(names: Iterable[str]) -> list[str]:
    """Return the version of each package, read from the names of its `.dist-info` folder.

    `importlib.metadata` gives the same, but takes half the time of an idle build, since it loads a parser of mail.
    """
    noted = [name for folder in sys.path if os.path.isdir(folder) for name in os.listdir(folder)]
    found = {
        parts[0].lower().replace("_", "-"): parts[1]
        for name in reversed(noted)
        if name.endswith((".dist-info", ".egg-info")) and len(parts := name.rpartition(".")[0].split("-")) > 1
    }
    return [found[name] if name in found else _slow_version(name) for name in names]


def _slow_version(name: str) -> str:
    from importlib.metadata import version

    return version(name)
