"""Linked data for search engines: a page in the words of schema.org."""

from __future__ import annotations

import json
from collections.abc import Mapping

from briefing.locale.interface import interface
from briefing.model.kinds import by_name
from briefing.model.pages import Page, View
from briefing.model.records import Event, Passage, SourceDetail
from briefing.model.site import Site
from briefing.model.text import Prose
from briefing.text.web_addresses import doi_address

Data = dict[str, object]
_CONTEXT = "https://schema.org"


def describe(page: Page, site: Site) -> str:
    """Return a page as JSON-LD in the words of schema.org, safe inside a script element; empty if it has none."""
    things = [thing for thing in (_main(page, site), _crumbs(page, site)) if thing]
    if not things:
        return ""
    text = json.dumps({"@context": _CONTEXT, "@graph": things}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _main(page: Page, site: Site) -> Data | None:
    view, kind = page.view, by_name(site.kinds).get(page.kind)
    match kind.linked_data if kind else page.kind:
        case "Article" if view:
            return _article(page, view, site)
        case "home":
            return {
                "@type": "WebSite",
                "name": site.title,
                **_given({"description": site.tagline}),
                **_where(page, site),
            }
        case "CreativeWork" if view and isinstance(view.detail, SourceDetail):
            return _work(page, view.detail, site)
        case "DefinedTerm" if view:
            return _term(page, view, site)
        case "Event":
            events = [one for group in page.groups for one in group.views]
            return {"@type": "ItemList", "itemListElement": [_event(one, site) for one in events]}
        case "listing" if page.tables:
            return _datasets(page, site)
        case _:
            return None


def _term(page: Page, view: View, site: Site) -> Data:
    return {
        "@type": "DefinedTerm",
        "name": page.title,
        "description": view.link.summary,
        **_where(page, site),
        "inDefinedTermSet": site.base_url + page.address.rsplit("/", 2)[0] + "/",
    }


def _datasets(page: Page, site: Site) -> Data:
    """Describe each data table and its files."""
    here, say = site.base_url + page.address, interface(site.language, site.words).say
    forms = (("csv", "text/csv"), ("json", "application/json"))
    sets = [
        {
            "@type": "Dataset",
            "@id": f"{here}#UI--{table.id}",
            "name": f"{site.title}{say(': ')}{table.title}",
            "description": say(", ").join(column.meaning for column in table.columns),
            **_given({"license": site.licence.url}),
            **({"creator": {"@type": "Organization", "name": site.publisher.name}} if site.publisher.name else {}),
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": f"{here}{table.id}.{form}"}
                for form, kind in forms
            ],
        }
        for table in page.tables
    ]
    return {"@type": "DataCatalog", "name": site.title, **_where(page, site), "dataset": sets}


def _where(page: Page, site: Site) -> Data:
    return {"@id": site.base_url + page.address, "url": site.base_url + page.address, "inLanguage": page.language}


def _given(payload: Mapping[str, object]) -> Data:
    """Return data without the names that have no value."""
    return {name: value for name, value in payload.items() if value}


def _publisher(site: Site) -> Data:
    policies = {"principles": "publishingPrinciples", "corrections": "correctionsPolicy"}
    named = {policies[policy.name]: site.base_url + policy.url for policy in site.policies}
    return {"@type": "Organization", "name": site.publisher.name, **named}


def _article(page: Page, view: View, site: Site) -> Data:
    dates = sorted(change.date for change in view.changes)
    works = dict.fromkeys(site.base_url + receipt.link.address for receipt in page.receipts)
    published = {"datePublished": dates[0]} if dates else {}
    return {
        "@type": "Article",
        "headline": page.title,
        "description": page.summary,
        **_where(page, site),
        "isAccessibleForFree": True,
        **_given({"license": site.licence.url}),
        **published,
        "dateModified": view.updated or view.as_of,
        **({"author": _publisher(site), "publisher": _publisher(site)} if site.publisher.name else {}),
        "citation": [{"@id": address} for address in works],
    }


def _work(page: Page, work: SourceDetail[Prose], site: Site) -> Data:
    """Describe a source on its own page. Every citation points to that page."""
    payload = {
        "@type": "CreativeWork",
        "@id": site.base_url + page.address,
        "name": page.title,
        "author": work.author,
        "publisher": work.publisher,
        "datePublished": work.issued.replace("undated", ""),
        "url": work.url,
        "archivedAt": work.archived_url,
        "hasPart": [_passage(page, one, work, site) for one in work.passages if one.result],
        "bookEdition": work.edition,
        "isbn": work.isbn,
        "pagination": work.pages,
        "sameAs": doi_address(work.doi) if "doi.org/" not in work.url else "",
    }
    container = {"name": work.container, "volumeNumber": work.volume, "issueNumber": work.issue}
    within = {"isPartOf": {"@type": "CreativeWork", **_given(container)}} if any(container.values()) else {}
    return _given(payload) | within


def _passage(page: Page, passage: Passage, work: SourceDetail[Prose], site: Site) -> Data:
    """Describe a passage, with what came of looking for its words in a copy; no word has this meaning in schema.org."""
    result = passage.result
    status: str = result.state if result else ""
    if result and work.copy and status != "unchecked":
        status += f", in a copy of {work.copy.day}"
    payload = {
        "@type": "CreativeWork",
        "@id": f"{site.base_url}{page.address}#UI--passage-{passage.id}",
        "abstract": passage.says,
        "pagination": result.label if result else "",
        "creativeWorkStatus": status,
    }
    return _given(payload)


def _event(view: View, site: Site) -> Data:
    event = view.detail
    start, end = (event.date, event.until) if isinstance(event, Event) else ("", "")
    if isinstance(event, Event) and event.time:
        end = f"{end or start}T{event.until_time}" if event.until_time else end
        start += f"T{event.time}"
    return {
        "@type": "Event",
        "name": view.link.title,
        "startDate": start,
        **_given({"endDate": end}),
        "url": site.base_url + view.link.address,
    }


def _crumbs(page: Page, site: Site) -> Data | None:
    if not page.crumbs:
        return None
    steps = [(link.title, link.address) for link in page.crumbs]
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": site.base_url + address}
        for place, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
