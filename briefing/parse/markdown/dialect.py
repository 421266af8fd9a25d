"""What Python-Markdown would not convert as its writer meant, found in the text before conversion.

Other programs read some of it differently, or it has a mistake. What readers would see as Markdown or HTML is an error:
an undefined reference, an open code block, a tag. A list that would become part of a paragraph is a warning.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TypeAlias

from briefing.parse.markdown.foreign import find_foreign
from briefing.parse.markdown.inline_layout import SPAN
from briefing.parse.markdown.layout import CAPTION, CELL_END, count_cells, count_columns
from briefing.problems import Finding
from briefing.suggestions import Names, Suggestions

_REFERENCE = re.compile(r"\[(?<!\[\[)(?![\^@\[])([^\[\]\n]+)\]\[([^\[\]\n]*)\]")
_DEFINED = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]+)\]:", re.MULTILINE)
_ADDRESS = re.compile(r"(?:\A|(?<=\n\n)) {0,3}\[(?![\^@])([^\[\]\n]+)\]:[ ]*\n?[ ]*(\S*)")
"""A block that begins with the definition of a label, with its address, which may be in the next line."""
_IN_BRACKETS = re.compile(r"\[([^\[\]\n]+)\]")
_NOTE = re.compile(r"\[(?<!\[\[)\^([^\[\]\n]+)\](:?)")
_NOTE_DEFINED = re.compile(r"^ {0,3}(?:(?:[>:*+-]|\d+[.)]) *)*\[\^([^\[\]\n]+)\]:", re.MULTILINE)
"""The beginning of a footnote, which may also be within a quotation or a list."""
_NOTE_LABEL = re.compile(r"[\w.*†‡§+-]+")
"""The label of a footnote becomes part of an id."""
_TAG = re.compile(r"(?:(?<!\\)|(?<=[^\\]\\\\))(?:</?[a-zA-Z][\w-]*(?:\s[^<>\n]*)?/?>|<[?!][\w\[])")
_BLOCK_END = re.compile(r"\n[ >]*\n")
_TIMES = re.compile(r"(?<=\d)\*\d+\*(?=\d)")
_LINK = re.compile(r"\[\[[^\[\]]*\]\]|\]\([ ]*<[^<>\n]*>")
"""A link to a record, or the address of another one between angle brackets."""
_ITEM_MARK = re.compile(r"[ \t>]*(?:[*+-]|\d{1,9}[.)])[ \t]+(?=\|)")
_ITEM = re.compile(r"[ \t>]*(?:[*+-]|\d{1,9}[.)])[ \t]+[^|]*$")
_CELL_LINK = re.compile(r"\[\[[^\[\]|\\\n]+\|[^\[\]\n]*\]\]")
DialectIssue: TypeAlias = tuple[int, int, Finding]
"""The start and end of something in a text, and what is wrong with it."""


def find_dialect_issues(text: str, suggestions: Suggestions) -> Iterator[DialectIssue]:
    """Return the issues of a text that is laid out: without code and comments."""
    # Most texts do not contain the characters that these searches are for.
    if "][" in text:
        yield from _references(text, suggestions)
    if "]:" in text:
        yield from _addresses(text)
    if "[^" in text:
        yield from _footnotes(text, suggestions)
    if "<" in text:
        yield from _tags(_LINK.sub(lambda link: " " * len(link[0]), text))
    if "|" in text:
        yield from _tables(text)
    if "*" in text:
        for times in _TIMES.finditer(text):
            message = "these stars emphasise the number between them, and readers do not see them"
            yield *times.span(), Finding("other-markdown", message, "write × or \\*")
    yield from find_foreign(text)


def _tags(text: str) -> Iterator[DialectIssue]:
    """Report tags of HTML, once for each block of lines without an empty line."""
    hint = "use Markdown; to show a tag itself, put it between backticks"
    ends = [end.start() for end in _BLOCK_END.finditer(text)]
    for _, tags in groupby(_TAG.finditer(text), lambda tag: bisect(ends, tag.start())):
        first, *others = tags
        more = f" and {len(others)} more in this block" if others else ""
        yield *first.span(), Finding("raw-html", f"HTML is not used here; readers would see {first[0]}{more}", hint)


def _label(words: str) -> str:
    return " ".join(words.casefold().split())


def _references(text: str, suggestions: Suggestions) -> Iterator[DialectIssue]:
    """Report each `[words][label]` whose label is not defined."""
    defined = {_label(match[1]) for match in _DEFINED.finditer(text)}
    names = Names(sorted(defined))
    for match in _REFERENCE.finditer(text):
        label = _label(match[2] or match[1])
        if label not in defined:
            close = suggestions.nearest(label, names, 1)
            hint = f"did you mean [{close[0]}]?" if close else f"add a line: [{label}]: https://…"
            if SPAN.search(match[0]):
                hint = "write the address after the words: [words](https://…)"
                yield *match.span(), Finding("undefined-reference", "the label of this link is not defined", hint)
                continue
            yield *match.span(), Finding("undefined-reference", f"“{label}” is not defined", hint)


def _addresses(text: str) -> Iterator[DialectIssue]:
    """Report each `[label]:` whose address is missing: what follows would be lost, or be no link."""
    times = Counter(_label(words) for words in _IN_BRACKETS.findall(text))
    for match in _ADDRESS.finditer(text):
        is_last = not text[match.end() :].partition("\n")[0].strip()  # else it is words of a paragraph
        if not match[2] or (is_last and times[_label(match[1])] == 1 and not re.search(r"[/#:<@]|\.\w", match[2])):
            hint = f"write the address after it: [{match[1]}]: https://…"
            end = match.start() + len(match[0].partition("\n")[0].rstrip())
            begin = match.start() + len(match[0]) - len(match[0].lstrip(" "))
            yield begin, end, Finding("undefined-reference", f"the label “{match[1]}” has no address", hint)


def _footnotes(text: str, suggestions: Suggestions) -> Iterator[DialectIssue]:
    """Report footnotes that are used but not defined, defined but not used, or defined twice."""
    defined: dict[str, re.Match[str]] = {}
    for match in _NOTE_DEFINED.finditer(text):
        if match[1] in defined:
            hint = "give one of them another label"
            yield *match.span(), Finding("footnote-twice", f"the footnote “{match[1]}” is defined twice", hint)
        elif not _NOTE_LABEL.fullmatch(match[1]):
            message, hint = f"“{match[1]}” cannot be the label of a footnote", "use one word or a number: [^note]"
            yield *match.span(), Finding("id", message, hint)
        defined.setdefault(match[1], match)
    notes = [match for match in _NOTE.finditer(text) if not match[2] or text[match.start() - 1 : match.start()].strip()]
    used = {match[1]: match for match in reversed(notes)}
    names = Names(defined)
    for label in [label for label in used if label not in defined]:
        close = suggestions.nearest(label, names, 1)
        hint = f"did you mean [^{close[0]}]?" if close else f"add a line: [^{label}]: The note."
        match = used[label]
        yield *match.span(), Finding("undefined-footnote", f"the footnote “{label}” is not defined", hint)
    for label in [label for label in defined if label not in used]:
        match = defined[label]
        hint = f"write [^{label}] where it belongs, or delete it"
        yield *match.span(), Finding("unused-footnote", f"nothing refers to the footnote “{label}”", hint)


def _wrong_row(line: str, words: str, head: str, columns: int) -> tuple[int, Finding]:
    """Return where in a line a row does not fit the head of its table, and what is wrong."""
    cells, begin = count_cells(line, head), line.index(words)
    message = f"this row has {cells} cell{'s' * (cells > 1)}, but its table has {columns} column{'s' * (columns > 1)}"
    if "|" not in words:
        finding = Finding("table-row", "this line would be a row of the table above it", "leave an empty line between")
        return begin, finding
    if cells < columns:
        return begin, Finding("table-row", message, "write a bar for each cell, also for an empty one: | |")
    bars = [bar.end() for bar in CELL_END.finditer(line)]
    begin = bars[columns - 1 + words.startswith("|") * head.lstrip(" >").startswith("|")] - 1
    return begin, Finding("table-row", message, "put a backslash before a bar that does not end a cell: \\|")


def _caption_above(lines: Sequence[str], head: int) -> int:
    """Return the number of the line above a table that is meant as its caption; -1 if there is none."""
    filled = [number for number in range(max(0, head - 5), head) if lines[number].strip(" >")]
    if not filled or not CAPTION.match(lines[filled[-1]].lstrip(" >")):
        return -1
    at = filled[-1]
    before = lines[filled[-2]].strip(" >") if len(filled) > 1 else ""
    is_alone = at == 0 or not lines[at - 1].strip(" >")
    return at if is_alone and "|" not in before and not CAPTION.match(before) else -1


def _tables(text: str) -> Iterator[DialectIssue]:
    """Report rows with more or fewer cells than the head of their table, and rows without a head."""
    lines = text.split("\n")
    last = len(lines) - 1  # this line is empty, unless an open comment has cut it off
    offset, head, columns, is_loose = 0, "", 0, False
    for number, line in enumerate(lines):
        if mark := _ITEM_MARK.match(line):  # an item of a list, in which a table may begin
            offset, line, columns = offset + mark.end(), line[mark.end() :], 0
        elif _ITEM.match(line):
            columns = 0
        words = line.strip(" >")
        links = list(_CELL_LINK.finditer(line)) if columns or words.startswith("|") else []
        for link in links:
            hint = "put a backslash before the bar: " + link[0].replace("|", "\\|")
            finding = Finding("table-link", "the bar “|” in this link ends the table cell", hint)
            yield offset + link.start(), offset + link.end(), finding
        if not words:
            columns = 0
        elif columns and not links and number < last and ("|" not in words or count_cells(line, head) != columns):
            begin, finding = _wrong_row(line, words, head, columns)
            yield offset + begin, offset + len(line), finding
        elif not columns and number + 1 < len(lines) and "|" in line:
            head, columns = line, count_columns(line, lines[number + 1])
            if columns and not mark and (above := _caption_above(lines, number)) >= 0:
                begin = offset - sum(len(one) + 1 for one in lines[above:number])
                hint = "a caption is below its table: put this line after the last row"
                finding = Finding("other-markdown", "this is no caption, since its table is below it", hint)
                yield begin, begin + len(lines[above]), finding
        if columns or not (words.startswith("|") and words.endswith("|") and words.count("|") > 1):
            is_loose = False
        elif not is_loose:
            is_loose, begin = True, offset + line.index("|")
            hint = "write a line of hyphens below the heading, with as many cells: |---|---|"
            finding = Finding(
                "other-markdown", "this row does not belong to a table, so readers would see its bars", hint
            )
            yield begin, begin + len(words), finding
        offset += len(line) + 1
