"""Markdown to HTML with holes.

What a writer refers to (records, sources, figures, pictures) becomes a numbered hole, an element `hole`, to be filled
once the whole site is known. Raw HTML stays text, links go only to schemes on a list, and attributes that could carry a
script are refused, whatever way they are written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from xml.etree.ElementTree import Element

import markdown
from markdown.extensions.toc import slugify_unicode
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString

from briefing.habits import find_habits
from briefing.model import (
    UNCOUNTED,
    Citation,
    Cited,
    Coverage,
    FigureUse,
    Heading,
    Hole,
    Picture,
    Prose,
    Reference,
    Said,
    Spot,
)
from briefing.problems import Level, Problem, nearest
from briefing.records import Lines, Scalar
from briefing.sentences import MARK, is_checkable, sentences_of

LONGEST = 200_000
"""Characters of one text. Markdown's cost grows with the square of some inputs; no brief needs more."""
_FLOOD = re.compile(r"\[{40}|(?:<\s*\w*\s*){200}|(?:\[[^\[\]]{0,9}){400}")
_UNPAIRED = 100
"""Brackets that may be left open in one text before reading it takes minutes."""
_SCHEMES = {"http", "https", "mailto", "tel"}
_ATTRIBUTES = {"id", "class", "reason", "href", "title", "lang", "dir", "alt", "src", "start", "n", "align"}
_RESERVED = re.compile(r"main|exit|exit-status|menu|[rc]\d+|page-.*")
"""Ids that the templates use on every page."""
_BLOCKS = {"p", "li", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "div"}
_SILENT = {"sup", "ul", "ol", "dl", "table"}
"""What is not part of the sentence that it stands in: footnote marks, and blocks within a list item."""
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_CODE = re.compile(r"^(`{3,}|~{3,}).*?^\1[ \t]*$|(?<!`)(`+)(?!`).+?(?<!`)\2(?!`)", re.MULTILINE | re.DOTALL)
_CITED_STOP = re.compile(r'\s*(<hole n="(\d+)"></hole>)([.,;:!?…]+)(?=[\s<]|$)')
_LISTED = re.compile(r"[*+-] |\d+\. |: |\[\^")
"""How a line begins below which indented text is no code: a list, a definition, a footnote."""
_WIKI = r"\[\[(=?)([^\[\]\n]*)\]\]"
_GROUP = r"\[((?:[^\[\]]*[\s;])?-?@[^\[\]\s][^\[\]]*)\](?![\[(])"
_KEY = re.compile(
    r"(?P<prefix>.*?)(?P<quiet>-?)@(?:\{(?P<braced>[^{}]+)\}|(?P<key>\w(?:[\w-]|[:.$%&+?<>~/](?=\w))*))"
    r"(?:#(?P<passage>[\w-]+))?(?P<rest>.*)",
    re.DOTALL,
)
_STASH = re.compile("\x02[^\\dc][^\x03]*\x03")
"""Marks that Python-Markdown leaves in the tree until it has been written out."""


@dataclass(slots=True)
class Notes:
    """What parse writes down about one file while it reads it: the places of references, and problems."""

    path: str
    lines: Lines
    spots: list[Spot] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    covered: bool = False
    """Whether what is being read needs no citation of its own, since its record or entry names its sources."""

    def spot(self, start: int, end: int) -> int:
        """Note a place in the file, given by offsets; gives the index to refer to it by."""
        self.spots.append(self.lines.spot(start, end))
        return len(self.spots) - 1

    def problem(self, code: str, message: str, hint: str, start: int, end: int, level: Level = "error") -> None:
        """Note a problem at a place given by offsets."""
        spot = self.lines.spot(start, end)
        self.problems.append(Problem(self.path, spot.line, spot.column, code, message, hint, spot.length, level))


@dataclass(frozen=True, slots=True)
class Body:
    """A converted text: its prose, its headings, other ids in it that links may name, its words and its coverage."""

    prose: Prose
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    words: int = 0
    coverage: Coverage = UNCOUNTED


def convert(text: str, start: int, end: int, notes: Notes) -> Body:
    """Turn Markdown, which stands in its file between two offsets, into a body."""
    if len(text) > LONGEST:
        notes.problem("too-long", f"more than {LONGEST:,} characters of text", "split it", start, start + 1)
        return Body(Prose(""))
    reading = _Reading(text, start, end, notes)
    masked = _without_code(text)
    flood = _FLOOD.search(masked)
    if flood or any(masked.count(one) - masked.count(other) > _UNPAIRED for one, other in (("[", "]"), ("](", ")"))):
        message = "so many brackets in a row cannot be meant"
        raw = flood[0][:_UNPAIRED] if flood else "["
        reading.problem("bracket-flood", message, "close each of them, or put them in a code block", raw)
        return Body(Prose(""))
    for habit in find_habits(masked):
        reading.problem(habit.code, habit.message, habit.hint, text[habit.start : habit.end], habit.level)
    return _converter().convert(reading)


