"""The hostile site in Chromium: every page opened, nothing run, and nothing that the policy had to stop."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.pages import Server, files_of
from tests.test_hostile import armed

WATCH = """
window.stopped = [];
addEventListener("securitypolicyviolation", (event) => window.stopped.push(`${event.violatedDirective} ${event.blockedURI}`));
"""
PLANTED = "<img src=x onerror='window.pwned = 1'><script>window.pwned = 1</script>"


def test_nothing_runs_in_a_real_browser(browser: Browser, tmp_path: Path) -> None:
    """Every page of a site with a payload in every place opens with no script run but ours and nothing stopped."""
    site, _ = armed(tmp_path, 12)
    output = site.root / "output"
    index = (output / "a-z/index.html").read_text(encoding="utf-8")
    (output / "planted.html").write_text(index.replace("<h1>", PLANTED + "<h1>", 1), encoding="utf-8")
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    with Server(output, "/some/") as server:
        pages = [path for path in files_of(output) if path.endswith(".html") and path != "planted.html"]
        for path in pages:
            page.goto(server.home + path)
            assert (None, []) == tuple(page.evaluate("[window.pwned ?? null, window.stopped]")), path
        page.goto(f"{server.home}planted.html")
        assert page.evaluate("window.stopped.length") > 0  # the watch works, and the policy stops what gets so far
        assert page.evaluate("window.pwned ?? null") is None
    context.close()
    assert len(pages) > 40
