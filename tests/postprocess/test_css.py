"""Style sheets are published without comments, and mean the same."""

from __future__ import annotations

import pytest

from briefing.incremental.hashed import Hashed
from briefing.model.files import File
from briefing.postprocess.css import publish


def published(sheet: str, path: str = "style.css") -> str:
    """Publish one asset."""
    [file] = publish([File(path, f"assets/{path}", Hashed.of(sheet.encode()))], None)
    assert file.data.digest == Hashed.of(file.data.value).digest
    return file.data.value.decode()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("/* Why. */\na { color: red }\n", "\na{color:red}\n"),
        ("a { color: red } /* why */\nb {}", "a{color:red}\nb{}"),
        ("a {}\n/* One **\n * two */\n/**/\nb {}", "a{}\n\nb{}"),
        ("a { margin: 1px /* why */ 2px }", "a{margin:1px  2px}"),
        ('.\\" {} /* why */ a::before { content: "x" }', '.\\"{} a::before{content:"x"}'),
        ("a { quotes: none } /* don't */ b {} /* don't */", "a{quotes:none} b{}"),
        ("a :hover, b:not(:focus) { --x: y; c: d }", "a :hover, b:not(:focus){--x:y;c:d}"),
        ("@media (width: 9px) { a { b: c; d :e { f: g } } }", "@media (width: 9px){a{b:c;d :e{f:g}}}"),
        (
            "a {\n  color: red;\n\tmargin: 0\n}\n@media print {\n  b {}\n}\n",
            "a{color:red;margin:0}@media print{b{}}\n",
        ),
    ],
)
def test_comments_stay_behind(written: str, read: str) -> None:
    """A comment with a space before it is removed, and space that separates nothing, and nothing else."""
    assert read == published(written)


@pytest.mark.parametrize(
    "sheet",
    [
        'a::before{content:" /* no comment */ "}',
        "a::before{content:' /* no comment */ '}",
        'a::before{content:"\\" /* no comment */ "}',
        "a{background:url( /*x*/y.png)}b{background:URL(z\\) /*x*/.png)}",
        "/*! Licence */ a{}",
        ".a/*one*/.b{margin:1px/*two*/2px}",
        'a{content:": {  }"}',
        ".a\\; b, .a\\{ b, .a\\: b{}",
        "a{content:'open\n/*",
    ],
)
def test_what_is_no_mere_comment_stays(sheet: str) -> None:
    """Strings, addresses, escapes, licences, and comments that separate two words stay as they are."""
    assert sheet == published(sheet)


def test_only_style_sheets_have_comments() -> None:
    """Any other asset is published byte for byte."""
    script = "go(); /* on */\n"
    assert script == published(script, "go.js")
