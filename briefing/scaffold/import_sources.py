"""Takes the works of an export into a site: new ones are added, known ones completed, and nothing else is changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import field
from pathlib import PurePath

from briefing.bibliography.formats import read_export
from briefing.bibliography.nodes import listing, mapping, pairs, scalar
from briefing.bibliography.works import OWN, Work, is_same, names, write_words
from briefing.check.names import holds_name
from briefing.disk import replace_file
from briefing.incremental.hashed import Hashed
from briefing.model.addresses import make_id, make_source_id
from briefing.model.blocked_names import BlockedNames
from briefing.model.steps import Source
from briefing.model.vocabulary import Vocabulary
from briefing.parse.csl import date_of, names_of, work_id
from briefing.parse.document import parse
from briefing.parse.schemas import schema
from briefing.parse.yaml_edits import Edit, add_fields, add_items, apply, replace_value, write_item
from briefing.parse.yaml_tree import Fields, Listing, Node, load
from briefing.problems import BuildError, Finding, Problem, Span
from briefing.project import Project
from briefing.scaffold.held_sources import Held, held_sources
from briefing.scaffold.imported_names import read_blocked, say_no_names
from briefing.scaffold.known_works import Works
from briefing.scaffold.new_record import read_site
from briefing.text.source_text import Lines, ReadError, decode
from briefing.values import dataclass

_TIERS = {
    "research": ("article-journal", "article", "paper-conference", "thesis", "dataset", "book", "chapter",
                 "review", "review-book"),
    "official": ("report", "legislation", "bill", "legal_case", "regulation", "treaty", "hearing", "standard",
                 "patent"),
    "news": ("article-newspaper", "article-magazine", "broadcast", "press-release", "periodical"),
}  # fmt: skip
"""The tier of a work by its type, if the command names none. Any other is a comment: that claims least."""
_HOME = "content/sources.yaml"
_FOLDER = "content/sources"
_MOST = 100
"""Works of a file that are refused before the rest is not looked at."""
_SHORT = 60
"""Characters of a label that is made of a title."""


@dataclass(slots=True)
class Taken:
    """What an import does, or would do."""

    added: list[tuple[str, str]] = field(default_factory=list)
    """The id and the title of each new source."""
    completed: list[tuple[str, str]] = field(default_factory=list)
    """The id of each source that gets fields, and their names."""
    kept: list[tuple[str, str]] = field(default_factory=list)
    """The id of each source that says something else than the file, and what both say."""
    told: list[str] = field(default_factory=list)
    """What else a person should know, with the line of the file."""
    imported: Counter[str] = field(default_factory=Counter)
    """What is kept under `imported`, as it is called there, and in how many sources."""
    same: int = 0
    left_out: int = 0
    """Paths of files on a disk, which are not taken."""
    files: dict[str, str] = field(default_factory=dict)
    """The new text of each file that changes."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a person asked for: the tier of all new sources, and whether the file wins where it differs."""

    tier: str = ""
    update: bool = False
    dry_run: bool = False


def import_sources(project: Project, path: str, data: bytes, options: ImportOptions) -> Taken:
    """Take the works of a file into the site.

    Raises BuildError with a problem for everything that is wrong with the file, or with those alone that say in which
    works there is a name that must never be published; then nothing is changed.
    """
    blocked = read_blocked(project)
    with say_no_names(blocked, {path: data}):
        try:
            export = read_export(path, decode(path, data))
            importer = _Importer(project, path, list(held_sources(project)), options, blocked)
        except ReadError as error:
            raise BuildError([error.problem]) from None
        for work in export.works:
            importer.take(work)
            if len(importer.problems) >= _MOST:
                break
        if importer.problems:
            named = [one for one in importer.problems if one.code == "guarded-name"]
            raise BuildError(named or importer.problems)
        taken = importer.finish()
    taken.left_out = export.left_out
    if not options.dry_run:
        for name, text in taken.files.items():
            replace_file(project.root, name, text.encode())
    return taken


