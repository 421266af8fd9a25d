"""The markup of a page: each tag is one of a template or of a text, and each id and each reference to one is right.

So nothing that a writer types, whatever made HTML of it, can add an element, an attribute, a class or an id of the
interface. Tags are compared once in a process; most pages have the same ones.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from briefing.check.template_tags import NAME, RAW, TAG, TemplateTags, Values, fits, template_tags
from briefing.model.files import File
from briefing.values import dataclass

INTERFACE = "UI--"
"""How an id of the interface begins."""
_ID = rf"(?!{INTERFACE})[^\s\"'<>&;]+"
_CLASS = (
    r"(?:footnote(?:-ref|-backref)?|align-(?:left|right|center)|language-[\w#.+-]+|no-source|decorative|own-[a-z0-9-]+"
    r"|callout(?:-(?:title|note|tip|important|warning|caution))?)"
)
_TEXT_ATTRIBUTE = (
    rf'id="{_ID}"|class="{_CLASS}(?: {_CLASS})*"|lang="[A-Za-z0-9-]+"|dir="(?:ltr|rtl|auto)"|title="[^"<>]*"'
)
_TEXT_ELEMENTS = (
    "p|em|strong|bdi|code|pre|li|ul|dl|dt|dd|h[1-6]|hr|br|blockquote|table|thead|tbody|tr|abbr|sup|div|del|figure"
)
_TEXT_TAG = re.compile(
    rf"""<(?:(?:{_TEXT_ELEMENTS})(?: (?:{_TEXT_ATTRIBUTE}))*"""
    rf"""|a(?: (?:href="[^"<>]*"|{_TEXT_ATTRIBUTE}))*|ol(?: (?:start="\d+"|{_TEXT_ATTRIBUTE}))*"""
    rf"""|t[hd](?: (?:scope="(?:col|row)"|data-label="[^"<>]*"|{_TEXT_ATTRIBUTE}))*"""
    rf"""|span class="whole"|table(?: (?:aria-label="[^"<>]*"|{_TEXT_ATTRIBUTE}))*)>"""
)
"""A tag that the library for Markdown makes, or with which a citation keeps its full stop."""
_ATTRIBUTE = re.compile(r"""\s([^\s"'=<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_PLAIN_TAG = re.compile("<[^<>]*>?")
_OWN_LINK = re.compile(r'<a href="\.\.?/[^"<>&]*">')
"""A link to a page of the site, which most tags are."""
_WELL_FORMED = re.compile(
    r"""<[A-Za-z][\w:-]*(?:\s+[^\s"'=<>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>`]+))?)*+\s*/?>"""
)
"""A tag that all browsers read in the same way."""
_ADDRESSES = {
    "href", "src", "srcset", "action", "formaction", "data", "poster", "cite", "background", "ping", "xlink:href",
    "manifest", "data-originalurl", "data-versionurl", "data-of",
}  # fmt: skip
_LOADING = {
    "script", "img", "image", "source", "video", "audio", "track", "iframe", "frame", "embed", "object", "input", "use",
}  # fmt: skip
"""Elements that load what their address names."""
_NOT_LOADED = re.compile(r"""\srel=["'](?:canonical|alternate|author|license|help|next|prev|me|self)["']""")
"""What a `link` can be without loading anything."""
_EMBEDDED = {"style": {"media", "title"}, "script": {"type", "nomodule"}}
"""Elements that the single file has in place of those that load a file, and their attributes."""
_NEVER = re.compile(r"on|srcdoc$", re.IGNORECASE)
_SCHEMES = {"http", "https", "mailto", "tel"}
_SCHEME = re.compile(r"([^/?#]*?):")
_UNSEEN = re.compile(r"[\0-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufffe]")
_MEDIA = re.compile(r"data:(?:image|font|audio|video)/[\w.+-]+;base64,[\w+/=]*(?:#[\w-]*)?")
_NAMING = {
    "for", "popovertarget", "commandfor", "aria-labelledby", "aria-controls", "aria-describedby", "aria-owns",
    "aria-details", "list", "headers", "href",
}  # fmt: skip
"""Attributes that name ids of the page."""
_REMEMBERED = 200_000
"""Tags that are remembered as right."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """An element with these attributes, in any page."""

    forms: list[list[tuple[int, Values]]]
    """For each template tag like it, the attributes whose values are given."""
    addresses: list[tuple[int, str, bool]]
    """The attributes that lead somewhere, and whether the element loads what is there."""
    ids: list[tuple[int, str]]
    """The attributes that are or name ids."""
    is_unique: bool
    """Whether each attribute is there once."""


class PageMarkup:
    """Checks pages that are made with the same templates. Tags that were right before are remembered."""

    def __init__(self, templates: TemplateTags) -> None:
        self._templates = templates
        self._right: dict[bool, set[str]] = {False: set(), True: set()}
        """Tags that are right in a page, and in the single file."""
        self._ids: dict[str, tuple[str, tuple[str, ...]]] = {}
        """For a tag that has an id or names others: its id, and the ids that it names."""
        self._shapes: dict[tuple[str, tuple[str, ...]], _Shape] = {}

    def check(self, text: str, is_single_file: bool, is_page: bool = True) -> Iterator[str]:
        """Yield what is wrong with a page, or with a feed or a site map, which have no ids."""
        raw: list[tuple[str, ...]] = []
        if "<s" in text or "<S" in text:
            raw = [found.groups() for found in RAW.finditer(text)]
            text = RAW.sub(r"\1\4", text) if any("<" in inner for _, _, inner, _ in raw) else text
            if len(raw) < text.count("<script") + text.count("<style"):
                yield "a script or a style has no end"
        tags = _PLAIN_TAG.findall(text)
        right = self._right[is_single_file]
        new = set(tags) - right
        if any(tag.count('"') % 2 or tag.startswith("<!-") for tag in new):
            tags = TAG.findall(text)
            new = set(tags) - right
        for tag in sorted(new):
            if wrong := "" if _OWN_LINK.fullmatch(tag) else self._wrong(tag, is_single_file):
                yield wrong
            elif len(right) < _REMEMBERED:
                right.add(tag)
        for start, name, inner, _ in raw:
            if wrong := self._wrong_inside(start, name, inner, is_single_file):
                yield wrong
        if is_page:
            yield from self._wrong_ids(tags)

    def _wrong(self, tag: str, is_single_file: bool) -> str:
        """Return what is wrong with a tag, or nothing."""
        name = NAME.match(tag)
        if name is None:
            return (
                ""
                if fits(tag, self._templates.whole)
                else f"“{tag[:60]}” begins a tag that is in no template and no text"
            )
        if tag[1] == "/":
            return "" if tag == f"</{name[1]}>" else f"“{tag[:60]}” is not a valid end tag"
        found = _ATTRIBUTE.findall(tag)
        values = [one or other or bare for _, one, other, bare in found]
        key = name[1], tuple([attribute for attribute, *_ in found])
        shape = self._shapes.get(key) or self._shape(*key)
        if not _TEXT_TAG.fullmatch(tag):
            embedded = is_single_file and name[1] in _EMBEDDED and set(key[1]) <= _EMBEDDED[name[1]]
            if not (_WELL_FORMED.fullmatch(tag) and (embedded or _is_one_of(values, shape.forms, is_single_file))):
                return f"“{tag[:80]}” is a tag that is in no template and no text"
        if not shape.is_unique:
            return f"“{tag[:80]}” has an attribute twice"
        for place, attribute, loads in shape.addresses:
            if _NEVER.match(attribute):
                return f"the attribute “{attribute}” can run a script"
            if attribute == "content":
                refreshes = "http-equiv" in key[1] and "refresh" in tag.lower()
                if refreshes and not re.fullmatch(r"0; url=[^:]*", values[place]):
                    return f"“{values[place][:80]}” sends readers to another site"
            elif not self._may_lead_to(values[place], attribute, loads or _is_loading_link(tag), is_single_file):
                return f"the address “{values[place][:80]}” leads to or loads something that is not allowed"
        self._ids.pop(tag, None)
        for place, attribute in shape.ids:
            self._note_id(tag, attribute, unescape(values[place]))
        return ""

    def _shape(self, name: str, names: tuple[str, ...]) -> _Shape:
        """Return what is known of all tags with these attributes."""
        forms = [
            [(place, values[one]) for place, one in enumerate(names) if None not in values[one]]
            for values in self._templates.find(name, names)
        ]
        addresses, ids = [], []
        for place, attribute in enumerate(names):
            if attribute.lower() in _ADDRESSES or _NEVER.match(attribute) or f"{name} {attribute}" == "meta content":
                addresses.append((place, attribute, name.lower() in _LOADING))
            if attribute == "id" or attribute in _NAMING:
                ids.append((place, attribute))
        shape = self._shapes[name, names] = _Shape(forms, addresses, ids, len(set(names)) == len(names))
        return shape

    def _may_lead_to(self, value: str, attribute: str, loads: bool, is_single_file: bool) -> bool:
        if value.startswith(("../", "./", "#")):
            return True
        if attribute == "srcset":
            words = (one.split()[0] for one in value.split(", ") if one.split())
            return all(self._may_lead_to(word, "", loads, is_single_file) for word in words)
        address = _UNSEEN.sub("", unescape(value))
        scheme = _SCHEME.match(address)
        if loads:
            is_own = scheme is None and not address.replace("\\", "/").startswith("//")
            allowed = is_own or (is_single_file and _MEDIA.fullmatch(address) is not None)
        else:
            allowed = scheme is None or scheme[1].casefold() in _SCHEMES
        text = self._templates.text  # an address in a template is its author's own
        return allowed or f'"{value}"' in text or f"'{value}'" in text

    def _note_id(self, tag: str, attribute: str, value: str) -> None:
        own, named = self._ids.get(tag, ("", ()))
        if attribute == "id":
            self._ids[tag] = value, named
        elif attribute != "href":
            self._ids[tag] = own, (*named, *value.split())
        elif value.startswith("#") and len(value) > 1:
            self._ids[tag] = own, (*named, unquote(value[1:]))

    def _wrong_ids(self, tags: list[str]) -> Iterator[str]:
        """Yield each id that a page has twice, and each that it names and does not have."""
        known = self._ids
        bearing = [known[tag] for tag in tags if tag in known]
        own = [name for name, _ in bearing if name]
        ids = set(own)
        if len(ids) < len(own):
            for name in sorted(name for name, times in Counter(own).items() if times > 1):
                yield f"two elements have the id “{name}”"
        for name in sorted({name for _, names in bearing for name in names} - ids):
            yield f"the page refers to the id “{name}”, which no element has"

    def _wrong_inside(self, tag: str, name: str, inner: str, is_single_file: bool) -> str:
        """Return what is wrong with the content of a script or a style."""
        if "application/ld+json" in tag:
            try:
                json.loads(inner)
            except ValueError:
                return "the data for search engines is not JSON"
            return "the data for search engines contains a “<”" if "<" in inner else ""
        allowed = is_single_file or not inner.strip() or fits(inner.strip(), self._templates.raw)
        return "" if allowed else f"an element “{name}” contains what no template writes"


def _is_loading_link(tag: str) -> bool:
    return tag.startswith("<link") and _NOT_LOADED.search(tag) is None


def _is_one_of(values: list[str], forms: list[list[tuple[int, Values]]], is_single_file: bool) -> bool:
    """Whether values are those of one form. In the single file, any of them may be data in place of an address."""
    for form in forms:
        for place, allowed in form:
            is_data = is_single_file and values[place].startswith("data:")
            if not (values[place] in allowed or is_data or fits(values[place], allowed)):
                break
        else:
            return True
    return False


@lru_cache(2)
def page_markup(templates: tuple[File, ...]) -> PageMarkup:
    """Return the check of pages that are made with some templates."""
    return PageMarkup(template_tags(templates))
