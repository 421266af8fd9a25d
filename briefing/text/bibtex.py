"""BibTeX: an entry is written so that every word of a value stays a word."""

from __future__ import annotations

from collections.abc import Iterable

_TEX = {
    "\\": "\\textbackslash{}",
    "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}",
    "{": "\\textbraceleft{}",
    "}": "\\textbraceright{}",
} | {character: f"\\{character}" for character in "&%$#_"}
"""What TeX would take for a command. BibTeX counts braces also after a backslash, so braces have names."""


def write_entry(kind: str, key: str, fields: Iterable[tuple[str, str]]) -> str:
    """Return an entry of a kind, with its key and those of its fields that are not empty; values are TeX already."""
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields if value)
    return f"@{kind}{{{key},\n{lines}}}"


def write_tex(words: str) -> str:
    """Return words as TeX prints them."""
    return " ".join("".join(_TEX.get(character, character) for character in words).split())
