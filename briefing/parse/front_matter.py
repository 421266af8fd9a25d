"""Splits a Markdown file into its YAML front matter and the text below it."""

from __future__ import annotations

import re

from briefing.problems import Finding, Span
from briefing.text.source_text import ReadError

_END = re.compile(r"^---[ \t]*$", re.MULTILINE)
_WORDS = re.compile(r"\n+(?![ \t]|[\"']?[\w-]+[\"']?:(?:[ \t\n]|$)|-(?:[ \t\n]|$)|# |[\]}]|\n|$)([^\n]+)")
"""A line that cannot be one of YAML with fields: it is not indented, and no name with a colon, item or comment."""
_NO_FIELD = re.compile(r"\n+(?:##|[*>|!]|[-=*_.\u2010-\u2015]{2,}[ \t]*$)|\n\n(?:\[\[|(?!\S+:)\S+(?: \S+){3})")
"""What can only be a text: a heading, a picture, a table, a quotation, or four words below an empty line."""
_NEARLY = re.compile(r"[-=*_.~\u2010-\u2015 ]{2,}")


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
    end = _END.search(text, opening.end())
    words = _WORDS.search(text, opening.end() - 1, end.start() if end else len(text))
    if end is None or (words and _NO_FIELD.match(words[0])):
        at, message = Span(1, 1, 3), "the front matter has no end"
        hint = "put a line of three hyphens below the last field"
        if words:
            at = Span(text.count("\n", 0, words.start(1)) + 1, 1, len(words[1]))
            message = "here the text begins, but the front matter above it has no end"
            hint = "put a line of three hyphens above this line"
            if _NEARLY.fullmatch(words[1]):
                message, hint = "this line does not end the front matter", "type exactly three hyphens: ---"
        raise ReadError(Finding("unclosed-front-matter", message, hint).at(path, at))
    return text[opening.end() : end.start()], min(end.end() + 1, len(text))
