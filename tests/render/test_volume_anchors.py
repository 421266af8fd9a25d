"""In the one-file edition every id of a brief begins with the brief's own, and nothing else of its text changes."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from tests.sites import MakeSite, brief

BODY = """\
## Why {#why}

See [the reasons](#why), not id="why" or href="#why".

Words
{: title=" onmouseover=alert(1) id=" #x }

Words
{: title="#x id=" #y }
"""


class Attributes(HTMLParser):
    """Collects the ids of a page, what its links name within it, and the names of all attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.named: list[str] = []
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect those of one element."""
        self.names |= {name for name, _ in attrs}
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.named += [value[1:] for name, value in attrs if name == "href" and value and value.startswith("#")]


@pytest.mark.parametrize("name", ["2025", "9-things", "hours"])
def test_ids_are_set_apart_and_text_is_not(site: MakeSite, name: str) -> None:
    """Whatever a brief is called, its ids and the links to them get its name; words and other attributes stay."""
    one = site(f"-- content/briefs/{name}.md --\n{brief(body=BODY)}")
    one.good()
    text = one.read("output/briefing.html")
    page = Attributes(text)
    expected = [f"{name}--why", f"{name}--x", f"{name}--y"]
    assert expected == [value for value in page.ids if "--" in value and not value.startswith("UI--")]
    assert f"{name}--why" in page.named
    assert "onmouseover" not in page.names
    assert 'title=" onmouseover=alert(1) id="' in text
    assert 'not id="why" or href="#why".' in text
    assert 'title="#x id="' in text
