"""Markdown to HTML with holes.

What a writer refers to (records, sources, figures, pictures) becomes a numbered hole, an element `hole`, to be filled
once the whole site is known. Raw HTML stays text, links go only to schemes on a list, and attributes that could carry a
script are refused, whatever way they are written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString

from briefing.model.records import Heading
from briefing.model.text import Citation, Cited, FigureUse, Hole, Prose, Reference
from briefing.parse.context import Notes
from briefing.parse.markdown.code_spans import open_fences, without_code
from briefing.parse.markdown.dialect import find_habits
from briefing.parse.markdown.library import is_plain, make_converter
from briefing.parse.markdown.limits import LONGEST_RUN, Flood, bound
from briefing.parse.markdown.postprocess import look_over, note_sentences
from briefing.parse.markdown.state import Reading
from briefing.parse.yaml_tree import Scalar

LONGEST = 200_000
"""Characters of one text; no brief needs more."""
_FLOODS = (
    ("[", 40, re.compile(r"\[{40}")),
    ("[", 400, re.compile(r"(?:\[[^\[\]]{0,9}){400}")),
    ("<", 200, re.compile(r"(?:<\w*+\s*+){200}")),
)
"""Signs, how many of them it takes, and the runs of them in which each would be a problem of its own."""
_OPEN_FENCES = 50
"""Fences without an end, for each of which Markdown looks through all that follows."""
_CITED_STOP = re.compile(r'<hole n="(\d+)"></hole>([.,;:!?…]+)(?=[\s<]|$)')
_WIKI = r"\[\[(=?)([^\[\]]*)\]\]"
_GROUP = r"\[(?=[^\[\]]*+\](?![\[(]))((?:[^\[\]]*[\s;])?-?@[^\[\]\s][^\[\]]*)\]"
_KEY = re.compile(
    r"(?P<prefix>.*?)(?P<quiet>-?)@(?:\{(?P<braced>[^{}]+)\}|(?P<key>\w(?:[\w-]|[:.$%&+?<>~/](?=\w))*))"
    r"(?:#(?P<passage>[\w-]+))?(?P<rest>.*)",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Body:
    """A converted text: its prose, its headings, other ids in it that links may name, and how many words it has."""

    prose: Prose
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    words: int = 0


def convert(text: str, start: int, end: int, notes: Notes) -> Body:
    """Turn Markdown, which stands in its file between two offsets, into a body."""
    if len(text) > LONGEST:
        notes.problem("too-long", f"more than {LONGEST:,} characters of text", "split it", start, start + 1)
        return Body(Prose(""))
    reading = Reading(text, start, end, notes)
    if len(text) <= LONGEST_RUN and is_plain(text):
        note_sentences(text, "", reading)
        return _body(f"<p>{text}</p>", reading)
    masked = without_code(text)
    if flood := _find_flood(masked):
        message = "so many brackets in a row cannot be meant"
        reading.problem("bracket-flood", message, "close each of them, or put them in a code block", flood)
        return Body(Prose(""))
    if len(fences := open_fences(text)) > _OPEN_FENCES:
        message = f"{len(fences)} blocks of code are never closed"
        reading.problem("unclosed-fence", message, "close each with a line of the same signs", text[fences[0] :][:3])
        return Body(Prose(""))
    for habit in find_habits(masked):
        reading.problem(habit.code, habit.message, habit.hint, text[habit.start : habit.end], habit.level)
        if habit.code == "unclosed-fence":  # below it nothing is what it seems
            reading.text = text[: habit.start]
    return _converter().convert(reading)


def _find_flood(text: str) -> str:
    """Give the beginning of a run of brackets that would take minutes to read; empty where there is none."""
    for sign, least, run in _FLOODS:
        if text.count(sign) >= least and (found := run.search(text)):
            return found[0][:100]
    return ""


def _body(text: str, reading: Reading) -> Body:
    """Gather what has been read with the HTML that came of it."""
    prose = Prose(text, tuple(reading.holes), tuple(reading.sentences))
    return Body(prose, tuple(reading.headings), tuple(reading.anchors), reading.words)


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


class _Converter:
    """Python-Markdown with our syntax; one for each process, used for one text at a time."""

    def __init__(self) -> None:
        self.reading: Reading
        self.markdown = make_converter()
        bound(self.markdown, lambda: self.reading)
        # Below the escape (180) and code (190), above footnotes (175) and links (170).
        self.markdown.inlinePatterns.register(_Wiki(_WIKI, self), "wiki", 177)
        self.markdown.inlinePatterns.register(_Group(_GROUP, self), "cite", 176)
        # After everything else that touches the tree, so that nothing can add to it unseen.
        self.markdown.treeprocessors.register(_Tree(self), "holes", -10)

    def convert(self, reading: Reading) -> Body:
        self.reading = reading
        self.markdown.reset()
        try:
            text = self.markdown.convert(reading.text)
        except (RecursionError, Flood) as error:
            _converter.cache_clear()  # interrupted half-way, it would go on from there with the next text
            if isinstance(error, RecursionError):
                start, hint = reading.start, "take some levels out of the lists or quotations"
                reading.notes.problem("too-deep", "the text is nested too deeply", hint, start, start + 1)
            return Body(Prose(""))
        return _body(_stops_first(text, reading.holes), reading)


def _stops_first(text: str, holes: Sequence[Hole]) -> str:
    """Set a citation after the full stop that a writer, rightly, put behind it: a sentence ends before its receipt."""
    parts, last = [], 0
    for match in _CITED_STOP.finditer(text):
        if isinstance(holes[int(match[1])], Citation):
            hole = text[match.start() : match.start(2)]
            parts += [text[last : match.start()].rstrip(), match[2], " ", hole]
            last = match.end()
    return "".join([*parts, text[last:]])


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
        target, bar, label = (" ".join(part.split()) for part in inner.partition("|"))
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
        look_over(root, self.converter.reading)


def plain(prose: Prose) -> str:
    """Give the words of a text that is not yet woven; a hole keeps only the words that its writer gave."""
    return html.unescape(re.sub(r"<[^>]+>", "", prose.html)).replace("  ", " ").replace(" .", ".").strip()
