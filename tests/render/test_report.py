"""“Report an error” is filled in with the page: for a message, and for a form whose fields the site names."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from briefing.locale.interface import interface
from briefing.model.pages import Page
from briefing.model.site import Named, Safety
from briefing.model.site import Site as Settings
from briefing.render.report import report_address
from tests.sites import DEFAULT, MakeSite, Site, brief, codes

NONE = Named("", "")
SETTINGS = Settings("Bridge", "Bridge", "", "https://b.example/a", "en", "ltr", NONE, NONE, NONE, "", (), (), (), ())
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
FACTS = st.sampled_from(("subject", "text", "page"))
NAMES = st.from_regex(r"[A-Za-z0-9_.:\[\]-]{1,12}", fullmatch=True)
QUERY = re.compile(r'Report an error: <a href="([^"]*)"')


def fields(address: str) -> dict[str, str]:
    """Return what a program reads from the address: RFC 6068 for a message, as a form for the web."""
    query = urlsplit(address).query
    return dict(parse_qsl(query.replace("+", "%2B"), keep_blank_values=True, strict_parsing=bool(query)))


@given(WORDS, st.sampled_from(("en", "cy", "fr", "de", "ar")), st.booleans())
def test_a_message_says_the_page_in_every_language(title: str, language: str, is_safe: bool) -> None:
    """A message has the address of the page in its text, and only ASCII; no title is in a subject where a site has safety."""
    settings = replace(SETTINGS, contact=Named("a@b.example", "mailto:a@b.example"), safety=Safety(on=is_safe))
    say = interface(language).say
    address = report_address(Page("/briefs/x/", "brief.html", "brief", title, "", language), settings, say)
    assert address.isascii()
    assert not re.search(r"[\s\"<>&]", address.replace("&body=", ""))
    read = fields(address)
    assert list(read) == ["subject", "body"]
    assert read["subject"] == f"{say('Report an error')}{say(': ')}{'Bridge' if is_safe else title}"
    assert read["body"].split("\r\n")[0] == "https://b.example/a/briefs/x/"


@given(
    st.dictionaries(FACTS, NAMES, max_size=3),
    st.dictionaries(NAMES, NAMES, max_size=2),
    st.sampled_from(("", "#form", "#a?b")),
)
def test_a_form_keeps_what_its_address_has(named: dict[str, str], query: dict[str, str], anchor: str) -> None:
    """What the address of a form has stays, in its place; each named field is added once; nothing else is."""
    start = (
        "https://f.example/new" + ("?" if query else "") + "&".join(f"{key}={value}" for key, value in query.items())
    )
    settings = replace(SETTINGS, contact=Named("f", start + anchor), contact_form=tuple(named.items()))
    page = Page("/x/", "page.html", "page", "Title", "", "ar")
    address = report_address(page, settings, interface("ar").say)
    assert address.startswith(start)
    assert address.endswith(anchor)
    read = fields(address)
    assert set(read) == {*query, *named.values()}
    assert {key: read[key] for key in query} == query
    assert address.count("=") == len(read)
    if named.get("page") and named["page"] not in query:
        assert read[named["page"]].startswith(("https://b.example/a/x/", "الإبلاغ"))


def test_what_cannot_be_filled_in_stays(site: MakeSite) -> None:
    """A telephone number, a form without named fields and the page of a missing address are left alone."""
    page = Page("/x/", "page.html", "page", "Title", "", "en")
    say = interface("en").say
    for address in ("tel:+441632960001", "https://f.example/new?a=b"):
        assert report_address(page, replace(SETTINGS, contact=Named("", address)), say) == address
    one = site(f"-- content/briefs/hours.md --\n{brief(changes='[{date: 2026-02-03, kind: first, text: New.}]')}")
    one.good()
    [address] = QUERY.findall(one.page("/briefs/hours/"))
    body = fields(unescape(address))["body"]
    assert body == ("https://library.example/guide/briefs/hours/\r\nTrue as of 2026-01-10\r\n\r\n")
    assert QUERY.findall(one.page("/404.html")) == ["mailto:friends@library.example"]


def test_names_without_a_form_are_a_mistake(tmp_path: Path) -> None:
    """Names of fields need the address of a form; a name that no address can have is refused."""
    old = "contact: friends@library.example"
    for form, contact, wrong in (
        ("{text: body}", "https://f.example/new", []),
        ("{text: body}", "friends@library.example", ["wrong-form"]),
        ("{text: 'a&b'}", "https://f.example/new", ["wrong-form"]),
        ("{txt: body}", "https://f.example/new", ["unknown-field"]),
        ("{subject: q, page: p, text: q}", "https://f.example/new", ["wrong-form"]),
    ):
        site = Site(tmp_path, default=DEFAULT.replace(old, f"contact: {contact}\ncontact_form: {form}"))
        assert codes(site.errors()) == wrong, form
