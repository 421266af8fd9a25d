"""Reads what a site defines in words of its own: kinds, own fields, statuses of recommendations, tiers of sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Literal

from briefing.incremental.hashed import Hashed
from briefing.locale import FALLBACK
from briefing.model.addresses import make_id
from briefing.model.files import ContentFile, Snapshot
from briefing.model.kinds import KINDS, Kind, by_name
from briefing.model.steps import HASHED_OURS, Defined, Source, VocabularyInput
from briefing.model.vocabulary import (
    AXES,
    NEEDS,
    SHAPES,
    STATUSES,
    TIERS,
    Axis,
    FieldRules,
    Shape,
    Status,
    Statuses,
    Tier,
    Vocabulary,
    statuses_of,
)
from briefing.parse.checked import check_fields, load_fields
from briefing.parse.context import FileContext
from briefing.parse.own_fields import read_rules
from briefing.parse.places import (
    KINDS_FILE,
    RULES_FOLDER,
    SETTINGS_FILE,
    STATUSES_FILE,
    TIERS_FILE,
    place_sources,
    take_vocabulary,
)
from briefing.parse.schemas import SchemaName
from briefing.parse.yaml_tree import Fields, Listing, Scalar, load
from briefing.problems import Finding, Problem, has_errors
from briefing.suggestions import Names, no_template
from briefing.text.source_text import Lines, ReadError, decode

_RESERVED = ("site", "never-publish", "addresses", "link-health", "kinds", "statuses", "tiers", "schema", "files")
"""Names of files and folders under content/ that hold no records."""
_FOLDERS = ("assets", "pagefind", "a-z", "changes", "data", "next", "search", "topics")
"""Names of folders of the output that hold other pages and files."""


@dataclass(slots=True)
class _Draft:
    """The vocabulary while it is read, and what is wrong with it."""

    kinds: list[Kind] = field(default_factory=lambda: list(KINDS))
    statuses: Statuses = STATUSES
    tiers: tuple[Tier, ...] = TIERS
    language: str = ""
    numbered_names: tuple[str, ...] = ()
    rules: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unread: set[str] = field(default_factory=set)
    """Paths of files that could not be read, or not without an error."""


def read_sources(snapshot: Snapshot) -> tuple[Hashed[Vocabulary], tuple[Source, ...]]:
    """Return what a site defines in words of its own, and all content files that parse reads."""
    vocabulary = define(take_vocabulary(snapshot)).vocabulary
    return vocabulary, place_sources(snapshot, vocabulary)[0]


def define(given: VocabularyInput) -> Defined:
    """Return the vocabulary of a site. What is wrong with a kind or with rules leaves them out, and is reported."""
    if not given.files and not given.templates:
        return Defined(HASHED_OURS)
    draft = _Draft()
    for file in sorted(given.files, key=lambda file: (file.path != KINDS_FILE, file.path)):
        context = FileContext(file.path, Lines.of(""))
        try:
            context.lines = Lines.of(decode(file.path, file.data.value))
            _read_file(file, draft, given.templates, context)
        except ReadError as error:
            context.problems += [error.problem] if file.path != SETTINGS_FILE else []
            draft.unread.add(file.path)
        if has_errors(context.problems):
            draft.unread.add(file.path)
        draft.problems += context.problems
    rules = tuple(FieldRules(kind, schema) for kind, schema in sorted(draft.rules.items()) if schema)
    knows_kinds = not any(problem.path == KINDS_FILE for problem in draft.problems)
    statuses = Statuses((), (), ()) if STATUSES_FILE in draft.unread else draft.statuses
    tiers = () if TIERS_FILE in draft.unread else draft.tiers
    made = Vocabulary(
        tuple(draft.kinds),
        statuses,
        tiers,
        rules,
        given.templates,
        draft.language or FALLBACK,
        draft.numbered_names,
        knows_kinds,
    )
    return Defined(Hashed.of(made), tuple(draft.problems))


def _read_file(file: ContentFile, draft: _Draft, templates: tuple[str, ...], context: FileContext) -> None:
    if file.path == SETTINGS_FILE:  # what is wrong with it is reported where it is read as a whole
        tree = load(file.path, context.lines.text, context.lines)[0]
        if isinstance(tree, Fields):
            draft.language = tree.text("language")
            draft.numbered_names = tuple(filter(None, tree.texts("numbered_names")))
    elif file.path == KINDS_FILE:
        _read_kinds(draft, templates, context)
    elif file.path == STATUSES_FILE:
        listed = check_fields(load_fields(context.lines.text, 0, context), SchemaName("statuses"), context)
        draft.statuses = read_statuses(listed, context)
    elif file.path == TIERS_FILE:
        draft.tiers = tuple(_tiers(context))
    else:
        _read_rules_file(file, draft, context)


def _items(name: str, context: FileContext) -> Iterator[Fields]:
    """Yield each entry of a file that is a list; report the names that are in it twice."""
    tree = load_fields(context.lines.text, 0, context)
    seen: dict[str, None] = {}
    for item in tree.items if isinstance(tree, Listing) else (tree,) if tree else ():
        fields = check_fields(item, SchemaName(name), context)
        if _is_new(fields, seen, context):
            yield fields


def _is_new(fields: Fields, seen: dict[str, None], context: FileContext) -> bool:
    """Whether an entry has a name that no entry before it has; report one that has not."""
    named = fields.scalar("name")
    if named is None:
        return False
    if named.text in seen:
        finding = Finding("duplicate-key", f"“{named.text}” is in this file twice", "delete one of them")
        context.add_problem(finding, named.start, named.end)
        return False
    seen[named.text] = None
    return True


def read_statuses(listed: Fields, context: FileContext) -> Statuses:
    """Return the statuses of a site."""
    return Statuses(*[_statuses(listed, name, context) for name in AXES])


def _statuses(listed: Fields, axis: Axis, context: FileContext) -> tuple[Status, ...]:
    """Return the statuses that a site lists for one question; ours if it lists none."""
    ours = statuses_of(STATUSES, axis)
    if not listed.get(axis):
        return ours
    found, seen, labels = [], dict[str, None](), set[str]()
    for one in listed.children(axis):
        if (shown := one.scalar("label")) and shown.text.casefold() in labels:
            message = f"two statuses of “{axis}” have the label “{shown.text}”, and readers cannot tell them apart"
            context.add_problem(Finding("repeated", message, "give one of them another label"), shown.start, shown.end)
        labels.add(one.text("label").casefold())
        if _is_new(one, seen, context):
            name, label = one.text("name"), one.text("label")
            usual: Shape = next((status.shape for status in ours if status.name == name), "empty")
            shape = next((shape for shape in SHAPES if shape == one.text("shape")), usual)
            needs = next((needs for needs in NEEDS if needs == one.text("needs")), NEEDS[0])
            counted = one.text("counted") or label.lower()
            found.append(Status(name, label, counted, shape, one.text("meaning"), needs, one.flag("ends")))
    if axis in _ALWAYS and (key := listed.key(axis)) and not any(one.needs == "nothing" for one in found):
        message = f"no status of “{axis}” has needs: nothing, so a recommendation without an entry has none"
        known = next(one for one in ours if one.needs == "nothing")
        hint = f"add one, such as {{name: {known.name}, label: {known.label}, needs: nothing}}"
        context.add_problem(Finding("status", message, hint), key.start, key.end)
    return tuple(found)


_ALWAYS = ("response", "delivery")
"""The questions of which each recommendation has a status."""


def _tiers(context: FileContext) -> Iterator[Tier]:
    for one in _items("tiers", context):
        yield Tier(one.text("name"), one.text("label"), one.text("plural") or one.text("label"))


def _read_kinds(draft: _Draft, templates: tuple[str, ...], context: FileContext) -> None:
    for fields in _items("kinds", context):
        ours = by_name(KINDS).get(fields.text("name"))
        kind = _renamed(ours, fields, context) if ours else _own_kind(fields, draft.kinds, context)
        for name in ("template", "list_template"):
            named = fields.scalar(name)
            if named and named.text not in templates:
                context.add_problem(no_template(named.text, templates), named.start, named.end)
        rules = read_rules(kind, fields, fields.child("fields"), context) if kind and fields.get("fields") else ""
        if kind:
            draft.kinds = [kind if one is ours else one for one in draft.kinds] + ([] if ours else [kind])
            draft.rules[kind.name] = rules


_FOR_OURS = ("name", "singular", "plural", "about", "group_by", "fields")
"""What a site may say of a kind that is not its own."""


def _renamed(kind: Kind, fields: Fields, context: FileContext) -> Kind:
    """Return one of our kinds with the labels of the site."""
    for key in fields.keys:
        if key.text not in _FOR_OURS:
            message = f"“{key.text}” is only for kinds of this site’s own; “{kind.name}” is a kind of every site"
            context.add_problem(Finding("kind", message, "delete it, or choose another name"), key.start, key.end)
    singular, plural, about = (fields.text(name) or getattr(kind, name) for name in ("singular", "plural", "about"))
    grouped = fields.key("group_by")
    if grouped and kind.group_by:
        message = f"the list of “{kind.name}” is always grouped by {kind.group_by}"
        context.add_problem(Finding("kind", message, "delete group_by"), grouped.start, grouped.end)
    by = kind.group_by or _group_by(fields)
    return replace(kind, singular=singular, plural=plural, about=about, group_by=by)


def _group_by(fields: Fields) -> Literal["", "topic"]:
    return "topic" if fields.text("group_by") == "topic" else ""


def _own_kind(fields: Fields, kinds: Iterable[Kind], context: FileContext) -> Kind | None:
    """Return a kind of the site's own; report what it lacks. None if another kind, or the generator, has its place."""
    named = fields.scalar("name") or Scalar("", False, fields.start, fields.end)
    for label in ("singular", "plural"):
        if not fields.text(label):
            hint = f"add {label}: with what readers call {'one of them' if label == 'singular' else 'several of them'}"
            finding = Finding("missing-field", f"the kind “{named.text}” has no {label}", hint)
            context.add_problem(finding, named.start, named.end)
    home = fields.text("file") or make_id(fields.text("plural")) or named.text
    if clash := _find_clash(home, named, fields, kinds):
        context.add_problem(clash[1], clash[0].start, clash[0].end)
        return None
    page, listed = fields.text("page") != "false", fields.text("list") != "false"
    markdown, article = fields.flag("markdown"), fields.flag("article")
    _check_places(page, listed, markdown, article, fields, context)
    return Kind(
        name=named.text,
        singular=fields.text("singular") or named.text,
        plural=fields.text("plural") or named.text,
        home=home,
        address=f"/{home}/{{id}}/" if page else f"/{home}/#{{id}}",
        about=fields.text("about"),
        schema="brief" if markdown else "own",
        own_file=(".md",) if markdown else (),
        has_body=True,
        page_template=(fields.text("template") or ("brief.html" if markdown else "record.html")) if page else "",
        listing=f"/{home}/" if listed else "",
        list_template=fields.text("list_template") or "list.html",
        listed_in_full=not page,
        group_by=_group_by(fields),
        article=article,
        in_bar=fields.flag("bar"),
        acts=fields.flag("acts"),
        dated=fields.flag("dated"),
        carries_support=True,
        in_search=fields.text("search") != "false",
        in_single_file=_AFTER_OURS + len(list(kinds)),
        linked_data="Article" if article else "",
    )