class _Importer:
    """Compares works with what the site has, one after the other, and collects what changes."""

    def __init__(
        self, project: Project, path: str, held: Sequence[Held], options: ImportOptions, blocked: Sequence[BlockedNames]
    ) -> None:
        self.project, self.path, self.options, self.blocked = project, path, options, blocked
        self.held, self.texts = Works(held), {one.path: one.text for one in held}
        self.vocabulary, outlines = read_site(project)
        self.ids = {record.id for one in outlines for record in one.records}
        self.problems: list[Problem] = []
        self.taken, self.new = Taken(), list[Fields]()
        self.lines: dict[str, int] = {}
        self.edits: dict[str, list[Edit]] = {}
        tiers = [one.name for one in self.vocabulary.value.tiers]
        if options.tier and options.tier not in tiers:
            raise BuildError([_wrong_tier(path, options.tier, tiers)])
        self.tiers = tiers

    def take(self, work: Work) -> None:
        """Take one work: it is new, or completes a source, or says nothing new."""
        work = Work(mapping((name, _without_marks(value)) for name, value in pairs(work.fields)), work.line)
        if self._is_refused(work):
            return
        if "://" in work.fields.text("id"):  # as Zotero writes it: no name for a person to type
            other = mapping([("id", scalar(work.fields.text("id"))), *pairs(work.fields.child("imported"))])
            kept = [one for one in pairs(work.fields) if one[0] not in ("id", "imported")]
            work = Work(mapping([*kept, ("imported", other)]), work.line)
        known, identity = self.held.find(work.fields, work_id(work.fields) or _make_identity(work.fields), self.ids)
        if known is None:
            self._add(work, identity)
        elif known.path:
            self._complete(work, known)
        else:
            name = known.fields.text("id")
            self._tell(work, f"the same work as “{name}” of line {self.lines[name]}; it is imported once")

    def _add(self, work: Work, identity: str) -> None:
        """Add a work as a new source; what its fields cannot hold is kept under `imported`."""
        if other := self.held.same_address(work.fields):
            self._tell(work, f"has the same address as “{work_id(other.fields)}”, but another title; both are kept")
        fields = mapping([("id", scalar(identity)), *[one for one in pairs(work.fields) if one[0] != "id"]])
        tier = self.options.tier or self._tier_of(fields)
        if tier not in self.tiers:
            self.problems.append(_wrong_tier(self.path, tier, self.tiers))
            return
        made = [("tier", scalar(tier))]
        wanted = [option["required"][0] for option in schema("source")["anyOf"]]
        if not any(fields.get(name) for name in wanted):
            made.append(("label", scalar(fields.text("title")[:_SHORT])))
        checked = self._checked(work, mapping([*pairs(fields), *made]))
        if checked is None:
            return
        self.ids.add(identity)
        self.held.add(Held("", "", checked))
        self.lines[identity] = work.line
        self.new.append(checked)
        self.taken.added.append((identity, checked.text("title")))
        self._count(work)

    def _tier_of(self, fields: Fields) -> str:
        return next((tier for tier, types in _TIERS.items() if fields.text("type") in types), "comment")

    def _checked(self, work: Work, fields: Fields) -> Fields | None:
        """Return fields that a build accepts; None if that is impossible, which is then a problem of the file."""
        for _ in range(len(fields.keys)):
            text = write_item(fields, "")
            errors = _errors(self.vocabulary, text)
            if not errors:
                return fields
            wrong = fields.keys[errors[0].line - 1].text
            if errors[0].code == "missing-field" or wrong in ("id", "title", "tier", "imported", "type"):
                self._refuse(work, errors[0].message, errors[0].hint or "change it in the program that wrote the file")
                return None
            self._tell(work, f"“{wrong}” is kept under imported: {errors[0].message}")
            aside = dict(pairs(fields.child("imported"))) | {wrong: write_words(fields.get(wrong))}
            fields = mapping(
                [
                    *[one for one in pairs(fields) if one[0] not in (wrong, "imported")],
                    ("imported", mapping(aside.items())),
                ]
            )
        return None

    def _complete(self, work: Work, known: Held) -> None:
        """Add to a source what it lacks; where it says something else, it stays as it is unless asked otherwise."""
        missing, edits, name = [], [], work_id(known.fields)
        for key, value in pairs(work.fields):
            here = known.fields.get(key)
            if key in ("id", *OWN[:2]) or is_same(key, here, value):
                continue
            if key == "citation-key" and make_source_id(write_words(value).text) == name:
                continue
            if here is None:
                missing.append((key, value))
            elif self.options.update and key != "imported":
                edits.append((key, replace_value(known.text, here, value)))
            elif key != "imported":
                self.taken.kept.append((name, f"{key} is {_short(here)} here, and {_short(value)} in the file"))
        if missing:
            edits.append((", ".join(key for key, _ in missing), add_fields(known.text, known.fields, mapping(missing))))
        if not edits:
            self.taken.same += 1
            return
        fields = dict(pairs(known.fields))
        told = {key: value for key, value in pairs(work.fields) if key in fields and self.options.update}
        before = _errors(self.vocabulary, write_item(known.fields, ""))
        after = _errors(self.vocabulary, write_item(mapping([*(fields | told).items(), *missing]), ""))
        if len(after) > len(before):
            self._refuse(work, f"“{name}” cannot have the value in the file: {after[-1].message}", "change it by hand")
            return
        self.edits.setdefault(known.path, []).extend(edit for _, edit in edits)
        self.taken.completed.append((name, ", ".join(names for names, _ in edits)))
        if any(key == "imported" for key, _ in missing):
            self._count(work)

    def _count(self, work: Work) -> None:
        """Count what is kept under `imported`; a type is named, since the source now has another."""
        for name, value in pairs(work.fields.child("imported")):
            if name != "id":
                self.taken.imported[f"{name} “{write_words(value).text}”" if name.endswith("type") else name] += 1

    def _tell(self, work: Work, words: str) -> None:
        self.taken.told.append(f"{self.path}:{work.line}: {words}")

    def _is_refused(self, work: Work) -> bool:
        """Report a work with a name that must never be published. Its line is not shown: the name may be in it."""
        text = write_item(work.fields, "") if self.blocked else ""
        if not any(holds_name(text, one) for one in self.blocked):
            return False
        message = f"the work in line {work.line} has a name that must never be published"
        self.problems.append(Finding("guarded-name", message, "leave the work out").at(self.path))
        return True

    def _refuse(self, work: Work, message: str, hint: str) -> None:
        self.problems.append(Finding("broken-export", message, hint).at(self.path, Span(work.line, 1)))

    def finish(self) -> Taken:
        """Return what was taken, with the new text of each file."""
        texts = self.texts
        self.taken.files = {path: apply(texts[path], edits) for path, edits in self.edits.items()}
        if self.new:
            path, text = self._place(texts)
            added = add_items(text, load(path, text, Lines.of(text))[0], self.new)
            self.taken.files[path] = added if added is not None else text
        for path, text in self.taken.files.items():
            before = _errors(self.vocabulary, texts.get(path, ""))
            if len(errors := _errors(self.vocabulary, text)) > len(before):
                message = f"{path} could not be read with the new sources in it: {errors[-1].message}"
                raise BuildError([Finding("broken-export", message, "put them into a file of their own").at(self.path)])
        return self.taken

    def _place(self, texts: dict[str, str]) -> tuple[str, str]:
        """Return the file that gets the new sources, and its text as it will be."""
        stem = make_id(PurePath(self.path).stem) or "imported"
        has_folder = any(path.startswith(f"{_FOLDER}/") for path in texts)
        paths = [] if has_folder else [_HOME]
        paths += [f"{_FOLDER}/{stem}.yaml", *(f"{_FOLDER}/{stem}-{number}.yaml" for number in range(2, 1000))]
        for path in paths:
            text = self.taken.files.get(path, texts.get(path, ""))
            if add_items(text, load(path, text, Lines.of(text))[0], ()) is not None:
                return path, text
        raise AssertionError("one of a thousand names is free")


