"""Markup of our own that the conversion left in a text, because its end, its beginning or a part of it is missing.

Readers would see it as it is typed, so each is a problem. The search is in the words of the finished tree, where code
is apart and where characters after a backslash are still marked. So it finds what the converter did not understand,
and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias
from xml.etree.ElementTree import Element

from briefing.model.addresses import compose, is_id
from briefing.model.text import Citation, Ref
from briefing.parse.markdown.library import ANY_MARK
from briefing.parse.markdown.sentences import NOT_IN_SENTENCES, has_words, join_words
from briefing.parse.markdown.state import ConversionState
from briefing.problems import Finding
from briefing.text import placeholders

_CITED, _ADDRESS, _STYLE, _OTHER = "\x0e", "\x0f", "\x10", "\x11"
"""What stands for elements: a citation within its sentence, a bare address, an end of emphasised words, all others."""
_ELEMENTS = _CITED + _ADDRESS + _OTHER
_PLACED = (
    r",\s(?:[^\W\d_]{1,2}\.|[^\W\d_]|§§?|¶¶?|(?:paras?|chs?|chap|secs?|vols?|nos?|figs?|arts?)\.?)\s?\d[\d\s,–-]*\)"
)
"""A place in a source before a closing bracket: a number after a character such as §, or after an abbreviation."""
_CANDIDATE = re.compile(rf"[*_\[\]`{{<>]|~~|(?:\A|{_CITED}){_PLACED}")
_MOST = 50
"""Problems of one text. Each is searched for in the text."""
_LONGEST = 60
"""Characters beside a problem by which its place is found."""
_STYLES = {"em", "strong", "del"}
_CELLS = {"td", "th", "caption"}
_RUN = re.compile(r"(?<!\*)\*{1,3}(?!\*)|(?<!_)_{1,3}(?!_)|(?<!~)~~(?!~)")
_OPENING = " \n([{“‘«„¿¡\"'—–/:"
"""What is before the first of emphasised words."""
_CLOSING = " \n.,;:!?)]}”’»…—–/\"'،؛؟।、。"
"""What is after the last of emphasised words."""
_QUOTED = "([{“‘«„¿¡\"'"
"""Punctuation that the first of emphasised words may begin with."""
_GOAL = rf"(?:{_ADDRESS}|[\w./-]+\.\w{{2,4}}[)#])"
"""To what a link leads: a bare address, or a file."""
_IN_CODE = r"(?<![^\s(\[“‘«„\"'—–/])"
_FIGURE = "write [[=id]] for a figure, [[id]] for a page"
_WORDS = "write [words](https://…), with nothing between the two pairs of brackets"
_PICTURE = "write ![what it shows](picture.jpg)"
_BRACKETS = "close it: [[id]] or [@source, p. 3]"
_BRACKETED = re.compile(r"(?<![\[\]!\w])\[([\w-]{2,100})\](?![\[\](:{\w])")
_QUOTES = frozenset('“”„«»"「」『』')
_FORMS = tuple(
    (re.compile(pattern, re.IGNORECASE), finding)
    for pattern, finding in (
        (r"(?<!\[)\[=[\w-]+\]", Finding("unclosed-link", "a figure has two brackets on each side", _FIGURE)),
        (r"\[\[(?==)", Finding("unclosed-link", "this figure is not closed", _FIGURE)),
        (r"!\[[^\[\]\n]*\](?= ?\()", Finding("unclosed-link", "the address of this picture is not closed", _PICTURE)),
        (r"(?<![\w!])!(?=\[)", Finding("unclosed-link", "this picture has no address", _PICTURE)),
        (rf"\] \((?={_GOAL})", Finding("unclosed-link", "this link is torn apart", _WORDS)),
        (rf"\]\((?=\S)|\][{{<]?(?={_GOAL})", Finding("unclosed-link", "this link is not closed", _WORDS)),
        (rf"\)\[(?={_ADDRESS})", Finding("unclosed-link", "the brackets of this link are exchanged", _WORDS)),
        (rf"<(?={_ADDRESS})", Finding("unclosed-link", "a bracket before this address is not closed", _WORDS)),
        (rf"(?<={_ADDRESS})>", Finding("unclosed-link", "a bracket after this address is not opened", _WORDS)),
        (r"\[\^(?![^\[\]\n]+\])", Finding("unclosed-link", "this footnote is not closed", "write [^1]")),
        (
            r"\[!(?:(?:note|tip|important|warning|caution)\]|\w+(?![\w\]]))",
            Finding("other-markdown", "this begins no callout", "write > [!NOTE], and > before each line"),
        ),
        (
            r"\{:?[ ]?\.no-source",
            Finding(
                "attribute",
                "these braces are below no passage",
                'write {: .no-source reason="…" } in a line of its own, directly below it',
            ),
        ),
        (
            r"\{:?[ ]?[#.][^\W\d][\w-]*|\{: (?=\w)",
            Finding("attribute", "these attributes belong to nothing, or are not closed", "write ## Words {#id}"),
        ),
        (
            "<\\s?!\\s?[-\u2010-\u2015]+|(?<![\\w<])!(?:--|[\u2012-\u2015])|<--(?=[^<>]*-->)",
            Finding("unclosed-comment", "this begins no comment, so readers would see it", "write <!-- words -->"),
        ),
        (
            rf"\([^()\n{_CITED}]{{0,40}}{_CITED}(?={_PLACED})",
            Finding("other-markdown", "the place in this source would be words of the text", "write [@source, p. 3]"),
        ),
        (
            r"(?<!\w)(\*\*|~~) (?=[^\W\d_][^*~\n]+ \1(?!\w))",
            Finding("other-markdown", "these words have spaces within their marks", "write **words** or ~~words~~"),
        ),
        (
            rf"{_IN_CODE}`+(?=[^\s`])",
            Finding(
                "other-markdown", "this backtick is not closed", "write `code`, and quotation marks for quotations"
            ),
        ),
    )
)
"""Markup that is not whole, each with what is wrong with it."""
_Found: TypeAlias = tuple[int, int, Finding]
"""The start and end of something in the words of a block, and what is wrong with it."""


class _Block(NamedTuple):
    """The words of one block, with characters that stand for elements, and whether it is a cell of a table."""

    words: str
    is_cell: bool


def report_leftovers(root: Element, state: ConversionState) -> None:
    """Report markup that is left in the words of a tree whose escaped characters are still marked."""
    texts = (text for element in root.iter() for text in (element.text, element.tail))
    is_cut = not state.text.endswith("\n")  # by an open comment, which is a problem
    if is_cut or not any(text and _CANDIDATE.search(text) for text in texts):
        return
    blocks = [block for block in _blocks(root, state) if _CANDIDATE.search(block.words)]
    notes = {run[0] for block in blocks for run in _RUN.finditer(block.words) if _is_note(block.words, run)}
    found = [(block, one) for block in blocks for one in _first_of_lines(block, notes)]
    context = state.context
    _note_ids(blocks, state)
    wrong = {problem.line for problem in context.problems}
    for block, (begin, end, finding) in found[:_MOST]:
        place = _place(block.words, begin, end, state)
        if context.lines.span(*place).line not in wrong:  # else it may be a part of that mistake
            context.add_problem(finding, *place)


def _note_ids(blocks: list[_Block], state: ConversionState) -> None:
    """Note what is in single brackets and could be the id of a record; weave knows whether it is one.

    In a quotation, a word in brackets is usually the word of the writer, so there only ids with a hyphen are noted.
    """
    for block in blocks:
        for match in _BRACKETED.finditer(block.words):
            name = compose(match[1])
            if is_id(name) and ("-" in name or (name.isalpha() and _QUOTES.isdisjoint(block.words))):
                span = state.context.span(*_place(block.words, *match.span(), state))
                state.context.bracketed.append(Ref(name, span))


def _first_of_lines(block: _Block, notes: set[str]) -> list[_Found]:
    """Return the first of each code that is left in each line of a block."""
    found: dict[tuple[int, str], _Found] = {}
    for one in sorted(_find(block, notes), key=lambda one: one[:2]):
        found.setdefault((block.words.count("\n", 0, one[0]), one[2].code), one)
    return list(found.values())


def _blocks(element: Element, state: ConversionState) -> Iterator[_Block]:
    """Yield the words of each block of a tree."""
    if has_words(element):
        yield _Block(join_words(element, _pieces(element, state)), element.tag in _CELLS)
    for child in element:
        if child.tag != "pre":
            yield from _blocks(child, state)


def _pieces(element: Element, state: ConversionState) -> Iterator[str]:
    """Yield the words of an element, with a character for each thing that is no words."""
    yield _clean(element.text)
    for child in element:
        if child.tag in NOT_IN_SENTENCES - {"sup"} or child.tag == "br":
            yield "\n"
        elif child.tag == placeholders.TAG:
            content = state.placeholders[placeholders.number_of(child.attrib)]
            yield _CITED if isinstance(content, Citation) and content.typed else _OTHER
        elif child.get("class") == "footnote-backref":
            pass
        elif child.tag == "a" and child.text and child.text == child.get("href"):
            yield _ADDRESS
        elif child.tag in ("code", "img", "sup"):
            yield _OTHER
        else:
            mark = _STYLE if child.tag in _STYLES else _OTHER if child.tag == "a" else ""
            yield mark
            yield from _pieces(child, state)
            yield mark
        yield _clean(child.tail)


def _clean(text: str | None) -> str:
    """Return a text with a character for each escaped one and for each entity."""
    return ANY_MARK.sub(_OTHER, text) if text else ""


def _find(block: _Block, notes: set[str]) -> Iterator[_Found]:
    """Yield what is left in the words of a block."""
    for pattern, finding in _FORMS:
        for match in pattern.finditer(block.words):
            yield *match.span(), finding
    yield from _find_brackets(block.words)
    for run in _RUN.finditer(block.words):
        if _is_torn(block, run, notes):
            shown = "".join(f"\\{one}" for one in run[0])
            hint = f"write {run[0]}words{run[0]}; to show the characters, write {shown}"
            yield *run.span(), Finding("other-markdown", f"this {run[0]} is not closed, or not opened", hint)


def _beside(words: str, run: re.Match[str]) -> tuple[str, str]:
    """Return the characters before and after a run, a line end where there is none."""
    return words[run.start() - 1 : run.start()] if run.start() else "\n", words[run.end() : run.end() + 1] or "\n"


def _is_note(words: str, run: re.Match[str]) -> bool:
    """Whether stars stand after a word or a number, as the mark of a note does."""
    before, after = _beside(words, run)
    return run[0][0] == "*" and before not in " \n" and before != _STYLE and after in _CLOSING


def _is_torn(block: _Block, run: re.Match[str], notes: set[str]) -> bool:
    """Whether stars, underscores or tildes begin or end emphasised words without the other end.

    Stars after a word may be the mark of a note, and before the first word of a line the note itself. Between letters
    or digits, and between spaces, they are what they are.
    """
    before, after = _beside(block.words, run)
    if _STYLE in (before, after):
        return True
    if before in _OPENING + _ELEMENTS and (
        _is_letter(after) or after in _QUOTED + _ELEMENTS + "0123456789" * (run[0] != "*")
    ):
        return not (before == "\n" and run[0] in notes)
    closes = (
        len(run[0]) > 1
        and after in _CLOSING
        and (_is_letter(before) or before in ".,;!?”’»" + "0123456789" * (run[0][0] != "*"))
    )
    is_note = run[0][0] == "*" and (block.is_cell or re.search(rf"^{re.escape(run[0])}", block.words, re.MULTILINE))
    return closes and not is_note


def _is_letter(one: str) -> bool:
    """Whether a character is part of a word: a letter, an accent or vowel on it, or what joins letters."""
    return unicodedata.category(one)[0] in "LM" or one in "\u200c\u200d"


def _find_brackets(words: str) -> Iterator[_Found]:
    """Yield brackets of links and citations that have no other side."""
    opened: list[int] = []
    loose: list[int] = []
    after = partner = 0
    for bracket in re.finditer(r"[\[\]]", words):
        at = bracket.start()
        if bracket[0] == "[":
            opened.append(at)
        elif opened:
            partner = opened.pop()
            after = at
        else:
            loose.append(at)
            if words[at - 1 : at] == "]" and words[partner - 1 : partner] != _OTHER:  # as in \[[id]]
                yield at - 1, at + 1, Finding("unclosed-link", "this link is not opened", _FIGURE)
            elif _CITED in words[after:at]:
                hint = "write [@source, p. 3]"
                yield at, at + 1, Finding("unclosed-link", "this citation has no bracket before it", hint)
            after = at
    for at in opened:
        if words[at + 1 : at + 2] == "[":
            yield at, at + 2, Finding("unclosed-link", "this link or citation is not closed", _BRACKETS)
        elif words[at - 1 : at] == "]":
            yield at, at + 1, Finding("unclosed-link", "this link is not closed", _WORDS)
        elif re.match(rf"\[(?:{_OTHER}|[^\[\]]*(?:{_CITED}|\({_GOAL}))", words[at:]):
            end = at + 1 + (words[at + 1 : at + 2] == _CITED)
            yield at, end, Finding("unclosed-link", "this link or citation is not closed", _BRACKETS)


def _place(words: str, begin: int, end: int, state: ConversionState) -> tuple[int, int]:
    """Return the place in the file of a part of a block's words, by what is beside it in its line."""
    line = max(words.rfind("\n", 0, begin) + 1, begin - _LONGEST)
    stop = words.find("\n", end)
    stop = len(words) if stop < 0 else stop
    cut = min(stop, end + _LONGEST)
    before, typed, after = (_typed(part) for part in (words[line:begin], words[begin:end], words[end:cut]))
    return state.find_between(before, typed, after + (r"[ \t]*(?:\n|\||\{|#|$)" if cut == stop else ""))


def _typed(words: str) -> str:
    """Return a pattern for what a writer typed for some words."""
    pattern = re.escape(words).replace(_CITED, r"-?@[^\n]*?").replace(_ADDRESS, r"https?:[^\n]*?")
    return re.sub(f"[{_STYLE}{_OTHER}]+", lambda _: r"[^\n]*?", pattern)
