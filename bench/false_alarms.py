"""Which of 500 common names are found in a site that has none of them, and where.

The names are made of the most frequent first names and surnames of censuses, by a fixed rule. Nobody in particular is
meant. Run as: python -m bench.false_alarms [SITE]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bench.dialects import HERE
from briefing.check.name_list import forms, hash_form
from briefing.check.names import find_blocked_names
from briefing.incremental.hashed import Hashed
from briefing.incremental.memo import Memo
from briefing.model.blocked_names import BlockedNames
from briefing.model.files import Rendered
from briefing.model.steps import NameCheckInput
from briefing.pipeline.build import build_site
from briefing.project import Project
from briefing.read.snapshot import read

_FIRST = [
    "James",
    "John",
    "Robert",
    "Michael",
    "William",
    "David",
    "Richard",
    "Joseph",
    "Thomas",
    "Charles",
    "Christopher",
    "Daniel",
    "Matthew",
    "Anthony",
    "Mark",
    "Donald",
    "Steven",
    "Paul",
    "Andrew",
    "Kenneth",
    "Kevin",
    "Brian",
    "George",
    "Edward",
    "Mary",
    "Patricia",
    "Jennifer",
    "Linda",
    "Elizabeth",
    "Barbara",
    "Susan",
    "Jessica",
    "Sarah",
    "Karen",
    "Nancy",
    "Lisa",
    "Margaret",
    "Sandra",
    "Emily",
    "Grace",
    "Hope",
    "May",
    "Rose",
    "Will",
    "Frank",
    "Mohammed",
    "Ahmed",
    "Ali",
    "Fatima",
    "Wei",
]
_LAST = [
    "Smith",
    "Johnson",
    "Williams",
    "Brown",
    "Jones",
    "Garcia",
    "Miller",
    "Davis",
    "Wilson",
    "Anderson",
    "Taylor",
    "Moore",
    "Jackson",
    "Martin",
    "Lee",
    "Thompson",
    "White",
    "Harris",
    "Clark",
    "Lewis",
    "Robinson",
    "Walker",
    "Young",
    "Allen",
    "King",
    "Wright",
    "Hill",
    "Green",
    "Adams",
    "Baker",
    "Hall",
    "Campbell",
    "Mitchell",
    "Carter",
    "Roberts",
    "Khan",
    "Hussain",
    "Patel",
    "Singh",
    "Evans",
    "Edwards",
    "Hughes",
    "Wood",
    "Turner",
    "Cooper",
    "Ward",
    "Bell",
    "Murphy",
    "Bailey",
    "Li",
]
_COUNT = 500


def names() -> list[str]:
    """Return 500 names, each once."""
    steps = len(_FIRST)
    return [f"{_FIRST[at % steps]} {_LAST[(at * 7 + at // steps) % len(_LAST)]}" for at in range(_COUNT)]


def listed(several: list[str]) -> Hashed[BlockedNames]:
    """Return a list of names whose hashes take little time."""
    empty = BlockedNames("00112233445566778899aabbccddeeff", 2, (), 2)
    found = {form for name in several for form in forms(name)}
    return Hashed.of(BlockedNames(empty.salt, 2, tuple((hash_form(empty, form), 2) for form in sorted(found)), 2))


def alarms(files: list[Rendered]) -> Iterator[str]:
    """Return a line for each name that is found in a file, the shortest file for each name."""
    every, single = listed(names()), {name: listed([name]) for name in names()}
    flagged = [file for file in files if find_blocked_names(NameCheckInput(file, file.path, every))]
    for name, blocked in single.items():
        found = [(file, find_blocked_names(NameCheckInput(file, file.path, blocked))) for file in flagged]
        held = sorted((len(file.data.value), problems[0].message) for file, problems in found if problems)
        if held:
            yield f"{name}: {len(held)} files; {held[0][1].partition('published is ')[2]}"
    yield f"{len(flagged)} of {len(files)} files have one of {len(names())} names"


def main() -> None:
    """Print them."""
    root = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else HERE
    project = Project(root, root / "output", (HERE / "templates",), (HERE / "assets",), "2026-11-30")
    print("\n".join(alarms(list(build_site(project, read(project), Memo())[0].files))))


if __name__ == "__main__":
    main()
