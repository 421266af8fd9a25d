"""What a sensitive subject needs is there with `safety`, and nothing of it is there without."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from briefing.cli.arguments import REPOSITORY
from briefing.parse.schemas import schema
from tests.sites import DEFAULT, MakeSite, Site, brief, codes, places

CALM = re.sub(r"^safety:\n(?:  .*\n)+", "", DEFAULT, flags=re.MULTILINE)
"""The settings and the home page of the test site, without `safety`."""
RECORDS = f"""\
-- assets/map.svg --
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><circle r="1"/></svg>
-- content/support.yaml --
- {{id: desk, name: The desk, who_for: Readers, number: "555", checked: 2026-01-01}}
-- content/places.yaml --
- {{id: hall, name: Hallwick, summary: A town., as_of: 2026}}
-- content/briefs/help.md --
{brief("Loud words", "A 12-year-old reads with her mother in [[hall]]. ![The river](map.svg)", quiet="true", sensitivity="Sad.")}
"""
SAFETY = 'safety:\n  exit: {url: "https://weather.example/", label: Go}\n  quiet_words: [loud]\n'
STRICT = {"unlisted-picture", "identifying", "loud-page"}
WORDS = r"""abus\w*|victim\w*|surviv\w*|police|inquir\w+|rape\w*|sexual\w*|groom\w*|assault\w*|offen[cd]\w*|convict\w*|exploit\w*|
    foster\w*|vulnerab\w*|exit\w*|leave|leaves|leaving|support|safety|sensitiv\w+|quiet\w*|weather|helpline\w*|
    painful|danger\w*|harm\w*|bailiff\w*"""
"""Words of the subjects that `safety` is for, and of what it publishes."""
NOT_OURS = re.compile(r"pagefind/|assets/fonts/OFL\.txt$|.*\.(?:png|woff2)$")
"""Files of other projects, and pictures."""


def settings(more: str) -> str:
    """Return the calm files with more lines in the settings."""
    return CALM.replace("tagline:", f"{more}tagline:")


def far_from_help(output: dict[str, bytes]) -> list[str]:
    """Return the pages from which more than two taps are needed to call somebody."""
    pages = {path: data for path, data in output.items() if path.endswith("index.html") or path == "404.html"}
    pages = {path: data for path, data in pages.items() if b'class="bar"' in data}
    assert b"tel:" in pages["support/index.html"]
    leads = re.compile(rb'<a class="help" href="(?:[^"]*/)?(?:support/|\./)"')
    return [path for path, data in pages.items() if b"tel:" not in data and not leads.search(data)]


def starter(folder: Path) -> Site:
    """Make the site that `init` makes."""
    shutil.copytree(REPOSITORY / "briefing/starter/content", folder / "content")
    return Site(folder, default="")


@pytest.mark.parametrize("made", ["starter", "title"])
def test_a_calm_site_knows_no_sensitive_subject(tmp_path: Path, made: str) -> None:
    """All published files are read: no word, class, id or script of a sensitive subject is in any of them."""
    one = starter(tmp_path) if made == "starter" else Site(tmp_path, "-- content/site.yaml --\ntitle: A\n", default="")
    one.good(search=True)
    output = {path: data for path, data in one.output().items() if not NOT_OURS.match(path)}
    told = json.loads(one.read("output/manifest.json"))
    del told["made_of"]["templates"]  # names of the generator's own files, which are not published
    output["manifest.json"] = json.dumps(told).encode()
    assert [] == [path for path in output if "safety" in path or "support" in path]
    found = re.compile(rf"(?<!\w)(?:{WORDS})(?!\w)", re.IGNORECASE | re.VERBOSE)
    assert {} == {path: said for path, data in output.items() if (said := found.findall(data.decode()))}
    assert {"index.html", "assets/style.css", "assets/search.js", "search/index.html"} <= set(output)


def test_without_safety_nothing_of_it_is_demanded_or_shown(site: MakeSite) -> None:
    """A page with a picture, an age and a quiet mark is fine; the services are on their own page, and on no other."""
    one = site(RECORDS, default=CALM)
    assert set() == STRICT & set(codes(one.build().problems))
    output = one.output()
    assert ["support/index.html"] == [
        path for path, data in output.items() if path.endswith("index.html") and b"tel:555" in data
    ]
    carried = re.compile(
        rb'assets/safety|UI--exit|class="(?:exit|support|help|help-line|blank)"|--exit|\.(?:support|help)\b|find help'
    )
    assert [] == [path for path, data in output.items() if carried.search(data)]
    assert not [path for path in output if "safety" in path]


def test_with_safety_all_of_it_is(site: MakeSite) -> None:
    """The same site with the block: each check finds its mistake, and each page has the button and the box."""
    one = site(RECORDS, default=settings(SAFETY))
    assert set(codes(one.check())) >= STRICT
    one.edit("content/briefs/help.md", "quiet: true\n", "")
    one.edit(
        "content/site.yaml", "  quiet_words", "  pictures: [{file: map.svg, reason: Shows a river.}]\n  quiet_words"
    )
    assert {"identifying"} == STRICT & set(codes(one.build().problems))
    page, output = one.page("/briefs/help/"), one.output()
    assert [] == far_from_help(output)
    assert "tel:555" in page and 'href="https://weather.example/"' in page
    assert {"assets/safety/exit.js", "assets/safety/search.js"} == {path for path in output if "safety" in path}
    assert "assets/search-link.js" not in output
    assert re.search(rb"\.exit\{.*\.support\{", output["assets/style.css"], re.DOTALL)
    for path in re.findall(r'(?:href|src)="(?:\.\./)*(assets/[^"]+)"', page + one.page("/search/")):
        assert path in output


@pytest.mark.parametrize(
    ("block", "box", "button", "strict"),
    [
        ("safety: {}\n", True, False, True),
        ("safety: {support_box: false}\n", False, False, True),
        ("safety: {support_box: true}\n", True, False, True),
        ('safety: {exit: {url: "https://w.example/", label: Go}, support_box: false}\n', False, True, True),
        ("checks: {identifying: off}\n", False, False, False),
    ],
)
def test_the_block_switches_everything_on_and_single_parts_off(
    site: MakeSite, block: str, box: bool, button: bool, strict: bool
) -> None:
    """Also an empty block is a block."""
    one = site(RECORDS.replace("![The river](map.svg)", ""), default=settings(block))
    found = codes(one.build().problems)
    page = one.page("/briefs/help/")
    assert (box, button, strict) == ("tel:555" in page, 'class="exit"' in page, "identifying" in found)


@pytest.mark.parametrize("field", schema("site")["properties"]["safety"]["properties"])
def test_a_field_outside_of_the_block_is_told_its_place(site: MakeSite, field: str) -> None:
    """Each field of `safety` that is at the top of the settings is a problem there, with the way to the block."""
    one = site(f"-- content/site.yaml --\ntitle: A\n{field}: [x]\n", default="")
    [problem] = [one for one in one.errors() if one.code == "unknown-field"]
    assert ("unknown-field", "content/site.yaml", 2, 1) == places([problem])[0]
    assert "below safety: and indent it" in problem.hint


def test_a_site_s_own_words_identify_too(site: MakeSite) -> None:
    """The words of the settings are added to those that every site with `safety` has."""
    text = RECORDS.replace("her mother in [[hall]]. ![The river](map.svg)", "her rowing club.").replace(
        "quiet: true\n", ""
    )
    assert "identifying" not in codes(site(text, default=settings("safety: {}\n")).check())
    assert "identifying" in codes(site(text, default=settings("safety: {identifying_words: [club]}\n")).check())


def test_services_are_in_the_home_page_behind_one_line(site: MakeSite) -> None:
    """The line opens the same list of services that other pages show."""
    service = "- {id: line, name: The line, who_for: Anyone, number: '1234', checked: 2026-01-01}\n"
    one = site(f"-- content/support.yaml --\n{service}")
    one.good()
    home, other = one.page("/"), one.page("/404.html")
    (box,) = re.findall(r'<section class="support".*?</section>', other, re.DOTALL)
    (fold,) = re.findall(r'<details class="help-fold"><summary>.*?</summary>(.*?)</details>', home, re.DOTALL)
    assert re.sub(r'href="[^"]*"', "", box) in re.sub(r'href="[^"]*"', "", fold)
    assert "help-fold" not in other
