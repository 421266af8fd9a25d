"""Cells of a table that a spreadsheet would run as a formula (OWASP, CSV injection)."""

from __future__ import annotations

import re

_FORMULA = re.compile(r"(^|[;\t\r\n])(?=[\s\"“”‘’\ufeff]*[=+\-@\t\r\n＝＋－＠])")
"""Where a formula may begin: at the start of a cell, or after a character that separates cells in some countries."""
_TAKEN_OUT = re.compile(_FORMULA.pattern.replace("(?=", "'(?=", 1))


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet may run a cell, or a part of it, as a formula."""
    return bool(_FORMULA.search(cell))


def without_formula(cell: str) -> str:
    """Put an apostrophe before everything that would be a formula."""
    return _FORMULA.sub(r"\1'", cell)


def with_formula(cell: str) -> str:
    """Return a cell as it was before `without_formula`."""
    return _TAKEN_OUT.sub(r"\1", cell)
