"""One source to one document, by kind of record.

Pure: the same bytes under the same path give the same document. Mistakes come back as problems in it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from unicodedata import category

from briefing.incremental.hashed import Hashed
from briefing.model.documents import Document, Outline
from briefing.model.files import UNCOUNTED, Coverage, Source
from briefing.model.kinds import BY_NAME
from briefing.model.records import (
    Change,
    Event,
    Heading,
    Number,
    PageDetail,
    ParsedDetail,
    Recommendation,
    Record,
    SourceDetail,
    StyleRule,
    Support,
    Term,
    Unknown,
)
from briefing.model.text import CitedSource, ParsedProse
from briefing.parse.checked import check_fields, load_fields
from briefing.parse.context import FileContext
from briefing.parse.front_matter import split
from briefing.parse.markdown.convert import convert
from briefing.parse.record_fields import read_cites, read_detail, read_disputes, read_prose, read_proses, read_refs
from briefing.parse.settings import read_blocked_names, read_site
from briefing.parse.yaml_tree import Fields, Listing
from briefing.problems import Finding
from briefing.text.plain_words import plain_words
from briefing.text.source_text import Lines, ReadError, decode

WORDS_A_MINUTE = 230
"""Reading speed of adults for English non-fiction: 238 words a minute, rounded down (Brysbaert 2019)."""


def parse(source: Source) -> Document:
    """Turn one content file into a document."""
    context = FileContext(source.path, Lines.of(""))
    outline, body, coverage = Outline(source.path, ()), "", UNCOUNTED
    try:
        context.lines = Lines.of(decode(source.path, source.data.value))
        if source.kind == "site":
            outline = Outline(source.path, (), read_site(context))
        elif source.kind == "never-publish":
            outline = Outline(source.path, (), blocked_names=read_blocked_names(context))
        elif BY_NAME[source.kind].own_file:
            record, body, coverage = _read_article(source, context)
            outline = Outline(source.path, (record,))
        else:
            outline = Outline(source.path, _read_list(source, context))
    except ReadError as fault:
        context.problems.append(fault.problem)
        outline = Outline(source.path, (), None, _ids_in(source, context.lines.text))
    return Document(
        source.path,
        Hashed.of(outline),
        Hashed.of(body),
        Hashed.of(tuple(context.spans)),
        Hashed.of(context.said),
        tuple(context.problems),
        coverage,
    )


def _ids_in(source: Source, text: str) -> tuple[str, ...]:
    """Guess which records a file holds that cannot be read, so that links to them are not reported as well."""
    kind = BY_NAME.get(source.kind)
    if kind and kind.own_file:
        return (PurePosixPath(source.path).stem,)
    return tuple(re.findall(r"^[ \t-]*id:[ \t]*[\"']?([\w-]+)", text, re.MULTILINE))


# Briefs and pages


def _read_article(source: Source, context: FileContext) -> tuple[Record, str, Coverage]:
    """Read a file that is one record: front matter and Markdown, or YAML with sections."""
    path, text = PurePosixPath(source.path), context.lines.text
    if path.suffix == ".md":
        front, start = split(source.path, text)
        fields = check_fields(load_fields(front, text.index("\n") + 1, context), source.kind, context)
        markdown = text[start:]
        if sections := fields.key("sections"):
            hint = "write the text below the front matter, or use a file that ends in .yaml"
            finding = Finding("sections", "a Markdown file cannot have a sections field", hint)
            context.add_problem(finding, sections.start, sections.end)
    else:
        fields, start = check_fields(load_fields(text, 0, context), source.kind, context), 0
        markdown = "".join(_section(section) for section in fields.children("sections"))
    body = convert(markdown, start, len(text), context)
    in_brief = read_proses(fields, "in_brief", context)
    has_list = isinstance(fields.get("not_known"), Listing)
    unknowns = read_refs(fields, "not_known", context, ("unknown",)) if has_list else ()
    article = PageDetail(
        sensitivity=fields.text("sensitivity"),
        in_brief=in_brief,
        not_known=unknowns,
        disputed=read_disputes(fields, "disputed", context),
        none_unknown=fields.text("not_known"),
        minutes=max(1, round(body.words / WORDS_A_MINUTE)),
        needs_primary=fields.flag("needs_primary"),
        quiet=fields.flag("quiet"),
    )
    coverage = context.coverage
    prose = replace(body.prose, html="", body=0)
    name = path.stem
    if not _is_id(name):
        hint = "rename it: use letters, digits and single hyphens"
        context.add_problem(Finding("id", f"the file name “{name}” cannot be an address", hint), 0, 3)
    if fields.text("id", name) != name:
        given = fields.scalar("id") or fields
        finding = Finding("id", f"the id must be the file name, {name}", "delete the id, or rename the file")
        context.add_problem(finding, given.start, given.end)
    record = _record(source, fields, name, article, context, prose, body.headings, body.anchors)
    return record, body.prose.html, coverage


def _is_id(name: str) -> bool:
    """Say whether a file's name can be an address: letters of any script with their marks, digits, single hyphens."""
    parts = name.split("-")
    return all(parts) and all(sign.isalnum() or category(sign).startswith("M") for part in parts for sign in part)


