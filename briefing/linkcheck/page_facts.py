"""What a web page says about itself: title, authors, date and publisher, for a new source. Nothing of it is run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

from selectolax.lexbor import LexborHTMLParser

from briefing.bibliography.works import clean
from briefing.linkcheck.client import Politeness, Verdict, host_of, tidy
from briefing.linkcheck.fetch import Fetcher
from briefing.parse.csl import read_doi
from briefing.text.dates import first_day
from briefing.values import dataclass

_MOST = 3_000_000
"""Bytes that are read of a page."""
_HTML = ("text/html", "application/xhtml+xml")
_TYPES = {
    "NewsArticle": "article-newspaper", "ReportageNewsArticle": "article-newspaper", "Report": "report",
    "ScholarlyArticle": "article-journal", "BlogPosting": "post-weblog", "Book": "book", "Dataset": "dataset",
    "Legislation": "legislation", "Thesis": "thesis",
}  # fmt: skip
"""Types of schema.org, and CSL's names of them. A page without one is a webpage."""
_NAMED = {
    "container-title": ("citation_journal_title",), "volume": ("citation_volume",), "issue": ("citation_issue",),
    "ISSN": ("citation_issn",), "ISBN": ("citation_isbn",), "publisher": ("citation_publisher", "dc.publisher"),
}  # fmt: skip
_TITLES = ("og:title", "dc.title", "twitter:title")
_AUTHORS = ("citation_author", "author", "dc.creator", "article:author")
_DATES = (
    "citation_publication_date", "citation_date", "citation_online_date", "article:published_time", "dc.date",
    "dcterms.issued", "date",
)  # fmt: skip
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?!\d)")


class PageUnread(Exception):
    """A page cannot be read; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The fields of a source that a page tells, by CSL's names; at least title, type, publisher and URL."""

    fields: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """Return a field; empty if the page does not tell it."""
        return dict(self.fields).get(name, "")


def read_page(address: str, politeness: Politeness, pause: Callable[[float], None]) -> PageFacts:
    """Request a page, if its host lets programs do so, and return what it says. Raises PageUnread."""
    sent = tidy(address)
    if not sent:
        raise PageUnread("this is not a web address; write it as https://example.org/page")
    got = Fetcher(politeness, pause).fetch(sent, _MOST)
    if got.result.verdict != "ok":
        raise PageUnread(_WHY.get(got.result.verdict, "the answer of the server has an error; try again later"))
    media = got.media.partition(";")[0].strip().casefold()
    if media not in _HTML:
        raise PageUnread(f"this is not a web page ({media or 'of no type'}); type its title instead")
    return facts_of(got.data, address)


_WHY: dict[Verdict, str] = {
    "gone": "there is no page at this address",
    "refused": "the server refuses programs; open the page, and type its title instead",
    "robots": "the website asks programs not to read this page; open it, and type its title instead",
    "large": "the page is too large; type its title instead",
    "busy": "the server is busy; try again later",
    "slow": "the server is too slow; try again later",
}


def facts_of(data: bytes, address: str) -> PageFacts:
    """Return what the HTML of a page tells. Raises PageUnread if it has no title."""
    tree = LexborHTMLParser(data)
    said: dict[str, list[str]] = {}
    for meta in tree.css("meta"):
        name = (meta.attributes.get("name") or meta.attributes.get("property") or "").casefold()
        if words := clean(meta.attributes.get("content") or "")[:600]:
            said.setdefault(name, []).append(words)
    data_of = next(
        (one for script in tree.css("script") if (one := _linked_data(script.attributes.get("type"), script.text()))),
        {},
    )
    heading = tree.css_first("title")
    titles = [*_first(said, ("citation_title",)), _words(data_of, "headline", "name"), *_first(said, _TITLES)]
    title = next(filter(None, (*titles, clean(heading.text() if heading else ""))), "")
    if not title:
        raise PageUnread("the page does not say its title; type it instead")
    authors = [one for name in _AUTHORS[:1] for one in said.get(name, [])] or _people(data_of.get("author"))
    authors = authors or [one for one in _first(said, _AUTHORS[1:]) if "://" not in one][:1]
    dates = [*_first(said, _DATES[:3]), _words(data_of, "datePublished"), *_first(said, _DATES[3:])]
    pages = "-".join(
        filter(None, (next(_first(said, (one,)), "") for one in ("citation_firstpage", "citation_lastpage")))
    )
    journal = next(_first(said, ("citation_journal_title",)), "")
    language = tree.root.attributes.get("lang") if tree.root else ""
    found = {
        "title": title,
        "type": "article-journal" if journal else _TYPES.get(_words(data_of, "@type"), "webpage"),
        "author": ", ".join(authors[:20]),
        "issued": next((date for date in map(_day, dates) if date), ""),
        **{name: next(_first(said, names), "") for name, names in _NAMED.items()},
        "page": pages,
        "DOI": read_doi(next(_first(said, ("citation_doi", "dc.identifier")), "")),
        "language": clean(language or "")[:35],
        "URL": address,
    }
    publisher = ", ".join(_people(data_of.get("publisher"))) or next(_first(said, ("og:site_name",)), "")
    found["publisher"] = (found["publisher"] or publisher or host_of(address).removeprefix("www."))[:300]
    return PageFacts(tuple((name, value) for name, value in found.items() if value))


def _first(said: dict[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    yield from (said[name][0] for name in names if name in said)


def _linked_data(kind: str | None, text: str) -> dict[str, object]:
    """Return the first thing with a headline or a date in a script of linked data; empty for another script."""
    if kind != "application/ld+json":
        return {}
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    things = [whole] if isinstance(whole, dict) else whole if isinstance(whole, list) else []
    things += [one for thing in things if isinstance(thing, dict) for one in _list(thing.get("@graph"))]
    return next((one for one in things if isinstance(one, dict) and ("headline" in one or "datePublished" in one)), {})


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _words(thing: dict[str, object], *names: str) -> str:
    """Return the first of some values that is words."""
    values = [one for name in names for one in _list(thing.get(name))]
    return next((clean(one)[:600] for one in values if isinstance(one, str) and clean(one)), "")


def _people(value: object) -> list[str]:
    """Return the names of people or bodies in linked data."""
    names = [one.get("name") if isinstance(one, dict) else one for one in _list(value)]
    return [clean(one)[:300] for one in names if isinstance(one, str) and clean(one) and "://" not in one]


def _day(words: str) -> str:
    """Return the day, month or year with which words begin; empty if they begin with none."""
    found = _DATE.match(words)
    date = "-".join(part.zfill(2) for part in found.groups() if part) if found else ""
    return date if date and first_day(date) and "1000" <= date[:4] <= "2999" else ""
