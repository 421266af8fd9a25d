"""The editions of a page, for its switch and its links to them."""

from __future__ import annotations

from briefing.locale.interface import interface, language_of, primary
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


def _shown(page: Page, address: str, site: Site) -> ShownEdition:
    name = language_of(site.language).name or site.language
    if site.form:
        name = interface(site.language, site.words).say("Easy Read")
    where = site.prefix + address
    return ShownEdition(name, site.language, site.direction, site.form, where, page.prefix == site.prefix)


def foreign(page: Page, site: Site) -> Foreign | None:
    """Return the language of the words of the site on a page in another language; None on all other pages."""
    if not page.prefix or primary(page.language) == primary(site.language):
        return None
    return Foreign(site.language, direction_of(site.language), language_of(site.language).name or site.language)
