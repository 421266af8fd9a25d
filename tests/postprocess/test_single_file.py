"""Binding: a page takes in its style sheet with the fonts that it loads, and nothing in them breaks out."""

from __future__ import annotations

from briefing.incremental.hashed import Hashed
from briefing.model.files import Rendered
from briefing.model.steps import SingleFileInput
from briefing.postprocess.single_file import make_self_contained

PAGE = b'<head><link rel="stylesheet" href="assets/style.css"></head><p>Text</p>'


def bound(page: bytes = PAGE, **assets: bytes) -> str:
    """Bind a page with assets named by keyword, `_` for `.` and `__` for `/`."""
    named = tuple((name.replace("__", "/").replace("_", "."), Hashed.of(data)) for name, data in assets.items())
    return make_self_contained(SingleFileInput(Rendered("briefing.html", Hashed.of(page)), named)).data.value.decode()


def test_style_and_font_are_taken_in() -> None:
    """The sheet stands in the page, and its font in the sheet."""
    text = bound(style_css=b"@font-face { src: url(fonts/a.woff2) } p { color: red }", fonts__a_woff2=b"\x00\x01")
    assert "<style>@font-face { src: url(data:font/woff2;base64,AAE=) } p { color: red }</style>" in text
    assert "<link" not in text


def test_what_is_not_there_stays_named() -> None:
    """A sheet or a font that is not among the assets is left as it was."""
    assert PAGE.decode() == bound()
    assert "url(fonts/b.woff2)" in bound(style_css=b"p { src: url(fonts/b.woff2) }")


def test_a_style_sheet_cannot_end_its_element() -> None:
    """The words that would close the element are escaped as CSS has it."""
    text = bound(style_css=b'p::after { content: "</style><script>" }')
    assert text.count("</style>") == 1 and "<\\/style><script>" in text
