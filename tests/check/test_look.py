"""The look of a site: colours that can be read, files that exist, and nothing but what the settings name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.check.look import contrast
from briefing.cli.arguments import REPOSITORY
from briefing.parse.schemas import schema
from tests.sites import MakeSite, Site, brief, codes, document, places

STYLE = """\
logo: {file: logo.svg, alt: The library, height: 40, dark: pictures/logo-dark.svg}
favicon: icon.png
style:
  light: {link: "#0B5C8A", paper: "#F0F4F4"}
  dark: {link: "#9CF"}
  text_font: [Palatino, serif]
  interface_font: Noto Sans
  measure: 36
  sheet: own.css
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><rect width="300" height="100"/></svg>\n'
SETTINGS = "-- content/site.yaml --\ntitle: The library\nbase_url: https://library.example/guide\n"
FILES = f"""\
-- content/briefs/hours.md --
{brief()}-- assets/logo.svg --
{SVG}-- assets/pictures/logo-dark.svg --
{SVG}-- assets/icon.png --
x
-- assets/own.css --
h1 {{ color: var(--link) }}
"""
SITE = f"{SETTINGS}{STYLE}{FILES}"
COLOURS = sorted(schema("common")["$defs"]["colours"]["properties"])
RGB = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


def test_every_page_has_the_look(site: MakeSite) -> None:
    """Variables, the sheet of the site's own, logo and icon are on every page, at any depth, and on the 404 page."""
    one = site(SITE, default="")
    one.good()
    output = {path: data.decode() for path, data in one.output().items() if path.endswith((".html", ".css"))}
    sheet = output["assets/style.css"]
    assert sheet.endswith(
        ':root { --measure: 36rem; --serif: "Palatino", serif; --sans: "Noto Sans", sans-serif }\n'
        "@media screen and (prefers-color-scheme: light) { :root { --link: #0B5C8A; --paper: #F0F4F4 } }\n"
        "@media screen and (prefers-color-scheme: dark) { :root { --link: #9CF } }\n"
    )
    pages = {path: text for path, text in output.items() if "<header" in text and path != "briefing.html"}
    for path, text in pages.items():
        up = "/guide/" if path == "404.html" else "../" * path.count("/")
        assert (
            f'<link rel="stylesheet" href="{up}assets/own.css">\n<link rel="icon" href="{up}assets/icon.png">' in text
        )
        assert f'<img src="{up}assets/logo.svg" alt="The library" height="40" width="120">' in text, path
        assert f'<source srcset="{up}assets/pictures/logo-dark.svg" media="(prefers-color-scheme: dark)">' in text
        assert ('content="#F0F4F4" media', False) == (
            re.findall(r'content="#\w+" media', text)[0], "source-serif" in text
        )  # fmt: skip


def test_the_one_file_edition_has_the_look(site: MakeSite) -> None:
    """It contains the logo, the icon, the variables and the rules of the site's own sheet, and loads nothing."""
    one = site(SITE, default="")
    one.good()
    text = one.output()["briefing.html"].decode()
    assert 3 == len(re.findall(r'(?:src|srcset|href)="data:image/', text))
    assert "--measure: 36rem" in text and "h1{color:var(--link)}" in text
    assert not re.search(r'(?:src|srcset)="(?!data:)|<link rel="(?:icon|stylesheet)" href="(?!data:)', text)


def test_without_settings_nothing_is_added(site: MakeSite) -> None:
    """The style sheet of a site without them is ours, and has no rule about logos."""
    one = site(f"{SETTINGS}{FILES}", default="")
    one.good()
    sheet = one.output()["assets/style.css"].decode()
    ours = (REPOSITORY / "assets/style.css").read_text(encoding="utf-8")
    ours = re.sub(r"/\* if the site has .*?/\* end if \*/", "", ours, flags=re.DOTALL)
    assert sheet.count(":root") == ours.count(":root")
    assert ".name img" not in sheet and "source-serif" in one.output()["index.html"].decode()


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000", "#FFFFFF", 21), ("#777", "#777777", 1), ("#767676", "#FFF", 4.54), ("#777777", "#FFF", 4.48), ("#F00", "#000", 5.25)],
)  # fmt: skip
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    """Known values, in either order."""
    assert expected == round(contrast(one, other), 2) == round(contrast(other, one), 2)


@given(RGB, RGB)
def test_contrast_is_between_1_and_21(one: str, other: str) -> None:
    """It is the same in both directions, and 1 for a colour with itself."""
    assert 1 <= contrast(one, other) == contrast(other, one) <= 21 and 1 == contrast(one, one)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(COLOURS), RGB, min_size=1), st.sampled_from(["light", "dark"]))
def test_a_colour_that_cannot_be_read_is_found(
    tmp_path_factory: pytest.TempPathFactory, given_: dict[str, str], scheme: str
) -> None:
    """With any colours, a site builds if each text has 4.5 and each border 3 on all grounds; with the hints, it does."""
    ours = palette(scheme)
    one = Site(tmp_path_factory.mktemp("site"), SETTINGS + FILES, default="")
    head = one.read("content/site.yaml")
    for _ in range(20):
        values = "".join(f'    {name}: "{value}"\n' for name, value in given_.items())
        one.write("content/site.yaml", f"{head}style:\n  {scheme}:\n{values}")
        found = one.errors()
        assert {"contrast"} >= set(codes(found))
        used = ours | given_
        least = dict.fromkeys(("ink", "muted", "link", "pine", "amber", "rust"), 4.5) | {"edge": 3}
        pairs = [(name, ground) for name in least for ground in ("paper", "raised", "tint")]
        assert bool(found) == any(contrast(used[a], used[b]) < least[a] for a, b in pairs)
        if not found or any(name in given_ for name in ("paper", "raised", "tint")):
            return
        for problem in found:
            name, value = re.findall(r"for example (\w+) to (#\w+)", problem.hint)[0]
            given_ = given_ | {name: value}
    raise AssertionError("the hints do not help")


