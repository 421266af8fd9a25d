"""What a writer types in braces: only what is on a list gets into a page, whatever carries it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sites import brief, codes, document

CARRIERS = (
    "Words\n{: ¤ }", "## Words {: ¤ }", "[x](https://x.example/){: ¤ }", "**x**{: ¤ }", "`x`{: ¤ }", "- a\n- b\n{: ¤ }", "> a\n{: ¤ }",
    "| a | b |\n|---|---|\n| c {: ¤ } | d |", "Term {: ¤ }\n:   a", "![x](map.svg){: ¤ }", "See.[^1]{: ¤ }\n\n[^1]: A.", "[^1]\n\n[^1]: A.\n{: ¤ }",
    "```{.py ¤}\nx\n```", "~~~ {¤}\nx\n~~~", "[@source]{: ¤ }", "[[park]]{ ¤ }", "<https://x.example/>{: ¤ }", "[x][r]{: ¤ }\n\n[r]: https://x.example/",
)  # fmt: skip
"""Everything that can have braces, `¤` for what is in them."""
INTERFACE = (
    "exit",
    "bar",
    "menu",
    "note",
    "chip",
    "care",
    "overdue",
    "blank",
    "preview",
    "own",
    "own-",
    "Own-map",
    "own-a--b",
    "footnote",
    "align-left",
)
NAMES = ("onclick", "ONCLICK", "style", "hidden", "popover", "popovertarget", "is", "slot", "tabindex", "contenteditable", "accesskey", "data-of",
         "aria-label", "role", "name", "target", "rel", "href", "src", "srcset", "alt", "start", "align", "width", "n", "xml:lang", "xmlns")  # fmt: skip
VALUES = (
    "x",
    "javascript:alert(1)",
    "--main",
    "a--b",
    "-a",
    "a-",
    "a b",
    "fn:1",
    "Orla Wren",
    "en--GB",
    "ltr ",
    'x" onclick="y',
    "<b>",
    "\u00a0",
    "é\u0301",
)
PAIRS = st.one_of(
    st.sampled_from(INTERFACE).map(lambda name: f".{name}"),
    st.sampled_from(VALUES).map(lambda value: f"#{value}"),
    st.tuples(
        st.sampled_from((*NAMES, "id", "class", "lang", "dir", "title", "reason")),
        st.sampled_from((*VALUES, *INTERFACE)),
    ).map(lambda pair: f"{pair[0]}='{pair[1]}'" if '"' in pair[1] else f'{pair[0]}="{pair[1]}"'),
    st.sampled_from(NAMES),
    st.from_regex(r"[^\s{}\0-\x1f\x7f-\x9f]{1,12}", fullmatch=True),
)
LIBRARY = r"footnote(-ref|-backref)?|align-(left|right|center)|language-[\w#.+-]+"
FORMS = {
    "class": rf"({LIBRARY}|no-source|decorative|own-[a-z0-9-]*[a-z0-9])( ({LIBRARY}|no-source|decorative|own-[a-z0-9-]*[a-z0-9]))*",
    "id": r"(?!.*--)[\w\u0300-\u036f-]+|fn(ref\d*)?:1",
    "lang": r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*",
    "dir": "ltr|rtl|auto",
    "title": r"(?s).+",
    "href": r"https://x\.example/?|#fn(ref)?:1|",
    "scope": "col|row",
    "data-label": r"(?s).*",
    "aria-label": "a, b",  # the names of the columns
    "n": r"\d+",
}
"""What may be in a text, and the form of each value."""


class Attributes(HTMLParser):
    """Every attribute of a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep them."""
        self.found += [(name, value or "") for name, value in attrs]


@given(carrier=st.sampled_from(CARRIERS), typed=st.lists(PAIRS, min_size=1, max_size=4))
def test_nothing_typed_is_a_part_of_the_interface(carrier: str, typed: list[str]) -> None:
    """Whatever is in the braces and whatever they follow, each attribute of the text is on the list, in its form."""
    text = document(brief(body=carrier.replace("¤", " ".join(typed)) + "\n")).body.value
    wrong = [
        (name, value) for name, value in Attributes(text).found if not re.fullmatch(FORMS.get(name, "(?!)"), value)
    ]
    assert [] == wrong, text


@given(carrier=st.sampled_from(CARRIERS[:7]), word=st.sampled_from(INTERFACE))
def test_a_class_of_the_interface_is_told(carrier: str, word: str) -> None:
    """It is an error and not only left out, wherever it is typed."""
    assert "attribute" in codes(document(brief(body=carrier.replace("¤", f".{word}") + "\n")).problems)


def test_what_writers_need_is_taken() -> None:
    """Ids and languages of any script, a reason, a class of the site's own style sheet, the language of a code block."""
    body = (
        '## عنوان {#مقدمة}\n\nتمت الزيارة.\n{: lang=ar dir=rtl }\n\nWe counted.\n{: .no-source reason="ours" }\n\nGair.\n{: lang=cy .own-note #gair-1 }\n\n'
        "Words in *Deutsch*{: lang=de-CH } and *català*{: lang=ca-valencia title='a word' }.\n\n```{.c++ #code .own-wide}\nx\n```\n\n## क्‍या {#क्या}\n"
    )
    found = document(brief(body=body))
    assert [] == [code for code in codes(found.problems) if code != "missing-field"]
    wanted = [
        'id="مقدمة"',
        'dir="rtl"',
        'class="no-source"',
        'class="own-note"',
        'lang="de-CH"',
        'class="language-c++"',
        'class="own-wide" id="code"',
    ]
    assert [] == [one for one in wanted if one not in found.body.value]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Ring **0909 800 0808**{: dir=rtl} now.", False),
        ("[*0909 800 0808*{: dir=rtl}](tel:09098000808)", False),
        ("0800 111 222\n{: dir=rtl}", False),
        ("| a | b |\n|---|---|\n| 0800 111 222 {: dir=rtl } | d |", False),
        ("اتصل 0800 111 222\n{: lang=ar dir=rtl}", True),
        ("התקשרו 0800 111 222\n{: lang=he dir=rtl}", True),
        ("Ring 0800 111 222\n{: dir=ltr}", True),
        ("0800 111 222\n{: dir=auto}", True),
    ],
)
def test_a_direction_needs_a_letter_of_that_direction(text: str, kept: bool) -> None:
    """Honest texts keep their direction; a number alone is not turned."""
    parsed = document(brief(body=text))
    assert (kept, not kept) == ("dir=" in parsed.body.value, "attribute" in codes(parsed.problems))
