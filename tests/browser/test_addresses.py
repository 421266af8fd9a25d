"""The host that a browser reads in an address is the one that was checked; Chromium is the judge."""

from __future__ import annotations

import sys
from itertools import product

from playwright.sync_api import Browser

from briefing.text.web_addresses import ascii_host, check_address, host_of

SIGNS = [chr(code) for code in (*range(0x20, 0x250), *range(0x250, sys.maxunicode, 61)) if not 0xD800 <= code < 0xE000]
"""Characters of all planes: the first ones all, then one in 61."""
AROUND = [
    "https://a{}b.example/",
    "https://a.example{}b.example/",
    "https://{}.example",
    "https:{}/a.example/",
    "https://a.example:{}/",
    "{}https://a.example/",
]
STARTS = ["https:", "HTTP:", "https", "mailto:", ""]
PIECES = [
    "//",
    "/",
    "\\\\",
    "///",
    "a@",
    "a.example",
    "@b.example",
    ":80",
    ":",
    "..",
    "%2e",
    "[::1]",
    "0x7f.1",
    "127.1",
    "#",
    "?",
]


def test_a_browser_goes_to_the_host_that_was_checked(browser: Browser) -> None:
    """For every character at every place, and for generated pieces: refused, or the same host."""
    typed = [around.format(one) for around, one in product(AROUND, SIGNS)]
    typed += ["".join(parts) for parts in product(STARTS, PIECES, PIECES, ["", *PIECES])]
    accepted = [one for one in typed if one.lower().startswith(("http:", "https:")) and not [*check_address(one)]]
    page = browser.new_page()
    read = page.evaluate(
        "(all) => all.map((one) => { try { return new URL(one, 'https://own.example/x/').hostname } catch { return 'none' } })",
        accepted,
    )
    page.close()
    assert len(accepted) > 1_000
    wrong = [
        (one, seen)
        for one, seen in zip(accepted, read, strict=True)
        if seen not in (ascii_host(host_of(one)), "none") and not seen.startswith("[")
    ]
    assert [] == wrong[:20]
