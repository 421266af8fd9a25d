"""The address at which readers report an error, filled in with the page that they are on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote, unquote

from briefing.model.pages import Page
from briefing.model.site import Site


def report_address(page: Page, site: Site, say: Callable[[str], str], cited: str = "") -> str:
    """Return the contact of a site for a report about a page: a message, or a form as `contact_form` names its fields.

    The version is `cited`, the day of the recorded words that the page shows, or the day that the page is about.

    A telephone number, a form without named fields, and the page of a missing address are left as they are. A field
    that the address has already stays as it is; the first of two facts for one field is taken. On a site with
    `safety`, no subject has the title of a page, since a list of sent messages shows it. Messages have line ends as in
    RFC 6068.
    """
    address = site.contact.url
    is_message = address.startswith("mailto:")
    if page.template == "404.html" or not address.startswith(("mailto:", "http")):
        return address
    facts = {
        "page": site.base_url + page.address,
        "date": page.view.as_of if page.view else "",
        "version": (page.reading.until or page.reading.day) if page.reading else cited,
    }
    facts["subject"] = f"{say('Report an error')}{say(': ')}{site.short_title if site.safety.on else page.title}"
    facts["text"] = "\r\n".join(_lines(facts, say))
    named = (("subject", "subject"), ("text", "body")) if is_message else site.contact_form
    start, mark, anchor = address.partition("#")
    path, _, query = start.partition("?")
    have = {unquote(field.partition("=")[0]) for field in query.split("&")}
    safe = "" if is_message else "/:"
    new = {name: facts[fact] for fact, name in reversed(named) if facts[fact] and name not in have}
    added = [f"{quote(name, safe='')}={quote(fact, safe=safe)}" for name, fact in reversed(new.items())]
    fields = "&".join(([query] if query else []) + added)
    return f"{path}{'?' if fields else ''}{fields}{mark}{anchor}"


def _lines(facts: dict[str, str], say: Callable[[str], str]) -> Iterator[str]:
    yield facts["page"]
    if facts["date"]:
        yield f"{say('True as of')} {facts['date']}"
    if facts["version"]:
        yield f"{say('Version')}{say(': ')}{facts['version']}"
    yield from ("", "")
