"""The entry to this folder: converts a writer's Markdown to HTML with placeholders.

Each link to a record, citation, figure and picture becomes a placeholder; the site's own syntax for them is defined
here. A text that would take too long to convert, such as thousands of open brackets, is refused first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX, AtomicString

from briefing.model.addresses import compose
from briefing.model.records import Heading
from briefing.model.text import Citation, NumberRef, ParsedProse, Placeholder, Reference
from briefing.parse.context import FileContext
from briefing.parse.markdown.attributes import set_attributes
from briefing.parse.markdown.citations import find_cited, split_cited
from briefing.parse.markdown.code import add_code
from briefing.parse.markdown.dialect import find_dialect_issues
from briefing.parse.markdown.drawings import read_drawings
from briefing.parse.markdown.easy_read import starts_row
from briefing.parse.markdown.extras import add_extras
from briefing.parse.markdown.layout import lay_out
from briefing.parse.markdown.leftovers import report_leftovers
from briefing.parse.markdown.library import is_plain, keep_order, make_converter, restore_text
from briefing.parse.markdown.limits import LONGEST_RUN, LimitExceeded, set_limits
from briefing.parse.markdown.links import add_links
from briefing.parse.markdown.postprocess import postprocess_tree
from briefing.parse.markdown.sentences import record_sentences
from briefing.parse.markdown.state import ConversionState
from briefing.parse.yaml_tree import Scalar
from briefing.problems import Finding
from briefing.text import placeholders
from briefing.text.plain_words import decode_entities
from briefing.values import dataclass

LONGEST = 200_000
"""Characters of one text; no brief needs more."""
_BRACKET_RUNS = (
    ("[", 40, re.compile(r"\[{40}")),
    ("[", 400, re.compile(r"(?:\[[^\[\]]{0,9}){400}")),
    ("<", 200, re.compile(r"(?:<\w*+\s*+){200}")),
)
"""A character, how many of it a run has at least, and the run. Each bracket would be a problem of its own."""
_WIKI_LINK = r"\[\[(=?)([^\[\]]*)\]\]"
_STYLED = re.compile(r"(?<![^\W_])(\*\*?|__?|~~|`)(?=\S).*?(?<=\S)\1(?![^\W_])|\x02cs")
"""Words of a link that their writer wants to be emphasised or code."""
_LOCATOR = r"(?:[^\[\]]|\[[^\[\]@^]*\])*"
"""What follows the id of a source; laws count paragraphs in brackets."""
_CITATION = rf"\[(?={_LOCATOR}+\](?!\(|\[(?!@|\^)))((?:[^\[\]]*[\s;])?-?@[^\[\]\s]{_LOCATOR})\]"
_ID = r"\{[^{}\s]+\}|[^\W_](?:[\w-]|[:.$%&+?<>~/](?=\w))*"
_KEY = rf"(?<![\w@/.:)\]\\\x02\x03])(-?)@({_ID})(#[\w-]+)?(?: ?\[([^\[\]]*)\](?![\[(]))?"
"""A citation that is part of its sentence, as in pandoc."""


@dataclass(frozen=True, slots=True)
class Body:
    """A converted text. `anchors` are all ids in it; `words` is the number of its words."""

    prose: ParsedProse
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    words: int = 0


def convert(text: str, start: int, end: int, context: FileContext) -> Body:
    """Convert Markdown that is in its file between two offsets. A text that is refused gives an empty body."""
    if len(text) > LONGEST:
        finding = Finding("too-long", f"the text has more than {LONGEST:,} characters", "split it into several pages")
        context.add_problem(finding, start, start + 1)
        return Body(ParsedProse(""))
    is_short = not context.easy_read and len(text) <= LONGEST_RUN and is_plain(text)
    if is_short and not any(mark in text for mark in ("%%", "://", "::", "''")):
        state = ConversionState(text, start, end, context)
        record_sentences(text, "", state)
        return _body(f"<p>{text}</p>", state)
    layout = lay_out(text)
    state = ConversionState(text, start, end, context, layout)
    for begin, stop, finding in layout.issues:
        context.add_problem(finding, *state.place_typed(begin, stop))
    if run := _find_bracket_run(state.text):
        message = "too many brackets in a row"
        state.add_problem(Finding("bracket-flood", message, "close each one, or put them in a code block"), run)
        return Body(ParsedProse(""))
    for begin, stop, finding in find_dialect_issues(state.text, context.suggestions):
        if not (context.easy_read and starts_row(state.text, begin)):
            context.add_problem(finding, *state.place(begin, stop))
    read_drawings(state)
    return _converter().convert(state)


def _find_bracket_run(text: str) -> str:
    """Return the start of a run of brackets that would take minutes to convert; empty if there is none."""
    for character, least, run in _BRACKET_RUNS:
        if text.count(character) >= least and (found := run.search(text)):
            return found[0][:100]
    return ""


def _body(text: str, state: ConversionState) -> Body:
    """Combine the HTML of a text with what was found in it."""
    prose = ParsedProse(text, tuple(state.placeholders), tuple(state.places), tuple(state.sentences))
    return Body(prose, tuple(state.headings), tuple(state.anchors), state.words)


def convert_inline(scalar: Scalar, context: FileContext) -> ParsedProse:
    """Convert a field that takes one paragraph; the result has no `p` element around it."""
    prose = convert(scalar.text, scalar.start, scalar.end, context).prose
    inner = prose.html.removeprefix("<p>").removesuffix("</p>")
    if "<p>" in inner or re.search(r"<(ul|ol|table|blockquote|h\d|pre|dl|figure)\b", inner):
        hint = "write one paragraph, without blank lines, lists or headings"
        finding = Finding("not-one-paragraph", "this field holds more than one paragraph", hint)
        context.add_problem(finding, scalar.start, scalar.start + 1)
    return replace(prose, html=inner)


class _Converter:
    """Python-Markdown with the site's own syntax. Each process has one, which converts one text at a time."""

    def __init__(self) -> None:
        self.state: ConversionState
        self.markdown = make_converter()
        self.attributes = set_attributes(self.markdown, lambda: self.state)
        add_extras(self.markdown, lambda: self.state)
        add_links(self.markdown, lambda: self.state)
        set_limits(self.markdown, lambda: self.state)
        add_code(self.markdown, self.attributes, lambda: self.state)
        # After code (190) and escaped characters (180), before footnotes (175) and links (170).
        self.markdown.inlinePatterns.register(_WikiLinks(_WIKI_LINK, self), "wiki", 177)
        self.markdown.inlinePatterns.register(_Citations(_CITATION, self), "cite", 176)
        # After links, in whose addresses there may be an @, and before emphasis.
        self.markdown.inlinePatterns.register(_InText(_KEY, self), "key", 114)
        # Before the library restores escaped characters (0).
        self.markdown.treeprocessors.register(_Leftovers(self), "leftovers", 1)
        # After all other treeprocessors, so that it checks what they add.
        self.markdown.treeprocessors.register(_Postprocessing(self), "postprocessing", -10)
        keep_order(self.markdown)

    def convert(self, state: ConversionState) -> Body:
        self.state = state
        self.markdown.reset()
        try:
            text = self.markdown.convert(state.text + "\n\n")
        except (RecursionError, LimitExceeded) as error:
            _converter.cache_clear()  # an interrupted converter keeps parts of this text
            if isinstance(error, RecursionError):
                start, hint = state.start, "use fewer levels of lists and quotations"
                finding = Finding("too-deep", "lists or quotations are nested too deeply", hint)
                state.context.add_problem(finding, start, start + 1)
            return Body(ParsedProse(""))
        return _body(_move_citations(text, state.placeholders), state)


