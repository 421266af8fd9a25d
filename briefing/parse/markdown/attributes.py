"""Attributes that a writer types in braces, as in `## Words {#id}` and `{: .no-source reason="…" }`.

They are checked before any element has them. So an element with an attribute that is not on this list, or with a class
of the interface, was made by the library, and never by what somebody typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder

from briefing.model.addresses import compose
from briefing.parse.markdown.layout import BRACES
from briefing.parse.markdown.offsets import CodeBlock
from briefing.parse.markdown.state import ConversionState
from briefing.problems import Finding
from briefing.text import placeholders

GetState = Callable[[], ConversionState]
Typed = Iterable[tuple[str, str | None]]
"""Names and values as the library splits them: the name of a class is “.”; an attribute without a value has None."""
_CLASS = re.compile(r"no-source|decorative|own-[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?(-[a-z\d]{5,8})?", re.IGNORECASE)
_FORMS = {
    "lang": (_LANGUAGE_TAG, "write a language, such as en-GB"),
    "dir": (re.compile(r"ltr|rtl|auto"), "write ltr, rtl or auto"),
    "title": (re.compile(r"[^\0-\x1f\x7f]+"), "write a few words"),
}
"""What the value of each other attribute may be, and what to write instead."""
_INFO = re.compile(r"\.?(?P<language>[\w#.+-]*)\s*(?:\{(?P<braces>[^}]*)\}\s*)?(?P<rest>.*)", re.DOTALL)
"""What follows the opening fence of a code block."""
_LANGUAGE = re.compile(r"[\w#.+-]+")
_HINT = "only {#id} and {.class} can be used, and lang, dir and title"
_CODE_HINT = (
    "after the language of code, only {#id} and a class that begins with own- can be used; delete the rest everywhere"
)
_OF_PICTURES = ("credit", "licence")
"""Attributes that only a picture can have: who made it, and under which licence."""
_CLASS_HINT = "use no-source, decorative, or a class of your own style sheet that begins with own-"


def _is_id(name: str) -> bool:
    """Whether a name can be an id: letters of any script with their marks, digits, `_`, and single hyphens."""
    signs = name.replace("-", "").replace("_", "")
    return all(name.split("-")) and all(unicodedata.category(sign)[0] in "LMN" for sign in signs)


def set_attributes(converter: Markdown, state: GetState) -> Attributes:
    """Make a converter check what is typed in braces; return what does so, also at code blocks."""
    attributes = Attributes(converter, state)
    converter.treeprocessors.register(attributes, "attr_list", 8)
    converter.parser.blockprocessors.register(_Below(converter, state), "braces", 121)
    return attributes


def _advise(element: Element, typed: Sequence[tuple[str, str | None]]) -> str:
    """Return how to fix braces that hold what is not allowed."""
    said = {name: value or "" for name, value in typed if name in (*_OF_PICTURES, "reason", "title")}
    torn = [name for (name, value), (_, after) in pairwise([*typed, ("", "")]) if name in said and after is None]
    if element.tag == "a" and not said.keys().isdisjoint(_OF_PICTURES):
        return "only a picture has these: write ! before its brackets, ![what it shows](picture.jpg)"
    if any(value.startswith(("“", "„", "‘")) for value in said.values()):
        return f'type straight quotation marks: {next(iter(said))}="…"'
    if any(value.startswith('"') for value in said.values()):
        return f'close the quotation mark: {next(iter(said))}="…"'
    if torn:
        return f'put quotation marks around words with a space: {torn[0]}="…"'
    return _HINT


class _Below(BlockProcessor):
    """Braces in a line of their own below a table: they are about all of it."""

    def __init__(self, converter: Markdown, state: GetState) -> None:
        super().__init__(converter.parser)
        self.state = state

    def test(self, parent: Element, block: str) -> bool:
        above = self.lastChild(parent) if block[:1] == "{" and BRACES.fullmatch(block) else None
        return above is not None and above.tag == "table" and above not in self.state().braces

    def run(self, parent: Element, blocks: list[str]) -> None:
        braces, above = BRACES.fullmatch(blocks.pop(0)), self.lastChild(parent)
        if braces and above is not None:
            self.state().braces[above] = braces[1]


class Attributes(AttrListTreeprocessor):
    """Gives elements the attributes that their writer may give them, and reports all others."""

    INLINE_RE = re.compile(r"^\{:?[ ]*([^}\n ](?:[^}\n\"]|\"[^\"\n]*\")*|[^}\n ][^}\n]*)\}")  # type: ignore[misc]
    """Braces after a word. The library also takes what is after them up to other braces, and moves it."""

    def __init__(self, converter: Markdown, state: GetState) -> None:
        super().__init__(converter)
        self.state = state
        self._inside = (0, 0)
        """Where the braces are, or what follows the fence of a code block, as offsets in the file."""
        self._refused: list[tuple[str, str]] = []
        """What is not allowed in the braces that are being read: names, a class with a dot, and how each is typed."""

    def run(self, doc: Element) -> None:
        if "{" in self.state().text:
            for block, braces in self.state().braces.items():
                self.assign_attrs(block, braces)
            super().run(doc)

    def assign_attrs(self, elem: Element, attrs_string: str, *, strict: bool = False) -> str:
        """Assign attributes. Return what follows a closing brace within them."""
        typed, remainder = get_attrs_and_remainder(attrs_string)
        if strict and remainder:
            return remainder
        self._inside = self.state().find_braces(attrs_string)
        if elem.tag in (placeholders.TAG, "sup"):
            message, hint = "a link or a citation like this cannot have attributes", "delete the braces { } after it"
            self._add(Finding("attribute", message, hint), "{")
            return remainder
        if not typed:
            self._refuse(attrs_string.strip(), None)
        accepted = dict(self._accepted(typed, elem.tag == "img"))
        self._report(_advise(elem, typed))
        reason = accepted.pop("reason", "")
        is_exempt = "no-source" in accepted.get("class", "").split()
        if is_exempt and not reason.strip():
            hint = 'write {: .no-source reason="We counted them ourselves." }'
            finding = Finding("no-reason", "this passage is marked as needing no source, but gives no reason", hint)
            self._add(finding, "no-source")
        elif reason and not is_exempt:
            finding = Finding(
                "attribute", "there is a reason here, but no .no-source before it", 'write {: .no-source reason="…" }'
            )
            self._add(finding, "reason=")
        elem.attrib.update(accepted)
        if "id" in accepted:
            self.state().typed_ids[accepted["id"]] = self._place_of(accepted["id"])
        return remainder

    def of_code(self, block: CodeBlock) -> tuple[dict[str, str], dict[str, str]]:
        """Return the attributes of a code block: those of `pre`, and those of `code`.

        After the fence there may be a language, or braces with attributes.
        """
        found = _INFO.match(block.info)
        language, braces, rest = (found["language"], found["braces"], found["rest"]) if found else ("", "", block.info)
        self._inside = self.state().place_typed(block.at, block.at + len(block.info) + 1)
        typed: list[tuple[str, str | None]] = [(".", language)] if language else []
        for part in filter(None, (braces, rest.strip("{}"))):
            attributes, remainder = get_attrs_and_remainder(part)
            typed += attributes
            if remainder or not attributes:
                self._refuse(part, None)
        languages = [value for name, value in typed if name == "." and value and not _CLASS.fullmatch(value)][:1]
        others = [(name, value) for name, value in typed if (name, value) != (".", *languages)]
        languages = [value for value in languages if _LANGUAGE.fullmatch(value) or self._refuse(".", value)]
        accepted = dict(self._accepted(others))
        for name in accepted.keys() - {"id", "class"}:
            self._refuse(name, None)
        known = self.state().refused_at_code
        self._refused = [one for one in self._refused if one[0] not in known]  # else a text repeats it at each block
        known |= {name for name, _ in self._refused}
        self._report(_CODE_HINT)
        on_block = {name: value for name, value in accepted.items() if name in ("id", "class")}
        return on_block, {"class": f"language-{languages[0]}"} if languages else {}

    def _accepted(self, typed: Typed, is_picture: bool = False) -> Iterator[tuple[str, str]]:
        """Yield the attributes that are allowed, all classes last; report the others."""
        classes: dict[str, None] = {}
        for name, value in typed:
            if name in (".", "class") and value:
                classes |= {word: None for word in value.split() if _CLASS.fullmatch(word) or self._refuse(".", word)}
            elif name == "id" and value:
                if _is_id(value):
                    yield name, compose(value)
                else:
                    hint = "use letters, digits and hyphens, but not two hyphens together: {#another-id}"
                    self._add(Finding("id", f"links cannot name the id “{value}”", hint), value)
            elif (name == "reason" or (is_picture and name in _OF_PICTURES)) and value and value[0] != '"':
                yield name, value
            elif name in _FORMS and value:
                form, hint = _FORMS[name]
                if form.fullmatch(value):
                    yield name, value
                else:
                    message = f"“{value}” is not a value of the attribute “{name}”"
                    self._add(Finding("attribute", message, hint), value)
            else:
                self._refuse(name, value)
        if classes:
            yield "class", " ".join(classes)

    def _refuse(self, name: str, value: str | None) -> bool:
        """Note a class or an attribute that is not allowed; return False."""
        self._refused.append((f".{value}", str(value)) if name == "." else (name, name))
        return False

    def _report(self, hint: str) -> None:
        """Report what the braces hold that is not allowed, all of it as one problem."""
        if not self._refused:
            return
        (name, typed), *others = self._refused
        self._refused = []
        if others:
            names = ", ".join(f"“{one}”" for one, _ in ((name, typed), *others))
            self._add(Finding("attribute", f"these are not allowed: {names}", hint), typed)
        elif name.startswith("."):
            self._add(Finding("attribute", f"the class “{typed}” is not allowed", _CLASS_HINT), typed)
        else:
            self._add(Finding("attribute", f"the attribute “{name}” is not allowed", hint), typed)

    def _add(self, finding: Finding, raw: str) -> None:
        """Add a problem at something in the braces, or after the fence of a code block."""
        self.state().context.add_problem(finding, *self._place_of(raw))

    def _place_of(self, raw: str) -> tuple[int, int]:
        """Return the offsets in the file of something in the braces."""
        at = self.state().context.lines.text.find(raw, *self._inside)
        return (at, at + len(raw)) if at >= 0 else self._inside
