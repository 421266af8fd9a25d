"""What a build knows of earlier work: of comparing passages with copies, of checking links, and of making editions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from briefing.incremental.memo import AnyMemo
from briefing.model.addresses import compose
from briefing.model.documents import Document
from briefing.model.editions import Original
from briefing.model.files import Snapshot
from briefing.model.steps import OriginalInput, ReadEvidence
from briefing.pipeline import lazy


def read_evidence(memo: AnyMemo, snapshot: Snapshot) -> ReadEvidence | None:
    """Return what is known of copies of sources; None on a site that compares no passages with copies."""
    if snapshot.evidence is None:
        return None
    [read] = memo.map("evidence", lazy.read_evidence, [snapshot.evidence])
    return read


def read_dead(memo: AnyMemo, snapshot: Snapshot) -> tuple[str, ...]:
    """Return the addresses that did not work on several days."""
    return memo.map("dead", lazy.read_dead, [snapshot.health])[0] if snapshot.health else ()


def read_originals(memo: AnyMemo, documents: Sequence[Document], language: str) -> tuple[Original, ...]:
    """Return the sections of every page that has editions; a site without editions reads nothing."""
    names = {document.edition_of for document in documents if document.edition_of}
    if not names:
        return ()
    inputs = [
        OriginalInput(document.outline, document.body, language)
        for document in documents
        if compose(PurePosixPath(document.path).stem) in names
    ]
    return tuple(found for found in memo.map("originals", lazy.read_original, inputs) if found)
