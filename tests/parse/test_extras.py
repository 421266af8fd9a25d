"""What other programs add to Markdown works, or is a problem at its place that says what to write instead."""

from __future__ import annotations

import re
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.text import Citation, Word
from briefing.problems import has_errors
from briefing.text.plain_words import decode_entities
from tests.parse.test_markdown import html, placeholders, problems, read
from tests.sites import MakeSite, brief, document


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("a ~~b c~~ d ~e", "<p>a <del>b c</del> d ~e</p>"),
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


PLACES = [
    "{}", "> {}", "- {}", "| a | b |\n|---|---|\n| {} | x |", "| {} | b |\n|---|---|\n| a | x |", "## {}",
    "A.[^1]\n\n[^1]: {}", "a\n: {}", "> [!NOTE] {}\n> Words.", "[{}](https://a.example/)", "*{}*",
]  # fmt: skip
"""Where words can be, by `{}`."""


@pytest.mark.parametrize("mark", string.punctuation)
def test_a_backslash_before_punctuation_is_not_shown(mark: str) -> None:
    """CommonMark lets each of these characters be escaped: after a backslash it is a character like others."""
    for place in PLACES:
        words = decode_entities(re.sub("<[^>]*>", "", html(place.replace("{}", f"q\\{mark}q"))))
        assert f"q{mark}q" in words, (place, words)
        assert "\\" not in words.replace(f"q{mark}q", ""), (place, words)


@pytest.mark.parametrize("typed", ["C:\\new", "a \\b", "`\\$`", "    \\$"])
def test_other_backslashes_stay(typed: str) -> None:
    """Before a letter, as in a path of Windows, and in code a backslash is a character."""
    assert "\\" in html(typed)


def test_an_escaped_tag_is_words() -> None:
    """It is no HTML that somebody hoped for."""
    assert [] == problems("a \\<b> and \\</b>")
    assert ["raw-html"] == [code for code, *_ in problems("a \\\\<b>")]


def test_a_bar_is_escaped_in_the_code_of_a_cell() -> None:
    """In a table `\\|` is a bar, also within code, as on GitHub; elsewhere code is shown as it is typed."""
    assert "<code>a|b</code>" in html("| x | y |\n|---|---|\n| `a\\|b` | z |")
    assert "<code>a\\|b</code>" in html("`a\\|b` | z")


def test_a_footnote_with_a_citation_is_the_source_of_its_sentence() -> None:
    """Also in the row of a table; a footnote without one is none."""
    notes = "\n\n[^a]: See [@key].\n[^b]: Words.\n"
    runs = document(brief(body=f"It has 4 rooms.[^a] It has 5 halls.[^b] It has 6[^a] doors.{notes}")).sentences.once()
    assert [True, False, True] == [one.sourced for one in runs if one.checkable for _ in one.sentences]
    runs = document(
        brief(body=f"| Year | Rooms |\n|---|---|\n| In 2019 | 4[^a] |\n| In 2020 | 5[^b] |{notes}")
    ).sentences.once()
    assert [True, True, False, False] == [one.sourced for one in runs if one.checkable for _ in one.sentences]


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


@given(
    tags=st.lists(st.sampled_from(("<b>", "</b>", "<br/>", '<p class="x">', "</div>")), min_size=1, max_size=6),
    blocks=st.integers(1, 4),
    quoted=st.sampled_from(("", "> ", "- ")),
)
def test_tags_are_one_problem_for_each_block(tags: list[str], blocks: int, quoted: str) -> None:
    """However many tags a paragraph, a quotation or an item has, it is one problem at the first; code has none."""
    line = quoted + " word ".join(tags) + " word"
    found = problems("\n\n".join([line] * blocks) + "\n\n`<b>`\n")
    assert ["raw-html"] * blocks == [code for code, *_ in found]


@given(st.lists(st.sampled_from(("title", "npm2yarn", "hl_lines", "linenums", "onclick")), min_size=1, max_size=6))
def test_attributes_of_code_are_one_problem_for_each_name(names: list[str]) -> None:
    """What other programs write after the language is reported at the first block that has it."""
    typed = "\n\n".join(f'```js {name}="x"\ncode\n```' for name in names)
    assert ["attribute"] * len({*names}) == [code for code, *_ in problems(typed)]


@given(
    st.lists(st.sampled_from(("target=_blank", "width=3", ".button", "onclick=x")), min_size=1, max_size=4, unique=True)
)
def test_braces_are_one_problem(typed: list[str]) -> None:
    """Braces with several attributes that are not allowed are one problem, which names all of them."""
    [found] = read(f"Words\n{{: {' '.join(typed)} }}\n")[0].problems
    assert "attribute" == found.code
    assert all(one.partition("=")[0].strip(".") in found.message for one in typed)


@given(st.from_regex(r"@[a-z]{1,8}(-[a-z]{1,8})?/[a-z]{1,8}(-[a-z]{1,8})?", fullmatch=True))
def test_the_name_of_a_package_is_no_citation(name: str) -> None:
    """No id has a slash, so `@scope/name` stays text, also in a heading."""
    assert [] == problems(f"## {name}\n\nAs {name} does.\n")
    assert f"<p>As {name} does.</p>" in html(f"As {name} does.")


@pytest.mark.parametrize(
    ("typed", "times"),
    [
        ("::: tip\n\nOne.\n\n:::\n", 1),
        ("::: a\n\n::: b\n\n:::\n\n:::\n\n:::\n", 3),
        ("import A from 'a';\nimport B from 'b';\n\nWords.\n", 1),
    ],
)
def test_one_thing_of_another_program_is_one_problem(typed: str, times: int) -> None:
    """The end of a container belongs to its start, and lines of a program that follow each other are one part."""
    assert ["other-markdown"] * times == [code for code, *_ in problems(typed)]


@given(st.sampled_from("–—"), st.sampled_from(["Ada Reed", "آدا ريد, 2019", "the *council*"]), st.booleans(), st.sampled_from(["", "\n\nMore.", "\n>\n> More."]))  # fmt: skip
def test_who_said_a_quotation_is_no_list(dash: str, name: str, apart: bool, more: str) -> None:
    """A dash and a name end it; two such lines, or one outside of a quotation, look like a list."""
    said = "> We open early.\n" + ">\n" * apart + f"> {dash} {name}"
    texts = (said + more, f"{said}\n> {dash} {name}{more}", f"We say:\n{dash} {name}\n")
    assert [[], ["list-start"], ["list-start"]] == [[one.code for one in read(text)[0].problems] for text in texts]
