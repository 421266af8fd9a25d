"""Editions: which pages are in which language and form, what is wrong with them, and what they were made from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from briefing.locale.interface import language_of, primary
from briefing.model.editions import EASY_READ, Original, Section, Version
from briefing.model.records import PageDetail, Record
from briefing.model.site import SETTINGS_PATH, EditionSettings, Site
from briefing.model.steps import PendingProblem
from briefing.model.text import Link
from briefing.problems import Finding, shorten
from briefing.suggestions import Names, Suggestions
from briefing.text.directions import direction_of
from briefing.text.sections import HEAD, sentence_digest

_MOST_SHOWN, _LONGEST = 3, 240
"""Sentences of a section that a message quotes, and characters of each."""


def place_editions(
    records: Sequence[Record], drafts: Iterable[Record], site: Site, unread: Container[str] = ()
) -> tuple[list[Record], list[PendingProblem]]:
    """Return all records, editions with the start of their address, without those that cannot be editions.

    `unread` are ids of records that are reported already, so that their editions are not reported too.
    """
    by_id = {record.id: record for record in records}
    known, hidden = Suggestions(), {record.id for record in drafts}
    kept: list[Record] = []
    problems: list[PendingProblem] = []
    first: dict[tuple[str, str], Record] = {}
    for record in records:
        if not record.edition_of:
            kept.append(record)
            continue
        lang = record.lang or site.language
        finding = _find_mistake(record, by_id, hidden, known, site)
        base = base_of(record, site)
        before = first.setdefault((record.edition_of, base), record)
        if finding:
            if record.edition_of not in unread:
                problems.append(PendingProblem(record.path, record.edition_span, finding))
        elif before is not record:
            message = f"two pages are editions of “{record.edition_of}” in the same language and form"
            clash = Finding("edition", message, "delete one of them, or correct its lang or form")
            problems.append(PendingProblem(record.path, record.edition_span, clash, (before.path, before.edition_span)))
        else:
            detail, original = record.detail, by_id[record.edition_of].detail
            if isinstance(detail, PageDetail) and isinstance(original, PageDetail):
                detail = replace(detail, quiet=detail.quiet or original.quiet)
            template = "easy-read.html" if record.form == EASY_READ and not record.template else record.template
            kept.append(replace(record, base=base, lang=lang, detail=detail, template=template))
    return kept, [*problems, *_find_divided(kept)]


def _find_divided(records: Iterable[Record]) -> Iterator[PendingProblem]:
    """Report a language that some editions name with a country or script and others without: it would be two parts."""
    first: dict[str, Record] = {}
    for record in (one for one in records if one.base):
        first.setdefault(record.lang.casefold(), record)
    for tag, record in first.items():
        whole = next((first[one] for one in first if tag.startswith(f"{one}-")), None)
        if whole:
            message = f"“{record.lang}” and “{whole.lang}” would be two parts of the site, with lists of their own"
            hint = f"write lang: {whole.lang} in all; if two are meant, write a country in each, such as {record.lang}"
            clash = Finding("edition", message, hint)
            yield PendingProblem(record.path, record.edition_span, clash, (whole.path, whole.edition_span))


def base_of(record: Record, site: Site) -> str:
    """Return what is before the address of an edition: its language if it is another, then its form."""
    if not record.edition_of:
        return ""
    lang = record.lang or site.language
    parts = ([] if primary(lang) == primary(site.language) else [lang.casefold()]) + (
        [record.form] if record.form else []
    )
    return "".join(f"/{part}" for part in parts)


def _find_mistake(
    record: Record, by_id: dict[str, Record], hidden: set[str], known: Suggestions, site: Site
) -> Finding | None:
    """Return what is wrong with the page that a record is an edition of."""
    name = record.edition_of
    original = by_id.get(name)
    if name == record.id:
        return Finding("edition", f"“{name}” is an edition of itself", "write the id of the page that it was made from")
    if name in hidden:
        return Finding("unpublished-target", f"“{name}” is not published", "publish it first, or make this a draft too")
    if original is None:
        [close] = known.nearest(name, Names(by_id), 1) or [""]
        hint = f"did you mean “{close}”?" if close else "write the id of a page of this site"
        return Finding("unknown-id", f"no page has the id “{name}”", hint)
    if original.edition_of:
        message = f"“{name}” is itself an edition, of “{original.edition_of}”"
        return Finding("edition", message, f"write edition_of: {original.edition_of}")
    if original.kind != record.kind:
        message = f"“{name}” is another kind of record: {original.kind} instead of {record.kind}"
        return Finding("wrong-kind", message, "put both files into the folder of one kind")
    if not base_of(record, site):
        message = f"this edition has the language of “{name}” and no other form"
        return Finding("edition", message, "add lang: with its language, or form: easy-read")
    return None


def list_edition_sites(records: Iterable[Record], site: Site) -> tuple[Site, ...]:
    """Return the settings of every edition of the site: one for each language and form in which it has pages."""
    found: dict[str, list[Record]] = {}
    for record in records:
        if record.base:
            found.setdefault(record.base, []).append(record)
    return tuple(_edition_site(site, base, part) for base, part in sorted(found.items()))


def _edition_site(site: Site, prefix: str, records: list[Record]) -> Site:
    language, form = records[0].lang, records[0].form
    own = next((one for one in site.edition_settings if one.prefix == prefix), EditionSettings(prefix))
    same = primary(language) == primary(site.language)
    words = own.words or (site.words if same else ())
    return replace(
        site,
        language=language,
        direction=site.direction if same else direction_of(language),
        title=own.title or site.title,
        short_title=own.short_title or own.title or site.short_title,
        tagline=own.tagline or site.tagline,
        notice=own.notice or site.notice,
        navigation=own.navigation,
        footer=own.footer,
        questions=(),
        threads=(),
        words=words,
        prefix=prefix,
        form=form,
        twins=False,
        cards=False,
        topic_pages=False,
        safety=replace(site.safety, exit=replace(site.safety.exit, name=own.exit or site.safety.exit.name)),
        word_spans=(),
        link_spans=own.link_spans,
    )


def make_version(record: Record, original: Link, language: str, now: Original | None) -> Version:
    """Return what readers of an edition see of its original."""
    made = record.made_from
    changed = tuple(
        replace(
            original,
            title=section.title,
            address=original.address if section.id == HEAD else f"{original.address}#{section.id}",
        )
        for section, _ in (compare(record, now) if made and now else ())
    )
    return Version(original, language, made.on if made else "", changed, record.checked_by)


def compare(record: Record, original: Original) -> Iterator[tuple[Section, str]]:
    """Yield each section of an original that has changed since an edition was made, and what has changed in it."""
    before = dict(record.made_from.sections) if record.made_from else {}
    now = [section.id for section in original.sections]
    kept = [name for name in before if name in now]
    moved = {name for name, was in zip((name for name in now if name in before), kept, strict=False) if name != was}
    for section in original.sections:
        found = [*_describe(section, before.pop(section.id, None))]
        if section.id in moved:
            moved.clear()  # the first one that is elsewhere says it for all
            found.append("it is not where it was")
        if found:
            name = f"section “{section.title}”" if section.title else "the text before the first heading"
            yield section, f"in {name} {' and '.join(found)}"
    for gone in before:
        yield Section(HEAD, "", ()), f"section “{gone}” is gone"


def _describe(section: Section, marks: tuple[str, ...] | None) -> Iterator[str]:
    """Yield what is different in a section from the one whose sentences had these digests, if anything is."""
    now = tuple(map(sentence_digest, section.sentences))
    new = [
        f"“{shorten(said, _LONGEST)}”"
        for said, mark in zip(section.sentences, now, strict=True)
        if mark not in (marks or ())
    ]
    if new:
        yield f"is new: {', '.join(new[:_MOST_SHOWN])}{' and more' if len(new) > _MOST_SHOWN else ''}"
    elif marks != now:
        yield "something was taken out" if Counter(marks) - Counter(now) else "sentences are in another order"


def check_edition_settings(site: Site) -> Iterator[PendingProblem]:
    """Report settings for a language or form in which the site has no page, such as a mistyped one."""
    there = {edition.prefix: edition.prefix.removeprefix("/") for edition in site.editions}
    listed = f"; there are pages in: {', '.join(there.values())}" if there else ""
    unset = there.keys() - {one.prefix for one in site.edition_settings}
    names, known = Names(there[prefix] for prefix in sorted(unset)), Suggestions()
    for one in site.edition_settings:
        if one.prefix in there:
            continue
        name = one.prefix.removeprefix("/")
        if close := known.nearest(name, names, 1):
            finding = Finding("interface-word", f"no page is an edition in “{name}”", f"did you mean “{close[0]}”?")
            yield PendingProblem(SETTINGS_PATH, one.span, finding)
        else:
            hint = f"write a page with edition_of and this lang or form, or delete this{listed}"
            yield PendingProblem(SETTINGS_PATH, one.span, Finding("unused", f"no page is an edition in “{name}”", hint))


def check_versions(
    editions: Iterable[Record], originals: dict[str, Original], changes: dict[str, Record]
) -> Iterator[PendingProblem]:
    """Report editions whose version nobody noted, and those whose original has changed since."""
    for record in editions:
        if not language_of(record.lang).words:
            message = (
                f"the interface has no words in “{record.lang}”, so around this edition they are in another language"
            )
            hint = "write them into site.yaml under editions:, or ask for the language to be added"
            yield PendingProblem(record.path, record.edition_span, Finding("missing-words", message, hint))
        original = originals.get(record.edition_of)
        if original is None:
            continue
        command = f"edition {record.id}"
        if record.made_from is None:
            message = f"nobody noted from which version of “{record.edition_of}” this edition was made"
            hint = f"compare the two, then run: {command}"
            yield PendingProblem(record.path, record.edition_span, Finding("edition-unmarked", message, hint))
            continue
        yield from _find_left_out(record, original, command)
        found = list(compare(record, original))
        if not found:
            continue
        since = record.made_from.on
        later = [change.date for change in changes[record.edition_of].changes if change.date > since]
        notes = f"; its change notes since then are of {', '.join(sorted(later))}" if later else ""
        message = f"“{record.edition_of}” has changed since {since}: {'; '.join(said for _, said in found)}{notes}"
        hint = f"bring this edition up to date, then run: {command}"
        yield PendingProblem(record.path, record.edition_span, Finding("edition-behind", message, hint))


def _find_left_out(record: Record, original: Original, command: str) -> Iterator[PendingProblem]:
    """Report sections from which a translation was made and which it does not have; another form may join sections."""
    made = dict(record.made_from.sections) if record.made_from and not record.form else {}
    known = {HEAD, *record.anchors, *(heading.id for heading in record.headings)}
    gone = [one for one in original.sections if one.id in made and one.id not in known]
    if gone:
        names = ", ".join(f"“{one.title}”" for one in gone)
        ids = ", ".join(f"{{#{one.id}}}" for one in gone)
        message = f"this edition does not have all sections of “{record.edition_of}” that it was made from: {names}"
        hint = f"add what is missing, and give each heading the id of the original: {ids}; then run: {command}"
        yield PendingProblem(record.path, record.edition_span, Finding("edition-behind", message, hint))
