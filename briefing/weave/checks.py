"""What an editor asks of the site as a whole: that sources are used, dates kept, and briefs well founded."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.model.kinds import BY_NAME
from briefing.model.records import Number, PageDetail, Record, SourceDetail, StyleRule, Support
from briefing.model.steps import PendingProblem, Rules
from briefing.problems import Finding
from briefing.weave.site_index import SiteIndex

_MONTH = re.compile(
    r"\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|^\d{4}$"
)


def make_rules(index: SiteIndex) -> Rules:
    """Gather what lint holds every file against."""
    style = []
    figures = []
    for record in index.records:
        match record.detail:
            case StyleRule() as rule:
                prefer, why = (index.resolver.plain(prose, record.path) for prose in (rule.prefer, rule.why))
                style += [(words, prefer, why) for words in rule.avoid]
            case Number(value=value) if _is_distinctive(value):
                figures.append((value, record.id))
    places = tuple(name for record in index.of_kind("place") for name in (record.title, *record.aka))
    return Rules(tuple(style), tuple(figures), places)


def _is_distinctive(value: str) -> bool:
    """Say whether a figure can be told from other numbers: three digits or more, and no date."""
    return sum(sign.isdigit() for sign in value) >= 3 and not _MONTH.search(value)


def check_site(index: SiteIndex) -> Iterator[PendingProblem]:
    """Report what no single file shows."""
    for record in index.records:
        yield from _note_gaps(index, record)
        if record.check_by and record.check_by < index.now:
            message = f"“{record.title}” was to be checked by {record.check_by}; readers are told that it was not"
            yield _problem(record, Finding("overdue", message, "check it, then set as_of and check_by anew"))
        match record.detail:
            case SourceDetail(further_reading=False) if record.id not in index.mentions:
                hint = "cite it, delete it, or mark it with further_reading: true"
                yield _problem(record, Finding("uncited-source", f"nothing cites “{record.id}”", hint))
            case PageDetail() as article:
                yield from _review_grounds(index, record, article.needs_primary)
                if article.quiet:
                    yield from _check_quiet(index, record)
                is_listed = bool(BY_NAME[record.kind].listing)
                if not is_listed and record.id not in index.mentions and not _is_in_menus(index, record):
                    hint = f"link to it with [[{record.id}]], or add it to navigation or footer in content/site.yaml"
                    yield _problem(
                        record, Finding("orphan-page", f"nothing leads to “{record.title}” but the A to Z", hint)
                    )


def _is_in_menus(index: SiteIndex, record: Record) -> bool:
    """Say whether the bar or the footer leads to a page, or it is the home page."""
    address = index.catalogue.links[record.id].address
    return address == "/" or address in {link.url for link in (*index.site.navigation, *index.site.footer)}


def _note_gaps(index: SiteIndex, record: Record) -> Iterator[PendingProblem]:
    """Note what is not wrong, and could be better."""
    kind = BY_NAME[record.kind]
    if kind.dated and not record.as_of:
        yield _problem(record, Finding("undated", f"“{record.title}” does not say when it was true", "add as_of"))
    if kind.must_be_used and record.id not in index.mentions:
        yield _problem(
            record,
            Finding("unused", f"nothing refers to “{record.title}”", f"link to it with [[{record.id}]], or delete it"),
        )
    match record.detail:
        case SourceDetail(archived_url="", url=url) if url:
            yield _problem(
                record, Finding("unarchived", f"“{record.id}” has no archived copy", "add archived: {url: …, date: …}")
            )
        case Support(checked="not-yet"):
            message = f"the details of “{record.title}” were never checked on its own site"
            yield _problem(
                record, Finding("unchecked-support", message, "look them up there, and set checked to the day")
            )


def _review_grounds(index: SiteIndex, record: Record, needs_primary: bool) -> Iterator[PendingProblem]:
    """Report a brief that rests on one publisher, or lacks the primary source that its writers demand."""
    works = [work for source in _cited(index, record) if isinstance(work := source.detail, SourceDetail)]
    if needs_primary and not any(work.tier == "primary" for work in works):
        yield _problem(
            record, Finding("no-primary-source", "this brief demands a primary source and cites none", "cite one")
        )
    publishers = {work.publisher or work.author for work in works}
    if BY_NAME[record.kind].article and len(works) > 1 and len(publishers) == 1:
        message = f"everything in this brief rests on one publisher, {works[0].publisher or works[0].author}"
        yield _problem(record, Finding("one-publisher", message, "look for a second, independent source"))


def _check_quiet(index: SiteIndex, record: Record) -> Iterator[PendingProblem]:
    """Report what a quiet page would say to somebody who sees its address, title or card over a shoulder."""
    shown = {"address": index.catalogue.links[record.id].address, "title": record.title, "summary": record.summary}
    for heading in record.headings:
        shown.setdefault(f"section id “{heading.id}”", heading.id)
    for part, words in shown.items():
        for loud in index.site.quiet_words:
            if re.search(rf"(?<!\w){re.escape(loud)}", words, re.IGNORECASE):
                message = f"the {part} of this quiet page says “{loud}”"
                hint = "say it in neutral words, or take out quiet: true"
                yield _problem(record, Finding("loud-page", message, hint))


def _cited(index: SiteIndex, record: Record) -> list[Record]:
    """Give every source that a record cites, figures of the ledger included."""
    found: dict[str, Record] = {}
    for key in index.resolver.cited_keys(record):
        source = index.catalogue.records.get(key)
        if source:
            found[key] = source
    return list(found.values())


def _problem(record: Record, finding: Finding) -> PendingProblem:
    return PendingProblem(record.path, record.span, finding)
