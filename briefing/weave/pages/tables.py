"""Open data: the timeline, the tracker, the numbers, the sources and the open questions as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from briefing.model.pages import Column, Group, Page, Table
from briefing.model.records import (
    Event,
    Number,
    ParsedEntry,
    ParsedValue,
    Recommendation,
    Record,
    SourceDetail,
    Unknown,
)
from briefing.model.steps import PagePlan
from briefing.model.text import CitedSource, Link, ParsedProse, Ref
from briefing.weave.pages import indexes
from briefing.weave.site_index import SiteIndex, plan_page, start_page

_COMMON = {
    "id": "permanent name of the record",
    "address": "where to read about it",
    "as_of": "day, month or year on which it was true",
    "sources": "ids of its sources, see sources",
    "text": "what is said, in plain words",
    "date": "day, month or year, as exact as the source",
}
_TABLES: tuple[tuple[str, str, str, dict[str, str]], ...] = (
    (
        "timeline",
        "Timeline",
        "event",
        {
            "id": "",
            "date": "",
            "date_words": "the date in words, where it is known less exactly",
            "title": "what happened",
            "text": "",
            "who": "ids of the people and organisations concerned",
            "where": "ids of the places concerned",
            "planned": "yes where it was planned and is not known to have happened",
            "sources": "",
            "address": "",
        },
    ),
    (
        "recommendations",
        "Recommendations",
        "recommendation",
        {
            "id": "",
            "number": "its number",
            "title": "its subject",
            "asks": "what it asks for, in our words",
            "wording_read": "how much of the official wording was read",
            "state": "done, part-done, enacted, under-way, no-evidence or disputed",
            "as_of": "",
            "sources": "",
            "address": "",
        },
    ),
    (
        "recommendation-entries",
        "What was said, done and judged",
        "recommendation",
        {
            "recommendation": "id of the recommendation",
            "list": "said, done or judged",
            "date": "",
            "who": "id of who said, did or judged it",
            "text": "",
            "sources": "",
        },
    ),
    (
        "numbers",
        "Numbers",
        "number",
        {
            "id": "",
            "label": "what the figure is called",
            "value": "the figure as it is printed",
            "definition": "what it counts",
            "as_of": "",
            "avoid": "how it is misquoted",
            "sources": "",
            "address": "",
        },
    ),
    (
        "number-history",
        "Earlier and later values",
        "number",
        {
            "number": "id of the figure",
            "value": "the figure as it was printed",
            "as_of": "",
            "note": "what to know about it",
            "sources": "",
        },
    ),
    (
        "open-questions",
        "Not known yet",
        "unknown",
        {
            "id": "",
            "question": "what is not known",
            "why": "why it is not known",
            "who_could_answer": "who could answer",
            "expected": "when an answer is expected",
            "as_of": "",
            "sources": "",
            "address": "",
        },
    ),
    (
        "sources",
        "Sources",
        "source",
        {
            "id": "",
            "title": "its title",
            "type": "its form, in the words of CSL",
            "author": "who wrote it",
            "publisher": "who published it",
            "issued": "when it was published",
            "tier": "primary, official, research, legal, news or comment",
            "url": "its web address, where it may be linked",
            "archived_url": "an archived copy",
            "checked": "when it was last looked at",
            "address": "",
        },
    ),
)
"""Each table: id, title, the kind of record that it is made of, and its columns; an empty meaning is a common one."""

_FEEDS = (
    Link("", "file", "What changed, as an Atom feed", "", "/feed.xml"),
    Link("", "file", "What changed, as a JSON Feed", "", "/feed.json"),
    Link("", "file", "A guide for language models", "", "/llms.txt"),
)


def has_tables(index: SiteIndex) -> bool:
    """Say whether there is anything to tabulate."""
    return any(index.of_kind(kind) for _, _, kind, _ in _TABLES)


def weave_tables(index: SiteIndex) -> Iterator[PagePlan]:
    """Give the data page and, for each table, a file of each form; nothing where there is nothing to tabulate."""
    tables = [table for table in _tables(index) if table.rows]
    if not tables:
        return
    link = indexes.DATA
    about = "Everything that this site counts and lists, to use elsewhere."
    whole_briefing = [form for form in (indexes.VOLUME, indexes.PDF) if index.catalogue.at(form.address)]
    page = replace(start_page(index, link.address, "data.html", link.title), summary=about)
    page = replace(page, groups=(Group("", "forms", links=(*whole_briefing, *_FEEDS)),))
    counted = tuple(replace(table, rows=((),) * len(table.rows)) for table in tables)
    yield plan_page(replace(page, tables=counted))  # the page says how many rows there are, not what stands in them
    for table in tables:
        for ending in ("csv", "json"):
            address = f"/data/{table.id}.{ending}"
            yield plan_page(Page(address, ending, "file", table.title, "", index.site.language, tables=(table,)))


def _tables(index: SiteIndex) -> Iterator[Table]:
    for name, title, kind, columns in _TABLES:
        meant = tuple(Column(column, meaning or _COMMON[column]) for column, meaning in columns.items())
        rows = [row for record in index.of_kind(kind) for row in _ROWS[name](index, record)]
        yield Table(name, title, meant, tuple(tuple(row.get(column.name, "") for column in meant) for row in rows))


Row = dict[str, str]


def _row(index: SiteIndex, record: Record, **fields: str) -> Row:
    address = index.site.base_url + index.catalogue.links[record.id].address
    common = {"id": record.id, "as_of": record.as_of, "sources": _ids(record.sources), "address": address}
    return common | fields


def _ids(named: Iterable[CitedSource | Ref]) -> str:
    """Return the ids of cited sources and named records, each once."""
    return " ".join(dict.fromkeys(one.key if isinstance(one, CitedSource) else one.id for one in named))


def _say(index: SiteIndex, record: Record, prose: ParsedProse | None) -> str:
    return index.resolver.plain(prose, record.path) if prose else ""


def _event_rows(index: SiteIndex, record: Record) -> Iterator[Row]:
    if isinstance(event := record.detail, Event):
        yield _row(
            index,
            record,
            date=event.date,
            date_words=event.words,
            title=record.title,
            text=_say(index, record, event.text),
            who=_ids(event.who),
            where=_ids(event.where),
            planned="yes" if event.planned else "no",
        )


def _recommendation_rows(index: SiteIndex, record: Record) -> Iterator[Row]:
    if isinstance(asked := record.detail, Recommendation):
        yield _row(
            index,
            record,
            number=str(asked.number),
            title=record.title,
            asks=_say(index, record, asked.asks),
            wording_read=asked.read,
            state=asked.state,
        )


def _entry_rows(index: SiteIndex, record: Record) -> Iterator[Row]:
    if isinstance(asked := record.detail, Recommendation):
        for name in ("said", "done", "judged"):
            for entry in getattr(asked, name):
                yield _entry_row(index, record, name, entry)


def _entry_row(index: SiteIndex, record: Record, name: str, entry: ParsedEntry) -> Row:
    return {
        "recommendation": record.id,
        "list": name,
        "date": entry.date,
        "who": _ids([entry.who] if entry.who else []),
        "text": _say(index, record, entry.text),
        "sources": _ids(entry.sources),
    }


def _number_rows(index: SiteIndex, record: Record) -> Iterator[Row]:
    if isinstance(number := record.detail, Number):
        definition = _say(index, record, number.definition)
        yield _row(
            index,
            record,
            label=record.title,
            value=number.value,
            definition=definition,
            avoid=" ".join(number.avoid),
        )


def _history_rows(index: SiteIndex, record: Record) -> Iterator[Row]:
    if isinstance(number := record.detail, Number):
        for value in number.history:
            yield _history_row(index, record, value)


def _history_row(index: SiteIndex, record: Record, value: ParsedValue) -> Row:
    return {
        "number": record.id,
        "value": value.value,
        "as_of": value.as_of,
        "note": _say(index, record, value.note),
        "sources": _ids(value.sources),
    }


def _unknown_rows(index: SiteIndex, record: Record) -> Iterator[Row]:
    if isinstance(unknown := record.detail, Unknown):
        yield _row(
            index,
            record,
            question=record.title,
            why=_say(index, record, unknown.why),
            who_could_answer=_say(index, record, unknown.who_could_answer),
            expected=_say(index, record, unknown.expected),
        )


def _source_rows(index: SiteIndex, record: Record) -> Iterator[Row]:
    if isinstance(work := record.detail, SourceDetail):
        yield _row(
            index,
            record,
            title=record.title,
            type=work.type,
            author=work.author,
            publisher=work.publisher,
            issued=work.issued,
            tier=work.tier,
            url=work.url,
            archived_url=work.archived_url,
            checked=work.checked,
        )


_ROWS: dict[str, Callable[[SiteIndex, Record], Iterator[Row]]] = {
    "timeline": _event_rows,
    "recommendations": _recommendation_rows,
    "recommendation-entries": _entry_rows,
    "numbers": _number_rows,
    "number-history": _history_rows,
    "open-questions": _unknown_rows,
    "sources": _source_rows,
}
