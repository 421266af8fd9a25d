"""Reads the settings of a site, and its list of names that must never be published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefing.model.blocked_names import BlockedNames
from briefing.model.site import NO_SAFETY, EditionSettings, HomePart, MenuEntry, Named, Question, Safety, Site, Thread
from briefing.parse.accepted import read_checks
from briefing.parse.checked import check_fields, load_fields
from briefing.parse.context import FileContext
from briefing.parse.field_values import read_refs
from briefing.parse.look import read_asset, read_logo, read_style
from briefing.parse.schemas import SchemaName, schema
from briefing.parse.yaml_tree import Fields, Scalar
from briefing.problems import Finding
from briefing.text.directions import direction_of
from briefing.text.web_addresses import is_placeholder

_ENTRY = re.compile(r"  - \{words: ([1-4]), hash: ([0-9a-f]{32})\}\n")
_ENTRIES = re.compile(f"(?:{_ENTRY.pattern})+")
"""The names of a list as the command `guard` writes them."""
_MOST_ENTRIES = 50_000


def read_site(context: FileContext) -> Site:
    """Read `site.yaml`."""
    fields = check_fields(load_fields(context.lines.text, 0, context), SchemaName("site"), context)
    words, policies, editions = fields.child("words"), fields.child("policies"), fields.child("editions")
    questions = [
        Question(question.text("ask"), ref)
        for question in fields.children("questions")
        for ref in read_refs(question, "answer", context)
    ]
    return Site(
        title=fields.text("title"),
        short_title=fields.text("short_title") or fields.text("title"),
        tagline=fields.text("tagline"),
        base_url=fields.text("base_url").rstrip("/"),
        language=fields.text("language", "en"),
        direction=fields.text("direction") or direction_of(fields.text("language", "en")),
        publisher=_named(fields.child("publisher"), "name", "url"),
        contact=_contact(fields.text("contact")),
        contact_form=tuple(_form_fields(fields, context)),
        licence=_named(fields.child("licence"), "name", "url"),
        notice=fields.text("notice"),
        navigation=tuple(_menu_entry(entry) for entry in fields.children("navigation")),
        footer=tuple(_named(link, "label", "to") for link in fields.children("footer")),
        questions=tuple(questions),
        words=_words(words),
        edition_settings=tuple(
            _edition(key, child, context) for key in editions.keys for child in (editions.child(key.text),)
        ),
        word_spans=tuple(context.span(one.start, one.end) for one in (*words.keys, fields.scalar("language")) if one),
        link_spans=_link_spans(fields, context),
        policies=tuple(Named(key.text, policies.text(key.text)) for key in policies.keys),
        safety=_safety(fields.child("safety")) if fields.get("safety") else NO_SAFETY,
        threads=tuple(
            Thread(thread.text("label"), ref, read_refs(thread, "events", context, ("event",)), thread.flag("goes_on"))
            for thread in fields.children("threads")
            for ref in read_refs(thread, "to", context)
        ),
        checks=tuple(read_checks(fields.child("checks"), context)),
        home=tuple(_home_parts(fields.children("home"), context)),
        style=read_style(fields.child("style"), context),
        logo=read_logo(fields.child("logo"), context),
        favicon=read_asset(fields, "favicon", context),
        headers_file=fields.flag("headers_file"),
        twins=fields.flag("markdown_twins"),
        cards=fields.flag("republish_cards"),
        epub=fields.flag("epub"),
        topic_pages=fields.flag("topic_pages"),
        kept=fields.text("kept", "kept"),
    )


def _words(fields: Fields) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((key.text, fields.texts(key.text)) for key in fields.keys)


def _edition(name: Scalar, fields: Fields, context: FileContext) -> EditionSettings:
    words = fields.child("words")
    return EditionSettings(
        prefix=f"/{name.text.casefold()}",
        span=context.span(name.start, name.end),
        title=fields.text("title"),
        short_title=fields.text("short_title"),
        tagline=fields.text("tagline"),
        notice=fields.text("notice"),
        exit=fields.text("exit"),
        navigation=tuple(_menu_entry(entry) for entry in fields.children("navigation")),
        footer=tuple(_named(link, "label", "to") for link in fields.children("footer")),
        words=_words(words),
        word_spans=tuple(context.span(one.start, one.end) for one in words.keys),
        link_spans=_link_spans(fields, context),
    )


def _safety(fields: Fields) -> Safety:
    return Safety(
        on=True,
        exit=_named(fields.child("exit"), "label", "url"),
        private_contact=_private(_contact(fields.text("private_contact"))),
        support_box=fields.text("support_box") != "false",
        quiet_words=fields.texts("quiet_words"),
        pictures=tuple(picture.text("file") for picture in fields.children("pictures")),
        identifying_words=fields.texts("identifying_words"),
    )


def _contact(address: str) -> Named:
    """Return an address as readers see it, with the address that a link to it has."""
    if not address:
        return Named("", "")
    scheme = re.match(r"https?://|mailto:|tel:", address)
    return Named(address[scheme.end() :], address) if scheme else Named(address, f"mailto:{address}")


def _form_fields(fields: Fields, context: FileContext) -> Iterator[tuple[str, str]]:
    """Yield what a form is filled in with and the names of its fields; names without a form are a problem."""
    named, contact = fields.child("contact_form"), fields.text("contact")
    if named.keys and not contact.startswith(("https://", "http://")):
        hint = "write the address of the form into contact, or delete contact_form; an e-mail address needs no names"
        finding = Finding("wrong-form", "contact_form names fields of a form, and contact is no web address", hint)
        context.add_problem(finding, named.keys[0].start, named.keys[0].end)
    seen: dict[str, str] = {}
    for key in named.keys:
        value = named.scalar(key.text)
        if value and seen.setdefault(value.text, key.text) != key.text:
            message = f"“{value.text}” is the field for “{seen[value.text]}” too, and a form takes one of the two"
            context.add_problem(
                Finding("wrong-form", message, "name another field, or delete it"), value.start, value.end
            )
        yield key.text, named.text(key.text)


def _private(contact: Named) -> Named:
    """Return a private address, without its link while it is a placeholder."""
    return Named(contact.name) if is_placeholder(contact.url) else contact


def _home_parts(listed: Iterable[Fields], context: FileContext) -> Iterator[HomePart]:
    """Yield the parts of the home page; a part that is listed twice is a problem."""
    seen = set()
    for fields in listed:
        part = fields.scalar("part")
        if part and part.text in seen:
            finding = Finding("wrong-form", f"“{part.text}” is on the home page twice", "delete one of the two")
            context.add_problem(finding, part.start, part.end)
        elif part:
            seen.add(part.text)
            yield HomePart(part.text, fields.text("heading"))


def _menu_entry(fields: Fields) -> MenuEntry:
    """Read a link or a section. The address of a section itself becomes the first of its links."""
    link, items = _named(fields, "label", "to"), [_named(item, "label", "to") for item in fields.children("items")]
    if items and link.url:
        items.insert(0, link)
    return MenuEntry(link.name, "" if items else link.url, tuple(items))


def _link_spans(fields: Fields, context: FileContext) -> tuple[int, ...]:
    return tuple(context.span(one.start, one.end) if one else -1 for one in _goals(fields))


def _goals(fields: Fields) -> Iterator[Scalar | None]:
    """Yield the addresses of the links of the bar, of the footer and of the policies."""
    for entry in fields.children("navigation"):
        items = entry.children("items")
        yield from (link.scalar("to") for link in (entry, *items) if link is not entry or not items or entry.text("to"))
    yield from (link.scalar("to") for link in fields.children("footer"))
    policies = fields.child("policies")
    yield from (policies.scalar(key.text) for key in policies.keys)


def _named(fields: Fields, name: str, url: str) -> Named:
    return Named(fields.text(name), fields.text(url))


def read_blocked_names(context: FileContext) -> BlockedNames:
    """Read `never-publish.yaml`. Entries in the form in which `guard` writes them are read without YAML."""
    text = context.lines.text
    head, _, entries = text.partition("\nnames:\n")
    written = _ENTRY.findall(entries) if entries.count("\n") <= _MOST_ENTRIES and _ENTRIES.fullmatch(entries) else []
    fields = load_fields(f"{head}\nnames: []\n" if written else text, 0, context)
    fields = check_fields(fields, SchemaName("never-publish"), context)
    for name in ("cost", "initials"):
        cost = fields.scalar(name)
        if cost and fields.integer(name) & (fields.integer(name) - 1):
            finding = Finding("wrong-form", "the cost must be a power of two", "for example 128")
            context.add_problem(finding, cost.start, cost.end)
    names = tuple((name.text("hash"), name.integer("words")) for name in fields.children("names"))
    names = names or tuple((hashed, int(words)) for words, hashed in written)
    names = names if _can_hash(fields) else ()  # its problems stop the build
    costs = fields.integer("cost"), fields.integer("initials")
    return BlockedNames(fields.text("salt"), costs[0], names, costs[1], fields.text("common"))


def _can_hash(fields: Fields) -> bool:
    """Whether words can be compared with the list: its salt and its costs are what the schema allows."""
    shape = schema("never-publish")["properties"]
    costs = {name: fields.integer(name) for name in ("cost", "initials") if name == "cost" or fields.scalar(name)}
    sound = (
        shape[name]["minimum"] <= cost <= shape[name]["maximum"] and not cost & (cost - 1)
        for name, cost in costs.items()
    )
    return all(sound) and bool(re.fullmatch(shape["salt"]["pattern"], fields.text("salt")))
