"""A comment in a field of plain words is published nowhere, as in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.parse.yaml_tree import without_comments
from tests.sites import MakeSite, brief

SITE = """
-- content/site.yaml --
title: The library ¤
tagline: On the river ¤
publisher: {name: Friends ¤}
notice: No official site ¤
navigation: [{label: A to Z ¤, to: /a-z/}]
markdown_twins: true
-- content/people.yaml --
- {id: ada, name: Ada ¤, summary: A reader ¤, aka: [Countess ¤], extra: {room: Tower ¤}}
-- content/pages/index.md --
---
title: Welcome ¤
summary: All about it ¤
---
Words.
"""


@pytest.mark.parametrize("comment", ["%% secret %%", "<!-- secret -->"])
def test_no_file_contains_a_comment(site: MakeSite, comment: str) -> None:
    """Whatever field has it: of the settings, of a brief, of a record of a list, or of the site's own."""
    typed = brief(
        f"Hours {comment}",
        "Open.",
        sensitivity=f"Sad {comment}",
        topics=f"[Time {comment}]",
        extra=f"{{floor: One {comment}}}",
    )
    one = site(
        f"{SITE.replace('¤', comment)}-- content/briefs/hours.md --\n{typed.replace('About it.', f'About it {comment}')}"
    )
    one.good(search=False)
    assert [] == [path for path, data in one.output().items() if b"secret" in data]
    twin = one.output()["briefs/hours/index.md"].decode()
    assert "# Hours\n" in twin and "- **Floor:** One\n" in twin


@given(st.text("ab %<!->\n", max_size=30), st.text("ab ", min_size=1, max_size=5))
def test_words_around_a_comment_stay(words: str, comment: str) -> None:
    """What is no comment is as it was typed; a mark within a word, or one that is not closed, begins none."""
    plain = words.replace("%%", "%").replace("<!--", "<")
    assert plain == without_comments(plain)
    assert "a%%b%%" == without_comments("a%%b%%")
    assert f"{plain} x".split() == without_comments(f"{plain} %%{comment}%% x").split()
