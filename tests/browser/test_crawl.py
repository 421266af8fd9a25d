"""Every page can be reached, every link leads somewhere, and what links here is what links here."""

from __future__ import annotations

import re
import tarfile
from pathlib import Path
from urllib.parse import quote, urljoin

import pytest

from tests.browser.backlinks import graph, printed
from tests.browser.conftest import BASE, OF_A_DAY, Visit, page_file
from tests.browser.crawl import Crawl, crawl, is_own
from tests.browser.markup import Node, read, references
from tests.browser.pages import Server, answer, files_of

NOT_FOUND = "404.html"

EDITIONS = ("cy/", "easy-read/")
"""What is before the addresses of other languages and forms, which have an A to Z of their own and are no mentions."""


@pytest.fixture(scope="session")
def crawled(deployed: Path) -> Crawl:
    """What is deployed, followed from home below a path."""
    with Server(deployed, "/some/repo/") as server:
        return crawl(server.home)


def test_the_same_is_found_at_the_root_of_a_host(deployed: Path, crawled: Crawl) -> None:
    """Pages, links and answers do not depend on the path that the site stands at."""
    with Server(deployed) as server:
        found = [(set(one.pages), set(one.below_home()), one.answers()) for one in (crawl(server.home), crawled)]
    assert found[0] == found[1]