def _errors(vocabulary: Hashed[Vocabulary], text: str) -> list[Problem]:
    """Return the errors of a file of sources."""
    source = Source(_HOME, "source", Hashed.of(text.encode()), vocabulary)
    return [one for one in parse(source).problems if one.level == "error"]


def _wrong_tier(path: str, tier: str, tiers: Sequence[str]) -> Problem:
    hint = f"name one with --tier: {', '.join(tiers)}"
    return Finding("broken-export", f"this site has no tier “{tier}”", hint).at(path)


def _make_identity(fields: Fields) -> str:
    """Return an id made of the first author or publisher, the year, and the first long word of the title."""
    makers = next(filter(None, (names_of(fields.get(one)) for one in names("people"))), ())
    who = (makers[0].family or makers[0].literal) if makers else fields.text("publisher")
    year = date_of(fields.get("issued")).first[:4]
    word = next((one for one in re.findall(r"\w+", fields.text("title")) if len(one) > 3), fields.text("title"))
    return make_id(" ".join((who.split(" ")[0], year if year.isdigit() else "", word))) or "source"


def _short(node: Node | None) -> str:
    text = write_words(node).text
    return f"“{text[:77]}…”" if len(text) > 80 else f"“{text}”"


def _without_marks(node: Node) -> Node:
    """Return a value without what begins a comment here: other programs have no comments in fields."""
    if isinstance(node, Fields):
        return mapping((name, _without_marks(value)) for name, value in pairs(node))
    if isinstance(node, Listing):
        return listing(map(_without_marks, node.items))
    return scalar(re.sub("%%+", "%", node.text).replace("<!--", "<"))
