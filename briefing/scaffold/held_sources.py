"""The sources that a site has, with their places in its files; and how they go out to other programs."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.bibliography.formats import Format, write_export
from briefing.bibliography.nodes import mapping, pairs, scalar
from briefing.bibliography.works import is_csl, settle
from briefing.parse.csl import work_id
from briefing.parse.vocabulary import read_sources
from briefing.parse.yaml_tree import Fields, Listing, Node, load
from briefing.problems import BuildError
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.text.source_text import Lines, ReadError, decode
from briefing.values import dataclass


@dataclass(frozen=True, slots=True)
class Held:
    """A record that the site has: its file, the text of that, and its fields with their places."""

    path: str
    text: str
    fields: Fields


def held_sources(project: Project) -> Iterator[Held]:
    """Yield the sources of the site. Raises ReadError for a file that cannot be read."""
    return held_records(project, "source")


def held_records(project: Project, kind: str) -> Iterator[Held]:
    """Yield the records of a kind that is kept in YAML. Raises ReadError for a file that cannot be read."""
    for source in read_sources(read(project))[1]:
        if source.kind == kind:
            text = decode(source.path, source.data.value)
            yield from (Held(source.path, text, one) for one in _items(load(source.path, text, Lines.of(text))[0]))


def _items(tree: Node | None) -> Iterator[Fields]:
    if isinstance(tree, Fields):
        references = tree.get("references")
        tree = references if isinstance(references, Listing) else Listing((tree,), 0, 0)
    yield from (one for one in (tree.items if isinstance(tree, Listing) else ()) if isinstance(one, Fields))


def export_sources(project: Project, form: Format) -> str:
    """Return the sources of a site that are not drafts, in a format. Raises BuildError for a file that is broken."""
    works = []
    try:
        held = list(held_sources(project))
    except ReadError as error:
        raise BuildError([error.problem]) from None
    for one in held:
        if not one.fields.flag("draft"):
            work = settle((name, value) for name, value in pairs(one.fields) if is_csl(name) and name != "id")
            works.append(mapping([("id", scalar(work_id(one.fields))), *pairs(work)]))
    return write_export(works, form)
