"""Sites that are not ours: one from right to left, one in Welsh, each with files of its own over those that all share."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.pages import Server
from tests.browser.test_access import too_wide, violations
from tests.sites import MakeSite, brief
from tests.test_house import SUBJECT

ARABIC = f"""
-- content/site.yaml --
title: مكتبة النهر
tagline: ما الذي يتغير، ومن قرره
base_url: https://library.example/guide
language: ar
direction: rtl
publisher: {{name: أصدقاء المكتبة}}
contact: friends@library.example
safety: {{exit: {{url: "https://weather.example/", label: غادر الموقع}}}}
licence: {{name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}}
navigation: [{{label: الفهرس, to: /a-z/}}]
words: {{Menu: القائمة, "In brief": باختصار, "True as of": صحيح في}}
threads: [{{label: الاستطلاع, to: ساعات-العمل, events: [e1]}}, {{label: الساعات, to: ساعات-العمل, events: [e1, e2], goes_on: true}}]
-- content/pages/index.md --
---
title: مكتبة النهر
summary: كل ما يخص المكتبة على النهر.
---
أهلا بكم في [[ساعات-العمل|المكتبة]].
-- content/briefs/ساعات-العمل.md --
{brief("ساعات العمل", "تفتح المكتبة في التاسعة [@محضر]. انظر https://library.example/a/very/long/address/that/goes/on/and/on/for/ever.", in_brief='["تفتح المكتبة في التاسعة [@محضر]."]')}
-- content/events.yaml --
- {{id: e1, date: 2025-01-01, title: سؤال القراء, sources: [محضر]}}
- {{id: e2, date: 2025-02-01, title: بداية الساعات, sources: [محضر]}}
-- content/sources.yaml --
- {{id: محضر, type: report, title: محضر الجلسة, issued: 2025, tier: primary, publisher: المجلس, URL: "https://x.example/"}}
-- assets/style.css --
h1 {{ color: rgb(1, 2, 3) }}
"""
WELSH = f"""
-- content/site.yaml --
title: Llyfrgell Tŷ’r Ŵyl
tagline: Beth sy’n newid yn y tŷ, a phwy a’i penderfynodd
base_url: https://library.example/guide
language: cy
publisher: {{name: Cyfeillion y Llyfrgell}}
contact: friends@library.example
safety: {{exit: {{url: "https://weather.example/", label: Gadael y wefan}}}}
licence: {{name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}}
navigation: [{{label: A i Y, to: /a-z/}}]
words: {{Menu: Dewislen, January: Ionawr, "True as of": Gwir ar}}
-- content/pages/index.md --
---
title: Llyfrgell Tŷ’r Ŵyl
summary: Popeth am y llyfrgell.
---
Croeso i’r [[tŷ-mawr|tŷ]].
-- content/briefs/tŷ-mawr.md --
{brief("Ŵyn a’r Ŷd yn y Tŷ Mawr", "Mae’r tŷ ar agor o ddŵr i ddŵr.")}
-- templates/404.html --
{{% extends "base.html" %}}
{{% block main %}}<h1>Nid yw’r dudalen yma</h1>{{% endblock %}}
"""


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("address", ["", "briefs/ساعات-العمل/", "timeline/"])
def test_a_site_from_right_to_left(site: MakeSite, browser: Browser, address: str, width: int) -> None:
    """Nothing sticks out, axe finds nothing, the way out stands at the end of the line, and its own style overrides ours."""
    one = site(ARABIC, default="")
    assert 0 == one.run("build", "--no-search", "--quiet").returncode
    with Server(one.root / "output", "/") as server:
        page = browser.new_page(viewport={"width": width, "height": 740}, bypass_csp=True)
        page.goto(server.home + address)
        assert ("ar", "rtl") == (page.get_attribute("html", "lang"), page.get_attribute("html", "dir"))
        page.locator("h1").wait_for()
        assert "rgb(1, 2, 3)" == page.locator("h1").evaluate("one => getComputedStyle(one).color")
        page.close()
    (one.root / "assets/style.css").unlink()
    assert 0 == one.run("build", "--no-search", "--quiet").returncode
    with Server(one.root / "output", "/") as server:
        page = browser.new_page(viewport={"width": width, "height": 740}, bypass_csp=True)
        page.goto(server.home + address)
        assert [] == too_wide(page)
        assert [] == violations(page)
        box = page.locator("#UI--exit").bounding_box()
        assert box and box["x"] + box["width"] < width / 2
        page.close()


def test_a_site_in_welsh(site: MakeSite, browser: Browser) -> None:
    """Its letters are the font's own, its addresses keep them, its words are its own, and so is its 404 page."""
    one = site(WELSH, default="")
    done = one.run("build", "--strict", "--no-search")
    assert 0 == done.returncode, done.stderr
    assert "Nid yw’r dudalen yma" in one.read("output/404.html")
    with Server(one.root / "output", "/") as server:
        page = browser.new_page(viewport={"width": 1280, "height": 740})
        page.goto(f"{server.home}briefs/tŷ-mawr/")
        page.evaluate("document.fonts.ready")
        page.reload()
        session = page.context.new_cdp_session(page)
        session.send("DOM.enable")
        session.send("CSS.enable")
        root = session.send("DOM.getDocument")["root"]["nodeId"]
        heading = session.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": heading})["fonts"]
        assert [True] == [font["isCustomFont"] for font in fonts]
        assert "Gwir ar 10 Ionawr 2026" in page.locator(".meta").inner_text()
        page.close()


def test_nothing_of_our_subject_is_in_another_site(site: MakeSite) -> None:
    """No file of a built site of others holds a word of our first site's subject."""
    one = site(WELSH, default="")
    one.good()
    assert [] == [path for path, data in one.output().items() if SUBJECT.search(data.decode("utf-8", "replace"))]
    assert "briefs/tŷ-mawr/index.html" in one.output()
