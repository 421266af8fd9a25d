"""Light enough for a slow phone, and whole on paper."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.browser.conftest import Visit, page_file
from tests.browser.pages import files_of

ORDINARY, BRIEF, LIST, STYLE, SCRIPT, FONT = 14_000, 16_000, 40_000, 7_000, 4_000, 50_000
"""The most bytes, zipped but for fonts, which are zipped in themselves; for briefs see docs/decisions/0009."""
LISTS = frozenset(
    f"{name}/"
    for name in (
        "a-z", "changes", "glossary", "not-known", "numbers", "organisations", "people", "places", "recommendations",
        "sources", "timeline", "words-we-use",
    )
)  # fmt: skip
"""Pages that name every record of a kind and so grow with the site."""

PRINTED = """() => {
    const seen = (one) => one.checkVisibility() && one.getClientRects().length > 0;
    const notes = [...document.querySelectorAll(".sources .note")];
    return {
        exit: document.body.innerText.includes(document.getElementById("exit").textContent),
        titles: notes.filter((one) => !seen(one.querySelector(".what"))).map((one) => one.id),
        links: notes.flatMap((one) => [...one.querySelectorAll("a:not(.what)")])
            .filter((one) => !seen(one) || !getComputedStyle(one, "::after").content.includes(one.href))
            .map((one) => one.href),
        notes: notes.length,
        folded: [...document.querySelectorAll("main details:not(.contents, .cite *) > :not(summary)")]
            .filter((one) => !seen(one)).length,
    };
}"""


def zipped(path: Path) -> int:
    """Give a file's size as it travels."""
    return len(gzip.compress(path.read_bytes(), 6))


def _limit(address: str) -> int:
    if address in LISTS or address.startswith("timeline/"):
        return LIST
    return BRIEF if address.startswith("briefs/") and address != "briefs/" else ORDINARY


def test_pages_keep_to_their_weight(output: Path, addresses: tuple[str, ...]) -> None:
    """An ordinary page fits the first round trip; a brief carries its receipts; a list stays within three."""
    sizes = {address: zipped(page_file(output, address)) for address in addresses}
    heavy = {one: size for one, size in sizes.items() if size > _limit(one)}
    assert {} == heavy


@pytest.mark.parametrize(("ending", "limit"), [(".css", STYLE), (".js", SCRIPT)])
def test_style_and_scripts_keep_to_their_weight(output: Path, ending: str, limit: int) -> None:
    """All style sheets together, and all scripts together, stay within their limit."""
    files = {path: file for path, file in files_of(output).items() if not path.startswith("pagefind/")}
    sizes = {path: zipped(file) for path, file in files.items() if path.endswith(ending)}
    assert sizes and (limit, sizes) == (max(limit, sum(sizes.values())), sizes)


def test_fonts_keep_to_their_weight(output: Path) -> None:
    """The fonts, zipped in themselves, stay within their limit together and are at most two."""
    sizes = [file.stat().st_size for path, file in files_of(output).items() if path.endswith(".woff2")]
    assert (True, True) == (len(sizes) in (1, 2), sum(sizes) <= FONT)


def test_first_view_asks_for_little(visit: Visit, kinds: tuple[str, ...]) -> None:
    """The first view of any kind of page takes at most its icon and five requests, one of them for a font."""
    page = visit()
    page.context.new_cdp_session(page).send("Network.setCacheDisabled", {"cacheDisabled": True})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found = {}
    for address in set(kinds) - {"search/"}:  # search has a budget of its own
        asked.clear()
        page.goto(address)
        page.evaluate("document.fonts.ready.then(() => null)")
        needed = [url for url in asked if not url.endswith("/icon.svg")]
        if len(needed) > 5 or sum(url.endswith(".woff2") for url in needed) != 1:
            found[address] = needed
    assert {} == found


def test_print_holds_every_source_and_no_exit(visit: Visit, briefs: tuple[str, ...]) -> None:
    """On paper a brief shows every source with its address, nothing folded, and no way out."""
    page = visit()
    for address in briefs:
        page.goto(address)
        page.emulate_media(media="print")
        printed = page.evaluate(PRINTED)
        assert printed.pop("notes") > 0
        assert {"exit": False, "titles": [], "links": [], "folded": 0} == printed
