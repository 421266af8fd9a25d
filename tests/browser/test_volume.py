"""The whole briefing in one file: it needs no network, leads to itself, and holds what the pages hold."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser

from briefing.incremental.hashed import Hashed
from briefing.model.files import Rendered
from briefing.postprocess.pdf import print_pdf
from tests.browser.markup import read
from tests.browser.test_access import violations

MOST = 2_000_000


def test_it_opens_from_a_stick(browser: Browser, output: Path, tmp_path: Path, briefs: tuple[str, ...]) -> None:
    """Alone in a folder, with the network off and no script, it shows every brief and asks for nothing else."""
    alone = tmp_path / "briefing.html"
    alone.write_bytes((output / "briefing.html").read_bytes())
    assert alone.stat().st_size <= MOST
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(alone.as_uri())
    assert [alone.as_uri()] == [url for url in asked if not url.startswith("data:")]
    shown = page.locator("article.piece[id]").evaluate_all("all => all.map((one) => one.id)")
    assert [] == [one for one in briefs if one.split("/")[1] not in shown]
    assert "src:url(data:font/woff2" in "".join(page.locator("style").all_text_contents())
    page.locator(".text .chip").first.click()
    assert 1 == page.locator(":popover-open").count()
    context.close()


def test_it_leads_to_itself(output: Path) -> None:
    """Every id is there once, every inner link has its target, and no link is relative to a folder."""
    page = read((output / "briefing.html").read_text(encoding="utf-8"))
    ids = [node.id for node in page.walk() if node.id]
    links = [node.attributes["href"] for node in page.all("a") if "href" in node.attributes]
    assert len(set(ids)) == len(ids)
    assert [] == [link for link in links if link.startswith("#") and link[1:] not in ids]
    assert [] == [link for link in links if not re.match(r"#|https?:|tel:|mailto:", link)]


def test_it_is_open_to_everybody(browser: Browser, output: Path) -> None:
    """It breaks no rule that axe can tell."""
    page = browser.new_page(bypass_csp=True)
    page.goto((output / "briefing.html").as_uri())
    assert [] == violations(page)
    page.close()


def test_it_is_printed_as_a_tagged_document(output: Path) -> None:
    """The PDF has a title, a language, tags and an outline; printing it again gives the same bytes."""
    page = Rendered("briefing.html", Hashed.of((output / "briefing.html").read_bytes()))
    printed = print_pdf(page)
    data = printed.data.value
    assert ("briefing.pdf", b"%PDF-") == (printed.path, data[:5])
    wanted = (rb"/Marked true", rb"/StructTreeRoot", rb"/Outlines", rb"/Lang \(en-GB\)", rb"/Title \(", rb"D:20000101")
    assert [] == [mark for mark in wanted if not re.search(mark, data)]
    assert printed == print_pdf(page)
