"""A site in which every field of every kind of record holds something hostile, made from the schemas alone.

A field that is new in a schema joins by itself. Each place where something is typed has a harmless value and takes a
hostile one; what the build refuses is put back, and what it takes must be harmless in the pages.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from briefing.model.kinds import KINDS
from briefing.parse.schemas import schema
from briefing.problems import Problem
from tests.sites import Site

MARKUP = (
    "<script>pwned=1</script>", "</script><script>pwned=1</script>", "</title></style></textarea></script><img src=x onerror=pwned=1>",
    '"><svg onload=pwned=1>', "'><img src=x onerror='pwned=1'>", '" onmouseover="pwned=1" autofocus onfocus="pwned=1', "' onclick='pwned=1",
    "<iframe srcdoc='<script>parent.pwned=1</script>'>", "<a href=javascript:pwned=1>x</a>", "<a href=data:text/html,x>x</a>",
    "<meta http-equiv=refresh content='0;url=javascript:pwned=1'>", "<base href=//evil.example>", "<link rel=stylesheet href=//evil.example>",
    "<style>@import '//evil.example'</style>", "<div style=background:url(javascript:pwned=1)>", "<form action=//evil.example><button>x",
    "<object data=data:text/html,x>", "<math><mi xlink:href='javascript:pwned=1'>x", "<svg><a xlink:href='javascript:pwned=1'>x</a></svg>",
    "<svg><script>pwned=1</script></svg>", "<noscript><p title='</noscript><img src=x onerror=pwned=1>'>", "<!--><script>pwned=1</script>-->",
    "--><script>pwned=1</script><!--", "<![CDATA[<script>pwned=1</script>]]>", "]]><script>pwned=1</script>", "<?xml version='1.0'?><!DOCTYPE x>",
    "&lt;script&gt;pwned=1&lt;/script&gt;", "&#60;script&#62;pwned=1&#60;/script&#62;", "&amp;lt;script&amp;gt;", "\\x3cscript\\x3e \\u003cscript",
    "＜script＞pwned=1＜/script＞", "<scr<script>ipt>pwned=1</scr</script>ipt>", "<IMG SRC=x ONERROR=pwned=1//", "<x\nonclick=pwned=1>",
    "`<script>pwned=1</script>`", "\\<script>pwned=1\\</script>", "</summary></entry><entry>", "<placeholder n=\"0\"></placeholder>", "\ue000<b>\ue001",
)  # fmt: skip
"""What would be markup."""
ADDRESSES = (
    "javascript:pwned=1", "JaVaScRiPt:pwned=1", "java\tscript:pwned=1", "java\nscript:pwned=1", " javascript:pwned=1", "javascript&colon;pwned=1",
    "&#106;avascript:pwned=1", "javascript&#x3A;pwned=1", "vbscript:pwned=1", "data:text/html,<script>pwned=1</script>", "blob:x", "file:///etc/passwd",
    "//evil.example/", "\\\\evil.example\\share", "https://evil.example\" onclick=\"pwned=1", "https://x.example/'onclick='pwned=1", "https:javascript:pwned=1",
    "http://x.example/<script>pwned=1</script>", "../../../etc/passwd", "/../../etc/passwd", "/a/../../b/", "..%2f..%2fetc/passwd", "/%2e%2e/b/", "C:\\b",
    "view-source:x", "mailto:a@b.example?bcc=c@evil.example\"><script>pwned=1</script>", "tel:1\" onclick=\"pwned=1",
)  # fmt: skip
"""What would be followed."""
FILES = (
    "=HYPERLINK(\"https://evil.example\")", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1+1", "\r=1+1", "\n=1+1", "＝1+1", "a\r\nBEGIN:VEVENT\r\nSUMMARY:x",
    "a\nEND:VCALENDAR", "x;ATTENDEE=mailto:evil@evil.example:,\\", "}, url = {https://evil.example}, note = {", "\\input{/etc/passwd} % $x$ #1 ~^",
    "a\n\n# Evil\n\n- [x](https://evil.example/)", "](javascript:pwned=1) [x](javascript:pwned=1", "[^1]: x", "a\n[x]: javascript:pwned=1", "| x | y |", "a\n---\nb",
    "\\u0000\\ud800", "\"}],\"x\":[{\"", "'; DROP TABLE x; --", "a,b\n\"c",
)  # fmt: skip
"""What would be something else in a table, a calendar, a feed, BibTeX or Markdown."""
TEMPLATES = (
    "{{ 7*7 }}", "{% raw %}", "{% include 'base.html' %}", "{{ site.__class__.__mro__ }}", "{# x #}", "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "${7*7} #{7*7} <%= 7*7 %>", "%(x)s {0} {x!r}", "{{ url_for.__globals__ }}{% for x in () %}",
)  # fmt: skip
"""What would be code."""
PAYLOADS = (*MARKUP, *ADDRESSES, *FILES, *TEMPLATES)
MARKDOWN = (
    "Plain ¤ words.", "*¤* and **¤**", "Code `¤` here", "    ¤", "> ¤", "- ¤", "[¤](brief.yaml.md)", "[[person|¤]]", "[[¤]]", "[[person#¤]]",
    "[x](https://x.example/¤)", "[x](<¤>)", "[x](¤)", "![¤](map.svg)", "![x](¤)", "It was so [@source, ¤].", "It was so [¤ @source].",
    "[@source#¤]", "[@¤]", "[[=¤]]", "## ¤ {#h¤}", "## ¤", "| ¤ |\n|---|\n| ¤ |", "*[HTM]: ¤\n\nThe HTM.", "A note.[^¤]\n\n[^¤]: It says ¤.",
    "It says.[^n]\n\n[^n]: It says ¤.", "Term\n:   ¤", "Words\n{: .no-source reason=\"¤\" }", "Words\n{: title=\"¤\" }", "Words\n{: #¤ }", "Words\n{: .¤ }",
    "Words\n{: ¤=\"x\" }", "<¤>",
    "[[person]]{: .¤ }", "It was so [@source]{: ¤=\"x\" }", "[[=number]]{: n=¤ }", "```¤\n¤\n```", "[x][r¤]\n\n[r¤]: https://x.example/ \"¤\"", "1. ¤\n2. ¤",
    "> [!NOTE] ¤\n> Words.", "> [!¤] Words.\n> Words.", "> [!TIP] [¤](brief.yaml.md) and [@source, ¤]\n> ¤", "- [ ] ¤\n- [x] ¤", "~~¤~~", "@source [¤] says so.",
    "![A map](map.svg \"¤\")", "![A map](map.svg \"The [¤](https://x.example/¤) of [[person|¤]] [@source, ¤].\")", "![A map](map.svg){credit=\"¤\" licence=\"¤\"}",
    "| A | B |\n|---|---|\n| 1 | 2 |\n\n: ¤ [@source, p. 3]", "| A | B |\n|---|---|\n| ¤ | 2 |\n\n: ¤ [¤](brief.yaml.md) [@source]\n\n```drawing\ndraws: bars\n```",
    "```drawing\ndraws: steps\ntitle: ¤\nsources: [source]\nrows: [{label: ¤}]\n```",
    "```drawing\ndraws: lines\ntitle: Loans\ntable: files/¤\nsources: [source]\n```",
    "```drawing\ndraws: ¤\n¤: ¤\n```", ":¤: Words.", ":people: ¤",
)  # fmt: skip
"""Every place in a text where words are typed, `¤` for the words."""
_REFERS = {
    "who": "person",
    "owner": "person",
    "where": "place",
    "stops": "brief",
    "answer": "brief",
    "to": "person",
    "events": "event",
    "not_known": "unknown",
    "edition_of": "brief",
}
"""Ids that fields name, by the field."""
_EDITION = ("edition_of", "form", "made_from", "checked_by")
"""Fields of an edition, which the second brief is of the first."""
_VALUES = {
    "draft": "false", "quiet": "false", "needs_primary": "false", "base_url": '"https://x.example/some"', "direction": "ltr", "to": '"/a-z/"',
    "principles": '"/a-z/"', "corrections": '"/a-z/"', "contact": '"https://x.example/form?a=1#b"', "private_contact": '"b@x.example"', "checked": '"2026-01-02"', "number": '"01632 960001"',
    "date-parts": "2025", "template": "own.html", "text_font": "Georgia", "interface_font": "Georgia",
    "until": '"2026-05-06"', "time": '"09:30"', "until_time": '"14:05"', "kept": "copies", "picture": '"![A map](map.svg)"', "publish_on": "2026-01-02", "expires_on": "2026-12-31",
}  # fmt: skip
"""Values that must be just so, by the field."""
TEMPLATE = """{% extends "base.html" %}
{% block main %}<h1>{{ page.title }}</h1>{% if page.view.text %}{{ prose(page.view.text) }}{% endif %}{% endblock %}
"""
"""What the template of a site's own contains, which the second brief and page name."""
_FREE = ("words", "prose", "markdown")


