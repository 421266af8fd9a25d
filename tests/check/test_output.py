"""The last check of each file: whatever is in it that no template and no text makes is reported."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefing.check.data_files import _FUNCTIONS
from briefing.check.output import check_output
from briefing.cli.arguments import REPOSITORY
from briefing.incremental.hashed import Hashed
from briefing.model.files import File, Rendered
from briefing.model.steps import OutputCheck
from tests.sites import MakeSite, brief

EXPECTED = REPOSITORY / "tests" / "golden" / "expected"
THEME = REPOSITORY / "templates"
TEMPLATES = tuple(
    File(path.relative_to(THEME).as_posix(), f"templates/{path.name}", Hashed.of(path.read_bytes()))
    for path in sorted(THEME.rglob("*"))
    if path.is_file()
)
BRIEF = (EXPECTED / "briefs/the-roof/index.html").read_text()
VOLUME = (EXPECTED / "briefing.html").read_text()
END = "</main>"


def wrong(text: str, path: str = "briefs/x/index.html", templates: tuple[File, ...] = TEMPLATES) -> list[str]:
    """Return what the last check says of a file."""
    file = OutputCheck(Rendered(path, Hashed.of(text.encode())), "x", "", path == "briefing.html")
    return [problem.message for problem in check_output(file, templates)]


@pytest.mark.parametrize("path", sorted(EXPECTED.rglob("*.*")), ids=lambda path: path.relative_to(EXPECTED).as_posix())
def test_every_file_of_the_golden_site_is_right(path: Path) -> None:
    """Every tag, attribute, class and id of every page is one of a template or of a text; feeds and data are valid."""
    if path.is_file() and path.suffix in (".html", ".xml", ".json", ".csv", ".ics", ".svg"):
        assert [] == wrong(path.read_bytes().decode(), path.relative_to(EXPECTED).as_posix())


INJECTED = (
    # Elements, attributes, classes and ids of the interface, or of none
    '<p class="bar">x</p>', '<a class="exit" href="https://evil.example/">Leave</a>', '<a class="exit" id="exit" href="https://x.example/" rel="noreferrer">x</a>',
    '<div class="note">x</div>', '<p id="UI--x">x</p>', '<p id="UI--main">x</p>', "<marquee>x</marquee>", "<p hidden>x</p>", "<p popover>x</p>", '<p tabindex="0">x</p>',
    '<p onclick="x">x</p>', '<p style="position:fixed">x</p>', '<p CLASS="bar">x</p>', "<P>x</P>", "<p class='bar'>x</p>", "<p class=bar>x</p>", '<p class="own-a bar">x</p>',
    '<p class="own-">x</p>', '<p lang="x y">x</p>', '<p dir="up">x</p>', '<p title="a" title="b">x</p>', '<p/onclick="x">x</p>', '<p\nonclick="x">x</p>',
    '<button type="button" popovertarget="UI--menu">x</button>', '<span class="whole" id="a">x</span>', '<li class="own-a" value="3">x</li>', '<ol start="x"><li>x</li></ol>',
    '<td scope="all">x</td>', "<form><p>x</p></form>", '<input id="a" type="text">', "<textarea>x", '<base href="https://evil.example/">', "<plaintext>",
    '<meta http-equiv="refresh" content="0; url=https://evil.example/">', '<meta http-equiv="refresh" content="0; url=javascript:x">',
    '<iframe src="https://evil.example/"></iframe>', '<iframe srcdoc="x"></iframe>', '<object data="x"></object>', '<embed src="x">',
    "<svg><script>x</script></svg>", "<math><mi>x</mi></math>", '<svg onload="x"></svg>', "<style>p { color: red }</style>", '<link rel="stylesheet" href="https://evil.example/">',
    # Scripts
    "<script>x</script>", '<script src="https://evil.example/x.js"></script>', '<script src="https://evil.example/x.js" defer></script>', '<script src="//evil.example/x.js" defer></script>',
    '<script type="application/ld+json">{"a": "</script><b>"}</script>', '<script type="application/ld+json">{"a": "<!--"}</script>', '<script type="application/ld+json">{</script>',
    '<script type="application/ld+json">{"a": 1}</script ><p class="bar">', '<script type="text/javascript">x</script>', "<script>", '<script type="module" src="data:text/javascript,x"></script>',
    # Addresses
    '<a href="javascript:x">x</a>', '<a href="JaVaScRiPt:x">x</a>', '<a href="java&#9;script:x">x</a>', '<a href="&#106;avascript:x">x</a>', '<a href="javascript&colon;x">x</a>',
    '<a href="data:text/html,x">x</a>', '<a href="vbscript:x">x</a>', '<a href="\u200bjavascript:x">x</a>', '<a href="httpx-evil:x">x</a>', '<a href="file:///etc/passwd">x</a>',
    '<img src="https://evil.example/x.png" alt="x" loading="lazy" decoding="async">', '<img src="//evil.example/x.png" alt="x" loading="lazy" decoding="async">',
    '<img src="data:image/svg+xml;base64,AA==" alt="x" loading="lazy" decoding="async">', '<img src="\\\\evil.example/x.png" alt="x" loading="lazy" decoding="async">',
    # What begins with "<" and is no tag
    "1 < 2", "<!-- x -->", "<!-->", "<!--><p>", "<![CDATA[x]]>", "<?php x ?>", "<!ELEMENT x>", "<p", "</p x>", "</ p>", "<p title=\"a>b\" class='bar'>", "< p>", "<a<b>", '<p class="own-a"<b>',
    # Ids and references
    '<p id="a b">x</p>', '<p id="">x</p>', '<p id="twice">x</p><p id="twice">x</p>', '<a href="#nothing">x</a>', '<a href="#fn:nothing">x</a>', '<a href="#UI--nothing">x</a>',
    '<a href="#%55I--x">x</a>', '<button class="chip" popovertarget="UI--r999">x</button>',
)  # fmt: skip
"""What must not be in a page, whoever put it there."""


@pytest.mark.parametrize("injected", INJECTED)
def test_what_no_template_and_no_text_makes_is_reported(injected: str) -> None:
    """It is reported in a page, wherever it is, and in the one-file edition."""
    for text, path in ((BRIEF, "briefs/x/index.html"), (VOLUME, "briefing.html")):
        mark = text.index("</head>") if injected.startswith(("<base", "<meta")) else text.index(END)
        found = wrong(text[:mark] + injected + text[mark:], path)
        single = path == "briefing.html" and injected.startswith(
            ("<style>", "<script>x", '<script type="text', '<img src="data')
        )
        assert found or single, (path, injected)
    assert [] == wrong(BRIEF) == wrong(VOLUME, "briefing.html")


ORDINARY = (
    '<p class="own-a own-b-2" lang="cy" dir="ltr" id="words">x</p>', '<a href="https://x.example/?a=1&amp;b=2#c">x</a>', '<a href="mailto:a@x.example">x</a>', '<a href="tel:+44">x</a>',
    '<pre id="code" class="own-wide"><code class="language-c++">x &lt; y &amp;&amp; z &gt; "q" id="twice" id="twice"</code></pre>', '<h2 id="مقدمة">x</h2><a href="#%D9%85%D9%82%D8%AF%D9%85%D8%A9">x</a>',
    '<table><thead><tr><th scope="col" class="align-left">a</th></tr></thead><tbody><tr><td data-label="a: b" class="align-left">x</td></tr></tbody></table>',
    '<abbr title="It’s &quot;one&quot;">x</abbr>', '<ol start="3"><li>x</li></ol>', '<div class="footnote"><hr><ol><li id="fn:1"><p>x<a class="footnote-backref" href="#fnref:1" title="↩ 1">↩</a></p></li></ol></div><sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>',
    '<span class="whole"><button class="chip" popovertarget="UI--r1a">x</button>.</span>', '<img src="../../assets/x.png" alt="x" width="3" height="4" loading="lazy" decoding="async">',
)  # fmt: skip


@pytest.mark.parametrize("added", ORDINARY)
def test_what_a_text_makes_is_right(added: str) -> None:
    """Texts of every kind are no finding."""
    at = BRIEF.index(END)
    assert [] == wrong(BRIEF[:at] + added + BRIEF[at:])


@given(st.sampled_from(sorted(set(re.findall("<[a-z][^<>]*>", BRIEF)))), st.data())
def test_a_tag_of_the_interface_cannot_be_changed(tag: str, data: st.DataObject) -> None:
    """One more attribute, or one that a template does not have so, is reported: no text can turn one tag into another."""
    extra = data.draw(
        st.sampled_from(
            (
                "onclick",
                "style",
                "is",
                "hidden2",
                "data-x",
                "formaction",
                "srcdoc",
                "ping",
                "autofocus",
                "nonce",
                "xmlns:x",
            )
        )
    )
    at = data.draw(st.sampled_from([place.start() for place in re.finditer(r" |/?>$", tag)]))
    changed = f'{tag[:at]} {extra}="x"{tag[at:]}'
    assert wrong(BRIEF.replace(tag, changed, 1)), changed


def test_a_template_of_a_site_is_the_list_for_its_pages(site: MakeSite) -> None:
    """A designer’s elements, attributes, classes and conditions are right; the same from anywhere else are not."""
    template = """{% extends "base.html" %}
{% block main %}
<section data-kind="{{ page.kind }}" class="mine{% if page.title %} titled{% endif %} x-{{ page.kind }}"{% if page.view %} aria-label="{{ page.title }}"{% endif %}>
<!-- {{ page.kind }} of ours -->
<my-map {% for one in (1, 2) %}data-n{{ one }}="x" {% endfor %}></my-map>
<video controls src="{{ href("/assets/x.mp4") }}"></video><a href='sms:+44'>{{ page.title }}</a><input type=search>
{{ prose(page.view.text) }}
</section>
{% endblock %}
"""
    one = site(f"-- content/briefs/hours.md --\n{brief('Hours “<b>”')}-- templates/brief.html --\n{template}")
    one.good()
    text = one.page("/briefs/hours/")
    assert '<section data-kind="brief" class="mine titled x-brief" aria-label="Hours “&lt;b&gt;”">' in text
    one.write("templates/brief.html", template.replace('"{{ page.title }}"', "{{ page.title }}"))
    assert ["unsafe-output"] == [problem.code for problem in one.errors()]


DATA = (
    ("x.csv", "a,b\r\n1\r\n"), ("x.csv", 'a\r\n"x\r\n'), ("x.csv", "a\r\n=1\r\n"), ("x.csv", "a\r\nx;=1\r\n"), ("x.csv", "a\r\n ＝1\r\n"), ("x.csv", 'a\r\n"""=1"\r\n'), ("x.csv", 'a\r\n"x\n@y"\r\n'),
    ("x.json", "{"), ("feed.xml", "<feed><x></feed>"), ("feed.xml", '<?xml version="1.0" encoding="utf-8"?>\n<feed><script>x</script></feed>'),
    ("sitemap.xml", "<urlset><a/></urlset>"), ("x.ics", "BEGIN:VCALENDAR\r\nATTENDEE:x\r\nEND:VCALENDAR\r\n"), ("x.ics", "BEGIN:VCALENDAR\r\n"), ("x.ics", "BEGIN:VCALENDAR\nSUMMARY:x\nEND:VCALENDAR\n"),
)  # fmt: skip


