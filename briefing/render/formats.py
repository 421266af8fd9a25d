"""Files that no template makes: tables, change notes as JSON Feed, days as iCalendar, llms.txt, briefs as Markdown."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit

from briefing.locale.interface import interface
from briefing.model.addresses import make_id
from briefing.model.pages import Day, News, Page, Table
from briefing.model.site import Site
from briefing.render.markdown import plain, write_twin
from briefing.render.urls import in_edition
from briefing.text.markdown_escapes import escape
from briefing.text.spreadsheet import without_formula

Bodies = Sequence[str]
"""The texts of the briefs that a page prints, as HTML with placeholders."""


def write(page: Page, site: Site, bodies: Bodies) -> str:
    """Return the text of a file that no template makes. Its page names the format in place of a template."""
    return WRITERS[page.template](page, site, bodies)


def _say(site: Site, words: str) -> str:
    return interface(site.language, site.words).say(words)


def _csv(page: Page, site: Site, bodies: Bodies) -> str:
    """Write a table as CSV (RFC 4180). A cell that a spreadsheet would run as a formula gets an apostrophe in front."""
    [table] = page.tables
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([column.name for column in table.columns])
    writer.writerows([without_formula(cell) for cell in row] for row in table.rows)
    return out.getvalue()


def _json(page: Page, site: Site, bodies: Bodies) -> str:
    [table] = page.tables
    payload = {
        "title": f"{site.title}{_say(site, ': ')}{table.title}",
        "address": site.base_url + page.address,
        "licence": site.licence.url,
        "columns": [{"name": column.name, "meaning": column.meaning} for column in table.columns],
        "rows": [_named(table, row) for row in table.rows],
    }
    return json.dumps(payload, ensure_ascii=False, indent=1) + "\n"


def _named(table: Table, row: tuple[str, ...]) -> dict[str, str]:
    return {column.name: cell for column, cell in zip(table.columns, row, strict=True)}


def _package(page: Page, site: Site, bodies: Bodies) -> str:
    """Describe all tables as a Tabular Data Package (Frictionless Data, version 1): each CSV file with its columns.

    All columns are strings: a date may be a year or a month, and a list holds several ids.
    """
    payload = {
        "profile": "tabular-data-package",
        "name": _package_name(make_id(site.title), "data"),
        "title": site.title,
        "description": site.tagline,
        "homepage": site.base_url and site.base_url + "/",
        "licenses": [{"path": site.licence.url, "title": site.licence.name}] if site.licence.url else [],
        "resources": [
            {
                "profile": "tabular-data-resource",
                "name": _package_name(table.id, f"table-{number}"),
                "title": table.title,
                "path": f"{table.id}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": {
                    "fields": [
                        {"name": one.name, "type": "string", "description": one.meaning} for one in table.columns
                    ]
                },
            }
            for number, table in enumerate(page.tables, 1)
        ],
    }
    return json.dumps({name: said for name, said in payload.items() if said}, ensure_ascii=False, indent=1) + "\n"


def _package_name(name: str, otherwise: str) -> str:
    """Return a name if the specification allows it: small letters without accents, digits and hyphens."""
    return name if name.isascii() and name else otherwise


def _feed(page: Page, site: Site, bodies: Bodies) -> str:
    """Write the change notes as JSON Feed 1.1, with the same ids as in the Atom feed."""
    news = page.groups[0].news if page.groups else ()
    payload = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{site.title}{_say(site, ': ')}{_say(site, 'what changed')}",
        "description": site.tagline,
        "home_page_url": site.base_url + in_edition("/", site),
        "feed_url": site.base_url + page.address,
        "language": page.language,
        "authors": [{"name": site.publisher.name}],
        "items": [_item(one, site) for one in news],
    }
    return json.dumps(payload, ensure_ascii=False, indent=1) + "\n"


def _item(one: News, site: Site) -> dict[str, object]:
    return {
        "id": f"{site.base_url}{site.prefix}/changes/#{one.id}",
        "url": site.base_url + one.link.address,
        "title": one.link.title,
        "content_text": plain(one.change.text),
        "date_published": f"{one.change.date}T00:00:00Z",
        "tags": [one.change.kind],
    }


def _calendar(page: Page, site: Site, bodies: Bodies) -> str:
    """Write days as iCalendar (RFC 5545): all-day events, lines of at most 75 octets, only dates of the records."""
    host = urlsplit(site.base_url).hostname or "localhost"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{_ics(site.title)}//Briefing//EN", "CALSCALE:GREGORIAN"]
    for day in page.days:
        lines += _event(day, site, host)
    return "".join(_fold(line) + "\r\n" for line in [*lines, "END:VCALENDAR"])


def _event(day: Day, site: Site, host: str) -> list[str]:
    start, last = date.fromisoformat(day.date), date.fromisoformat(day.until or day.date)
    begins, ends = f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}"
    if day.time:  # without a zone, a calendar takes it for a time of its own place
        begins = f"DTSTART:{start:%Y%m%d}T{day.time.replace(':', '')}00"
        ends = f"DTEND:{last:%Y%m%d}T{day.until_time.replace(':', '')}00" if day.until_time else ""
    return [
        "BEGIN:VEVENT",
        f"UID:{day.id}@{host}",
        f"DTSTAMP:{day.since.replace('-', '')}T000000Z",
        begins,
        *([ends] if ends else []),
        f"SUMMARY:{_ics(site.title + _say(site, ': ') + day.title)}",
        f"URL:{site.base_url}{day.address}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _ics(words: str) -> str:
    """Escape words and join them to one line, so that no text can start a property of its own."""
    escaped = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return " ".join(escaped.split())


def _fold(line: str) -> str:
    """Fold a line so that no part has more than 75 octets and no character is split."""
    pieces, size = [""], 0
    for sign in line:
        size += len(sign.encode())
        if size > 75:
            pieces.append(" ")
            size = 1 + len(sign.encode())
        pieces[-1] += sign
    return "\r\n".join(pieces)


def _llms(page: Page, site: Site, bodies: Bodies) -> str:
    """Write what a language model should read first: what the site is, and where its texts and data are."""
    lines = [f"# {escape(site.title)}", "", f"> {escape(site.tagline)}", ""]
    for group in page.groups:
        lines += [f"## {group.title}", ""]
        lines += [
            f"- [{escape(link.title)}]({site.base_url}{link.address}): {escape(link.summary)}" for link in group.links
        ]
        lines.append("")
    return "\n".join(lines)


WRITERS: dict[str, Callable[[Page, Site, Bodies], str]] = {
    "csv": _csv,
    "json": _json,
    "datapackage.json": _package,
    "feed.json": _feed,
    "ics": _calendar,
    "llms.txt": _llms,
    "md": write_twin,
}
"""The writer of each format, by the name that a page gives in place of a template."""
