"""Reads the settings of a site, and its list of names that must never be published."""

from __future__ import annotations

from briefing.model.site import Guarded, Named, Question, Site, Thread
from briefing.parse.checked import _checked, _load
from briefing.parse.context import Notes
from briefing.parse.record_fields import read_refs
from briefing.parse.yaml_tree import Fields

# Settings


def _read_site(notes: Notes) -> Site:
    fields = _checked(_load(notes.lines.text, 0, notes), "site", notes)
    words, policies = fields.child("words"), fields.child("policies")
    questions = [
        Question(question.text("ask"), ref)
        for question in fields.children("questions")
        for ref in read_refs(question, "answer", notes)
    ]
    return Site(
        title=fields.text("title"),
        short_title=fields.text("short_title") or fields.text("title"),
        tagline=fields.text("tagline"),
        base_url=fields.text("base_url").rstrip("/"),
        language=fields.text("language"),
        direction=fields.text("direction", "ltr"),
        publisher=_named(fields.child("publisher"), "name", "url"),
        contact=fields.text("contact"),
        exit=_named(fields.child("exit"), "label", "url"),
        licence=_named(fields.child("licence"), "name", "url"),
        notice=fields.text("notice"),
        navigation=tuple(_named(link, "label", "to") for link in fields.children("navigation")),
        footer=tuple(_named(link, "label", "to") for link in fields.children("footer")),
        questions=tuple(questions),
        words=tuple((key.text, words.text(key.text)) for key in words.keys),
        policies=tuple(Named(key.text, policies.text(key.text)) for key in policies.keys),
        quiet_words=fields.texts("quiet_words"),
        pictures=tuple(picture.text("file") for picture in fields.children("pictures")),
        threads=tuple(
            Thread(thread.text("label"), ref, read_refs(thread, "events", notes, ("event",)), thread.flag("goes_on"))
            for thread in fields.children("threads")
            for ref in read_refs(thread, "to", notes)
        ),
        twins=fields.flag("markdown_twins"),
    )


def _named(fields: Fields, name: str, url: str) -> Named:
    return Named(fields.text(name), fields.text(url))


def _read_guarded(notes: Notes) -> Guarded:
    fields = _checked(_load(notes.lines.text, 0, notes), "never-publish", notes)
    cost = fields.scalar("cost")
    if cost and fields.integer("cost") & (fields.integer("cost") - 1):
        notes.problem("wrong-form", "the cost must be a power of two", "128, for one", cost.start, cost.end)
    names = tuple((name.text("hash"), name.integer("words")) for name in fields.children("names"))
    return Guarded(fields.text("salt"), fields.integer("cost"), names)
