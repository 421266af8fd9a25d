"""Open data: the page that describes the tables, and each table as CSV and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.model.kinds import KINDS
from briefing.model.pages import Column, Group, Page, Table
from briefing.model.records import Passage, Recommendation, Record, SourceDetail
from briefing.model.steps import PagePlan
from briefing.model.text import CitedSource, ParsedProse, Ref
from briefing.model.vocabulary import AXES, statuses_of
from briefing.values import dataclass
from briefing.weave.pages.checked import has_evidence
from briefing.weave.pages.links import BOOK, DATA, FEEDS, PDF, SINGLE_FILE
from briefing.weave.site_index import SiteIndex, plan_page, start_page


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its name, what it means, and the field that it is read from, where that has another name."""

    name: str
    meaning: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class _Table:
    """A table: the kind of records in it, and its columns.

    Each record is a row; where `lists` names fields of its detail, each entry of these lists is a row instead.
    """

    id: str
    title: str
    kind: str
    columns: tuple[_Column, ...]
    lists: tuple[str, ...] = ()


_ID = _Column("id", "permanent name of the record")
_ADDRESS = _Column("address", "where to read about it")
_AS_OF = _Column("as_of", "day, month or year on which it was true")
_TITLE = _Column("title", "its title")
_SUMMARY = _Column("summary", "what it is")
_SOURCES = _Column("sources", "ids of its sources, see sources")
_TEXT = _Column("text", "what is said, in plain words")
_DATE = _Column("date", "day, month or year, as exact as the source")

_TABLES = (
    _Table(
        id="timeline",
        title="Timeline",
        kind="event",
        columns=(
            _ID,
            _DATE,
            _Column("time", "when it began on its day"),
            _Column("until", "its last day, month or year"),
            _Column("until_time", "when it ended on its last day"),
            _Column("circa", "yes where the date is not certain"),
            _Column("date_words", "the date in words, where it is known less exactly", "words"),
            _Column("title", "what happened"),
            _TEXT,
            _Column("who", "ids of the people and organisations concerned"),
            _Column("where", "ids of the places concerned"),
            _Column("planned", "yes where it was planned and is not known to have happened"),
            _SOURCES,
            _ADDRESS,
        ),
    ),
    _Table(
        id="recommendations",
        title="Recommendations",
        kind="recommendation",
        columns=(
            _ID,
            _Column("number", "its number"),
            _Column("title", "its subject"),
            _Column("asks", "what it asks for, in our words"),
            _Column("wording_read", "how much of the official wording was read", "read"),
            _Column("response", "{response}"),
            _Column("response_since", "when that response was given", "since said"),
            _Column("delivery", "{delivery}"),
            _Column("delivery_since", "when that was so, as far as is known", "since done"),
            _Column("judged", "{judged}", "verdict"),
            _Column("judged_since", "when that was found", "since judged"),
            _Column("owner", "ids of those who have to carry it out"),
            _Column("due", "by when it was last promised", "due date"),
            _AS_OF,
            _SOURCES,
            _ADDRESS,
        ),
    ),
    _Table(
        id="recommendation-entries",
        title="What was said, done and judged",
        kind="recommendation",
        lists=("said", "done", "judged", "due"),
        columns=(
            _Column("recommendation", "id of the recommendation", "id"),
            _Column("list", "said, done, judged, or due for a date by which it was promised"),
            _DATE,
            _Column("from", "its status before, if the entry changes it", "before"),
            _Column("to", "its status since"),
            _Column("who", "id of who said, did or judged it"),
            _TEXT,
            _SOURCES,
        ),
    ),
    _Table(
        id="numbers",
        title="Numbers",
        kind="number",
        columns=(
            _ID,
            _Column("label", "what the figure is called", "title"),
            _Column("value", "the figure as it is printed"),
            _Column("definition", "what it counts"),
            _AS_OF,
            _Column("avoid", "how it is misquoted"),
            _SOURCES,
            _ADDRESS,
        ),
    ),
    _Table(
        id="number-history",
        title="Earlier and later values",
        kind="number",
        lists=("history",),
        columns=(
            _Column("number", "id of the figure", "id"),
            _Column("value", "the figure as it was printed"),
            _AS_OF,
            _Column("note", "what to know about it"),
            _SOURCES,
        ),
    ),
    _Table(
        id="open-questions",
        title="Not known yet",
        kind="unknown",
        columns=(
            _ID,
            _Column("question", "what is not known", "title"),
            _Column("why", "why it is not known"),
            _Column("who_could_answer", "who could answer"),
            _Column("expected", "when an answer is expected"),
            _AS_OF,
            _SOURCES,
            _ADDRESS,
        ),
    ),
    _Table(
        id="sources",
        title="Sources",
        kind="source",
        columns=(
            _ID,
            _Column("title", "its title"),
            _Column("type", "its form, in the words of CSL"),
            _Column("author", "who wrote it"),
            _Column("publisher", "who published it"),
            _Column("issued", "when it was published"),
            _Column("tier", "{tiers}"),
            _Column("url", "its web address, where it may be linked"),
            _Column("archived_url", "an archived copy"),
            _Column("checked", "when it was last looked at"),
            _ADDRESS,
        ),
    ),
)

_PASSAGES = _Table(
    id="passages",
    title="Passages",
    kind="source",
    lists=("passages",),
    columns=(
        _Column("source", "id of the source", "id of record"),
        _Column("passage", "id of the passage", "id"),
        _Column("locator", "the place in the source"),
        _Column("says", "what it says, in our words"),
        _Column("result", "found, elsewhere, not-found or unchecked: whether its words are in a copy", "result state"),
        _Column("page", "the page of the copy, as it is printed", "result label"),
        _Column("compared", "the day on which that was found", "result day"),
        _Column("kept", "the day on which the copy was kept"),
        _ADDRESS,
    ),
)
"""A table of sites that compare passages with copies."""


