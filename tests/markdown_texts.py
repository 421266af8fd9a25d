"""Texts in Markdown in which everything that can hold code or words holds what looks like HTML or attributes."""

from __future__ import annotations

from hypothesis import strategies as st

HOSTILE = (
    "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "</code><b onclick=alert(1)>", "{: onclick=alert(1) }", "{#own onclick=x}",
    "{=html}", "{.exit}", "x|<i onclick=alert(1)>", "` <u onclick=alert(1)>", "!!! exit", "??? exit", "~~~ {.exit}", "-->", "<!--", "[x]: javascript:alert(1)",
    "<p markdown=1 onclick=x>", "*[HT]: <b>", "a", "&lt;s&gt;", "$x$", "||", "\\", "`", "::: exit", "/// exit", "{{ x }}", "{% x %}",
)  # fmt: skip
"""What some Markdown program may take for an element, an attribute or a block of its own."""
PUNCTUATION = "\\`*_{}[]<>#+-.!|~:^=&\"'$@/?%"


def _typed(words: str) -> str:
    """Return words as a writer types them who wants to see each character."""
    known = "".join("&lt;" if sign == "<" else f"\\{sign}" if sign in "\\`*_{}[]>#+-.!|" else sign for sign in words)
    return known.replace("&lt;s&gt;", "&amp;lt;s&amp;gt;")


def _code(words: str) -> str:
    ticks = "``" if "`" in words else "`"
    return f"{ticks} {words} {ticks}" if "`" in words else f"{ticks}{words}{ticks}"


WORDS = st.sampled_from(HOSTILE)
INLINE = st.one_of(
    WORDS.map(_typed),
    WORDS.map(_code),
    WORDS.map(lambda words: f"*{_typed(words)}*"),
    WORDS.map(lambda words: f"**{_code(words)}**"),
    WORDS.map(lambda words: f"[{_typed(words)}](https://x.example/a)"),
    st.sampled_from(["Words", "more", "<https://x.example/b>"]),
)
LINE = st.lists(INLINE, min_size=1, max_size=4).flatmap(
    lambda parts: st.sampled_from([" ", ""]).map(lambda space: "Begins " + space.join(parts))
)
CODE = st.lists(WORDS, min_size=1, max_size=3).map(lambda lines: "````\n" + "\n".join(lines) + "\n````")
INDENTED = st.lists(WORDS, min_size=1, max_size=2).map(lambda lines: "\n".join(f"    {line}" for line in lines))
HARD = st.tuples(LINE, INLINE).map("  \n".join)


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))


def _item(mark: str, first: str, more: list[str]) -> str:
    return "\n\n".join([f"{mark}{first}", *map(_indent, more)])


def _table(rows: list[tuple[str, str]]) -> str:
    return "\n".join(["| One | Two |", "|---|---|", *(f"| {one} | {two} |" for one, two in rows)])


CELL = st.one_of(INLINE, WORDS.map(_code)).map(lambda words: words.replace("\\|", "&#124;"))


def _containers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    more = st.lists(st.one_of(inner, INDENTED.map(lambda text: f"Words.\n\n{text}")), max_size=2)
    marks = st.sampled_from(["- ", "1. ", "* "])
    return st.one_of(
        st.lists(st.builds(_item, marks, LINE, more), min_size=1, max_size=2).map("\n\n".join),
        st.builds(lambda first, rest: _item(":   ", first, rest), LINE, more).map(lambda text: f"Term\n{text}"),
        inner.map(lambda text: "\n".join(f"> {line}".rstrip() for line in text.split("\n"))),
    )


BLOCK = st.recursive(
    st.one_of(LINE, HARD, CODE, INDENTED.map(lambda text: f"Words.\n\n{text}"), st.lists(st.tuples(CELL, CELL), min_size=1, max_size=2).map(_table)),
    _containers,
    max_leaves=4,
)  # fmt: skip
TEXTS = st.lists(st.one_of(BLOCK, CODE), min_size=1, max_size=4).map(lambda blocks: "\n\n".join(blocks) + "\n")
