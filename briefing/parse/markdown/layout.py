"""A writer's text, line by line, in the form that Python-Markdown reads as its writer meant.

Comments are removed. Code is set aside: each block and each span becomes a mark, and nothing in it is searched or
converted by anybody else. So what is code for the checks is code for readers. Lists and tables that other programs
understand get the indentation and the empty lines without which the library takes them for words of a paragraph.
Where containers and blocks begin follows CommonMark, except that four columns always suffice to indent.
"""

from __future__ import annotations

import re

from markdown.util import ETX, STX

from briefing.parse.markdown.inline_layout import INLINE, Container, InlineReader
from briefing.parse.markdown.offsets import CodeBlock, Layout
from briefing.problems import Finding

_ITEM = re.compile(r"(?P<mark>[*+-]|(?P<number>\d{1,9})[.)])(?P<space>[ \t]+)(?=\S)")
BRACES = re.compile(r"\{:?[ ]*([^{}\n ][^{}\n]*)\}[ \t]*")
"""Attributes in a line of their own."""
_HEADING = re.compile(r"#{1,6}(?=[ \t#]|$)")
_NO_WORDS = re.compile(r"#{1,6}[ \t]*(?:#+[ \t]*)?(?:\{[^{}\n]*\}[ \t]*)?")
_LETTER = re.compile(r"\(?(?P<letter>[a-z]|[ivx]{2,4})(?P<end>[.)])(?P<space>[ \t]+)(?=\S)", re.IGNORECASE)
"""What an item of a list begins with that has letters or Roman numerals in place of numbers."""
_SECOND = {"a": ("b",), "i": ("ii", "j")}
"""What follows the first letter in the next line of such a list."""
_RULE = re.compile(r"(?:\* *){3,}$|(?:- *){3,}$|(?:_ *){3,}$|(?:= *)+$|-+ *$")
"""A line between parts, or the line under a heading."""
_FENCE = re.compile(r"(`{3,}+(?=[^`]*$)|~{3,}+)(.*)")
_BULLET = re.compile(r"(?:[*+-]|(?P<number>\d{1,3}[.)]))[^\S \t\n]|[•·‣▪●◦–—]\s+(?=\S)|§\s+(?=[^\W\d_])")
"""What other programs begin an item of a list with."""
_NO_SPACE = re.compile(r"(?:-|\d{1,3}[.)])(?=[^\W\d_])|-(?=\[[ xX]\] )|\*(?=[^\W\d_][^*\n]*$)", re.MULTILINE)
"""An item of a list without the space after its mark. Only two such lines in a row are taken for a list."""
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_NOTE = re.compile(r"\[\^[^\]\n]+\]:|:[ ]{1,3}(?=\S)")
_QUOTE = re.compile(r" {0,3}> ?")
_EMPTY = re.compile(r"[ \t>]*(?:\n|\Z)")
CAPTION = re.compile(r" {0,3}(?:Table)?: +(?=\S)")
"""What the line after a table begins with, if it is the caption of the table."""
_SEPARATOR = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)* *:?-+:? *\|? *$")
_CONTAINERS = re.compile(r"^[ \t]*(?:> ?)*")
_LAST_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|$")
CELL_END = re.compile(r"(?<!\\)(?:\\\\)*\|")
BLOCK = re.compile(f"{STX}cb(\\d+){ETX}\\n?")
"""The mark of a code block, with its number."""


def mark_of_block(number: int) -> str:
    """Return the mark of a code block."""
    return f"{STX}cb{number}{ETX}"


QUOTE_END = f"{STX}qe{ETX}"
"""The mark of the end of a callout."""
_MOST_EMPTY = 2_000
"""Headings without words; a text with more headings is refused (`limits`)."""
_DEEPEST = 60
"""Levels that are laid out; a text with more is refused (`limits`)."""
_TABS = re.compile(r"[ ]*\t[ \t]*")


def lay_out(text: str) -> Layout:
    """Lay out a text. It ends before a code block or a comment that is not closed."""
    reader = _Reader(text)
    reader.empty = []
    while reader.at < len(text):
        reader.read_line()
    if 0 < len(reader.empty) <= _MOST_EMPTY:
        more = f", nor have {len(reader.empty) - 1} more" if len(reader.empty) > 1 else ""
        hint = "write ## and words, or delete the line"
        reader.out.issues.append(
            (*reader.empty[0], Finding("other-markdown", f"this heading has no words{more}", hint))
        )
    return reader.out


