"""What links to what: once as the text of the pages does it, once as the pages say that it does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urldefrag, urljoin

from briefing.model.kinds import KINDS
from tests.browser.markup import Node

SHARED = frozenset(kind.address.partition("#")[0].lstrip("/") for kind in KINDS if "#" in kind.address)
"""Pages that hold many records, each at its own anchor."""
LISTS = frozenset(kind.listing.lstrip("/") for kind in KINDS) - SHARED | {"changes/", "a-z/", "next/", "checked/"}
"""Pages that repeat what records say elsewhere."""
_APPARATUS = ("nav", ".crumbs", ".contents", ".mentions", ".sources", ".note", ".support", ".cite", ".meta", ".care")
_HOST = "https://host/"


def graph(pages: Mapping[str, Node]) -> dict[str, set[str]]:
    """Find, for each record, the records whose text links to it, cites it or shows its figure."""
    found: dict[str, set[str]] = {}
    for address, page in pages.items():
        opened = {node.id: node for node in page.all(".note")}
        for node in page.walk():
            owner = _owner(address, node)
            apparatus = [one for one in _APPARATUS if (one, address) != (".support", "support/")]
            if owner is None or not node.inside("main") or node.inside(*apparatus):
                continue
            for target in _targets(address, node, opened):
                if target != owner and not _is_part(target):
                    found.setdefault(target, set()).add(owner)
    return found


def printed(pages: Mapping[str, Node]) -> dict[str, set[str]]:
    """Find, for each record that has a place to say it, where it says that it is mentioned."""
    found: dict[str, set[str]] = {}
    for address, page in pages.items():
        if address in SHARED:
            records = {f"{address}#{entry.id}": entry for entry in page.all(".number-entry", ".question", ".rule")}
        elif address and address not in LISTS:
            records = {address: page}
        else:
            records = {}
        for record, part in records.items():
            links = [link for block in part.all(".mentions") for link in block.all("a")]
            found[record] = {_record(urljoin(_HOST + address, link.attributes["href"])) for link in links}
    return found


def _owner(address: str, node: Node) -> str | None:
    """Return the address of the record whose text an element belongs to."""
    if address in SHARED:
        ids = [
            one.id for one in node.lineage() if one.id and one.has("li", ".number-entry", ".question", ".rule", ".path")
        ]
        return f"{address}#{ids[0]}" if ids else None
    if not address:
        return address if node.inside(".text") else None
    return None if address in LISTS or _is_part(address) else address


def _is_part(address: str) -> bool:
    """Whether a page is a part of the timeline that repeats its entries."""
    return address.startswith("timeline/") and address != "timeline/" and "#" not in address


def _targets(address: str, node: Node, opened: Mapping[str, Node]) -> Iterator[str]:
    if node.tag == "a" and "href" in node.attributes:
        whole = urljoin(_HOST + address, node.attributes["href"])
        if whole.startswith(_HOST):
            yield _record(whole)
    elif node.has(".chip", ".figure", ".term"):
        for link in opened[node.attributes["popovertarget"]].all("a")[:1]:
            yield _record(urljoin(_HOST + address, link.attributes["href"]))


def _record(whole: str) -> str:
    """Return the record that an address leads to: without its anchor, unless the page holds many records."""
    page, anchor = urldefrag(whole)
    page = page.removeprefix(_HOST)
    return f"{page}#{anchor}" if page in SHARED and anchor else page
