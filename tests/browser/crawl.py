"""Follow every link of a site from its home page, as a reader without script would."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urldefrag, urljoin, urlsplit

from tests.browser.markup import Node, read, references, style_references


@dataclass
class Crawl:
    """What was found: pages by address below home, and what is wrong, each with the page that says so."""

    home: str
    pages: dict[str, Node] = field(default_factory=dict)
    links: list[tuple[str, str, str]] = field(default_factory=list)
    """Page, tag and whole address of every reference to this server."""
    status: dict[str, int] = field(default_factory=dict)
    """By whole address without its fragment."""

    def below_home(self) -> list[tuple[str, str, str]]:
        """Return the links with the addresses as they are below home."""
        return [(page, tag, to.removeprefix(self.home)) for page, tag, to in self.links]

    def answers(self) -> dict[str, int]:
        """Return each status by its address below home."""
        return {address.removeprefix(self.home): status for address, status in self.status.items()}

    def broken(self) -> list[tuple[str, str, int]]:
        """Return the references that are not answered at once with a file."""
        asked = [(page, urldefrag(to).url) for page, _, to in self.links]
        return [(page, to, self.status[to]) for page, to in asked if self.status[to] != 200]

    def lost(self) -> list[tuple[str, str]]:
        """Return the links to a place in a page that the page does not have."""
        ids = {address: {node.id for node in page.walk() if node.id} for address, page in self.pages.items()}
        found = []
        for page, tag, to in self.below_home():
            address, fragment = urldefrag(to)
            if tag == "a" and fragment and address in ids and fragment not in ids[address]:
                found.append((page, to))
        return found


def crawl(home: str) -> Crawl:
    """Ask for home and for all that it leads to; only `<a>` leads from page to page."""
    found = Crawl(home)
    place = urlsplit(home)
    connection = HTTPConnection(place.hostname or "", place.port or 80)
    waiting = [(home, "a")]
    asked = set()
    while waiting:
        address, tag = waiting.pop()
        if (address, tag == "a") in asked:
            continue
        asked.add((address, tag == "a"))
        connection.request("GET", urlsplit(address).path)
        response = connection.getresponse()
        body = response.read()
        found.status[address] = response.status
        kind = response.headers.get_content_type()
        inside = address.startswith(home) and response.status == 200
        here = address.removeprefix(home)
        if inside and kind == "text/html" and tag == "a":
            page = found.pages[here] = read(body.decode())
            named = [(node.tag, to) for node, to in references(page)]
        elif inside and kind == "text/css":
            named = [("css", to) for to in style_references(body.decode())]
        else:
            named = []
        for tag_, to in named:
            whole = urljoin(address, to)
            if urlsplit(whole).netloc == place.netloc:
                found.links.append((here, tag_, whole))
                waiting.append((urldefrag(whole).url, tag_))
    connection.close()
    return found


def is_own(reference: str, base: str) -> bool:
    """Whether a reference leads into this site rather than to another."""
    return not re.match(r"[a-z][a-z0-9+.-]*:|//", reference) or reference.startswith(base)