@dataclass(eq=False)
class Place:
    """Where something is typed: how it is written down, in which lines of which file, and what shape it has."""

    name: str
    shape: str
    harmless: str
    number: int
    around: str = ""
    """What stands around the payload, where it is a part of what is typed."""
    payload: str = ""
    hostile: str = ""
    refused: bool = False
    lines: range = field(default=range(0))

    @property
    def typed(self) -> str:
        """Return what is typed now."""
        return self.harmless if self.refused or not self.hostile else self.hostile


Text = list["str | Place"]


class Book:
    """The files of a site, made of fixed text and of places."""

    def __init__(self) -> None:
        self.files: dict[str, Text] = {}
        self.count = 0
        for kind in KINDS:
            for variant in (0, 1):
                self.add(kind.name, kind.home, variant)
        self.files["content/site.yaml"] = list(self.mapping("site", schema("site"), "", 0))
        self.files["content/briefs/prose.md"] = list(self._prose())
        self.files["templates/own.html"] = [TEMPLATE]

    @property
    def places(self) -> list[Place]:
        """Return every place."""
        return [part for text in self.files.values() for part in text if isinstance(part, Place)]

    def add(self, kind: str, home: str, variant: int) -> None:
        """Add a record of a kind; the second one takes the last of each choice that a schema gives."""
        identity = kind + "-two" * variant
        lines = list(self.mapping(kind, schema(kind), "", variant))
        if kind == "page":
            self.files[f"content/pages/{identity}.md"] = ["---\n", *lines, "---\nWords.\n"]
        elif kind == "brief":
            self.files[f"content/briefs/{identity}.yaml"] = lines
        else:
            self.files[f"content/{home}/{identity}.yaml"] = [f"id: {identity}\n", *lines]

    def mapping(self, path: str, shape: Any, indent: str, variant: int) -> Iterator[str | Place]:
        """Write a mapping, each field on a line of its own."""
        for name, below in resolve(shape).get("properties", {}).items():
            left_out = (
                (name == "id" and "/" not in path)
                or (name == "sections" and path == "page")
                or (name == "template" and not variant)  # so that our template makes the other page
                or (name in _EDITION and not (variant and path == "brief"))
            )
            if f"{path}/{name}" == "site/safety/pictures/file":
                yield f"{indent}file: map.svg\n"  # the texts show this picture
            elif not left_out:
                yield from self.value(f"{path}/{name}", name, below, indent, variant)
        if path == "site/editions":
            yield f"{indent}cy:\n"
            yield from self.mapping(f"{path}/cy", shape["additionalProperties"], indent + "  ", variant)
        if path.endswith("/made_from/sections"):
            yield f"{indent}part: "
            yield self.place(path, "digests", '"012345"')
        if path.endswith("/imported"):
            yield f"{indent}shelf: "
            yield self.place(path, "words", '"A shelf of another program"')
        if path.endswith("/extra"):
            yield f"{indent}height: "
            yield self.place(path, "words", '"Words of its own"')
            yield f"{indent}colours:\n{indent}- "
            yield self.place(path, "words", '"Green"')
        if path == "site/checks":
            yield f"{indent}uncited: warning\n"
        if path in ("site/words", "site/editions/cy/words"):
            yield f"{indent}Menu: "
            yield self.place(path, "words", '"All pages"')

    def value(self, path: str, name: str, shape: Any, indent: str, variant: int) -> Iterator[str | Place]:
        """Write one field."""
        yield f"{indent}{name}:"
        yield from self._value(path, name, shape, indent, variant)

    def _value(self, path: str, name: str, shape: Any, indent: str, variant: int) -> Iterator[str | Place]:
        called, shape = reference(shape), resolve(shape)
        if "anyOf" in shape and "type" not in shape:
            shape = shape["anyOf"][-variant]
            called, shape = reference(shape) or called, resolve(shape)
        types = shape.get("type", "string")
        types = [types] if isinstance(types, str) else types
        if called == "cites":
            yield f"\n{indent}- "
            yield self.place(path, "words", '"source#roof, p. 3"', '"source#roof, {}"')
            yield f"{indent}- "
            yield self.place(path + "/prefix", "words", '"see @source"', '"{} @source"')
        elif "array" in types and not ("string" in types and variant):
            for number in range(shape.get("minItems", 1)):
                item = resolve(shape["items"])
                yield "\n" if not number else ""
                if item.get("type") == "object":
                    yield f"{indent}-\n"
                    yield from self.mapping(path, item, indent + "  ", variant)
                else:
                    yield f"{indent}-"
                    yield from self._value(path, name, shape["items"], indent + "  ", variant)
        elif "object" in types:
            yield "\n"
            yield from self.mapping(path, shape, indent + "  ", variant)
        else:
            yield " "
            yield self.place(path, called, self._harmless(path, name, called, shape, types))

    def _harmless(self, path: str, name: str, called: str, shape: Any, types: list[str]) -> str:
        if called == "id" and path.split("/")[-2:] != ["passages", "id"] and name != "id":
            return _REFERS[name]
        if called == "id":
            return '"roof"' if "passages" in path else f"part-{self.count}"
        if called == "address" and name == "redirect_from":
            return f'"/old/{self.count}/"'
        if path.startswith("recommendation/") and name in ("to", "from"):
            return (
                "not-assessed"
                if "not-assessed" in shape["enum"] and name == "from"
                else shape["enum"][-(name == "from")]
            )
        if called == "parameter":
            return f"field-{self.count}"
        if name in _VALUES:
            return "1" if types == ["integer"] else _VALUES[name]
        if name == "code":
            return "uncited"
        if "enum" in shape:
            return str(shape["enum"][0])
        plain = {"boolean": "true", "number": "1", "integer": str(shape.get("minimum", 1))}.get(types[0])
        named = {
            "day": "2026-06-01",
            "date": "2026-05-04",
            "url": f'"https://x.example/{self.count}"',
            "language": "en-GB",
            "id": "person",
            "colour": '"#FFF"' if name in ("paper", "raised", "tint") else '"#000"',
            "asset": "style.css" if name == "sheet" else "icon.svg",
        }
        return plain or named.get(called) or f'"Words {self.count}"'

    def place(self, path: str, shape: str, harmless: str, around: str = "") -> Place:
        """Note a place."""
        self.count += 1
        is_heading = path.endswith("sections/heading")  # which is put into the Markdown of its section
        return Place(path, "markdown" if is_heading else shape or "words", harmless, self.count, around)

    def _prose(self) -> Iterator[str | Place]:
        yield "---\ntitle: Prose\nsummary: Where words are typed.\nas_of: 2026\n---\n"
        for way in MARKDOWN:
            self.count += 1
            yield Place(f"prose/{way}", "way", "See [[person]], [[brief]] and [@source, p. 3].", self.count, way)
            yield "\n"

    def arm(self, shift: int) -> None:
        """Put a payload into every place, another one for each shift."""
        for number, place in enumerate(self.places):
            place.payload = payload = PAYLOADS[(number + shift) % len(PAYLOADS)]
            place.refused = False
            marked = f"{payload} w{place.number}w" if place.shape in (*_FREE, "way") else payload
            text = json.dumps(marked, ensure_ascii=False)
            if place.shape == "way":
                place.hostile = place.around.replace("¤", marked)
            else:
                place.hostile = place.around.replace("{}", text[1:-1]) if place.around else text

    def write(self, site: Site) -> None:
        """Write the files, and note in which lines each place stands."""
        for path, parts in self.files.items():
            text = ""
            for part in parts:
                if isinstance(part, Place):
                    first = text.count("\n") + 1
                    text += part.typed + "\n"
                    part.lines = range(first, text.count("\n") + 1)
                else:
                    text += part
            site.write(path, text)

    def at(self, problem: Problem) -> list[Place]:
        """Return the hostile places that a problem is of: in its line; those in lists of attributes where it has none."""
        parts = [part for part in self.files.get(problem.path, ()) if isinstance(part, Place)]
        hostile = [part for part in parts if part.hostile and not part.refused]
        named = [part for part in hostile if f"w{part.number}w" in problem.message]
        placed = [part for part in hostile if problem.line in part.lines]
        return named or placed or [part for part in hostile if "{" in part.around] or hostile


def reference(shape: Any) -> str:
    """Name the shared shape that a shape is."""
    return str(shape.get("$ref", "")).rsplit("/", 1)[-1]


def resolve(shape: Any) -> Any:
    """Follow a shape's references into the shared shapes."""
    if "$ref" not in shape:
        return shape
    target = resolve(schema("common")["$defs"][reference(shape)])
    return {**target, **{key: value for key, value in shape.items() if key != "$ref"}}
