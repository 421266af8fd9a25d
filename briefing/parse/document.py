"""The step itself: one source file in, one document out, with every mistake in the file as a problem."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from briefing.incremental.hashed import Hashed, digest
from briefing.model.addresses import compose, is_id
from briefing.model.documents import Document, Outline
from briefing.model.editions import MadeFrom
from briefing.model.files import UNCOUNTED, Coverage
from briefing.model.kinds import Kind, by_name
from briefing.model.records import Change, ParsedDetail, PastDate, Record, SourceDetail
from briefing.model.steps import Source
from briefing.model.text import CitedSource, ParsedProse
from briefing.parse.accepted import read_accepted
from briefing.parse.checked import check_fields, load_fields
from briefing.parse.context import FileContext
from briefing.parse.csl import work_id
from briefing.parse.field_values import read_cites, read_prose
from briefing.parse.front_matter import split
from briefing.parse.markdown.convert import Body, convert
from briefing.parse.markdown.easy_read import read_fields
from briefing.parse.own_fields import read_extra
from briefing.parse.record_fields import read_detail
from briefing.parse.schemas import name_schema, schema
from briefing.parse.settings import read_blocked_names, read_site
from briefing.parse.yaml_tree import Fields, Listing, Scalar
from briefing.problems import Finding
from briefing.suggestions import no_template
from briefing.text.dates import first_day
from briefing.text.hidden import IN_FIELDS, IN_TEXT, refuse_hidden
from briefing.text.plain_words import plain_words
from briefing.text.source_text import Lines, ReadError, decode


def parse(source: Source) -> Document:
    """Turn one content file into a document."""
    context = FileContext(source.path, Lines.of(""), source.vocabulary.value, source.tables)
    kind = by_name(context.vocabulary.kinds).get(source.kind)
    outline, body, coverage = Outline(source.path, ()), "", UNCOUNTED
    try:
        text, hidden = refuse_hidden(
            decode(source.path, source.data.value), IN_TEXT if source.path.endswith(".md") else IN_FIELDS
        )
        context.lines = Lines.of(text)
        for one, finding in hidden:
            context.add_problem(finding, one.at, one.at + 1)
        if source.kind == "site":
            outline = Outline(source.path, (), read_site(context))
        elif source.kind == "never-publish":
            outline = Outline(source.path, (), blocked_names=read_blocked_names(context))
        elif kind and kind.own_file:
            record, body, coverage = _read_own_file(source, kind, context)
            outline = Outline(source.path, (record,), is_unread=not is_id(record.id))
        elif kind:
            records, is_whole = _read_list(kind, context)
            outline = Outline(source.path, records, is_unread=not is_whole)
        else:  # a kind of the site's own, whose definition could not be read
            outline = Outline(source.path, (), None, _ids_in(source, kind, context.lines.text), is_unread=True)
    except ReadError as error:
        context.problems.append(error.problem)
        outline = Outline(source.path, (), None, _ids_in(source, kind, context.lines.text), is_unread=True)
    if context.bracketed:
        outline = replace(outline, bracketed=tuple(context.bracketed))
    return Document(
        source.path,
        Hashed.of(outline),
        Hashed.of(body),
        Hashed.of(tuple(context.spans)),
        Hashed.of(context.said),
        tuple(context.problems),
        tuple(context.hosts.items()),
        tuple(context.codes.items()),
        coverage,
        tuple(context.blocks),
        tuple(context.starts),
        tuple(context.accepted),
        tuple(context.files),
        next((record.edition_of for record in outline.records), ""),
        digest(tuple((run.sourced, words) for run in context.said for words in run.sentences)),
    )


def _ids_in(source: Source, kind: Kind | None, text: str) -> tuple[str, ...]:
    """Guess the names of the records in a file that cannot be read, so that links to them are not reported too."""
    if kind and kind.own_file:
        return (compose(PurePosixPath(source.path).stem),)
    named = [words.strip(" \"'") for words in _NAMED.findall(text)]
    stem = () if kind else (PurePosixPath(source.path).stem,)
    return tuple(dict.fromkeys((*stem, *named, *(one for words in named for one in words.split(", ")))))


_NAMED = re.compile(r"\b(?:id|title|name|term|question|label|aka):[ \t]*\[?([^\]}\n]*?)[ \t]*(?:[\]}\n]|,[ \t]*\w+:)")
"""The value of a field that names a record, however the rest of its file is broken."""


def _read_own_file(source: Source, kind: Kind, context: FileContext) -> tuple[Record, str, Coverage]:
    """Read a file that holds one record: front matter and Markdown, or YAML with sections."""
    path, text, schema = PurePosixPath(source.path), context.lines.text, name_schema(kind, context.vocabulary)
    if path.suffix == ".md":
        front, start = split(source.path, text)
        fields = check_fields(load_fields(front, text.index("\n") + 1, context), schema, context)
        markdown = text[start:]
        if sections := fields.key("sections"):
            hint = "write the text below the front matter, or use a file that ends in .yaml"
            finding = Finding("sections", "a Markdown file cannot have a sections field", hint)
            context.add_problem(finding, sections.start, sections.end)
    else:
        fields, start = check_fields(load_fields(text, 0, context), schema, context), 0
        markdown = "".join(_section(section) for section in fields.children("sections"))
    name = compose(path.stem)
    _check_file_name(name, fields, context)
    context.title = fields.text(kind.title_field)
    context.language = fields.text("lang") or context.vocabulary.language
    context.easy_read = bool(fields.text("form"))  # a misspelt one too, so that its symbols are no other mistakes
    body = convert(markdown, start, len(text), context)
    if context.easy_read:
        read_fields(fields, markdown, context)
    context.easy_read = False  # its change notes have no rows
    context.words = body.words
    detail = read_detail(kind, fields, context)
    coverage = context.coverage
    without_html = replace(body, prose=replace(body.prose, html="", body=0))
    return _read_record(kind, fields, name, without_html, detail, context), body.prose.html, coverage


def _check_file_name(name: str, fields: Fields, context: FileContext) -> None:
    if not is_id(name):
        hint = "rename it: use small letters, digits and single hyphens"
        context.add_problem(Finding("id", f"the file name “{name}” cannot be an address", hint), 0, 3)
    if compose(fields.text("id", name)) != name:
        given = fields.scalar("id") or fields
        finding = Finding("id", f"the id must be the file name, {name}", "delete the id, or rename the file")
        context.add_problem(finding, given.start, given.end)


def _section(section: Fields) -> str:
    """Return a section of a YAML file as the Markdown that it stands for."""
    name = f" {{#{section.text('id')}}}" if section.text("id") else ""
    body = section.scalar("body")
    return f"## {section.text('heading')}{name}\n\n{body.text if body else ''}\n\n"


def _read_list(kind: Kind, context: FileContext) -> tuple[tuple[Record, ...], bool]:
    """Read a file of records: a list, a Zotero export with its list under `references`, or a single record.

    Return also whether each record has an id.
    """
    tree, schema = load_fields(context.lines.text, 0, context), name_schema(kind, context.vocabulary)
    if isinstance(tree, Fields):
        references = tree.get("references")
        tree = references if isinstance(references, Listing) else Listing((tree,), tree.start, tree.end)
    items = tree.items if isinstance(tree, Listing) else ()
    if tree is not None and not isinstance(tree, Listing):
        check_fields(tree, schema, context)
    records, is_whole = [], True
    for item in items:
        fields = check_fields(item, schema, context)
        name = work_id(fields) if kind.name == "source" else compose(fields.text("id"))
        is_whole &= is_id(name)
        if name:
            context.language = fields.text("lang") or context.vocabulary.language
            context.record_cites = not kind.makes_statements or bool(fields.get("sources") or fields.get("source"))
            text = fields.scalar("text")
            body = convert(text.text, text.start, text.end, context) if text and kind.has_body else None
            detail = read_detail(kind, fields, context)
            records.append(_read_record(kind, fields, name, body, detail, context))
    return tuple(records), is_whole


def _read_record(
    kind: Kind, fields: Fields, name: str, body: Body | None, detail: ParsedDetail, context: FileContext
) -> Record:
    """Read the fields that all kinds share."""
    read_accepted(fields, context)
    context.record_cites = True  # a change note is about the page, not about the subject
    key = fields.scalar("id")
    span = context.span(key.start, key.end) if key else context.span(0, 3)
    changes = tuple(
        Change(change.text("date"), change.text("kind"), read_prose(change, "text", context))
        for change in fields.children("changes")
    )
    changes = tuple(sorted(changes, key=lambda change: change.date, reverse=True))
    edition = fields.scalar("edition_of")
    if edition is None:
        _check_no_edition(fields, context)
    summary, is_sentence = _summary(kind, fields, detail), kind.title_field == kind.summary_field
    for field in dict.fromkeys((*(() if is_sentence else (kind.title_field,)), "label", "summary", "sensitivity")):
        if (words := fields.text(field)) and (typed := fields.scalar(field)):
            context.add_sentence(words, typed.start, False, True)
    return Record(
        id=name,
        kind=kind.name,
        path=context.path,
        span=span,
        title=(summary if is_sentence else fields.text(kind.title_field)) or name,
        summary=summary,
        text=body.prose if body else None,
        headings=body.headings if body else (),
        sources=() if isinstance(detail, SourceDetail) else _read_sources(fields, context),
        detail=detail,
        aka=fields.texts("aka"),
        redirect_from=fields.texts("redirect_from"),
        as_of=fields.text("as_of"),
        check_by=_read_day(fields, "check_by"),
        updated=max(fields.text("updated"), changes[0].date if changes else ""),
        draft=fields.flag("draft"),
        publish_on=_read_day(fields, "publish_on"),
        expires_on=_read_day(fields, "expires_on"),
        lang=fields.text("lang"),
        edition_of=fields.text("edition_of"),
        edition_span=context.span(edition.start, edition.end) if edition else -1,
        form=fields.text("form"),
        made_from=_read_made_from(fields.child("made_from")),
        checked_by=fields.text("checked_by"),
        topics=fields.texts("topics"),
        order=fields.integer("order"),
        changes=changes,
        extra=read_extra(kind, fields, context),
        template=_template(fields, context),
        anchors=body.anchors if body else (),
        past=tuple(PastDate(name, one.text, context.span(one.start, one.end)) for name, one in _past(fields)),
    )


def _past(fields: Fields) -> Iterator[tuple[str, Scalar]]:
    """Yield the dates of what was said, done, judged, published and checked, with the names of their fields."""
    parts = [(name, "date", one) for name in ("said", "done", "judged") for one in fields.children(name)]
    parts += [
        ("disputed", "date", one) for dispute in fields.children("disputed") for one in dispute.children("positions")
    ]
    parts += [("passages", "checked", one) for one in fields.children("passages")]
    parts += [("history", "as_of", one) for one in fields.children("history")]
    parts += [(name, name, fields) for name in ("issued", "checked")]
    for name, field, one in parts:
        if isinstance(one.get(field), Scalar) and (found := one.scalar(field)):
            yield name, found


def _check_no_edition(fields: Fields, context: FileContext) -> None:
    """Report what only an edition has on a page that is none."""
    for key in filter(None, map(fields.key, ("form", "checked_by", "made_from"))):
        message = f"“{key.text}” is for editions, and this page is none: it has no edition_of"
        hint = "write edition_of: with the id of the page that it was made from, or delete this"
        context.add_problem(Finding("edition", message, hint), key.start, key.end)


def _read_made_from(fields: Fields) -> MadeFrom | None:
    sections = fields.child("sections")
    marks = tuple((key.text, tuple(sections.text(key.text).split())) for key in sections.keys)
    return MadeFrom(fields.text("on"), marks) if fields.text("on") else None


def _read_day(fields: Fields, name: str) -> str:
    """Return a day; nothing for what is not a day, which is reported by itself."""
    words = fields.text(name)
    first, last = schema("common")["$defs"]["day"]["years"]
    is_day = len(words) == len("2026-01-31") and first_day(words) and first <= int(words[:4]) <= last
    return words if is_day else ""


def _template(fields: Fields, context: FileContext) -> str:
    """Return the template that a record names; report one that the site does not have."""
    named, templates = fields.scalar("template"), context.vocabulary.templates
    if named and named.text not in templates:
        context.add_problem(no_template(named.text, templates), named.start, named.end)
    return named.text if named else ""


def _read_sources(fields: Fields, context: FileContext) -> tuple[CitedSource, ...]:
    """Read what a record cites; a source has another field `source`, CSL's name for a catalogue."""
    return read_cites(fields, "sources", context) + read_cites(fields, "source", context)


def _summary(kind: Kind, fields: Fields, detail: ParsedDetail) -> str:
    """Return what a record is in one line of plain words, for lists and previews."""
    if isinstance(detail, SourceDetail):
        return ""  # weave writes it in the words of the interface
    text = getattr(detail, kind.summary_field, None)
    return plain_words(text.html) if isinstance(text, ParsedProse) else fields.text(kind.summary_field)
