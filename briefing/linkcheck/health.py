"""The health of the links that lead out: ask every address, remember the answers, and call none dead too soon.

Nothing here is part of a build. An address is reported as dead only after strikes on several days, for servers have bad
days and some refuse programs on principle. What was learned stands in `content/link-health.json`, which a person
commits: a line for each address, so that a day's differences can be read.
"""

from __future__ import annotations

import html
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, is_dataclass
from typing import Any

from briefing.disk import replace_file
from briefing.linkcheck.client import GOOD, POLITE, Client, LinkResult, Politeness, Verdict, host_of, tidy
from briefing.model.documents import Document
from briefing.model.files import Source
from briefing.model.records import SourceDetail
from briefing.model.text import Prose
from briefing.parse.document import parse
from briefing.problems import WHOLE_FILE, Finding, Problem, Span, arrange, has_errors
from briefing.project import Project
from briefing.read.snapshot import read
from briefing.text.source_text import Lines

HEALTH = "content/link-health.json"
"""Kept with the content, since it is knowledge about the content, and committed, since no machine of ours lasts."""
ENOUGH = 3
"""Strikes on different days that make an address dead: a server that is down over a weekend has only two."""
_STRIKES: tuple[Verdict, ...] = ("gone", "broken")
"""The others may be about us: a page that refuses programs, or is slow today, is there for its readers."""
_HREF = re.compile(r'<a\b[^>]*?\bhref="(https?://[^"]*)"', re.IGNORECASE)
"""A link as parse writes it; what leads to records is a hole by then, so all that is found leads out."""
_MORE = r"(?!\.?[\w/?#&=%~+-])"
"""What must not follow an address in a file, or it is the beginning of a longer one."""


@dataclass(frozen=True, slots=True)
class Use:
    """A place in the content where an address stands, and the archived copy that its source names."""

    address: str
    path: str
    place: Span
    archived: str = ""


@dataclass(frozen=True, slots=True)
class Health:
    """What is remembered of an address: last good day, last answer, and the days of its strikes since then."""

    verdict: str = ""
    status: int = 0
    good: str = ""
    strikes: tuple[str, ...] = ()


def examine(
    project: Project,
    politeness: Politeness = POLITE,
    pause: Callable[[float], None] = time.sleep,
    tell: Callable[[int, int], None] = lambda done, of: None,
) -> tuple[Problem, ...]:
    """Ask every address of a site once, remember the answers, and say which are dead or have moved.

    `tell` hears, as answers come in, how many there are and of how many.
    """
    snapshot = read(project)
    documents = [parse(source) for source in snapshot.sources]
    uses = gather(snapshot.sources, documents)
    try:
        known = recall(project)
    except (ValueError, TypeError, AttributeError, LookupError):
        hint = "take it from the last commit; or delete it, and every strike is forgotten"
        return (Finding("link-health", "what is known of links cannot be read", hint).at(HEALTH),)
    answers = Client(politeness, pause).ask_all(sorted({use.address for use in uses}), tell)
    if _offline(answers):
        message = f"none of {len(answers)} addresses answered, so nothing was noted"
        hint = "is this machine connected? try again when it is"
        return (Finding("offline", message, hint).at(HEALTH),)
    health = remember(known, answers, project.now)
    unread = any(problem.code == "unreadable-file" for problem in snapshot.problems)
    if not unread and not any(has_errors(document.problems) for document in documents):
        # A file that cannot be read hides its addresses, and what is known of them has to outlast that.
        health = {address: health[address] for address in answers}
    keep(project, health)
    return arrange(report(uses, answers, health))


# What to ask


def gather(sources: Iterable[Source], documents: Sequence[Document]) -> tuple[Use, ...]:
    """Find every place where an outside address stands: fields that hold one, and links in running text."""
    records = [record for document in documents for record in document.outline.value.records]
    works = [record.detail for record in records if isinstance(record.detail, SourceDetail)]
    copies = {tidy(work.url): work.archived_url for work in works if work.url and work.archived_url}
    found: dict[Use, None] = {}
    for source, document in zip(sources, documents, strict=True):
        lines = Lines.of(source.data.value.decode("utf-8-sig", "replace").replace("\r\n", "\n"))
        for typed, span in _typed(document):
            if address := tidy(typed):
                place = _place(lines, typed, span)
                found[Use(address, document.path, place, copies.get(address, ""))] = None
    return tuple(found)


