"""What every test may ask for."""

from __future__ import annotations

import signal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import settings

# A shell that starts the tests in the background has Ctrl-C ignored, and so would every command that they press it for.
signal.signal(signal.SIGINT, signal.default_int_handler)
settings.register_profile("patient", deadline=None)  # a law is not a matter of how busy the machine is
settings.load_profile("patient")
pytest.register_assert_rewrite("tests.sites", "tests.preview.session")

from tests.sites import MakeSite, Site  # noqa: E402


@pytest.fixture
def site(tmp_path: Path) -> MakeSite:
    """Make a site from one string with `-- path --` lines, on top of a small library; several where asked twice."""
    number = count()

    def make(text: str = "", **options: str) -> Site:
        return Site(tmp_path / f"site{next(number)}", text, **options)

    return make
