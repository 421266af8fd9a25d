"""A name is found however it is written and whatever file it is in: the ways to write it are made, not typed."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from briefing.check.name_list import add
from tests.check.test_names import QUICK, found, listed
from tests.spellings import CHANGES, HOLDERS, written

EXAMPLES = settings(
    max_examples=int(os.environ.get("BRIEFING_SPELLINGS", "40")),
    phases=[Phase.generate],  # what fails is short anyway
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("change", CHANGES)
@EXAMPLES
@given(st.data())
def test_a_name_is_found_however_it_is_written_in_whatever_holds_it(change: str, data: st.DataObject) -> None:
    """Any order of its words, after any change of its letters, in any file."""
    name, shape, text = data.draw(written(change))
    holder = data.draw(st.sampled_from(sorted(HOLDERS)))
    path, content = HOLDERS[holder](text)
    if data.draw(st.booleans()):
        path = f"{path[: path.rfind('.')]}{path[path.rfind('.') :].upper()}"
    assert found(path, content, listed(add(QUICK, name.full))), (name.full, shape, holder, text)


@pytest.mark.parametrize("holder", HOLDERS)
def test_letters_beyond_16_bits_are_found_in_whatever_holds_them(holder: str) -> None:
    """Also where a file has each of them in two halves, between other letters."""
    path, content = HOLDERS[holder]("𝐕ä𝐩ä 𝐙ü𝐤ü")
    assert found(path, content, listed(add(QUICK, "Väpä Zükü")))
