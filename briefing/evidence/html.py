"""The text of a web page: all that a reader can see of it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from briefing.evidence.text import Text

_UNSEEN = "head, script, style, template, noscript, svg, math annotation, [hidden], [aria-hidden=true] > a:empty"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rp rt ruby s samp small"
        " span strike strong sub sup time tt u var wbr",
    )
)
"""Elements that do not part the words before and after them."""
_NOTE = re.compile(r"[\s\[(]*(?:\d{1,3}|[a-z*†‡])[\s\])]*", re.IGNORECASE)
"""What a raised mark of a footnote consists of."""
_FEW = 400
"""Letters of a page that needs a script: a few words to say so, and a menu."""
_ASKS_SCRIPT = re.compile(
    r"(?:enable|requires?|without|turn on|activate)\W+(?:\w+\W+){0,3}javascript"
    r"|javascript\W+(?:\w+\W+){0,4}(?:enabled|required|disabled)",
    re.IGNORECASE,
)


def read_html(markup: str) -> Text:
    """Return the text of a web page, or why there is none."""
    tree = LexborHTMLParser(markup)
    asks_name = tree.css_first("input[type=password]") is not None
    has_script = tree.css_first("script") is not None
    no_script = " ".join(node.text() for node in tree.css("noscript"))
    for node in tree.css("[style]"):
        if _HIDDEN.search(node.attributes.get("style") or ""):
            node.decompose()
    for node in tree.css(_UNSEEN):
        node.decompose()
    whole = _words(tree)
    letters = sum(map(str.isalnum, whole))
    if asks_name and letters < 5 * _FEW:
        return Text(obstacle="login")
    if letters < _FEW and (_ASKS_SCRIPT.search(whole + no_script) or (has_script and letters < _FEW // 4)):
        return Text(obstacle="script")
    if not letters:
        return Text(obstacle="empty")
    for node in tree.css("sup"):
        if _NOTE.fullmatch(node.text()):
            node.decompose()
    return Text((whole,), (_words(tree),))


def _words(tree: LexborHTMLParser) -> str:
    """Return the text of a tree; blocks are on lines of their own."""
    pieces: list[str] = []
    if tree.root:
        _collect(tree.root, pieces)
    return re.sub(r"[^\S\n]*\n\s*", "\n", "".join(pieces)).strip()


def _collect(top: LexborNode, pieces: list[str]) -> None:
    """Gather the texts below a node in order, without recursion, since pages can be deep."""
    stack: list[LexborNode | str] = [top]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            pieces.append(node)
        elif node.is_text_node:
            pieces.append(re.sub(r"\s+", " ", node.text_content or ""))
        elif node.is_element_node or node.is_document_node:
            tag = node.tag or ""
            edge = " " if tag == "sup" else "" if tag in _INLINE else "\n"
            children = [*node.iter(include_text=True)]
            pieces.append(edge)
            stack.append(edge)
            stack.extend(reversed(children))
