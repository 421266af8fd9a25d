"""The largest size that a page may have, and its size: python -m tests.browser.budgets OUTPUT prints the table."""

from __future__ import annotations

import gzip
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.browser.markup import read
from tests.browser.pages import files_of

LISTS = frozenset(
    f"{name}/index.html"
    for name in (
        "a-z", "changes", "glossary", "not-known", "numbers", "organisations", "people", "places", "recommendations",
        "sources", "timeline", "words-we-use",
    )
)  # fmt: skip
"""Pages that name every record of a kind and so grow with the site."""
_SHARED = ("assets/style.css", "assets/lists.css", "assets/safety/exit.js", "assets/previews.js")
"""Everything that the home page loads, except its font."""


@dataclass(frozen=True, slots=True)
class Budget:
    """A limit, what was aimed at, and the most that was measured, with the page or file that it was measured on."""

    name: str
    target: int
    limit: int
    measured: int
    where: str


def zipped(path: Path) -> int:
    """Return a file's size as it travels."""
    return len(gzip.compress(path.read_bytes(), 6))


def measure(output: Path) -> Iterator[Budget]:
    """Measure a built site against its budgets; bytes are zipped but for fonts, which are zipped in themselves."""
    found = files_of(output)
    editions = [path.removesuffix("404.html") for path in found if path.endswith("/404.html")]
    files = {path: file for path, file in found.items() if "pagefind/" not in path}
    whole = ("briefing.html", *(f"{edition}briefing.html" for edition in editions))
    pages = {path: file for path, file in files.items() if path.endswith(".html") and path not in whole}
    sizes = {path: zipped(file) for path, file in pages.items()}
    nodes = {path: sum(1 for _ in read(file.read_text(encoding="utf-8")).walk()) for path, file in pages.items()}
    kinds = {path: _kind(path, editions) for path in pages}

    def most(name: str, kind: str, of: dict[str, int], target: int, limit: int) -> Budget:
        where = max((path for path in pages if kinds[path] == kind), key=lambda path: of[path])
        return Budget(name, target, limit, of[where], where.removesuffix("index.html"))

    yield most("HTML of an ordinary page, bytes", "ordinary", sizes, 10_000, 14_000)
    yield most("HTML of a brief, with its receipts, bytes", "brief", sizes, 14_000, 16_000)
    yield most("HTML of a list, bytes", "list", sizes, 25_000, 40_000)
    sheets = _ending(files, ".css")
    drawn = {path: file for path, file in sheets.items() if path.endswith("/drawings.css")}
    listing = {path: file for path, file in sheets.items() if path.endswith("/lists.css")}
    switching = {path: file for path, file in sheets.items() if path.startswith("assets/editions")}
    earlier = {path: file for path, file in sheets.items() if path.endswith("/versions.css")}
    shared = {path: file for path, file in sheets.items() if path not in (*drawn, *listing, *switching, *earlier)}
    yield _sum("style sheets of every page, bytes", 4_000, 7_000, shared, zipped)
    yield _sum("style sheets of pages with drawings alone, bytes", 2_000, 2_500, drawn, zipped)
    yield _sum("style sheets of lists and the home page alone, bytes", 1_000, 1_500, listing, zipped)
    yield _sum("style sheets of pages in several languages or in Easy Read alone, bytes", 500, 1_500, switching, zipped)
    yield _sum("style sheets of pages of earlier days alone, bytes", 400, 1_000, earlier, zipped)
    scripts = _ending(files, ".js")
    searching = {path: file for path, file in scripts.items() if "search" in path}
    others = {path: file for path, file in scripts.items() if "search" not in path}
    yield _sum("scripts of every page, bytes", 2_000, 4_000, others, zipped)
    yield _sum("scripts of the search page alone, bytes", 3_000, 4_000, searching, zipped)
    fonts = _ending(files, ".woff2")
    yield _sum("fonts, bytes", 25_000, 50_000, fonts, lambda file: file.stat().st_size)
    yield Budget("font files", 1, 2, len(fonts), "assets/fonts/")
    first = zipped(files["index.html"]) + sum(zipped(files[path]) for path in _SHARED)
    first += sum(file.stat().st_size for file in fonts.values())
    yield Budget("first view of the home page, all in, bytes", 40_000, 60_000, first, "")
    yield most("elements of an ordinary page", "ordinary", nodes, 800, 1_500)
    yield most("elements of a brief", "brief", nodes, 800, 1_500)


def _kind(path: str, editions: list[str]) -> str:
    path = path.removeprefix(max((one for one in editions if path.startswith(one)), key=len, default=""))
    if path in LISTS or path.startswith("timeline/"):
        return "list"
    return "brief" if path.startswith("briefs/") and path != "briefs/index.html" else "ordinary"


def _ending(files: dict[str, Path], ending: str) -> dict[str, Path]:
    return {path: file for path, file in files.items() if path.endswith(ending)}


def _sum(name: str, target: int, limit: int, files: dict[str, Path], size: Callable[[Path], int]) -> Budget:
    return Budget(name, target, limit, sum(size(file) for file in files.values()), ", ".join(files))


def table(budgets: Iterable[Budget]) -> str:
    """Return budgets as a Markdown table."""
    rows = [f"| {one.name} | {one.target:,} | {one.limit:,} | {one.measured:,} | {one.where} |" for one in budgets]
    return "\n".join(["| what | target | limit | measured | on |", "|---|---|---|---|---|", *rows])


if __name__ == "__main__":
    print(table(measure(Path(sys.argv[1]))))
