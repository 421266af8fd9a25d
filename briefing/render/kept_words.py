"""The words of a page as readers see them: one line for each block, which does not depend on templates or style."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from briefing.locale.interface import interface_of_page
from briefing.model.drawings import Drawing
from briefing.model.kinds import by_name
from briefing.model.pages import Page
from briefing.model.records import Actor, Entry, PageDetail, Recommendation, SourceDetail, Term
from briefing.model.site import Site
from briefing.model.text import (
    Call,
    Chip,
    Chips,
    Credit,
    Figure,
    Gloss,
    Image,
    Link,
    Prose,
    Resolved,
    ShownDrawing,
    Word,
)
from briefing.model.versions import BlockForm
from briefing.model.vocabulary import AXES, Axis, statuses_of
from briefing.render.elements import Element, parse
from briefing.render.markdown_drawings import write_drawing
from briefing.text.dates import write_date
from briefing.text.differences import write_line
from briefing.text.placeholders import TAG, number_of
from briefing.values import dataclass

_CHECKED = {"open": "☐", "done": "☑"}


def write_words(page: Page, site: Site, bodies: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of a page that shows one record. Citations are keys of sources, links are words."""
    say = interface_of_page(page.language, site.language, site.words).say
    return tuple(write_line(form, words) for form, words in _Reader(page, site, bodies, say).read() if words.strip())


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the words of one page."""

    page: Page
    site: Site
    bodies: Sequence[str]
    say: Callable[[str], str]

    def read(self) -> Iterator[tuple[BlockForm, str]]:
        """Yield the form and the words of each block."""
        page, view = self.page, self.page.view
        assert view
        yield "h1", page.title
        if page.summary != page.title and not isinstance(view.detail, SourceDetail):
            yield "p", page.summary
        if view.as_of:
            yield "p", f"{self.say('True as of')} {write_date(view.as_of, self.say)}"
        if view.aka:
            yield "p", self._fact(self.say("Also called"), *view.aka)
        for field in view.extra:
            yield "p", self._fact(self.say(field.label), *field.values)
        yield "p", self._cites(view.sources)
        detail = view.detail
        yield from self._head(detail)
        if view.text is not None:
            yield from self._blocks(view.text)
        yield from self._rest(detail)

    def _head(self, detail: object) -> Iterator[tuple[BlockForm, str]]:
        """Yield what is before the text of a record."""
        match detail:
            case PageDetail():
                yield "p", detail.sensitivity
                yield from self._section("In brief", detail.in_brief)
            case Term():
                yield "p", self._line(detail.meaning)
                yield from self._section("Why this word", (detail.why,))
                yield from self._section("Not the same as", detail.not_same_as)
                yield from self._section("The official meaning", (detail.official,))
            case Recommendation():
                yield "p", self._fact(by_name(self.site.kinds)["recommendation"].singular, detail.number)
                for title, axis, status in zip(
                    ("Response", "Delivery", "Judged"),
                    AXES,
                    (detail.response, detail.delivery, detail.verdict),
                    strict=True,
                ):
                    yield "p", self._fact(self.say(title), self._status(axis, status))
                yield "p", self._fact(self.say("Who has to do it"), *(one.title for one in detail.owner))
                yield "p", self._fact(self.say("Due"), write_date(detail.due[-1].date, self.say) if detail.due else "")
                yield "p", self.say(detail.read_words) if detail.read else ""
                yield from self._section("What it asks for", (detail.asks, detail.note))
                yield from self._dated("Said", detail.said, "response")
                yield from self._dated("Done", detail.done, "delivery")
                yield from self._dated("Judged", detail.judged, "judged")
                yield from self._dated("Due", detail.due)
            case Actor():
                yield "p", self._fact(self.say("Region"), detail.region)
                yield "p", self._fact(self.say("Own site"), detail.url)
                if detail.picture is not None:
                    yield "p", self._line(detail.picture)
            case SourceDetail():
                yield "p", next((one.label for one in self.site.tiers if one.name == detail.tier), "")
                for title, value in (
                    ("By", detail.author),
                    ("In", detail.container),
                    ("Volume", detail.volume),
                    ("Issue", detail.issue),
                    ("Pages", detail.pages),
                    ("Edition", detail.edition),
                    ("Number", detail.number),
                    ("Published by", detail.publisher if detail.publisher != detail.author else ""),
                    ("Date", write_date(detail.issued, self.say)),
                    ("Checked", write_date(detail.checked, self.say)),
                ):
                    yield "p", self._fact(self.say(title), value)
                yield "p", self._fact("DOI", detail.doi)
                yield "p", self._fact("ISBN", detail.isbn)
                yield "p", detail.url
                yield "p", detail.archived_url
                yield "p", detail.link_note
                if detail.further_reading:
                    yield "p", self.say("Further reading; nothing here cites it.")
                if detail.note is not None:
                    yield "p", self._line(detail.note)
                yield from (("item", f"{one.locator}{self.say(': ')}{one.says}") for one in detail.passages)

    def _rest(self, detail: object) -> Iterator[tuple[BlockForm, str]]:
        """Yield what is after the text of a record."""
        if isinstance(detail, Actor):
            yield from self._dated("Dates", detail.dates)
        if not isinstance(detail, PageDetail):
            return
        if detail.disputed:
            yield "h2", self.say("Where accounts differ")
        for dispute in detail.disputed:
            yield "h3", dispute.about
            yield from (("item", self._listed(one.holder, self._entry(one.said))) for one in dispute.positions)
        if detail.not_known or detail.none_unknown:
            yield "h2", self.say("Not known yet")
            yield "p", detail.none_unknown
            yield from (("item", link.title) for link in detail.not_known)

    def _section(self, title: str, texts: Sequence[Prose | None]) -> Iterator[tuple[BlockForm, str]]:
        shown = [text for text in texts if text is not None]
        if shown:
            yield "h2", self.say(title)
            yield from (("item", self._line(text)) for text in shown)

    def _dated(
        self, title: str, entries: Sequence[Entry[Prose, Link, Chip]], axis: Axis | None = None
    ) -> Iterator[tuple[BlockForm, str]]:
        if entries:
            yield "h2", self.say(title)
        for entry in entries:
            status = self._status(axis, entry.to) if axis else ""
            yield "item", self._listed(status, self._entry(entry))

    def _fact(self, label: str, *values: str) -> str:
        return f"{label}{self.say(': ')}{self._listed(*values)}" if any(values) else ""

    def _listed(self, *parts: str) -> str:
        return self.say(", ").join(filter(None, parts))

    def _status(self, axis: Axis, name: str) -> str:
        return next((one.label for one in statuses_of(self.site.statuses, axis) if one.name == name), "")

    def _entry(self, entry: Entry[Prose, Link, Chip]) -> str:
        head = self._listed(write_date(entry.date, self.say), entry.who.title if entry.who else "")
        return f"{head and head + self.say(': ')}{self._line(entry.text)} {self._cites(entry.sources)}"

    def _cites(self, chips: Sequence[Chip]) -> str:
        """Write sources by their keys, each with its places: `[@council-2026, p. 2; @archive]`."""
        return f"[{'; '.join(map(self._cite, chips))}]" if chips else ""

    def _cite(self, chip: Chip) -> str:
        if chip.receipt < 0:
            return chip.label
        receipt = self.page.receipts[chip.receipt]
        places = (receipt.places[at].locator for at in chip.places)
        return " ".join(filter(None, (chip.prefix, ", ".join(filter(None, (f"@{receipt.link.id}", *places))))))

    def _line(self, text: Prose) -> str:
        """Return a short text on one line."""
        return self._words(parse(text.html), text)

    def _blocks(self, text: Prose) -> Iterator[tuple[BlockForm, str]]:
        yield from self._inside(parse(self.bodies[text.body] if text.body >= 0 else text.html), text)

    def _inside(self, element: Element, text: Prose) -> Iterator[tuple[BlockForm, str]]:
        """Yield the blocks in an element."""
        for child in element.children:
            if isinstance(child, str):
                yield "p", child
                continue
            match child.tag:
                case "h2" | "h3" as heading:
                    yield heading, self._words(child, text)
                case "ul" | "ol" | "dl":
                    for item in child.all("li", "dt", "dd"):
                        yield from self._item(item, text)
                case "blockquote":
                    yield from (("quote", words) for _, words in self._inside(child, text))
                case "pre":
                    yield from (("code", line) for line in child.text().split("\n"))
                case "table":
                    yield from (("p", self._words(one, text)) for one in child.all("caption"))
                    for row in child.all("tr"):
                        yield "row", "\t".join(self._words(cell, text) for cell in row.all("th", "td"))
                case "div" | "section" | "aside":
                    yield from self._inside(child, text)
                case tag if tag == TAG and isinstance(
                    drawing := text.placeholders[number_of(child.attributes)], Drawing
                ):
                    yield from self._drawing(drawing)
                case _:
                    yield "p", self._words(child, text)

    def _item(self, item: Element, text: Prose) -> Iterator[tuple[BlockForm, str]]:
        """Yield an item of a list, and after it what is in it."""
        lists = item.all("ul", "ol", "pre", "table", "blockquote")
        words = [child for child in item.children if child not in lists]
        yield "item", self._words(Element(item.tag, {}, words), text)
        yield from self._inside(Element("div", {}, [*lists]), text)

    def _drawing(self, drawing: ShownDrawing) -> Iterator[tuple[BlockForm, str]]:
        """Yield the words of a drawing: its title, its table and its note."""
        for line in write_drawing(drawing, f" {self._cites(drawing.sources)}", str, self.say).split("\n"):
            if line.startswith("| ") and not line.startswith("| ---"):
                yield "row", line[2:-2].replace(" | ", "\t")
            elif not line.startswith("|"):
                yield "p", line.replace("**", "")

    def _words(self, element: Element, text: Prose) -> str:
        """Return the words of an element, with what its placeholders show."""
        pieces = []
        for child in element.children:
            if isinstance(child, str):
                pieces.append(child)
            elif child.tag == TAG:
                inner = self._words(child, text)
                pieces.append(self._shown(text.placeholders[number_of(child.attributes)], inner))
            elif child.tag == "sup":
                pieces.append(f" [{child.text()}]")
            elif child.tag in ("br", "p", "div", "figcaption"):
                pieces.append(f" {self._words(child, text)} ")
            elif "footnote-backref" not in child.attributes.get("class", ""):
                pieces.append(self._words(child, text))
        return " ".join("".join(pieces).split())

    def _shown(self, content: Resolved, label: str) -> str:
        match content:
            case Link(title=title) | Gloss(link=Link(title=title)):
                return label or title
            case Call(link=link, number=number):
                return label or f"{link.title} ({number})"
            case Figure(value=value):
                return value
            case Chips(items=items, typed=typed):
                return typed or self._cites(items)
            case Word(name=name):
                return "" if name.startswith("symbol-") else _CHECKED.get(name) or self.say(name.capitalize())
            case Image(alt=alt):
                return alt
            case Credit():
                return ""
            case Drawing(title=title):
                return title
