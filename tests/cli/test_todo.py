"""The command `todo`: one list of the work that is left, by who can do it."""

from __future__ import annotations

from tests.sites import MakeSite, brief

SITE = f"""
-- content/briefs/hours.md --
{brief(body=f"It opens at 9. So {'and so ' * 13}on.", check_by="2026-01-31")}-- content/people.yaml --
- {{id: ada, name: Ada, summary: S}}
-- content/sources.yaml --
- {{id: leaflet, type: report, title: L, publisher: P, issued: 2026, tier: news, URL: "https://p.example/"}}
-- content/support.yaml --
- {{id: help, name: Help, who_for: All, number: "1", checked: not-yet}}
"""


def test_the_list_is_sorted_by_role(site: MakeSite) -> None:
    """Each problem is listed under the role that the registry gives its code."""
    done = site(SITE).run("todo", "--now", "2026-03-01")
    parts: dict[str, set[str]] = {}
    for line in done.stdout.splitlines():
        if line and not line.startswith(" "):
            who = line.rpartition(" (")[0]
            parts[who] = set()
        elif line:
            parts[who].add(line.split()[0])
    expected = {
        "Writers": {"uncited", "undated", "unused", "long-sentence"},
        "Source readers": {"overdue", "uncited-source", "unchecked-support"},
        "Publishers": {"unarchived"},
    }
    assert (0, expected) == (done.returncode, parts)


def test_an_empty_list_says_so(site: MakeSite) -> None:
    """A site without any problem has an empty list."""
    assert "nothing left to do\n" == site("").run("todo").stdout
