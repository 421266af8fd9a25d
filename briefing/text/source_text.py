"""The text of a source file: decoded, with a line and a column for every offset."""

from __future__ import annotations

import bisect
import re

from briefing.problems import Finding, Problem, Span
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class Lines:
    """A file's text and the offset of each line, to turn offsets into places."""

    text: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Lines:
        """Find the lines of a text."""
        return cls(text, (0, *(match.end() for match in re.finditer("\n", text))))

    def span(self, start: int, end: int) -> Span:
        """Return the place of a range of characters; a range over several lines ends with its first line."""
        row = bisect.bisect_right(self.starts, start) - 1
        stop = self.starts[row + 1] - 1 if row + 1 < len(self.starts) else len(self.text)
        end = min(end, stop)
        return Span(row + 1, start - self.starts[row] + 1, max(1, end - start))

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and column, both counted from 0."""
        return self.starts[min(line, len(self.starts) - 1)] + column


class ReadError(Exception):
    """A text cannot be read at all; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


def decode(path: str, data: bytes) -> str:
    """Decode a content file; all line ends become `\\n`. Raises a `ReadError` at the first byte that is not UTF-8."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        rest = error.object  # without the byte order mark that some editors put first
        before = Lines.of(_plain_ends(rest[: error.start].decode()))
        span = before.span(len(before.text), len(before.text))
        message = f"this is not valid UTF-8: byte {len(data) - len(rest) + error.start} (0x{rest[error.start]:02x})"
        finding = Finding("not-utf8", message, "save the file as UTF-8")
        raise ReadError(finding.at(path, Span(span.line, span.column))) from None
    return _plain_ends(text)


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
