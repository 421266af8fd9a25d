"""The documents of a new site show every result, and the lock that comes with them is what the commands write."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from pathlib import Path

from briefing.evidence.compare import compare
from briefing.evidence.keep import keep
from briefing.parse.evidence_lock import EVIDENCE
from briefing.project import Project
from briefing.scaffold.new_site import STARTER

DOCUMENTS = {
    "council-minutes": "minutes-2025-12-02.pdf",
    "survey-report": "survey-2025.html",
    "notice": "notice-2026-01.txt",
}


def test_a_new_site_shows_every_result(tmp_path: Path) -> None:
    """From the three documents the commands write exactly the lock: found, elsewhere and not found; one has no copy."""
    shutil.copytree(STARTER, tmp_path / "new", ignore=shutil.ignore_patterns("evidence.lock"))
    project = Project.at(tmp_path / "new", "2026-01-05")
    for source, name in DOCUMENTS.items():
        assert [True] == [one.done for one in keep(project, (source,), tmp_path / "new" / "documents" / name)]
    states = Counter(one.result.state for one in compare(project))
    assert states == {"found": 3, "elsewhere": 1, "not-found": 1}
    lock = (tmp_path / "new" / EVIDENCE).read_bytes()
    assert lock == (STARTER / EVIDENCE).read_bytes()
    assert "echo" not in json.loads(lock)["copies"]