def _move_citations(text: str, contents: Sequence[Placeholder]) -> str:
    """Move each citation behind the punctuation that follows it, so that a full stop ends its sentence."""
    parts, last = [], 0
    for found in placeholders.find(text):
        after = found.end + len(found.punctuation)
        ends = found.punctuation.strip(placeholders.STOPS) == "" and text[after : after + 1].strip() in ("", "<")
        if found.punctuation and ends and _is_after(contents[found.number]):
            parts += [text[last : found.start].rstrip(), found.punctuation, " ", text[found.start : found.end]]
            last = after
    return "".join([*parts, text[last:]])


def _is_after(content: Placeholder) -> bool:
    """Whether something is a citation that is not part of its sentence."""
    return isinstance(content, Citation) and not content.typed


@cache
def _converter() -> _Converter:
    return _Converter()


class _Pattern(InlineProcessor):
    """An inline pattern of the site's own syntax. It matches nothing within a link."""

    ANCESTOR_EXCLUDES = ("a", placeholders.TAG)

    def __init__(self, pattern: str, converter: _Converter) -> None:
        super().__init__(pattern, converter.markdown)
        self.converter = converter

    def as_typed(self, text: str) -> str:
        """Return a text as the writer typed it, with what earlier patterns took out of it."""
        escaped = self.unescape(text).replace(AMP_SUBSTITUTE, "&")
        return decode_entities(re.sub(f"{STX}(\\d+){ETX}", lambda match: chr(int(match[1])), escaped))


