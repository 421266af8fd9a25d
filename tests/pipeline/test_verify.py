"""Verify: every byte of the output folder is compared with a build from nothing."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from briefing.cli.arguments import REPOSITORY
from briefing.pipeline.verify import describe, verify
from briefing.problems import Finding
from briefing.write.manifest import MANIFEST
from tests.sites import MakeSite, Site, brief, places

HOURS = f"-- content/briefs/hours.md --\n{brief()}"


def found(one: Site, **options: object) -> list[tuple[str, str, int, int]]:
    """Verify a site and return the places of its problems."""
    report, _ = verify(one.project(**options))
    return places(report.problems)


def test_a_new_build_verifies_and_every_byte_is_compared(site: MakeSite) -> None:
    """A new build is right, with search index and manifest, and the memo is not used."""
    one = site(HOURS)
    one.good(search=True)
    shutil.rmtree(one.root / ".cache")
    keeper = one.root / "output/.gitignore"
    keeper.write_bytes((REPOSITORY / "output/.gitignore").read_bytes())
    report, compared = verify(one.project(search=True))
    keeper.unlink()
    size = sum(path.stat().st_size for path in (one.root / "output").rglob("*") if path.is_file())
    assert ((), len(one.output()) + 1, size) == (report.problems, compared.files, compared.bytes)
    assert not (one.root / ".cache").exists()


def test_every_difference_is_reported(site: MakeSite, tmp_path: Path) -> None:
    """A changed file, a missing file, an extra file, a link and a hidden file: each is reported by its path."""
    one = site(HOURS)
    one.good()
    page = one.root / "output/briefs/hours/index.html"
    page.write_bytes(page.read_bytes()[:-1] + b"\t")
    one.delete("output/a-z/index.html")
    one.write("output/briefs/.hidden", "")
    (one.root / "output/robots.txt").rename(tmp_path / "robots.txt")
    (one.root / "output/robots.txt").symlink_to(tmp_path / "robots.txt")
    (one.root / "output/zfolder").symlink_to(tmp_path)
    before = one.output()
    assert [
        ("output-missing", "output/a-z/index.html", 0, 0),
        ("output-foreign", "output/briefs/.hidden", 0, 0),
        ("output-differs", "output/briefs/hours/index.html", 0, 0),
        ("output-foreign", "output/robots.txt", 0, 0),
        ("output-missing", "output/robots.txt", 0, 0),
        ("output-foreign", "output/zfolder", 0, 0),
    ] == found(one)
    assert before == one.output()


@pytest.mark.parametrize("place", range(0, 1000, 83))
def test_a_change_anywhere_in_the_manifest_is_found(site: MakeSite, place: int) -> None:
    """One changed character of the manifest is a difference, wherever it is."""
    one = site(HOURS)
    one.good()
    text = one.read(f"output/{MANIFEST}")
    one.write(f"output/{MANIFEST}", text[:place] + chr(ord(text[place]) ^ 1) + text[place + 1 :])
    assert [("output-differs", f"output/{MANIFEST}", 0, 0)] == found(one)


def test_an_edit_since_the_build_is_found(site: MakeSite) -> None:
    """The pages that show it differ, and the manifest."""
    one = site(HOURS)
    one.good()
    one.edit("content/briefs/hours.md", "at nine", "at ten")
    differing = {path for code, path, _, _ in found(one)}
    assert {"output/briefs/hours/index.html", f"output/{MANIFEST}"} <= differing


def test_an_output_of_another_date_is_recognised(site: MakeSite) -> None:
    """If only the options differ, the problem names the options of the manifest."""
    one = site(HOURS)
    one.good(now="2026-02-27")
    [problem] = verify(one.project(now="2026-03-01"))[0].problems
    expected = Finding(
        "output-differs",
        "it was built with other options: now 2026-02-27",
        "verify with the same options",
    )
    assert expected.at(f"output/{MANIFEST}") == problem


def test_a_site_that_was_never_built_does_not_verify(site: MakeSite) -> None:
    """Every file is missing, and no folder is made."""
    one = site(HOURS)
    assert {"output-missing"} == {code for code, *_ in found(one)}
    assert not (one.root / "output").exists()


def test_the_command_prints_the_result_in_one_line(site: MakeSite) -> None:
    """Exit 0 and a count if all is right, exit 1 and each difference if not; nothing is written."""
    one = site(HOURS)
    one.run("build", "--now", "2026-03-01")
    good = one.run("build", "--verify", "--now", "2026-03-01")
    assert (0, True) == (good.returncode, "output/ is byte for byte what the content produces: " in good.stderr)
    one.write("output/a-z/index.html", "vandal")
    bad = one.run("build", "--verify", "--now", "2026-03-01", "--format", "json")
    assert (1, "") == (bad.returncode, bad.stderr)
    assert ["output/a-z/index.html"] == [one["path"] for one in json.loads(bad.stdout)["problems"]]
    assert "vandal" == one.read("output/a-z/index.html")
    said = one.run("build", "--verify", "--now", "2026-03-01").stderr
    assert "output/ is not what the content produces: 1 differences in " in said
    one.edit("content/briefs/hours.md", "nine", "nine [[nowhere]]")
    broken = one.run("build", "--verify", "--now", "2026-03-01")
    assert (1, True) == (broken.returncode, "was not verified" in broken.stderr)


def test_large_numbers_have_separators(site: MakeSite) -> None:
    """The counts of files and bytes are easy to read."""
    one = site(HOURS)
    one.write("assets/big.txt", "x" * 1_000_000)
    one.good()
    _, compared = verify(one.project())
    assert f"{compared.files} files, {compared.bytes:,} bytes" in describe(compared, "output/")