def convert_inline(scalar: Scalar, notes: Notes) -> Prose:
    """Turn one field's words into prose without paragraphs."""
    prose = convert(scalar.text, scalar.start, scalar.end, notes).prose
    inner = prose.html.removeprefix("<p>").removesuffix("</p>")
    if "<p>" in inner or re.search(r"<(ul|ol|table|blockquote|h\d|pre|dl)\b", inner):
        hint = "this field takes one run of words; write it without blank lines, lists or headings"
        notes.problem("not-one-paragraph", "more than one paragraph", hint, scalar.start, scalar.start + 1)
    return Prose(inner, prose.holes, prose.sentences)


def read_cited(text: str, scalar: Scalar, notes: Notes) -> Cited:
    """Read one item of a `sources` field: a citation without its brackets, with or without the @."""
    spot = notes.spot(scalar.start, scalar.end)
    cited = _cited(text if "@" in text else "@" + text, spot)
    if cited is None:
        hint = "write the source's id, then its place in it: survey-2025, p. 12"
        notes.problem("citation", f"“{text}” names no source", hint, scalar.start, scalar.end)
        return Cited("", "", "", "", spot)
    return cited


def _cited(item: str, spot: int) -> Cited | None:
    found = _KEY.fullmatch(item.strip())
    if found is None:
        return None
    rest = found["rest"].strip()
    if rest and not rest.startswith(","):
        return None
    key = found["braced"] or found["key"]
    return Cited(key, found["passage"] or "", found["prefix"].strip(), " ".join(rest.lstrip(", ").split()), spot)


