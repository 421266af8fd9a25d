"""Recommendations of a made-up inquiry into bridges: 60 of them, with statuses of its own."""

from __future__ import annotations

import json
from typing import NamedTuple

RESPONSES = ("funded", "looking", "refused", "silent")
DELIVERIES = ("repaired", "scaffolded", "waiting", "abandoned", "uninspected")
STATUSES = """\
-- content/statuses.yaml --
response:
  - {name: funded, label: Paid for, shape: full}
  - {name: looking, label: Being looked at, shape: started}
  - {name: refused, label: Refused, shape: cross, ends: true}
  - {name: silent, label: No answer, shape: barred, needs: nothing}
delivery:
  - {name: repaired, label: Repaired, shape: full, ends: true}
  - {name: scaffolded, label: Scaffolding is up, shape: half}
  - {name: waiting, label: Waiting, shape: empty, needs: wording}
  - {name: abandoned, label: Abandoned, shape: cross}
  - {name: uninspected, label: Not inspected, shape: barred, needs: nothing}
judged:
  - {name: safe, label: Found safe, shape: full}
  - {name: unsafe, label: Found unsafe, shape: diamond}
"""
OTHERS = """\
-- content/organisations.yaml --
- {id: county, name: The County, summary: Owns the bridges.}
- {id: surveyor, name: The Surveyor, summary: Looks at the bridges.}
-- content/sources.yaml --
- {id: report, type: report, title: Bridges, issued: 2024, tier: primary, publisher: The Inquiry, URL: "https://b.example/"}
"""


class Bridge(NamedTuple):
    """What is expected of one recommendation."""

    id: str
    response: str
    delivery: str
    due: str
    late: bool


def bridges(count: int, now: str) -> list[Bridge]:
    """Return recommendations in which every response meets every delivery, some of them due before a day."""
    found = []
    for n in range(1, count + 1):
        response, delivery = RESPONSES[n % len(RESPONSES)], DELIVERIES[n % len(DELIVERIES)]
        due = "" if n % 3 else "2025-06-30" if n % 2 else "2027"
        ended = response == "refused" or delivery == "repaired"
        found.append(Bridge(f"bridge-{n}", response, delivery, due, bool(due) and due < now and not ended))
    return found


def written(listed: list[Bridge]) -> str:
    """Return the content file of recommendations."""
    return "-- content/recommendations.yaml --\n" + "".join(map(_written, listed))


def _written(one: Bridge) -> str:
    record = {
        "id": one.id,
        "number": one.id.removeprefix("bridge-"),
        "title": f"Mend {one.id}",
        "asks": "Mend it.",
        "wording": {"read": "full", "note": "Read."},
        "owner": ["county"],
        "said": [_step("2024-03", one.response, "county")] if one.response != "silent" else [],
        "done": [_step("2024-05", "scaffolded", "county"), _step("2025-02-01", one.delivery, "county")],
        "judged": [_step("2025-03", "unsafe", "surveyor")],
    }
    if one.due:
        record["due"] = [{"date": one.due, "text": "By then.", "sources": ["report"]}]
    return f"- {json.dumps(record)}\n"


def _step(date: str, to: str, who: str) -> dict[str, object]:
    return {"date": date, "to": to, "who": who, "text": "So it was.", "sources": ["report"]}
