"""The sections of a page that has editions, for comparing it with the version that they were made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

from briefing.model.documents import Outline
from briefing.model.editions import Original, Section
from briefing.model.records import PageDetail, Record
from briefing.model.text import Citation, CitedSource, NumberRef, ParsedProse, Placeholder, Ref, Reference
from briefing.text.sections import HEAD, split_sections

_UNSEEN = {"span", "kinds", "minutes", "needs_primary", "quiet"}
"""Fields that no reader sees, and one that follows from the text."""


def read_original(outline: Outline, body: str, language: str) -> Original | None:
    """Return the sections of the page in a file, with all that readers see; None for a file that could not be read."""
    if not outline.records:
        return None
    record = outline.records[0]
    language = record.lang or language
    split = split_sections(body, language, _shown(record.text.placeholders if record.text else ()).__getitem__)
    first, *others = [Section(*found) for found in split]
    assert first.id == HEAD
    front = (record.title, record.summary, *_front_matter(record, language))
    return Original(record.id, (replace(first, sentences=(*filter(None, front), *first.sentences)), *others))


def _front_matter(record: Record, language: str) -> Iterator[str]:
    """Yield what the fields of a page say to readers, each with its name.

    Its notes of changes are left out: they tell what became of this page, and an edition has notes of its own.
    """
    for field in record.extra:
        yield f"{field.label}: {', '.join(field.values)}"
    named: list[tuple[str, object]] = [(name, getattr(record, name)) for name in ("as_of", "check_by", "topics")]
    if isinstance(record.detail, PageDetail):
        named += [(one.name, getattr(record.detail, one.name)) for one in fields(record.detail)]
    for name, value in named:
        if name not in _UNSEEN:
            yield from (f"{name}: {said}" for said in _say(value, language))


def _shown(placeholders: Sequence[Placeholder]) -> list[str]:
    """Return what each placeholder of a text shows, as a writer types it where that is short."""
    return ["; ".join(_say(one, "")) for one in placeholders]


def _say(value: object, language: str) -> Iterator[str]:
    """Yield all that a value says to readers, in the order of its fields."""
    match value:
        case ParsedProse():
            shown = _shown(value.placeholders)
            for _, _, sentences in split_sections(value.html, language, shown.__getitem__):
                yield from sentences
        case Reference():
            yield f"[[{value.target}{value.heading and f'#{value.heading}'}]]"
        case Ref():
            yield f"[[{value.id}]]"
        case NumberRef():
            yield f"[[={value.number}]]"
        case CitedSource():
            key = f"@{value.key}{value.passage and f'#{value.passage}'}"
            yield ", ".join(filter(None, (f"{value.prefix} {key}".lstrip(), value.locator)))
        case Citation():
            yield f"[{'; '.join(_say(value.items, language))}]{value.typed}"
        case tuple():
            for one in value:
                yield from _say(one, language)
        case str() | int() | float() | None:
            yield from (str(value),) if value else ()
        case _:
            for field in fields(value):  # type: ignore[arg-type]
                if field.name not in _UNSEEN:
                    yield from _say(getattr(value, field.name), language)
