"""The editions of a page, for its switch and its links to them."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.locale.interface import language_of, name_of, primary
from briefing.model.pages import Page
from briefing.model.site import Site
from briefing.text.directions import direction_of
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class ShownEdition:
    """A page in one language and form: what it is called, and where it is."""

    name: str
    language: str
    direction: str
    form: str
    address: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class Foreign:
    """The language of words that are not in the language of their page: its tag, its direction, its own name."""

    language: str
    direction: str
    name: str


def list_editions(page: Page, site: Site) -> tuple[ShownEdition, ...]:
    """Return the page itself and its other editions; nothing for a page that has none."""
    address = page.address.removeprefix(page.prefix) or "/"
    found = [one for one in site.editions if address in one.own_pages]
    return tuple(_shown(page, address, one) for one in (site, *found)) if found else ()


def list_alternates(editions: Sequence[ShownEdition], site: Site) -> tuple[tuple[str, str], ...]:
    """Return the values of `hreflang` for a page and its translations, each with its address; nothing without any.

    Only pages in the form of this page are its translations: Easy Read is another text, not another language.
    """
    form = next((one.form for one in editions if one.is_this), "")
    found = [(one.language, one.address) for one in editions if one.form == form]
    default = [("x-default", address) for language, address in found if primary(language) == primary(site.language)]
    return (*default, *found) if len(found) > 1 else ()


def _shown(page: Page, address: str, site: Site) -> ShownEdition:
    name = name_of(site.language, site.form, site.words)
    where = site.prefix + address
    return ShownEdition(name, site.language, site.direction, site.form, where, page.prefix == site.prefix)


def foreign(around: str, language: str, site: Site) -> Foreign | None:
    """Return a language, or else that of the site; None if it is the same as the one of the words around it."""
    language = language or site.language
    if primary(around) == primary(language):
        return None
    direction = site.direction if language == site.language else direction_of(language)
    return Foreign(language, direction, language_of(language).name or language)
