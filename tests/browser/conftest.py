"""The real site, built once for each worker, served, and opened in Chromium."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Literal, Protocol

import pytest
from playwright.sync_api import Browser, Locator, Page, Playwright, sync_playwright

from briefing.cli.arguments import REPOSITORY
from tests.browser.pages import Server, files_of
from tests.once import make_once

BASE = "https://readers.example/some/repo/"
"""Where the site is built to stand. Only canonical addresses and the 404 page may know it."""

OF_A_DAY = re.compile(r"(?:^|/)\d{4}-\d\d-\d\d/")
"""What is in the address of a page as it read on a day."""
OF_A_BRIEF = "briefs/local-inquiries/"

Scheme = Literal["light", "dark"]


class Visit(Protocol):
    """Open a page of the site in a browser window of its own; later pages by `page.goto("briefs/")`."""

    def __call__(
        self, address: str = "", *, script: bool = True, width: int = 1280, scheme: Scheme = "light"
    ) -> Page: ...


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real site with the real command."""

    def build(folder: Path) -> None:
        program = [sys.executable, str(REPOSITORY / "build.py"), "build", "--quiet"]
        command = [*program, "--output", str(folder / "output"), "--base-url", BASE]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 0, done.stderr

    return make_once(tmp_path_factory, "built", build) / "output"


@pytest.fixture(scope="session")
def artifact(output: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pack the output as actions/upload-pages-artifact does."""

    def pack(folder: Path) -> None:
        options = ["--dereference", "--hard-dereference", "--exclude=.git", "--exclude=.github", "--exclude=.[^/]*"]
        archive = str(folder / "artifact.tar")
        subprocess.run(["tar", *options, "--directory", str(output), "-cf", archive, "."], check=True)

    return make_once(tmp_path_factory, "packed", pack) / "artifact.tar"


@pytest.fixture(scope="session")
def deployed(artifact: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpack what is deployed."""

    def unpack(folder: Path) -> None:
        subprocess.run(["tar", "--directory", str(folder), "-xf", str(artifact)], check=True)

    return make_once(tmp_path_factory, "deployed", unpack)


@pytest.fixture(scope="session")
def addresses(output: Path) -> tuple[str, ...]:
    """Every page by its address below the home page, the 404 page too; what holds all, and cards, have tests of their own.

    Of pages as they read on a day, only those of one brief, since they are all made alike.
    """
    apart = ("briefing.html", "card.html")
    found = (path for path in files_of(output) if path.endswith(".html") and not path.endswith(apart))
    return tuple(
        path.removesuffix("index.html") for path in found if path.startswith(OF_A_BRIEF) or not OF_A_DAY.search(path)
    )


@pytest.fixture(scope="session")
def kinds(output: Path, addresses: tuple[str, ...]) -> tuple[str, ...]:
    """The longest page of each kind."""
    sizes = {address: page_file(output, address).stat().st_size for address in addresses}
    by_size = sorted(addresses, key=lambda address: (sizes[address], address))
    return tuple(sorted({kind_of(address): address for address in by_size}.values()))


@pytest.fixture(scope="session")
def briefs(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Every brief."""
    return tuple(one for one in addresses if re.fullmatch("briefs/[^/]+/", one))


@pytest.fixture(scope="session")
def home(output: Path) -> Iterator[str]:
    """The address of the home page, where the site stands below a path as a repository's pages do."""
    with Server(output, "/some/repo/") as server:
        yield server.home


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, kept open between tests."""
    with launch(playwright) as browser:
        yield browser


@pytest.fixture
def visit(browser: Browser, home: str) -> Iterator[Visit]:
    """Open pages; every window is closed when the test ends."""
    with ExitStack() as windows:

        def visit(address: str = "", *, script: bool = True, width: int = 1280, scheme: Scheme = "light") -> Page:
            context = browser.new_context(
                base_url=home,
                java_script_enabled=script,
                viewport={"width": width, "height": 740},
                color_scheme=scheme,
            )
            windows.callback(context.close)
            page = context.new_page()
            page.goto(address)
            return page

        yield visit


def launch(playwright: Playwright, unlike: Sequence[str] = ()) -> Browser:
    """Start a Chromium that can reach this machine alone, without some of the options that Playwright gives it."""
    names = ("chromium", "chromium-browser", "google-chrome")
    program = next(path for path in map(shutil.which, names) if path)
    rules = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    return playwright.chromium.launch(
        executable_path=program, args=["--no-sandbox", rules], ignore_default_args=list(unlike)
    )


def follow(link: Locator) -> None:
    """Click on a link and wait until the page that it leads to is there; a click alone may return before it is."""
    with link.page.expect_navigation():
        link.click()


def wait_until(page: Page, condition: str) -> None:
    """Wait until an expression is true. `wait_for_function` may only ask once, where a page forbids `eval`."""
    page.evaluate(
        f"new Promise((done) => (function look() {{ {condition} ? done() : requestAnimationFrame(look) }})())"
    )


def kind_of(address: str) -> str:
    """Name the kind of a page: what is made of one template is one kind."""
    if OF_A_DAY.search(address):
        return "a day"
    folder, _, rest = address.partition("/")
    if rest:
        return "actor" if folder in ("people", "organisations", "places") else f"one of {folder}"
    if (REPOSITORY / "content" / "pages" / f"{folder}.md").is_file():
        return "page"
    return "list" if folder in ("briefs", "people", "organisations", "places", "glossary") else address


def page_file(output: Path, address: str) -> Path:
    """Return the file of a page."""
    return output / (f"{address}index.html" if not address or address.endswith("/") else address)
