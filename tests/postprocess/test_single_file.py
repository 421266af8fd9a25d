"""The one-file edition contains all that its page loads, or says what it cannot contain; nothing else changes."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.cli.arguments import REPOSITORY
from briefing.incremental.hashed import Hashed
from briefing.model.files import File, Rendered
from briefing.model.steps import SingleFileInput
from briefing.postprocess.single_file import make_self_contained
from briefing.problems import Problem
from tests.sites import MakeSite, brief, places

PIXEL = b"\x89PNG\r\n\x1a\n"
ASSETS = {
    "style.css": b"@font-face { src: url(fonts/a.woff2) } p { color: red }",
    "fonts/a.woff2": b"\x00\x01",
    "pictures/a b.png": PIXEL,
    "pictures/c.svg": b"<svg/>",
    "go.js": b"go()",
    "clip.mp4": b"\x00",
}
FONT = "data:font/woff2;base64,AAE="
PNG = f"data:image/png;base64,{base64.b64encode(PIXEL).decode()}"
SVG = f"data:image/svg+xml;base64,{base64.b64encode(b'<svg/>').decode()}"
MP4 = "data:video/mp4;base64,AA=="
STYLE = f"@font-face {{ src: url({FONT}) }} p {{ color: red }}"


def embedded(page: str, **more: bytes) -> tuple[str, tuple[Problem, ...]]:
    """Embed what a page loads. In the names of more assets, `_css` and `_js` are the endings."""
    named = ASSETS | {re.sub("_(css|js)$", r".\1", name): data for name, data in more.items()}
    files = tuple(Rendered(f"assets/{path}", Hashed.of(data)) for path, data in named.items())
    volume = File("volume.html", "templates/volume.html", Hashed.of(page.encode()))
    rendered = Rendered("briefing.html", Hashed.of(page.encode()))
    made = make_self_contained(SingleFileInput(rendered, volume, files, "https://x.example/guide"))
    assert len(made.data.value) == made.size
    return made.data.value.decode(), made.problems


@pytest.mark.parametrize(
    "link",
    [
        '<link rel="stylesheet" href="assets/style.css">',
        '<link href="assets/style.css" rel="stylesheet">',
        "<link href='assets/style.css' rel='stylesheet' crossorigin>",
        "<LINK HREF=assets/style.css REL=StyleSheet >",
        '<link\n  href="assets/style.css"\n  rel="preload stylesheet"\n/>',
        '<link rel="stylesheet" href="./assets/x/../style.css?v=3#top">',
        '<link rel="stylesheet" href="/guide/assets/style.css">',
        '<link rel="stylesheet" href="https://x.example/guide/assets/style.css">',
        '<link rel="stylesheet" href="&#97;ssets/style%2Ecss">',
    ],
)
def test_a_style_sheet_is_embedded_however_it_is_named(link: str) -> None:
    """In any order, quotes and form of address, the sheet becomes an element, with its font in it."""
    assert (f"<p>Before</p><style>{STYLE}</style><p>After</p>", ()) == embedded(f"<p>Before</p>{link}<p>After</p>")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ('<link media="print" rel="stylesheet" href="assets/style.css">', f'<style media="print">{STYLE}</style>'),
        ('<img alt="" src="assets/pictures/a b.png">', f'<img alt="" src="{PNG}">'),
        ("<img src=assets/pictures/c.svg alt='<&#34;>'>", f'<img src="{SVG}" alt="&lt;&quot;&gt;">'),
        (
            '<img srcset="assets/pictures/a%20b.png 1x, assets/pictures/c.svg 2.5x, data:,x" alt="">',
            f'<img srcset="{PNG} 1x, {SVG} 2.5x, data:,x" alt="">',
        ),
        (
            '<picture><source media="print" srcset="assets/pictures/c.svg"></picture>',
            f'<picture><source media="print" srcset="{SVG}"></picture>',
        ),
        (
            '<video poster="assets/pictures/c.svg"><source src="assets/clip.mp4"></video>',
            f'<video poster="{SVG}"><source src="{MP4}"></video>',
        ),
        ('<svg><image href="assets/pictures/c.svg#a"/></svg>', f'<svg><image href="{SVG}#a"></svg>'),
        ('<link rel="icon" href="assets/pictures/c.svg">', f'<link rel="icon" href="{SVG}">'),
        ('<link rel="preload" href="assets/fonts/a.woff2" as="font">', ""),
        ('<script src="assets/go.js"></script>', "<script>go()</script>"),
        ('<script type="module" async src="assets/go.js">x</script>', '<script type="module">go()</script>'),
        ('<p style="background: url(assets/pictures/c.svg)">', f'<p style="background: url({SVG})">'),
        ("<style>p { background: url('assets/pictures/c.svg') }</style>", f"<style>p {{ background: url({SVG}) }}</style>"),
        ('<base href="assets/"><img src="pictures/c.svg">', f'<base href="assets/"><img src="{SVG}">'),
    ],
)  # fmt: skip
def test_whatever_is_loaded_is_embedded(written: str, expected: str) -> None:
    """Pictures, media, icons, scripts and the addresses in styles become part of the page; hints to load are removed."""
    assert (expected, ()) == embedded(written)


@pytest.mark.parametrize(
    "page",
    [
        '<a href="assets/style.css">style</a>',
        '<!-- <img src="gone.png"> --><p>&lt;img src="gone.png"></p>',
        "<!-- <style>p { background: url(gone.png) }</style>",
        '<link rel="canonical" href="https://x.example/"><link rel="alternate" href="feed.xml">',
        '<img src=""><img alt="x src=gone.png"><use href="#a"/>',
        "<img src=\"data:image/png;base64,AA==\"><img SRC = 'data:,x' >",
        '<script type="application/ld+json" src="x.json">{"a": "<img src=\'gone.png\'>"}</script>',
        "<script>document.write('<img src=\"gone.png\">')</script>",
        '<style>/* url(gone.png) */ a::before { content: "url(gone.png)" } b { fill: url(#a) }</style>',
        "<style>@namespace svg url(http://www.w3.org/2000/svg); a { background: url( data:,x ) }</style>",
        '<p title="a > b" data-src="gone.png">1 < 2 & 3 <br/></p>',
        '<p title="<img src=gone.png>"><meta name="x" content="gone.png">',
    ],
)
def test_what_loads_nothing_stays_byte_for_byte(page: str) -> None:
    """Links, comments, text, data and strings that only look like addresses are left as they are."""
    assert (page, ()) == embedded(page)


def test_a_script_that_waits_for_the_page_goes_to_its_end() -> None:
    """Deferred scripts run once the page is read, in order; others run where they are."""
    page = '<script defer src="assets/go.js"></script><script src="assets/go.js"></script><body><p>Text</p>{}'
    for end in ("</body></html>", ""):
        expected = f"<script>go()</script><body><p>Text</p><script>go()</script>{end}"
        assert (expected, ()) == embedded(page.format(end))


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (b'@import "more.css"; b {}', "i { color: red } b {}"),
        (b"@import url(more.css) screen and (color);", "@media screen and (color){i { color: red }}"),
        (b"a { background: url( 'pictures/a b.png' ) }", f"a {{ background: url({PNG}) }}"),
        (b"a { background: URL(pictures/a\\ b.png) }", f"a {{ background: url({PNG}) }}"),
        (b"a { background: image-set(url(pictures/c.svg) 1x) }", f"a {{ background: image-set(url({SVG}) 1x) }}"),
        (b"\xef\xbb\xbfb {}", "b {}"),
        (b'p::after { content: "</style><script>" }', 'p::after { content: "<\\/style><script>" }'),
    ],
)
def test_a_style_sheet_contains_what_it_loads(sheet: bytes, expected: str) -> None:
    """Imports and addresses are relative to the sheet, in any quotes; nothing in a sheet can end its element."""
    page = '<link href="assets/own.css" rel="stylesheet">'
    assert (f"<style>{expected}</style>", ()) == embedded(page, own_css=sheet, more_css=b"i { color: red }")


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ('<img src="assets/gone.png">', "which is not in assets/"),
        ('<img src="pictures/c.svg">', "which is not in assets/"),
        ('<img src="https://elsewhere.example/a.png">', "which is not in assets/"),
        ('<img src="//x.example/guide/assets/style.css/../../../a.png">', "which is not in assets/"),
        ('<link href="https://elsewhere.example/a.css" rel="stylesheet">', "which is not in assets/"),
        ('<script src="gone.js"></script>', "which is not in assets/"),
        ('<img srcset="assets/gone.png 1x">', "which is not in assets/"),
        ("<style>p { background: url(gone.png) }</style>", "which is not in assets/"),
        ('<iframe src="https://elsewhere.example/a.html"></iframe>', "cannot be embedded"),
        ('<use href="assets/pictures/c.svg#a">', "cannot be embedded"),
        ('<link rel="manifest" href="assets/app.json">', "cannot be embedded"),
        ('<script src="assets/ends.js"></script>', "contains “</script”"),
        ('<script type="module" src="assets/module.js"></script>', "loads other modules"),
        ('<script src="assets/latin.js"></script>', "is not UTF-8"),
    ],
)  # fmt: skip
def test_what_cannot_be_embedded_is_a_problem_at_its_line(page: str, message: str) -> None:
    """The problem has the line of the template that names it."""
    more = {"ends_js": b"'</SCRIPT>'", "module_js": b'import { a } from "./go.js"', "latin_js": b"\xe9"}
    _, problems = embedded(f"<p>\n{page}", **more)
    [problem] = problems
    assert ("not-self-contained", "templates/volume.html", 2) == (problem.code, problem.path, problem.line)
    assert message in problem.message


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        (b"@import 'own.css';", "imports itself"),
        (b"@import 'gone.css';", "which is not in assets/"),
        (b"@import 'more.css' layer(base);", "imported with “layer(base)”"),
        (b"a { background: url(https://elsewhere.example/a.png) }", "which is not in assets/"),
        (b"a { background: image-set(url(pictures/c.svg) 1x, 'pictures/c.svg' 2x) }", "without url()"),
    ],
)
def test_what_a_style_sheet_loads_from_elsewhere_is_a_problem_of_the_sheet(sheet: bytes, message: str) -> None:
    """The problem names the sheet that would have to change."""
    _, [problem] = embedded('<link href="assets/own.css" rel="stylesheet">', own_css=sheet, more_css=b"")
    assert ("not-self-contained", "assets/own.css", 0) == (problem.code, problem.path, problem.line)
    assert message in problem.message


HASH = "'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='"


@pytest.mark.parametrize(
    ("policy", "page", "missing"),
    [
        ("default-src 'none'", '<img src="assets/pictures/c.svg">', "data: to img-src"),
        ("default-src 'none'; img-src 'self'", '<img src="assets/pictures/c.svg">', "data: to img-src"),
        ("default-src data:", '<img src="assets/pictures/c.svg">', ""),
        ("img-src data:; img-src 'none'", '<img src="assets/pictures/c.svg">', ""),
        ("font-src data:; style-src 'self'", '<link rel=stylesheet href="assets/style.css">', "to style-src"),
        ("font-src data:; style-src 'unsafe-inline'", '<link rel=stylesheet href="assets/style.css">', ""),
        ("script-src 'self'", '<script src="assets/go.js"></script>', f"{HASH} to script-src"),
        ("script-src 'unsafe-inline'", '<script src="assets/go.js"></script>', ""),
        ("script-src 'unsafe-inline' 'nonce-a'", '<script src="assets/go.js"></script>', f"{HASH} to script-src"),
        (f"script-src {HASH}", '<script src="assets/go.js"></script>', ""),
        (
            f"script-src-elem 'none'; script-src {HASH}",
            '<script src="assets/go.js"></script>',
            f"{HASH} to script-src-elem",
        ),
        ("img-src data:", '<script src="assets/go.js"></script>', ""),
    ],
)
def test_what_the_pages_policy_does_not_allow_is_a_problem(policy: str, page: str, missing: str) -> None:
    """A browser would not show what the policy refuses; the hint says what to add to it, and then it is allowed."""
    _, problems = embedded(f'{page}<meta content="{policy}" http-equiv="Content-Security-Policy">')
    hints = [problem.hint for problem in problems]
    assert all(hint.endswith(missing) for hint in hints) and bool(missing) == bool(hints)


class Loads(HTMLParser):
    """Collects every address that a page still loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect those of one element."""
        given = dict(reversed(attrs))
        rel = (given.get("rel") or "").lower()
        names = {
            "img": ["src"],
            "script": ["src"],
            "source": ["srcset"],
            "link": ["href"] if "stylesheet" in rel else [],
        }
        self.found += [value for name in names.get(tag, []) if (value := given.get(name)) and value[:5] != "data:"]


def attribute(pair: tuple[str, str]) -> st.SearchStrategy[str]:
    """Write an attribute in some way that HTML allows."""
    name, value = pair
    ways = [f'{name}="{value}"', f"{name}='{value}'", f'{name.upper()} =\n"{value}"']
    return st.sampled_from([*ways, f"{name}={value}"] if re.fullmatch(r"[\w./:-]+", value) else ways)


def element(tag: str, *pairs: tuple[str, str]) -> st.SearchStrategy[str]:
    """Write an element with its attributes in any order."""
    ordered = st.permutations(pairs).flatmap(lambda some: st.tuples(*map(attribute, some)))
    return ordered.map(lambda written: f"<{tag} {' '.join(written)}>" + ("</script>" if tag == "script" else ""))


addresses = st.sampled_from([f"assets/{name}" for name in ASSETS] + ["gone", "https://elsewhere.example/a"])
elements = addresses.flatmap(
    lambda address: st.one_of(
        element("link", ("rel", "stylesheet"), ("href", address), ("media", "all")),
        element("img", ("src", address), ("alt", "a > b"), ("title", "src=x")),
        element("source", ("srcset", address), ("media", "print")),
        element("script", ("src", address), ("id", "s")),
        st.sampled_from(["<p>Text & more</p>", "<!-- <img src=x> -->", "\n", '<a href="gone">x</a>']),
    )
)


@given(st.lists(elements, max_size=6))
def test_a_page_is_self_contained_or_has_a_problem(parts: list[str]) -> None:
    """However its elements are written, the page loads nothing, or a problem says so."""
    text, problems = embedded("".join(parts).replace("a b.png", "a%20b.png"))
    assert bool(Loads(text).found) == bool(problems)


def test_a_site_with_a_template_of_its_own_is_self_contained(site: MakeSite) -> None:
    """A team's own picture, style sheet, font and script, and the pictures of its briefs, are all in the one file."""
    own = (REPOSITORY / "templates/volume.html").read_text(encoding="utf-8")
    loaded = "<link href='assets/own.css' rel=stylesheet><script defer src='assets/go.js'></script>"
    own = own.replace("</head>", f"{loaded}</head>").replace("<h1>", '<img alt="" src="assets/logo.svg"><h1>')
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    one = site(
        f"-- content/briefs/a.md --\n{brief(body='![A map](map.svg)')}-- assets/map.svg --\n{svg}\n"
        f"-- assets/logo.svg --\n{svg}\n-- assets/go.js --\ngo()\n-- assets/own.css --\nb {{ src: url(own.woff2) }}\n"
        f"-- assets/own.woff2 --\nfont\n-- templates/volume.html --\n{own}"
    )
    before = one.output()
    [problem] = one.build().problems
    line = own[: own.index("assets/go.js")].count("\n") + 1
    assert [("not-self-contained", "templates/volume.html", line)] == [place[:3] for place in places([problem])]
    [hash_] = re.findall(r"'sha256-\S+'", problem.hint)
    assert before == one.output()
    one.edit("templates/volume.html", "style-src", f"script-src {hash_}; style-src")
    one.good()
    page = one.read("output/briefing.html")
    assert [] == Loads(page).found
    assert 2 == page.count('src="data:image/svg+xml;base64,')
    assert "url(data:font/woff2;base64," in page and "<script>go()\n</script></body>" in page
