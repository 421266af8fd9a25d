"""What a writer sees in the browser: each save where they were, problems over the page, and the page they saved."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import wait_until
from tests.browser.test_access import violations
from tests.preview.session import Preview
from tests.sites import MakeSite, Site, brief

expect.set_options(timeout=60_000)  # how long to wait for what is sure to come; a busy machine is no fault of ours
LONG = "".join(f"Line {number} of a long text.\n\n" for number in range(200))
Begin = Callable[..., tuple[Site, Page]]


@pytest.fixture
def begin(site: MakeSite, browser: Browser) -> Iterator[Begin]:
    """Preview a site with one long brief, and open that brief."""
    ends: list[Callable[[], object]] = []

    def start(*options: str) -> tuple[Site, Page]:
        one = site(
            f"-- content/briefs/hours.md --\n{brief('Opening hours', LONG)}\n-- content/briefs/other.md --\n{brief('Another')}"
        )
        preview = Preview(one, *options)
        ends.append(preview.stop)
        page = browser.new_page(viewport={"width": 1280, "height": 740})
        ends.insert(0, page.close)
        with page.expect_response("**/status.json*"):
            page.goto(f"{preview.address.removesuffix('/')}/briefs/hours/")
        return one, page

    yield start
    for end in ends:
        end()


def overlay(page: Page) -> list[str]:
    """Return the lines of the problems over the page."""
    return [line for line in page.locator("section.failed li.error").all_inner_texts() if line]


def test_a_save_appears_where_the_writer_was(begin: Begin) -> None:
    """The page loads itself again, at the place to which it was scrolled."""
    one, page = begin()
    page.evaluate("scrollTo(0, 3000)")
    one.edit("content/briefs/hours.md", "Line 7 of", "Line seven of")
    expect(page.get_by_text("Line seven of a long text.")).to_be_visible()
    wait_until(page, "2900 < scrollY && scrollY < 3100")


def test_a_style_is_swapped_without_loading_the_page(begin: Begin) -> None:
    """A new style sheet takes hold, and what the page remembers stays."""
    one, page = begin()
    page.evaluate("window.kept = 'yes'")
    one.write("assets/style.css", "h1 { color: rgb(1, 2, 3) }")
    expect(page.locator("h1")).to_have_css("color", "rgb(1, 2, 3)")
    assert "yes" == page.evaluate("window.kept")


def test_problems_lie_over_the_page_and_go_when_mended(begin: Begin) -> None:
    """Each has its place, its line with a caret, its remedy and a link to the editor; the page beneath is as it was."""
    one, page = begin("--editor", "code")
    one.edit("content/briefs/hours.md", "Line 7 of", "[[anohter]] Line 7 of")
    panel = page.locator("section.failed")
    expect(panel).to_be_visible()
    [problem] = overlay(page)
    assert "content/briefs/hours.md:20:1" in problem and "unknown-link" in problem and "^^^^" in problem
    assert "did you mean" in problem
    assert page.locator("section.failed li.error a.place").get_attribute("href").startswith("vscode://file/")  # type: ignore[union-attr]
    assert "Line 7 of a long text." in page.locator("main").inner_text()
    assert [] == violations(page)
    one.edit("content/briefs/hours.md", "[[anohter]] Line 7", "Line 7")
    expect(panel).to_have_count(0)


def test_what_a_writer_typed_runs_nowhere(begin: Begin) -> None:
    """A problem's words are words, whatever they look like."""
    one, page = begin()
    one.edit("content/briefs/hours.md", "Line 7 of", "[[<img src=x onerror=alert(1)>]] Line 7 of")
    expect(page.locator("section.failed")).to_be_visible()
    assert 0 == page.locator("section.failed img").count()
    assert "onerror" in overlay(page)[0]


def test_other_pages_are_left_alone(begin: Begin) -> None:
    """A save that does not change the page on the screen does not load it again."""
    one, page = begin()
    page.evaluate("window.kept = 'yes'")
    with page.expect_response("**/status.json*"):
        one.write("content/briefs/other.md", brief("Another", "It is changed."))
    assert "yes" == page.evaluate("window.kept")


def test_follow_opens_the_page_that_was_saved(begin: Begin) -> None:
    """The browser goes where the writer writes."""
    one, page = begin("--follow")
    one.write("content/briefs/other.md", brief("Another", "It is changed."))
    page.wait_for_url("**/briefs/other/")
    expect(page.get_by_text("It is changed.")).to_be_visible()


def test_a_draft_says_why_it_is_not_published(begin: Begin) -> None:
    """Over a draft stands the file that makes it one."""
    one, page = begin()
    one.write("content/briefs/hours.md", brief("Opening hours", LONG, draft="true"))
    expect(page.locator(".draft")).to_contain_text("content/briefs/hours.md")


def test_the_page_takes_it_without_complaint(begin: Begin) -> None:
    """The policy of the page allows its script; the browser reports nothing."""
    _, page = begin()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    with page.expect_response("**/status.json*"):
        page.reload()
    assert [] == said


def test_a_tab_left_open_finds_the_preview_again(site: MakeSite, browser: Browser) -> None:
    """After a restart, the preview shows in the same tab what was saved meanwhile."""
    one = site(f"-- content/briefs/hours.md --\n{brief('Opening hours', 'It opens at nine.')}")
    first = Preview(one)
    page = browser.new_page()
    with page.expect_response("**/status.json*"):
        page.goto(f"{first.address}briefs/hours/")
    assert 0 == first.stop()
    one.write("content/briefs/hours.md", brief("Opening hours", "It opens at ten."))
    second = Preview(one, "--port", first.host.rpartition(":")[2])
    assert first.address == second.address
    expect(page.get_by_text("It opens at ten.")).to_be_visible()
    page.close()
    assert 0 == second.stop()


def test_the_carets_of_a_long_paragraph_are_in_sight(begin: Begin) -> None:
    """A fault far along a line is brought into view beneath the problem."""
    one, page = begin()
    one.edit("content/briefs/hours.md", "Line 7 of", f"{'Words and words. ' * 40}[[anohter]] Line 7 of")
    frame = page.locator("section.failed li.error pre")
    expect(frame).to_be_visible()
    seen = frame.evaluate(
        "one => { const at = one.textContent.split('\\n').at(-1).indexOf('^') * one.scrollWidth"
        " / Math.max(...one.textContent.split('\\n').map(line => line.length));"
        " return one.scrollLeft > 0 && at > one.scrollLeft && at < one.scrollLeft + one.clientWidth }"
    )
    assert seen
