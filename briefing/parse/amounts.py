"""Numbers as people write them in tables: with separators and units, in the digits of any script."""

from __future__ import annotations

import re
import unicodedata

from briefing.model.drawings import Amount, Bound

_SPACES = re.compile(r"[\s\u00a0\u2009\u202f'’٬]")
_MINUS = str.maketrans("−–٫", "--.")
_BOUNDS: dict[str, Bound] = {">": "least", "≥": "least", "<": "most", "≤": "most"}
_GROUPS = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
"""Digits in groups of three. With one point alone, as in 1.273, it may be a fraction."""


def read_amount(words: str, has_commas: bool = False) -> Amount | None:
    """Return the number in words such as `1,273`, `12.5 %`, `£5`, `−3`, `>800`, `800+` or `<5`; else None.

    `1.273` is None too, because it is 1273 in some languages and a little more than one in others. So is `1,273` if
    `has_commas` says that a comma may begin a fraction.
    """
    text = _SPACES.sub("", words).translate(_MINUS)
    bound: Bound = _BOUNDS.get(text[:1], "")
    text = text[1:] if bound else text
    if text.endswith("+") and not bound:
        text, bound = text[:-1], "least"
    sign = -1 if text.startswith("-") else 1
    text = "".join(
        one for one in text.removeprefix("-" if sign < 0 else "+") if unicodedata.category(one) != "Sc"
    ).strip("%٪‰")
    number = _read_digits(text, ".," if has_commas else ".")
    return None if number is None else Amount(sign * number, bound)


def _read_digits(text: str, points: str) -> float | None:
    """Return the number in digits; `points` are what may begin a fraction where only one of them is written."""
    groups = _GROUPS.fullmatch(text)
    if groups and text.startswith(("0.", "0,")):
        groups = None
    if groups and (groups[1] not in points or text.count(groups[1]) > 1):
        text = text.replace(groups[1], "")
    elif groups:
        return None
    elif "," in text and "." in text:
        whole, mark, part = text.rpartition(max(",.", key=text.rindex))
        if not _GROUPS.fullmatch(whole) or mark in whole:
            return None
        text = f"{re.sub('[.,]', '', whole)}.{part}"
    else:
        text = text.replace(",", ".")
    return float(text) if re.fullmatch(r"\d{1,15}(?:\.\d{1,15})?", text) else None