@pytest.mark.parametrize(("path", "text"), DATA)
def test_a_file_for_programs_is_what_its_name_says(path: str, text: str) -> None:
    """A formula, another element, an unknown line or half a file is reported."""
    assert wrong(text, path)


SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 4 4">{}</svg>'
SCRIPTED = (
    "<script>x</script>", '<script href="x.js"/>', '<g onload="x"/>', '<g ONCLICK="x"/>', '<a href="javascript:x"><g/></a>', '<a xlink:href="https://evil.example/"><g/></a>', "<foreignObject><p/></foreignObject>",
    '<image href="https://evil.example/x.png"/>', '<use href="x.svg#a"/>', '<use xlink:href="//evil.example/#a"/>', "<style>@import 'https://evil.example';</style>", "<style>g { fill: url(https://evil.example/#a) }</style>",
    '<g style="fill: url( \'x.svg#a\' )"/>', '<g fill="url(https://evil.example/#a)"/>', '<set attributeName="href" to="javascript:x"/>', '<animate attributeName="xlink:href" values="javascript:x"/>', '<set attributeName="onclick" to="x"/>',
    '<image href="data:image/svg+xml;base64,AA=="/>', '<x:script xmlns:x="http://www.w3.org/2000/svg">x</x:script>', '<g xml:base="https://evil.example/"/>', "<style>g { fill: \\75rl(x) }</style>", "<iframe/>", "<g>",
    '<animate attributeName="opacity" values="0;1"/>', "<style>@imp<title/>ort 'https://evil.example'</style>", "<style>g { fill: u<title/>rl(x) }</style>", '<x:style xmlns:x="http://www.w3.org/1999/xhtml">p {}</x:style>',
)  # fmt: skip
DRAWN = (
    '<path d="M0 0h4v4z" fill="#123" style="fill: url(#a)"/>', '<defs><linearGradient id="a"/></defs><use href="#a"/>', "<style>.a { fill: red; stroke: url('#a') }</style>", "<title>On a bridge</title>", '<image href="data:image/png;base64,AA=="/>',
    '<metadata><x:RDF xmlns:x="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><x:type x:resource="http://purl.org/dc/dcmitype/StillImage"/></x:RDF></metadata>', '<g transform="rotate(3) translate(1 2)"/>', "<!-- made by hand -->",
)  # fmt: skip