PACKAGE = "/data/datapackage.json"
"""The description of all tables for programs."""


def _tables(index: SiteIndex) -> Iterator[_Table]:
    """Yield ours, and a table for each kind of the site's own."""
    yield from _TABLES
    if has_evidence(index):
        yield _PASSAGES
    for kind in index.site.kinds:
        if kind.name not in {one.name for one in KINDS}:
            yield _Table(kind.home, kind.plural, kind.name, (_ID, _TITLE, _SUMMARY, _AS_OF, _SOURCES, _ADDRESS))


def has_tables(index: SiteIndex) -> bool:
    """Return whether the site has records that go into a table."""
    return any(index.of_kind(table.kind) for table in _tables(index))


def table_pages(index: SiteIndex) -> Iterator[PagePlan]:
    """Plan the data page and two files for each table that has rows; nothing if none has."""
    tables = [filled for table in _tables(index) if (filled := _fill(index, table)).rows]
    if not tables:
        return
    about = index.say("Everything that this site counts and lists, to use elsewhere.")
    editions = [link for link in (SINGLE_FILE, BOOK, PDF) if index.catalogue.at(link.address)]
    forms = tuple(index.link(link) for link in (*editions, *FEEDS))
    page = replace(start_page(index, DATA.address, "data.html", index.say(DATA.title)), summary=about)
    groups = [Group("", "forms", links=forms)]
    if documents := index.resolver.files.documents(index.words):
        groups.append(Group(index.say("Documents"), "documents", links=documents))
    page = replace(page, groups=tuple(groups))
    counted = tuple(replace(table, rows=((),) * len(table.rows)) for table in tables)
    yield plan_page(replace(page, tables=counted))  # the page shows how many rows there are, and not their cells
    described = tuple(replace(table, rows=()) for table in tables)
    yield plan_page(
        replace(page, address=PACKAGE, template="datapackage.json", kind="file", groups=(), tables=described)
    )
    for table in tables:
        for ending in ("csv", "json"):
            address = f"/data/{table.id}.{ending}"
            yield plan_page(Page(address, ending, "file", table.title, "", index.site.language, tables=(table,)))


def _fill(index: SiteIndex, table: _Table) -> Table:
    """Return a table with its rows, and a column more for each field of the site's own that its records have."""
    if not table.lists:
        own = {field.name: field.label for one in index.of_kind(table.kind) for field in one.extra}
        named = {column.name for column in table.columns}
        more = (_Column(f"{'extra_' if name in named else ''}{name}", own[name], f"extra {name}") for name in own)
        table = replace(table, columns=(*table.columns, *more))
    words = {
        **{
            f"{{{axis}}}": index.words.listed([one.name for one in statuses_of(index.site.statuses, axis)], "or")
            for axis in AXES
        },
        "{tiers}": index.words.listed([tier.name for tier in index.site.tiers], "or"),
    }
    columns = tuple(Column(one.name, _put_words(index.say(one.meaning), words)) for one in table.columns)
    rows = [row for record in index.of_kind(table.kind) for row in _rows(index, table, record)]
    return Table(table.id, index.say(table.title), columns, tuple(rows))


def _put_words(meaning: str, words: dict[str, str]) -> str:
    """Return a meaning with the words of the site in place of their names."""
    for name, listed in words.items():
        meaning = meaning.replace(name, listed)
    return meaning


def _rows(index: SiteIndex, table: _Table, record: Record) -> Iterator[tuple[str, ...]]:
    lists = {name: getattr(record.detail, name) for name in table.lists} or {"": (record.detail,)}
    for name, entries in lists.items():
        for entry in entries:
            yield tuple(_cell(index, record, _value(index, record, name, entry, column)) for column in table.columns)


def _value(index: SiteIndex, record: Record, list_name: str, entry: object, column: _Column) -> object:
    """Return what a column shows of a row, which is a record's detail or an entry of one of its lists."""
    match column.field or column.name:
        case "address":
            return index.site.base_url + index.catalogue.links[record.id].address
        case "list":
            return list_name
        case "id of record":
            return record.id
        case "kept":
            return record.detail.copy.day if isinstance(record.detail, SourceDetail) and record.detail.copy else ""
        case field if field.startswith("since "):
            return next((one.date for one in reversed(getattr(record.detail, field[6:])) if one.to), "")
        case "due date":
            return record.detail.due[-1].date if isinstance(record.detail, Recommendation) and record.detail.due else ""
        case field if field.startswith("result ") and isinstance(entry, Passage):
            return getattr(entry.result, field[7:], "")
        case field if field.startswith("extra "):
            return "; ".join(
                _plain(own.form, value) for own in record.extra if own.name == field[6:] for value in own.values
            )
        case field:
            return getattr(entry, field) if hasattr(entry, field) else getattr(record, field)


def _plain(form: str, value: str) -> str:
    return ("yes" if value == "true" else "no") if form == "yes-no" else value


def _cell(index: SiteIndex, record: Record, value: object) -> str:
    """Return a value in plain words, named records and sources as their ids."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case ParsedProse():
            return index.resolver.plain(value, record.path)
        case Ref():
            return value.id
        case CitedSource():
            return value.key
        case tuple():
            return " ".join(dict.fromkeys(_cell(index, record, one) for one in value))
        case _:
            return str(value)
