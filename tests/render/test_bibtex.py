"""A page as a BibTeX entry: whatever its title is, the entry can be read, and has the same words."""

from __future__ import annotations

import html
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sites import Site, brief

SPECIAL = "\\{}%#$&_~^\"'@=,"
TITLES = st.text(st.one_of(st.sampled_from(SPECIAL), st.characters(codec="ascii", categories=("L", "N", "P", "S"))), min_size=1, max_size=20)  # fmt: skip
WRITTEN = {
    "\\textbackslash{}": "\\", "\\textasciitilde{}": "~", "\\textasciicircum{}": "^", "\\textbraceleft{}": "{", "\\textbraceright{}": "}",
    "\\&": "&", "\\%": "%", "\\$": "$", "\\#": "#", "\\_": "_",
}  # fmt: skip
"""How TeX writes what it would take for a command, and what it prints."""


def fields(entry: str) -> dict[str, str]:
    """Return the fields of an entry as BibTeX reads them: it counts braces, also those after a backslash."""

    def read(text: str) -> Iterator[tuple[str, str]]:
        while start := re.match(r"\s*(\w+) = \{", text):
            depth, at = 1, start.end()
            while depth:
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            yield start[1], text[start.end() : at - 1]
            text = text[at:].removeprefix(",")
        assert text.strip() == "}"

    head = re.match(r"@misc\{[a-z0-9-]+,", entry)
    assert head
    return dict(read(entry[head.end() :]))


def printed(value: str) -> str:
    """Return the words that TeX prints for a field."""
    bare = value[1:-1] if value.startswith("{") and value.endswith("}") else value
    commands = "|".join(re.escape(command) for command in WRITTEN)
    return re.sub(rf"{commands}|[\\{{}}%#$&_~^]", lambda found: WRITTEN.get(found[0], "?"), bare)


def entries(titles: list[str]) -> list[str]:
    """Return the BibTeX entries of briefs with these titles."""
    with tempfile.TemporaryDirectory() as folder:
        one = Site(Path(folder))
        for number, title in enumerate(titles):
            typed = title.replace("'", "''")
            one.write(f"content/briefs/b{number}.md", brief(f"'{typed}'"))
        one.good()
        pages = [one.page(f"/briefs/b{number}/") for number in range(len(titles))]
    shown = [re.findall(r"<pre tabindex=\"0\">(@misc.*?)</pre>", page, re.DOTALL) for page in pages]
    return [html.unescape(entry) for [entry] in shown]


@settings(max_examples=15, deadline=None)
@given(st.lists(TITLES.filter(lambda title: title.strip() and "%%" not in title), min_size=10, max_size=10))
def test_an_entry_reads_back_as_the_same_words(titles: list[str]) -> None:
    """Braces and commands in a title are words of the entry, and add no field."""
    for title, entry in zip(titles, entries(titles), strict=True):
        read = fields(entry)
        assert {"title", "author", "year", "howpublished", "url", "note"} == set(read)
        assert " ".join(title.split()) == printed(read["title"])