def palette(scheme: str) -> dict[str, str]:
    """Return our colours in a scheme."""
    text = (REPOSITORY / "assets/style.css").read_text(encoding="utf-8")
    light, dark = (re.findall(r"--([\w-]+): (#\w+)", part) for part in text.split("@media print")[0].split("prefers-color-scheme: dark")[:2])  # fmt: skip
    return dict(light) | (dict(dark) if scheme == "dark" else {})


@pytest.mark.parametrize(
    ("sheet", "found"),
    [
        (":root { --link: #AAB }\n", ["contrast"]),
        ("a {}\n@media (prefers-color-scheme: dark) { :root { --ink: #333; } }\n", ["contrast"]),
        ("@media (prefers-color-scheme: light) {\n  :root { --paper: #333; } }\n", ["contrast"]),
        ("@media print { :root { --ink: #EEE } }\n", []),
        ("/* :root { --link: #AAB } */ :root { /* --link: #AAB */ --bar: 4rem }\n", []),
        (":root { --link: rgb(1 2 3) }\n", []),
        (":root { --own-red: #AAB; --hair: #AAB }\n", []),
    ],
)  # fmt: skip
def test_a_sheet_of_the_site_is_read_too(site: MakeSite, sheet: str, found: list[str]) -> None:
    """Colours that it gives to our variables are measured in the mode in which they apply, and placed in the sheet."""
    one = site(SITE, default="")
    one.write("content/site.yaml", "title: T\nstyle: {sheet: own.css}\n")
    one.write("assets/own.css", sheet)
    errors = one.errors()
    assert found == codes(errors)
    assert all(("assets/own.css", "#") == (one.path, sheet.split("\n")[one.line - 1][one.column - 1]) for one in errors)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("file: logo.svg", "file: lgo.svg", ("missing-asset", "did you mean logo.svg?")),
        ("pictures/logo-dark.svg", "logo-dark.svg", ("missing-asset", "did you mean")),
        ("favicon: icon.png", "favicon: ico.png", ("missing-asset", "icon.png")),
        ("sheet: own.css", "sheet: other.css", ("missing-asset", "")),
        ("logo.svg, alt: The library", "logo.svg", ("missing-field", "")),
        ("height: 40", "height: 400", ("wrong-form", "from 16 to 44")),
        ("measure: 36", "measure: 360", ("wrong-form", "from 25 to 60")),
        ("link: \"#9CF\"", "link: blue", ("wrong-form", "hexadecimal")),
        ("link: \"#9CF\"", "lnk: \"#9CF\"", ("unknown-field", "“link”")),
        ("link: \"#9CF\"", "link: \"#9CF; } * { color: red\"", ("too-long", "")),
        ("link: \"#9CF\"", "link: \"#9CF;}\"", ("wrong-form", "hexadecimal")),
        ("Noto Sans", "'Noto\" } body { display: none }'", ("wrong-form", "")),
        ("[Palatino, serif]", "['a\\']", ("wrong-form", "")),
        ("[Palatino, serif]", "['url(x)']", ("wrong-form", "")),
        ("file: logo.svg", "file: ../logo.svg", ("wrong-form", "below assets/")),
        ("file: logo.svg", "file: https://evil.example/logo.svg", ("wrong-form", "below assets/")),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_look_is_said(site: MakeSite, old: str, new: str, expected: tuple[str, str]) -> None:
    """Files that do not exist, and values that are no colour, no name of a font and no size, are found where they stand."""
    one = site(SITE, default="")
    one.edit("content/site.yaml", old, new)
    [problem, *_] = [problem for problem in one.errors() if problem.code == expected[0]]
    assert ("content/site.yaml", True, True) == (problem.path, problem.line > 2, expected[1] in problem.hint)


@given(st.text(min_size=1, max_size=30))
def test_no_value_ends_its_rule(words: str) -> None:
    """A font or a colour that the settings accept has nothing that means more in a style sheet; YAML reads a line end as a space."""
    typed = words.replace("\\", "\\\\").replace('"', '\\"')
    for field in (f'text_font: "{typed}"', f'interface_font: ["{typed}"]', f'light: {{ink: "#{typed}"}}'):
        parsed = document(f"title: T\nstyle: {{{field}}}\n", "site", "content/site.yaml")
        if not parsed.problems:
            assert re.fullmatch(r"[\w \r\n-]+", "".join(one for one in words if ord(one) < 128) or "x"), field


def test_a_logo_that_is_gone_is_no_crash(site: MakeSite, tmp_path: Path) -> None:
    """A picture without a size is shown without a width."""
    one = site(SITE, default="")
    one.write("assets/logo.svg", '<svg xmlns="http://www.w3.org/2000/svg"></svg>\n')
    one.good()
    assert 'alt="The library" height="40"></picture>' in one.output()["index.html"].decode()
    assert [] == places(one.errors())


def test_the_manual_shows_our_colours() -> None:
    """Its table has every colour that can be set, with our value in both modes."""
    manual = (REPOSITORY / "docs/look.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| `(#\w+)` \| `(#\w+)` \|$", manual, re.MULTILINE)
    assert sorted(rows) == [(name, palette("light")[name], palette("dark")[name]) for name in COLOURS]
