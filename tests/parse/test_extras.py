"""What other programs add to Markdown works, or is a problem at its place that says what to write instead."""

from __future__ import annotations

import pytest

from briefing.model.text import Citation, Word
from briefing.problems import has_errors
from tests.parse.test_markdown import html, placeholders, problems
from tests.sites import MakeSite, brief


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a ~~b c~~ d ~e~", "<p>a <del>b c</del> d ~e~</p>"),
        ("Library\\\nMarket", "<p>Library<br>Market</p>"),
        (
            "at https://a.example/x_y_(1).",
            '<p>at <a href="https://a.example/x_y_(1)">https://a.example/x_y_(1)</a>.</p>',
        ),
        ("(https://a.example/)", '<p>(<a href="https://a.example/">https://a.example/</a>)</p>'),
        ("[x](https://a.example/@b)", '<p><a href="https://a.example/@b">x</a></p>'),
        ("`https://a.example`", "<p><code>https://a.example</code></p>"),
        ("He said[^1]: yes.\n\n[^1]: n", None),
    ],
)
def test_what_other_programs_know_works(typed: str, expected: str | None) -> None:
    """Deleted words, line ends, bare addresses and footnotes before a colon are what they are elsewhere."""
    assert [] == problems(typed)
    assert expected is None or expected == html(typed)


def test_callouts_and_tasks_get_words_of_the_interface() -> None:
    """The kind of a callout and the state of a task are words that a site can translate."""
    typed = "> [!NOTE]\n> One.\n\n> [!tip]- Own\n> - Two\n\n> Three\n\n- [ ] a\n- [x] b\n"
    assert ["note", "tip", "open", "done"] == [one.name for one in placeholders(typed) if isinstance(one, Word)]
    page = html(typed)
    assert 'class="callout callout-note"' in page and 'class="callout callout-tip"' in page
    assert "<blockquote><p>Three</p></blockquote>" in page
    assert "[!" not in page and "[x]" not in page and [] == problems(typed)


@pytest.mark.parametrize(
    ("typed", "key", "locator"),
    [
        ("As @a-1 [p. 2] says.", "a-1", "p. 2"),
        ("(@a-1)", "a-1", ""),
        ("@a-1: yes", "a-1", ""),
        ("**@{x y}**", None, ""),
    ],
)
def test_citations_within_a_sentence(typed: str, key: str | None, locator: str) -> None:
    """A key without brackets is a citation that stays where it is, as in pandoc."""
    found = [one for one in placeholders(typed) if isinstance(one, Citation)]
    assert [(key, locator)] * (key is not None) == [(one.items[0].key, one.items[0].locator) for one in found]


@pytest.mark.parametrize("typed", ["ada@library.example", "\\@a-1", "`@a-1`", "[x](https://a.example/@a-1)", "a @ b"])
def test_what_is_no_citation_stays_text(typed: str) -> None:
    """Mail addresses, escaped characters, code and addresses hold no citation."""
    assert [] == placeholders(typed)


@pytest.mark.parametrize(
    "typed",
    ["a == b, c != d", "C++ and C++", "5 to 10 $ or $5 and $6 = 11", "10:30:00", "a: b: c", "2^10", "!!!", "{a}", "a ~ b ~ c",
     "from ~100 to ~200", "::", "e.g. [sic]", "مرحبا: نعم :", "the ratio is 3:2:1"],
)  # fmt: skip
def test_ordinary_words_are_no_foreign_syntax(typed: str) -> None:
    """Characters that only look like another program's are words."""
    assert [] == problems(typed)


def test_readers_see_callouts_tasks_and_names(site: MakeSite) -> None:
    """A page shows the words of callouts and tasks; a name that is no source stays as it is typed."""
    body = "> [!NOTE]\n> Bring it.\n\n- [x] done\n\nAsk @Library. %% secret %%\n\nAs @plan [p. 2] has it."
    built = site(
        f"-- content/briefs/hours.md --\n{brief(body=body)}-- content/sources.yaml --\n"
        "- {id: plan, type: report, title: T, publisher: P, issued: 2025, tier: primary}\n"
    )
    assert not has_errors(built.build().problems)
    output = built.output()
    page = next(data.decode() for path, data in output.items() if path.endswith("briefs/hours/index.html"))
    for wanted in ("Note</div>", "☑", "Ask @Library.", "Bring it."):
        assert wanted in page
    assert not [path for path, data in output.items() if b"secret" in data]
