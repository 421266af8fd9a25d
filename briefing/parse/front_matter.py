"""Splits a Markdown file into its YAML front matter and the text below it."""

from __future__ import annotations

import re

from briefing.problems import Finding, Span
from briefing.text.source_text import ReadError


def split(path: str, text: str) -> tuple[str, int]:
    """Return the YAML of a file and the offset where its Markdown starts. Raises a `ReadError` without front matter."""
    opening = re.match(r"---[ \t]*\n", text)
    if opening is None:
        hint = "start it with a line of three hyphens, then title, summary and as_of, then three hyphens again"
        if re.match(r"\s+---", text):
            hint = "delete what is above the first three hyphens: empty lines, or spaces"
        elif re.match(r"[-\u2010-\u2015]+[ \t]*\n", text):
            hint = "type exactly three hyphens in the first line: ---"
        finding = Finding("no-front-matter", "the file does not begin with front matter", hint)
        raise ReadError(finding.at(path, Span(1, 1)))
    end = re.compile(r"^---[ \t]*$", re.MULTILINE).search(text, opening.end())
    if end is None:
        hint = "put a line of three hyphens below the last field"
        raise ReadError(Finding("unclosed-front-matter", "the front matter has no end", hint).at(path, Span(1, 1, 3)))
    return text[opening.end() : end.start()], min(end.end() + 1, len(text))
