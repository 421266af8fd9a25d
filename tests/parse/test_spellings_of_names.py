"""A name may be typed in any spelling that a reader takes for the same: composed, decomposed, encoded for an address."""

from __future__ import annotations

from unicodedata import normalize
from urllib.parse import quote

from hypothesis import given
from hypothesis import strategies as st

from briefing.model.text import Reference
from tests.sites import brief, document

WORDS = st.text(st.sampled_from("aeiouczéèçñåøłđươấộकखगабвאבגابج"), min_size=1, max_size=8)
SPELLINGS = st.sampled_from([lambda name: normalize("NFC", name), lambda name: normalize("NFD", name), quote])


@given(WORDS, SPELLINGS, SPELLINGS)
def test_a_link_finds_a_heading_of_its_page_in_any_spelling(words: str, head: object, link: object) -> None:
    """The id is the composed one, and the link leads to it."""
    typed = normalize("NFD", words) if head is quote else head(words)  # type: ignore[operator]
    id_ = normalize("NFC", words)
    made = document(brief(body=f"[go](#{link(id_)})\n\n## Hours {{#{typed}}}\n\nAt nine.\n"))  # type: ignore[operator]
    assert made.problems == ()
    assert f'href="#{id_}"' in made.body.value
    assert f'id="{id_}"' in made.body.value


@given(WORDS, SPELLINGS)
def test_a_link_names_a_file_and_its_heading_in_any_spelling(words: str, link: object) -> None:
    """What weave looks for is the composed name, and never an encoded one."""
    name = normalize("NFC", words)
    typed = link(name)  # type: ignore[operator]
    made = document(brief(body=f"[go]({typed}.md#{typed}) and [[{normalize('NFD', name)}]]\n"))
    found = made.outline.value.records[0].text.placeholders  # type: ignore[union-attr]
    second, first = (one for one in found if isinstance(one, Reference))
    assert (name, name, name) == (normalize("NFC", first.target[:-3]), normalize("NFC", first.heading), second.target)
