"""The address of a record, and the output file of an address."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:  # a build with nothing new reads no record
    from briefing.model.kinds import Kind
    from briefing.model.records import Record

HOME = "/"
"""The address of the home page; a page with the id `index` is published there."""
CARD = "card.html"
"""The card of an article, beside its page."""
SERVER_HEADERS = "/_headers"
"""A file for the host, which has no ending and is no page."""
TOPICS_HOME = "/topics/"
"""The address of the list of topics, on a site where topics have pages."""


_SITE_URL = re.compile(
    r"https?://([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?"
)
"""`common.json` has the same rule for the field `base_url`."""


def is_site_url(address: str) -> bool:
    """Whether a site can be published at a web address: it has a host and a path, and no user, query or fragment."""
    return bool(_SITE_URL.fullmatch(address))


def address_of(record: Record, kind: Kind) -> str:
    """Return the address on the site of a record of a kind."""
    name = record.edition_of or record.id
    address = HOME if record.kind == "page" and name == "index" else kind.address.replace("{id}", name)
    return record.base + address


def topic_address(topic: str) -> str:
    """Return the address of the page of a topic; empty for one without letters and digits.

    Topics that differ only in case or in punctuation have one page.
    """
    name = make_id(topic)
    return f"{TOPICS_HOME}{name}/" if name else ""


def output_path(address: str) -> str:
    """Return the path of the file that GitHub Pages serves at an address."""
    path = address.removeprefix("/")
    if not path or path.endswith("/"):
        return path + "index.html"
    return path if posixpath.splitext(path)[1] or address == SERVER_HEADERS else path + ".html"


def compose(name: str) -> str:
    """Return a name in the form in which names are compared: a Mac may store é as two characters, e and an accent."""
    return name if name.isascii() else unicodedata.normalize("NFC", name)


def spellings(name: str) -> Iterator[str]:
    """Yield the forms of a typed name: as it is, and with `%C3%A9` and the like decoded, as in copied addresses."""
    yield compose(name)
    if "%" in name:
        yield compose(unquote(name))


def list_places(typed: str, text_path: str) -> Iterator[str]:
    """Yield where a file may be that a text names, as paths in the folder of the site, the most likely first.

    It is beside the text, or below `content/files/`, `content/` or `assets/`. Any of these may be part of the name.
    """
    for name in spellings(typed):
        inner = name.lstrip("/")
        if not name.startswith("/"):
            yield posixpath.normpath(posixpath.join(posixpath.dirname(text_path), name))
        for folder in ("content/files/", "content/", "assets/", ""):
            yield posixpath.normpath(folder + inner)


def fold(path: str) -> str:
    """Return a path as a disk would compare it that ignores case and how accents are encoded."""
    return compose(path).casefold()


def folders_of(path: str) -> Iterator[str]:
    """Yield the folders that contain a path, from the inside out."""
    while path := path.rpartition("/")[0]:
        yield path


def is_id(name: str) -> bool:
    """Whether a name can be an id: small letters of any script with their marks, digits and single hyphens.

    `common.json` has the same rule for the field `id`.
    """
    kinds = [unicodedata.category(character) for character in name.replace("-", "")]
    return all(name.split("-")) and all(kind in ("Ll", "Lo", "Nd") or kind.startswith("M") for kind in kinds)


def make_id(title: str) -> str:
    """Return an id made of a title in any script: lower-case letters and digits, with hyphens between them."""
    folded = unicodedata.normalize("NFC", title.casefold())
    return re.sub(r"-+", "-", "".join(one if _is_in_ids(one) else "-" for one in folded))[:_LONGEST_ID].strip("-")


def make_source_id(key: str) -> str:
    """Return the id of a source that has a key or an address in another program: `reedRoofs_77` is reed-roofs-77."""
    key = compose(key)
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", key.partition("://")[2] or key)
    return key if is_id(key) else make_id(parted) or key


def _is_in_ids(character: str) -> bool:
    return unicodedata.category(character) in ("Ll", "Lo", "Mn", "Mc", "Nd")


_LONGEST_ID = 80
"""Characters of an id that is made of a title."""