def _masked(text: str) -> str:
    """Blank out code, so that what merely shows our syntax is not taken for it."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _without_code(text: str) -> str:
    """Blank out code by indentation too, which only Markdown itself has; a YAML file indents whatever it holds."""
    lines = _masked(text).split("\n")
    before, inside, in_list = "", False, False
    for number, line in enumerate(lines):
        if not line.strip():
            before = ""
            continue
        inside = line.startswith("    ") and (inside or not before) and not in_list
        if inside:
            lines[number] = " " * len(line)
        elif not line.startswith(" "):
            in_list = bool(_LISTED.match(line))
        before = line
    return "\n".join(lines)


class _Reading:
    """One conversion under way: where the text stands, and what has been found in it."""

    def __init__(self, text: str, start: int, end: int, notes: Notes) -> None:
        self.text, self.start, self.notes = text, start, notes
        self.holes: list[Hole] = []
        self.sentences: list[str] = []
        self.headings: list[Heading] = []
        self.anchors: list[str] = []
        self.words = self.checkable = self.sourced = self.reasoned = 0
        self._raw = _masked(notes.lines.text[start:end])
        self._seen: dict[str, int] = {}

    def find(self, raw: str) -> tuple[int, int]:
        """Give the offsets in the file of the next occurrence of what the writer typed; of the text, failing that."""
        at = self._raw.find(raw, self._seen.get(raw, 0))
        if at < 0:
            at = self._raw.find(raw)
        if at < 0:
            return self.start, self.start + 1
        self._seen[raw] = at + len(raw)
        return self.start + at, self.start + at + len(raw)

    def hole(self, content: Hole) -> Element:
        """Leave a hole in the text."""
        element = Element("hole")
        element.set("n", str(len(self.holes)))
        self.holes.append(content)
        return element

    def problem(self, code: str, message: str, hint: str, raw: str, level: Level = "error") -> None:
        """Note a problem where the writer typed something."""
        self.notes.problem(code, message, hint, *self.find(raw), level)


class _Converter:
    """Python-Markdown with our syntax; one for each process, used for one text at a time."""

    def __init__(self) -> None:
        self.reading: _Reading
        self.markdown = markdown.Markdown(
            extensions=["tables", "footnotes", "attr_list", "toc", "def_list", "fenced_code", "abbr", "sane_lists"],
            extension_configs={
                "toc": {"slugify": slugify_unicode},
                "tables": {"use_align_attribute": True},
                "footnotes": {"BACKLINK_TITLE": "↩ {}", "BACKLINK_TEXT": "↩"},
            },
            output_format="html",
        )
        self.markdown.preprocessors.deregister("html_block")
        self.markdown.inlinePatterns.deregister("html")
        # Below the escape (180) and code (190), above footnotes (175) and links (170).
        self.markdown.inlinePatterns.register(_Wiki(_WIKI, self), "wiki", 177)
        self.markdown.inlinePatterns.register(_Group(_GROUP, self), "cite", 176)
        # After everything else that touches the tree, so that nothing can add to it unseen.
        self.markdown.treeprocessors.register(_Tree(self), "holes", -10)

    def convert(self, reading: _Reading) -> Body:
        self.reading = reading
        self.markdown.reset()
        try:
            text = self.markdown.convert(reading.text)
        except RecursionError:
            _converter.cache_clear()  # interrupted half-way, it would go on from there with the next text
            hint = "take some levels out of the lists or quotations"
            reading.notes.problem("too-deep", "the text is nested too deeply", hint, reading.start, reading.start + 1)
            return Body(Prose(""))
        text = _CITED_STOP.sub(lambda match: _stop_first(match, reading.holes), text)
        prose = Prose(text, tuple(reading.holes), tuple(reading.sentences))
        coverage = Coverage(reading.checkable, reading.sourced, reading.reasoned)
        return Body(prose, tuple(reading.headings), tuple(reading.anchors), reading.words, coverage)


def _stop_first(match: re.Match[str], holes: list[Hole]) -> str:
    """Set a citation after the full stop that a writer, rightly, put behind it: a sentence ends before its receipt."""
    if isinstance(holes[int(match[2])], Citation):
        return f"{match[3]} {match[1]}"
    return match[0]


@cache
def _converter() -> _Converter:
    return _Converter()


class _Pattern(InlineProcessor):
    """An inline pattern of ours; never within a link."""

    ANCESTOR_EXCLUDES = ("a", "hole")

    def __init__(self, pattern: str, converter: _Converter) -> None:
        super().__init__(pattern, converter.markdown)
        self.converter = converter

    def typed(self, text: str) -> str:
        """Give text as the writer typed it, with what earlier patterns stashed away put back."""
        escaped = self.unescape(text).replace(AMP_SUBSTITUTE, "&")
        return html.unescape(re.sub(f"{STX}(\\d+){ETX}", lambda match: chr(int(match[1])), escaped))


class _Wiki(_Pattern):
    """`[[target#heading|label]]` and `[[=figure]]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        reading = self.converter.reading
        inner = self.typed(m[2])
        raw = m[0] if m[2] == inner else f"[[{m[1]}{inner}".replace("|", "\\|")
        begin, end = reading.find(raw)
        spot = reading.notes.spot(begin, end)
        if m[1]:
            return reading.hole(FigureUse(inner.strip(), -1, "", spot)), m.start(0), m.end(0)
        target, bar, label = inner.partition("|")
        if (bar and not label.strip()) or not target.strip():
            hint = "write [[id]] or [[id|words]]"
            reading.notes.problem("empty-link", "the link has no target or no words", hint, begin, end)
        name, _, heading = target.partition("#")
        element = reading.hole(Reference(name.strip(), heading.strip(), bool(bar), False, -1, "", spot))
        if bar:
            element.text = AtomicString(label.strip())
        return element, m.start(0), m.end(0)


class _Group(_Pattern):
    """`[see @a, p. 3; @b#passage]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        reading = self.converter.reading
        inner = self.typed(m[1])
        begin, end = reading.find(m[0])
        items = []
        for item in inner.split(";"):
            cited = _cited(item, 0)
            if cited is None:
                hint = "write [@source, p. 3], and a semicolon between several"
                reading.notes.problem("citation", f"“{item.strip()}” names no source", hint, begin, end)
                continue
            at = reading.notes.lines.text.find(f"@{cited.key}", begin, end)
            spot = reading.notes.spot(at, at + len(cited.key) + 1) if at >= 0 else reading.notes.spot(begin, end)
            items.append(Cited(cited.key, cited.passage, cited.prefix, cited.locator, spot))
        return reading.hole(Citation(tuple(items), -1, "")), m.start(0), m.end(0)


class _Tree(Treeprocessor):
    """Looks over the finished tree: makes it safe, and learns where each hole stands."""

    def __init__(self, converter: _Converter) -> None:
        super().__init__()
        self.converter = converter

    def run(self, root: Element) -> None:
        reading = self.converter.reading
        for element in root.iter():
            _make_safe(element, reading)
        for table in root.iter("table"):
            _label_cells(table)
        _check_anchors(root, reading)
        _locate(root, reading)


def _make_safe(element: Element, reading: _Reading) -> None:
    """Turn links to files and pictures into holes; refuse schemes and attributes that are not on the lists."""
    if "no-source" in element.get("class", "").split() and not element.attrib.pop("reason", "").strip():
        hint = 'write {: .no-source reason="what we did ourselves" }'
        reading.problem("no-reason", "a passage that needs no source needs a reason", hint, "no-source")
    for name in [name for name in element.attrib if name not in _ATTRIBUTES]:
        message = f"the attribute “{name}” is not allowed"
        reading.problem("attribute", message, "use #id and .class only", name)
        del element.attrib[name]
    if align := element.attrib.pop("align", ""):
        element.set("class", f"align-{align}")  # the content security policy forbids style attributes
    if element.tag == "a":
        if element.find(".//hole") is not None:
            hint = "close the first link before the second begins"
            reading.problem("nested-link", "a link cannot hold another link or a citation", hint, _typed(element))
        _make_link_safe(element, reading)
    elif element.tag == "img":
        _make_picture(element, reading)


def _label_cells(table: Element) -> None:
    """Tell each cell of a table the heading of its column, for readers who hear it and for phones, where rows stack."""
    headings = list(table.iter("th"))
    for heading in headings:
        heading.set("scope", "col")
    for row in table.iter("tr"):
        for cell, heading in zip(row.iter("td"), headings, strict=False):
            cell.set("data-label", " ".join(MARK.sub("", "".join(_spoken(heading))).split()))


def _typed(element: Element) -> str:
    """Give the address of a link as its writer typed it."""
    return html.unescape(element.get("href", "").replace(AMP_SUBSTITUTE, "&"))


def _make_link_safe(element: Element, reading: _Reading) -> None:
    typed = _typed(element)
    address = re.sub(r"[\0-\x20\xa0\u200b]", "", html.unescape(html.unescape(typed)))
    scheme = re.match(r"([^/?#]*):", address)
    element.attrib.pop("title", None) if "footnote-backref" not in element.get("class", "") else None
    if scheme:
        if scheme[1].casefold() not in _SCHEMES:
            message = f"links to “{scheme[1]}:” are not allowed"
            reading.problem("link-scheme", message, f"use {', '.join(sorted(_SCHEMES))}", typed)
            element.set("href", "")
        return
    if address.startswith("#"):
        return
    if address.startswith("//") or not (address.startswith("/") or address.partition("#")[0].endswith(".md")):
        hint = "link to a record with [[id]], to a file with its .md ending, or to the web with https://"
        reading.problem("unknown-link", f"“{typed}” is no address that can be checked", hint, typed)
        element.set("href", "")
        return
    path, _, heading = address.partition("#")
    spot = reading.notes.spot(*reading.find(typed))
    hole = reading.hole(Reference(path, heading, True, True, -1, "", spot))
    element.tag, element.attrib = "hole", hole.attrib


def _make_picture(element: Element, reading: _Reading) -> None:
    typed = html.unescape(element.get("src", "").replace(AMP_SUBSTITUTE, "&"))
    alt = element.get("alt", "")
    begin, end = reading.find(typed)
    if not alt and "decorative" not in element.get("class", "").split():
        hint = "say what it shows: ![words](path); for an ornament write ![](path){.decorative}"
        reading.notes.problem("no-alternative-text", "the picture has no alternative text", hint, begin, end)
    hole = reading.hole(Picture(typed, alt, reading.notes.spot(begin, end)))
    element.tag, element.attrib = "hole", hole.attrib


def _check_anchors(root: Element, reading: _Reading) -> None:
    """Note the ids in the text, and report links within it that lead to none of them."""
    ids = [value for element in root.iter() if (value := element.get("id"))]
    for value in sorted({value for value in ids if ids.count(value) > 1}):
        reading.problem("duplicate-id", f"the id “{value}” stands twice", "give one of them another {#id}", value)
    for element in root.iter():
        if _RESERVED.fullmatch(value := element.get("id", "")):
            hint = "give the heading an id of its own: ## Words {#another-id}"
            raw = value if value in reading.text else "".join(element.itertext())
            reading.problem("reserved-id", f"the id “{value}” belongs to the page itself", hint, raw)
    reading.anchors += ids
    for element in root.iter("a"):
        address = element.get("href", "")
        if address.startswith("#") and address[1:] not in ids and not re.match("#fn(ref)?:", address):
            close = nearest(address[1:], ids)
            hint = f"did you mean #{close[0]}?" if close else "headings get ids by {#id}"
            reading.problem("unknown-anchor", f"nothing here is called “{address}”", hint, address)


def _locate(root: Element, reading: _Reading) -> None:
    """Learn under which heading and in which sentence each hole stands."""
    section = ""
    sourced_rows = {cell for row in root.iter("tr") if _is_sourced(row, reading) for cell in row}
    excused = [block for block in root.iter() if "no-source" in block.get("class", "").split()]
    reasoned = {inner for block in excused for inner in block.iter()}
    for element in root.iter():
        if element.tag in _HEADINGS:
            section = element.get("id", "")
            _note_heading(element, reading)
        if element.tag in _BLOCKS and element.tag not in ("div", "pre"):
            spoken = "".join(_spoken(element))
            reading.words += len(spoken.split())
            exempt = element.tag in _HEADINGS or element.tag == "th"
            _note_sentences(spoken, section, reading, element in sourced_rows, exempt, element in reasoned)


def _is_sourced(element: Element, reading: _Reading) -> bool:
    """Say whether a citation or a ledger figure stands anywhere in an element, such as a row of a table."""
    holes = (reading.holes[int(hole.get("n", ""))] for hole in element.iter("hole"))
    return any(isinstance(hole, (Citation, FigureUse)) for hole in holes)


def _note_heading(element: Element, reading: _Reading) -> None:
    title = "".join(element.itertext()).strip()
    level = _HEADINGS[str(element.tag)]
    if element.find(".//hole") is not None:
        hint = "move the link or citation into the text below"
        reading.problem("heading-link", "a heading cannot hold a link or a citation", hint, title or "#")
    if level not in (2, 3):
        hint = "use ## and ###; the title is the only heading of the first level"
        reading.problem("heading-level", f"“{title}” is a heading of level {level}", hint, title)
    reading.headings.append(Heading(element.get("id", ""), title, level))


def _spoken(element: Element) -> Iterator[str]:
    """Give a block's own words, holes as marks, without the blocks inside it and without footnote marks."""
    if element.text:
        yield html.unescape(element.text.replace(AMP_SUBSTITUTE, "&"))
    for child in element:
        if child.tag == "hole":
            yield f"\x02{child.get('n')}\x03"
        silent = child.tag in _BLOCKS or child.tag in _SILENT or child.get("class") == "footnote-backref"
        if not silent:
            yield from _spoken(child)
        if child.tail:
            yield html.unescape(child.tail.replace(AMP_SUBSTITUTE, "&"))


def _note_sentences(spoken: str, section: str, reading: _Reading, sourced: bool, exempt: bool, reasoned: bool) -> None:
    """Keep the sentences that hold holes, tell each hole its own, and note all of them for lint."""

    def mark(match: re.Match[str]) -> str:
        return f"\x02c{match[1]}\x03" if isinstance(reading.holes[int(match[1])], Citation) else match[0]

    spoken = MARK.sub(mark, " ".join(_STASH.sub(" ", spoken).split()))
    for sentence in sentences_of(spoken):
        numbers = [int(number) for number in MARK.findall(sentence)]
        has_source = any(isinstance(reading.holes[number], (Citation, FigureUse)) for number in numbers)
        _weigh(sentence, reading, sourced or has_source or reading.notes.covered, exempt, reasoned)
        if not numbers:
            continue
        index = len(reading.sentences)
        reading.sentences.append(re.sub("\\s*\x02c\\d+\x03", "", sentence))
        for number in numbers:
            reading.holes[number] = _placed(reading.holes[number], index, section)


def _weigh(sentence: str, reading: _Reading, sourced: bool, exempt: bool, reasoned: bool) -> None:
    """Note a sentence for lint, and count it if a reader can check it."""
    if is_checkable(sentence) and not exempt:
        reading.checkable += 1
        reading.sourced += sourced
        reading.reasoned += reasoned and not sourced
    reading.notes.said.append(Said(MARK.sub("", sentence).strip(), sourced, exempt or reasoned))


def _placed(hole: Hole, sentence: int, section: str) -> Hole:
    match hole:
        case Reference():
            return Reference(hole.target, hole.heading, hole.labelled, hole.by_path, sentence, section, hole.spot)
        case Citation():
            return Citation(hole.items, sentence, section)
        case FigureUse():
            return FigureUse(hole.number, sentence, section, hole.spot)
        case _:
            return hole


def plain(prose: Prose) -> str:
    """Give the words of a text that is not yet woven; a hole keeps only the words that its writer gave."""
    return html.unescape(re.sub(r"<[^>]+>", "", prose.html)).replace("  ", " ").replace(" .", ".").strip()
