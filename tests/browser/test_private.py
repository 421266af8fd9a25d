"""Reading leaves nothing behind and tells nobody."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request

from tests.browser.conftest import Visit, page_file
from tests.browser.markup import Node, read

KEPT = """async () => [
    document.cookie.length, localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
    (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
]"""

DATA = "application/ld+json"
"""A script element of this type is never run."""
LEFT = "net::ERR_ABORTED"
"""How a request fails that leaving its page broke off, an icon's most often; what a policy forbids fails otherwise."""
OWN_ONLY = {"'none'", "'self'"}


@pytest.fixture(scope="session")
def markup(output: Path, addresses: tuple[str, ...]) -> dict[str, Node]:
    """Every page of the site as it was written."""
    return {address: read(page_file(output, address).read_text(encoding="utf-8")) for address in addresses}


def use(page: Page) -> None:
    """Do on a page what readers do: scroll, point, open, press a key, print."""
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    for mark in ("main a", "main .chip", "main .figure", "main .term"):
        for part in page.locator(f"{mark}:visible").all()[:1]:
            part.hover()
    for button in page.locator("main .chip:visible, main .figure:visible, main .term:visible").all()[:1]:
        button.click()
    page.keyboard.press("Shift")
    page.emulate_media(media="print")
    page.emulate_media(media="screen")


def leaks(page: Page, addresses: Iterable[str], home: str) -> dict[str, object]:
    """Use pages, and give whatever was asked of others, kept, or complained of."""
    requests: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(error.message))
    page.on("requestfailed", lambda failed: complaints.extend([failed.url] * (failed.failure != LEFT)))
    under_way: list[Request] = []
    page.on("request", lambda request: under_way.append(request))
    kept = {}
    for address in addresses:
        page.goto(address)
        use(page)
        while under_way:  # a page left before its icon has come would break that request off
            answer = under_way.pop().response()
            if answer is not None:
                answer.finished()
        kept[address] = page.evaluate(KEPT)
    found: dict[str, object] = {address: counts for address, counts in kept.items() if any(counts)}
    found["requests"] = [url for url in requests if not url.startswith(home)]
    found["rest"] = [*page.context.cookies(), *page.context.service_workers, *complaints]
    assert len(requests) >= len(kept) > 0
    return {name: what for name, what in found.items() if what}


def test_every_kind_of_page_keeps_to_itself(visit: Visit, kinds: tuple[str, ...], home: str) -> None:
    """Reading, pointing, opening and printing ask no other host, store nothing and break no policy."""
    assert {} == leaks(visit(), kinds, home)


@pytest.mark.slow
def test_every_page_keeps_to_itself(visit: Visit, addresses: tuple[str, ...], home: str) -> None:
    """The same of the whole site, page after page in one window."""
    assert {} == leaks(visit(), addresses, home)


def test_policy_of_every_page_is_strict(markup: dict[str, Node]) -> None:
    """Before anything is fetched every page allows itself what lies beside it, and the search page its engine."""
    wrong = {}
    for address, page in markup.items():
        fetching = page.all("script", "link", "style", "img", "meta")
        first = next(node for node in fetching if node.tag != "meta" or "http-equiv" in node.attributes)
        directives = [part.split() for part in first.attributes.get("content", "").split(";")]
        named = {words[0]: words[1:] for words in directives if words}
        closed = [named.get(name) for name in ("default-src", "base-uri", "form-action")]
        allowed = OWN_ONLY | {"'wasm-unsafe-eval'"} if address.endswith("search/") else OWN_ONLY
        if closed != [["'none'"]] * 3 or not set().union(*named.values()) <= allowed:
            wrong[address] = named
    assert {} == wrong


def test_no_page_tells_where_a_reader_comes_from(markup: dict[str, Node]) -> None:
    """Every page asks for no referrer."""
    wish = ("referrer", "no-referrer")
    wrong = []
    for address, page in markup.items():
        said = {(node.attributes.get("name"), node.attributes.get("content")) for node in page.all("meta")}
        if wish not in said:
            wrong.append(address)
    assert [] == wrong


def test_no_page_holds_script_or_style(markup: dict[str, Node]) -> None:
    """No page has an inline script, style, event attribute, frame, form or `javascript:` address."""
    wrong = [
        (address, node.tag, sorted(node.attributes))
        for address, page in markup.items()
        for node in page.walk()
        if node.tag in ("style", "iframe", "object", "embed", "form")
        or (node.tag == "script" and "src" in node.attributes and node.text)
        or (node.tag == "script" and "src" not in node.attributes and node.attributes.get("type") != DATA)
        or any(name == "style" or name.startswith("on") for name in node.attributes)
        or any(value.strip().lower().startswith("javascript:") for value in node.attributes.values())
    ]
    assert [] == wrong
