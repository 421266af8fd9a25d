"""The manifest: which files an output folder holds, and what they were made from."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from briefing.incremental.fingerprint import source_digest
from briefing.incremental.hashed import Hashed
from briefing.model.files import File, Rendered, Snapshot
from briefing.project import Project
from briefing.values import dataclass

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """What an output was made from, as its manifest says: digests, and no name of an unpublished file."""

    source_digest: str = ""
    options: tuple[tuple[str, str | bool], ...] = ()
    content: tuple[str, ...] = ()
    """Digests of the content files that the output shows, without their names."""
    templates: tuple[tuple[str, str], ...] = ()
    assets: tuple[tuple[str, str], ...] = ()


def list_inputs(
    project: Project,
    snapshot: Snapshot,
    assets: Iterable[File],
    unpublished: Collection[str],
    media: Collection[str],
) -> BuildInputs:
    """Return what a build is made from: its published assets, and no unpublished content file or blocked name."""
    options = ("base_url", "drafts", "now", "pdf", "search")
    shown = [one for one in snapshot.media if one.path in media]
    texts = [*snapshot.versions]
    texts += [
        one for one in snapshot.sources if one.path not in unpublished and one.path != "content/never-publish.yaml"
    ]
    return BuildInputs(
        source_digest(),
        tuple((name, getattr(project, name)) for name in options),
        tuple(sorted([one.data.digest for one in texts] + [one.data.digest for one in shown])),
        tuple((file.path, file.data.digest) for file in snapshot.templates),
        tuple((file.path, file.data.digest) for file in assets),
    )


def make_manifest(files: Iterable[Rendered], inputs: BuildInputs) -> Rendered:
    """Return the manifest file: the digests of all files and of everything that they were made from."""
    made_of = {
        "generator": inputs.source_digest,
        "options": dict(inputs.options),
        "content": inputs.content,
        "templates": dict(inputs.templates),
        "assets": dict(inputs.assets),
    }
    index = {"files": dict(sorted((file.path, file.data.digest) for file in files)), "made_of": made_of}
    return Rendered(MANIFEST, Hashed.of(f"{json.dumps(index, ensure_ascii=False, indent=1)}\n".encode()))
