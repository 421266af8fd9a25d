"""What the Markdown library alone takes for a corpus: no build that reads its texts with it can be quicker than this."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from markdown import Markdown

from bench.corpus import body, name
from briefing.parse.markdown.library import make_converter

_EXTENSIONS = ["tables", "footnotes", "attr_list", "def_list", "fenced_code", "abbr", "sane_lists"]
"""Those that ours are read with."""


def measure(make: Callable[[], Markdown], texts: Sequence[str]) -> float:
    """Return the seconds of the processor for converting texts, in one process and with nothing before or after."""
    converter = make()
    start = time.process_time()
    for text in texts:
        converter.reset()
        converter.convert(text)
    return time.process_time() - start


def tell(count: int) -> str:
    """Say what it takes for a corpus of some size, as the library comes and as ours sets it up."""
    texts = [body(number, count, lambda other: f"[brief {other}]({name(other)}.md)") for number in range(count)]
    plain, ours = measure(lambda: Markdown(extensions=_EXTENSIONS), texts), measure(make_converter, texts)
    return f"{plain:.2f} s of the processor as it comes, {ours:.2f} s as ours sets it up"
