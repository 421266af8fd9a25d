"""The direction of a page is that of its language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.text.directions import direction_of
from tests.sites import MakeSite, brief, document


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("he-IL", "rtl"), ("pa-Arab", "rtl"), ("az-Latn", "ltr"), ("ar-Latn", "ltr"), ("cy", "ltr")],
)
def test_script_and_language_decide(language: str, direction: str) -> None:
    """A script in the tag goes before the language."""
    assert direction_of(language) == direction


def test_a_page_in_another_language_has_its_direction(site: MakeSite) -> None:
    """A brief in Arabic is read from the right, also on a site in English; its redirect too."""
    one = site()
    one.write("content/briefs/hours.md", brief(lang="ar", redirect_from="[/old/]"))
    one.good()
    for address in ("/briefs/hours/", "/old/"):
        assert '<html lang="ar" dir="rtl"' in one.page(address)
    assert 'dir="ltr"' in one.page("/")


@given(
    st.lists(
        st.sampled_from(
            [
                "الرصيف",
                "שלום",
                "21",
                "Pier",
                " ",
                ". ",
                "[@plan]",
                "[[hours]]",
                "[[=visits]]",
                "*ليلة*",
                "`7`",
                "\n- ",
                "\n\n> ",
            ]
        )
    )
)
def test_any_words_and_numbers_of_two_directions_can_be_mixed(pieces: list[str]) -> None:
    """Also where nothing is between two elements, and a number comes after them."""
    text = document(brief(lang="ar", body="".join(pieces))).body.value
    assert "21" not in pieces or "21" in text
