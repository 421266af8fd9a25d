"""What a text says without its page: as plain words, and as Markdown with its citations as footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote

from briefing.model.pages import Page, Receipt
from briefing.model.records import Entry, PageDetail
from briefing.model.site import Site
from briefing.model.text import Chip, Chips, Figure, Gloss, Image, Link, Prose, Resolved
from briefing.text import placeholders
from briefing.text.plain_words import plain_words

_VOID = {"br", "hr", "img"}
_ROUND = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])|^(\s*)([-+:~]|\d+\.)(?=\s)", re.MULTILINE)
"""What Markdown would read as a mark, anywhere or at the beginning of a line."""


def plain(prose: Prose) -> str:
    """Return the plain words of a woven text."""

    def read(number: int) -> str:
        match prose.placeholders[number]:
            case Link(title=words) | Gloss(link=Link(title=words)) | Figure(value=words):
                return words
            case _:
                return ""

    return plain_words(prose.html, read)


def write_twin(page: Page, site: Site, bodies: Sequence[str]) -> str:
    """Write a brief as Markdown: its key points, its text and what is not known, with its sources as footnotes."""
    view = page.view
    assert view and isinstance(view.detail, PageDetail)
    article = view.detail
    home = site.base_url + page.address.removesuffix("index.md")
    parts = [f"# {escape(page.title)}", escape(page.summary), f"{site.title}, <{home}>"]
    if view.as_of:
        parts[-1] += f", true as of {view.as_of}"
    if article.sensitivity:
        parts.append(f"> {escape(article.sensitivity)}")
    if article.in_brief:
        points = [f"- {_line(_tree(point.html), point, site)}" for point in article.in_brief]
        parts += ["## In brief", "\n".join(points)]
    if view.text:
        parts += _blocks(_tree(bodies[view.text.body]), view.text, site)
    if article.disputed:
        parts.append("## Where accounts differ")
        for dispute in article.disputed:
            said = [f"- **{escape(one.holder)}**{_said(one.said, site)}" for one in dispute.positions]
            parts += [f"### {escape(dispute.about)}", "\n".join(said)]
    if article.not_known:
        asked = [f"- [{escape(link.title)}]({site.base_url}{link.address})" for link in article.not_known]
        parts += ["## Not known yet", "\n".join(asked)]
    parts.append("\n".join(f"[^{number}]: {_cite(receipt)}" for number, receipt in enumerate(page.receipts, 1)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _cite(receipt: Receipt) -> str:
    work = receipt.work
    named = [work.author, work.publisher if work.publisher != work.author else "", f"“{receipt.link.title}”"]
    payload = [*named, work.issued.replace("undated", "no date"), receipt.locator]
    address = f". <{work.url}>" if work.url else ""
    return escape(", ".join(part for part in payload if part)) + address


@dataclass(slots=True)
class _Element:
    """An element of a text, with the words and elements in it."""

    tag: str
    attributes: dict[str, str]
    inside: list[_Element | str] = field(default_factory=list)

    def all(self, *tags: str) -> list[_Element]:
        """Give the elements of some kinds, at any depth, in order."""
        found: list[_Element] = []
        for one in self.inside:
            if isinstance(one, _Element):
                found += [one] if one.tag in tags else one.all(*tags)
        return found


class _Reader(HTMLParser):
    """Reads what Markdown made; every element there is closed but the void ones."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [_Element("text", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in _VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def _tree(html: str) -> _Element:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.open[0]


def escape(words: str) -> str:
    """Write words so that Markdown finds no mark in them, and so that none begins a line of its own."""

    def blunt(found: re.Match[str]) -> str:
        if found[1]:
            return "&lt;" if found[1] == "<" else f"\\{found[1]}"
        return f"{found[2]}{found[3][:-1]}\\{found[3][-1]}"

    return _SPECIAL.sub(blunt, re.sub(r"\s*[\r\n]\s*", " ", words))


def _code(words: str) -> str:
    """Write code on one line, between more ticks than it holds in a row."""
    words = re.sub(r"\s+", " ", words)
    ticks = "`" * (1 + max(map(len, re.findall("`+", words)), default=0))
    room = " " if "`" in words else ""
    return f"{ticks}{room}{words}{room}{ticks}"


