"""The words of one line of a writer's text: code spans become marks, and comments are removed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markdown.util import ETX, STX

from briefing.parse.markdown.offsets import Layout
from briefing.problems import Finding

SPAN = re.compile(f"{STX}cs(\\d+){ETX}")
"""The mark of a code span, with its number."""
INLINE = re.compile(r"\\.|`++|<!--|%%", re.DOTALL)
"""What may begin code or a comment, and a backslash with what it escapes."""
_BLOCK_END = re.compile(r"\n(?=[ \t>]*(?:\n|$|[*+-] |\d{1,9}[.)] |#{1,6} |```|~~~|\[\^))")


@dataclass(slots=True)
class Container:
    """A quotation, or an item of a list, a footnote or a definition, that the next line may continue."""

    mark: str
    left: int = 0
    """The column of the mark, within the container around it."""
    least: int = 4
    """The columns by which a line must be indented to belong to it."""
    step: int = 0
    """The columns by which the first line is indented that belongs to it."""


class InlineReader:
    """Reads the words of a text. `before` is what the line above is: "" for an empty one."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.out = text, 0, Layout(text)
        self.stack: list[Container] = []
        self.before = ""
        self._block_end = -1
        self._unclosed: set[tuple[str, int]] = set()
        """Runs of backticks that nothing closes before an offset."""

    def line_end(self, at: int) -> int:
        """Return the end of the line with an offset."""
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end

    def inline(self, start: int, kind: str) -> None:
        """Add the words from an offset to the end of their line, without comments, and with marks for code."""
        end, at = self.line_end(start), start
        while (found := INLINE.search(self.text, at, end)) is not None:
            at = found.end()
            if found[0][0] == "\\":
                continue
            if found[0][0] == "`":
                closed = self._span_end(found, "|" in self.text[start:end])
                if closed < 0:
                    continue
                self._add_words(start, found.start())
                typed = self.text[found.end() : closed - len(found[0])]
                if any(box.mark == ">" for box in self.stack):
                    typed = re.sub(r"\n[ \t]*(?:>[ ]?)*", "\n", typed)
                self.out.add(f"{STX}cs{len(self.out.spans)}{ETX}", found.start())
                self.out.spans.append(typed)
                start = at = closed
            else:
                closed = self.comment_end(found.start())
                if closed < 0:
                    self._add_words(start, found.start())
                    self.at = len(self.text)
                    return
                before = self.text[start : found.start()]
                ends_line = not self.text[closed : self.line_end(closed)].strip()
                is_spaced = ends_line or before[-1:].isspace()
                self._add_words(start, start + len(before.rstrip() if ends_line else before))
                start = at = closed + (is_spaced and self.text[closed : closed + 1] == " ")
            end = self.line_end(at)
        self._add_words(start, end)
        self.finish(kind, end)

    def _add_words(self, start: int, end: int) -> None:
        if start < end:
            self.out.add(self.text[start:end].expandtabs(4), start)

    def _span_end(self, opening: re.Match[str], in_row: bool) -> int:
        """Return the offset after the backticks that close a code span; -1 if it is not closed in its block."""
        if opening.end() > self._block_end:
            block = _BLOCK_END.search(self.text, opening.end())
            self._block_end, self._unclosed = block.start() if block else len(self.text), set()
        end = min(self._block_end, self.line_end(opening.end())) if in_row else self._block_end
        if (opening[0], end) in self._unclosed:
            return -1
        for closing in re.finditer("`++", self.text[opening.end() : end]):
            if closing[0] == opening[0]:
                return opening.end() + closing.end()
        self._unclosed.add((opening[0], end))
        return -1

    def is_comment(self, at: int) -> bool:
        """Whether a comment begins at an offset."""
        return self.text.startswith(("<!--", "%%"), at)

    def comment_end(self, at: int) -> int:
        """Return the offset after a comment; -1 if it is not closed, which is a problem."""
        mark, last = ("<!--", "-->") if self.text[at] == "<" else ("%%", "%%")
        if mark == "%%" and self.text[at - 1 : at].isalnum():
            hint = "put a space before a comment; to show the mark, put it between backticks"
            found = Finding("unclosed-comment", "%% begins a comment, but is in a word", hint)
        else:
            closed = self.text.find(last, at + len(mark))
            if closed >= 0:
                return closed + len(last)
            hint = f"end it with {last}; to show the mark, put it between backticks"
            found = Finding("unclosed-comment", "this comment is not closed, so it would hide all that follows", hint)
        self.out.issues.append((at, at + len(mark), found))
        return -1

    def finish(self, kind: str, end: int) -> None:
        """End a line of a kind."""
        self.out.add("\n", end)
        self.at, self.before = end + 1, kind