_AFTER_OURS = max(kind.in_single_file for kind in KINDS)
"""The last place in the one-file edition that a kind of ours has."""


def _find_clash(home: str, named: Scalar, fields: Fields, kinds: Iterable[Kind]) -> tuple[Scalar, Finding] | None:
    """Return why the files or pages of a kind would be those of another kind, or of the generator, and where."""
    place = fields.scalar("file") or fields.scalar("plural") or named
    taken = {one: kind for kind in kinds for one in (kind.home, kind.listing.strip("/"), kind.address.split("/")[1])}
    if home in taken:
        message = f"the kind “{named.text}” would have the files or addresses of “{taken[home].name}”: {home}"
        return place, Finding("kind", message, "give it another name with file:")
    if home in _RESERVED or home in _FOLDERS:
        message = f"the kind “{named.text}” cannot have the name {home} for its files: the generator uses it"
        return place, Finding("kind", message, "give it another name with file:")
    if named.text in (*_RESERVED, "common", "own"):
        message = f"no kind can be called “{named.text}”: the generator uses this name"
        return named, Finding("kind", message, "choose another name")
    return None


def _check_places(
    page: bool, listed: bool, markdown: bool, article: bool, fields: Fields, context: FileContext
) -> None:
    """Report a kind whose records readers could not find, or could not read."""
    for wrong, name, message, hint in (
        (not page and not listed, "list", "readers would find its records nowhere", "delete list: or page:"),
        (not page and markdown, "page", "a Markdown file needs a page of its own", "delete page: or markdown:"),
        (article and not markdown, "article", "articles are Markdown files", "add markdown: true"),
    ):
        key = fields.key(name)
        if wrong and key:
            context.add_problem(Finding("kind", message, hint), key.start, key.end)


def _read_rules_file(file: ContentFile, draft: _Draft, context: FileContext) -> None:
    """Read the rules for the own fields of one kind from a JSON Schema."""
    path = PurePosixPath(file.path)
    kind = by_name(draft.kinds).get(path.stem)
    if kind is None and any(problem.path == KINDS_FILE for problem in draft.problems):
        return
    if kind is None or path.suffix != ".json" or str(path.parent) != RULES_FOLDER.rstrip("/"):
        close = Names(one.name for one in draft.kinds).nearest(path.stem, 1)
        hint = f"did you mean {close[0]}.json?" if close else "name it after a kind, such as person.json"
        context.add_problem(Finding("misplaced-file", "no kind has this name", hint), 0, 1)
        return
    fields = check_fields(load_fields(context.lines.text, 0, context), SchemaName("field-rules"), context)
    if draft.rules.get(kind.name):
        message = f"the fields of “{kind.name}” are in {KINDS_FILE} too"
        context.add_problem(Finding("field-rules", message, "keep them in one of the two"), 0, 1)
    elif not context.problems:
        draft.rules[kind.name] = read_rules(kind, fields, fields.child("properties"), context)