class _WikiLinks(_Pattern):
    """Links and figures: `[[target#heading|label]]` and `[[=figure]]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        state = self.converter.state
        inner = self.as_typed(m[2])
        raw = m[0] if m[2] == inner else f"[[{m[1]}{inner}".replace("|", "\\|")
        begin, end = state.find(raw)
        span = state.context.span(begin, end)
        state.refuse_hidden(inner)
        if m[1]:
            return state.placeholder(NumberRef(compose(inner.strip()), span)), m.start(0), m.end(0)
        target, bar, label = (" ".join(part.split()) for part in inner.partition("|"))
        if (bar and not label.strip()) or not target.strip():
            hint = "write [[id]] or [[id|words]]"
            state.context.add_problem(Finding("empty-link", "this link has no target or no words", hint), begin, end)
        if _STYLED.search(label):
            hint = "delete the characters around these words, or put them around the whole link"
            finding = Finding("other-markdown", "the words of this link would be shown as they are typed", hint)
            state.context.add_problem(finding, begin, end)
        name, _, heading = target.partition("#")
        element = state.placeholder(Reference(compose(name.strip()), heading.strip(), bool(bar), False, span))
        if bar:
            element.text = AtomicString(label.strip().replace("&", "&amp;"))
        return element, m.start(0), m.end(0)


class _Citations(_Pattern):
    """Citations: `[see @a, p. 3; @b#passage]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        state = self.converter.state
        inner = self.as_typed(m[1])
        begin, end = state.find(m[0])
        state.refuse_hidden(f"[{inner}]")

        def span_of(key: str) -> int:
            at = state.context.lines.text.find(f"@{key}", begin, end)
            return state.context.span(at, at + len(key) + 1) if at >= 0 else state.context.span(begin, end)

        items = []
        for item in split_cited(inner):
            if cited := find_cited(item, span_of):
                items.append(cited)
            else:
                hint = "write [@source, p. 3]; put a semicolon between several sources"
                finding = Finding("citation", f"“{item.strip()}” does not name a source", hint)
                state.context.add_problem(finding, begin, end)
        return state.placeholder(Citation(tuple(items))), m.start(0), m.end(0)


class _InText(_Pattern):
    """Citations that are part of their sentence: `@a`, `@a [p. 3]`."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        if "/" in m[2]:  # @scope/package, which no id can be
            return None, None, None
        state = self.converter.state
        typed = self.as_typed(m[0])
        begin, end = state.find(typed)
        locator = f", {self.as_typed(m[4])}" if m[4] else ""
        cited = find_cited(self.as_typed(f"@{m[2]}{m[3] or ''}") + locator, lambda key: state.context.span(begin, end))
        if cited is None:
            return None, None, None
        state.refuse_hidden(typed)
        return state.placeholder(Citation((cited,), typed)), m.start(0), m.end(0)


class _Leftovers(Treeprocessor):
    """Reports markup that is not whole."""

    def __init__(self, converter: _Converter) -> None:
        super().__init__()
        self.converter = converter

    def run(self, root: Element) -> None:
        report_leftovers(root, self.converter.state)


class _Postprocessing(Treeprocessor):
    """Makes the finished tree safe, and records the place of each placeholder."""

    def __init__(self, converter: _Converter) -> None:
        super().__init__()
        self.converter = converter

    def run(self, root: Element) -> None:
        restore_text(root, self.converter.markdown.htmlStash.rawHtmlBlocks)
        postprocess_tree(root, self.converter.state)
