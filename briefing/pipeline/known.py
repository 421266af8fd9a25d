"""What a build reads of the results of commands: of comparing passages with copies, and of checking links."""

from __future__ import annotations

from briefing.incremental.memo import AnyMemo
from briefing.model.files import Snapshot
from briefing.model.steps import ReadEvidence
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
