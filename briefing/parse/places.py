"""Finds out which kind of record each content file holds: by its place, and by the kinds of the site."""

from __future__ import annotations

import re
from posixpath import splitext

from briefing.incremental.hashed import Hashed
from briefing.model.files import TABLES, Snapshot
from briefing.model.kinds import Kind
from briefing.model.media import DOCUMENTS
from briefing.model.steps import Source, VocabularyInput
from briefing.model.vocabulary import Vocabulary
from briefing.problems import Finding, Problem
from briefing.suggestions import Names

KINDS_FILE, STATUSES_FILE, TIERS_FILE = "content/kinds.yaml", "content/statuses.yaml", "content/tiers.yaml"
RULES_FOLDER = "content/schema/"
"""The folder with the rules for own fields, a JSON Schema for each kind."""
SETTINGS_FILE = "content/site.yaml"
_SINGLE = {SETTINGS_FILE: "site", "content/never-publish.yaml": "never-publish"}
"""Files that exist once and hold no record, and the kind of each."""
_EXPORTS = (".bib", ".bibtex", ".biblatex", ".json", ".csljson", ".ris", ".enw")
"""Endings of files in which other programs write sources."""

_NAMES_TABLE = re.compile(rb"\.[ct]sv\b", re.IGNORECASE)
_CONFLICT = re.compile(r"\.sync-conflict-\d|[(_ -](?:case )?conflict(?:ed)?[ _-](?:copy|\d{4})", re.IGNORECASE)
"""How Dropbox, Nextcloud, Syncthing and others name a copy of a file that was changed in two places."""


def take_vocabulary(snapshot: Snapshot) -> VocabularyInput:
    """Return the files of a site that define its language and words of its own, and its own templates."""
    files = tuple(file for file in snapshot.sources if _defines(file.path) or file.path == SETTINGS_FILE)
    return VocabularyInput(files, snapshot.own_templates)


def _defines(path: str) -> bool:
    """Whether a content file defines words of the site, and so holds no record."""
    return path in (KINDS_FILE, STATUSES_FILE, TIERS_FILE) or path.startswith(RULES_FOLDER)


def place_sources(snapshot: Snapshot, vocabulary: Hashed[Vocabulary]) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Return the files that parse reads, each with its kind, and a problem for each file that nothing reads."""
    homes = {kind.home: kind for kind in vocabulary.value.kinds}
    tables = tuple(file for file in snapshot.media if file.path.lower().endswith(TABLES))
    sources, problems = [], []
    for file in snapshot.sources:
        if _defines(file.path):
            continue
        if _CONFLICT.search(file.path.rpartition("/")[2]):
            problems.append(_copied(file.path))
            continue
        kind = _SINGLE.get(file.path) or _kind_of(file.path, homes)
        if kind or not vocabulary.value.knows_kinds:
            named = tables if tables and _NAMES_TABLE.search(file.data.value) else ()
            sources.append(Source(file.path, kind, file.data, vocabulary, named))
        else:
            problems.append(_misplaced(file.path, homes))
    problems += [_misplaced(path, homes) for path in snapshot.strays if not _CONFLICT.search(path.rpartition("/")[2])]
    return tuple(sources), tuple(problems)


def _kind_of(path: str, homes: dict[str, Kind]) -> str:
    """Return the name of the kind of a file: by its folder, or by its name if it lies beside the folders."""
    home, ending = _home_of(path)
    kind, is_below = homes.get(home), path.count("/") > 1
    if kind and ending in (kind.own_file or (".yaml",)) and (is_below or not kind.own_file):
        return kind.name
    return ""


def _home_of(path: str) -> tuple[str, str]:
    """Return the name directly below the content folder, without its ending, and the ending of the file."""
    first, *below = path.split("/")[1:]
    stem, dot, ending = (below[-1] if below else first).rpartition(".")
    return first if below else stem if dot else ending, dot + ending if dot else ""


def _copied(path: str) -> Problem:
    message = "a program that synchronises folders made this copy, because a file was changed in two places"
    hint = "copy from it what is missing in the other file, then delete it; the build leaves it out"
    return Finding("conflict-copy", message, hint).at(path)


def _misplaced(path: str, homes: dict[str, Kind]) -> Problem:
    home = _home_of(path)[0]
    kind = homes.get(home)
    close = Names(homes).nearest(home, 1)
    if path.casefold().endswith(_EXPORTS):
        hint = f"if another program exported sources to it, type briefing import {path} and delete it"
    elif splitext(path)[1].lower() in DOCUMENTS.keys() - {".json", ".txt"}:
        hint = "put documents into content/files/, and link to them: [words](files/name.pdf)"
    elif kind:
        allowed = " or ".join(kind.own_file or (".yaml",))
        hint = f"{home} are files ending in {allowed}"
    elif close:
        hint = f"did you mean {close[0]}?"
    else:
        hint = f"content holds site.yaml and {', '.join(sorted(homes))}; kinds of your own are defined in kinds.yaml"
    return Finding("misplaced-file", "no record can be in a file of this name", hint).at(path)
