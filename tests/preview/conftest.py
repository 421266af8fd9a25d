"""Previews that end with their test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.preview.session import Preview
from tests.sites import Site

Start = Callable[..., Preview]


@pytest.fixture
def start() -> Iterator[Start]:
    """Start previews of sites; each is stopped as a writer stops it, and must end well."""
    running: list[Preview] = []

    def begin(site: Site, *options: str, files: int = 0, **environment: str) -> Preview:
        running.append(Preview(site, *options, files=files, **environment))
        return running[-1]

    yield begin
    assert [0] * len(running) == [preview.stop() for preview in running]
