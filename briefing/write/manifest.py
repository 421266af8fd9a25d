"""The manifest: which files an output folder holds, and what they were made from."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from briefing.incremental.fingerprint import generator
from briefing.incremental.stored import Stored
from briefing.model.files import Rendered, Snapshot
from briefing.project import Project

if sys.platform != "win32":
    pass

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Inputs:
    """What an output was made of, as its manifest tells it: digests, and no name that is not published anyway."""

    generator: str = ""
    options: tuple[tuple[str, str | bool], ...] = ()
    content: tuple[str, ...] = ()
    """Digests of the content files that the output shows, without their names."""
    templates: tuple[tuple[str, str], ...] = ()
    assets: tuple[tuple[str, str], ...] = ()


def list_inputs(project: Project, snapshot: Snapshot, withheld: Collection[str]) -> Inputs:
    """Tell what a build is made of, without the content files that are withheld and those that only guard it."""
    options = ("base_url", "drafts", "now", "pdf", "search")
    shown = [one for one in snapshot.sources if one.path not in withheld and one.kind != "never-publish"]
    return Inputs(
        generator(),
        tuple((name, getattr(project, name)) for name in options),
        tuple(sorted(one.data.digest for one in shown)),
        tuple((file.path, file.data.digest) for file in snapshot.templates),
        tuple((file.path, file.data.digest) for file in snapshot.assets),
    )


def make_manifest(files: Iterable[Rendered], inputs: Inputs) -> Rendered:
    """Write down what an output holds and what it was made of; the same for the same, wherever it was built."""
    made_of = {
        "generator": inputs.generator,
        "options": dict(inputs.options),
        "content": inputs.content,
        "templates": dict(inputs.templates),
        "assets": dict(inputs.assets),
    }
    whole = {"files": dict(sorted((file.path, file.data.digest) for file in files)), "made_of": made_of}
    return Rendered(MANIFEST, Stored.of(f"{json.dumps(whole, ensure_ascii=False, indent=1)}\n".encode()))