def _typed(document: Document) -> Iterator[tuple[str, Span]]:
    """Give every address as its writer wrote it, with the place of its record."""
    outline = document.outline.value
    for record in outline.records:
        span = document.spans.value[record.span]
        for name in ("url", "archived_url"):
            yield getattr(record.detail, name, ""), span
        for address in _HREF.findall("".join(_prose(record)) + document.body.value):
            yield html.unescape(address), span
    if site := outline.site:
        named = (site.publisher, site.exit, site.licence, *site.navigation, *site.footer)
        for address in (site.contact, *(one.url for one in named)):
            yield address, WHOLE_FILE


def _prose(value: Any) -> Iterator[str]:
    """Give the HTML of every text within a value, however deep."""
    if isinstance(value, Prose):
        yield value.html
    elif isinstance(value, tuple):
        for item in value:
            yield from _prose(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _prose(getattr(value, field.name))


def _place(lines: Lines, typed: str, span: Span) -> Span:
    """Give the place of the address itself, at or below its record's; the record's where it is written otherwise."""
    found = re.compile(re.escape(typed) + _MORE).search(lines.text, lines.offset(max(0, span.line - 1), 0))
    return lines.span(found.start(), found.end()) if found else span


# What is remembered


def recall(project: Project) -> dict[str, Health]:
    """Read what is known of each address."""
    path = project.root / HEALTH
    if not path.exists():
        return {}
    listed = json.loads(path.read_text(encoding="utf-8"))
    return {address: Health(**{**known, "strikes": tuple(known["strikes"])}) for address, known in listed.items()}


def keep(project: Project, health: Mapping[str, Health]) -> None:
    """Write what is known, a line for each address in their order; the same knowledge gives the same bytes."""
    lines = [f" {json.dumps(address)}: {json.dumps(asdict(health[address]))}" for address in sorted(health)]
    replace_file(project.root / HEALTH, ("{\n" + ",\n".join(lines) + "\n}\n").encode())


def remember(known: Mapping[str, Health], answers: Mapping[str, LinkResult], day: str) -> dict[str, Health]:
    """Add a day's answers to what is known: a good one clears all strikes, a strike counts once a day."""
    health = dict(known)
    for address, answer in answers.items():
        before = known.get(address, Health())
        good, strikes = before.good, before.strikes
        if answer.verdict in GOOD:
            good, strikes = day, ()
        elif answer.verdict in _STRIKES:
            strikes = tuple(sorted({*strikes, day}))[:ENOUGH]
        health[address] = Health(answer.verdict, answer.status, good, strikes)
    return health


def _offline(answers: Mapping[str, LinkResult]) -> bool:
    """Say whether it is rather our own connection that is broken: several hosts, and none of them said a word."""
    return len({host_of(address) for address in answers}) > 1 and not any(one.status for one in answers.values())


def report(uses: Iterable[Use], answers: Mapping[str, LinkResult], health: Mapping[str, Health]) -> Iterator[Problem]:
    """Say at every place where a dead or moved address stands what to do about it."""
    for use in uses:
        answer, known = answers[use.address], health[use.address]
        if len(known.strikes) >= ENOUGH:
            look = f"look for a copy at https://web.archive.org/web/*/{use.address}"
            last = f"last good on {known.good}" if known.good else "not good once since it was first asked"
            message = f"{use.address} was dead on {ENOUGH} days since {known.strikes[0]}; {last}"
            hint = f"the archived copy is {use.archived}" if use.archived else f"find where it went, or {look}"
            yield Finding("dead-link", message, hint).at(use.path, use.place)
        elif answer.verdict == "moved":
            message = f"{use.address} has moved for good to {answer.moved_to}"
            hint = "see that it still says the same, then write the new address here"
            yield Finding("moved-link", message, hint).at(use.path, use.place)