def _inline(element: _Element, prose: Prose, site: Site) -> str:
    """Write running words on one line."""
    written = []
    for one in element.inside:
        if isinstance(one, str):
            written.append(escape(re.sub(r"\s+", " ", one)))
            continue
        inside = _inline(one, prose, site)
        match one.tag:
            case placeholders.TAG:
                written.append(_fill(prose.placeholders[placeholders.number_of(one.attributes)], inside, site))
            case "a" if "footnote-ref" in one.attributes.get("class", ""):
                written.append(f"[^note-{one.attributes['href'].removeprefix('#fn:')}]")
            case "a" if "footnote-backref" in one.attributes.get("class", ""):
                pass
            case "a":
                address = re.sub(r"[\s()<>]", lambda sign: quote(sign[0]), one.attributes.get("href", ""))
                written.append(f"[{inside}]({address})" if ":" in address else inside)
            case "code":
                written.append(_code(_words(one)))
            case tag if tag in _ROUND and inside.strip():
                written.append(f"{_ROUND[tag]}{inside}{_ROUND[tag]}")
            case "br":
                written.append("  \n")
            case _:
                written.append(inside)
    return "".join(written)


def _line(element: _Element, prose: Prose, site: Site) -> str:
    """Write a block of running words; a footnote mark follows the full stop."""
    return re.sub(r" +(\[\^)", r"\1", _inline(element, prose, site)).strip()


def _said(entry: Entry[Prose, Link, Chip], site: Site) -> str:
    """Write what somebody said, after their name."""
    when = f" ({entry.date})" if entry.date else ""
    return f"{when}: {_line(_tree(entry.text.html), entry.text, site)}{_fill(Chips(entry.sources), '', site)}"


def _words(element: _Element) -> str:
    return "".join(one if isinstance(one, str) else _words(one) for one in element.inside)


def _fill(placeholder: Resolved, label: str, site: Site) -> str:
    match placeholder:
        case Link(title=title, address=address):
            return f"[{label or escape(title)}]({site.base_url}{address})"
        case Gloss(link=Link(title=title)):
            return label or escape(title)
        case Figure(value=value):
            return escape(value)
        case Chips(items=items):
            return "".join(f"[^{chip.receipt + 1}]" for chip in items)
        case Image(address=address, alt=alt):
            return f"![{escape(alt)}]({site.base_url}{address})"


def _blocks(element: _Element, prose: Prose, site: Site) -> list[str]:
    """Write the blocks within an element, each with the lines that are its own."""
    written: list[str] = []
    for one in element.inside:
        if isinstance(one, str):
            if one.strip():
                written.append(escape(one.strip()))
            continue
        match one.tag:
            case "h2" | "h3":
                written.append("#" * int(one.tag[1]) + " " + _line(one, prose, site))
            case "ul" | "ol":
                numbered = one.tag == "ol"
                items = [
                    _item(item, f"{n}. " if numbered else "- ", prose, site) for n, item in enumerate(one.all("li"), 1)
                ]
                written.append(("\n\n" if any("\n\n" in item for item in items) else "\n").join(items))
            case "blockquote":
                written.append("\n".join(f"> {line}".rstrip() for line in _lines(_blocks(one, prose, site))))
            case "pre":
                written.append("\n".join(f"    {line}" for line in _words(one).rstrip("\n").split("\n")))
            case "table":
                written.append(_table(one, prose, site))
            case "dl":
                written += [
                    _line(part, prose, site) if part.tag == "dt" else _item(part, ":   ", prose, site)
                    for part in one.all("dt", "dd")
                ]
            case "hr":
                written.append("---")
            case "div" if one.attributes.get("class") == "footnote":
                for note in one.all("li"):
                    mark = f"[^note-{note.attributes['id'].removeprefix('fn:')}]: "
                    written.append(_item(note, mark, prose, site))
            case "div":
                written += _blocks(one, prose, site)
            case _:
                written.append(_line(one, prose, site))
    return [block for block in written if block.strip()]


def _lines(blocks: list[str]) -> list[str]:
    return "\n\n".join(blocks).split("\n")


_BLOCKS = {"p", "ul", "ol", "blockquote", "pre", "table", "dl", "h2", "h3", "div", "hr"}


def _item(element: _Element, mark: str, prose: Prose, site: Site) -> str:
    """Write an item of a list: its first words after the mark, all else four spaces in."""
    loose: list[_Element | str] = []
    ordered: list[_Element | str] = []
    for one in [*element.inside, _Element("hr", {})]:
        if isinstance(one, str) or one.tag not in _BLOCKS:
            loose.append(one)
            continue
        if any(not isinstance(part, str) or part.strip() for part in loose):
            ordered.append(_Element("p", {}, loose))
        loose = []
        ordered.append(one)
    blocks = _blocks(_Element("text", {}, ordered[:-1]), prose, site)
    first, *rest = _lines(blocks) or [""]
    return "\n".join([mark + first, *(f"    {line}".rstrip() for line in rest)])


def _table(element: _Element, prose: Prose, site: Site) -> str:
    rows = [[_line(cell, prose, site) for cell in row.all("th", "td")] for row in element.all("tr")]
    rule = ["---"] * max(map(len, rows))
    return "\n".join("| " + " | ".join(row) + " |" for row in [rows[0], rule, *rows[1:]])
