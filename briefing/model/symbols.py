"""The symbols of Easy Read. `templates/parts/symbols.html` draws each of them."""

from __future__ import annotations

SYMBOLS = (
    "arrow", "badge", "book", "calendar", "child", "clock", "computer", "court", "eye", "government", "heart", "house",
    "letter", "list", "lock", "no", "people", "person", "phone", "place", "question", "scales", "search", "stop",
    "talk", "warning", "yes",
)  # fmt: skip
PREFIX = "symbol-"
"""What is before the name of a symbol where it is a word of a text."""
