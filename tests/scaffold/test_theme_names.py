"""A name that no file of the theme has is answered with the file that was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.scaffold.errors import CannotCreate
from briefing.scaffold.theme import copy_file


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("footer.html", "“footer” is a part of parts/blocks.html"),
        ("bases.html", "did you mean base.html?"),
        ("styles.css", "did you mean style.css?"),
    ],
)
def test_the_file_that_was_meant_is_named(tmp_path: Path, name: str, meant: str) -> None:
    """By its own name without the ending, or because it holds a part of this name."""
    with pytest.raises(CannotCreate, match=meant.replace("?", r"\?")):
        copy_file(tmp_path, name)