@pytest.mark.parametrize("part", SCRIPTED)
def test_a_picture_that_runs_or_loads_something_is_reported(part: str) -> None:
    """Also one that would lead readers away."""
    assert wrong(SVG.format(part), "assets/x.svg")


@given(
    st.from_regex(r"[a-z]{1,4}", fullmatch=True).filter(lambda prefix: prefix != "xml"),
    st.sampled_from(
        ("javascript:x", "https://evil.example/", "//evil.example", "http:x", "x.svg#a", "data:text/html,x")
    ),
    st.sampled_from(("use", "image", "g", "linearGradient", "textPath")),
)
def test_an_address_is_found_under_every_prefix(prefix: str, address: str, element: str) -> None:
    """A prefix is the choice of the writer; a browser looks at the namespace."""
    part = f'<{element} xmlns:{prefix}="http://www.w3.org/1999/xlink" {prefix}:href="{address}"/>'
    assert wrong(SVG.format(part), "assets/x.svg")


@given(
    st.from_regex(r"-?[a-z]{1,6}(-[a-z]{1,6})?", fullmatch=True)
    | st.sampled_from(("image-set", "-webkit-image-set", "src", "cross-fade", "URL", "image")),
    st.sampled_from(("fill", "mask", "cursor", "style", "filter", "marker-start", "clip-path")),
)
def test_a_function_of_a_style_with_an_address_is_reported(function: str, attribute: str) -> None:
    """Only the listed functions are allowed, so a function that browsers learn later is reported too."""
    assume(function not in _FUNCTIONS.split("|") and not function.startswith("nth-"))
    style = f"{function}('https://evil.example/x' 1x)"
    value = f"mask: {style}" if attribute == "style" else style
    for part in (f'<g {attribute}="{value}"/>', f"<style>g {{ {attribute}: {style} }}</style>"):
        assert wrong(SVG.format(part), "assets/x.svg")


