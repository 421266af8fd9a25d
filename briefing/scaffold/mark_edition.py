"""Notes in an edition from which version of its original it was made."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from briefing.disk import replace_file
from briefing.model.documents import Document
from briefing.model.editions import Original
from briefing.parse.document import parse
from briefing.parse.originals import read_original
from briefing.parse.vocabulary import read_sources
from briefing.parse.yaml_edits import quote, write_words
from briefing.problems import BuildError, Problem, has_errors
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.scaffold.errors import CannotCreate
from briefing.text.sections import sentence_digest
from briefing.text.source_text import decode

_NOTED = re.compile(r"^made_from:.*\n(?:[ \t]+.*\n)*", re.MULTILINE)


def mark_editions(project: Project, names: Sequence[str], found: Sequence[Problem] = ()) -> Iterator[str]:
    """Note in these editions that they agree with their originals as they are now; yield the file of each.

    `found` is what is wrong with the site. Raises CannotCreate for a name that is no edition, and BuildError if a file
    of them is broken or an original has an error.
    """
    vocabulary, sources = read_sources(read(project))
    texts = {source.path: source for source in sources}
    documents = [parse(source) for source in texts.values()]
    by_id = {record.id: document for document in documents for record in document.outline.value.records}
    for name in names:
        document = by_id.get(name)
        original = by_id.get(document.edition_of) if document else None
        if document is None or original is None:
            raise CannotCreate(f"“{name}” is no edition of a page; write edition_of: into it first")
        of_original = (one for one in found if one.path == original.path)
        if has_errors(problems := (*document.problems, *original.problems, *of_original)):
            raise BuildError(problems)
        now = _read(original, vocabulary.value.language)
        path = document.path
        text = decode(path, texts[path].data.value)
        replace_file(project.root, path, _note(text, path, now, project.now).encode())
        yield path


def _read(document: Document, language: str) -> Original:
    found = read_original(document.outline.value, document.body.value, language)
    assert found  # it has a record
    return found


def _note(text: str, path: str, now: Original, day: str) -> str:
    """Return the text of an edition with the version of its original in its fields."""
    marks = "".join(
        f"    {write_words(section.id)}: {quote(' '.join(map(sentence_digest, section.sentences)))}\n"
        for section in now.sections
    )
    block = f"made_from:\n  on: {day}\n  sections:\n{marks}"
    if not path.endswith(".md"):
        return block + _NOTED.sub("", text, count=1)
    end = re.compile(r"^---[ \t]*$", re.MULTILINE).search(text, text.index("\n") + 1)
    assert end  # else it would have a problem
    return _NOTED.sub("", text[: end.start()], count=1) + block + text[end.start() :]