def test_a_number_to_call_is_two_taps_away(output: Path, addresses: tuple[str, ...]) -> None:
    """Every page has a number to call, or its bar leads to a page that has one."""
    pages = {address: read(page_file(output, address).read_text(encoding="utf-8")) for address in addresses}
    calls = {name for name, page in pages.items() if any(to.startswith("tel:") for _, to in references(page))}
    far = []
    for name, page in pages.items():
        bar = [node for part in page.all(".bar") for node in part.all(".help") if node.tag == "a"]
        near = {urljoin(f"/some/repo/{name}", node.attributes["href"]).removeprefix("/some/repo/") for node in bar}
        if page.all(".bar") and not ({name} | near) & calls:
            far.append(name)
    assert ([], True) == (far, len(calls) > len(pages) // 2)


@pytest.fixture(scope="session")
def published(output: Path, addresses: tuple[str, ...]) -> dict[str, Node]:
    """Every page that asks to be found, by its address below home."""
    pages = {address: read(page_file(output, address).read_text(encoding="utf-8")) for address in addresses}
    robots = {
        address
        for address, page in pages.items()
        if any(node.attributes.get("name") == "robots" for node in page.all("meta"))
    }
    return {address: page for address, page in pages.items() if address not in robots}


@pytest.mark.parametrize(
    ("target", "status", "location"),
    [
        ("/some/repo/", 200, ""),
        ("/some/repo", 301, "/some/repo/"),
        ("/some/repo/a", 301, "/some/repo/a/"),
        ("/some/repo/a/?query", 200, ""),
        ("/some/repo/A/", 404, ""),
        ("/some/repo/a/b/c", 404, ""),
        ("/some/repo/page", 200, ""),
        ("/some/repo/page/", 404, ""),
        ("/some/repo/a/index", 200, ""),
        ("/some/repo/empty/", 404, ""),
        ("/some/repo", 301, "/some/repo/"),
        ("/some/repository/", 404, ""),
        ("/a/", 404, ""),
    ],
)
def test_server_answers_as_github_pages_does(tmp_path: Path, target: str, status: int, location: str) -> None:
    """Folders answer with their index page, other letters and other paths with the 404 page."""
    for name in ("index.html", "a/index.html", "page.html", "empty/file.txt", NOT_FOUND):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    found = answer(files_of(tmp_path), "/some/repo/", target)
    assert (status, location) == (found.status, found.location)


def test_the_artifact_is_one_that_pages_takes(output: Path, artifact: Path, deployed: Path) -> None:
    """It holds files and folders alone, each to be read by everybody, under 1 GB, and every file of the output."""
    with tarfile.open(artifact) as packed:
        members = packed.getmembers()
    assert [] == [one.name for one in members if not (one.isfile() or one.isdir())]
    assert [] == [
        one.name
        for one in members
        if one.mode & (0o444 if one.isfile() else 0o555) != (0o444 if one.isfile() else 0o555)
    ]
    assert sum(one.size for one in members) < 1_000_000_000
    lowered = [one.name.casefold() for one in members]
    assert len(lowered) == len(set(lowered)), "names that differ in capital letters alone"
    packed_files, files = files_of(deployed), files_of(output)
    assert {name: path.read_bytes() for name, path in files.items()} == {
        name: path.read_bytes() for name, path in packed_files.items()
    }


def test_every_page_is_served_by_the_rules_of_pages(deployed: Path, addresses: tuple[str, ...]) -> None:
    """Each page answers at its address; without its slash it sends there; in capitals and below itself it is the 404 page."""
    files = files_of(deployed)
    missing = files[NOT_FOUND].read_bytes()
    for address in addresses:
        whole = f"/some/repo/{quote(address)}"
        found = answer(files, "/some/repo/", whole)
        assert (200, page_file(deployed, address).read_bytes(), "text/html; charset=utf-8") == (
            found.status,
            found.body,
            found.type,
        )
        if address.endswith("/"):
            assert (301, f"/some/repo/{address}") == (
                answer(files, "/some/repo/", whole[:-1]).status,
                answer(files, "/some/repo/", whole[:-1]).location,
            )
        for wrong in (
            f"{whole}no/such/page",
            f"{whole}no.html",
            whole.upper().replace("/SOME/REPO/", "/some/repo/") + "x",
        ):
            found = answer(files, "/some/repo/", wrong)
            assert (404, missing) == (found.status, found.body)
        if address != address.upper():
            assert 404 == answer(files, "/some/repo/", f"/some/repo/{quote(address.upper())}").status


def test_site_map_names_every_page(output: Path, published: dict[str, Node]) -> None:
    """The site map names the pages of the output folder that ask to be found, and no other."""
    site_map = (output / "sitemap.xml").read_text(encoding="utf-8")
    assert {BASE + address for address in published} == set(re.findall("<loc>([^<]*)</loc>", site_map))


def test_every_page_is_reached_from_home(crawled: Crawl, published: dict[str, Node]) -> None:
    """Following links alone, without script, leads to every page."""
    unlisted = {
        path for path in crawled.pages if path.endswith(("briefing.html", "card.html")) or OF_A_DAY.search(path)
    }
    assert set(published) == crawled.pages.keys() - unlisted


def test_no_reference_is_broken(crawled: Crawl) -> None:
    """Every link, style, script, font and picture is answered at once with a file."""
    assert [] == crawled.broken()


def test_no_anchor_is_lost(crawled: Crawl) -> None:
    """Every link to a place in a page finds that place."""
    assert [] == crawled.lost()


def test_every_file_is_used(output: Path, crawled: Crawl) -> None:
    """Every file of the output is a page or is named by one, but for those that search, machines and lawyers ask for."""
    asked = set(crawled.answers())
    known = {"404.html", "manifest.json", "robots.txt", "sitemap.xml", "assets/redirect.js", "assets/fonts/OFL.txt"}
    known |= {"assets/card.png"}  # named by its absolute address, for those who show a shared link
    files = {path.removesuffix("index.html"): file for path, file in files_of(output).items()}
    unused = {
        path for path in files.keys() - asked - known if "pagefind/" not in path and not path.endswith("/404.html")
    }
    moved = {path for path in unused if b"assets/redirect.js" in files[path].read_bytes()}
    assert set() == unused - moved


def test_references_are_relative(published: dict[str, Node]) -> None:
    """Every reference to this site is relative, so that it works wherever the folder is put."""
    found = [
        (address, reference)
        for address, page in published.items()
        for node, reference in references(page)
        if is_own(reference, BASE) and node.attributes.get("rel") != "canonical" and "hreflang" not in node.attributes
        if reference.startswith(("/", BASE))
    ]
    assert [] == found


def test_canonical_address_is_where_the_page_stands(published: dict[str, Node]) -> None:
    """Every page names its own published address as the true one."""
    named = {
        address: [node.attributes["href"] for node in page.all("link") if node.attributes.get("rel") == "canonical"]
        for address, page in published.items()
    }
    assert {address: [BASE + address] for address in published} == named


def test_missing_page_is_whole_at_any_depth(output: Path, visit: Visit) -> None:
    """A wrong address three folders deep shows the 404 page with its style, exit and links that work."""
    fill = "getComputedStyle(document.getElementById('UI--exit')).backgroundColor"
    page = visit()
    usual = page.evaluate(fill)
    response = page.goto("no/such/place/")
    assert response is not None
    assert (404, usual) == (response.status, page.evaluate(fill))
    links = page.locator("a").evaluate_all("nodes => nodes.map(node => node.href)")
    home = page.url.removesuffix("no/such/place/")
    own = {link.removeprefix(home).partition("#")[0] for link in links if link.startswith(home)}
    missing = {address for address in own - {"no/such/place/"} if not page_file(output, address).is_file()}
    assert (set(), True) == (missing, {"", "a-z/"} <= own)


def test_missing_page_refers_from_the_root(output: Path) -> None:
    """The 404 page, which is shown at any depth, refers to this site by its whole path."""
    page = read((output / NOT_FOUND).read_text(encoding="utf-8"))
    found = [reference for _, reference in references(page) if is_own(reference, BASE)]
    wrong = [one for one in found if not one.startswith(("/some/repo/", "#"))]
    assert ([], True) == (wrong, len(found) > 10)


def test_backlinks_are_those_of_the_pages(published: dict[str, Node]) -> None:
    """Each page says that it is mentioned exactly where the text of the pages mentions it."""
    own = {address: page for address, page in published.items() if not address.startswith(EDITIONS)}
    mentions, said = graph(own), printed(own)
    unsaid = {(target, of) for target in said for of in mentions.get(target, set()) - said[target]}
    unfounded = {(target, of) for target in said for of in said[target] - mentions.get(target, set())}
    assert (set(), set()) == (unsaid, unfounded)


def test_a_to_z_names_every_page(crawled: Crawl, published: dict[str, Node]) -> None:
    """The A to Z leads to every page but home, itself and the parts of the timeline, which the timeline lists."""
    named = {to.partition("#")[0] for page, _, to in crawled.below_home() if page == "a-z/"}
    parts = {address for address in published if address.startswith("timeline/") and address != "timeline/"}
    own = {address for address in published if not address.startswith(EDITIONS)}
    assert set() == own - named - parts - {""}


def test_every_page_begins_with_its_title(published: dict[str, Node]) -> None:
    """One heading of the first level opens the text, before any list of contents; what is in brief comes before too."""
    wrong = {}
    for address, page in published.items():
        marks = [
            node for node in page.walk() if node.has("h1", ".in-brief", ".contents", ".text") and node.inside("main")
        ]
        kinds = ["h1" if node.tag == "h1" else min(node.classes & {"in-brief", "contents", "text"}) for node in marks]
        order = ["h1", "in-brief", "contents", "text"]
        if kinds != sorted(kinds, key=order.index) or kinds.count("h1") != 1:
            wrong[address] = kinds
    assert {} == wrong


def test_every_page_says_who_is_behind_it(published: dict[str, Node]) -> None:
    """The footer of every page leads to the page about the site, and says what the site is not."""
    feet = {address: page.all(".foot")[0] for address, page in published.items()}
    links = {
        address: {urljoin(BASE + address, link.attributes["href"]) for link in foot.all("a")}
        for address, foot in feet.items()
    }
    assert [] == [address for address, found in links.items() if f"{BASE}about/" not in found]
    assert [] == [address for address, foot in feet.items() if not foot.all(".notice")]


def test_a_content_note_is_one_and_holds_nobody_up(published: dict[str, Node]) -> None:
    """A page has at most one content note, with a way past it and a way to support, and no page has a dialog."""
    notes = {address: page.all(".care") for address, page in published.items()}
    ways = [[link.attributes["href"] for link in note.all("a")] for found in notes.values() for note in found]
    assert ({0, 1}, [["#UI--text", "#UI--support"]] * len(ways)) == ({len(found) for found in notes.values()}, ways)
    assert [] == [address for address, page in published.items() if page.all("dialog")]


def test_no_page_holds_control_characters(output: Path, addresses: tuple[str, ...]) -> None:
    """No mark that the generator sets for itself, and no other control character, is left in a page."""
    found = {
        address: sorted(
            set(re.findall(r"[\x00-\x08\x0b-\x1f\x7f].{0,12}", page_file(output, address).read_text("utf-8")))
        )
        for address in addresses
    }
    assert {} == {address: marks for address, marks in found.items() if marks}
