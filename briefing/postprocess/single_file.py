"""The one-file edition: a page that contains all that it loads, so that it needs no network and no other file.

Style sheets and scripts become elements of the page; pictures, fonts and media become `data:` addresses. What cannot be
embedded, or would be refused by the page's own policy, is a problem. What a script loads by itself cannot be seen here.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

from briefing.incremental.hashed import Hashed
from briefing.model.files import Rendered
from briefing.model.steps import SingleFileInput
from briefing.postprocess.embed import Embedder
from briefing.postprocess.policy import Policy, find_missing, parse_policy
from briefing.text.source_text import Lines

_LOADED = {
    "img": {"src": "img-src", "srcset": "img-src"},
    "input": {"src": "img-src"},
    "image": {"href": "img-src", "xlink:href": "img-src"},
    "body": {"background": "img-src"},
    "source": {"src": "media-src", "srcset": "img-src"},
    "video": {"src": "media-src", "poster": "img-src"},
    "audio": {"src": "media-src"},
    "track": {"src": "media-src"},
    "embed": {"src": "object-src"},
    "object": {"data": "object-src"},
}
"""The attributes in which an element names what it loads, and the directive of a policy that applies to it."""
_DOCUMENTS = {"iframe": "src", "frame": "src", "use": "href"}
"""Elements that load a document, which cannot be embedded, and the attribute that names it."""
_ICONS = {"icon", "apple-touch-icon", "mask-icon"}
_HINTS = {"preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch"}
"""Links that only make a browser load something sooner."""
_LOADING = {
    "rel", "href", "src", "async", "defer", "integrity", "crossorigin", "referrerpolicy", "fetchpriority", "blocking",
    "charset",
}  # fmt: skip
"""Attributes that say what is loaded and how, and mean nothing for an element that contains it."""
_SCRIPT_TYPE = re.compile(r"|module|(text|application)/(x-)?(java|ecma)script", re.IGNORECASE)
_ELEMENTS = {"meta", "base", "link", "script", "style", *_LOADED, *_DOCUMENTS}
_ATTRIBUTES = r"""(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+"""
_TOKEN = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(script|style)(?=[\s/>]){_ATTRIBUTES}>.*?(?:</\1\s*>|\Z)|</?([a-z][^\s/>]*){_ATTRIBUTES}>",
    re.IGNORECASE | re.DOTALL,
)
"""A comment, a script or style with its content, or a tag. The parser reads only those that may load something, which
takes a fifth of the time that it would take for the page.
"""
_IMPORT = re.compile(r"^\s*(?:import|export)\b[^;]*[\"']", re.MULTILINE)


def make_self_contained(single_file: SingleFileInput) -> Rendered:
    """Embed all that a page loads; what cannot be embedded is a problem of its template or style sheet."""
    embedder = Embedder(single_file)
    page = _Page(single_file.page.data.value.decode(), embedder)
    for token in _TOKEN.finditer(page.text):
        name = (token[1] or token[2] or "").lower()
        if name in _ELEMENTS or "style" in token[0].lower():
            page.read(token[0], token.start())
    page.check_policies()
    data = page.edited().encode()
    return Rendered(single_file.page.path, Hashed.of(data), (*single_file.page.problems, *embedder.problems), len(data))


class _Page(HTMLParser):
    """Reads a page and notes the edits that embed what it loads."""

    def __init__(self, text: str, embedder: Embedder) -> None:
        super().__init__()
        self.text = text
        self._embedder = embedder
        self._policies: list[Policy] = []
        self._edits: list[tuple[int, int, str]] = []
        self._token_start = 0
        self._token = Lines.of("")
        self._style_start = 0
        self._script: tuple[int, str, bool] | None = None
        """The script being read: where it starts, what replaces it, and whether it runs after the page is read."""
        self._late_scripts: list[str] = []
        self._body_end = len(text)

    def read(self, token: str, start: int) -> None:
        """Read one tag, or one element with its content, that starts at an offset."""
        self._token, self._token_start = Lines.of(token), start
        self.reset()
        self.feed(token)

    def edited(self) -> str:
        """Return the page with all edits."""
        pieces, end = [], 0
        late = (self._body_end, self._body_end, "".join(self._late_scripts))
        for start, stop, new in sorted([*self._edits, late]):
            pieces += [self.text[end:start], new]
            end = stop
        return "".join([*pieces, self.text[end:]])

    def check_policies(self) -> None:
        """Report what the page's own policies do not allow."""
        for directive, inline, address in self._embedder.needs:
            for policy in self._policies:
                if missing := find_missing(policy, directive, inline):
                    message = f"the page's own policy does not allow “{address}” within the one file"
                    self._embedder.refuse(address, message, f"in its Content-Security-Policy, add {missing}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes: dict[str, str] = {}
        for name, value in attrs:
            attributes.setdefault(name, value or "")
        changed = dict(attributes)
        match tag:
            case "meta" if attributes.get("http-equiv", "").lower() == "content-security-policy":
                self._policies.append(parse_policy(attributes.get("content", "")))
            case "base":
                self._embedder.base = urljoin(self._embedder.base, attributes.get("href", ""))
            case "link" if attributes.get("href"):
                self._read_link(attributes, changed)
            case "script" if attributes.get("src") and _SCRIPT_TYPE.fullmatch(attributes.get("type", "").strip()):
                self._read_script(attributes)
            case "style":
                self._style_start = self._tag_end()
        for name, directive in _LOADED.get(tag, {}).items():
            if value := attributes.get(name):
                embed = self._embedder.data_set if name == "srcset" else self._embedder.data
                changed[name] = embed(value, directive)
        if (address := attributes.get(_DOCUMENTS.get(tag, ""), "#"))[:1] not in ("", "#"):
            self._embedder.refuse(address, f"<{tag}> loads “{address}”, which cannot be embedded", "link to it instead")
        if "style" in attributes:
            changed["style"] = self._embedder.style(attributes["style"])
        if changed != attributes:
            self._edits.append((self._offset(), self._tag_end(), _start_tag(tag, changed)))

    def handle_endtag(self, tag: str) -> None:
        start = self._offset()
        if tag == "style":
            old = self.text[self._style_start : start]
            if (new := self._embedder.style(old)) != old:
                self._edits.append((self._style_start, start, new))
                self._embedder.needs.append(("style-src", new, "<style>"))
        elif tag == "script" and self._script:
            first, new, late = self._script
            self._edits.append((first, self.text.index(">", start) + 1, "" if late else new))
            self._late_scripts += [new] if late else []
            self._script = None
        elif tag == "body":
            self._body_end = start

    def _read_link(self, attributes: dict[str, str], changed: dict[str, str]) -> None:
        """Embed what a `link` element loads."""
        kinds, address = set(attributes.get("rel", "").lower().split()), attributes["href"]
        if "manifest" in kinds or kinds >= {"alternate", "stylesheet"}:
            self._embedder.refuse(address, f"“{address}” cannot be embedded", "delete the link from the template")
        elif "stylesheet" in kinds:
            if (sheet := self._embedder.sheet(address)) is not None:
                new = _start_tag("style", attributes, _LOADING) + sheet + "</style>"
                self._edits.append((self._offset(), self._tag_end(), new))
                self._embedder.needs.append(("style-src", sheet, address))
        elif kinds & _ICONS:
            changed["href"] = self._embedder.data(address, "img-src")
        elif kinds & _HINTS:
            self._edits.append((self._offset(), self._tag_end(), ""))

    def _read_script(self, attributes: dict[str, str]) -> None:
        """Embed a script. `defer` and `async` mean nothing without `src`, so such a script moves to the body's end."""
        address = attributes["src"]
        if (code := self._embedder.script(address)) is None:
            return
        module = attributes.get("type", "").strip().lower() == "module"
        if re.search(r"</script|<!--", code, re.IGNORECASE):
            self._embedder.refuse(address, f"“{address}” contains “</script” or “<!--”", "write its “<” as \\x3C")
        elif module and _IMPORT.search(code):
            self._embedder.refuse(address, f"“{address}” loads other modules", "make one script of them")
        self._embedder.needs.append(("script-src", code, address))
        late = not module and not attributes.keys().isdisjoint(("async", "defer"))
        self._script = self._offset(), _start_tag("script", attributes, _LOADING) + code + "</script>", late

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._token_start + self._token.offset(line - 1, column)

    def _tag_end(self) -> int:
        return self._offset() + len(self.get_starttag_text() or "")


def _start_tag(tag: str, attributes: dict[str, str], without: Collection[str] = ()) -> str:
    """Write a start tag."""
    kept = [f' {name}="{escape(value)}"' for name, value in attributes.items() if name not in without]
    return f"<{tag}{''.join(kept)}>"
