"""The ids of the interface are a namespace of their own: no heading, no id of a writer and no record can have one."""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.cli.arguments import REPOSITORY
from briefing.model.addresses import is_id
from tests.hostile import Elements
from tests.sites import MakeSite, Site, brief, document

WORDS = ("main", "exit", "exit-status", "menu", "previews", "preview", "search", "words", "found", "results", "target", "text", "support", "sources",
         "r0", "c0", "g0", "2025", "letter-a", "page-text", "part-term", "ui", "passage-roof", "questions", "page-numbers", "fn", "own-a")  # fmt: skip
"""What the interface calls its parts, and once did."""
REFERRING = ("for", "popovertarget", "aria-labelledby", "aria-controls", "aria-describedby")


def ids_and_references(text: str) -> tuple[list[str], set[str]]:
    """Return all ids of a page, and all that it refers to."""
    tags = [attributes for _, attributes in Elements(text).found]
    ids = [attributes["id"] for attributes in tags if "id" in attributes]
    named = {name for attributes in tags for key in REFERRING for name in attributes.get(key, "").split()}
    return ids, named | {a["href"][1:] for a in tags if a.get("href", "").startswith("#")}


def test_records_and_headings_may_be_called_like_the_interface(site: MakeSite) -> None:
    """Each id is once on its page, and all that a page refers to is there, in the one-file edition too."""
    parts = []
    for n, word in enumerate(WORDS):
        near = range(n, min(n + 4, len(WORDS)))
        body = "".join(
            f"## {WORDS[k].replace('-', ' ').title()}\n\nSee [[term-{k}]], [[=n{k}]] and [@s-{WORDS[k]}].\n\n"
            for k in near
        )
        parts.append(f"-- content/briefs/{word}.md --\n{brief(f'About {word}', body)}")
    made = {
        "sources": "{{id: s-{word}, type: report, title: A {word}, publisher: P{n}, issued: 2025, tier: primary}}",
        "glossary": "{{id: term-{n}, term: Term {n}, meaning: A word.}}",
        "numbers": "{{id: n{n}, label: Number {n}, value: '{n},200', as_of: 2025, definition: Visits., source: [s-main]}}",
    }
    for name, record in made.items():
        lines = "".join(f"- {record.format(word=word, n=n)}\n" for n, word in enumerate(WORDS))
        parts.append(f"-- content/{name}.yaml --\n{lines}")
    text = "\n".join(parts)
    one = site(text)
    one.good()
    pages = {path: data.decode() for path, data in one.output().items() if path.endswith(".html")}
    assert len(pages) > len(WORDS) * 2
    for path, page in pages.items():
        ids, named = ids_and_references(page)
        assert [] == [name for name, times in Counter(ids).items() if times > 1], path
        assert set() == named - set(ids), path


TYPED = (
    'Write `<a id="x" href="#y">` so, or <https://x.example/#y>.', '```\n<h2 id="x" class="exit">\n```', '    <p id="x" href="#x">', "## Same {#x}\n\nSee [it](#x) and [the note][^x].",
    'A word.[^1] [HT]: id="x"\n\n[^1]: See `id="x"` and [the section](#x).', '*[HT]: id="x" href="#x"\n\nThe HT.', "Words\n{: #y title='id=\"z\" href=\"#x\"' }", '| a id="x" | b |\n|---|---|\n| `href="#x"` | &lt;b id="x"&gt; |',
)  # fmt: skip
"""What looks like a tag, an id or a link, and what is one."""


@pytest.mark.parametrize("name", ["2025", "9-things", "hours"])
def test_the_one_file_edition_shows_the_same_text(site: MakeSite, name: str) -> None:
    """Whatever the record is called, each line of its text is the same words there, and only ids and links differ."""
    body = "\n\n".join(TYPED).replace("[the note][^x]", "more")
    one = site(
        f"-- content/briefs/{name}.md --\n{brief('About it', body)}-- content/briefs/other.md --\n{brief('Other', '## Same {#x}')}"
    )
    one.good()
    page, volume = one.page(f"/briefs/{name}/"), one.read("output/briefing.html")
    text = page.partition('<div class="text" id="UI--text" tabindex="-1">\n')[2].partition('<div class="end">')[0]
    apart = re.sub(r'( id="| href="#)(?!UI--)(?=[^"]*"[^<>]*>)', rf"\g<1>{name}--", text)
    inside = apart.split("\n")
    assert len(inside) > 20 and [] == [line for line in inside if line not in volume]


@given(
    st.text(max_size=12).map(lambda words: "".join(words.split("\n"))),
    st.sampled_from(("## {}", "## x {{#{}}}", "x\n{{: #{} }}", "## UI--{}", "## UI -- {}")),
)
def test_no_id_of_a_text_or_a_record_is_like_one_of_the_interface(words: str, way: str) -> None:
    """None begins as those of the interface do, or has two hyphens together."""
    found = re.findall(r'id="([^"]*)"', document(brief(body=way.format(words) + "\n")).body.value)
    assert [] == [one for one in found if one.startswith("UI--") or ("--" in one and not one.startswith("fn"))]
    assert not is_id(f"{words}--{words}") and not is_id(f"UI--{words}")


@pytest.mark.parametrize("path", sorted((REPOSITORY / "templates").rglob("*.html")), ids=lambda path: path.name)
def test_a_template_has_no_other_id(path: Path) -> None:
    """Each id in a template is of the interface, or that of a record or a change note."""
    found = re.findall(r'\b(?:id|for|popovertarget|aria-labelledby)="([^"]*)', path.read_text())
    assert [] == [
        one
        for one in found
        if not one.startswith("UI--") and one not in ("{{ view.link.id }}", "{{ news.id }}", "{{ id }}")
    ]


FIELDS = ("*a*{{: #{0} }} [b](#{0})", "[b](#{0}) *a*{{: #{0} }}", "a **b**{{: #{0} }}", 'Nothing: `id="{0}"`')
"""Fields with an id, some with a link to it."""


@settings(max_examples=8, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(FIELDS), st.sampled_from(["x", "y"])), min_size=6, max_size=6))
def test_ids_in_fields_are_unique_on_every_page_that_shows_them(fields: list[tuple[str, str]]) -> None:
    """Two fields of a record or of several records may have the same id, also that of a heading; links lead within the field."""
    typed = [json.dumps(shape.format(name)) for shape, name in fields]
    terms = "".join(f"- {{id: t{n}, term: Term {n}, meaning: {words}}}\n" for n, words in enumerate(typed))
    body = "## A heading {#x}\n\n[It](#x). [[t0]] and [[t1]] and [[t2]].\n"
    with tempfile.TemporaryDirectory() as folder:
        one = Site(Path(folder), f"-- content/glossary.yaml --\n{terms}")
        for n in range(2):
            one.write(f"content/briefs/b{n}.md", brief(f"Brief {n}", body, in_brief=f"[{', '.join(typed[n:])}]"))
        one.good()
        pages = {path: data.decode() for path, data in one.output().items() if path.endswith(".html")}
    for path, page in pages.items():
        ids, named = ids_and_references(page)
        assert [] == [name for name, times in Counter(ids).items() if times > 1], path
        assert set() == named - set(ids), path
    assert 'id="x"' in pages["briefs/b0/index.html"] and 'href="#x"' in pages["briefs/b0/index.html"]
    for before, after in re.findall(
        r'id="Field-(\d+)--x"[^>]*>a</em> <a href="#Field-(\d+)--x"', "".join(pages.values())
    ):
        assert before == after