def _section(section: Fields) -> str:
    """Write a section of a YAML brief as the Markdown that it stands for."""
    name = f" {{#{section.text('id')}}}" if section.text("id") else ""
    return f"## {section.text('heading')}{name}\n\n{section.text('body')}\n\n"


# Record files


def _read_list(source: Source, context: FileContext) -> tuple[Record, ...]:
    """Read a file of records: a list, a Zotero export with its list under `references`, or a single one."""
    tree = load_fields(context.lines.text, 0, context)
    if isinstance(tree, Fields):
        references = tree.get("references")
        tree = references if isinstance(references, Listing) else Listing((tree,), tree.start, tree.end)
    items = tree.items if isinstance(tree, Listing) else ()
    if tree is not None and not isinstance(tree, Listing):
        check_fields(tree, source.kind, context)
    records, kind = [], BY_NAME[source.kind]
    for item in items:
        fields = check_fields(item, source.kind, context)
        name = fields.text("id")
        if not name:
            continue
        context.record_cites = not kind.makes_statements or bool(fields.get("sources") or fields.get("source"))
        text = fields.scalar("text")
        body = convert(text.text, text.start, text.end, context) if text and kind.has_body else None
        detail = read_detail(source.kind, fields, context)
        prose, headings = (body.prose, body.headings) if body else (None, ())
        records.append(_record(source, fields, name, detail, context, prose, headings, body.anchors if body else ()))
    return tuple(records)


def _record(
    source: Source,
    fields: Fields,
    name: str,
    detail: ParsedDetail,
    context: FileContext,
    text: ParsedProse | None,
    headings: tuple[Heading, ...],
    anchors: tuple[str, ...],
) -> Record:
    """Read what all kinds of record share."""
    context.record_cites = True  # a change note speaks of the page, not of the matter
    key = fields.scalar("id")
    span = context.span(key.start, key.end) if key else context.span(0, 3)
    changes = tuple(
        Change(change.text("date"), change.text("kind"), read_prose(change, "text", context))
        for change in fields.children("changes")
    )
    changes = tuple(sorted(changes, key=lambda change: change.date, reverse=True))
    plain_fields = (*_TITLES, "summary", "sensitivity")
    for words in (fields.text(name) for name in plain_fields if name != "id"):
        if words:
            context.add_sentence(words, False, True)
    return Record(
        id=name,
        kind=source.kind,
        path=source.path,
        span=span,
        title=next((fields.text(field) for field in _TITLES if fields.text(field)), name),
        summary=_summary(fields, detail),
        text=text,
        headings=headings,
        sources=() if source.kind == "source" else _sources(fields, context),
        detail=detail,
        aka=fields.texts("aka"),
        redirect_from=fields.texts("redirect_from"),
        as_of=fields.text("as_of"),
        check_by=fields.text("check_by"),
        updated=max(fields.text("updated"), changes[0].date if changes else ""),
        draft=fields.flag("draft"),
        lang=fields.text("lang"),
        topics=fields.texts("topics"),
        order=fields.integer("order"),
        changes=changes,
        anchors=anchors,
    )


def _sources(fields: Fields, context: FileContext) -> tuple[CitedSource, ...]:
    """Read what a record rests on; in a source, `source` is CSL's word for the catalogue that it was found in."""
    return read_cites(fields, "sources", context) + read_cites(fields, "source", context)


_TITLES = ("title", "name", "term", "label", "question", "id")
"""What kinds of record call their title, in the order to look for it."""


def _summary(fields: Fields, detail: ParsedDetail) -> str:
    """Give one plain line about the record, for lists and previews."""
    match detail:
        case Term():
            return plain_words(detail.meaning.html)
        case Event():
            return plain_words(detail.text.html) if detail.text else ""
        case Recommendation():
            return plain_words(detail.asks.html)
        case Number():
            return plain_words(detail.definition.html)
        case Unknown():
            return plain_words(detail.why.html)
        case SourceDetail():
            return ", ".join(filter(None, (detail.publisher or detail.author, detail.issued)))
        case Support():
            return detail.who_for
        case StyleRule():
            return plain_words(detail.prefer.html)
        case _:
            return fields.text("summary")
