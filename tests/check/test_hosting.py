"""Hosting: a warning before a site reaches the limits of GitHub Pages."""

from __future__ import annotations

import pytest

from briefing.check.hosting import MOST_BYTES, MOST_FILES, check_size
from briefing.incremental.memo import Memo
from tests.sites import MakeSite, brief, codes


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []), ([10, 10], []), ([10, 11], ["large-site"]), ([21], ["large-site"]), ([1] * 3, []),
        ([1] * 4, ["many-files"]), ([6] * 4, ["large-site", "many-files"]),
    ],
)  # fmt: skip
def test_bytes_and_files_are_counted(sizes: list[int], expected: list[str]) -> None:
    """The first byte and the first file above a limit give a warning."""
    found = check_size(sizes, most_bytes=20, most_files=3)
    assert (expected, {"warning"} if expected else set()) == (codes(found), {one.level for one in found})


def test_the_limits_are_those_of_pages() -> None:
    """800 MB and 100,000 files give no warning; one byte or one file more does."""
    assert () == check_size([MOST_BYTES - MOST_FILES + 1] + [1] * (MOST_FILES - 1))
    assert ["large-site", "many-files"] == codes(check_size([MOST_BYTES - MOST_FILES + 1] + [1] * MOST_FILES))
    assert (800_000_000, 100_000) == (MOST_BYTES, MOST_FILES)


def test_every_written_file_is_counted(site: MakeSite) -> None:
    """The files that are counted are those that are written: pages, exports, assets, the one-file edition, with their sizes."""
    one, memo = site(f"-- content/briefs/hours.md --\n{brief()}"), Memo()
    for text in ("One.", "Two."):  # worked out, then remembered but for this
        one.write("assets/notes.txt", text)
        one.good()
        sizes = {file.path: file.size for file in one.result(memo).files}
        assert {path: len(data) for path, data in one.output().items()} == sizes


def test_the_search_index_is_counted(site: MakeSite) -> None:
    """Files of the search index are counted with their sizes."""
    files = site(f"-- content/briefs/hours.md --\n{brief()}").result(search=True).files
    found = [file for file in files if file.path.startswith("pagefind/")]
    assert len(found) > 3
    assert [len(file.data.value) for file in found] == [file.size for file in found]


@pytest.mark.slow
def test_check_and_build_warn_of_a_large_site(site: MakeSite) -> None:
    """Check and build both warn; with strict, the build stops before anything is written."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}")
    (one.root / "assets").mkdir()
    for number in range(MOST_FILES):
        (one.root / f"assets/{number}").touch()
    assert ["many-files"] == codes(one.check())
    report = one.build(strict=True)
    assert (["many-files"], None) == (codes(report.problems), report.written)
