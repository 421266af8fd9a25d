"""What other programs add to Markdown: callouts, tasks, `~~words~~`, bare addresses, and more uses of a backslash."""

from __future__ import annotations

import re
import string
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    ESCAPE_RE,
    EscapeInlineProcessor,
    InlineProcessor,
    SimpleTagInlineProcessor,
    SubstituteTagInlineProcessor,
)
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from briefing.model.text import Word, WordName
from briefing.parse.markdown.easy_read import read_rows
from briefing.parse.markdown.layout import QUOTE_END
from briefing.parse.markdown.sentences import TITLE
from briefing.parse.markdown.state import ConversionState
from briefing.problems import Finding

GetState = Callable[[], ConversionState]
_CALLOUTS: tuple[WordName, ...] = ("note", "tip", "important", "warning", "caution")
_CALLOUT = re.compile(r"\[!(\w+)\][+-]?[ \t]*(.*)(?:\n|$)")
_OTHER_TASK = re.compile(r"\[[-/><!?*~]\] (?=\S)")
_TASK = re.compile(r"\[([ xX])\] (?=\S)")
_ADDRESS = r"(?<![A-Za-z0-9/])(https?://[^\s<>\"\x02\x03]*[^\s<>\"\x02\x03.,;:!?'”’*_~)\]}»])"
_DELETED = r"(~~)(?=[^\s~])(.+?)(?<=[^\s~])~~(?!~)"


def add_extras(converter: Markdown, state: GetState) -> None:
    """Add these to a converter; `state` returns the state of the conversion that runs."""
    patterns = converter.inlinePatterns
    patterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "break", 181)  # before escaped characters, at 180
    converter.ESCAPED_CHARS = list(string.punctuation)  # as in CommonMark
    patterns.register(_Escapes(ESCAPE_RE, converter), "escape", 180)
    patterns.register(_Address(_ADDRESS, converter), "address", 115)  # after links and before emphasis
    patterns.register(SimpleTagInlineProcessor(_DELETED, "del"), "deleted", 55)
    converter.treeprocessors.register(_Blocks(state), "extras", 30)  # before the inline patterns, at 20


class _Escapes(EscapeInlineProcessor):
    """A backslash before punctuation. An ampersand is an entity after it, so that it begins no other one."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 # as the library's own
        self, m: re.Match[str], data: str
    ) -> tuple[Element | str | None, int | None, int | None]:
        return ("&amp;", m.start(), m.end()) if m[1] == "&" else super().handleMatch(m, data)


class _Address(InlineProcessor):
    """A web address in the text becomes a link, without a closing bracket that belongs to the sentence."""

    ANCESTOR_EXCLUDES = ("a",)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        address, end = m[1], m.end(1)
        while data[end : end + 1] == ")" and address.count("(") > address.count(")"):
            address, end = address + ")", end + 1
        link = Element("a", {"href": self.unescape(address)})
        link.text = AtomicString(address)
        return link, m.start(1), end


class _Blocks(Treeprocessor):
    """Makes quotations that begin with `[!NOTE]` callouts, and list items that begin with `[ ]` tasks."""

    def __init__(self, state: GetState) -> None:
        super().__init__()
        self.state = state

    def run(self, root: Element) -> None:
        if self.state().context.easy_read:
            read_rows(root, self.state())
        for parent in list(root.iter()):
            if any(child.tag == "blockquote" for child in parent):
                kept = [child for child in parent if child.text != QUOTE_END]
                parent[:] = [part for child in kept for part in self._split(child)]
            if parent.tag == "li":
                self._make_task(parent)

    def _split(self, quote: Element) -> list[Element]:
        """Return a quotation, or its parts: each paragraph that begins with `[!NOTE]` begins a callout."""
        parts = [Element(quote.tag, quote.attrib)]
        parts[0].text = quote.text
        if quote.tag != "blockquote":
            return [quote]
        for child in quote:
            found = _CALLOUT.match((child.text or "").lstrip()) if child.tag == "p" else None
            if found and (name := next((one for one in _CALLOUTS if one == found[1].lower()), None)):
                parts.append(self._callout(name, found[2]))
                child.text = (child.text or "").lstrip()[found.end() :]
                if not child.text and not len(child):
                    continue
            elif found:
                known = ", ".join(f"[!{one.upper()}]" for one in _CALLOUTS)
                finding = Finding("other-markdown", f"there is no callout “{found[1]}”", f"use one of {known}")
                self.state().add_problem(finding, f"[!{found[1]}]")
            parts[-1].append(child)
        parts[-1].tail = quote.tail
        return [part for part in parts if len(part) or (part.text or "").strip()]

    def _callout(self, name: WordName, title: str) -> Element:
        callout = Element("div", {"class": f"callout callout-{name}"})
        head = Element("div", {"class": TITLE})
        head.append(self.state().placeholder(Word(name)))
        if title.strip():
            head[0].tail = f": {title.strip()}"
        callout.append(head)
        return callout

    def _make_task(self, item: Element) -> None:
        holder = item if (item.text or "").strip() or not len(item) or item[0].tag != "p" else item[0]
        if found := _TASK.match(holder.text or ""):
            mark = self.state().placeholder(Word("open" if found[1] == " " else "done"))
            mark.tail = " " + (holder.text or "")[found.end() :]
            holder.text = ""
            holder.insert(0, mark)
        elif found := _OTHER_TASK.match(holder.text or ""):
            finding = Finding("other-markdown", f"there is no task “{found[0].strip()}”", "write [ ] or [x]")
            self.state().add_problem(finding, found[0].strip())