class _Reader(InlineReader):
    """Reads a text line by line. `refused` is the offset after a line that looks like an item of a list."""

    refused = 0
    empty: list[tuple[int, int]]
    """The places of headings without words."""
    below_caption = -1
    """The offset after the caption of a table."""
    is_callout = False
    """Whether the last quotation is a callout, to which another quotation below it does not belong."""

    def read_line(self) -> None:
        """Read the line at `at`, and what goes on in the lines after it."""
        end = self.line_end(self.at)
        line = self.text[self.at : end]
        if self._is_plain(line):
            self.out.add(line, self.at)
            self.finish("text", end)
            return
        shift = 0
        if tabs := _TABS.match(line):
            line = tabs[0].expandtabs(4) + line[tabs.end() :]
            shift = len(tabs[0].expandtabs(4)) - len(tabs[0])
        if not line.strip():
            self._close(next((n for n, box in enumerate(self.stack) if box.mark == ">"), len(self.stack)))
            self.finish("", end)
            return
        matched, column = self._consume(line, bool(self.before))
        while True:
            indent = len(line) - column - len(line[column:].lstrip(" "))
            start = self.at + max(0, column + indent - shift)
            if start >= end or not line[column:].strip():  # a line of a quotation with nothing in it
                self._close(matched)
                self.out.add(line.rstrip() + "\n", self.at)
                self.at, self.before = end + 1, ""
                return
            if indent >= 4 and self.before in ("", "heading", "code"):
                self._close(matched)
                self._indented_code(line[:column], column)
                return
            quote = _QUOTE.match(line, column)
            if not quote or len(self.stack) > _DEEPEST:
                break
            self._begin_block(line, matched)
            if self.is_callout and not matched:
                self.out.add(f"{QUOTE_END}\n\n", start)
                self.is_callout = False
            if self.before in ("code", "table"):
                self._separate(line, column, start)
            self.stack.append(Container(">"))
            matched, column, self.before = len(self.stack), quote.end(), ""
        words = self.text[start:end].rstrip()
        if indent < 4 and (fence := _FENCE.match(words)):
            self._begin_block(line, matched)
            self._fence(fence, self._prefix(line, column) + line[column : column + indent], start, end)
        elif self.is_comment(start):
            self._drop_comment(start)
        elif indent < 4 and len(self.stack) <= _DEEPEST and not _RULE.match(words) and (item := _ITEM.match(words)):
            self._item(item, line, column, indent, start, end, matched)
        else:
            self._words(line, column, indent, start, end, matched)

    def _is_plain(self, line: str) -> bool:
        """Whether a line is of a paragraph outside of lists and quotations, and nothing in it is laid out."""
        begins = line[:1].isalpha() and not self.stack and self.before in ("", "text")
        is_letter = not {".", ")"}.isdisjoint(line[1:5]) and _LETTER.match(line)
        return begins and not is_letter and "|" not in line and "\t" not in line and not INLINE.search(line)

    def _close(self, matched: int) -> None:
        del self.stack[matched:]

    def _begin_block(self, line: str, matched: int) -> None:
        """Close the containers that a block is not in; its indentation counts for the others."""
        self._close(matched)
        self._consume(line, False)

    def _consume(self, line: str, is_lazy: bool) -> tuple[int, int]:
        """Return how many of the open containers a line belongs to, and the column at which its own words begin."""
        column = 0
        for number, box in enumerate(self.stack):
            if box.mark == ">":
                quote = _QUOTE.match(line, column)
                if not quote:
                    return number, column
                column = quote.end()
                continue
            indent = len(line) - column - len(line[column:].lstrip(" "))
            if indent < min(box.left + box.least, 4):
                return number, column
            step = box.left + box.step if box.step else min(indent, 4)
            if not box.step and not is_lazy:
                box.step = step - box.left
            column += min(indent, step)
        return len(self.stack), column

    def _prefix(self, line: str, column: int) -> str:
        """Return what a line begins with: as typed, if Python-Markdown understands that."""
        if all(box.mark == ">" or box.left + box.step in (4, box.left) for box in self.stack):
            return line[:column]
        return "".join("> " if box.mark == ">" else "    " for box in self.stack)

    def _separate(self, line: str, column: int, start: int) -> None:
        """Insert an empty line, which Python-Markdown needs before a list or a table."""
        prefix = self._prefix(line, column)
        self.out.add((prefix.rstrip() if ">" in prefix else "") + "\n", start)

    def _item(
        self, item: re.Match[str], line: str, column: int, indent: int, start: int, end: int, matched: int
    ) -> None:
        """Read the first line of an item of a list."""
        is_number = bool(item["number"])
        beside = self.stack[matched] if matched < len(self.stack) else None
        beside = beside if beside and beside.mark in ("-", "1") else None
        mark = "1" if is_number else "-"
        if beside and indent - beside.left >= 2 and beside.mark == "1":
            if mark == "1":
                hint = "indent it by four spaces"
                found = Finding("list-indent", "this item would become part of the outer list", hint)
                self.out.issues.append((self.at, start + item.end() + 1, found))
            else:  # a list of another kind, indented by less than the words of the item above
                beside.step = beside.step or indent - beside.left
                matched, column, indent, beside = matched + 1, column + indent, 0, None
        interrupts = self.before == "text" and not beside
        if interrupts and is_number and int(item["number"]) != 1:
            if len(item["number"]) <= 3:  # a longer one is a year
                self._refuse_list(start, item.end(), "leave an empty line above the list")
            self._words(line, column, indent, start, end, matched)
            return
        self._begin_block(line, matched)
        if self.before in ("text", "table", "code") or (self.before == "item" and beside and beside.mark != mark):
            self._separate(line, column, start)
        prefix = self._prefix(line, column)
        typed = line[column : column + indent] if prefix == line[:column] else ""
        self.out.add(prefix + typed, self.at)
        before = " " * (column + indent) + item["mark"]
        space = " " * (len((before + item["space"]).expandtabs(4)) - len(before))
        self.out.add(item["mark"].replace(")", ".") + space, start)
        width = len(item["mark"]) + (len(space) if len(space) < 5 else 1)
        self.stack.append(Container(mark, indent, width))
        self.before = "item"
        if fence := _FENCE.match(self.text, start + item.end(), end):
            self.before = ""
            self._fence(fence, "", start + item.end(), end)
        else:
            self.inline(start + item.end(), "item")

    def _line_after(self, end: int) -> str:
        return self.text[end + 1 : self.line_end(end + 1)]

    def _refuse_list(self, start: int, length: int, hint: str) -> None:
        """Report the first line of what looks like a list but is none."""
        if not self.refused or self.at != self.refused:
            found = Finding("list-start", "this would become part of a paragraph, not a list", hint)
            self.out.issues.append((start, start + length + 1, found))
        self.refused = self.line_end(start) + 1

    def _is_attribution(self, words: str, end: int) -> bool:
        """Whether the last line of a paragraph in a quotation is a dash and who said it."""
        is_dash = words[0] in "–—" and self.at != self.refused
        return is_dash and any(box.mark == ">" for box in self.stack) and bool(_EMPTY.match(self.text, end + 1))

    def _words(self, line: str, column: int, indent: int, start: int, end: int, matched: int) -> None:
        """Read a line of a paragraph, a heading, a table, a footnote or a definition."""
        words = self.text[start:end]
        self.is_callout = self.is_callout or words.startswith("[!")
        if (bullet := _BULLET.match(words)) and not self._is_attribution(words, end):
            mark = bullet["number"] or "-"
            shown = "a hyphen" if mark == "-" else mark
            self._refuse_list(start, bullet.end(), f"begin each item with {shown} and a space: {mark} words")
        elif (letter := _LETTER.match(words)) and self._begins_letters(letter, end):
            self._refuse_list(start, letter.end(), "write numbers, which can be lists: 1. words")
        elif (mark := _NO_SPACE.match(words)) and _NO_SPACE.match(self._line_after(end).lstrip(" >")):
            self._refuse_list(start, mark.end(), f"put a space after the mark: {mark[0]} words")
        if (self.before == "table" or self.at == self.below_caption) and BRACES.fullmatch(words):
            self._separate(line, column, start)
            self.out.add(f"{self._prefix(line, column)}{words.rstrip()}\n\n", self.at)
            self.at, self.before = end + 1, ""
            return
        if _NO_WORDS.fullmatch(words):
            self.empty.append((start, start + len(words.rstrip())))
        if _HEADING.match(words):
            indent = 0
        is_block = bool(_NOTE.match(words) or words.startswith("#") or _RULE.match(words))
        is_lazy = self.before in ("text", "item", "table") and matched < len(self.stack) and not is_block
        kind = "item" if self.before == "item" else "text"
        leaves_quote = is_block and self.before and any(box.mark == ">" for box in self.stack[matched:])
        is_caption = self.before == "table" and bool(CAPTION.match(words))
        if leaves_quote or self.before == "code" or is_caption:
            self._separate(line, column, start)
        if is_caption:
            self.before = ""
        if not is_lazy:
            self._close(matched)
        if _NOTE.match(words):
            self.stack.append(Container("note", 0, 4, 4))
            kind = "item"
        elif is_block:
            kind = "heading"
        elif self.before == "table":
            kind = "table"
        elif "|" in words and self._begins_table(words, end):
            kind = "table"
            if self.before in ("text", "item"):
                self._separate(line, column, start)
        prefix = line[:column] if is_lazy or kind == "item" else self._prefix(line, column)
        self.out.add(prefix + line[column : column + indent], self.at)
        self.below_caption = end + 1 if is_caption else -1
        self.inline(start, kind)

    def _begins_letters(self, letter: re.Match[str], end: int) -> bool:
        """Whether a line is the first of several that have letters in place of numbers."""
        first, marks = letter["letter"], letter[0].rstrip()
        seconds = _SECOND.get(first.casefold(), ())
        following = _LETTER.match(self.text[end + 1 : end + 20].lstrip(" >"))
        if following and following[0].rstrip().casefold() in {
            marks.casefold().replace(first.casefold(), one) for one in seconds
        }:
            return True
        return bool(seconds) and first.islower() and len(letter["space"]) > 1 and self.before == ""

    def _begins_table(self, words: str, end: int) -> bool:
        """Whether a line and the one after it are the head of a table."""
        words = _CODE.sub("x", words) if "`" in words else words  # a bar within code ends no cell
        return bool(count_columns(words, self.text[end + 1 : self.line_end(end + 1)]))

    def _drop_comment(self, start: int) -> None:
        """Read a line that begins with a comment: nothing of it, or what is after the comment."""
        closed = self.comment_end(start)
        end = self.line_end(max(closed, 0))
        if closed < 0:
            self.at = len(self.text)
        elif not self.text[closed:end].strip():
            self.at = end + 1
        else:
            self.inline(closed + len(self.text[closed:end]) - len(self.text[closed:end].lstrip()), "text")

    def _fence(self, fence: re.Match[str], prefix: str, start: int, end: int) -> None:
        """Set aside a fenced block of code."""
        mark = fence[1]
        closing = re.compile(rf"[ \t>]*{re.escape(mark)}{re.escape(mark[0])}*[ \t]*$")
        lines: list[str] = []
        at = end + 1
        indent = start - self.at
        while at <= len(self.text):
            stop = self.line_end(at)
            line = self.text[at:stop]
            if at < len(self.text) and closing.match(line):
                self._add_block(CodeBlock("".join(lines), fence[2].strip(), start + len(mark)), prefix, start)
                self.at, self.before = stop + 1, "code"
                return
            lines.append(self._without_containers(line, indent) + "\n")
            at = stop + 1
        hint = "end it with a line of the same three characters"
        self.out.issues.append((start, start + 3, Finding("unclosed-fence", "this code block is not closed", hint)))
        self.at = len(self.text)

    def _without_containers(self, line: str, indent: int) -> str:
        """Return a line of code without the marks and the indentation of the containers around it."""
        column = 0
        for box in self.stack:
            if box.mark == ">" and (quote := _QUOTE.match(line, column)):
                column = quote.end()
        spaces = len(line) - column - len(line[column:].lstrip(" "))
        return line[column + min(spaces, max(0, indent - column)) :]

    def _indented_code(self, prefix: str, column: int) -> None:
        """Set aside an indented block of code: all lines that are as deep, and the empty lines between them."""
        lines: list[str] = []
        start, empty = self.at, 0
        at = start
        while at < len(self.text):
            end = self.line_end(at)
            line = self.text[at:end].expandtabs(4)
            if not line.strip():
                empty += 1
            elif self._consume(line, True)[0] == len(self.stack) and line[column:].startswith("    "):
                lines += [""] * empty + [line[column + 4 :]]
                empty, self.at = 0, end + 1
            else:
                break
            at = end + 1
        self._add_block(CodeBlock("\n".join(lines).rstrip() + "\n"), self._prefix(prefix, len(prefix)), start)
        self.before = "code"

    def _add_block(self, block: CodeBlock, prefix: str, start: int) -> None:
        if self.before:
            self.out.add((prefix.rstrip() if ">" in prefix else "") + "\n", start)
        self.out.add(f"{prefix}{mark_of_block(len(self.out.blocks))}\n", start)
        self.out.blocks.append(block)


def count_columns(head: str, below: str) -> int:
    """Return the number of columns, if a line is the head of a table and the other one the line below it; else 0."""
    below = _CONTAINERS.sub("", below)
    columns = count_cells(head, head)
    return columns if "|" in below and _SEPARATOR.match(below) and count_cells(below, head) == columns else 0


def count_cells(row: str, head: str) -> int:
    """Return the number of cells in a row of a table. If the head has bars at its ends, so may the row."""
    row, head = (_CONTAINERS.sub("", line).strip() for line in (row, head))
    bars = len(CELL_END.findall(row)) + 1
    if head.startswith("|") or _LAST_BAR.search(head):
        bars -= row.startswith("|") + bool(_LAST_BAR.search(row))
    return bars
