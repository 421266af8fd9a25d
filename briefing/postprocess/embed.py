"""Assets as parts of the page that loads them: text for an element of the page, or a `data:` address."""

from __future__ import annotations

import base64
import re
from posixpath import basename, splitext
from urllib.parse import quote, unquote, urldefrag, urljoin, urlsplit

from briefing.model.files import File
from briefing.model.steps import SingleFileInput
from briefing.problems import WHOLE_FILE, Finding, Problem
from briefing.text.source_text import Lines

_FONTS = {".otf": "font/otf", ".ttf": "font/ttf", ".woff": "font/woff", ".woff2": "font/woff2"}
_TYPES = _FONTS | {
    ".avif": "image/avif", ".gif": "image/gif", ".ico": "image/x-icon", ".jpeg": "image/jpeg", ".jpg": "image/jpeg",
    ".png": "image/png", ".svg": "image/svg+xml", ".webp": "image/webp",
    ".mp3": "audio/mpeg", ".mp4": "video/mp4", ".ogg": "audio/ogg", ".vtt": "text/vtt", ".webm": "video/webm",
    ".pdf": "application/pdf",
}  # fmt: skip
"""Media types by the ending of a file's name. Python's own table differs from machine to machine."""
_DESCRIPTOR = re.compile(r"[\d.]+[wxh],*|,")
_QUOTED = r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'"
_STYLE = re.compile(
    rf"""/\*.*?(?:\*/|\Z) | @namespace[^;]*;
    | @import\s*(?:url\(\s*)?(?P<sheet>{_QUOTED}|[^\s"');]+)\s*\)?(?P<media>[^;]*)(?:;|\Z)
    | url\(\s*(?P<file>{_QUOTED}|(?:\\.|[^"'()\\\s])+)\s*\)
    | (?P<bare>image-set\((?:[\s,]|url\([^)]*\)|type\([^)]*\)|[\d.]+(?:x|dpi|dppx|dpcm)\b)*["'])
    | {_QUOTED}""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
"""What a style sheet loads, and what must not be taken for it: comments, strings, names of namespaces."""


class Embedder:
    """Finds what a page loads among the assets, and notes what cannot be embedded.

    The methods take `sheets`, the style sheets around an address, from the outermost on; addresses are relative to the
    innermost, or to the page.
    """

    def __init__(self, single_file: SingleFileInput) -> None:
        self.problems: list[Problem] = []
        self.needs: list[tuple[str, str | None, str]] = []
        """What the page's policy must allow: a directive, the text of an element or None for data, and the address."""
        self.base = f"{single_file.base_url}/{single_file.page.path}"
        self._folder = f"{single_file.base_url}/"
        self._assets = {file.path: File(file.path, file.path, file.data) for file in single_file.files}
        self._template = single_file.template

    def data(self, address: str, directive: str, sheets: tuple[File, ...] = ()) -> str:
        """Return an asset as a `data:` address, or the address unchanged where it loads nothing or is refused."""
        if address.startswith("#") or urlsplit(address).scheme in ("data", "blob", "about"):
            return address
        if (file := self._find(address, sheets)) is None:
            return address
        self.needs.append((directive, None, address))
        kind = _TYPES.get(splitext(file.path)[1].lower(), "application/octet-stream")
        fragment = urldefrag(address).fragment
        return f"data:{kind};base64,{base64.b64encode(file.data.value).decode()}{fragment and f'#{fragment}'}"

    def data_set(self, addresses: str, directive: str) -> str:
        """Return a `srcset` with its addresses as data; widths, densities and commas stay."""
        words = []
        for word in addresses.split():
            address = word.rstrip(",")
            words.append(word if _DESCRIPTOR.fullmatch(word) else self.data(address, directive) + word[len(address) :])
        return " ".join(words)

    def sheet(self, address: str, sheets: tuple[File, ...] = ()) -> str | None:
        """Return the text of a style sheet with all that it loads, or None where it is refused."""
        if (file := self._find(address, sheets)) is None or (text := self._decode(file, address, sheets)) is None:
            return None
        if file in sheets:
            self.refuse(address, f"the style sheet “{address}” imports itself", "delete one of the imports", sheets)
            return None
        return self.style(text, (*sheets, file)).replace("</", "<\\/")  # nothing in it may end its element

    def script(self, address: str) -> str | None:
        """Return the text of a script, or None where it is refused."""
        file = self._find(address)
        return None if file is None else self._decode(file, address)

    def style(self, text: str, sheets: tuple[File, ...] = ()) -> str:
        """Return a style with all that it loads."""

        def embed(match: re.Match[str]) -> str:
            if match["file"]:
                address = _unquote(match["file"])
                font = splitext(urlsplit(address).path)[1].lower() in _FONTS
                data = self.data(address, "font-src" if font else "img-src", sheets)
                return match[0] if data == address else f"url({data})"
            if match["sheet"]:
                address, media = _unquote(match["sheet"]), match["media"].strip()
                if re.match(r"(layer|supports)\b", media):
                    message = f"“{address}” is imported with “{media}”, which cannot be embedded"
                    self.refuse(address, message, "write it as a rule in the imported sheet", sheets)
                imported = self.sheet(address, sheets)
                return match[0] if imported is None else f"@media {media}{{{imported}}}" if media else imported
            if match["bare"]:
                self.refuse("", "image-set() names a file without url()", 'write url("…") around it', sheets)
            return match[0]

        return _STYLE.sub(embed, text)

    def refuse(self, address: str, message: str, hint: str, sheets: tuple[File, ...] = ()) -> None:
        """Report what cannot be embedded: in the style sheet that names it, or where the page's template does."""
        path, span = sheets[-1].origin if sheets else self._template.origin, WHOLE_FILE
        text, name = self._template.data.value.decode(), basename(address)
        if name and not sheets and (at := text.find(name)) >= 0:
            span = Lines.of(text).span(at, at + len(name))
        self.problems.append(Finding("not-self-contained", message, hint).at(path, span))

    def _find(self, address: str, sheets: tuple[File, ...] = ()) -> File | None:
        """Return the asset at an address, or None, with a problem."""
        base = self._folder + quote(sheets[-1].path) if sheets else self.base
        path = urlsplit(urljoin(base, address))._replace(query="", fragment="").geturl()
        file = self._assets.get(unquote(path[len(self._folder) :])) if path.startswith(self._folder) else None
        if file is None:
            hint = "put the file into assets/ and give its address there, or delete it"
            self.refuse(address, f"the one-file edition loads “{address}”, which is not in assets/", hint, sheets)
        return file

    def _decode(self, file: File, address: str, sheets: tuple[File, ...] = ()) -> str | None:
        """Return the text of an asset, or None, with a problem."""
        try:
            return file.data.value.decode("utf-8-sig")
        except UnicodeDecodeError:
            self.refuse(address, f"“{address}” is not UTF-8", "save the file as UTF-8", sheets)
            return None


def _unquote(address: str) -> str:
    """Return the address that CSS writes, without quotes and escapes."""
    return re.sub(r"\\(.)", r"\1", address[1:-1] if address[0] in "\"'" else address)
