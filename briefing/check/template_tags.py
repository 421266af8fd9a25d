"""The tags that templates write, read from the templates themselves, so that a tag of a page can be compared with them.

A value that a template prints may be anything that cannot end it. Everything else of a tag must be as in the template.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from briefing.model.files import File

_VALUE, _IF, _ELSE, _END = "\ue000\ue001\ue002\ue003"
"""What stands for Jinja within a tag: a value that is printed, and the parts of a condition or a loop."""
_MARKS = {"if": _IF, "for": _IF, "elif": _ELSE, "else": _ELSE, "endif": _END, "endfor": _END}
_BLOCK = re.compile(r"\{%-?\s*block\b[^%]*%\}[^<>]*?\{%-?\s*endblock\b[^%]*%\}")
_JINJA = re.compile(r"\{#.*?#\}|\{%-?\s*(\w+).*?%\}|(\{\{).*?\}\}", re.DOTALL)
TAG = re.compile(r"""<!--.*?-->|<(?:[^<>"']+|"[^"]*"|'[^']*')*+>|<""", re.DOTALL)
"""A comment, a tag, or a `<` that begins neither."""
RAW = re.compile(r"(<(script|style)\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>)(.*?)(</\2\s*>)", re.DOTALL | re.IGNORECASE)
"""An element whose content is no markup."""
NAME = re.compile(r"</?([A-Za-z][\w:-]*)")
_PART = re.compile(
    rf"""[{_IF}{_ELSE}{_END}]|{_VALUE}|([^\s"'=<>/{_VALUE}-{_END}]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?"""
)
Values = tuple[str | re.Pattern[str] | None, ...]
"""What the value of an attribute may be: words, a pattern, or None for anything."""


class TagForm:
    """One tag of a template: its attributes, and what their values may be."""

    __slots__ = ("attributes", "is_open", "required")

    def __init__(self, inner: str) -> None:
        self.attributes: dict[str, list[str | re.Pattern[str] | None]] = {}
        self.required: set[str] = set()
        self.is_open = False
        """Whether the template prints attributes of which it does not say the names."""
        depth = 0
        for part in _PART.finditer(inner):
            mark = part[0]
            if mark in (_IF, _ELSE, _END):
                depth += {_IF: 1, _ELSE: 0, _END: -1}[mark]
            elif mark == _VALUE:
                self.is_open = True
            else:
                value = next((group for group in part.groups()[1:] if group is not None), "")
                self.attributes.setdefault(part[1], []).append(_form(value))
                self.required |= set() if depth else {part[1]}

    def values(self, names: tuple[str, ...]) -> dict[str, Values] | None:
        """Return what the values of a tag with these attributes may be; None if it is not this tag."""
        given = set(names)
        if len(given) < len(names) or not self.required <= given or not (self.is_open or given <= set(self.attributes)):
            return None
        return {name: tuple(self.attributes.get(name, (None,))) for name in names}


class TemplateTags:
    """All tags, comments and declarations of some templates."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.text = "\n".join(texts)
        """What the templates say in full: an address that is written there is their author's own."""
        marked = _JINJA.sub(_mark, _BLOCK.sub(_VALUE, self.text))
        self.forms: dict[str, list[TagForm]] = {}
        self.whole: Values = ()
        """Comments and declarations."""
        self.raw: Values = tuple(_form(found[3].strip()) for found in RAW.finditer(marked) if found[3].strip())
        """What is in scripts and styles."""
        for tag in sorted(set(TAG.findall(RAW.sub(r"\1\4", marked)))):
            if (name := NAME.match(tag)) and tag[1] != "/":
                self.forms.setdefault(name[1], []).append(TagForm(tag[name.end() : -1]))
            elif tag[1:2] in ("!", "?"):
                self.whole += (_form(tag),)

    def find(self, name: str, names: tuple[str, ...]) -> Iterator[dict[str, Values]]:
        """Yield what the values of a tag with these attributes may be, for each template tag like it."""
        for form in self.forms.get(name, ()):
            if (values := form.values(names)) is not None:
                yield values


def fits(value: str, allowed: Values) -> bool:
    """Whether a value is one of those that a template may write."""
    return any(
        form is None or (value == form if isinstance(form, str) else form.fullmatch(value) is not None)
        for form in allowed
    )


@lru_cache(2)
def template_tags(templates: tuple[File, ...]) -> TemplateTags:
    """Return the tags of templates, which are read once in each process."""
    return TemplateTags(_text(file) for file in templates)


def _text(file: File) -> str:
    return file.data.value.decode("utf-8", "replace")


def _mark(found: re.Match[str]) -> str:
    return _VALUE if found[2] else _MARKS.get(found[1] or "", "")


def _form(value: str) -> str | re.Pattern[str] | None:
    """Return what a value may be, from what a template writes."""
    if value == _VALUE:
        return None
    if not any(mark in value for mark in (_VALUE, _IF, _ELSE, _END)):
        return value
    marks = {_VALUE: ".*", _IF: "(?:", _ELSE: "|", _END: ")?"}
    try:
        return re.compile("".join(marks.get(sign) or re.escape(sign) for sign in value), re.DOTALL)
    except re.error:  # a condition begins in the value and ends elsewhere
        return None
