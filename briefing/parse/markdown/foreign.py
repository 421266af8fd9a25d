"""Syntax of other programs that this one does not know. Readers would see it as it is typed, so each is a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefing.problems import Finding


class _Syntax(NamedTuple):
    """One kind: characters without which it cannot be there, its pattern, what it is, and what to write instead."""

    needed: str
    pattern: re.Pattern[str]
    """It starts with a character, and looks back only then: this takes a tenth of the time."""
    what: str
    instead: str


_LINE = re.MULTILINE
_BOX = "write > [!NOTE], and > before each line"
_FORMULA = "write it in words or as a picture"
_KINDS = (
    _Syntax("{{", re.compile(r"\{\{[<%]?[^\n{}]*[%>]?\}\}"), "a shortcode", "write what it stands for"),
    _Syntax("{%", re.compile(r"\{%[^\n]*?%\}"), "a template tag", "write what it stands for"),
    _Syntax("!!!", re.compile(r"^[ >]*!!!\+? ?\w[^\n]*", _LINE), "an admonition", _BOX),
    _Syntax("???", re.compile(r"^[ >]*\?\?\?\+? \w[^\n]*", _LINE), "a collapsible box", _BOX),
    _Syntax("===", re.compile(r"^[ >]*===[!+]? \"[^\n]*", _LINE), "a tab", "write a heading: ### Words"),
    _Syntax(":::", re.compile(r"^[ >]*:{3,}[^\n]*", _LINE), "a container", _BOX),
    _Syntax(
        "==", re.compile(r"==(?<![=\w]==)(?=[^\s=])[^=\n]+(?<=[^\s=])==(?![=\w])"), "a mark", "write **words** instead"
    ),
    _Syntax(
        "++",
        re.compile(r"\+\+(?<![+\w]\+\+)(?=[^\s+])[^+\n]+(?<=[^\s+])\+\+(?![+\w])"),
        "an underline",
        "write **words** instead",
    ),
    _Syntax("![[", re.compile(r"!\[\[(?<!\w!\[\[)[^\]\n]*\]\]"), "an embedded page", "link to it: [[id]]"),
    _Syntax(
        "^[", re.compile(r"\^\[[^\]\n]*\]"), "a footnote in the line", "write [^1], and a line below: [^1]: The note."
    ),
    _Syntax("$$", re.compile(r"\$\$(?:(?!\$\$).){1,400}?\$\$", re.DOTALL), "a formula", _FORMULA),
    _Syntax(
        "$",
        re.compile(r"\$(?<![$\w]\$)(?=[^\s$\d])[^$\n]*[\\^_={][^$\n]*(?<=[^\s$])\$(?![$\w])"),
        "a formula",
        _FORMULA,
    ),
    _Syntax("\\(", re.compile(r"\\\((?=[^\n]*[\\^_={])[^\n]*?\\\)"), "a formula", _FORMULA),
    _Syntax("--8<--", re.compile(r"^[ ]*--8<--[^\n]*", _LINE), "an included file", "write what is in it"),
    _Syntax(
        "]", re.compile(r"^\[(?:\[_)?(?:TOC|toc)(?:_\])?\]$", _LINE), "a table of contents", "delete it; a page has one"
    ),
    _Syntax(
        "{",
        re.compile(r"\{(?:\+\+|--|~~|==|>>)[^\n]*?(?:\+\+|--|~~|==|<<)\}"),
        "a mark of an editor",
        "write the text as readers should see it",
    ),
    _Syntax(
        "~", re.compile(r"~(?<=[A-Za-z)]~)(?=\w)\w{1,4}~(?![~\d/])"), "a subscript", "write the character, such as ₂"
    ),
    _Syntax(
        "^",
        re.compile(r"\^(?<=[\w)]\^)(?=\w)(?:\w{1,4}\^(?!\w)|\d{1,2}\^(?=[A-Za-z]))"),
        "a superscript",
        "write the character, such as ²",
    ),
    _Syntax(
        ":",
        re.compile(r":(?<![\w:/]:)(?:[a-z]+(?:[_-][a-z0-9]+)+|[a-z]{3,}):(?![\w:/])"),
        "the name of a symbol",
        "write the symbol itself",
    ),
    _Syntax("$", re.compile(r"\$\x02cs\d+\x03\$"), "a formula", _FORMULA),
    _Syntax(
        "--",
        re.compile(r"(?:(?<=\S\n)[ ]*-{3,}(?: +-{2,})+|(?<![^\n])[ ]*-{2,}(?: +-{3,})+(?=[ ]*\n[ ]*\S))[ ]*$", _LINE),
        "a table",
        "write bars between the cells: | Day | Hours |, and |---|---| below the heading",
    ),
    _Syntax(
        "| ",
        re.compile(r"(?:\A|(?<=\n\n))\|[ ][^|\n]+\n\|[ ](?! *:?-)[^|\n]+(?=\n|\Z)"),
        "a block of lines",
        "end each line with a backslash",
    ),
    _Syntax("(@", re.compile(r"^[ >]*\(@[\w-]*\)", _LINE), "a numbered example", "write 1. and a space"),
    _Syntax(")=", re.compile(r"^\([\w:.-]+\)=$", _LINE), "a label", "write {#id} after the heading"),
    _Syntax("+++", re.compile(r"^\+\+\+[ ]*$", _LINE), "a line between parts", "write a line of three hyphens"),
    _Syntax(
        "..",
        re.compile(r"^[ >]*\.\. (?:[\w-]+::|_[\w -]+:|\|)[^\n]*", _LINE),
        "a directive",
        "write what it stands for",
    ),
    _Syntax("}\x02cs", re.compile(r"\{[a-z][a-z:_-]*\}\x02cs\d+\x03"), "a role", "write what it stands for"),
    _Syntax("\x03_", re.compile(r"\x02cs\d+\x03__?(?!\w)"), "a link", "write [words](https://…)"),
    _Syntax("% ", re.compile(r"(?:\A|(?<=\n\n))%[ ][^\n]*"), "a comment", "write %% words %%"),
    _Syntax(
        "::", re.compile(r"^[ >]*(?:[*+-] )?[A-Za-z][\w -]{0,30}::[ ][^\n]*", _LINE), "a field", "write it in words"
    ),
    _Syntax(":: ", re.compile(r"\[[A-Za-z][\w -]{0,30}::[ ][^\]\n]*\]"), "a field", "write it in words"),
    _Syntax("^", re.compile(r"\^(?<=[ ]\^)[A-Za-z][\w-]{3,}$", _LINE), "the name of a block", "delete it"),
    _Syntax(
        "''",
        re.compile(r"''(?<![\w']'')'{0,3}(?=[^\W_])[^'\n]*(?:'(?!')[^'\n]*)*'{2,5}(?!\w)"),
        "emphasis",
        "write *words* or **words**",
    ),
    _Syntax("[http", re.compile(r"\[https?://[^\s\]]+ [^\]\n]+\](?!\()"), "a link", "write [words](https://…)"),
    _Syntax('":http', re.compile(r'"[^"\n]+":(?=https?://)'), "a link", "write [words](https://…)"),
    _Syntax("==", re.compile(r"^={2,6} [^=\n]+ ={2,6}[ ]*$", _LINE), "a heading", "write ## Words"),
    _Syntax(
        "\\",
        re.compile(r"\\[A-Za-z]{2,}(?:\[[^\]\n]*\])?\{[^{}\n]*\}|^\\[a-z]{3,}[ ]*$", _LINE),
        "a command of LaTeX or",
        "write what it stands for",
    ),
    _Syntax(
        "~",
        re.compile(r"~(?<![\w~/.]~)(?=[^\s~/])[^~\n]*(?<=[^\s~])~(?![\w~/])"),
        "strikethrough",
        "write ~~words~~",
    ),
    _Syntax(
        "^", re.compile(r"\^(?<![\w^)]\^)[^\W_]{1,20}\^(?![\w^])"), "a superscript", "write the character, such as ²"
    ),
    _Syntax(
        "import ",
        re.compile(r"(?:^(?:import|export) [^\n]* from ['\"][^\n]*(?:\n|\Z))+", _LINE),
        "a part of a program",
        "delete it",
    ),
)


def find_foreign(text: str) -> Iterator[tuple[int, int, Finding]]:
    """Return where syntax of other programs is in a text that is laid out, and what to write instead."""
    taken = opened = 0
    found = [
        (match.start(), -match.end(), kind)
        for kind in _KINDS
        if kind.needed in text
        for match in kind.pattern.finditer(text)
    ]
    for start, end, kind in sorted(found, key=lambda one: one[:2]):
        words = text[start:-end]
        if kind.needed == ":::" and opened and not words.strip(" >:"):
            opened -= 1  # the end of a container whose start is reported
        elif start >= taken and text[max(0, start - 1) : start] != "\\":
            begin = start + len(words) - len(words.lstrip(" >"))
            opened += kind.needed == ":::"
            message = f"this is {kind.what} of other programs; readers would see it as it is typed"
            yield (
                begin,
                min(-end, text.find("\n", begin) % (len(text) + 1)),
                Finding("other-markdown", message, kind.instead),
            )
            taken = -end