@pytest.mark.parametrize("namespace", ["http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML", "x"])
@pytest.mark.parametrize("element", ["img", "picture", "link", "form", "title", "g"])
def test_a_picture_has_no_element_of_another_language(namespace: str, element: str) -> None:
    """Except those that drawing programs write for themselves."""
    assert wrong(SVG.format(f'<x:{element} xmlns:x="{namespace}"/>'), "assets/x.svg")


@pytest.mark.parametrize(
    "head", ['<!DOCTYPE svg [<!ENTITY x "y">]>', '<?xml-stylesheet href="https://evil.example/"?>']
)
def test_a_picture_with_an_instruction_or_an_entity_is_reported(head: str) -> None:
    """Both change what is read."""
    assert wrong(head + SVG.format(""), "assets/x.svg")


@pytest.mark.parametrize("part", DRAWN)
def test_an_ordinary_picture_is_right(part: str) -> None:
    """As drawing programs save it, with its type."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
    assert [] == wrong(head + SVG.format(part), "assets/x.svg")


def test_a_scripted_picture_of_a_site_stops_the_build(site: MakeSite) -> None:
    """It is reported at the picture."""
    one = site(f"-- content/briefs/hours.md --\n{brief()}-- assets/map.svg --\n{SVG.format('<script>x</script>')}")
    assert [("unsafe-output", "assets/map.svg")] == [(problem.code, problem.path) for problem in one.errors()]
    assert not (one.root / "output").exists()
