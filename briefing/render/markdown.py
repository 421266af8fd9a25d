"""A text without its page: as plain words, and as Markdown with its citations as footnotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from urllib.parse import quote

from briefing.locale.interface import interface, interface_of_page
from briefing.model.drawings import Drawing
from briefing.model.pages import Page, Receipt, place_letter
from briefing.model.records import Entry, PageDetail
from briefing.model.site import Site
from briefing.model.text import Call, Chip, Chips, Credit, Figure, Gloss, Image, Link, Prose, Resolved, Word
from briefing.render.elements import Element, parse
from briefing.render.markdown_drawings import write_drawing
from briefing.text import placeholders
from briefing.text.markdown_escapes import escape
from briefing.text.plain_words import plain_words
from briefing.values import dataclass

_DELIMITERS = {"em": "*", "i": "*", "strong": "**", "b": "**", "del": "~~"}
_BLOCKS = {"p", "figure", "ul", "ol", "blockquote", "pre", "table", "dl", "h2", "h3", "div", "hr"}
_SEPARATOR = "<!-- -->"
"""Before code that would belong to the list above it, or that begins a list item."""


def plain(prose: Prose) -> str:
    """Return the plain words of a resolved text."""

    def read(number: int) -> str:
        match prose.placeholders[number]:
            case Link(title=words) | Gloss(link=Link(title=words)) | Call(link=Link(title=words)) | Figure(value=words):
                return words
            case _:
                return ""

    return plain_words(prose.html, read)


def write_twin(page: Page, site: Site, bodies: Sequence[str]) -> str:
    """Write a brief as Markdown: its key points, its text and what is not known, with its sources as footnotes."""
    view = page.view
    assert view and isinstance(view.detail, PageDetail)
    detail = view.detail
    say = interface_of_page(page.language, site.language, site.words).say
    home = site.base_url + page.address.removesuffix("index.md")
    parts = [f"# {escape(page.title)}", escape(page.summary), say(", ").join((escape(site.title), f"<{home}>"))]
    parts[-1] += f"{say(', ')}{say('true as of')} {view.as_of}" if view.as_of else ""
    parts.append(
        "\n".join(f"- **{escape(one.label)}{say(':')}** {escape(say(', ').join(one.values))}" for one in view.extra)
    )
    if detail.sensitivity:
        parts.append(f"> {escape(detail.sensitivity)}")
    if detail.in_brief:
        points = [f"- {_Writer(point, site).line(parse(point.html))}" for point in detail.in_brief]
        parts += [f"## {say('In brief')}", "\n".join(points)]
    if view.text:
        parts += _Writer(view.text, site).blocks(parse(bodies[view.text.body]))
    if detail.disputed:
        parts.append(f"## {say('Where accounts differ')}")
        for dispute in detail.disputed:
            positions = [f"- **{escape(one.holder)}**{_write_entry(one.said, site, say)}" for one in dispute.positions]
            parts += [f"### {escape(dispute.about)}", "\n".join(positions)]
    if detail.not_known:
        questions = [f"- [{escape(link.title)}]({site.base_url}{_quote(link.address)})" for link in detail.not_known]
        parts += [f"## {say('Not known yet')}", "\n".join(questions)]
    cited = [(n, at) for n, receipt in enumerate(page.receipts) for at in range(len(receipt.places))]
    parts.append("\n".join(f"[^{_note(n, at)}]: {_cite(page.receipts[n], at, say)}" for n, at in cited))
    return "\n\n".join(part for part in parts if part) + "\n"


def _note(receipt: int, place: int) -> str:
    """Return the name of the footnote for a place in a source."""
    return f"{receipt + 1}{place_letter(place)}"


def _cite(receipt: Receipt, place: int, say: Callable[[str], str]) -> str:
    work = receipt.work
    names = [
        work.author,
        work.publisher if work.publisher != work.author else "",
        say("“{}”").replace("{}", receipt.link.title),
    ]
    within = [work.container if work.container not in names else "", work.volume, work.issue and f"({work.issue})"]
    parts = [
        *names,
        *within,
        say("undated") if work.issued == "undated" else work.issued,
        receipt.places[place].locator,
    ]
    address = f". <{_quote(work.url)}>" if work.url else ""
    return escape(say(", ").join(part for part in parts if part)) + address


def _write_entry(entry: Entry[Prose, Link, Chip], site: Site, say: Callable[[str], str]) -> str:
    """Write what somebody said, as it follows their name."""
    date = f" ({entry.date})" if entry.date else ""
    writer = _Writer(entry.text, site)
    return f"{date}{say(': ')}{writer.line(parse(entry.text.html))}{writer.placeholder(Chips(entry.sources), '')}"


def _quote(address: str) -> str:
    """Return an address that ends where Markdown takes it to end."""
    return re.sub(r"[\s()<>\\{}]", lambda found: quote(found[0]), address)


def _code(words: str) -> str:
    """Write code on one line, between more backticks than it has in a row."""
    words = re.sub(r"\s+", " ", words)
    ticks = "`" * (1 + max(map(len, re.findall("`+", words)), default=0))
    space = " " if "`" in words else ""
    return f"{ticks}{space}{words}{space}{ticks}"


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the elements of one text as Markdown."""

    prose: Prose
    site: Site

    def _say(self, words: str) -> str:
        return interface(self.site.language, self.site.words).say(words)

    def line(self, element: Element) -> str:
        """Write a block of running words on one line. A footnote mark directly follows the word before it."""
        return re.sub(r" +(\[\^)", r"\1", self._inline(element)).strip()

    def blocks(self, element: Element) -> list[str]:
        """Write each block in an element."""
        blocks: list[str] = []
        before = ""
        for child in element.children:
            if isinstance(child, str):
                blocks.append(escape(child.strip()))
                continue
            if child.tag == "pre" and before not in ("p", "h2", "h3", "pre"):
                blocks.append(_SEPARATOR)
            before = child.tag
            match child.tag:
                case "h2" | "h3":
                    blocks.append("#" * int(child.tag[1]) + " " + self.line(child))
                case "ul" | "ol":
                    marks = (f"{n}. " if child.tag == "ol" else "- " for n in range(1, len(child.children) + 1))
                    items = [self._item(item, mark) for item, mark in zip(child.all("li"), marks, strict=False)]
                    blocks.append(("\n\n" if any("\n\n" in item for item in items) else "\n").join(items))
                case "blockquote":
                    blocks.append("\n".join(f"> {line}".rstrip() for line in _lines(self.blocks(child))))
                case "pre":
                    blocks.append("\n".join(f"    {line}" for line in child.text().rstrip("\n").split("\n")))
                case "table":
                    blocks.append(self._table(child))
                case "dl":
                    blocks += [
                        self.line(part) if part.tag == "dt" else self._item(part, ":   ")
                        for part in child.all("dt", "dd")
                    ]
                case "hr":
                    blocks.append("---")
                case "div" if child.attributes.get("class") == "footnote":
                    for note in child.all("li"):
                        label = note.attributes["id"].removeprefix("fn:")
                        blocks.append(self._item(note, f"[^note-{label}]: "))
                case "div":
                    blocks += self.blocks(child)
                case "figure":
                    caption = child.all("figcaption")
                    picture = [one for one in child.children if one not in caption]
                    blocks += [self.line(one) for one in (Element("p", {}, picture), *caption)]
                case placeholders.TAG:
                    blocks.append(
                        self.placeholder(self.prose.placeholders[placeholders.number_of(child.attributes)], "")
                    )
                case _:
                    blocks.append(self.line(child))
        return [block for block in blocks if block.strip()]

    def placeholder(self, content: Resolved, label: str) -> str:
        """Write what a placeholder shows."""
        match content:
            case Link(title=title, address=address):
                return f"[{label or escape(title)}]({self.site.base_url}{_quote(address)})"
            case Call(number=number, dial=dial) if label == number:
                return f"[{label}](tel:{dial})" if dial else label
            case Call(link=link, number=number):
                return f"{self.placeholder(link, label)} ({escape(number)})"
            case Gloss(link=Link(title=title)):
                return label or escape(title)
            case Figure(value=value):
                return escape(value)
            case Chips(typed=typed) if typed:
                return escape(typed, False)
            case Chips(items=items):
                return "".join(f"[^{_note(chip.receipt, place)}]" for chip in items for place in chip.places)
            case Word(name=name):
                return {"open": "☐", "done": "☑"}.get(name, f"**{self._say(name.capitalize())}**")
            case Drawing():
                return write_drawing(content, self.placeholder(Chips(content.sources), ""), escape, self._say)
            case Image(address=address, alt=alt):
                return f"![{escape(alt)}]({self.site.base_url}{_quote(address)})"
            case Credit(name=name, licence=licence):
                return escape(f"{self._say('Picture')}: {', '.join(filter(None, (name, licence)))}")

    def _inline(self, element: Element) -> str:
        """Write the words and inline elements in an element."""
        pieces: list[str] = []
        for child in element.children:
            if isinstance(child, str):
                at_start = not pieces or pieces[-1].endswith("\n")
                pieces.append(escape(re.sub(r"\s+", " ", child), at_start))
                continue
            inner, classes = self._inline(child), child.attributes.get("class", "")
            match child.tag:
                case placeholders.TAG:
                    number = placeholders.number_of(child.attributes)
                    pieces.append(self.placeholder(self.prose.placeholders[number], inner))
                case "a" if "footnote-ref" in classes:
                    pieces.append(f"[^note-{child.attributes['href'].removeprefix('#fn:')}]")
                case "a" if "footnote-backref" in classes:
                    pass
                case "a":
                    address = _quote(child.attributes.get("href", ""))
                    pieces.append(f"[{inner}]({address})" if ":" in address else inner)
                case "code":
                    pieces.append(_code(child.text()))
                case tag if tag in _DELIMITERS and inner.strip():
                    pieces.append(f"{_DELIMITERS[tag]}{inner}{_DELIMITERS[tag]}")
                case "br":
                    pieces.append("  \n")
                case _:
                    pieces.append(inner)
        for n, (piece, following) in enumerate(pairwise(pieces)):
            if piece.endswith("!") and following.startswith("["):  # together they would be a picture
                pieces[n] = piece[:-1] + "\\!"
            if piece.endswith("`") and following.startswith("`"):  # together they would be one code
                pieces[n] += " "
        return "".join(pieces)

    def _item(self, element: Element, mark: str) -> str:
        """Write a list item, a definition or a footnote: its first line after the mark, all others indented."""
        words: list[Element | str] = []
        blocks: list[Element | str] = []
        for child in [*element.children, Element("hr", {})]:
            if isinstance(child, str) or child.tag not in _BLOCKS:
                words.append(child)
                continue
            if any(not isinstance(part, str) or part.strip() for part in words):
                blocks.append(Element("p", {}, words))
            words = []
            blocks.append(child)
        first, *rest = _lines(self.blocks(Element("text", {}, blocks[:-1]))) or [""]
        return "\n".join([mark + first, *(f"    {line}".rstrip() for line in rest)])

    def _table(self, element: Element) -> str:
        for code in element.all("code"):
            if "|" in code.text():  # which would end the cell, also within code
                code.tag = "span"
        rows = [[self.line(cell).replace("  \n", " ") for cell in row.all("th", "td")] for row in element.all("tr")]
        rule = ["---"] * max(map(len, rows))
        caption = [f"\n: {self.line(one)}" for one in element.all("caption")]
        return "\n".join(["| " + " | ".join(row) + " |" for row in [rows[0], rule, *rows[1:]]] + caption)


def _lines(blocks: list[str]) -> list[str]:
    return "\n\n".join(blocks).split("\n")
